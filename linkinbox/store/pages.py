"""Views as stable snapshots of ids, and their rows one page at a time.

Ids first, rows by page: rows never move under the cursor, and a page costs the same at a thousand and at
a million items (OFFSET would cost 2 ms and move rows).
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from typing import Any, overload

from linkinbox.model import Counts, FiledBecause, Kind, OwedBecause, Person, Row, State, View
from linkinbox.store.listings import Listing
from linkinbox.store.owing import closers_count
from linkinbox.store.schema.owing import owed
from linkinbox.store.sql import select_in
from linkinbox.store.tags import TAGS
from linkinbox.store.times import from_text, maybe_from_text, to_text

FIRST_PAGE = 256


class _Part:
    """Reads one listing from where it stopped last."""

    def __init__(self, conn: sqlite3.Connection, listing: Listing) -> None:
        self._conn = conn
        self._last: tuple[str, int] | None = None
        way, than = ("ASC", ">") if listing.soonest_first else ("DESC", "<")
        select = f"SELECT id FROM {listing.source} WHERE {listing.where}"
        order = f"ORDER BY {listing.by} {way}, id {way}"
        self._first = f"{select} {order} LIMIT ?"
        self._place = f"SELECT {listing.by}, id FROM item WHERE id = ?"
        self._more = f"{select} AND ({listing.by}, id) {than} (?, ?) {order} LIMIT ?"

    def next(self, count: int) -> list[int]:
        """The next ids, at most ``count``; fewer only at the end."""
        more = (self._more, (*self._last, count)) if self._last else (self._first, (count,))
        ids = [id_ for (id_,) in self._conn.execute(*more)]
        if len(ids) == count:
            self._last = self._conn.execute(self._place, (ids[-1],)).fetchone()
        return ids


class Ids(Sequence[int]):
    """The ids of a view, as it was when it was opened; four bytes an item, the tail loaded when needed.

    Args:
        conn: the store's connection.
        listing: which items and in which order; None for a fixed list.
        expected: how many there are by the tally; corrected when the tail is loaded.
        ids: those of a fixed list, such as what a search found.
    """

    def __init__(
        self, conn: sqlite3.Connection, listing: Listing | None, expected: int = 0, *, ids: Iterable[int] = ()
    ) -> None:
        self._loaded = array("q", ids) if listing is None else array("i")
        self._expected = expected
        self._complete = listing is None
        self._parts = [_Part(conn, part) for part in (listing.parts or (listing,))] if listing else []
        if listing:
            self.fill(FIRST_PAGE)

    @property
    def is_complete(self) -> bool:
        """Whether all are loaded."""
        return self._complete

    @property
    def may_be_more(self) -> bool:
        """Whether there may be more than were wanted; of a view there are always all."""
        return False

    @property
    def loaded(self) -> int:
        """How many are loaded."""
        return len(self._loaded)

    def fill(self, count: int = 4000) -> bool:
        """Load up to ``count`` more ids; False when all are loaded."""
        if self._complete:
            return False
        while self._parts and count > 0:
            ids = self._parts[0].next(count)
            self._append(ids)
            if len(ids) < count:
                self._parts.pop(0)
            count -= len(ids)
        if not self._parts:
            self._complete, self._expected = True, len(self._loaded)
        return not self._complete

    def want(self, limit: int) -> None:
        """Have so many, where fewer of what was found were wanted at first; of a view there are always all."""

    def arrange(self, count: int, order: Callable[[Sequence[int]], Sequence[int]]) -> None:
        """Put the first ``count`` in another order, before anybody has seen them."""
        first = self._loaded[:count]
        self._loaded[:count] = array(first.typecode, order(first))

    def _append(self, ids: list[int]) -> None:
        try:
            self._loaded += array(self._loaded.typecode, ids)
        except OverflowError:  # somebody's own: ours count up from 1
            self._loaded = array("q", [*self._loaded, *ids])

    def _reach(self, index: int) -> None:
        while index >= len(self._loaded) and self.fill(max(4000, index - len(self._loaded) + 1)):
            pass

    def index(self, value: int, start: int = 0, stop: int | None = None) -> int:
        """Where an id stands: an array is searched in C, a million in some milliseconds."""
        while True:
            with suppress(ValueError):
                return self._loaded.index(value, start, len(self) if stop is None else stop)
            if self._complete:
                raise ValueError(value)
            start = max(start, len(self._loaded))
            self.fill()

    def __len__(self) -> int:
        return max(self._expected, len(self._loaded))

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            self._reach(max(start, stop) - 1)
            return list(self._loaded[start:stop:step])
        position = index if index >= 0 else len(self) + index
        self._reach(position)
        return self._loaded[position]


_ROW = f"""i.id, i.uid, i.kind, i.at, i.state, i.filed_because, i.sponsored, i.gold, i.held_until, i.call_at,
    i.messages, i.carried_out, {TAGS}, {owed("i")},
    p.id, p.key, p.name, p.company, p.position, p.connected, p.connected_on, p.url"""
ROW_COLUMNS = f"{_ROW}, substr(m.text, 1, {{}})"
ROW_TABLES = "item i JOIN person p ON p.id = i.person_id LEFT JOIN message m ON m.id = i.message_id"
EXCERPT = 240  # characters of the text that a list reads


def read_rows(conn: sqlite3.Connection, ids: Sequence[int], *, text: int = EXCERPT) -> list[Row]:
    """The rows of ids, in their order; ids that are gone, or forgotten, are left out."""
    sql = f"SELECT {ROW_COLUMNS.format(text)} FROM {ROW_TABLES} WHERE i.id IN ({{}}) AND i.at IS NOT NULL"
    closed = when_closed(conn)
    found = {record[0]: row_of(record, closed) for record in select_in(conn, sql, list(ids))}
    return [found[id_] for id_ in ids if id_ in found]


def read_within(conn: sqlite3.Connection, listing: Listing, ids: Sequence[int]) -> set[int]:
    """Those of the ids that a view holds; a microsecond each, where a row costs twenty."""
    sql = f"SELECT id FROM item WHERE id IN ({{}}) AND ({listing.where})"
    return {id_ for (id_,) in select_in(conn, sql, ids)}


Closed = Callable[[], OwedBecause | None]


def when_closed(conn: sqlite3.Connection) -> Closed:
    """Tells why threads whose last words close are owed an answer: they are not, unless the rule is switched off.

    Asks at most once, and where no row needs it never.
    """
    return cache(lambda: None if closers_count(conn) else OwedBecause.YOUR_TURN)


def _not_owed() -> None:
    return None


def row_of(record: Sequence[Any], closed: Closed = _not_owed) -> Row:
    """A Row from the columns of ``ROW_COLUMNS``; ``closed``: see :func:`when_closed`."""
    (id_, uid, kind, at, state, because, sponsored, gold, held, call, messages, carried_out, tags, turn, *who, text) = (
        record
    )
    return Row(
        id=id_, uid=uid, kind=Kind(kind), person=person_of(who), at=from_text(at), state=State(state),
        filed_because=FiledBecause(because) if because else None, sponsored=bool(sponsored), gold=bool(gold),
        text=text or "", held_until=maybe_from_text(held), call_at=maybe_from_text(call), messages=messages,
        carried_out=bool(carried_out), owed_because=closed() if turn == "closed" else turn and OwedBecause(turn),
        tags=tuple(sorted(tags.split())) if tags else (),
    )  # fmt: skip


PERSON_COLUMNS = "p.id, p.key, p.name, p.company, p.position, p.connected, p.connected_on, p.url"


def person_of(columns: Sequence[Any]) -> Person:
    """A Person from ``PERSON_COLUMNS``."""
    id_, key, name, company, position, connected, connected_on, url = columns
    return Person(
        id_, key, name, company or None, position or None, None if connected is None else bool(connected),
        date.fromisoformat(connected_on) if connected_on else None, url,
    )  # fmt: skip


_IN_VIEW: dict[View, str] = {
    View.NEW: "state = 'new'",
    View.INVITATIONS: "state = 'new' AND kind = 'invitation'",
    View.MESSAGES: "state = 'new' AND kind = 'conversation'",
    View.HELD: "state = 'held'",
    View.CALLS: "called = 1",
    View.TO_ACCEPT: "state = 'to-accept' AND carried_out = 0",
    View.TO_REPLY: "owed NOT IN ('', 'closed')",
    View.JUNK: "state = 'junk'",
    View.CONNECTED: "connected = 1 AND state != 'sent'",
    View.ALL: "state != 'sent'",
}
_IN_VIEW[View.SWEEP] = "state = 'new' OR owed = 'worth-answering'"
_CLOSED = "owed = 'closed'"
_EXPIRING = "SELECT ifnull(sum(n), 0) FROM new_by_day WHERE day >= ?"
_SUMS = ", ".join(f"coalesce(sum(n) FILTER (WHERE {where}), 0)" for where in (*_IN_VIEW.values(), _CLOSED))
_COUNTS = f"SELECT {_SUMS}, ({_EXPIRING}) FROM tally"

_GOLDS = """SELECT count(*) FROM gold
    WHERE person_id NOT IN (SELECT id FROM person WHERE key >= 'forgotten:' AND key < 'forgotten;')"""


def read_counts(conn: sqlite3.Connection, now: datetime, since: date) -> Counts:
    """How many items each view holds: from the tally, a few dozen rows whatever the number of items.

    ``since``: as for :func:`listing_of`.
    """
    *counted, closed, expiring = conn.execute(_COUNTS, (since.isoformat(),)).fetchone()
    views = dict(zip(_IN_VIEW, counted, strict=True))
    views[View.EXPIRING] = expiring
    if closed and not closers_count(conn):
        views[View.TO_REPLY] += closed
    views[View.GOLD] = conn.execute(_GOLDS).fetchone()[0]
    as_of = conn.execute("SELECT max(as_of) FROM import_run WHERE finished_at IS NOT NULL").fetchone()[0]
    due = conn.execute(
        "SELECT count(*) FROM item INDEXED BY item_back WHERE held_until IS NOT NULL AND state = 'new'"
    ).fetchone()[0]
    calls_due = conn.execute("SELECT count(*) FROM item WHERE call_at <= ?", (to_text(now),)).fetchone()[0]
    return Counts(views, maybe_from_text(as_of), due, calls_due)
