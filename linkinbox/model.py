"""The field's own words: what came in, where it stands, and what came of it.

Times are aware datetimes in UTC. Strangers' text is held as it came and made safe at each exit.
Named tuples, not dataclasses: thirty of those cost a command 30 ms of its 50. Their annotations are no strings: each
would be compiled at the start, a sixth of a millisecond a class.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    """What an item is."""

    INVITATION = "invitation"
    CONVERSATION = "conversation"


class State(StrEnum):
    """Where an item stands: what was decided on it, or what the data says of it."""

    NEW = "new"
    TO_ACCEPT = "to-accept"  # decided here; done on LinkedIn only when an export shows it
    TO_REPLY = "to-reply"
    JUNK = "junk"
    DONE = "done"
    HELD = "held"
    FILED = "filed"  # nobody decided: the data shows there is nothing to decide
    SENT = "sent"  # a thread with only the owner's messages: no item yet, in no view

    @property
    def is_decided(self) -> bool:
        """Whether somebody decided so."""
        return self not in (State.NEW, State.FILED, State.SENT)


class FiledBecause(StrEnum):
    """Why an item needs no decision."""

    CONNECTED = "connected"
    REPLIED = "replied"


class OwedBecause(StrEnum):
    """Why an answer is owed."""

    WORTH_ANSWERING = "worth-answering"  # the user found it so
    YOUR_TURN = "your-turn"  # the user wrote in the thread, and the other wrote last


class View(StrEnum):
    """A list of items, newest first (held, calls and expiring: the soonest first)."""

    SWEEP = "sweep"  # new ones with words, answers owed, then new ones without words
    NEW = "new"
    INVITATIONS = "invitations"  # new ones
    MESSAGES = "messages"  # new conversations
    EXPIRING = "expiring"  # new invitations, those with the fewest believed days left first
    HELD = "held"
    CALLS = "calls"  # booked, outcome not recorded
    TO_ACCEPT = "to-accept"  # to carry out on LinkedIn
    TO_REPLY = "to-reply"  # answers owed
    JUNK = "junk"
    GOLD = "gold"
    CONNECTED = "connected"
    ALL = "all"


class CallOutcome(StrEnum):
    """What became of a call."""

    HELD = "held"
    MOVED = "moved"
    NO_SHOW = "no-show"
    CANCELLED = "cancelled"


class Verb(StrEnum):
    """What a journal entry did."""

    ACCEPT = "accept"
    JUNK = "junk"
    DONE = "done"
    HOLD = "hold"
    NOTE = "note"
    TAG = "tag"  # handles nothing
    GOLD = "gold"
    CALL = "call"
    OUTCOME = "outcome"
    OVERRULE = "overrule"  # a rule of signals; handles nothing
    SECOND_LOOK = "second-look"  # what one would do now with what was junked; handles nothing
    UNDO = "undo"
    REDO = "redo"
    FORGET = "forget"  # of a person; no act that can be undone


# ── what is read back ──


class Person(NamedTuple):
    """A person, identified by a normalised profile key (``in:``, ``acoa:``, ``member:`` or ``weak:``)."""

    id: int
    key: str
    name: str
    company: str | None = None
    position: str | None = None
    connected: bool | None = None  # None: no export told
    connected_on: date | None = None
    url: str | None = None


class Row(NamedTuple):
    """An item as one line of a list."""

    id: int
    uid: str
    kind: Kind
    person: Person
    at: datetime
    state: State
    filed_because: FiledBecause | None
    sponsored: bool
    gold: bool
    text: str  # the note, or the newest incoming message; lists read only its beginning
    held_until: datetime | None = None
    call_at: datetime | None = None
    messages: int = 1  # in the thread, incoming and outgoing; an invitation has one
    carried_out: bool = False  # a later import shows what was decided as done on LinkedIn
    owed_because: OwedBecause | None = None
    believed_until: date | None = None  # of an invitation that waits; a belief (see linkinbox.lifetime)
    tags: tuple[str, ...] = ()  # the user's, by the alphabet


class Message(NamedTuple):
    """One message of a thread, or an invitation's note."""

    at: datetime
    sender: str
    incoming: bool
    text: str
    subject: str = ""
    attachments: int = 0


class Entry(NamedTuple):
    """One line of the journal."""

    id: str
    at: datetime
    action: Verb
    uid: str | None  # the item's; None for undo and redo
    person: Person | None
    payload: dict[str, Any]
    batch: str
    undone: bool


