"""Deciding: journal first, then where the items stand, in the same transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from linkinbox.errors import NoSuchItemError, UsageError
from linkinbox.model import (
    Accept,
    BookedCall,
    Call,
    CallOutcome,
    Decision,
    Done,
    Gold,
    Hold,
    Junk,
    Note,
    Outcome,
    Verb,
)  # fmt: skip
from linkinbox.standing import Facts, Standing, call_uid, fold, state_of, verb_of
from linkinbox.store import gold, journal
from linkinbox.store.journal import Act, chunks
from linkinbox.store.times import from_text, to_text

_VERBS: dict[type[Decision], Verb] = {
    Accept: Verb.ACCEPT, Junk: Verb.JUNK, Done: Verb.DONE, Hold: Verb.HOLD, Note: Verb.NOTE, Gold: Verb.GOLD,
    Call: Verb.CALL, Outcome: Verb.OUTCOME,
}  # fmt: skip


def decide(conn: sqlite3.Connection, decision: Decision, ids: Sequence[int], now: datetime) -> Act:
    """Write a decision on items and bring them in line; to be called inside ``Store.write``."""
    verb = _VERBS[type(decision)]
    items = _items(conn, list(dict.fromkeys(ids)))
    _refuse(conn, decision, items, now)
    entries: list[tuple[str, Verb, dict[str, Any]]] = []
    payload = _payload(decision)
    note = payload.pop("note", "")
    for uid, seen in items:
        entries.append((uid, verb, {**payload, "seen": seen} if verb in _SEES else payload))
        if note:
            entries.append((uid, Verb.NOTE, {"text": note}))
    act = journal.append(conn, verb, entries, now)
    restand(conn, act, now)
    return act


_SEES = {Verb.ACCEPT, Verb.JUNK, Verb.DONE, Verb.HOLD, Verb.CALL, Verb.OUTCOME}
_GOLDEN = {Verb.GOLD, Verb.OUTCOME}


def _items(conn: sqlite3.Connection, ids: Sequence[int]) -> list[tuple[str, str | None]]:
    found: dict[int, tuple[str, str | None]] = {}
    for chunk in chunks(ids):
        marks = ",".join("?" * len(chunk))
        rows = conn.execute(f"SELECT id, uid, at FROM item WHERE id IN ({marks})", chunk)
        found.update({id_: (uid, at) for id_, uid, at in rows})
    if missing := [id_ for id_ in ids if id_ not in found]:
        msg = f"There is no item {missing[0]}"
        raise NoSuchItemError(msg, "`linkinbox list` shows the ids")
    if not ids:
        msg = "No item was named"
        raise UsageError(msg)
    return [found[id_] for id_ in ids]


def _payload(decision: Decision) -> dict[str, Any]:
    """The decision's own answers, as the journal keeps them: times as text, nothing that was not given."""
    payload: dict[str, Any] = {}
    for name, value in decision._asdict().items():
        if isinstance(value, datetime):
            payload[name] = to_text(value)
        elif value is not None and value != "":
            payload[name] = value
    return payload


def _refuse(
    conn: sqlite3.Connection, decision: Decision, items: Sequence[tuple[str, str | None]], now: datetime
) -> None:
    """Refuse what makes no sense, before anything is written."""
    match decision:
        case Hold(until=at) | Call(at=at) if at <= now:
            msg = f"{to_text(at)} is past"
            raise UsageError(msg, "Give a time to come")
        case Note(text=text) if not text.strip():
            msg = "The note is empty"
            raise UsageError(msg)
        case Outcome(outcome=CallOutcome.MOVED, at=None):
            msg = "A moved call needs its new time"
            raise UsageError(msg, "Give --at, such as --at 'tue 3pm'")
        case Outcome(outcome=outcome) if outcome is not CallOutcome.HELD:
            for uid, _ in items:
                if fold(journal.standing_entries(conn, [uid])[uid]).open_call is None:
                    msg = "No call is booked here"
                    raise UsageError(msg, "Book one first; a call that was held can be recorded without")


def restand(conn: sqlite3.Connection, act: Act, now: datetime) -> None:
    """Bring the items of an act in line with the journal: state, counters, calls, notes, gold."""
    people: dict[int, None] = {}
    for uids in chunks(act.items):
        by_item = journal.standing_entries(conn, uids)
        marks = ",".join("?" * len(uids))
        columns = "id, uid, person_id, kind, at, replied_at, connected"
        for id_, uid, person, *facts in conn.execute(
            f"SELECT {columns} FROM item WHERE uid IN ({marks})", uids
        ).fetchall():
            standing = fold(by_item[uid])
            _stand(conn, id_, Facts(*facts), standing, to_text(now))
            _note(conn, id_, person, standing)
            _call(conn, id_, standing)
            people[person] = None
    for person in people:
        if act.action in _GOLDEN or _is_gold(conn, person):
            gold.regold(conn, person)


