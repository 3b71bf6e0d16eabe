"""Deciding: journal first, then where the items stand, in the same transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from linkinbox.decisions import Accept, Call, Decision, Done, Gold, Hold, Junk, Note, Outcome, Overrule, SecondLook, Tag
from linkinbox.errors import NoSuchItemError, UsageError
from linkinbox.model import CallOutcome, Verb
from linkinbox.standing import HANDLES, fold
from linkinbox.store import journal, overrules, second_look
from linkinbox.store.journal import Act, NewEntry
from linkinbox.store.reasons import reasons_of
from linkinbox.store.sql import chunks, select_in
from linkinbox.store.standings import restand
from linkinbox.store.tags import tagged_so
from linkinbox.store.times import to_text

_VERBS: dict[type[Decision], Verb] = {
    Accept: Verb.ACCEPT, Junk: Verb.JUNK, Done: Verb.DONE, Hold: Verb.HOLD, Note: Verb.NOTE, Gold: Verb.GOLD,
    Call: Verb.CALL, Outcome: Verb.OUTCOME, Overrule: Verb.OVERRULE,
    SecondLook: Verb.SECOND_LOOK, Tag: Verb.TAG,
}  # fmt: skip
# These remember what the user had seen: a thread that was dealt with is new again when the other writes again.
_SEES = {Verb.ACCEPT, Verb.JUNK, Verb.DONE, Verb.HOLD, Verb.CALL, Verb.OUTCOME}
JUDGES = {Accept, Junk, Done, Hold}  # made on what stands for and against an item


def decide(  # noqa: PLR0913 - by name only, and each has its default
    conn: sqlite3.Connection,
    decision: Decision,
    ids: Sequence[int],
    now: datetime,
    *,
    raised: Sequence[str] = (),
    to: str = "",
) -> Act:
    """Write a decision on items and bring them in line; to be called inside ``Store.write``.

    Args:
        conn: the store.
        decision: what is decided.
        ids: the items; none where a rule as a whole is overruled.
        now: when.
        raised: the rules that stand on the only item; nobody looked at each of several.
        to: the batch of an act that goes on, on further items: those that are gone meanwhile are left out.
    """
    if isinstance(decision, Overrule):
        return _overrule(conn, decision, ids, now)
    verb, payload = _VERBS[type(decision)], _payload(decision)
    items, note = _items(conn, list(dict.fromkeys(ids)), strict=not to), payload.pop("note", "")
    if not to:
        _refuse(conn, decision, items, now)
    if verb is Verb.TAG or (verb in HANDLES and not note):
        stand = _stand_already(conn, verb, ids, payload)
        if all(item.id in stand for item in items):
            return Act("", verb, tuple(item.id for item in items))
        items = [item for item in items if item.id not in stand]
    if raised and type(decision) in JUDGES:
        payload["raised"] = list(raised)
    each = [(payload, items)]
    if isinstance(decision, Outcome) and decision.outcome is CallOutcome.HELD:
        each = [({**payload, "at": _held_at(conn, decision, item, now)}, [item]) for item in items]
    entries = [entry for said, on in each for entry in _entries(verb, said, note, on)]
    others = journal.add(conn, to, entries, now) if to else ()
    act = Act(to or journal.append(conn, verb, entries, now), verb, tuple(item.id for item in items))
    restand(conn, act._replace(ids=(*others, *act.ids)), now)
    return act


class _Item(NamedTuple):
    """An item to decide on, and what the user sees of it: when its newest message came."""

    id: int
    uid: str
    seen: str


def _entries(verb: Verb, payload: dict[str, Any], note: str, items: Sequence[_Item]) -> Iterator[NewEntry]:
    """The entries of an act; the payload is written once, since only what was seen differs."""
    said = json.dumps(payload)
    noted = json.dumps({"text": note})
    begun = f'{said[:-1]}, "seen": ' if payload else '{"seen": '
    for item in items:
        yield verb.value, item.uid, f"{begun}{json.dumps(item.seen)}}}" if verb in _SEES else said
        if note:
            yield Verb.NOTE.value, item.uid, noted


def _overrule(conn: sqlite3.Connection, decision: Overrule, ids: Sequence[int], now: datetime) -> Act:
    overrules.refuse(decision, ids)
    items: list[_Item] = []
    if ids:
        said_on = ids if decision.on else overrules.said_on(conn, decision.rule, ids)
        items = _items(conn, list(dict.fromkeys(said_on)))
    payload = json.dumps(_payload(decision))
    uids: list[str | None] = [item.uid for item in items] or [None]
    batch = journal.append(conn, Verb.OVERRULE, [(Verb.OVERRULE.value, uid, payload) for uid in uids], now)
    act = Act(batch, Verb.OVERRULE, tuple(item.id for item in items))
    restand(conn, act, now)
    return act


def require_items(conn: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Refuse ids that are no items.

    Raises:
        NoSuchItemError: one of them is none.
    """
    for chunk in chunks(ids):
        _items(conn, chunk)


