"""Notes that were begun and left: kept until they are written down, and no entries of the journal."""

from __future__ import annotations

import sqlite3

_TABLE = """CREATE TABLE note_begun (
    item_id INTEGER PRIMARY KEY REFERENCES item(id),
    text TEXT NOT NULL
) STRICT"""


def upgrade(conn: sqlite3.Connection) -> None:
    """Bring a store from version 3 to 4, inside the caller's transaction."""
    conn.execute(_TABLE)
    conn.execute("PRAGMA user_version = 4")
