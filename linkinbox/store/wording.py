"""Which items have words to read: a sweep begins with those."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

_SHOWN = "EXISTS (SELECT 1 FROM message m WHERE m.id = item.message_id AND m.text != '')"
_SET = f"UPDATE item SET worded = {_SHOWN} WHERE worded != {_SHOWN}"


def word_all(conn: sqlite3.Connection) -> None:
    """Note of every item whether the message it shows has words."""
    conn.execute(_SET)


def word(conn: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Note it of items whose message changed."""
    conn.executemany(f"{_SET} AND id = ?", [(id_,) for id_ in ids])
