"""Answers owed: whose turn it is, last words that close, and what the user said of that."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Done, Hold, Junk, Overrule, Scope
from linkinbox.inbox import Inbox
from linkinbox.model import OwedBecause, View
from linkinbox.store.refold import differences
from tests.builders import ExportBuilder
from tests.conftest import NOW, Clock

Fill = Callable[[ExportBuilder], Inbox]


def thread(export: ExportBuilder, name: str, *said: str, days: int = 5, **more: object) -> ExportBuilder:
    """The owner's words and theirs in turns, the owner's first, a day between them."""
    for number, text in enumerate(said):
        at = NOW - timedelta(days=days, hours=-number)
        (export.message if number % 2 else export.sent)(name, text, at=at, **more)
    return export


def owed(inbox: Inbox) -> dict[str, str]:
    rows = inbox.rows(inbox.ids(View.TO_REPLY)[:])
    assert inbox.counts()[View.TO_REPLY] == len(rows)
    return {row.person.name: row.owed_because.value for row in rows}


def id_of(inbox: Inbox, name: str, number: int = 0) -> int:
    ids = [row.id for row in inbox.rows(inbox.ids(View.ALL)[:]) if row.person.name == name]
    return sorted(ids)[number]


@pytest.fixture
def some(filled: Fill) -> Inbox:
    export = ExportBuilder().message("Eva Kim", "Hello, I read your paper. Which logger was it?")
    thread(export, "Ana Ruiz", "Shall we talk?", "Sounds good, see you Tuesday!")
    thread(export, "Ben Lee", "Here are the slides", "Thanks, can we talk Tuesday?")
    thread(export, "Cy Fox", "See you", "👍", "Until then")
    thread(export, "Dan Poe", "Hello", "Merci beaucoup !", thread="2-d1==")
    thread(export, "Dan Poe", "And this", "Thanks again", thread="2-d2==")
    return filled(export)


def test_it_is_your_turn_where_they_wrote_last_and_did_not_close(some: Inbox):
    assert owed(some) == {"Ben Lee": "your-turn"}


def test_a_strangers_first_message_is_owed_once_it_was_found_worth_answering(some: Inbox):
    some.apply(Accept(), [id_of(some, "Eva Kim")])
    assert owed(some) == {"Ben Lee": "your-turn", "Eva Kim": "worth-answering"}


def test_what_the_user_found_worth_answering_is_owed_whatever_its_last_words(some: Inbox):
    some.apply(Accept(), [id_of(some, "Ana Ruiz")])
    assert owed(some)["Ana Ruiz"] == "worth-answering"


@pytest.mark.parametrize("decision", [Junk(), Done(), Hold(NOW + timedelta(days=3))])
def test_what_was_decided_is_owed_no_more_until_that_is_taken_back(some: Inbox, decision):
    some.apply(decision, [id_of(some, "Ben Lee")])
    assert owed(some) == {}
    some.undo()
    assert owed(some) == {"Ben Lee": "your-turn"}
    some.redo()
    assert owed(some) == {}


def test_what_was_held_is_owed_again_when_it_is_back(some: Inbox, clock: Clock):
    some.apply(Hold(NOW + timedelta(days=3)), [id_of(some, "Ben Lee"), id_of(some, "Ana Ruiz")])
    clock.forward(days=4)
    some.wake()
    assert owed(some) == {"Ben Lee": "your-turn"}


def test_a_campaign_is_owed_nothing(filled: Fill):
    export = ExportBuilder().sponsored("Buy now", at="2026-11-20 10:00:00").sent("LinkedIn Member", "No", thread="2-campaign==", at="2026-11-19 10:00:00")  # fmt: skip
    assert owed(filled(export)) == {}


def test_the_words_that_close_are_told_beside_the_signals(some: Inbox):
    words = {}
    for name in ("Ana Ruiz", "Ben Lee", "Cy Fox", "Eva Kim"):
        judged = some.judged([id_ := id_of(some, name)])[id_]
        words[name] = judged.closer and judged.closer.words
    assert words == {"Ana Ruiz": ("Sounds good, see you Tuesday",), "Ben Lee": None, "Cy Fox": None, "Eva Kim": None}


@pytest.mark.parametrize("scope", [Scope.ITEM, Scope.PERSON, Scope.RULE])
def test_a_closer_is_overruled_as_far_as_it_is_said_and_back(some: Inbox, scope: Scope, store_path: Path, clock: Clock):
    first = id_of(some, "Dan Poe")
    expected = {Scope.ITEM: 2, Scope.PERSON: 3, Scope.RULE: 4}[scope]
    some.apply(Overrule("closer", scope), [first])
    assert some.counts()[View.TO_REPLY] == expected == len(some.ids(View.TO_REPLY)[:])
    assert some.item(first).row.owed_because is OwedBecause.YOUR_TURN
    assert some.judged([first])[first].closer.overruled is scope
    assert list(differences(store_path, clock())) == []
    some.undo()
    assert owed(some) == {"Ben Lee": "your-turn"}
    some.redo()
    some.close()
    with closing(Inbox.open(store_path, clock=clock)) as inbox:
        assert inbox.counts()[View.TO_REPLY] == expected
        inbox.apply(Overrule("closer", scope, on=False), [] if scope is Scope.RULE else [first])
        assert owed(inbox) == {"Ben Lee": "your-turn"}
        assert list(differences(store_path, clock())) == []


def test_the_rule_mutes_itself_like_any_other(filled: Fill):
    export = ExportBuilder()
    for number in range(10):
        thread(export, f"Person {number}", "Hello", "Thanks!")
    inbox = filled(export)
    ids = [id_of(inbox, f"Person {number}") for number in range(10)]
    for id_ in ids[:6]:
        inbox.apply(Done(), [id_], raised=["closer"])
    assert owed(inbox) == {}
    for id_ in ids[6:9]:
        inbox.apply(Overrule("closer"), [id_])
    assert len(owed(inbox)) == 3
    change = inbox.apply(Overrule("closer"), [ids[9]])
    assert "the rule closer is silent from now on: 4 of 10 were overruled" in change.warnings
    inbox.undo()
    assert len(owed(inbox)) == 3


def test_a_search_in_the_view_finds_what_is_owed(some: Inbox):
    assert [row.person.name for row in some.rows(some.ids(View.TO_REPLY, "sounds")[:])] == []
    assert [row.person.name for row in some.rows(some.ids(View.TO_REPLY, "talk")[:])] == ["Ben Lee"]
    some.apply(Overrule("closer", Scope.RULE), [])
    assert len(some.ids(View.TO_REPLY, "thanks")[:]) == 2


def test_imports_move_the_turn_to_and_fro(inbox: Inbox, tmp_path: Path):
    export = thread(ExportBuilder(), "Ana Ruiz", "Shall we talk?", "Which day?", days=9)
    steps = [
        ({"Ana Ruiz": "your-turn"}, lambda: export),
        ({}, lambda: export.sent("Ana Ruiz", "Tuesday", at=NOW - timedelta(days=4))),
        ({}, lambda: export.message("Ana Ruiz", "Great, see you then", at=NOW - timedelta(days=3))),
        ({"Ana Ruiz": "your-turn"}, lambda: export.message("Ana Ruiz", "Or is it too late?", at=NOW - timedelta(days=2))),
    ]  # fmt: skip
    for number, (expected, then) in enumerate(steps):
        inbox.import_from(then().zip(tmp_path, f"{number}.zip"))
        assert owed(inbox) == expected, number


def test_their_words_that_came_before_the_owners_older_ones_are_read_too(inbox: Inbox, tmp_path: Path, clock: Clock):
    export = ExportBuilder().message("Ana Ruiz", "Thanks!", at=NOW - timedelta(days=2))
    inbox.import_from(export.zip(tmp_path, "a.zip"))
    inbox.import_from(export.sent("Ana Ruiz", "Here", at=NOW - timedelta(days=3)).zip(tmp_path, "b.zip"))
    assert (owed(inbox), inbox.counts()[View.MESSAGES]) == ({}, 1)
    assert list(differences(inbox.path, clock())) == []


def test_an_overrule_for_a_person_counts_for_what_they_send_later(some: Inbox, tmp_path: Path, clock: Clock):
    some.apply(Overrule("closer", Scope.PERSON), [id_of(some, "Dan Poe")])
    later = thread(ExportBuilder(), "Dan Poe", "One more", "Perfect, thanks", thread="2-d3==", days=1)
    thread(later, "Eva Kim", "This one", "Perfect, thanks", days=1)
    some.import_from(later.zip(tmp_path, "later.zip"))
    assert some.item(id_of(some, "Dan Poe", 2)).row.owed_because is OwedBecause.YOUR_TURN
    assert "Eva Kim" not in owed(some)
    assert list(differences(some.path, clock())) == []


def test_forgetting_who_wrote_last_reads_who_wrote_before(filled: Fill, clock: Clock):
    export = thread(ExportBuilder(), "Ana Ruiz", "Hello", "Which day?", thread="2-g==", days=9)
    inbox = filled(export.message("Ben Lee", "Thanks all!", thread="2-g==", at=NOW - timedelta(days=2)))
    assert owed(inbox) == {}
    person = inbox.item(inbox.ids(View.ALL)[0]).row.person
    assert person.name == "Ben Lee"
    inbox.forget(person.id)
    assert owed(inbox) == {"Ana Ruiz": "your-turn"}
    assert list(differences(inbox.path, clock())) == []


def test_a_doctor_finds_last_words_and_counters_that_are_wrong(some: Inbox, clock: Clock):
    for change, table in (
        ("UPDATE item SET last_words = 'overruled' WHERE last_words = 'closing'", "item"),
        ("UPDATE new_by_day SET n = n + 1", "new_by_day"),
    ):
        with closing(sqlite3.connect(some.path, isolation_level=None)) as conn:
            conn.execute("INSERT OR IGNORE INTO new_by_day VALUES ('2026-01-01', 1)")
            conn.execute(change)
        assert table in [found for found, _ in differences(some.path, clock())]
