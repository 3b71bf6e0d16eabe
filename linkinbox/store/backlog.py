"""A backlog of many items, in the steps in which it is swept: all derived from where the items stand now."""

from __future__ import annotations

import sqlite3
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from linkinbox.store.listings import Listing
from linkinbox.store.pages import Ids

MANY = 200  # new items at once, from which on a sweep of the backlog is offered
BATCH = 25
_WINDOW = 2_000  # of the oldest: put in order among themselves, so that a batch costs the same however many wait


class Backlog(NamedTuple):
    """What has piled up.

    Args:
        filed: invitations of people who are connected: filed, nothing is asked about them.
        expired: new invitations that are believed to be gone, newest first.
        new: all new items, those too.
        since: the first day from which an invitation is believed to be there still.
    """

    filed: int
    expired: Ids
    new: int
    since: date


_EXPIRED = "state = 'new' AND kind = 'invitation' AND sort_at < '{}'"
_FILED = "SELECT coalesce(sum(n), 0) FROM tally WHERE kind = 'invitation' AND state = 'filed'"
_NEW = "SELECT coalesce(sum(n), 0) FROM tally WHERE state = 'new'"


def read_backlog(conn: sqlite3.Connection, since: date) -> Backlog:
    """What has piled up; invitations from ``since`` on are believed to be there still."""
    gone = _EXPIRED.format(since.isoformat())
    count = conn.execute(f"SELECT count(*) FROM item WHERE {gone}").fetchone()[0]
    filed, new = (conn.execute(sql).fetchone()[0] for sql in (_FILED, _NEW))
    return Backlog(filed, Ids(conn, Listing(gone, "sort_at"), count), new, since)


_OLDEST = """SELECT m.text IS NULL OR m.text = '', i.sort_at, i.id
    FROM item i LEFT JOIN message m ON m.id = i.message_id
    WHERE i.state = 'new' AND i.kind = ? AND i.sort_at >= ? AND i.sort_at < ? ORDER BY i.sort_at LIMIT ?"""
_ALWAYS = "\x7f"  # behind every time


def read_batch(conn: sqlite3.Connection, since: date, but: AbstractSet[int]) -> list[int]:
    """The next items to decide on, but for those that were seen already; ``since``: see :class:`Backlog`."""
    lapsed, most = since.isoformat(), _WINDOW + len(but)
    found = [
        *conn.execute(_OLDEST, ("invitation", lapsed, _ALWAYS, most)),
        *conn.execute(_OLDEST, ("conversation", "", _ALWAYS, most)),
    ]
    batch = [id_ for _, _, id_ in sorted(found) if id_ not in but][:BATCH]
    if len(batch) < BATCH:  # those believed gone, if they were kept, in the same order among themselves
        gone = sorted(conn.execute(_OLDEST, ("invitation", "", lapsed, most)))
        batch += [id_ for _, _, id_ in gone if id_ not in but][: BATCH - len(batch)]
    return batch
