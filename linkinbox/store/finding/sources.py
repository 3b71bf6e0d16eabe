"""Where a search begins: candidates from an index, the newest first, a bite at a time.

The index of texts knows ids, not times. So it is asked about zones of messages that came together, those with the
newest items first. The user's own words, notes and reasons, are asked first and whole: the order in which they were
written says nothing of their items.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from math import ceil
from time import perf_counter
from typing import NamedTuple

from linkinbox.store.finding.conditions import Condition, both
from linkinbox.store.finding.matching import TABLES, read, spans
from linkinbox.store.finding.typed import Match, Words
from linkinbox.store.schema.searching import ZONE
from linkinbox.store.sql import chunks

FEW = 100  # hits that are looked up one and all
FIRST = 8  # zones that are asked first
FIRST_ROWS = 500  # rows of a list that are asked first
MORE = 16  # times as many, at most, that are asked next
BITE = 0.008  # seconds that asking once should take: how much that is is learned on the way
GAP = 8  # zones that are rather asked for along with their neighbours
NOTHING_IS_NEWER = "\x7f"

Hit = tuple[str, int]  # when, and which item


class Source:
    """Candidates, the newest first.

    Attributes:
        newer_than: all candidates that came later are told; "" when all are.
        is_distinct: none is told twice.
    """

    is_distinct = True

    def __init__(self, conn: sqlite3.Connection, size: int) -> None:
        self.conn = conn
        self.newer_than = NOTHING_IS_NEWER
        self._size = size  # to ask next
        self._asked = 0

    def ask_more(self, times: float) -> list[Hit]:
        """Ask about a bite more; ``times``: so much of what was asked so far will probably do."""
        enough = self._asked * max(0.1, times) if self._asked else self._size
        begun, size = perf_counter(), max(1, ceil(min(self._size, enough)))
        hits = self._ask(size)
        self._asked += size
        took = max(1e-6, perf_counter() - begun)
        self._size = ceil(size * min(MORE, max(0.5, BITE / took)))
        return hits

    def _ask(self, size: int) -> list[Hit]:
        raise NotImplementedError


class SetSource(Source):
    """A few items, all at once.

    Args:
        conn: the store's connection.
        which: selects their ids.
        condition: what they must be besides.
    """

    def __init__(self, conn: sqlite3.Connection, which: Condition, condition: Condition) -> None:
        super().__init__(conn, 1)
        self._which, self._condition = which, condition

    def _ask(self, size: int) -> list[Hit]:  # noqa: ARG002
        self.newer_than = ""
        condition = both(Condition(f"id IN ({self._which.sql})", self._which.values), self._condition)
        sql = f"SELECT at, id FROM item NOT INDEXED WHERE at IS NOT NULL AND ({condition.sql})"
        return self.conn.execute(sql, condition.values).fetchall()


class Run(NamedTuple):
    """A list that an index has in its order: no item in it comes before a time later than its own.

    Args:
        source: the table, with its index where it must be named.
        where: which items.
        by: the column of the order, `at` or `sort_at`; never earlier than `at`.
    """

    source: str = "item INDEXED BY item_all"
    where: str = "at IS NOT NULL"
    by: str = "at"


class RunSource(Source):
    """The items of a list.

    Args:
        conn: the store's connection.
        run: the list.
        condition: what they must be besides.
        since: items before it are not asked for.
        before: nor those from it on.
    """

    def __init__(
        self, conn: sqlite3.Connection, run: Run, condition: Condition, *, since: str = "", before: str = ""
    ) -> None:
        super().__init__(conn, FIRST_ROWS)
        self._run, self._condition = run, condition
        self._since = since
        self._last: Hit = (before or NOTHING_IS_NEWER, 0 if before else 2**62)

    def _ask(self, size: int) -> list[Hit]:
        source, where, by = self._run
        # The plain bounds are for the index: of two pairs it takes one. By itself it would take any other.
        span = f"({where}) AND {by} <= ? AND {by} >= ? AND (+{by}, +id) < (?, ?)"
        place = f"SELECT {by}, id FROM {source} WHERE {span} ORDER BY {by} DESC, id DESC LIMIT 1 OFFSET ?"
        begin = self._last
        end = self.conn.execute(place, (begin[0], self._since, *begin, size - 1)).fetchone() or (self._since, 0)
        here = f"SELECT at, id FROM {source} WHERE {span} AND (+{by}, +id) >= (?, ?) AND ({self._condition.sql})"
        hits = self.conn.execute(here, (begin[0], end[0], *begin, *end, *self._condition.values)).fetchall()
        self._last, self.newer_than = end, end[0] if end[1] else ""
        return hits


class WordSource(Source):
    """The items of messages, notes and reasons that have some words.

    Args:
        conn: the store's connection.
        words: those; the last of each may go on.
        condition: what the items must be besides.
        since: items before it are not asked for.
    """

    is_distinct = False

    def __init__(self, conn: sqlite3.Connection, words: Words, condition: Condition, *, since: str = "") -> None:
        super().__init__(conn, FIRST)
        self._words, self._condition = words, condition
        self._matches = {table: words.matches(table) for table in TABLES[words.where]}
        self._own_left = {table: _newest(conn, table) + 1 for table in self._matches if table != "message"}
        self._since = since
        self._probed = False
        self._last: tuple[str, int] | None = None  # zone asked, and how new it is

    def ask_more(self, times: float) -> list[Hit]:
        """Ask about a bite more; messages as if nothing had been asked before: there are far more of them."""
        is_own = self._own is not None
        hits = super().ask_more(times)
        if is_own and not self._own:
            self._size, self._asked = FIRST, 0
        return hits

    @property
    def _own(self) -> str | None:
        """The table of the user's own words that is to be asked next."""
        return next((table for table, left in self._own_left.items() if left > 1), None)

    def _ask(self, size: int) -> list[Hit]:
        if own := self._own:
            return self._found(own, [self._next_own(own, size)])
        if "message" not in self._matches:
            self.newer_than = ""
            return []
        return self._found("message", self._next_zones(size))

    def _next_own(self, table: str, size: int) -> tuple[int, int]:
        left = self._own_left[table]
        first = self._own_left[table] = max(1, left - (size << ZONE))
        return first, left - 1

    def _next_zones(self, count: int) -> Iterator[tuple[int, int]]:
        """First and last message of the zones to ask next, as spans: those with the newest items."""
        if self._last and not self._probed and is_rare(self.conn, self._words, FEW):
            self.newer_than = ""
            return iter([(0, 2**62)])
        self._probed = bool(self._last)
        than = "AND (newest, zone) < (?, ?)" if self._last else ""
        sql = f"SELECT newest, zone FROM message_zone WHERE newest >= ? {than} ORDER BY newest DESC, zone DESC LIMIT ?"
        rows = self.conn.execute(sql, (self._since, *(self._last or ()), count + 1)).fetchall()
        self.newer_than = rows[count][0] if len(rows) > count else ""
        asked = rows[:count]
        if asked:
            self._last = asked[-1]
        zones = spans(sorted(zone for _, zone in asked), GAP)
        return ((first << ZONE, (last + 1 << ZONE) - 1) for first, last in zones)

    def _found(self, table: str, asked: Iterator[tuple[int, int]] | Sequence[tuple[int, int]]) -> list[Hit]:
        return [hit for span in asked for hit in self._in_span(table, span)]

    def _in_span(self, table: str, span: tuple[int, int]) -> list[Hit]:
        condition, matches = self._condition, self._matches[table]
        if not matches:  # no index has them: the user's own words, in a script without blanks
            texts = Condition(f"SELECT id FROM {table} WHERE id BETWEEN ? AND ?", span)
        else:
            texts = _narrowed(Condition(_TEXTS_OF.format(matches[0].of), (matches[0].query, *span)), matches[1:], span)
        if not self._words.is_exact:
            ids = [id_ for (id_,) in self.conn.execute(texts.sql, texts.values)]
            items = sorted(read(self.conn, table, self._words, ids))
            return [hit for chunk in chunks(items) for hit in self._items(_list_of(chunk), condition)]
        of = f"SELECT t.item_id FROM ({texts.sql}) f CROSS JOIN {table} t ON t.id = f.id"
        return self._items(Condition(of, texts.values), condition)

    def _items(self, which: Condition, condition: Condition) -> list[Hit]:
        sql = f"SELECT at, id FROM item NOT INDEXED WHERE id IN ({which.sql}) AND at IS NOT NULL AND ({condition.sql})"
        return self.conn.execute(sql, (*which.values, *condition.values)).fetchall()


