"""Decisions whose items are not here: damage took these away, or the copy they came from knew more exports.

An item has the same uid in every copy, so the import that brings it meets what was decided on it.
"""

from __future__ import annotations

import sqlite3

from linkinbox.store.run import is_nobodys

_MARK = "decisions_wait"  # lets an import pass over the whole journal where none do
_WAITING = """SELECT item_uid, count(*) FROM journal WHERE item_uid IS NOT NULL
    AND item_uid NOT IN (SELECT uid FROM item) GROUP BY item_uid"""


def note_waiting(conn: sqlite3.Connection) -> dict[str, int]:
    """Remember whether decisions wait; returns what `waiting` tells. To be called in a transaction; reads all uids."""
    found = _look(conn)
    if found:
        conn.execute("INSERT OR REPLACE INTO meta VALUES (?, '1')", (_MARK,))
    else:
        conn.execute("DELETE FROM meta WHERE name = ?", (_MARK,))
    return found


def waiting(conn: sqlite3.Connection) -> dict[str, int]:
    """The uids of items that decisions wait for, and how many do; costs nothing where none do."""
    if conn.execute("SELECT 1 FROM meta WHERE name = ?", (_MARK,)).fetchone():
        return _look(conn)
    return {}


def _look(conn: sqlite3.Connection) -> dict[str, int]:
    return {uid: entries for uid, entries in conn.execute(_WAITING) if not is_nobodys(uid)}
