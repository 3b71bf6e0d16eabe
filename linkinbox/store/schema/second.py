"""The second schema: the journal is chained, and people can be forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from linkinbox.store import chain
from linkinbox.store.schema.first import JOURNAL_IS_APPEND_ONLY

_CHAIN = (
    f"ALTER TABLE journal ADD COLUMN digest BLOB NOT NULL DEFAULT (zeroblob({chain.SIZE}))",
    f"ALTER TABLE journal ADD COLUMN link BLOB NOT NULL DEFAULT (zeroblob({chain.SIZE}))",
)
_FORGET = (
    """CREATE TABLE forgotten_person (
         key_hash BLOB PRIMARY KEY
       ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE forgotten_entry (
         seq INTEGER PRIMARY KEY REFERENCES journal(seq),
         digest BLOB NOT NULL
       ) STRICT""",
)


def upgrade(conn: sqlite3.Connection) -> None:
    """Bring a store from version 1 to 2, inside the caller's transaction."""
    for statement in (*_CHAIN, *_FORGET):
        conn.execute(statement)
    _link_entries(conn)
    conn.execute("PRAGMA user_version = 2")


def _link_entries(conn: sqlite3.Connection) -> None:
    """Chain the entries that are there; only here may an entry be touched."""
    conn.execute("DROP TRIGGER journal_no_update")
    conn.executemany("UPDATE journal SET digest = ?, link = ? WHERE seq = ?", _links(conn))
    conn.execute(JOURNAL_IS_APPEND_ONLY[0])


def _links(conn: sqlite3.Connection) -> Iterator[tuple[bytes, bytes, int]]:
    before = chain.START
    for said in conn.execute(f"SELECT {chain.COLUMNS} FROM journal ORDER BY seq").fetchall():
        digest = chain.digest(*said)
        before = chain.link(before, digest)
        yield digest, before, said[0]
