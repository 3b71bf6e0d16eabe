"""The schema of tags: which items have one, and which ones an item has."""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    """CREATE TABLE item_tag (
         tag TEXT NOT NULL,
         item_id INTEGER NOT NULL REFERENCES item(id),
         PRIMARY KEY (tag, item_id)
       ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX item_tag_item ON item_tag(item_id)",
)


def upgrade(conn: sqlite3.Connection) -> None:
    """Bring a store from version 8 to 9, inside the caller's transaction."""
    for statement in _STATEMENTS:
        conn.execute(statement)
    conn.execute("PRAGMA user_version = 9")
