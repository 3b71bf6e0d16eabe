"""Where an item stands: the fold of its journal entries, and what the data says. Pure.

An item's state is never stored as truth: ``fold`` reads what was decided and not undone, ``state_of`` joins
it with the facts of the imports. Undo needs no inverse: without the entry, the fold is what it was before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from linkinbox.decisions import Scope
from linkinbox.model import CallOutcome, FiledBecause, Kind, State, Verb

_CALLS = UUID("5b0f6a52-6f0e-5f0b-9d4e-0d6f0a4f7c11")  # namespace of calendar UIDs: a call keeps its own for life

HANDLES = {Verb.ACCEPT, Verb.JUNK, Verb.DONE}
# What an entry's action decides. By plain text: an enum's own look-up and hash are Python, and a fold of a million
# entries asks three times each.
_DECIDES = {verb.value: verb for verb in Verb} | {Verb.CALL.value: Verb.ACCEPT, Verb.OUTCOME.value: Verb.ACCEPT}


class Entry(NamedTuple):
    """A journal entry that stands (not undone), as the fold needs it. Times are the store's text."""

    seq: int
    id: str
    at: str
    action: str
    payload: dict[str, Any]
    bulk: bool


@dataclass(slots=True)
class Call:
    """A call as the entries leave it; ``outcome`` is None while it is to come."""

    uid: str
    at: str
    minutes: int
    outcome: str | None = None
    moves: int = 0


@dataclass(slots=True)
class Standing:
    """What the user's entries say of one item."""

    decision: Entry | None = None  # the latest of accept, junk, done and hold; a booked or held call accepts
    reason: Entry | None = None  # the accept that said why
    notes: list[Entry] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)
    overrules: list[Entry] = field(default_factory=list)
    looks: dict[str, Entry] = field(default_factory=dict)  # second looks, by the week in which they were made
    raised: dict[str, bool] = field(default_factory=dict)  # rules that counted here, and whether they were overruled

    @property
    def handled(self) -> Entry | None:
        """The decision, if it handles the item: a hold handles nothing."""
        return self.decision if self.decision and verb_of(self.decision) is not Verb.HOLD else None

    @property
    def open_call(self) -> Call | None:
        """The call that is booked and has no outcome yet."""
        return next((call for call in reversed(self.calls) if call.outcome is None), None)


def verb_of(entry: Entry) -> Verb:
    """What the entry decides: a booked or held call is an accept."""
    return _DECIDES[entry.action]


def fold(entries: Iterable[Entry]) -> Standing:  # noqa: C901 - one case for each verb
    """The standing that entries of one item, oldest first, lead to."""
    standing = Standing()
    for entry in entries:
        match Verb(entry.action):
            case Verb.HOLD if entry.payload.get("nudge"):
                pass  # decides nothing on the item (see `linkinbox.store.nudges`)
            case Verb.ACCEPT | Verb.JUNK | Verb.DONE | Verb.HOLD:
                _decide(standing, entry)
                _raise(standing, entry)
            case Verb.NOTE:
                standing.notes.append(entry)
            case Verb.TAG:
                on = standing.tags.union(entry.payload.get("add", ()))
                standing.tags = on.difference(entry.payload.get("drop", ()))
            case Verb.CALL:
                _book(standing, entry)
            case Verb.OUTCOME:
                _close(standing, entry)
            case Verb.OVERRULE:
                _overrule(standing, entry)
            case Verb.SECOND_LOOK:
                standing.looks[entry.payload["week"]] = entry
            case Verb.GOLD | Verb.UNDO | Verb.REDO | Verb.FORGET:
                pass  # gold is the person's (see `gold_of`); the others are no entries of an item
    return standing


def call_uid(entry_id: str) -> str:
    """The calendar UID of the call that a journal entry booked."""
    return str(uuid5(_CALLS, entry_id))


def _decide(standing: Standing, entry: Entry) -> None:
    """Done keeps the reason for which it was accepted; what is junk, or held, is not accepted any more."""
    if entry.action in {Verb.JUNK, Verb.HOLD}:
        standing.reason = None
    elif entry.payload.get("reason"):
        standing.reason = entry
    if not _is_accepted_again(standing.decision, entry):
        standing.decision = entry


def _is_accepted_again(before: Entry | None, entry: Entry) -> bool:
    """Only its reason is another: the path is told by when it was accepted first."""
    if before is None or entry.action != Verb.ACCEPT or verb_of(before) is not Verb.ACCEPT:
        return False
    return bool(before.payload.get("seen") == entry.payload.get("seen"))


def _accept(standing: Standing, entry: Entry) -> None:
    if standing.decision is None or verb_of(standing.decision) is not Verb.ACCEPT:
        standing.decision = entry


