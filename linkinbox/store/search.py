"""Search over names, texts and the user's notes: newest first, without looking at every hit of a common word.

The index knows ids, not times. So it is asked about zones of messages that came together, those with the newest
items first, until what is found is newer than anything another zone can hold.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from linkinbox.model import View
from linkinbox.store.pages import LISTINGS
from linkinbox.store.schema.searching import READY, TOKENIZER, ZONE
from linkinbox.store.sql import select_in

WORDS = 50  # of a search that count: whoever has more pasted a letter, and no key is to wait for that
FORMS = 64  # words with a longer beginning that are asked for one by one; of more, the index merges the lists
FEW = 500  # hits that are looked up one and all
FIRST = 8  # zones that are asked first
MORE = 16  # times as many, at most, that are asked next
SMALL = 10_000  # items of a view that are looked through themselves
GAP = 8  # zones that are rather asked for along with their neighbours


class _Window(NamedTuple):
    """Messages to ask for: in spans of ids. The items of all others are not newer than ``after``."""

    spans: Sequence[tuple[int, int]]
    after: str = ""
    zones: int = 0


_EVERYTHING = _Window([(0, 2**62)])


def search(conn: sqlite3.Connection, words: str, view: View = View.ALL, *, limit: int = 1_000) -> list[int]:
    """Ids of the items in a view that have all the words, newest first, at most ``limit``."""
    beginnings = typed_beginnings(words)
    return _Search(conn, beginnings, view).newest(limit) if beginnings else []


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


class _Search:
    """A search over one view.

    Args:
        beginnings: of words, folded; all must be there.
    """

    def __init__(self, conn: sqlite3.Connection, beginnings: Sequence[str], view: View) -> None:
        self._conn = conn
        self._view = view
        self._where = LISTINGS[view].where
        self._query = " AND ".join(self._forms(beginning) for beginning in beginnings)
        self._noted = self._with_note(" AND ".join(f'"{beginning}"*' for beginning in beginnings))

    def newest(self, limit: int) -> list[int]:
        """The newest hits, by the item's time."""
        window = self._first_window()
        found = self._found(window)
        while len(found) < limit and window.after:
            window = self._wider(window, len(found), limit)
            found = self._found(window)
        return [id_ for _, id_ in sorted(found, reverse=True)[:limit]]

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
            row = self._conn.execute("SELECT term FROM message_word WHERE term >= ? LIMIT 1", (least,)).fetchone()
            if row is None or not row[0].startswith(beginning):
                break
            words.append(row[0])
            least = f"{row[0]}\x01"  # ">" would walk over all the places of the word
        return words

    # ── where to look ──

    def _first_window(self) -> _Window:
        if self._view is not View.ALL and (own := self._own()):
            return own
        return self._window(FIRST)

    def _own(self) -> _Window | None:
        """The messages of a view that is small."""
        rows = self._conn.execute(f"SELECT id FROM item WHERE {self._where} LIMIT ?", (SMALL + 1,)).fetchall()
        if len(rows) > SMALL:
            return None
        messages = select_in(self._conn, "SELECT id FROM message WHERE item_id IN ({})", [id_ for (id_,) in rows])
        return _Window(list(_spans(sorted(id_ for (id_,) in messages), GAP << ZONE)))

    def _wider(self, window: _Window, found: int, limit: int) -> _Window:
        """The next window: by what the last one held, large enough."""
        if window.zones == FIRST and self._are_few():
            return _EVERYTHING
        times = min(MORE, max(1.5, 1.3 * limit / max(1, found)))
        return self._window(ceil(window.zones * times))

    def _window(self, zones: int) -> _Window:
        """The zones with the newest items."""
        rows = self._conn.execute(
            "SELECT zone, newest FROM message_zone ORDER BY newest DESC LIMIT ?", (zones + 1,)
        ).fetchall()
        if len(rows) <= zones:
            return _EVERYTHING
        asked = sorted(zone for zone, _ in rows[:-1])
        spans = [(first << ZONE, (last + 1 << ZONE) - 1) for first, last in _spans(asked, GAP)]
        return _Window(spans, rows[-1][1], zones)

    def _are_few(self) -> bool:
        sql = "SELECT count(*) FROM (SELECT 1 FROM message_fts WHERE message_fts MATCH ? LIMIT ?)"
        return bool(self._conn.execute(sql, (self._query, FEW + 1)).fetchone()[0] <= FEW)

    # ── hits ──

    def _found(self, window: _Window) -> set[tuple[str, int]]:
        """Time and id of the items in a window that have the words."""
        found = {(at, id_) for at, id_ in self._noted if at > window.after}
        for span in window.spans:
            found.update(self._conn.execute(self._hits, (self._query, *span, window.after)))
        return found

    @property
    def _hits(self) -> str:
        return f"""SELECT at, id FROM item NOT INDEXED WHERE id IN (
            SELECT m.item_id FROM message_fts f CROSS JOIN message m ON m.id = f.rowid
            WHERE message_fts MATCH ? AND f.rowid BETWEEN ? AND ?
            ) AND at > ? AND {self._where}"""

    def _with_note(self, query: str) -> list[tuple[str, int]]:
        sql = f"""SELECT at, id FROM item NOT INDEXED WHERE id IN (
            SELECT n.item_id FROM note_fts f CROSS JOIN note n ON n.id = f.rowid WHERE note_fts MATCH ?
            ) AND at IS NOT NULL AND {self._where}"""
        return self._conn.execute(sql, (query,)).fetchall()


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
