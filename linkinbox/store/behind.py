"""Acts that were taken back, or done again, and whose items do not all follow yet: somebody was cut off.

Apart from how they follow: each start asks, and there is hardly ever anything left to do.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TypeAlias

_MARK = "behind"  # in `meta`

Behind: TypeAlias = dict[str, tuple[str, str, int]]  # by the undo or redo: the act, its verb, the entry it came to


def read_behind(conn: sqlite3.Connection) -> Behind:
    """What is left to do."""
    row = conn.execute("SELECT value FROM meta WHERE name = ?", (_MARK,)).fetchone()
    return {by: tuple(act) for by, act in json.loads(row[0]).items()} if row else {}


def note_behind(conn: sqlite3.Connection, behind: Behind) -> None:
    """Note, in the transaction that does a part of it, what is left to do."""
    if behind:
        conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_MARK, json.dumps(behind)))
    else:
        conn.execute("DELETE FROM meta WHERE name = ?", (_MARK,))
