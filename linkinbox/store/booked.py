"""Calls as the journal leaves them, and which of them an act touched: their calendar files follow."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from linkinbox.model import BookedCall, CallOutcome, Verb
from linkinbox.standing import call_uid
from linkinbox.store.journal import Act, ids_of
from linkinbox.store.times import from_text


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
