"""Who is named after a sweep: accepted for a reason, connected, and silent; never more than three."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linkinbox.decisions import Accept, Call, Gold, Hold, Junk, Note, Outcome
from linkinbox.model import CallOutcome, View
from tests.builders import ExportBuilder
from tests.conftest import NOW
from tests.store.test_pages import plan, statements

DAYS = 30


def accepted(inbox, name, decision=None, *, raised=()):
    (id_,) = [row.id for row in inbox.rows(inbox.ids(View.ALL)[:]) if row.person.name == name and row.text != "old"]
    inbox.apply(decision or Accept(), [id_], raised=raised)
    return id_


@pytest.fixture
def old(filled, clock):
    """An inbox of sixty days ago, in which nobody is connected yet."""
    clock.now = NOW - timedelta(days=60)
    export = ExportBuilder()
    for name in ("Ana", "Bob", "Cy", "Dan", "Eve"):
        export.invitation(name, note=f"Hello from {name}")
    return filled(export)


@pytest.fixture
def later(old, clock, tmp_path):
    """Go on to today, when all of them are connected; what else is in the export comes from the test."""

    def go_on(export=None):
        clock.now = NOW
        export = export or ExportBuilder()
        for name in ("Ana", "Bob", "Cy", "Dan", "Eve"):
            export.connection(name, on="2026-09-30")
        old.import_from(export.zip(tmp_path, "later.zip"))
        return old

    return go_on


def names(inbox, days=DAYS):
    return [nudge.row.person.name for nudge in inbox.nudges(days)]


def test_who_was_accepted_for_a_reason_and_fell_silent_is_named(old, later):
    accepted(old, "Ana", Accept("met in Hamburg"))
    accepted(old, "Bob", raised=("question", "pitch"))
    accepted(old, "Cy")  # without a reason
    accepted(old, "Dan", raised=("pitch",))
    accepted(old, "Eve", Accept(reason="logistics"))
    nudges = later().nudges(DAYS)
    assert {(nudge.row.person.name, nudge.own, nudge.rules) for nudge in nudges} == {
        ("Ana", ("met in Hamburg",), ()), ("Bob", (), ("question",)), ("Eve", ("logistics",), ()),
    }  # fmt: skip
    assert not any(nudge.spoke for nudge in nudges)


def test_a_valuable_contact_comes_first(old, later, clock):
    accepted(old, "Ana", Accept("met in Hamburg"))
    accepted(old, "Cy")
    accepted(old, "Cy", Gold())
    assert names(later()) == ["Cy", "Ana"]


def test_there_are_at_most_three(old, later):
    for name in ("Ana", "Bob", "Cy", "Dan", "Eve"):
        accepted(old, name, Accept("yes"))
    assert len(names(later())) == 3


def test_who_is_not_connected_is_not_named(old, clock):
    accepted(old, "Ana", Accept("yes"))
    clock.now = NOW
    assert names(old) == []


def test_an_exchange_in_both_directions_is_contact_one_in_one_is_none(old, later):
    accepted(old, "Ana", Accept("yes"))
    accepted(old, "Bob", Accept("yes"))
    export = ExportBuilder().message("Ana", "old", at="2026-11-10T10:00").sent("Ana", "Gladly", at="2026-11-11T10:00")
    assert names(later(export.message("Bob", "old", at="2026-11-10T10:00"))) == ["Bob"]


def test_an_exchange_of_long_ago_is_told_as_the_last(old, later):
    accepted(old, "Ana", Accept("yes"))
    export = ExportBuilder().message("Ana", "old", at="2026-10-01T10:00").sent("Ana", "Gladly", at="2026-10-02T10:00")
    (nudge,) = later(export).nudges(DAYS)
    assert nudge.spoke
    assert nudge.silent_since.isoformat() == "2026-10-02T10:00:00+00:00"


def test_a_call_held_or_booked_is_contact(old, later, clock):
    accepted(old, "Ana", Accept("yes"))
    accepted(old, "Bob", Accept("yes"))
    inbox = later()
    accepted(inbox, "Ana", Outcome(CallOutcome.HELD))
    accepted(inbox, "Bob", Call(NOW + timedelta(days=3)))
    assert names(inbox) == []
    inbox.undo()
    assert names(inbox) == ["Bob"]


def test_a_nudge_is_held_off_until_a_time_and_the_item_stays_as_it_is(old, later, clock):
    id_ = accepted(old, "Ana", Accept("yes"))
    inbox = later()
    before = (inbox.item(id_).row, inbox.counts(), inbox.figures())
    inbox.apply(Hold(NOW + timedelta(days=10), nudge=True), [id_])
    assert (inbox.item(id_).row, inbox.counts(), inbox.figures()) == before
    assert names(inbox) == []
    inbox.undo()
    assert names(inbox) == ["Ana"]
    inbox.redo()
    clock.forward(days=11)
    assert names(inbox) == ["Ana"]


def test_junk_is_never_named_and_what_was_taken_back_neither(old, later):
    accepted(old, "Ana", Accept("yes"))
    accepted(old, "Ana", Junk())
    accepted(old, "Bob", Accept("yes"))
    old.undo()
    assert names(later()) == []


def test_they_can_be_switched_off_and_wait_as_long_as_is_set(old, later):
    accepted(old, "Ana", Accept("yes"))
    inbox = later()
    assert names(inbox, 0) == []
    assert names(inbox, 90) == []
    assert names(inbox, 50) == ["Ana"]


def test_who_was_forgotten_is_not_named(old, later):
    id_ = accepted(old, "Ana", Note("a reason"))
    accepted(old, "Ana")
    inbox = later()
    assert names(inbox) == ["Ana"]
    inbox.forget(inbox.item(id_).row.person.id)
    assert names(inbox) == []


def test_nobody_knows_what_was_said_since_the_export(old, later, clock):
    accepted(old, "Ana", Accept("yes"))
    export = ExportBuilder().message("Ana", "old", at="2026-10-20T10:00").sent("Ana", "Gladly", at="2026-10-25T10:00")
    inbox = later(export)
    assert names(inbox, 25) == ["Ana"]
    clock.forward(days=20)
    assert names(inbox, 30) == []  # 50 days ago, but the data end after 26
    (nudge,) = inbox.nudges(25)
    assert nudge.known_until.isoformat() == "2026-11-20T08:00:00+00:00"


def test_they_are_found_by_index_in_bites(old, later):
    accepted(old, "Ana", Accept("yes"))
    inbox = later()
    told = {sql: plan(inbox, sql) for sql in statements(inbox, lambda: inbox.nudges(DAYS)) if sql.startswith("SELECT")}
    told = {sql: step for sql, step in told.items() if "FROM import_run" not in sql}  # a few rows
    assert any("handled_accept (at<?)" in step for step in told.values())
    for sql, step in told.items():
        assert "SCAN" not in step.replace("SCAN (subquery", "").replace("SCAN g", ""), (sql, step)
        assert "TEMP B-TREE" not in step, (sql, step)
