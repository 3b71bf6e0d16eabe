"""The schema of reasons: why items are accepted, by their words and by the item."""

from __future__ import annotations

import sqlite3

# As a note: `id` is the number of the entry that gave it. An item has at most one.
_REASONS = (
    """CREATE TABLE reason (
         id INTEGER PRIMARY KEY,
         item_id INTEGER NOT NULL UNIQUE REFERENCES item(id),
         at TEXT NOT NULL,
         name TEXT NOT NULL,
         text TEXT NOT NULL
       ) STRICT""",
    "CREATE INDEX reason_text ON reason(text COLLATE NOCASE, item_id)",
    """CREATE VIRTUAL TABLE reason_fts USING fts5(
         name, text, content="reason", content_rowid="id", tokenize='unicode61 remove_diacritics 2'
       )""",
)


def upgrade(conn: sqlite3.Connection) -> None:
    """Bring a store from version 4 to 5, inside the caller's transaction."""
    for statement in _REASONS:
        conn.execute(statement)
    conn.execute("PRAGMA user_version = 5")
