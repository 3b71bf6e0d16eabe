"""Items that are alike: with at most one plain decision on them, and the same facts but for the times.

What a fold makes of one of them holds for all. Of a hundred thousand items that are junked at once there are a dozen
kinds: so the fold is asked a dozen times, and a statement writes all of a kind.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

from linkinbox.model import Verb
from linkinbox.standing import Entry, Facts, Standing, fold
from linkinbox.store.sql import chunks, select_in

_AT = "@"  # stands for the time of an item's newest message, between ``_BEFORE`` and ``_AFTER``
_BEFORE, _AFTER = "!", "A"
_REPLIED = {None: None, -1: _BEFORE, 0: _AT, 1: _AFTER}
_PLAIN = {Verb.ACCEPT.value, Verb.JUNK.value, Verb.DONE.value, Verb.HOLD.value}
_ELSEWHERE = ("note", "reason", "call", "raised", "second_look", "item_tag")  # tables of what more was said of an item
_NOTHING_MORE = " AND ".join(f"NOT EXISTS (SELECT 1 FROM {table} WHERE item_id = i.id)" for table in _ELSEWHERE)
_ITEMS = f"""SELECT i.id, i.person_id, i.kind, i.connected,
      CASE WHEN i.replied_at < i.at THEN -1 WHEN i.replied_at = i.at THEN 0 WHEN i.replied_at > i.at THEN 1 END,
      (SELECT size > 1 FROM batch WHERE id = j.batch), j.seq, j.at, j.action, replace(j.payload, i.at, '{_AT}')
    FROM item i LEFT JOIN journal j
      ON j.item_uid = i.uid AND EXISTS (SELECT 1 FROM batch WHERE id = j.batch AND undone = 0)
    WHERE i.id IN ({{}}) AND i.at IS NOT NULL AND {_NOTHING_MORE}"""


class Kind(NamedTuple):
    """What items have in common, but for their times."""

    kind: str
    connected: bool | None
    replied: int | None  # the owner wrote before (-1), with or after (1) the newest message, or never
    action: str = ""
    payload: str = "{}"

    def folded(self) -> tuple[Facts, Standing]:
        """An item of this kind, ``_AT`` for the time of its newest message."""
        entries = [Entry(0, "", "", self.action, json.loads(self.payload), bulk=False)] if self.action else []
        return Facts(self.kind, _AT, _REPLIED[self.replied], self.connected), fold(entries)

    @property
    def is_plain(self) -> bool:
        """Nothing but a time to hold until was said, on what is still the newest message."""
        if not self.action:
            return True
        said: dict[str, Any] = json.loads(self.payload)
        return said.pop("seen", None) == _AT and said.keys() <= {"until"} and _AT not in said.get("until", "")


class Alike(NamedTuple):
    """Items by their kinds; those that are of none are left out.

    Args:
        kinds: items by kind.
        entries: of each the entry that handles it.
        people: whose they are.
    """

    kinds: dict[Kind, list[int]]
    entries: dict[int, Entry | None]
    people: list[int]


def read_alike(conn: sqlite3.Connection, ids: Sequence[int]) -> Alike:
    """Sort items by their kinds."""
    found: dict[int, tuple[Kind, Entry | None, int]] = {}
    others: set[int] = set()
    for id_, person, kind, connected, replied, bulk, seq, at, action, payload in select_in(conn, _ITEMS, ids):
        if seq is None:
            found[id_] = Kind(kind, connected, replied), None, person
        elif action not in _PLAIN or id_ in found:
            others.add(id_)
        else:
            entry = Entry(seq, "", at, action, {}, bool(bulk)) if action != Verb.HOLD else None
            found[id_] = Kind(kind, connected, replied, action, payload), entry, person
    return _sorted(found, others)


def _sorted(found: dict[int, tuple[Kind, Entry | None, int]], others: set[int]) -> Alike:
    kinds: defaultdict[Kind, list[int]] = defaultdict(list)
    for id_, (kind, _, _) in found.items():
        if id_ not in others:
            kinds[kind].append(id_)
    plain = {kind: same for kind, same in kinds.items() if kind.is_plain}
    entries = {id_: found[id_][1] for same in plain.values() for id_ in same}
    return Alike(plain, entries, [found[id_][2] for id_ in entries])


def write_alike(
    conn: sqlite3.Connection, names: Sequence[str], values: Sequence[str | int | None], ids: Sequence[int]
) -> None:
    """Write the columns of items, where they are others so far; in the place of ``_AT`` each has its own time."""
    terms = ["at" if value == _AT else "?" for value in values]
    bound = [value for value in values if value != _AT]
    told = ", ".join(f"{name} = {term}" for name, term in zip(names, terms, strict=True))
    differs = " OR ".join(f"{name} IS NOT {term}" for name, term in zip(names, terms, strict=True))
    for chunk in chunks(ids):
        sql = f"UPDATE item SET {told} WHERE id IN ({','.join('?' * len(chunk))}) AND ({differs})"
        conn.execute(sql, [*chain(bound, chunk, bound)])
