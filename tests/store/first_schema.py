"""A store as the first release made it, filled by hand: what later ones must be able to open."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from linkinbox.store.schema import APPLICATION_ID, first

AT = "2026-03-01T10:05:00Z"


def make_first_store(path: Path, *, people: int) -> None:
    """A store of version 1: each person invited the user with a note, and every second one was junked."""
    conn = sqlite3.connect(path)
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in filter(str.strip, first.STATEMENTS):
        conn.execute(statement)
    conn.execute("CREATE TABLE _sqlite_migrations (migration_set TEXT, name TEXT, applied_at TEXT)")
    conn.execute("INSERT INTO _sqlite_migrations VALUES ('linkinbox', 'm001_the_first_store', ?)", (AT,))
    conn.execute("INSERT INTO import_run VALUES (1, 'old.zip', 'zip', 'x', ?, ?, ?, '{}')", (AT, AT, AT))
    for number in range(1, people + 1):
        _invite(conn, number)
        if number % 2 == 0:
            _junk(conn, number)
    conn.execute("INSERT INTO message_fts (rowid, sender, subject, text) SELECT id, sender, subject, text FROM message")
    conn.commit()
    conn.close()


def uid(number: int) -> str:
    """The uid of a person's invitation."""
    return f"00000000-0000-5000-8000-{number:012}"


def _invite(conn: sqlite3.Connection, number: int) -> None:
    name = f"Person {number}"
    conn.execute(
        "INSERT INTO person (id, key, name, named_by) VALUES (?, ?, ?, 1)", (number, f"in:person-{number}", name)
    )
    conn.execute(
        """INSERT INTO item (id, uid, kind, person_id, import_id, message_id, at, state, sort_at)
           VALUES (?, ?, 'invitation', ?, 1, ?, ?, 'new', ?)""",
        (number, uid(number), number, number, AT, AT),
    )
    conn.execute(
        "INSERT INTO message VALUES (?, ?, 1, ?, ?, ?, ?, 1, '', ?, 0)",
        (number, number, number.to_bytes(16), number, AT, name, f"note {number}"),
    )


def _junk(conn: sqlite3.Connection, number: int) -> None:
    entry = (f"id-{number}", AT, "here", "junk", uid(number), json.dumps({"seen": AT}), f"batch-{number}")
    cursor = conn.execute(
        "INSERT INTO journal (id, at, device, action, item_uid, payload, batch) VALUES (?, ?, ?, ?, ?, ?, ?)", entry
    )
    conn.execute("INSERT INTO batch (seq, id, action, size) VALUES (?, ?, 'junk', 1)", (cursor.lastrowid, entry[-1]))
    conn.execute("INSERT INTO handled VALUES (?, ?, 'junk', 0, ?)", (number, cursor.lastrowid, AT))
    conn.execute("UPDATE open_path SET junk = junk + 1")
    conn.execute("UPDATE item SET state = 'junk', decision = 'junk', decided_seen = ? WHERE id = ?", (AT, number))