class BookedCall(NamedTuple):
    """A call as it stands now."""

    uid: str  # stable: the calendar entry keeps it when the call moves
    at: datetime
    minutes: int
    outcome: CallOutcome | None  # None while it is to come; never MOVED
    moves: int = 0  # how often it was moved: the calendar entry's SEQUENCE


class Also(NamedTuple):
    """Another item of the same person, in short."""

    row: Row  # without its text
    decided_at: datetime | None  # when it was handled
    call_held_at: datetime | None  # the latest call that was held


class Item(NamedTuple):
    """Everything known of one item: what its card shows."""

    row: Row
    messages: tuple[Message, ...]  # oldest first; the newest of a long thread
    earlier: int  # messages before those
    entries: tuple[Entry, ...]  # decisions and notes that stand, oldest first
    notes: tuple[str, ...]
    call: BookedCall | None
    title: str  # the thread's title or subject
    url: str | None  # the thread on LinkedIn
    drafts: tuple[str, ...]
    others: tuple[str, ...]  # further people in the thread
    namesake: date | None  # a connection of the same name, when no profile link can tell
    as_of: datetime | None  # of the newest import that spoke of it
    also: tuple[Also, ...] = ()  # other items of the person, the newest first; a few of many
    reason: str | None = None  # why it is accepted


class Stretch(NamedTuple):
    """What was handled on the way to one valuable contact, or since the last (``person`` None)."""

    junk: int
    junk_bulk: int
    accepted: int
    done: int
    began_at: datetime | None  # the decision that let the previous one in, or the first of all
    person: Person | None = None
    uid: str | None = None  # the item that let the contact in
    item_id: int | None = None
    decided_at: datetime | None = None
    outcome: str | None = None  # "marked" or "call held"
    outcome_at: datetime | None = None

    @property
    def handled(self) -> int:
        """All that was decided on the way."""
        return self.junk + self.junk_bulk + self.accepted + self.done


class Path(NamedTuple):
    """The open path and the ones behind it."""

    open: Stretch
    golds: tuple[Stretch, ...]  # oldest first; those without a decision have no path and are not here
    without_path: int = 0
    older: tuple[int, ...] = ()  # where only the newest golds were asked for: the junk on each path before them

    @property
    def golds_count(self) -> int:
        """How many paths there are behind the open one."""
        return len(self.older) + len(self.golds)

    @property
    def _junk(self) -> list[int]:
        return [*self.older, *(gold.junk for gold in self.golds)]

    @property
    def median_junk(self) -> float | None:
        """Median of the junk handled one by one; None under 5 golds, where it would say nothing."""
        if self.golds_count < 5:
            return None
        counts = sorted(self._junk)  # statistics.median costs 20 ms of start-up
        middle = len(counts) // 2
        return counts[middle] if len(counts) % 2 else (counts[middle - 1] + counts[middle]) / 2

    @property
    def junk_range(self) -> tuple[int, int] | None:
        """Least and most junk on a path; None under 5 golds."""
        if self.golds_count < 5:
            return None
        return min(self._junk), max(self._junk)


class Counts:
    """How many items each view holds, and the age of the data.

    Args:
        views: how many each view holds; none where it is not named.
        as_of: when the newest data were exported.
        due: back from a hold and not decided since.
        calls_due: booked calls whose time has passed: their outcome is to be recorded.
    """

    __slots__ = ("as_of", "calls_due", "due", "views")

    def __init__(self, views: dict[View, int], as_of: datetime | None, due: int = 0, calls_due: int = 0) -> None:
        self.views, self.as_of, self.due, self.calls_due = views, as_of, due, calls_due

    def __getitem__(self, view: View) -> int:
        return self.views.get(view, 0)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counts) and all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    __hash__ = None  # type: ignore[assignment]  # it holds a dict


class Change(NamedTuple):
    """What one act changed: a screen updates from this alone and never asks again."""

    verb: Verb  # of the act; for undo and redo: of what was taken back or done again
    ids: tuple[int, ...]
    rows: tuple[Row, ...]  # of the first few ids; never more than a screenful
    batch: str
    counts: Counts
    path: Path
    undone: bool = False  # True for an undo
    note: str = ""  # what else happened: "calls/2026-12-01-ana-ruiz.ics"
    warnings: tuple[str, ...] = ()
    overruled: str = ""  # what was said of a rule: "pitch does not count here"
    reason: str = ""  # why something was accepted
    tagged: str = ""  # which tags were put on and taken away: "#reefer, no longer #cold"
    left: int = 0  # items it was not done on: it was stopped
