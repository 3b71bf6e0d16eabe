"""Search over names, texts and the user's notes: newest first, whatever the number of hits."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence

from linkinbox.model import View
from linkinbox.store.pages import LISTINGS
from linkinbox.store.sql import select_in

SORTED_UP_TO = 5_000  # hits that are sorted by date outright (some 20 ms); more are met walking from the newest
WINDOW = 500  # newest items in the first step of that walk; each further step takes twice as many
GAP = 5_000  # ids between two messages that are asked for in one span


def match_query(words: str) -> str:
    """What a person typed as an FTS5 query: every word must be there, as a prefix; operators mean nothing.

    ``sqlite_utils.Table.search(quote=True)`` would raise on odd input and turns prefixes off.
    """
    return " ".join(f'"{word}"*' for word in re.findall(r"\w+", words))


def search(conn: sqlite3.Connection, words: str, view: View = View.ALL, *, limit: int = 1_000) -> list[int]:
    """Ids of the items in a view that have all the words, newest first, at most ``limit``."""
    query = match_query(words)
    if not query:
        return []
    few = conn.execute(
        "SELECT count(*) FROM (SELECT 1 FROM message_fts WHERE message_fts MATCH ? LIMIT ?)",
        (query, SORTED_UP_TO + 1),
    ).fetchone()[0]
    noted = set(_noted(conn, query))
    where = LISTINGS[view].where
    if few <= SORTED_UP_TO:
        return _sorted(conn, query, noted, where, limit)
    return _walked(conn, query, noted, where, limit)


def _noted(conn: sqlite3.Connection, query: str) -> list[int]:
    rows = conn.execute(
        "SELECT DISTINCT n.item_id FROM note_fts f JOIN note n ON n.id = f.rowid WHERE note_fts MATCH ?",
        (query,),
    )
    return [id_ for (id_,) in rows]


_HITS = """SELECT m.item_id FROM message_fts f JOIN message m ON m.id = f.rowid WHERE message_fts MATCH ?"""


def _sorted(conn: sqlite3.Connection, query: str, noted: set[int], where: str, limit: int) -> list[int]:
    hits = noted.union(id_ for (id_,) in conn.execute(_HITS, (query,)))
    rows = select_in(conn, f"SELECT at, id FROM item WHERE id IN ({{}}) AND at IS NOT NULL AND {where}", sorted(hits))
    return [id_ for _, id_ in sorted(rows, reverse=True)[:limit]]


def _walked(conn: sqlite3.Connection, query: str, noted: set[int], where: str, limit: int) -> list[int]:
    """Go from the newest item back until there are enough: a common word is met at once.

    Messages that came together have ids that lie together: the index is asked for those spans only.
    """
    found: list[int] = []
    newest = conn.execute(f"SELECT id FROM item WHERE at IS NOT NULL AND {where} ORDER BY at DESC, id DESC")
    size = WINDOW
    while len(found) < limit and (window := [id_ for (id_,) in newest.fetchmany(size)]):
        item_of = dict(select_in(conn, "SELECT id, item_id FROM message WHERE item_id IN ({})", window))
        hits = noted.union(item_of[id_] for id_ in _within(conn, query, sorted(item_of)) if id_ in item_of)
        found += [id_ for id_ in window if id_ in hits]
        size *= 2
    return found[:limit]


def _within(conn: sqlite3.Connection, query: str, ids: Sequence[int]) -> Iterator[int]:
    """Messages that match, in the spans in which the ids lie."""
    first = 0
    for place in range(1, len(ids) + 1):
        if place == len(ids) or ids[place] - ids[place - 1] > GAP:
            asked = (query, ids[first], ids[place - 1])
            rows = conn.execute(
                "SELECT rowid FROM message_fts WHERE message_fts MATCH ? AND rowid BETWEEN ? AND ?", asked
            )
            yield from (id_ for (id_,) in rows)
            first = place
