"""One run of an import: what its writers share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b, sha1
from typing import Any, TypeVar
from uuid import UUID

from linkinbox.standing import Facts, state_of
from linkinbox.store.journal import chunks
from linkinbox.store.people import People
from linkinbox.store.report import ItemCounts

ITEMS = UUID("0a6dbb0e-33a5-5d0b-8f0e-4c1d7f1b7a52")  # namespace of item uids: the same on every machine
_ITEMS = ITEMS.bytes
_VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))  # the two top bits are 10 (RFC 9562 §4.1)

R = TypeVar("R")


@dataclass(slots=True)
class Run:
    """An import under way. Times are the store's text."""

    conn: sqlite3.Connection
    id: int
    as_of: str
    now: str
    people: People
    items: ItemCounts = field(default_factory=ItemCounts)


def item_uid(*natural_key: str) -> str:
    """The identity of an item, from what it is and not from where it was read: ``uuid5(ITEMS, …)``.

    Made by hand, since ``uuid.uuid5`` costs three times as much and an import makes a million.
    """
    name = "|".join(natural_key).encode("utf-8", "surrogatepass")
    made = sha1(_ITEMS + name, usedforsecurity=False).hexdigest()
    return f"{made[:8]}-{made[8:12]}-5{made[13:16]}-{_VARIANT[made[16]]}{made[17:20]}-{made[20:32]}"


def message_key(*parts: str) -> bytes:
    """The identity of a message: LinkedIn gives none (formats.md §1.3)."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def distinct(rows: Iterable[R], keys: Iterable[Any], ignored: list[R]) -> Iterator[tuple[Any, R]]:
    """Rows by their key; a later row of the same key is an exact duplicate and goes to ``ignored``."""
    met = set()
    for key, row in zip(keys, rows, strict=True):
        if key in met:
            ignored.append(row)
        else:
            met.add(key)
            yield key, row


def select_in(conn: sqlite3.Connection, sql: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows of a statement whose ``{}`` takes a list of any length."""
    for chunk in chunks(values):
        yield from conn.execute(sql.format(",".join("?" * len(chunk))), chunk)


def index_messages(conn: sqlite3.Connection, first: int) -> None:
    """Index the messages from an id on, in one statement: triggers would cost 2.6 times as much."""
    conn.execute(
        "INSERT INTO message_fts (rowid, sender, subject, text) SELECT id, sender, subject, text FROM message"
        " WHERE id >= ? ORDER BY id",
        (first,),
    )


def refile(run: Run, people: Sequence[int]) -> None:
    """Bring items in line with what is now known of their people: connected or not."""
    columns = "i.id, i.state, i.kind, i.at, i.replied_at, p.connected, i.decision, i.decided_seen, i.held_until"
    sql = f"SELECT {columns} FROM item i JOIN person p ON p.id = i.person_id WHERE i.person_id IN ({{}})"
    changed = []
    for id_, state, kind, at, replied, connected, *decided in select_in(run.conn, sql, people):
        known = None if connected is None else bool(connected)
        stand = state_of(Facts(kind, at, replied, known, *decided), run.now)
        changed.append((known, *stand, id_))
        run.items.now_connected += known is True and kind == "invitation"
        run.items.filed_since += state == "new" and stand.state != "new"
    run.conn.executemany(STAND, changed)


STAND = "UPDATE item SET connected = ?, state = ?, filed_because = ?, carried_out = ?, sort_at = ? WHERE id = ?"
