"""A forgetting that is not through: nobody sees the person any more, but words of theirs lie in pages and files.

Apart from forgetting: each start asks, and there is hardly ever anything left to do.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

_MARK = "forgetting"  # in `meta`, with the calls whose calendar files are to go; it names nobody


def is_unfinished(conn: sqlite3.Connection) -> bool:
    """Somebody was forgotten, and the file was not written anew since."""
    return conn.execute("SELECT 1 FROM meta WHERE name = ?", (_MARK,)).fetchone() is not None


def calls_to_remove(conn: sqlite3.Connection) -> list[str]:
    """The calendar UIDs of calls whose files are to go."""
    row = conn.execute("SELECT value FROM meta WHERE name = ?", (_MARK,)).fetchone()
    return list(json.loads(row[0])) if row else []


def begin(conn: sqlite3.Connection, calls: Iterable[str]) -> None:
    """Note, in the transaction that forgets, what is left to do after it."""
    pending = dict.fromkeys([*calls_to_remove(conn), *calls])
    conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_MARK, json.dumps([*pending])))


def end(conn: sqlite3.Connection) -> None:
    """Note that nothing is left to do."""
    conn.execute("DELETE FROM meta WHERE name = ?", (_MARK,))
