"""What waits today, and the calls that are asked about: once each, by index, and gone with who is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linkinbox.decisions import Call, Outcome
from linkinbox.model import CallOutcome, View
from tests.builders import ExportBuilder
from tests.conftest import NOW
from tests.store.test_pages import plan, statements


@pytest.fixture
def booked(filled, clock):
    """Three people with a call each: of yesterday, of an hour ago, of tomorrow."""
    clock.now = NOW - timedelta(days=2)
    inbox = filled(ExportBuilder().invitation("Ana").invitation("Bob").invitation("Cy"))
    for name, hours in (("Ana", -24), ("Bob", -1), ("Cy", 24)):
        inbox.apply(Call(NOW + timedelta(hours=hours)), [id_of(inbox, name)])
    clock.now = NOW
    return inbox


def id_of(inbox, name):
    return next(row.id for row in inbox.rows(inbox.ids(View.ALL)[:]) if row.person.name == name)


def asked(inbox):
    return [row.person.name for row in inbox.today().ask]


def test_calls_that_are_over_are_asked_about_the_oldest_first(booked):
    today = booked.today()
    assert asked(booked) == ["Ana", "Bob"]
    assert today.next_call is not None
    assert today.next_call.person.name == "Cy"
    assert (today.calls, today.counts.calls_due) == (1, 2)


def test_a_call_with_an_outcome_is_not_asked_about_until_that_is_taken_back(booked):
    booked.apply(Outcome(CallOutcome.NO_SHOW), [id_of(booked, "Ana")])
    assert asked(booked) == ["Bob"]
    booked.undo()
    assert asked(booked) == ["Ana", "Bob"]


def test_what_was_left_is_asked_again_only_for_another_time(booked, clock):
    ana = id_of(booked, "Ana")
    booked.ask_no_more(ana)
    assert asked(booked) == ["Bob"]
    booked.apply(Outcome(CallOutcome.MOVED, NOW + timedelta(days=1)), [ana])
    clock.forward(days=2)
    assert asked(booked) == ["Bob", "Ana", "Cy"]
    booked.undo()
    assert asked(booked) == ["Bob", "Cy"], "the former time was asked about"


def test_to_ask_no_more_where_no_call_is_changes_nothing(booked):
    booked.apply(Outcome(CallOutcome.CANCELLED), [id_of(booked, "Bob")])
    booked.ask_no_more(id_of(booked, "Bob"))
    assert booked._store.conn.execute("SELECT count(*) FROM asked_call").fetchone() == (0,)


def test_who_was_forgotten_leaves_no_question_behind(booked):
    ana = id_of(booked, "Ana")
    booked.ask_no_more(ana)
    booked.forget(booked.item(ana).row.person.id)
    assert asked(booked) == ["Bob"]
    assert booked._store.conn.execute("SELECT count(*) FROM asked_call").fetchone() == (0,)


def test_nothing_is_scanned_for_it(booked):
    told = [sql for sql in statements(booked, booked.today) if "FROM item" in sql]
    assert told
    for sql in told:
        steps = plan(booked, sql).replace("SCAN item USING COVERING INDEX item_back", "")
        assert "SCAN" not in steps, (sql, steps)
