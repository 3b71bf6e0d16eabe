"""Tags on items: derived from the journal, and read by the item and by the tag."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from linkinbox.store.sql import select_in

TAGS = "(SELECT group_concat(tag, ' ') FROM item_tag WHERE item_id = i.id)"  # of an item, as a column; in no order
_OF_ITEMS = "SELECT item_id, tag FROM item_tag WHERE item_id IN ({})"
_COUNTS = "SELECT tag, count(*) FROM item_tag GROUP BY tag ORDER BY 2 DESC, 1"


class TagCount(NamedTuple):
    """A tag, and how many items have it."""

    tag: str
    items: int


def tags_of(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The tags of items, by the alphabet; items without any are left out."""
    tags: dict[int, tuple[str, ...]] = {}
    for id_, tag in sorted(select_in(conn, _OF_ITEMS, ids)):
        tags[id_] = (*tags.get(id_, ()), tag)
    return tags


def read_tags(conn: sqlite3.Connection) -> list[TagCount]:
    """Every tag that an item has, the most used first."""
    return [TagCount(*row) for row in conn.execute(_COUNTS)]


def tagged_so(conn: sqlite3.Connection, ids: Sequence[int], payload: Mapping[str, Sequence[str]]) -> set[int]:
    """The items on which a tagging, as the journal keeps it, changes nothing."""
    add, drop, kept = {*payload.get("add", ())}, {*payload.get("drop", ())}, tags_of(conn, ids)
    return {id_ for id_ in ids if add.issubset(kept.get(id_, ())) and drop.isdisjoint(kept.get(id_, ()))}


def restand(conn: sqlite3.Connection, wanted: Mapping[int, Iterable[str]]) -> None:
    """Bring the tags of items in line with what their entries say."""
    stands = {(tag, id_) for id_, tags in wanted.items() for tag in tags}
    kept = {(tag, id_) for id_, tag in select_in(conn, _OF_ITEMS, [*wanted])}
    conn.executemany("DELETE FROM item_tag WHERE tag = ? AND item_id = ?", sorted(kept - stands))
    conn.executemany("INSERT INTO item_tag VALUES (?, ?)", sorted(stands - kept))


def tagged_in(conn: sqlite3.Connection, batch: str) -> str:
    """Which tags an act put on and took away: ``#reefer, no longer #cold``."""
    from linkinbox.tags import tagging_words

    said = "SELECT payload FROM journal WHERE batch = ? ORDER BY seq LIMIT 1"
    row = conn.execute(said, (batch,)).fetchone()
    payload = json.loads(row[0]) if row else {}
    return tagging_words(payload.get("add", ()), payload.get("drop", ()))
