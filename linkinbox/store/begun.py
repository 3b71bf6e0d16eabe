"""Notes that were begun and left, an item each."""

from __future__ import annotations

import sqlite3


def read_begun(conn: sqlite3.Connection, id_: int) -> str:
    """The note begun on an item; "" if there is none."""
    row = conn.execute("SELECT text FROM note_begun WHERE item_id = ?", (id_,)).fetchone()
    return str(row[0]) if row else ""


def keep_begun(conn: sqlite3.Connection, id_: int, text: str) -> None:
    """Keep a note begun on an item in place of an earlier one; without words there is none any more."""
    if text.strip():
        conn.execute(
            "REPLACE INTO note_begun VALUES (?, ?)",
            (id_, text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")),
        )
    else:
        conn.execute("DELETE FROM note_begun WHERE item_id = ?", (id_,))