_TEXTS_OF = "SELECT rowid AS id FROM {0} WHERE {0} MATCH ? AND rowid BETWEEN ? AND ?"


def _narrowed(texts: Condition, others: Sequence[Match], span: tuple[int, int]) -> Condition:
    for other in others:
        more = _TEXTS_OF.format(other.of)
        # Without the sign an index of words would be asked row by row.
        texts = Condition(f"{texts.sql} AND +rowid IN ({more})", (*texts.values, other.query, *span))
    return texts


def _list_of(ids: Sequence[int]) -> Condition:
    return Condition(",".join("?" * len(ids)), tuple(ids))


def _newest(conn: sqlite3.Connection, table: str) -> int:
    return conn.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0


def is_rare(conn: sqlite3.Connection, words: Words, count: int) -> bool:
    """Whether one of the words is in no more messages than so many."""
    one_more = "SELECT 1 FROM {0} WHERE {0} MATCH ? LIMIT 1 OFFSET ?"
    return any(conn.execute(one_more.format(one.of), (one.query, count)).fetchone() is None for one in words.each())


class Union(Source):
    """The candidates of several sources.

    Args:
        sources: them.
    """

    is_distinct = False

    def __init__(self, conn: sqlite3.Connection, sources: Sequence[Source]) -> None:
        super().__init__(conn, 1)
        self._sources = sources

    def ask_more(self, times: float) -> list[Hit]:
        """Ask the one that is furthest behind."""
        behind = max(self._sources, key=lambda source: source.newer_than)
        hits = behind.ask_more(times)
        self.newer_than = max(source.newer_than for source in self._sources)
        return hits
