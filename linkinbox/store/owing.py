"""What last words say of threads, and what the user said of that; whose turn it is, SQLite tells (schema.owing)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from linkinbox.store.sql import select_in

_CLOSER = "closer"  # the rule


class Spared(NamedTuple):
    """Where the rule was overruled: on these items, and on all that these people send."""

    items: frozenset[int]
    people: frozenset[int]


def spared(conn: sqlite3.Connection) -> Spared:
    """Where the user said that last words close nothing: as many rows as were said."""
    said = "SELECT i.id, i.person_id FROM overruled o CROSS JOIN item i ON i.id = o.item_id WHERE o.scope = ?"
    of_items, of_people = (conn.execute(f"{said} AND o.rule = ?", (scope, _CLOSER)) for scope in ("item", "person"))
    return Spared(frozenset(id_ for id_, _ in of_items), frozenset(person for _, person in of_people))


def last_words(text: str, item_id: int, person_id: int, known: Spared) -> str | None:
    """What the newest message says of its thread, as ``item.last_words`` keeps it."""
    from linkinbox.signals.closing import closer

    if closer(text) is None:
        return None
    return "overruled" if item_id in known.items or person_id in known.people else "closing"


# The owner wrote, and the other wrote last.
_TEXTS = """SELECT i.id, i.person_id, m.text FROM item i JOIN message m ON m.id = i.message_id
    WHERE i.id IN ({}) AND i.kind = 'conversation' AND i.replied_at < i.at"""


def read_all_last_words(conn: sqlite3.Connection) -> None:
    """Look at the newest message of every thread in which the other wrote last."""
    read_last_words(conn, [id_ for (id_,) in conn.execute("SELECT id FROM item WHERE kind = 'conversation'")])


def read_last_words(conn: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Look at the newest message of each of these items, and keep what it says."""
    known = spared(conn)
    said = {id_: last_words(text, id_, who, known) for id_, who, text in select_in(conn, _TEXTS, ids)}
    told = [(said.get(id_), id_) for id_ in ids]
    conn.executemany("UPDATE item SET last_words = ?1 WHERE id = ?2 AND last_words IS NOT ?1", told)


def spare_anew(conn: sqlite3.Connection, people: Sequence[int]) -> None:
    """Bring the last words of people's threads in line with what was said of the rule."""
    known = spared(conn)
    closing = "SELECT id, person_id FROM item WHERE person_id IN ({}) AND last_words IS NOT NULL"
    told = [
        ("overruled" if id_ in known.items or who in known.people else "closing", id_)
        for id_, who in select_in(conn, closing, people)
    ]
    conn.executemany("UPDATE item SET last_words = ?1 WHERE id = ?2 AND last_words != ?1", told)


def closers_count(conn: sqlite3.Connection) -> bool:
    """Whether the rule counts: neither switched off, nor silent by itself."""
    said = conn.execute(
        """SELECT (SELECT holds FROM overruled WHERE scope = 'rule' AND rule = ?1 ORDER BY seq DESC LIMIT 1),
           (SELECT overruled FROM rule_tally WHERE rule = ?1)""",
        (_CLOSER,),
    ).fetchone()
    if said[0] is not None or not said[1]:
        return not said[0]
    from linkinbox.store.overrules import said_of_rules  # with the rules: not for a start at which nobody overruled

    return said_of_rules(conn)[_CLOSER].scope is None