def _stand(conn: sqlite3.Connection, id_: int, facts: Facts, standing: Standing, now: str) -> None:
    entry = standing.decision
    payload = entry.payload if entry else {}
    facts = facts._replace(
        decision=verb_of(entry) if entry else None, seen=payload.get("seen"), held_until=payload.get("until")
    )
    stand = state_of(facts, now)
    call = standing.open_call
    conn.execute(
        """UPDATE item SET decision = ?, decided_seen = ?, held_until = ?, call_at = ?, state = ?,
           filed_because = ?, carried_out = ?, sort_at = ? WHERE id = ?""",
        (*facts[4:], call.at if call else None, *stand, id_),
    )
    done = standing.handled
    gold.handle(conn, id_, (done.seq, verb_of(done).value, done.bulk, done.at) if done else None)


def _note(conn: sqlite3.Connection, id_: int, person_id: int, standing: Standing) -> None:
    """Keep the derived notes and their index equal to the entries that stand."""
    kept = dict(conn.execute("SELECT id, text FROM note WHERE item_id = ?", (id_,)).fetchall())
    wanted = {entry.seq: entry for entry in standing.notes}
    for seq in kept.keys() - wanted.keys():
        conn.execute(
            "INSERT INTO note_fts (note_fts, rowid, name, text) SELECT 'delete', id, name, text FROM note WHERE id = ?",
            (seq,),
        )
        conn.execute("DELETE FROM note WHERE id = ?", (seq,))
    for seq in wanted.keys() - kept.keys():
        conn.execute(
            "INSERT INTO note SELECT ?, ?, ?, name, ? FROM person WHERE id = ?",
            (seq, id_, wanted[seq].at, wanted[seq].payload["text"], person_id),
        )
        conn.execute("INSERT INTO note_fts (rowid, name, text) SELECT id, name, text FROM note WHERE id = ?", (seq,))


def _call(conn: sqlite3.Connection, id_: int, standing: Standing) -> None:
    conn.execute("DELETE FROM call WHERE item_id = ?", (id_,))
    conn.executemany(
        "INSERT INTO call VALUES (?, ?, ?, ?, ?, ?)",
        [(call.uid, id_, call.at, call.minutes, call.outcome, call.moves) for call in standing.calls],
    )


def _is_gold(conn: sqlite3.Connection, person_id: int) -> bool:
    return conn.execute("SELECT 1 FROM gold WHERE person_id = ?", (person_id,)).fetchone() is not None


def wake(conn: sqlite3.Connection, now: datetime) -> int:
    """Bring back what was held until now; to be called inside ``Store.write``. How many came back."""
    return conn.execute("UPDATE item SET state = 'new' WHERE state = 'held' AND sort_at <= ?", (to_text(now),)).rowcount


def any_due(conn: sqlite3.Connection, now: datetime) -> bool:
    """Something was held until now; asked before a write is begun."""
    row = conn.execute("SELECT 1 FROM item WHERE state = 'held' AND sort_at <= ? LIMIT 1", (to_text(now),))
    return row.fetchone() is not None


def ids_of(conn: sqlite3.Connection, uids: Sequence[str]) -> list[int]:
    """The ids of items, in the order of their uids."""
    found: dict[str, int] = {}
    for chunk in chunks(uids):
        marks = ",".join("?" * len(chunk))
        found.update(conn.execute(f"SELECT uid, id FROM item WHERE uid IN ({marks})", chunk))
    return [found[uid] for uid in uids if uid in found]


class TouchedCall(NamedTuple):
    """A call that an act changed; ``call`` is None when it was undone."""

    uid: str
    item_id: int
    call: BookedCall | None


def touched_calls(conn: sqlite3.Connection, act: Act) -> list[TouchedCall]:
    """The calls of an act's items as they stand now, and those that the act (undone) had booked."""
    if act.action not in {Verb.CALL, Verb.OUTCOME}:
        return []
    touched = []
    for id_ in ids_of(conn, act.items):
        rows = conn.execute("SELECT uid, at, minutes, outcome, moves FROM call WHERE item_id = ?", (id_,)).fetchall()
        touched += [TouchedCall(row[0], id_, booked_call(row)) for row in rows]
        booked = conn.execute(
            """SELECT j.id FROM journal j JOIN item i ON i.uid = j.item_uid
               WHERE j.batch = ? AND j.action = 'call' AND i.id = ?""",
            (act.batch, id_),
        ).fetchall()
        standing = {row[0] for row in rows}
        gone = {call_uid(entry_id) for (entry_id,) in booked} - standing
        touched += [TouchedCall(uid, id_, None) for uid in sorted(gone)]
    return touched


def booked_call(record: Sequence[Any]) -> BookedCall:
    """A call from its row: uid, at, minutes, outcome, moves."""
    uid, at, minutes, outcome, moves = record
    return BookedCall(uid, from_text(at), minutes, CallOutcome(outcome) if outcome else None, moves)