def _book(standing: Standing, entry: Entry) -> None:
    _accept(standing, entry)
    at, minutes = entry.payload["at"], entry.payload["minutes"]
    if call := standing.open_call:
        call.at, call.minutes, call.moves = at, minutes, call.moves + 1
    else:
        standing.calls.append(Call(call_uid(entry.id), at, minutes))


def _close(standing: Standing, entry: Entry) -> None:
    outcome = CallOutcome(entry.payload["outcome"])
    call = standing.open_call
    if outcome is CallOutcome.HELD:
        _accept(standing, entry)
        if call is None:  # it was held without having been booked here
            call = Call(call_uid(entry.id), entry.at, minutes=0)
            standing.calls.append(call)
    if call is None:
        return
    call.at, call.moves = entry.payload.get("at", call.at), call.moves + 1
    if outcome is not CallOutcome.MOVED:
        call.outcome = outcome.value


def _raise(standing: Standing, entry: Entry) -> None:
    """What stood when the user decided on it; in bulk nobody looked."""
    if not entry.bulk:
        for rule in entry.payload.get("raised", ()):
            standing.raised.setdefault(rule, False)


def _overrule(standing: Standing, entry: Entry) -> None:
    """The last word on a rule counts; one on the rule as a whole is no word on the item."""
    rule, scope, on = entry.payload["rule"], Scope(entry.payload["scope"]), entry.payload.get("on", True)
    if scope is not Scope.RULE:
        standing.overrules = [
            said for said in standing.overrules if said.payload["rule"] != rule or said.payload["scope"] == Scope.RULE
        ]
    if on:
        standing.overrules.append(entry)
    standing.raised[rule] = on


class GoldVote(NamedTuple):
    """Why a person is a valuable contact, since when, and the entry that made it so."""

    outcome: str  # "marked" or "call held"
    at: str
    entry: Entry


def gold_of(entries: Iterable[Entry]) -> GoldVote | None:
    """What the entries of a person's items, oldest first, say: the last word counts, a held call most."""
    vote: GoldVote | None = None
    for entry in entries:
        if entry.action == Verb.GOLD:
            vote = (vote or GoldVote("marked", entry.at, entry)) if entry.payload.get("on", True) else None
        elif entry.action == Verb.OUTCOME and entry.payload["outcome"] == CallOutcome.HELD:
            vote = vote if vote and vote.outcome == "call held" else GoldVote("call held", entry.payload["at"], entry)
    return vote


class Facts(NamedTuple):
    """What imports say of an item, and the decision on it. Times are the store's text."""

    kind: str
    at: str | None  # the newest incoming message
    replied_at: str | None  # the owner's newest message
    connected: bool | None
    decision: str | None = None
    seen: str | None = None  # ``at`` when it was decided
    held_until: str | None = None


class Stand(NamedTuple):
    """The derived columns of an item."""

    state: State
    filed_because: FiledBecause | None
    carried_out: bool
    sort_at: str | None


def state_of(facts: Facts, now: str) -> Stand:  # noqa: PLR0911 - one return for each state
    """Where an item stands at a time.

    A thread that was done, or answered, is new again when the other writes again; a junked one stays junk,
    and a held one waits for its time. An accepted item stays so; ``carried_out`` says LinkedIn shows it done.
    """
    if facts.at is None:
        return Stand(State.SENT, None, carried_out=False, sort_at=None)
    answered = facts.replied_at is not None and facts.replied_at >= facts.at
    wrote_again = facts.seen is not None and facts.at > facts.seen
    conversation = facts.kind == Kind.CONVERSATION
    match facts.decision:
        case Verb.JUNK:
            return Stand(State.JUNK, None, carried_out=False, sort_at=facts.at)
        case Verb.HOLD if facts.held_until is not None:
            held = facts.held_until > now
            return Stand(State.HELD if held else State.NEW, None, carried_out=False, sort_at=facts.held_until)
        case Verb.DONE if not (conversation and wrote_again):
            return Stand(State.DONE, None, carried_out=False, sort_at=facts.at)
        case Verb.ACCEPT if not conversation:
            return Stand(State.TO_ACCEPT, None, carried_out=bool(facts.connected), sort_at=facts.at)
        case Verb.ACCEPT:
            replied = facts.replied_at is not None and facts.seen is not None and facts.replied_at > facts.seen
            if answered or not (replied and wrote_again):
                return Stand(State.TO_REPLY, None, carried_out=answered and replied, sort_at=facts.at)
    because = FiledBecause.REPLIED if conversation and answered else None
    if not conversation and facts.connected:
        because = FiledBecause.CONNECTED
    return Stand(State.FILED if because else State.NEW, because, carried_out=False, sort_at=facts.at)
