"""What a second look needs of the store: junk by the order it was decided in, and what was said of it later."""

from __future__ import annotations

import sqlite3

_STATEMENTS = (
    """CREATE TABLE second_look (
         seq INTEGER PRIMARY KEY,
         item_id INTEGER NOT NULL REFERENCES item(id),
         week TEXT NOT NULL,
         accept INTEGER NOT NULL
       ) STRICT""",
    "CREATE INDEX second_look_item ON second_look(item_id)",
    "CREATE INDEX handled_verb ON handled(verb, bulk, seq)",
)


def upgrade(conn: sqlite3.Connection) -> None:
    """Bring a store from version 6 to 7, inside the caller's transaction."""
    for statement in _STATEMENTS:
        conn.execute(statement)
    conn.execute("PRAGMA user_version = 7")