def _items(conn: sqlite3.Connection, ids: Sequence[int], *, strict: bool = True) -> list[_Item]:
    select = "SELECT id, uid, at FROM item WHERE id IN ({}) AND at IS NOT NULL"
    found = {row[0]: _Item(*row) for row in select_in(conn, select, ids)}
    missing = [id_ for id_ in ids if id_ not in found]
    if missing and strict:
        msg = f"There is no item {missing[0]}"
        raise NoSuchItemError(msg, "`linkinbox list` shows the ids")
    if not ids:
        msg = "No item was named"
        raise UsageError(msg)
    return [found[id_] for id_ in ids if id_ in found]


def _stand_already(conn: sqlite3.Connection, verb: Verb, ids: Sequence[int], payload: dict[str, Any]) -> set[int]:
    """Items that are decided so: to say it again is no act, lest an undo takes back what nobody saw happen."""
    if verb is Verb.TAG:
        return tagged_so(conn, ids, payload)
    reason = payload.get("reason")
    decided = f"SELECT id FROM item WHERE id IN ({{}}) AND decision = '{verb}' AND decided_seen = at"
    given = reasons_of(conn, ids) if reason else {}
    return {id_ for (id_,) in select_in(conn, decided, ids) if given.get(id_) == reason or not reason}


def _payload(decision: Decision) -> dict[str, Any]:
    """The decision's own answers, as the journal keeps them: times as text, nothing that was not given."""
    payload: dict[str, Any] = {}
    for name, value in decision._asdict().items():
        if isinstance(value, datetime):
            payload[name] = to_text(value)
        elif type(value) is str and value.strip():
            payload[name] = value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")  # no store takes them
        elif value not in (None, ()) and type(value) is not str:
            payload[name] = value
    return payload


def _held_at(conn: sqlite3.Connection, outcome: Outcome, item: _Item, now: datetime) -> str:
    """When a call was held: of which no time is told, at the booked one, if that is past."""
    if outcome.at:
        return to_text(outcome.at)
    call = fold(journal.standing_entries(conn, [item.uid])[item.uid]).open_call
    return min(call.at, to_text(now)) if call else to_text(now)


def _refuse(conn: sqlite3.Connection, decision: Decision, items: Sequence[_Item], now: datetime) -> None:
    """Refuse what makes no sense, before anything is written."""
    match decision:
        case Hold(until=at) | Call(at=at) if at <= now:
            msg = f"{to_text(at)} is past"
            raise UsageError(msg, "Give a time to come")
        case Note(text=text) if not text.strip():
            msg = "The note is empty"
            raise UsageError(msg)
        case Tag(add=(), drop=()):
            msg = "No tag was named"
            raise UsageError(msg, "A word puts a tag on, one with a - before it takes it away")
        case Outcome(outcome=CallOutcome.HELD, at=at) if at is not None and at > now:
            msg = f"{to_text(at)} is to come: a call can only have been held before"
            raise UsageError(msg, "Leave --at out, or give the time at which it was held")
        case Outcome(outcome=CallOutcome.MOVED, at=None):
            msg = "A moved call needs its new time"
            raise UsageError(msg, "Give --at, such as --at 'tue 3pm'")
        case SecondLook():
            second_look.refuse(conn, [item.uid for item in items])
        case Outcome(outcome=outcome) if outcome is not CallOutcome.HELD:
            for item in items:
                if fold(journal.standing_entries(conn, [item.uid])[item.uid]).open_call is None:
                    msg = "No call is booked here"
                    raise UsageError(msg, "Book one first; a call that was held can be recorded without")
