"""Groups of near-identical texts from different senders: one leader each, found by its sketch.

Every note and every first message is compared with the leaders that share a hash of its sketch: it joins the one
it is like, or leads a group of its own. So a text costs some look-ups by key, whatever the number of items.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linkinbox.alike import ALIKE, READ, is_everybodys, likeness, runs_of, sketch_of, words_of
from linkinbox.store.sql import chunks, select_in

CANDIDATES = 32  # leaders a text is compared with; a hash that more of them share tells nothing
AT_ONCE = 4_000  # items
KEPT = 30_000  # leaders in memory, packed: some 400 bytes each, where a set of numbers has 4,000


# Counted anew where a text came in: a person's second text makes nobody a twin of others.
_COUNT = """INSERT OR REPLACE INTO twins (id, size, people)
    SELECT ?1, count(*), count(DISTINCT person_id) FROM twin WHERE twins_id = ?1"""
_LEADS = "INSERT OR IGNORE INTO twin SELECT id, id, person_id FROM item WHERE id = ?"


class Text(NamedTuple):
    """What a person wrote first: the text of an item by which it may be a twin of others."""

    item_id: int
    person_id: int
    name: str
    text: str


# The first message that came in; of a thread of one it is known, which saves half of the look-up.
FIRST_TEXT = """iif(i.messages = 1, i.message_id,
    (SELECT id FROM message WHERE item_id = i.id AND incoming = 1 ORDER BY at, id LIMIT 1))"""
_FIRST = f"""SELECT i.id, i.person_id, p.name, substr(m.text, 1, {READ}) FROM item i JOIN person p ON p.id = i.person_id
    JOIN message m ON m.id = {FIRST_TEXT} WHERE i.id IN ({{}}) AND i.at IS NOT NULL AND m.text != ''"""


class Groups:
    """Puts the texts of an import into groups. A text that is like no other leaves only its sketch.

    Args:
        conn: inside ``Store.write`` when it is called.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._leaders: dict[int, array[int]] = {}

    def add(self, item_ids: Sequence[int]) -> None:
        """Group items that are new; those without a telling text are like none."""
        for ids in chunks(item_ids, AT_ONCE):
            self._place(sorted(_texts(self._conn, ids)))

    def _place(self, texts: Sequence[Text]) -> None:
        """Group a chunk: what is known of its hashes is read at once, and what is new of it written at once."""
        all_runs = [runs_of(words_of(text.text, text.name)) for text in texts]
        telling = [(text, runs) for text, runs in zip(texts, all_runs, strict=True) if runs and not is_everybodys(runs)]
        sketches = [sketch_of(runs) for _, runs in telling]
        sharing = self._sharing({hash_ for sketch in sketches for hash_ in sketch})
        self._read_leaders({group for groups in sharing.values() for group in groups})
        joined: list[tuple[Text, int]] = []
        keys: list[tuple[int, int]] = []
        for (text, runs), sketch in zip(telling, sketches, strict=True):
            candidates = {group for hash_ in sketch for group in sharing.get(hash_, ())}
            if candidates and (group := self._alike(runs, candidates)) is not None:
                joined.append((text, group))
                continue
            self._leaders[text.item_id] = array("q", [*runs])  # of a list it is made four times as fast
            for hash_ in sketch:
                keys.append((hash_, text.item_id))
                if len(sharing[hash_]) < CANDIDATES:
                    sharing[hash_].append(text.item_id)
        self._write(joined, keys)

    def _sharing(self, hashes: set[int]) -> defaultdict[int, list[int]]:
        """The groups whose leaders have a hash; of one that too many share, a few."""
        sharing: defaultdict[int, list[int]] = defaultdict(list)
        for hash_, group in select_in(
            self._conn, "SELECT hash, twins_id FROM twins_key WHERE hash IN ({})", sorted(hashes)
        ):
            if len(sharing[hash_]) < CANDIDATES:
                sharing[hash_].append(group)
        return sharing

    def _alike(self, runs: frozenset[int], groups: set[int]) -> int | None:
        """The group whose leader is most like these runs; the oldest of several."""
        found = ((likeness(runs, self._leaders[group]), -group) for group in groups if group in self._leaders)
        best = max(found, default=(0.0, 0))
        return -best[1] if best[0] >= ALIKE else None

    def _read_leaders(self, groups: set[int]) -> None:
        """Bring those to mind that a chunk may be compared with; what it leads itself comes in as it goes."""
        if len(self._leaders) > KEPT:
            self._leaders = {group: runs for group, runs in self._leaders.items() if group in groups}
        for text in _texts(self._conn, groups - self._leaders.keys()):
            self._leaders[text.item_id] = array("q", [*runs_of(words_of(text.text, text.name))])

    def _write(self, joined: Sequence[tuple[Text, int]], keys: list[tuple[int, int]]) -> None:
        self._conn.executemany("INSERT INTO twins_key VALUES (?, ?)", sorted(keys))  # sorted: a page is met once
        groups = [(group,) for group in {group: None for _, group in joined}]
        self._conn.executemany(_LEADS, groups)
        members = [(text.item_id, group, text.person_id) for text, group in joined]
        self._conn.executemany("INSERT OR IGNORE INTO twin VALUES (?, ?, ?)", members)
        self._conn.executemany(_COUNT, groups)


def leave_groups(conn: sqlite3.Connection, item_ids: Sequence[int]) -> None:
    """Take items out of their groups; a group that one of them led takes in no more."""
    ids = [(id_,) for id_ in item_ids]
    groups = [(group,) for (group,) in select_in(conn, "SELECT twins_id FROM twin WHERE item_id IN ({})", item_ids)]
    conn.executemany("DELETE FROM twin WHERE item_id = ?", ids)
    conn.executemany("DELETE FROM twins_key WHERE twins_id = ?", ids)
    conn.executemany(_COUNT, groups)
    conn.execute("DELETE FROM twins WHERE size = 0")


def regroup(conn: sqlite3.Connection) -> None:
    """Make all groups anew."""
    for table in ("twin", "twins", "twins_key"):
        conn.execute(f"DELETE FROM {table}")
    Groups(conn).add([id_ for (id_,) in conn.execute("SELECT id FROM item WHERE at IS NOT NULL ORDER BY id")])


def _texts(conn: sqlite3.Connection, item_ids: Iterable[int]) -> Iterator[Text]:
    return (Text(*row) for row in select_in(conn, _FIRST, [*item_ids]))
