"""Acts on more than a thousand items: a transaction a chunk, one undo, and whole whatever cuts them off."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.decider import LARGE
from linkinbox.decisions import Accept, Done, Gold, Hold, Junk, Note
from linkinbox.errors import NoSuchItemError, UsageError
from linkinbox.inbox import Inbox
from linkinbox.model import State, Verb, View
from linkinbox.standing import Facts, fold
from linkinbox.store import alike, bulk, chain
from linkinbox.store.refold import differences
from linkinbox.store.standings import columns_of
from tests.conftest import Clock
from tests.soak.killing import is_sound, killed
from tests.stores import a_store_of

MANY = 2 * LARGE + 40  # three chunks


@pytest.fixture(scope="module")
def store_of_many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_store_of(MANY, tmp_path_factory.mktemp("large"))


@pytest.fixture
def path(store_of_many: Path, tmp_path: Path) -> Path:
    path = tmp_path / "inbox.db"
    path.write_bytes(store_of_many.read_bytes())
    return path


@pytest.fixture
def inbox(path: Path, clock: Clock) -> Iterator[Inbox]:
    with closing(Inbox.open(path, clock=clock)) as inbox:
        yield inbox


def all_of(inbox: Inbox) -> list[int]:
    return inbox.ids(View.ALL)[:MANY]


def junk(inbox: Inbox) -> int:
    return inbox.counts()[View.JUNK]


def is_whole(path: Path, clock: Clock) -> bool:
    """The chain of entries holds, and what is derived is what they say."""
    with closing(sqlite3.connect(path)) as conn:
        broken = [*chain.broken(conn)]
    return not broken and not [*differences(path, clock.now)]


def test_it_goes_chunk_by_chunk_and_is_one_act_with_one_undo(inbox: Inbox, path: Path, clock: Clock):
    told: list[tuple[int, int]] = []
    change = inbox.apply(Junk(), all_of(inbox), progress=lambda done, of: told.append((done, of)))
    assert told == [(LARGE, MANY), (2 * LARGE, MANY), (MANY, MANY)]
    assert [*change.ids] == all_of(inbox)
    assert (change.left, junk(inbox), inbox.figures().open.junk_bulk) == (0, MANY, MANY)
    assert len({entry.batch for entry in inbox.log(2 * MANY)}) == 1
    assert inbox.reach(Verb.UNDO) == MANY
    assert is_whole(path, clock)
    back = inbox.undo()
    assert back
    assert (len(back.ids), junk(inbox), inbox.reach(Verb.UNDO)) == (MANY, 0, 0)
    assert is_whole(path, clock)
    inbox.redo()
    assert junk(inbox) == MANY


@pytest.mark.parametrize("decision", [Accept(reason="met in person"), Done(note="why"), Note("why"), Gold()])
def test_notes_reasons_and_contacts_follow_too(inbox: Inbox, path: Path, clock: Clock, decision):
    ids = all_of(inbox)[: LARGE + 5]
    inbox.apply(Accept(), ids[:3])
    inbox.apply(decision, ids)
    assert is_whole(path, clock)
    inbox.undo()
    assert is_whole(path, clock)
    assert inbox.counts()[View.TO_ACCEPT] == 3


def test_stopping_keeps_what_is_done_says_how_many_are_left_and_is_taken_back_as_one(inbox: Inbox, path, clock):
    stops = iter([False, True])
    change = inbox.apply(Junk(), all_of(inbox), stop=lambda: next(stops))
    assert (len(change.ids), change.left, junk(inbox)) == (2 * LARGE, 40, 2 * LARGE)
    assert is_whole(path, clock)
    inbox.undo()
    assert junk(inbox) == 0


def test_what_another_program_takes_back_meanwhile_ends_it(inbox: Inbox, path: Path, clock: Clock):
    with closing(Inbox.open(path, clock=clock)) as other:
        change = inbox.apply(Junk(), all_of(inbox), progress=lambda *_: other.undo())
    assert (len(change.ids), change.left) == (LARGE, MANY - LARGE)
    assert change.warnings == ("It was taken back meanwhile",)
    assert junk(inbox) == 0
    assert is_whole(path, clock)


def test_a_decision_of_another_program_in_between_is_a_further_act(inbox: Inbox, path: Path, clock: Clock):
    ids = all_of(inbox)
    with closing(Inbox.open(path, clock=clock)) as other:
        between = iter([True])
        inbox.apply(
            Junk(), ids[: LARGE + 10], progress=lambda *_: next(between, None) and other.apply(Done(), ids[-1:])
        )
    assert is_whole(path, clock)
    inbox.undo()
    assert (junk(inbox), inbox.rows(ids[-1:])[0].state) == (0, State.DONE)


def test_an_undo_that_is_cut_off_goes_on_with_the_next_start(inbox: Inbox, path: Path, clock: Clock):
    inbox.apply(Junk(), all_of(inbox))

    def cut(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        inbox.undo(progress=cut)
    assert junk(inbox) == MANY - LARGE
    assert is_whole(path, clock), "it is no damage"
    with closing(Inbox.open(path, clock=clock)) as next_one:
        assert junk(next_one) == 0
        assert next_one.redo()
    assert is_whole(path, clock)


def test_one_that_stood_alone_in_its_chunk_counts_as_bulk_once_others_join(inbox: Inbox, path: Path, clock: Clock):
    ids = all_of(inbox)
    inbox.apply(Junk(), ids[1:LARGE])
    inbox.apply(Junk(), ids)
    assert inbox.figures().open.junk == 0
    assert is_whole(path, clock)


def test_what_makes_no_sense_is_refused_before_anything_is_written(inbox: Inbox, clock: Clock):
    ids = all_of(inbox)
    with pytest.raises(NoSuchItemError):
        inbox.apply(Junk(), [*ids, 10**9])
    with pytest.raises(UsageError):
        inbox.apply(Hold(clock.now - timedelta(days=1)), ids)
    assert inbox.log() == []


def test_killed_in_the_middle_it_leaves_whole_chunks_and_one_undo(path: Path, clock: Clock):
    def act(say) -> None:
        with closing(Inbox.open(path, clock=clock)) as inbox:
            inbox.apply(Junk(), all_of(inbox), progress=lambda done, _of: say(str(done)))

    said = killed(act, after=0.0)
    assert is_sound(path)
    with closing(Inbox.open(path, clock=clock)) as inbox:
        assert junk(inbox) in {LARGE, 2 * LARGE, MANY}
        assert junk(inbox) >= int(said[-1])
        assert is_whole(path, clock)
        inbox.undo()
        assert junk(inbox) == 0


times = st.sampled_from(["2026-01-01T00:00:00Z", "2026-02-02T00:00:00Z", "2026-03-03T00:00:00Z"])
actions = st.sampled_from(["", "accept", "junk", "done", "hold"])


@given(kind=st.sampled_from(["invitation", "conversation"]), at=times, replied=st.none() | times,
       connected=st.none() | st.booleans(), action=actions, until=times, now=times)  # fmt: skip
def test_what_is_said_of_a_kind_is_what_a_fold_says_of_each_of_it(kind, at, replied, connected, action, until, now):
    order = None if replied is None else (replied > at) - (replied < at)
    later = f', "until": "{until.replace("2026", "2027")}"' if action == "hold" else ""
    same = alike.Kind(kind, connected, order, action, f'{{"seen": "@"{later}}}' if action else "{}")
    assert same.is_plain
    told = [at if value == "@" else value for value in columns_of(*same.folded(), now)]
    entries = [alike.Entry(1, "", at, action, {"seen": at, **({"until": f"2027{until[4:]}"} if later else {})}, False)]
    assert told == columns_of(Facts(kind, at, replied, connected), fold(entries if action else []), now)


def test_entries_that_say_more_make_no_kind():
    for payload in ('{"seen": "2026-01-01"}', "{}", '{"seen": "@", "reason": "x"}', '{"seen": "@", "until": "@"}'):
        assert not alike.Kind("invitation", None, None, "hold", payload).is_plain


def test_a_chunk_is_what_the_screen_calls_large():
    assert bulk.CHUNK == LARGE
