"""What stands on the other items of a person, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from linkinbox.model import Also, FiledBecause, Kind, Row, State
from linkinbox.text import SafeText
from linkinbox.words.times import date

_KINDS = {Kind.INVITATION: "invitation", Kind.CONVERSATION: "messages"}

_STATES = {
    State.NEW: "new", State.SENT: "new", State.TO_ACCEPT: "accepted", State.TO_REPLY: "to reply",
    State.JUNK: "junked", State.DONE: "done", State.HELD: "held",
}  # fmt: skip


def also_words(others: Sequence[Also], now: datetime) -> SafeText:
    """Return the other items, the newest first: "also: invitation, accepted 12 Mar, call held 14 Mar"."""
    return SafeText("also: " + "; ".join(", ".join(_parts(other, now)) for other in others))


def _parts(other: Also, now: datetime) -> Iterator[str]:
    row = other.row
    if other.decided_at:
        yield _KINDS[row.kind]
        yield f"{_state(row)} {date(other.decided_at, now)}"
    else:
        yield f"{_KINDS[row.kind]} of {date(row.at, now)}"
        yield _state(row)
    if other.call_held_at:
        yield f"call held {date(other.call_held_at, now)}"
    if row.call_at:
        yield f"call {date(row.call_at, now)}"


def _state(row: Row) -> str:
    if row.state is State.FILED:
        return "connected" if row.filed_because is FiledBecause.CONNECTED else "answered"
    return _STATES[row.state]
