"""A backlog of many items, in the steps in which it is swept: all derived from where the items stand now."""

from __future__ import annotations

import sqlite3
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import NamedTuple

from linkinbox.store.pages import Ids, Listing
from linkinbox.store.times import to_text

BELIEVED_DAYS = 180  # LinkedIn is believed to let an invitation lapse then; it says so nowhere
MANY = 200  # new items at once, from which on a sweep of the backlog is offered
BATCH = 25
_WINDOW = 2_000  # of the oldest: put in order among themselves, so that a batch costs the same however many wait


class Backlog(NamedTuple):
    """What has piled up.

    Args:
        filed: invitations of people who are connected: filed, nothing is asked about them.
        expired: new invitations that are believed to be gone, newest first.
        new: all new items, those too.
    """

    filed: int
    expired: Ids
    new: int


_EXPIRED = "state = 'new' AND kind = 'invitation' AND sort_at < '{}'"
_FILED = "SELECT coalesce(sum(n), 0) FROM tally WHERE kind = 'invitation' AND state = 'filed'"
_NEW = "SELECT coalesce(sum(n), 0) FROM tally WHERE state = 'new'"


def read_backlog(conn: sqlite3.Connection, now: datetime) -> Backlog:
    """What has piled up until now."""
    gone = _EXPIRED.format(_lapsed(now))
    count = conn.execute(f"SELECT count(*) FROM item WHERE {gone}").fetchone()[0]
    filed, new = (conn.execute(sql).fetchone()[0] for sql in (_FILED, _NEW))
    return Backlog(filed, Ids(conn, Listing(gone, "sort_at"), count), new)


_OLDEST = """SELECT m.text IS NULL OR m.text = '', i.sort_at, i.id
    FROM item i LEFT JOIN message m ON m.id = i.message_id
    WHERE i.state = 'new' AND i.kind = ? AND i.sort_at >= ? ORDER BY i.sort_at LIMIT ?"""
_GONE = """SELECT id FROM item WHERE state = 'new' AND kind = 'invitation' AND sort_at < ?
    ORDER BY sort_at DESC LIMIT ?"""


def read_batch(conn: sqlite3.Connection, now: datetime, but: AbstractSet[int]) -> list[int]:
    """The next items to decide on, but for those that were seen already."""
    lapsed, most = _lapsed(now), _WINDOW + len(but)
    found = [*conn.execute(_OLDEST, ("invitation", lapsed, most)), *conn.execute(_OLDEST, ("conversation", "", most))]
    batch = [id_ for _, _, id_ in sorted(found) if id_ not in but][:BATCH]
    if len(batch) < BATCH:  # those believed gone, if they were kept
        gone = conn.execute(_GONE, (lapsed, BATCH + len(but)))
        batch += [id_ for (id_,) in gone if id_ not in but][: BATCH - len(batch)]
    return batch


def _lapsed(now: datetime) -> str:
    return to_text(now - timedelta(days=BELIEVED_DAYS))
