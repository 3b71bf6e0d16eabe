"""Holds that came due. Apart from deciding: each start asks, and few have anything to bring back."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from linkinbox.store.times import to_text


def wake(conn: sqlite3.Connection, now: datetime) -> int:
    """Bring back what was held until now; to be called inside ``Store.write``. How many came back."""
    return conn.execute("UPDATE item SET state = 'new' WHERE state = 'held' AND sort_at <= ?", (to_text(now),)).rowcount


def any_due(conn: sqlite3.Connection, now: datetime) -> bool:
    """Something was held until now; asked before a write is begun."""
    row = conn.execute("SELECT 1 FROM item WHERE state = 'held' AND sort_at <= ? LIMIT 1", (to_text(now),))
    return row.fetchone() is not None
