"""One run of an import: what its writers share."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b, sha1
from typing import TypeVar
from uuid import UUID

from linkinbox.standing import Facts, Stand, state_of
from linkinbox.store.people import People
from linkinbox.store.report import FileReport, ItemCounts
from linkinbox.store.schema.query import pair_messages, unpair_messages
from linkinbox.store.schema.searching import zone_messages
from linkinbox.store.sql import select_in

ITEMS = UUID("0a6dbb0e-33a5-5d0b-8f0e-4c1d7f1b7a52")  # namespace of item uids: the same on every machine
_ITEMS = ITEMS.bytes
_VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))  # the two top bits are 10 (RFC 9562 §4.1)

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


@dataclass(slots=True)
class Run:
    """An import under way. Times are the store's text.

    ``own`` are the ids of this run and of earlier ones of the same file that were cut off: what they made is its.
    """

    conn: sqlite3.Connection
    id: int
    own: frozenset[int]
    as_of: str
    now: str
    people: People
    first_message: int  # ids from here on are this run's
    items: ItemCounts = field(default_factory=ItemCounts)


def item_uid(*natural_key: str) -> str:
    """The identity of an item, from what it is and not from where it was read: ``uuid5(ITEMS, …)``.

    Made by hand, since ``uuid.uuid5`` costs three times as much and an import makes a million.
    """
    name = "|".join(natural_key).encode("utf-8", "surrogatepass")
    made = sha1(_ITEMS + name, usedforsecurity=False).hexdigest()
    return f"{made[:8]}-{made[8:12]}-5{made[13:16]}-{_VARIANT[made[16]]}{made[17:20]}-{made[20:32]}"


def is_nobodys(uid: str) -> bool:
    """A uid that no import makes: that of somebody who was forgotten (a uuid4), or a rotten one."""
    return len(uid) != 36 or uid[14] != "5"


def message_key(*parts: str) -> bytes:
    """The identity of a message: LinkedIn gives none (formats.md §1.3)."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def words_of(text: str) -> str:
    """A text's words, one blank between them: exports before 2026 have blanks for line breaks."""
    if text.isascii() and text.isprintable() and "  " not in text:  # nearly all of them, at half the cost
        return text.strip()
    return " ".join(text.split())


def distinct(rows: Iterable[R], keys: Iterable[K], report: FileReport, again: str = "exact duplicate") -> dict[K, R]:
    """Rows by their key; a later row of the same key is counted as ignored, for the reason ``again``."""
    by_key: dict[K, R] = {}
    for key, row in zip(keys, rows, strict=True):
        if by_key.setdefault(key, row) is not row:
            report.ignore(again)
    return by_key


def change_text(conn: sqlite3.Connection, message_id: int, key: bytes, text: str) -> None:
    """Put another text in a message's place; the index follows (it must be told the old one)."""
    row = "id, sender, subject, text FROM message WHERE id = ?"
    index = "INSERT INTO message_fts ({}rowid, sender, subject, text) SELECT {}"
    conn.execute(index.format("message_fts, ", "'delete', " + row), (message_id,))
    unpair_messages(conn, [message_id])
    conn.execute("UPDATE message SET text = ?, key = ? WHERE id = ?", (text, key, message_id))
    conn.execute(index.format("", row), (message_id,))
    pair_messages(conn, message_id, message_id)


def index_messages(conn: sqlite3.Connection, first: int) -> None:
    """Make the messages from an id on found, a statement for all: triggers would cost 2.6 times as much."""
    conn.execute(
        "INSERT INTO message_fts (rowid, sender, subject, text) SELECT id, sender, subject, text FROM message"
        " WHERE id >= ? ORDER BY id",
        (first,),
    )
    pair_messages(conn, first)
    zone_messages(conn, first)


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


def columns_of(stand: Stand) -> tuple[str, str | None, int, str | None]:
    """A stand as SQLite takes it: sqlite3 spends a microsecond on each value that is no int or str itself."""
    because = stand.filed_because
    return stand.state.value, because.value if because else None, int(stand.carried_out), stand.sort_at


STAND = "UPDATE item SET connected = ?, state = ?, filed_because = ?, carried_out = ?, sort_at = ? WHERE id = ?"
