"""View "Expiring": which invitations it holds, in which order, and that it counts and reads few rows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Hold, Junk, Overrule, Scope
from linkinbox.inbox import Inbox
from linkinbox.lifetime import days_left
from linkinbox.model import View
from linkinbox.store import expiring
from tests.builders import ExportBuilder
from tests.conftest import NOW, Clock

ASKS = (  # unlike one another: who writes what others write asks nothing
    "How did you measure the frost at the depot in Gdynia last winter?",
    "Which logger would you take into a lorry of avocados, and why that one?",
    "Who pays for the second audit when the first one found an open door?",
)
Fill = Callable[[ExportBuilder], Inbox]


def aged(ages: dict[str, int], *, asking: tuple[str, ...] = ()) -> ExportBuilder:
    export = ExportBuilder()
    for name, days in ages.items():
        export.invitation(
            name, at=NOW - timedelta(days=days, minutes=5), note=ASKS[asking.index(name) % 3] if name in asking else ""
        )
    return export


def shown(inbox: Inbox) -> list[tuple[str, int | None]]:
    ids = inbox.ids(View.EXPIRING)
    assert inbox.counts()[View.EXPIRING] == len(ids[: len(ids) + 1])
    return [(row.person.name, days_left(row, inbox._clock())) for row in inbox.rows(ids[:])]


def test_the_soonest_come_first_and_reasons_first_within_a_week_or_a_month(filled: Fill):
    ages = {
        "Young": 5,
        "Last Week": 177,
        "Asks Last Week": 174,
        "Month": 160,
        "Asks Month": 152,
        "Gone": 180,
        "Old": 900,
    }
    inbox = filled(aged(ages, asking=("Asks Last Week", "Asks Month", "Gone")))
    assert shown(inbox) == [("Asks Last Week", 6), ("Last Week", 3), ("Asks Month", 28), ("Month", 20), ("Young", 175)]


def test_a_reason_that_was_overruled_is_none(filled: Fill):
    inbox = filled(aged({"Last Week": 177, "Asks": 174}, asking=("Asks",)))
    inbox.apply(Overrule("question", Scope.RULE), [])
    assert [name for name, _ in shown(inbox)] == ["Last Week", "Asks"]


@pytest.mark.parametrize("decision", [Accept(), Junk(), Hold(NOW + timedelta(days=2))])
def test_what_is_decided_leaves_and_comes_back_with_undo(filled: Fill, decision):
    inbox = filled(aged({"Ana Ruiz": 170, "Ben Lee": 160}))
    inbox.apply(decision, inbox.ids(View.EXPIRING)[:1])
    assert shown(inbox) == [("Ben Lee", 20)]
    inbox.undo()
    assert shown(inbox) == [("Ana Ruiz", 10), ("Ben Lee", 20)]


def test_one_back_from_a_hold_stands_where_its_days_are(filled: Fill, clock: Clock):
    inbox = filled(aged({"Ana Ruiz": 150, "Ben Lee": 160, "Cy Fox": 140}))
    held = next(row.id for row in inbox.rows(inbox.ids(View.NEW)[:]) if row.person.name == "Ben Lee")
    inbox.apply(Hold(NOW + timedelta(days=2)), [held])
    clock.forward(days=3)
    inbox.wake()
    assert shown(inbox) == [("Ben Lee", 17), ("Ana Ruiz", 27), ("Cy Fox", 37)]


def test_time_takes_them_out_and_a_setting_brings_them_back(filled: Fill, clock: Clock, store_path: Path):
    inbox = filled(aged({"Ana Ruiz": 170, "Ben Lee": 160}))
    clock.forward(days=10)
    assert shown(inbox) == [("Ben Lee", 10)]
    clock.forward(days=10)
    assert shown(inbox) == []
    inbox.close()
    with closing(Inbox.open(store_path, clock=clock, believed_days=365)) as patient:
        assert [left for _, left in shown(patient)] == [175, 185]


def test_connected_ones_are_filed_and_in_it_no_more(inbox: Inbox, tmp_path: Path):
    inbox.import_from(aged({"Ana Ruiz": 20, "Ben Lee": 10}).zip(tmp_path, "a.zip"))
    later = aged({"Ana Ruiz": 20, "Ben Lee": 10}).connection("Ana Ruiz").connection("Zoë Berg")
    inbox.import_from(later.zip(tmp_path, "b.zip"))
    assert [name for name, _ in shown(inbox)] == ["Ben Lee"]


def test_searched_it_finds_only_what_it_holds(filled: Fill):
    inbox = filled(aged({"Ana Ruiz": 170, "Ana Old": 200}))
    assert [row.person.name for row in inbox.rows(inbox.ids(View.EXPIRING, "ana")[:])] == ["Ana Ruiz"]


def test_only_the_soonest_are_judged_and_all_are_listed_once(filled: Fill):
    ages = {f"Person {number:03}": 10 + number % 160 for number in range(450)}
    inbox = filled(aged(ages, asking=tuple(ages)[::7]))
    told: list[str] = []
    inbox._store.conn.set_trace_callback(told.append)
    ids = inbox.ids(View.EXPIRING)
    inbox._store.conn.set_trace_callback(None)
    assert len(ids) == 450
    assert len(set(ids[:])) == 450
    behind = [days_left(row, NOW) for row in inbox.rows(ids[expiring.LOOKED_AT :])]
    assert behind == sorted(behind)
    texts = [sql for sql in told if "substr(m.text, 1, 5001)" in sql]
    assert len(texts) == 1
    assert texts[0].count(",") < expiring.LOOKED_AT + 60
