"""What may follow an operator of a query: names, companies and what else the store knows, found by an index."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

_END = "\U0010ffff"

# Each starts where the values begin so, and is cut off soon: a company of ten thousand contacts is one value.
_LEAP = """WITH RECURSIVE value (v) AS (
    SELECT (SELECT {column} FROM {source} WHERE {column} >= ?1 {collate} ORDER BY {column} {collate} LIMIT 1)
    UNION ALL SELECT (SELECT {column} FROM {source} WHERE {column} > v {collate} ORDER BY {column} {collate} LIMIT 1)
    FROM value WHERE v IS NOT NULL AND v <= ?2 {collate})
    SELECT v FROM value WHERE v IS NOT NULL AND v <= ?2 {collate} LIMIT ?3"""
_NO_CASE = "COLLATE NOCASE"
_SOURCES = {
    "company": ("company", "(SELECT company FROM person WHERE connected = 1)", _NO_CASE),
    "from": ("name", "(SELECT name FROM person WHERE connected = 1)", ""),
    "reason": ("text", "reason", _NO_CASE),
    "tag": ("tag", "item_tag", ""),
    "person": ("key", "person", ""),
}


def known_values(conn: sqlite3.Connection, operator: str, beginning: str, limit: int) -> list[str]:
    """Values that begin so, in their order, at most ``limit``; of an operator that the store knows nothing of, none."""
    if operator not in _SOURCES:
        return []
    column, source, collate = _SOURCES[operator]
    sql = _LEAP.format(column=column, source=source, collate=collate)
    found: list[str] = []
    for begin in _spellings(operator, beginning):
        with suppress(sqlite3.OperationalError):  # of a version that knew no tags
            found += [value for (value,) in conn.execute(sql, (begin, begin + _END, limit))]
    return [value.removeprefix("in:") for value in dict.fromkeys(found) if value][:limit]


def _spellings(operator: str, beginning: str) -> list[str]:
    if operator == "person":
        return [f"in:{beginning.lower()}"]
    if operator == "from":  # names are sorted by their letters as written
        return list(dict.fromkeys([beginning, beginning.title()]))
    return [beginning.lower() if operator == "tag" else beginning]
