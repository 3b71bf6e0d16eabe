"""Search over names, texts and the user's notes: newest first, a bite at a time.

The index knows ids, not times. So it is asked about zones of messages that came together, those with the newest
items first, until enough is found that is newer than anything another zone can hold. The user's own words, notes
and reasons, are asked first and whole: the order in which they were written says nothing of their items.
"""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from math import ceil, inf
from time import perf_counter

from linkinbox.model import View
from linkinbox.store.listings import LISTINGS, Listing
from linkinbox.store.pages import Ids
from linkinbox.store.schema.searching import READY, TOKENIZER, ZONE

WORDS = 50  # of a search that count: whoever has more pasted a letter, and no key is to wait for that
FORMS = 64  # words with a longer beginning that are asked for one by one; of more, the index merges the lists
FEW = 100  # hits that are looked up one and all
FIRST = 8  # zones that are asked first
MORE = 16  # times as many, at most, that are asked next
BITE = 0.008  # seconds that asking once should take: how many zones that are is learned on the way
GAP = 8  # zones that are rather asked for along with their neighbours

OWN_WORDS = ("note", "reason")  # tables; each has an index of its name

_NOTHING_IS_NEWER = "\x7f"


def search(conn: sqlite3.Connection, words: str, view: View = View.ALL, *, limit: int = 1_000) -> list[int]:
    """Ids of the items in a view that have all the words, newest first, at most ``limit``."""
    return FoundIds(Search(conn, words, LISTINGS[view], limit=limit))[:]


class FoundIds(Ids):
    """What a search found: at any time the newest hits there are, in their order; `fill` looks on.

    Args:
        search: looks.
        seconds: how long to look at once; the rest is left to `fill`.
    """

    def __init__(self, search: Search, *, seconds: float = inf) -> None:
        super().__init__(search.conn, None)
        self._search = search
        self._loaded = search.found
        self._look_on(seconds)

    def fill(self, count: int = 0) -> bool:  # noqa: ARG002  # whoever looks does not know how much there is
        """Look at a bite more; False when nothing is left."""
        self._look_on(0)
        return not self._complete

    def _look_on(self, seconds: float) -> None:
        end = perf_counter() + seconds
        while not self._search.is_complete:
            self._search.ask_more()
            if perf_counter() >= end:
                break
        self._complete = self._search.is_complete


