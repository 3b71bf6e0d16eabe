"""Reasons to accept: given, replaced, taken back, found, and counted in people."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Call, Done, Gold, Hold, Junk, Outcome
from linkinbox.inbox import Inbox
from linkinbox.model import CallOutcome, State, Verb, View
from linkinbox.store.reasons import COUNTS, ReasonCounts
from linkinbox.store.rebuild import rebuild
from linkinbox.store.refold import differences
from tests.builders import ExportBuilder
from tests.conftest import NOW, Clock
from tests.powers import small_disk

Fill = Callable[[ExportBuilder], Inbox]
PORTS, FAIR = "area: ports", "met at the fair"


@pytest.fixture
def three(filled: Fill) -> Inbox:
    """Ana invited, and wrote; Ben and Cy invited, and Cy is connected."""
    export = ExportBuilder().invitation("Ana Ruiz", note="I run a terminal").message("Ana Ruiz", "Did you see my note?")
    return filled(export.invitation("Ben Lee").invitation("Cy Fox").connection("Cy Fox"))


def ids_of(inbox: Inbox, name: str) -> list[int]:
    """The items of a person, the newest first."""
    return [row.id for row in inbox.rows(inbox.ids(View.ALL)[:]) if row.person.name == name]


def reason(inbox: Inbox, name: str) -> str | None:
    return inbox.item(ids_of(inbox, name)[0]).reason


def accept(inbox: Inbox, name: str, why: str) -> None:
    inbox.apply(Accept(reason=why), ids_of(inbox, name)[:1])


# ── given and taken back ──


def test_a_reason_is_an_entry_of_the_accept_and_stands_on_the_item(three: Inbox):
    change = three.apply(Accept(reason=PORTS), ids_of(three, "Ben Lee"))
    assert (change.verb, change.reason, change.rows[0].state) == (Verb.ACCEPT, PORTS, State.TO_ACCEPT)
    assert reason(three, "Ben Lee") == PORTS
    (entry,) = three.log()
    assert entry.payload["reason"] == PORTS


def test_an_accept_without_one_has_none(three: Inbox):
    change = three.apply(Accept(reason="  "), ids_of(three, "Ben Lee"))
    assert (change.reason, reason(three, "Ben Lee")) == ("", None)
    assert "reason" not in three.log()[0].payload


def test_a_later_reason_replaces_it_and_undo_brings_the_earlier_back(three: Inbox, store_path: Path, clock: Clock):
    accept(three, "Ben Lee", PORTS)
    accept(three, "Ben Lee", FAIR)
    assert reason(three, "Ben Lee") == FAIR
    three.close()
    with closing(Inbox.open(store_path, clock=clock)) as inbox:
        assert inbox.undo().reason == FAIR
        assert reason(inbox, "Ben Lee") == PORTS
        inbox.undo()
        assert (reason(inbox, "Ben Lee"), inbox.reasons()) == (None, [])
        assert (inbox.redo().reason, inbox.redo().reason) == (PORTS, FAIR)
        assert reason(inbox, "Ben Lee") == FAIR


def test_the_same_reason_again_is_no_act(three: Inbox):
    accept(three, "Ben Lee", PORTS)
    accept(three, "Ben Lee", PORTS)
    three.apply(Accept(), ids_of(three, "Ben Lee"))
    assert len(three.log()) == 1
    assert reason(three, "Ben Lee") == PORTS


def test_several_are_accepted_for_one_reason_as_one_act(three: Inbox):
    ids = ids_of(three, "Ben Lee") + ids_of(three, "Cy Fox")
    three.apply(Accept(reason=PORTS), ids)
    assert three.reasons_of([*ids, 999]) == dict.fromkeys(ids, PORTS)
    three.undo()
    assert three.reasons_of(ids) == {}


def test_a_call_that_was_booked_first_gets_a_reason_too(three: Inbox, clock: Clock):
    three.apply(Call(clock.now + timedelta(days=1)), ids_of(three, "Ben Lee"))
    accept(three, "Ben Lee", PORTS)
    assert reason(three, "Ben Lee") == PORTS


def test_done_keeps_the_reason_and_junk_or_a_hold_ends_it(three: Inbox):
    accept(three, "Ben Lee", PORTS)
    for decision, kept in ((Done(), PORTS), (Junk(), None), (Hold(NOW + timedelta(days=3)), None)):
        three.apply(decision, ids_of(three, "Ben Lee"))
        assert reason(three, "Ben Lee") == kept, decision
        three.undo()
    three.apply(Junk(), ids_of(three, "Ben Lee"))
    three.apply(Accept(), ids_of(three, "Ben Lee"))
    assert reason(three, "Ben Lee") is None, "the earlier one is of a decision that was changed"


def test_a_reason_given_later_does_not_move_the_decision_on_the_path(three: Inbox, clock: Clock):
    three.apply(Accept(), ids_of(three, "Ben Lee"))
    clock.forward(hours=1)
    three.apply(Junk(), ids_of(three, "Cy Fox"))
    three.apply(Gold(), ids_of(three, "Ben Lee"))
    before = three.figures()
    accept(three, "Ben Lee", PORTS)
    assert three.figures() == before
    assert before.golds[0].junk == 0


# ── found ──


def test_a_reason_is_found_like_a_note_as_long_as_it_stands(three: Inbox):
    accept(three, "Ben Lee", "area: Häfen")
    for words in ("hafen", "ben häf", "area"):
        assert three.ids(View.ALL, words)[:] == ids_of(three, "Ben Lee"), words
    accept(three, "Ben Lee", FAIR)
    assert not three.ids(View.ALL, "hafen")[:]
    three.undo()
    assert three.ids(View.TO_ACCEPT, "hafen")[:] == ids_of(three, "Ben Lee")


# ── counted ──


def test_people_are_counted_once_with_what_came_of_them_on_any_item(three: Inbox, clock: Clock):
    message, invitation = ids_of(three, "Ana Ruiz")
    three.apply(Accept(reason=PORTS), [message])
    three.apply(Accept(reason=PORTS), [invitation])
    accept(three, "Cy Fox", PORTS)
    assert three.reasons() == [ReasonCounts(PORTS, to_accept=2, connected=1, call_held=0, gold=0)]
    three.apply(Call(clock.now + timedelta(hours=1)), [invitation])
    clock.forward(days=1)
    three.apply(Outcome(CallOutcome.HELD), [invitation])
    three.apply(Gold(), ids_of(three, "Cy Fox"))
    assert three.reasons() == [ReasonCounts(PORTS, to_accept=2, connected=1, call_held=1, gold=2)]
    three.undo()
    three.undo()
    assert three.reasons() == [ReasonCounts(PORTS, to_accept=2, connected=1, call_held=0, gold=0)]


def test_a_later_export_shows_who_is_connected(three: Inbox, tmp_path: Path):
    accept(three, "Ben Lee", PORTS)
    later = ExportBuilder(as_of=date(2026, 11, 23)).invitation("Ben Lee").connection("Cy Fox").connection("Ben Lee")
    three.import_from(later.zip(tmp_path))
    assert three.reasons() == [ReasonCounts(PORTS, to_accept=1, connected=1, call_held=0, gold=0)]


def test_the_most_given_come_first_whatever_their_case(three: Inbox):
    accept(three, "Ana Ruiz", FAIR)
    accept(three, "Ben Lee", PORTS)
    accept(three, "Cy Fox", "Area: Ports")
    assert [one[:2] for one in three.reasons()] == [("Area: Ports", 2), (FAIR, 1)]


@pytest.mark.parametrize(("accepted", "held", "percent"), [(0, 0, None), (9, 9, None), (10, 3, 30), (300, 100, 33)])
def test_there_is_no_percentage_under_ten(accepted: int, held: int, percent: int | None):
    assert ReasonCounts("?", accepted, accepted, held, 0).percent(held) == percent


def test_counting_goes_by_those_who_have_a_reason_never_over_all_items(three: Inbox):
    plan = [row[3] for row in three._store.conn.execute(f"EXPLAIN QUERY PLAN {COUNTS}")]
    scanned = [step for step in plan if step.startswith("SCAN") and "told" not in step]
    assert [step.split()[1] for step in scanned] == ["c", "r"], plan


# ── beside the rest ──


def test_made_anew_it_is_the_same(three: Inbox, clock: Clock):
    accept(three, "Ana Ruiz", FAIR)
    accept(three, "Ben Lee", PORTS)
    accept(three, "Ben Lee", FAIR)
    assert list(differences(three.path, clock.now)) == []
    with three._store.write() as conn:
        rebuild(conn, clock.now)
    assert three.reasons() == [ReasonCounts(FAIR, 2, 0, 0, 0)]
    assert len(three.ids(View.ALL, "fair")[:]) == 2


def test_who_is_forgotten_leaves_no_reason_and_is_counted_no_more(three: Inbox, clock: Clock):
    accept(three, "Ana Ruiz", "her cousin Zebulon said so")
    accept(three, "Ben Lee", PORTS)
    accepted = three.figures().open.accepted
    three.forget(three.item(ids_of(three, "Ana Ruiz")[0]).row.person.id)
    assert three.reasons() == [ReasonCounts(PORTS, 1, 0, 0, 0)]
    assert three.figures().open.accepted == accepted
    assert list(differences(three.path, clock.now)) == []
    three.close()
    assert b"Zebulon" not in three.path.read_bytes()


def test_exports_tell_it(three: Inbox, tmp_path: Path):
    accept(three, "Cy Fox", PORTS)
    three.apply(Gold(), ids_of(three, "Cy Fox"))
    told = {item["person"]["name"]: item["reason"] for item in json.loads(exported(three, tmp_path / "o.json"))}
    assert told == {"Ana Ruiz": None, "Ben Lee": None, "Cy Fox": PORTS}
    header, *rows = exported(three, tmp_path / "o.csv").splitlines()
    assert header.endswith(',"reason","tags"')
    assert any(row.endswith(f'"{PORTS}",""') for row in rows)
    assert r"- Accepted, because: area\: ports" in exported(three, tmp_path / "o.md")
    three.export(tmp_path / "o.db")
    with closing(sqlite3.connect(tmp_path / "o.db")) as db:
        assert db.execute("SELECT * FROM reasons").fetchall() == [(PORTS, 1, 1, 0, 1)]
        assert db.execute("SELECT reason FROM inbox WHERE name = 'Cy Fox'").fetchall() == [(PORTS,)]
        assert db.execute("SELECT reason FROM decisions WHERE action = 'accept'").fetchall() == [(PORTS,)]


def exported(inbox: Inbox, to: Path) -> str:
    return inbox.export(to).read_text()


def test_a_store_of_before_that_can_only_be_read_has_no_reasons(three: Inbox, tmp_path: Path, clock: Clock):
    three.close()
    with closing(sqlite3.connect(three.path)) as db:
        db.executescript("DROP TABLE reason; DROP TABLE reason_fts; PRAGMA user_version = 4; VACUUM")
    with small_disk(tmp_path / "disk", kib=2_000) as disk:
        (disk.folder / "inbox.db").write_bytes(three.path.read_bytes())
        disk.make_read_only()
        with closing(Inbox.open(disk.folder / "inbox.db", clock=clock)) as inbox:
            assert inbox.read_only
            assert (inbox.reasons(), reason(inbox, "Ben Lee")) == ([], None)
            assert inbox.ids(View.ALL, "terminal")[:]
