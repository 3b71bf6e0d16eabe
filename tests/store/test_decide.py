"""Decisions, through the inbox: what they make of an item, and that all can be taken back."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Call, Done, Gold, Hold, Junk, Note, Outcome
from linkinbox.errors import NoSuchItemError, UsageError
from linkinbox.inbox import Inbox
from linkinbox.model import CallOutcome, Row, State, Verb, View
from tests.builders import ExportBuilder


@pytest.fixture
def three(filled) -> Inbox:
    """Ana and Ben invited me, Cy wrote; the newest is Cy."""
    return filled(ExportBuilder().invitation("Ana Ruiz").invitation("Ben Lee").message("Cy Fox", "Hi"))


def row(inbox: Inbox, name: str) -> Row:
    ids = inbox.ids(View.ALL)
    (found,) = [row for row in inbox.rows(ids[: len(ids)]) if row.person.name == name]
    return found


def id_of(inbox: Inbox, name: str) -> int:
    return row(inbox, name).id


def ids_in(inbox: Inbox, view: View) -> list[int]:
    ids = inbox.ids(view)
    return ids[: len(ids)]


@pytest.mark.parametrize(
    ("decision", "name", "state"),
    [
        (Accept(), "Ana Ruiz", State.TO_ACCEPT),
        (Accept(), "Cy Fox", State.TO_REPLY),
        (Junk(), "Ana Ruiz", State.JUNK),
        (Done(), "Cy Fox", State.DONE),
    ],
)
def test_a_decision_makes_its_state_and_leaves_the_view_of_new(three, decision, name, state):
    change = three.apply(decision, [id_of(three, name)])
    assert row(three, name).state is state
    assert change.rows[0].state is state
    assert id_of(three, name) not in ids_in(three, View.NEW)
    assert change.counts[View.NEW] == 2


def test_the_latest_decision_counts(three):
    three.apply(Junk(), [id_of(three, "Ana Ruiz")])
    three.apply(Accept(), [id_of(three, "Ana Ruiz")])
    assert row(three, "Ana Ruiz").state is State.TO_ACCEPT
    assert (three.figures().open.junk, three.figures().open.accepted) == (0, 1)


def test_to_decide_the_same_again_is_no_act(three):
    three.apply(Junk(), [id_of(three, "Ana Ruiz")])
    three.apply(Junk(), [id_of(three, "Ana Ruiz")])
    assert len(three.log()) == 1
    change = three.apply(Junk(), [id_of(three, "Ana Ruiz"), id_of(three, "Ben Lee")])
    assert change.ids == (id_of(three, "Ben Lee"),)
    three.undo()
    three.undo()
    assert three.counts()[View.NEW] == 3


def test_a_note_comes_with_a_decision_and_goes_with_it(three):
    three.apply(Accept(note="met in Hamburg"), [id_of(three, "Ana Ruiz")])
    assert three.item(id_of(three, "Ana Ruiz")).notes == ("met in Hamburg",)
    three.undo()
    assert three.item(id_of(three, "Ana Ruiz")).notes == ()


def test_several_at_once_are_one_act(three):
    change = three.apply(Junk(), ids_in(three, View.INVITATIONS))
    assert len(change.ids) == 2
    assert three.figures().open.junk_bulk == 2
    three.undo()
    assert three.counts()[View.INVITATIONS] == 2


def test_held_items_come_back_by_themselves_on_top(three, clock):
    three.apply(Hold(clock.now + timedelta(days=2)), [id_of(three, "Ana Ruiz")])
    assert ids_in(three, View.HELD) == [id_of(three, "Ana Ruiz")]
    clock.forward(days=1)
    assert three.wake() == 0
    clock.forward(days=1)
    assert three.wake() == 1
    assert ids_in(three, View.NEW)[0] == id_of(three, "Ana Ruiz")
    assert three.counts().due == 1


def test_what_was_due_while_nothing_ran_is_back_at_the_next_start(three, store_path, clock):
    three.apply(Hold(clock.now + timedelta(hours=1)), [id_of(three, "Ana Ruiz")])
    clock.forward(days=3)
    again = Inbox.open(store_path, clock=clock)
    assert again.counts()[View.NEW] == 3
    again.close()


def test_held_are_listed_the_soonest_first(three, clock):
    three.apply(Hold(clock.now + timedelta(days=9)), [id_of(three, "Ana Ruiz")])
    three.apply(Hold(clock.now + timedelta(days=2)), [id_of(three, "Ben Lee")])
    assert ids_in(three, View.HELD) == [id_of(three, "Ben Lee"), id_of(three, "Ana Ruiz")]


def test_a_hold_handles_nothing(three, clock):
    three.apply(Accept(), [id_of(three, "Ana Ruiz")])
    three.apply(Hold(clock.now + timedelta(days=1)), [id_of(three, "Ana Ruiz")])
    assert three.figures().open.handled == 0


@pytest.mark.parametrize("make", [Hold, Call])
def test_past_times_are_refused_and_nothing_is_written(three, clock, make):
    with pytest.raises(UsageError, match="past"):
        three.apply(make(clock.now), [id_of(three, "Ana Ruiz")])
    assert three.log() == []


def test_an_unknown_item_is_refused_and_the_others_untouched(three):
    with pytest.raises(NoSuchItemError, match="no item 999"):
        three.apply(Junk(), [id_of(three, "Ana Ruiz"), 999])
    assert three.counts()[View.JUNK] == 0


def test_an_empty_note_is_refused(three):
    with pytest.raises(UsageError):
        three.apply(Note("  "), [id_of(three, "Ana Ruiz")])


def test_a_note_on_what_is_carried_out_changes_nothing_else(filled):
    inbox = filled(ExportBuilder().invitation("Ana Ruiz").connection("Ana Ruiz"))
    inbox.apply(Accept(), [id_of(inbox, "Ana Ruiz")])
    inbox.apply(Note("met"), [id_of(inbox, "Ana Ruiz")])
    assert row(inbox, "Ana Ruiz").carried_out
    inbox.undo()
    inbox.undo()
    assert row(inbox, "Ana Ruiz").state is State.FILED


# ── calls ──


def test_a_booked_call_accepts_and_writes_a_calendar_file(three, clock, store_path):
    change = three.apply(Call(clock.now + timedelta(days=7)), [id_of(three, "Ana Ruiz")])
    assert row(three, "Ana Ruiz").state is State.TO_ACCEPT
    assert ids_in(three, View.CALLS) == [id_of(three, "Ana Ruiz")]
    assert Path(change.note).read_bytes().count(b"BEGIN:VEVENT") == 1
    assert three.figures().open.accepted == 1


def test_undoing_a_call_takes_its_file_away_and_redoing_brings_it_back(three, clock):
    written = Path(three.apply(Call(clock.now + timedelta(days=7)), [id_of(three, "Ana Ruiz")]).note)
    three.undo()
    assert not written.exists()
    assert three.item(id_of(three, "Ana Ruiz")).call is None
    three.redo()
    assert written.exists()


def test_a_moved_call_keeps_its_calendar_entry(three, clock):
    id_ = id_of(three, "Ana Ruiz")
    three.apply(Call(clock.now + timedelta(days=7)), [id_])
    before = three.item(id_).call
    change = three.apply(Outcome(CallOutcome.MOVED, at=clock.now + timedelta(days=9)), [id_])
    after = three.item(id_).call
    assert (after.uid, after.moves, after.at) == (before.uid, 1, clock.now + timedelta(days=9))
    folder = Path(change.note).parent
    assert len(list(folder.glob("*.ics"))) == 1


def test_a_held_call_makes_gold(three, clock):
    id_ = id_of(three, "Ana Ruiz")
    three.apply(Call(clock.now + timedelta(days=7)), [id_])
    clock.forward(days=7)
    assert three.counts().calls_due == 1
    three.apply(Outcome(CallOutcome.HELD, note="wants the deck"), [id_])
    assert row(three, "Ana Ruiz").gold
    assert ids_in(three, View.CALLS) == []
    (gold,) = three.figures().golds
    assert (gold.outcome, gold.person.name) == ("call held", "Ana Ruiz")


@pytest.mark.parametrize("outcome", [CallOutcome.NO_SHOW, CallOutcome.CANCELLED])
def test_a_call_that_was_not_held_makes_no_gold(three, clock, outcome):
    id_ = id_of(three, "Ana Ruiz")
    three.apply(Call(clock.now + timedelta(days=7)), [id_])
    three.apply(Outcome(outcome), [id_])
    assert not row(three, "Ana Ruiz").gold
    assert ids_in(three, View.CALLS) == []


def test_an_outcome_without_a_call_is_refused(three):
    with pytest.raises(UsageError, match="No call is booked"):
        three.apply(Outcome(CallOutcome.NO_SHOW), [id_of(three, "Ana Ruiz")])


def test_a_calendar_folder_that_cannot_be_written_is_told_and_the_call_stands(three, clock, store_path):
    (store_path.parent / "calls").write_text("a file in the way")
    change = three.apply(Call(clock.now + timedelta(days=7)), [id_of(three, "Ana Ruiz")])
    assert change.warnings
    assert row(three, "Ana Ruiz").call_at is not None


def test_a_call_held_without_a_booking_is_on_the_card_and_makes_gold(three, clock):
    id_ = id_of(three, "Ana Ruiz")
    three.apply(Outcome(CallOutcome.HELD, at=clock.now - timedelta(days=3)), [id_])
    assert three.item(id_).call.outcome is CallOutcome.HELD
    (gold,) = three.figures().golds
    assert gold.outcome_at == clock.now - timedelta(days=3)
    three.undo()
    assert three.item(id_).call is None


def test_a_held_call_is_dated_by_its_time_and_not_by_when_it_was_recorded(three, clock):
    id_ = id_of(three, "Ana Ruiz")
    at = clock.now + timedelta(days=1)
    three.apply(Call(at), [id_])
    clock.forward(days=4)
    three.apply(Outcome(CallOutcome.HELD), [id_])
    assert three.figures().golds[0].outcome_at == at


def test_a_call_cannot_have_been_held_in_the_future(three, clock):
    with pytest.raises(UsageError, match="is to come"):
        three.apply(Outcome(CallOutcome.HELD, at=clock.now + timedelta(days=1)), [id_of(three, "Ana Ruiz")])


def test_a_thread_with_only_my_messages_cannot_be_decided_on(filled):
    inbox = filled(ExportBuilder().sent("Ana Ruiz", "Hello?"))
    for act in (lambda: inbox.apply(Accept(), [1]), lambda: inbox.find("1"), lambda: inbox.item(1)):
        with pytest.raises(NoSuchItemError):
            act()


# ── gold ──


def test_gold_can_be_marked_and_taken_back(three):
    id_ = id_of(three, "Ana Ruiz")
    three.apply(Accept(), [id_])
    three.apply(Gold(), [id_])
    assert ids_in(three, View.GOLD) == [id_]
    three.apply(Gold(on=False), [id_])
    assert ids_in(three, View.GOLD) == []
    assert three.figures().golds == ()


def test_gold_without_a_decision_has_no_path(three):
    three.apply(Gold(), [id_of(three, "Ana Ruiz")])
    assert (three.figures().golds, three.figures().without_path) == ((), 1)


def test_gold_marked_late_is_attributed_to_its_decision(three):
    three.apply(Accept(), [id_of(three, "Ana Ruiz")])
    three.apply(Junk(), [id_of(three, "Ben Lee")])
    three.apply(Gold(), [id_of(three, "Ana Ruiz")])
    (gold,) = three.figures().golds
    assert (gold.junk, gold.accepted, three.figures().open.junk) == (0, 1, 1)


# ── undo, redo, restart ──


def test_everything_can_be_undone_and_redone_after_a_restart(three, store_path, clock):
    three.apply(Accept(), [id_of(three, "Ana Ruiz")])
    three.apply(Junk(), [id_of(three, "Ben Lee")])
    three.close()
    again = Inbox.open(store_path, clock=clock)
    assert again.undo().verb is Verb.JUNK
    assert again.undo().verb is Verb.ACCEPT
    assert again.undo() is None
    assert again.counts()[View.NEW] == 3
    assert again.redo().verb is Verb.ACCEPT
    assert again.redo().verb is Verb.JUNK
    assert again.redo() is None
    assert row(again, "Ben Lee").state is State.JUNK
    again.close()


def test_a_new_decision_ends_what_can_be_redone(three):
    three.apply(Accept(), [id_of(three, "Ana Ruiz")])
    three.undo()
    three.apply(Junk(), [id_of(three, "Ben Lee")])
    assert three.redo() is None


def test_the_log_shows_what_was_undone(three):
    three.apply(Accept(), [id_of(three, "Ana Ruiz")])
    three.undo()
    assert [(e.action, e.undone) for e in three.log()] == [(Verb.UNDO, False), (Verb.ACCEPT, True)]


def test_the_journal_can_only_grow(three, store_path):
    three.apply(Accept(), [id_of(three, "Ana Ruiz")])
    conn = sqlite3.connect(store_path)
    for statement in ("DELETE FROM journal", "UPDATE journal SET action = 'junk'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            conn.execute(statement)
    conn.close()


def test_notes_are_found_and_no_longer_when_undone(three):
    three.apply(Note("met at the Hamburg fair"), [id_of(three, "Ana Ruiz")])
    assert list(three.ids(View.ALL, "hamb")) == [id_of(three, "Ana Ruiz")]
    three.undo()
    assert list(three.ids(View.ALL, "hamb")) == []
