"""What a day begins with: figures that are counted already, the next call, and calls without an outcome."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import NamedTuple

from linkinbox.model import Counts, Row, View
from linkinbox.store.pages import read_rows
from linkinbox.store.times import to_text

_ASKED_AT_ONCE = 20  # calls; nobody answers more in a row
_NEXT = "SELECT id FROM item WHERE call_at > ? ORDER BY call_at, id LIMIT 1"
_ASK = """SELECT i.id FROM item i CROSS JOIN call c ON c.item_id = i.id LEFT JOIN asked_call a ON a.item_id = i.id
    WHERE i.call_at <= ?1 AND c.at = i.call_at AND c.outcome IS NULL AND a.call_at IS NOT i.call_at
    AND datetime(c.at, c.minutes || ' minutes') <= datetime(?1) ORDER BY i.call_at, i.id LIMIT ?2"""


class Today(NamedTuple):
    """What waits today.

    Args:
        counts: of every view.
        next_call: the soonest that is to come.
        ask: items whose call is over and whose outcome nobody told, the oldest first; a few of many.
    """

    counts: Counts
    next_call: Row | None
    ask: tuple[Row, ...]

    @property
    def calls(self) -> int:
        """Booked calls that are to come."""
        return self.counts[View.CALLS] - self.counts.calls_due


def read_today(conn: sqlite3.Connection, now: datetime, counts: Counts) -> Today:
    """What waits at a time; a handful of look-ups, whatever the store's size."""
    at = to_text(now)
    next_ids = [id_ for (id_,) in conn.execute(_NEXT, (at,))]
    ask = [id_ for (id_,) in conn.execute(_ASK, (at, _ASKED_AT_ONCE))]
    return Today(counts, next(iter(read_rows(conn, next_ids)), None), tuple(read_rows(conn, ask)))


def ask_no_more(conn: sqlite3.Connection, id_: int) -> None:
    """Never ask again what became of an item's call as it is booked now; to be called inside ``Store.write``."""
    conn.execute(
        "INSERT OR REPLACE INTO asked_call SELECT id, call_at FROM item WHERE id = ? AND call_at IS NOT NULL", (id_,)
    )
