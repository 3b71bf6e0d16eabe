"""How long an invitation may still be there: beliefs, and what they say in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from linkinbox.lifetime import believed_end, days_left, first_day, life_words, may_be_gone, owed_words
from linkinbox.model import Kind, OwedBecause, Person, Row, State
from linkinbox.text import age_days

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def row(age: float, **more) -> Row:
    values = {"kind": Kind.INVITATION, "state": State.NEW, **more}
    given = Row(
        1, "uid", person=Person(1, "in:ana", "Ana Ruiz"), at=NOW - timedelta(days=age), filed_because=None,
        sponsored=False, gold=False, text="", **values,
    )  # fmt: skip
    return given._replace(believed_until=believed_end(given, 180))


@pytest.mark.parametrize(("age", "left"), [(0, 180), (1, 179), (179, 1), (180, 0), (400, 0)])
def test_days_left_are_counted_down_to_none(age, left):
    assert (days_left(row(age), NOW), may_be_gone(row(age), NOW)) == (left, left == 0)


@pytest.mark.parametrize(
    "other",
    [{"kind": Kind.CONVERSATION}, *({"state": state} for state in State if state not in {State.NEW, State.HELD})],
)
def test_of_what_was_decided_filed_or_is_a_message_nothing_is_believed(other):
    told = row(10, **other)
    assert (told.believed_until, days_left(told, NOW), may_be_gone(told, NOW)) == (None, None, False)
    assert life_words(told, NOW, NOW) == ""


def test_a_held_invitation_grows_older_too():
    assert days_left(row(170, state=State.HELD), NOW) == 10


def test_a_day_is_one_of_utc_whatever_the_zone():
    early = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
    assert age_days(datetime(2026, 11, 23, 23, 30, tzinfo=UTC), early) == 1
    assert age_days(NOW, NOW - timedelta(days=3)) == 0  # a clock that went back


def test_the_first_day_is_the_one_with_a_day_left():
    assert first_day(NOW, 180) == date(2026, 5, 29)
    assert days_left(row(179), NOW) == 1


def test_what_is_believed_is_called_so():
    assert life_words(row(46), NOW, NOW) == "46 d old, 134 d left of a believed 180 d"
    assert life_words(row(200), NOW, NOW) == "may be gone: 200 d old, believed to last 180 d"
    since = life_words(row(185), NOW - timedelta(days=30), NOW)
    assert since == "may be gone: a believed 180 d ended since the data of 25 Oct 2026"
    assert life_words(row(185), None, NOW) == "may be gone: 185 d old, believed to last 180 d"


def test_why_an_answer_is_owed_is_named():
    thread = row(12, kind=Kind.CONVERSATION)
    assert owed_words(thread, NOW) == ""
    said = owed_words(thread._replace(owed_because=OwedBecause.YOUR_TURN), NOW)
    assert said == "an answer is owed: they wrote last, 12 d ago"
    worth = thread._replace(owed_because=OwedBecause.WORTH_ANSWERING)
    assert owed_words(worth, NOW) == "an answer is owed: you found it worth answering"
