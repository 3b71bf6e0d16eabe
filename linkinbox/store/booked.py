"""Calls as the journal leaves them, which of them an act touched, and their calendar files, which follow."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from linkinbox.errors import LinkinboxError
from linkinbox.model import BookedCall, CallOutcome, Verb
from linkinbox.standing import call_uid
from linkinbox.store.cards import booked_call, read_item
from linkinbox.store.journal import Act, remembered


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
    for id_ in remembered(conn, act.ids):
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


def sync_calls(conn: sqlite3.Connection, act: Act, folder: Path, now: datetime) -> tuple[str, tuple[str, ...]]:
    """Make the calendar files say what the store says: the file written, if one was; a failure is a sentence."""
    touched = touched_calls(conn, act)
    if not touched:
        return "", ()
    from linkinbox.calls import ics

    written, warnings = "", []
    for uid, item_id, call in touched:
        try:
            if call is None:
                ics.remove_call(folder, uid)
            elif call.outcome in {None, CallOutcome.CANCELLED}:
                item = read_item(conn, item_id, messages=0)
                written = str(ics.write_call(folder, call, item.row.person, note=" · ".join(item.notes[-3:]), now=now))
        except (OSError, LinkinboxError) as error:
            warnings.append(f"The calendar file was not written: {error}")
    return written, tuple(warnings)
