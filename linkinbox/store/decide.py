"""Deciding: journal first, then where the items stand, in the same transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from linkinbox.decisions import Accept, Call, Decision, Done, Gold, Hold, Junk, Note, Outcome, Overrule, SecondLook, Tag
from linkinbox.errors import NoSuchItemError, UsageError
from linkinbox.model import CallOutcome, Verb
from linkinbox.standing import HANDLES, fold
from linkinbox.store import journal, overrules, second_look
from linkinbox.store.journal import Act
from linkinbox.store.reasons import reasons_of
from linkinbox.store.sql import select_in
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


def decide(
    conn: sqlite3.Connection, decision: Decision, ids: Sequence[int], now: datetime, *, raised: Sequence[str] = ()
) -> Act:
    """Write a decision on items and bring them in line; to be called inside ``Store.write``.

    Args:
        conn: the store.
        decision: what is decided.
        ids: the items; none where a rule as a whole is overruled.
        now: when.
        raised: the rules that stand on the only item; nobody looked at each of several.
    """
    if isinstance(decision, Overrule):
        return _overrule(conn, decision, ids, now)
    verb = _VERBS[type(decision)]
    items = _items(conn, list(dict.fromkeys(ids)))
    _refuse(conn, decision, items, now)
    entries: list[tuple[str, Verb, dict[str, Any]]] = []
    payload = _payload(decision)
    note = payload.pop("note", "")
    if verb is Verb.TAG or (verb in HANDLES and not note):
        stands = _stands_already(conn, verb, ids, payload)
        fresh = [item for item in items if item[0] not in stands]
        if not fresh:
            return Act("", verb, tuple(uid for uid, _ in items))
        items = fresh
    if raised and type(decision) in JUDGES:
        payload["raised"] = list(raised)
    for uid, seen in items:
        if isinstance(decision, Outcome) and decision.outcome is CallOutcome.HELD:
            payload["at"] = to_text(decision.at) if decision.at else _held_at(conn, uid, to_text(now))
        entries.append((uid, verb, {**payload, "seen": seen} if verb in _SEES else payload))
        if note:
            entries.append((uid, Verb.NOTE, {"text": note}))
    act = journal.append(conn, verb, entries, now)
    restand(conn, act, now)
    return act


def _overrule(conn: sqlite3.Connection, decision: Overrule, ids: Sequence[int], now: datetime) -> Act:
    overrules.refuse(decision, ids)
    uids: list[str | None] = [None]
    if ids:
        said_on = ids if decision.on else overrules.said_on(conn, decision.rule, ids)
        uids = [uid for uid, _ in _items(conn, list(dict.fromkeys(said_on)))]
    payload = _payload(decision)
    act = journal.append(conn, Verb.OVERRULE, [(uid, Verb.OVERRULE, payload) for uid in uids], now)
    restand(conn, act, now)
    return act


def _items(conn: sqlite3.Connection, ids: Sequence[int]) -> list[tuple[str, str]]:
    select = "SELECT id, uid, at FROM item WHERE id IN ({}) AND at IS NOT NULL"
    found: dict[int, tuple[str, str]] = {id_: (uid, at) for id_, uid, at in select_in(conn, select, ids)}
    if missing := [id_ for id_ in ids if id_ not in found]:
        msg = f"There is no item {missing[0]}"
        raise NoSuchItemError(msg, "`linkinbox list` shows the ids")
    if not ids:
        msg = "No item was named"
        raise UsageError(msg)
    return [found[id_] for id_ in ids]


def _stands_already(conn: sqlite3.Connection, verb: Verb, ids: Sequence[int], payload: dict[str, Any]) -> set[str]:
    """Items that are decided so: to say it again is no act, lest an undo takes back what nobody saw happen."""
    if verb is Verb.TAG:
        same = select_in(conn, "SELECT uid FROM item WHERE id IN ({})", [*tagged_so(conn, ids, payload)])
        return {uid for (uid,) in same}
    reason = payload.get("reason")
    decided = f"SELECT id, uid FROM item WHERE id IN ({{}}) AND decision = '{verb}' AND decided_seen = at"
    given = reasons_of(conn, ids) if reason else {}
    return {uid for id_, uid in select_in(conn, decided, ids) if given.get(id_) == reason or not reason}


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


def _held_at(conn: sqlite3.Connection, uid: str, now: str) -> str:
    """When a call was held of which no time is told: the booked time, if that is past."""
    call = fold(journal.standing_entries(conn, [uid])[uid]).open_call
    return min(call.at, now) if call else now


def _refuse(conn: sqlite3.Connection, decision: Decision, items: Sequence[tuple[str, str]], now: datetime) -> None:
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
            second_look.refuse(conn, [uid for uid, _ in items])
        case Outcome(outcome=outcome) if outcome is not CallOutcome.HELD:
            for uid, _ in items:
                if fold(journal.standing_entries(conn, [uid])[uid]).open_call is None:
                    msg = "No call is booked here"
                    raise UsageError(msg, "Book one first; a call that was held can be recorded without")
