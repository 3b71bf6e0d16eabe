"""Search over names, texts and the user's notes: newest first, whatever the number of hits."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from linkinbox.model import View
from linkinbox.store.pages import LISTINGS

SORTED_UP_TO = 8_000  # hits that are sorted by date outright (about 10 ms); more are met walking from the newest
WINDOW = 4_000  # newest items looked at in one step of that walk


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
    rows: list[tuple[str, int]] = []
    for chunk in _slices(sorted(hits)):
        marks = ",".join("?" * len(chunk))
        rows += conn.execute(f"SELECT at, id FROM item WHERE id IN ({marks}) AND at IS NOT NULL AND {where}", chunk)
    return [id_ for _, id_ in sorted(rows, reverse=True)[:limit]]


def _walked(conn: sqlite3.Connection, query: str, noted: set[int], where: str, limit: int) -> list[int]:
    """Go from the newest item back until there are enough: a common word is met at once."""
    found: list[int] = []
    newest = conn.execute(f"SELECT id FROM item WHERE at IS NOT NULL AND {where} ORDER BY at DESC, id DESC")
    while len(found) < limit and (window := [id_ for (id_,) in newest.fetchmany(WINDOW)]):
        marks = ",".join("?" * len(window))
        hits = conn.execute(
            f"""SELECT DISTINCT item_id FROM message WHERE item_id IN ({marks})
                AND id IN (SELECT rowid FROM message_fts WHERE message_fts MATCH ?)""",
            (*window, query),
        )
        wanted = noted.union(id_ for (id_,) in hits)
        found += [id_ for id_ in window if id_ in wanted]
    return found[:limit]


def _slices(values: Sequence[int], size: int = 5_000) -> list[Sequence[int]]:
    return [values[start : start + size] for start in range(0, len(values), size)]
