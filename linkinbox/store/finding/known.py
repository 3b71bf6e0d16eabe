"""What may follow an operator of a query: names, companies and what else the store knows, found by an index."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import suppress

from linkinbox.store.sql import select_in

_END = "\U0010ffff"
_READ = 200  # rows of an index that are looked at, the newest: some milliseconds

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
# The rows are counted before any is left out: the owner's own name stands in all that they wrote.
_SENDERS = """SELECT m.sender FROM (SELECT rowid AS id FROM {0} WHERE {0} MATCH ? ORDER BY rowid DESC LIMIT ?) f
    CROSS JOIN message m ON m.id = f.id WHERE m.incoming = 1"""
_ROLES = """SELECT p.position FROM (SELECT rowid AS id FROM person_fts WHERE person_fts MATCH ? LIMIT ?) f
    CROSS JOIN person p ON p.id = f.id"""


def known_values(conn: sqlite3.Connection, operator: str, beginning: str, limit: int) -> list[str]:
    """Values that begin so, at most ``limit``; of an operator that the store knows nothing of, none.

    They stand in their order, but for names and roles: contacts come first, and what most of them are.
    """
    if operator == "role":
        return _roles(conn, beginning)[:limit]
    if operator not in _SOURCES:
        return []
    column, source, collate = _SOURCES[operator]
    sql = _LEAP.format(column=column, source=source, collate=collate)
    found: list[str] = []
    for begin in _spellings(operator, beginning):
        with suppress(sqlite3.OperationalError):  # of a version that knew no tags
            found += [value for (value,) in conn.execute(sql, (begin, begin + _END, limit))]
    if operator == "from" and len(found) < limit:
        found += _senders(conn, beginning)
    return [value.removeprefix("in:") for value in dict.fromkeys(found) if value][:limit]


def _spellings(operator: str, beginning: str) -> list[str]:
    if operator == "person":
        return [f"in:{beginning.lower()}"]
    if operator == "from":  # names are sorted by their letters as written
        return list(dict.fromkeys([beginning, beginning.title()]))
    return [beginning.lower() if operator == "tag" else beginning]


def _senders(conn: sqlite3.Connection, beginning: str) -> list[str]:
    """Whoever wrote, of whose name a word begins so: contacts first."""
    from linkinbox.query import Text, Where
    from linkinbox.store.finding.spelling import Vocabulary
    from linkinbox.store.finding.typed import Words

    words = Words(Vocabulary(conn), [Text(beginning, Where.FROM)])
    asked = words.newest()
    names: dict[str, None] = {}
    for match in asked:
        rows = conn.execute(_SENDERS.format(match.of), (match.query, max(1, _READ // len(asked))))
        names.update(dict.fromkeys(name for (name,) in rows if words.are_in(name, "", "", whole=True)))
    contact = "SELECT name FROM person INDEXED BY person_namesake WHERE connected = 1 AND name IN ({})"
    contacts = {name for (name,) in select_in(conn, contact, [*names])}
    return sorted(names, key=lambda name: name not in contacts)


def _roles(conn: sqlite3.Connection, beginning: str) -> list[str]:
    """What contacts are, of which a word begins so."""
    from linkinbox.query.folding import Sought
    from linkinbox.store.finding.spelling import Vocabulary

    words = Sought(beginning).words
    if not words:
        return []
    rows = conn.execute(_ROLES, (Vocabulary(conn).phrase("position", words), _READ))
    return [role for role, _ in Counter(role for (role,) in rows).most_common()]
