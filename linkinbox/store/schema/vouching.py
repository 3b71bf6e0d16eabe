"""The schema of vouching: who endorsed or recommended the owner, by profile, or by name where that is all there is."""

from __future__ import annotations

import sqlite3

# `person_key` is '' where the export tells a name only; `skill` is '' of a recommendation.
_STATEMENTS = (
    """CREATE TABLE vouched (
         person_key TEXT NOT NULL,
         name TEXT NOT NULL,
         kind TEXT NOT NULL CHECK (kind IN ('endorsement', 'recommendation')),
         skill TEXT NOT NULL,
         PRIMARY KEY (person_key, name, kind, skill)
       ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX vouched_name ON vouched(name COLLATE NOCASE) WHERE person_key = ''",
)


def upgrade(conn: sqlite3.Connection) -> None:
    """Bring a store from version 10 to 11, inside the caller's transaction."""
    for statement in _STATEMENTS:
        conn.execute(statement)
    conn.execute("PRAGMA user_version = 11")
