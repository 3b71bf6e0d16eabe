"""The append-only journal: what the user decided, in order, and the stack of what can be undone.

``journal`` is the truth. ``batch`` says which acts are undone; it follows from the undo and redo entries.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from linkinbox.model import Verb
from linkinbox.standing import Entry
from linkinbox.store import chain
from linkinbox.store.sql import select_in
from linkinbox.store.times import to_text

# The items first: by way of the batch, each chunk of a large act would read the whole act.
_STANDS = """SELECT j.item_uid, j.seq, j.id, j.at, j.action, j.payload, b.size > 1
    FROM journal j CROSS JOIN batch b ON b.id = j.batch
    WHERE j.item_uid IN ({}) AND b.undone = 0 ORDER BY j.seq"""


class Act(NamedTuple):
    """One key or command: its entries are undone and redone together."""

    batch: str
    action: Verb
    items: tuple[str, ...]  # uids, in the order they were decided


def uuid7() -> str:
    """A UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits; sorts by time between machines."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    made = (
        f"{value & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62:032x}"  # by hand: ``UUID`` costs three times that
    )
    return f"{made[:8]}-{made[8:12]}-{made[12:16]}-{made[16:20]}-{made[20:]}"


def device(conn: sqlite3.Connection) -> str:
    """The name of this store's machine: made once, kept in ``meta``."""
    row = conn.execute("SELECT value FROM meta WHERE name = 'device'").fetchone()
    if row:
        return str(row[0])
    name = uuid4().hex[:12]
    conn.execute("INSERT INTO meta VALUES ('device', ?)", (name,))
    return name


def append(
    conn: sqlite3.Connection, action: Verb, entries: Sequence[tuple[str | None, Verb, dict[str, Any]]], now: datetime
) -> Act:
    """Write one act: entries of (item uid, if any; verb; payload). What was undone can no longer be redone."""
    batch = uuid7()
    uids = tuple(dict.fromkeys(uid for uid, _, _ in entries if uid))
    write(conn, ((verb.value, uid, json.dumps(payload)) for uid, verb, payload in entries), batch, now)
    conn.execute("UPDATE batch SET redoable = 0 WHERE redoable = 1")
    conn.execute(
        "INSERT INTO batch (seq, id, action, size) SELECT max(seq), ?, ?, ? FROM journal",
        (batch, action.value, len(uids)),
    )
    return Act(batch, action, uids)


def write(conn: sqlite3.Connection, acts: Iterable[tuple[str, str | None, str]], batch: str, now: datetime) -> None:
    """Write (action, item uid, payload) as the next entries, each linked to the one before it."""
    at, where = to_text(now), device(conn)
    chain.append(conn, ((uuid7(), at, where, action, uid, payload, batch) for action, uid, payload in acts))


def undo(conn: sqlite3.Connection, now: datetime) -> Act | None:
    """Take back the newest act that stands; None when there is none."""
    return _turn(conn, Verb.UNDO, "SELECT id, action FROM batch WHERE undone = 0 ORDER BY seq DESC LIMIT 1", now)


def redo(conn: sqlite3.Connection, now: datetime) -> Act | None:
    """Do again the act that was undone last; None when something else was decided since."""
    return _turn(conn, Verb.REDO, "SELECT id, action FROM batch WHERE redoable = 1 ORDER BY seq LIMIT 1", now)


def _turn(conn: sqlite3.Connection, verb: Verb, which: str, now: datetime) -> Act | None:
    found = conn.execute(which).fetchone()
    if found is None:
        return None
    batch, action = found
    write(conn, [(verb.value, None, json.dumps({"of": batch}))], uuid7(), now)
    undone = verb is Verb.UNDO
    conn.execute("UPDATE batch SET undone = ?, redoable = ? WHERE id = ?", (undone, undone, batch))
    uids = conn.execute("SELECT DISTINCT item_uid FROM journal WHERE batch = ? ORDER BY seq", (batch,))
    return Act(batch, Verb(action), tuple(uid for (uid,) in uids if uid))


def standing_entries(conn: sqlite3.Connection, uids: Sequence[str]) -> dict[str, list[Entry]]:
    """The entries of items that stand, oldest first, by item uid."""
    entries: dict[str, list[Entry]] = {uid: [] for uid in uids}
    for uid, seq, id_, at, action, payload, bulk in select_in(conn, _STANDS, uids):
        entries[uid].append(Entry(seq, id_, at, action, json.loads(payload), bool(bulk)))
    return entries


def ids_of(conn: sqlite3.Connection, uids: Sequence[str]) -> list[int]:
    """The ids of items, in the order of their uids; those of people who were forgotten are left out."""
    found = dict(select_in(conn, "SELECT uid, id FROM item WHERE uid IN ({}) AND at IS NOT NULL", uids))
    return [found[uid] for uid in uids if uid in found]
