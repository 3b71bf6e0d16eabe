"""What a person can do to items: each is one journal entry per item.

Named tuples, as in `linkinbox.model`: decisions are told apart by their class, never by ``==``.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from linkinbox.model import CallOutcome


class Accept(NamedTuple):
    """An invitation: worth accepting. A conversation: worth answering. Perhaps for a reason that is counted."""

    note: str = ""
    reason: str = ""


class Junk(NamedTuple):
    """Not wanted."""

    note: str = ""


class Done(NamedTuple):
    """Nothing is needed."""

    note: str = ""


class Hold(NamedTuple):
    """Away until a time, then back by itself; or only the nudge about the person, and the item stays as it is."""

    until: datetime
    nudge: bool | None = None


class Note(NamedTuple):
    """A line of the user's own about the item."""

    text: str


class Tag(NamedTuple):
    """Tags of the user's own, put on and taken away; handles nothing (how one is written: `linkinbox.tags`)."""

    add: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class Gold(NamedTuple):
    """The person is a valuable contact (or no longer is)."""

    on: bool = True


class Call(NamedTuple):
    """A call with the person; booking one accepts the item."""

    at: datetime
    minutes: int = 30
    note: str = ""


class Outcome(NamedTuple):
    """What became of the item's open call; a held one makes gold, a moved one has a new time."""

    outcome: CallOutcome
    at: datetime | None = None
    note: str = ""
    intro_owed: bool | None = None  # an introduction was promised in it


class Scope(StrEnum):
    """How far a rule is overruled."""

    ITEM = "item"
    PERSON = "person"
    RULE = "rule"  # switched off by hand
    MUTED = "muted"  # switched off by itself: overruled too often; nobody's decision


class Overrule(NamedTuple):
    """A rule does not count here, for the person, or at all (or counts again); as a whole it needs no item."""

    rule: str
    scope: Scope = Scope.ITEM
    on: bool = True


class SecondLook(NamedTuple):
    """What one would do now with a junked item, seen again without its decision; it stays junk."""

    accept: bool
    week: str  # in which it was drawn, such as "2026-W48"


def overrule_words(said: Mapping[str, Any]) -> str:
    """What an overrule, as the journal keeps it, says: "pitch does not count here"."""
    rule, on = said.get("rule", ""), said.get("on", True)
    match said.get("scope"):
        case Scope.PERSON:
            where = " for this person"
        case Scope.RULE:
            return f"{rule} is switched {'off' if on else 'on'}"
        case _:
            where = " here"
    return f"{rule} does not count{where}" if on else f"{rule} counts again{where}"


REPEATED = (Accept, Junk, Done, Hold, Gold, Note, Tag)  # those that make sense on another item too
Decision = Accept | Junk | Done | Hold | Note | Tag | Gold | Call | Outcome | Overrule | SecondLook
