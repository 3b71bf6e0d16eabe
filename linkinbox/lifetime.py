"""How long an invitation may still be there: a belief, never a fact. Pure.

LinkedIn tells nobody when it takes an invitation back; people see it after half a year. Days are those of UTC, so that
counters by the day agree with what a list holds.
"""

from datetime import UTC, date, datetime, timedelta

from linkinbox.model import Kind, OwedBecause, Row, State
from linkinbox.text import age, age_days

BELIEVED_DAYS = 180
SOON = 30  # days left, from which on a list tells them


def believed_end(row: Row, believed_days: int) -> date | None:
    """The day on which an invitation is believed to go; None: of conversations, and of what was decided or filed."""
    waits = row.kind is Kind.INVITATION and row.state in {State.NEW, State.HELD}
    return _day(row.at) + timedelta(days=believed_days) if waits else None


def days_left(row: Row, now: datetime) -> int | None:
    """Believed days left, 0 when they are over; None: see :func:`believed_end`."""
    return None if row.believed_until is None else max(0, (row.believed_until - _day(now)).days)


def may_be_gone(row: Row, now: datetime) -> bool:
    """Whether the invitation has outlived what is believed."""
    return days_left(row, now) == 0


def first_day(now: datetime, believed_days: int) -> date:
    """The first day from which an invitation has days left."""
    return _day(now) - timedelta(days=believed_days - 1)


def life_words(row: Row, as_of: datetime | None, now: datetime) -> str:
    """What is believed of an invitation: "46 d old, 134 d left of a believed 180 d"; "" where nothing is.

    ``as_of``: of the data that spoke of it, in the zone in which days are told.
    """
    left, end = days_left(row, now), row.believed_until
    if left is None or end is None:
        return ""
    old, life = f"{age_days(row.at, now):,} d old", f"{(end - _day(row.at)).days:,} d"
    if left:
        return f"{old}, {left:,} d left of a believed {life}"
    if as_of is not None and _day(as_of) < end:
        return f"may be gone: a believed {life} ended since the data of {as_of.day} {as_of:%b %Y}"
    return f"may be gone: {old}, believed to last {life}"


def owed_words(row: Row, now: datetime) -> str:
    """Why an answer is owed, in a line; "" where none is."""
    match row.owed_because:
        case OwedBecause.WORTH_ANSWERING:
            return "an answer is owed: you found it worth answering"
        case OwedBecause.YOUR_TURN:
            passed = age(row.at, now)
            return f"an answer is owed: they wrote last, {'just now' if passed == 'now' else f'{passed} ago'}"
        case None:
            return ""


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()
