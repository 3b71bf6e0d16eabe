"""How views are read: which items, by which column, which way, and by which index."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import NamedTuple

from linkinbox.model import View
from linkinbox.store.owing import closers_count
from linkinbox.store.schema.owing import owed


class Listing(NamedTuple):
    """Which items, by which column, which way; or parts, one after the other. None of it comes from outside."""

    where: str
    by: str = "at"
    soonest_first: bool = False
    source: str = "item"
    parts: tuple[Listing, ...] = ()

    def ordered(self, *, oldest_first: bool) -> Listing:
        """The same items one way or the other; parts keep their places."""
        parts = tuple(part.ordered(oldest_first=oldest_first) for part in self.parts)
        return self._replace(soonest_first=oldest_first, parts=parts)


_OWED = Listing(f"{owed()} != 'closed'", "sort_at", source="item INDEXED BY item_owed")
_OWED_OR_CLOSED = Listing(f"{owed()} IS NOT NULL", "sort_at", source="item INDEXED BY item_owed_closed")


def _sweep(replies: Listing, others: str) -> Listing:
    """New ones with words, answers owed, then new ones without words; ``others``: that they are no such answers."""
    return Listing(
        f"(state = 'new' OR {owed()} = 'worth-answering')",
        parts=(
            Listing(f"state = 'new' AND worded = 1 AND {others}", "sort_at"),
            replies,
            Listing(f"state = 'new' AND worded = 0 AND {others}", "sort_at"),
        ),
    )


LISTINGS: dict[View, Listing] = {
    View.SWEEP: _sweep(_OWED, f"ifnull({owed()}, 'closed') = 'closed'"),
    View.NEW: Listing("state = 'new'", "sort_at"),
    View.INVITATIONS: Listing("state = 'new' AND kind = 'invitation'", "sort_at"),
    View.MESSAGES: Listing("state = 'new' AND kind = 'conversation'", "sort_at"),
    View.EXPIRING: Listing(
        "state = 'new' AND kind = 'invitation'", soonest_first=True, source="item INDEXED BY item_expiring"
    ),
    View.HELD: Listing("state = 'held'", "sort_at", soonest_first=True),
    View.CALLS: Listing("call_at IS NOT NULL", "call_at", soonest_first=True),
    View.TO_ACCEPT: Listing("state = 'to-accept' AND carried_out = 0", "sort_at"),
    View.TO_REPLY: _OWED,
    View.JUNK: Listing("state = 'junk'", "sort_at"),
    # A row a contact: few, and sorted outright.
    View.GOLD: Listing("at IS NOT NULL AND id IN (SELECT marked_id FROM gold)"),
    View.CONNECTED: Listing("connected = 1 AND at IS NOT NULL"),
    View.ALL: Listing("at IS NOT NULL"),
}
_CLOSED_TOO = {View.TO_REPLY: _OWED_OR_CLOSED, View.SWEEP: _sweep(_OWED_OR_CLOSED, f"{owed()} IS NULL")}


def listing_of(conn: sqlite3.Connection, view: View, since: date) -> Listing:
    """How a view is read now: while the rule of closers is switched off, threads whose last words close are owed too.

    Args:
        conn: the store.
        view: which.
        since: the first day from which an invitation has believed days left.
    """
    listing = LISTINGS[view]
    if view is View.EXPIRING:
        return listing._replace(where=f"{listing.where} AND at >= '{since.isoformat()}'")
    if view in _CLOSED_TOO and not closers_count(conn):
        return _CLOSED_TOO[view]
    return listing