class Search:
    """A search over one view, in bites.

    What is `found` are the newest hits, by the item's time: none is left out between them, nor before. It only grows.

    Args:
        conn: the store's connection.
        words: as typed; the items must have all of them, as beginnings of words in one text.
        listing: the items to look among.
        limit: how many are wanted, the newest.
    """

    def __init__(self, conn: sqlite3.Connection, words: str, listing: Listing, *, limit: int) -> None:
        self.conn = conn
        self._limit = limit
        self._where = listing.where
        self.found = array("q")
        self._known: set[int] = set()  # the same
        self._older: set[tuple[str, int]] = set()  # when, and which item: of these others may still be newer
        self._newer_than = _NOTHING_IS_NEWER  # all hits are found
        self._size = FIRST  # zones to ask next
        self._asked = 0
        self._probed = False
        self._last: tuple[str, int] | None = None  # zone asked, and how new it is
        beginnings = _telling(typed_beginnings(words))
        if not beginnings:
            self._newer_than = ""
            return
        self._each = [self._forms(beginning) for beginning in beginnings]
        self._query = " AND ".join(self._each)
        self._own_query = " AND ".join(f'"{beginning}"*' for beginning in beginnings)
        self._own_left: dict[str, int] = {table: _newest(conn, table) + 1 for table in OWN_WORDS}

    @property
    def is_complete(self) -> bool:
        """Whether as many are found as are wanted, or as there are."""
        return not self._newer_than or len(self.found) == self._limit

    def ask_more(self) -> None:
        """Ask about a bite more."""
        begun, size = perf_counter(), self._size
        if own := next((table for table, left in self._own_left.items() if left > 1), None):
            left = self._own_left[own]
            first = self._own_left[own] = max(1, left - (size << ZONE))
            self._ask(own, self._own_query, [(first, left - 1)])
            wanted = inf if first > 1 else FIRST
        else:
            self._ask("message", self._query, self._next_zones(size))
            self._take_known()
            wanted = self._zones_wanted()
        took = max(1e-6, perf_counter() - begun)
        times = min(MORE, max(0.5, BITE / took))
        self._size = max(1, ceil(min(size * times, wanted)))

    def _zones_wanted(self) -> float:
        """How many zones more will do, if the next ones hold as many hits."""
        found = len(self.found)
        return self._asked * max(0.1, 1.3 * self._limit / found - 1) if found else inf

    # ── words ──

    def _forms(self, beginning: str) -> str:
        """The words that begin so, for a query: told one by one, no lists need to be merged."""
        words = self._words(beginning) if len(beginning) > READY else ()
        if 0 < len(words) <= FORMS:
            return "(" + " OR ".join(f'"{word}"' for word in words) + ")"
        return f'"{beginning}"*'

    def _words(self, beginning: str) -> list[str]:
        words: list[str] = []
        least = beginning
        while len(words) <= FORMS:
            row = self.conn.execute("SELECT term FROM message_word WHERE term >= ? LIMIT 1", (least,)).fetchone()
            if row is None or not row[0].startswith(beginning):
                break
            words.append(row[0])
            least = f"{row[0]}\x01"  # ">" would walk over all the places of the word
        return words

    # ── where to look ──

    def _next_zones(self, count: int) -> Iterator[tuple[int, int]]:
        """First and last message of the zones to ask next, as spans: those with the newest items."""
        if self._asked and not self._probed and self._are_few():
            self._newer_than = ""
            return iter([(0, 2**62)])
        than = "WHERE (newest, zone) < (?, ?)" if self._last else ""
        sql = f"SELECT newest, zone FROM message_zone {than} ORDER BY newest DESC, zone DESC LIMIT ?"
        rows = self.conn.execute(sql, (*(self._last or ()), count + 1)).fetchall()
        self._newer_than = rows[count][0] if len(rows) > count else ""
        self._asked += count
        asked = rows[:count]
        if asked:
            self._last = asked[-1]
        return (
            (first << ZONE, (last + 1 << ZONE) - 1) for first, last in _spans(sorted(zone for _, zone in asked), GAP)
        )

    def _are_few(self) -> bool:
        """Whether one of the words is so rare that all its places can be looked at."""
        self._probed = True
        one_more = "SELECT 1 FROM message_fts WHERE message_fts MATCH ? LIMIT 1 OFFSET ?"
        return any(self.conn.execute(one_more, (forms, FEW)).fetchone() is None for forms in self._each)

    def _ask(self, table: str, query: str, spans: Iterator[tuple[int, int]] | Sequence[tuple[int, int]]) -> None:
        sql = f"""SELECT at, id FROM item NOT INDEXED WHERE id IN (
            SELECT t.item_id FROM {table}_fts f CROSS JOIN {table} t ON t.id = f.rowid
            WHERE {table}_fts MATCH ? AND f.rowid BETWEEN ? AND ?
            ) AND at IS NOT NULL AND ({self._where})"""
        for span in spans:
            self._older.update(self.conn.execute(sql, (query, *span)))

    def _take_known(self) -> None:
        """Take those that nothing can come before."""
        hits = sorted((hit for hit in self._older if hit[0] > self._newer_than), reverse=True)
        self._older.difference_update(hits)
        fresh = [id_ for _, id_ in hits if id_ not in self._known][: self._limit - len(self.found)]
        self.found.extend(fresh)
        self._known.update(fresh)


def typed_beginnings(words: str) -> list[str]:
    """What was typed as the index writes it, each word once: operators and signs mean nothing.

    Beyond ASCII its own tokenizer is asked: which signs are letters, and how they are folded, differs from
    Python's to SQLite's version of Unicode.
    """
    if words.isascii():
        return list(dict.fromkeys(re.findall("[a-z0-9]+", words.lower())))[:WORDS]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        conn.execute(f"CREATE VIRTUAL TABLE typed USING fts5(words, content='', tokenize='{TOKENIZER}')")
        conn.execute("CREATE VIRTUAL TABLE word USING fts5vocab(typed, row)")
        conn.execute("INSERT INTO typed VALUES (?)", (words.encode("utf-8", "replace").decode(),))
        return [term for (term,) in conn.execute("SELECT term FROM word LIMIT ?", (WORDS,))]


def _newest(conn: sqlite3.Connection, table: str) -> int:
    return conn.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0


def _telling(beginnings: Sequence[str]) -> list[str]:
    """Those that are not the beginning of another one: where that is, they are too."""
    return [one for one in beginnings if not any(other != one and other.startswith(one) for other in beginnings)]


def _spans(ids: Sequence[int], gap: int) -> Iterator[tuple[int, int]]:
    """First and last of sorted ids that lie together, with no larger gap between two."""
    if not ids:
        return
    first = ids[0]
    for before, id_ in pairwise(ids):
        if id_ - before > gap:
            yield first, before
            first = id_
    yield first, ids[-1]
