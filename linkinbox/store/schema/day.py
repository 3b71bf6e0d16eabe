"""The schema of the day: what a sweep begins with, the accepts of nudges, and the calls that were asked about."""

from __future__ import annotations

import sqlite3

from linkinbox.store.wording import word_all

# An item is worded where the message it shows has words: those come first in a sweep, and no sort finds them.
_WORDED = "ALTER TABLE item ADD COLUMN worded INTEGER NOT NULL DEFAULT 0"
_SWEEP = "CREATE INDEX item_sweep ON item(worded, sort_at) WHERE state = 'new'"
_ACCEPTS = "CREATE INDEX handled_accept ON handled(at) WHERE verb = 'accept' AND bulk = 0"
# Kept: calls whose outcome the user did not want to tell; a call that is moved since is asked about again.
_ASKED = """CREATE TABLE asked_call (
     item_id INTEGER PRIMARY KEY REFERENCES item(id),
     call_at TEXT NOT NULL
   ) STRICT"""


def upgrade(conn: sqlite3.Connection) -> None:
    """Bring a store from version 5 to 6, inside the caller's transaction."""
    conn.execute(_WORDED)
    word_all(conn)
    for statement in (_SWEEP, _ACCEPTS, _ASKED):
        conn.execute(statement)
    conn.execute("PRAGMA user_version = 6")
