"""The append-only journal: what the user decided, in order, and the stack of what can be undone.

``journal`` is the truth. ``batch`` says which acts are undone; it follows from the undo and redo entries.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias
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
    ids: tuple[int, ...]  # items, in the order they were decided; of people who were forgotten too


class Turned(NamedTuple):
    """An act that was taken back, or done again: as entries; what is derived from them is still to follow."""

    batch: str
    action: Verb
    size: int  # items
    by: str  # the undo's or redo's own batch


def uuid7() -> str:
    """A UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits; sorts by time between machines."""
    return next(uuid7s(1))


def uuid7s(count: int) -> Iterator[str]:
    """Several at once; by hand, since ``UUID`` costs three times that."""
    at = (time.time_ns() // 1_000_000) << 80
    drawn = os.urandom(10 * count)
    for start in range(0, 10 * count, 10):
        value = at | int.from_bytes(drawn[start : start + 10], "big")
        made = f"{value & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62:032x}"
        yield f"{made[:8]}-{made[8:12]}-{made[12:16]}-{made[16:20]}-{made[20:]}"


def device(conn: sqlite3.Connection) -> str:
    """The name of this store's machine: made once, kept in ``meta``."""
    row = conn.execute("SELECT value FROM meta WHERE name = 'device'").fetchone()
    if row:
        return str(row[0])
    name = uuid4().hex[:12]
    conn.execute("INSERT INTO meta VALUES ('device', ?)", (name,))
    return name


NewEntry: TypeAlias = tuple[str, str | None, str]  # an action, the uid of its item if it is about one, its payload


def append(conn: sqlite3.Connection, action: Verb, entries: Sequence[NewEntry], now: datetime) -> str:
    """Write one act; returns its batch. What was undone can no longer be redone."""
    batch = uuid7()
    write(conn, entries, batch, now)
    conn.execute("UPDATE batch SET redoable = 0 WHERE redoable = 1")
    conn.execute(
        "INSERT INTO batch (seq, id, action, size) SELECT max(seq), ?, ?, ? FROM journal",
        (batch, action.value, _items_in(entries)),
    )
    return batch


def stands(conn: sqlite3.Connection, batch: str) -> bool:
    """Nobody took the act back, also not another program while it was being written."""
    return conn.execute("SELECT 1 FROM batch WHERE id = ? AND undone = 0", (batch,)).fetchone() is not None


def add(conn: sqlite3.Connection, batch: str, entries: Sequence[NewEntry], now: datetime) -> list[int]:
    """Write entries on further items into an act; returns items of it that stand otherwise for that.

    An act on one item is none in bulk, one on two is.
    """
    alone = "SELECT i.id FROM batch b JOIN journal j ON j.batch = b.id JOIN item i ON i.uid = j.item_uid"
    others = conn.execute(f"{alone} WHERE b.id = ? AND b.size = 1 LIMIT 1", (batch,)).fetchall()
    write(conn, entries, batch, now)
    newest = "(SELECT max(seq) FROM journal)"
    conn.execute(f"UPDATE batch SET seq = {newest}, size = size + ? WHERE id = ?", (_items_in(entries), batch))
    return [id_ for (id_,) in others]


def _items_in(entries: Sequence[NewEntry]) -> int:
    return len({uid for _, uid, _ in entries if uid})


def write(conn: sqlite3.Connection, acts: Sequence[NewEntry], batch: str, now: datetime) -> None:
    """Write entries as the next ones, each linked to the one before it."""
    at, where = to_text(now), device(conn)
    ids = uuid7s(len(acts))
    chain.append(conn, ((id_, at, where, *said, batch) for id_, said in zip(ids, acts, strict=True)))


def undo(conn: sqlite3.Connection, now: datetime) -> Turned | None:
    """Take back the newest act that stands; None when there is none."""
    return _turn(conn, Verb.UNDO, f"{_ACT} WHERE undone = 0 ORDER BY seq DESC LIMIT 1", now)


def redo(conn: sqlite3.Connection, now: datetime) -> Turned | None:
    """Do again the act that was undone last; None when something else was decided since."""
    return _turn(conn, Verb.REDO, f"{_ACT} WHERE redoable = 1 ORDER BY seq LIMIT 1", now)


_ACT = "SELECT id, action, size FROM batch"


def _turn(conn: sqlite3.Connection, verb: Verb, which: str, now: datetime) -> Turned | None:
    found = conn.execute(which).fetchone()
    if found is None:
        return None
    batch, action, size = found
    by = uuid7()
    write(conn, [(verb.value, None, json.dumps({"of": batch}))], by, now)
    undone = verb is Verb.UNDO
    conn.execute("UPDATE batch SET undone = ?, redoable = ? WHERE id = ?", (undone, undone, batch))
    return Turned(batch, Verb(action), size, by)


def reach(conn: sqlite3.Connection, verb: Verb, steps: int) -> int:
    """How many items the next steps of undo, or of redo, are about."""
    which = "undone = 0 ORDER BY seq DESC" if verb is Verb.UNDO else "redoable = 1 ORDER BY seq"
    sizes = f"SELECT size FROM batch WHERE {which} LIMIT ?"
    return int(conn.execute(f"SELECT ifnull(sum(size), 0) FROM ({sizes})", (steps,)).fetchone()[0])


def items_in(conn: sqlite3.Connection, batch: str, after: int, limit: int) -> list[tuple[int, int | None]]:
    """The next entries of an act behind a number: the number of each, and its item."""
    sql = """SELECT j.seq, i.id FROM journal j LEFT JOIN item i ON i.uid = j.item_uid
        WHERE j.batch = ? AND j.seq > ? ORDER BY j.seq LIMIT ?"""
    return conn.execute(sql, (batch, after, limit)).fetchall()


def items_after(conn: sqlite3.Connection, entry: int, limit: int) -> list[int]:
    """Items that the entries behind a number are about."""
    sql = "SELECT DISTINCT i.id FROM journal j JOIN item i ON i.uid = j.item_uid WHERE j.seq > ? LIMIT ?"
    return [id_ for (id_,) in conn.execute(sql, (entry, limit))]


def standing_entries(conn: sqlite3.Connection, uids: Sequence[str]) -> dict[str, list[Entry]]:
    """The entries of items that stand, oldest first, by item uid."""
    entries: dict[str, list[Entry]] = {uid: [] for uid in uids}
    for uid, seq, id_, at, action, payload, bulk in select_in(conn, _STANDS, uids):
        entries[uid].append(Entry(seq, id_, at, action, json.loads(payload), bool(bulk)))
    return entries


def ids_of(conn: sqlite3.Connection, uids: Sequence[str]) -> tuple[int, ...]:
    """The ids of items, in the order of their uids; without those that are not here."""
    found = dict(select_in(conn, "SELECT uid, id FROM item WHERE uid IN ({})", uids))
    return tuple(found[uid] for uid in uids if uid in found)


def remembered(conn: sqlite3.Connection, ids: Sequence[int]) -> tuple[int, ...]:
    """The items, but for those of people who were forgotten."""
    known = {id_ for (id_,) in select_in(conn, "SELECT id FROM item WHERE id IN ({}) AND at IS NOT NULL", ids)}
    return tuple(id_ for id_ in ids if id_ in known)
