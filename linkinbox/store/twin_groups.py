"""Groups of near-identical texts, read for people: who sent them, where each stands, and the words that differ."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from linkinbox.alike import LEAST, READ, differing, words_of
from linkinbox.model import Row, State
from linkinbox.store.sql import select_in
from linkinbox.store.twins import FIRST_TEXT
from linkinbox.twins import Twin, TwinGroup

COMPARED = 40  # texts of a group, a tenth of a millisecond each: who reads on knows by then how they differ
DIFFERS = 8  # pieces that are named of a group
PIECE = 60  # letters of each

# By the index of groups with several people: a few thousand at a million items. The new ones are counted only if asked.
_LARGEST = """SELECT id FROM twins g WHERE people > 1 AND (?1 = 0 OR ?1 <= (
    SELECT count(*) FROM twin t CROSS JOIN item i ON i.id = t.item_id WHERE t.twins_id = g.id AND i.state = 'new'))
    ORDER BY people DESC, id"""
_GROUP_OF = "SELECT t.twins_id FROM twin t JOIN twins g ON g.id = t.twins_id WHERE t.item_id = ? AND g.people > 1"
_TWINS = """SELECT i.id, p.id, p.name, i.state FROM twin t JOIN item i ON i.id = t.item_id
    JOIN person p ON p.id = i.person_id WHERE t.twins_id = ? AND i.at IS NOT NULL ORDER BY i.at DESC, i.id DESC"""
_TEXTS = f"""SELECT i.id, substr(m.text, 1, {READ}) FROM item i JOIN message m ON m.id = {FIRST_TEXT}
    WHERE i.id IN ({{}})"""


def read_groups(conn: sqlite3.Connection, least_new: int) -> Iterator[TwinGroup]:
    """The groups of most people first, of those with enough new items; each is read when it is asked for."""
    for (id_,) in conn.execute(_LARGEST, (least_new,)).fetchall():
        if group := _read_group(conn, id_):
            yield group


def read_group_of(conn: sqlite3.Connection, item_id: int) -> TwinGroup | None:
    """The group of an item, compared with its text; None: it has no twin."""
    row = conn.execute(_GROUP_OF, (item_id,)).fetchone()
    return _read_group(conn, row[0], item_id) if row else None


def is_too_short(row: Row) -> bool:
    """Whether an item has too few words to be compared: others may have written the same."""
    return row.messages == 1 and len(words_of(row.text, row.person.name)) < LEAST


def _read_group(conn: sqlite3.Connection, group: int, compared_with: int | None = None) -> TwinGroup | None:
    rows = conn.execute(_TWINS, (group,))
    twins = [Twin(id_, person, name, State(state)) for id_, person, name, state in rows]
    if not twins:
        return None
    sample = next((twin for twin in twins if twin.id == compared_with), twins[0])
    first = twins[:COMPARED]
    texts: dict[int, str] = dict(select_in(conn, _TEXTS, [sample.id, *(twin.id for twin in first)]))
    pairs = [_differing(sample.name, texts.get(sample.id, ""), twin.name, texts.get(twin.id, "")) for twin in first]
    told = [twin._replace(differs=theirs) for twin, (_, theirs) in zip(first, pairs, strict=True)]
    return TwinGroup((*told, *twins[COMPARED:]), texts.get(sample.id, ""), _first_few(pairs))


def _differing(my_name: str, mine: str, their_name: str, theirs: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that only one text has, and those that only the other has; what they are called is no difference."""
    pairs = differing(mine, theirs) if mine != theirs else []
    only_mine = (_telling(words, my_name) for words, _ in pairs)
    only_theirs = (_telling(words, their_name) for _, words in pairs)
    return tuple(filter(None, only_mine)), tuple(filter(None, only_theirs))


def _telling(words: str, name: str) -> str:
    piece = words.strip(" \t,.;:!?()\"'-–—")
    if not piece or not {*piece.casefold().split()} - {*name.casefold().split()}:
        return ""
    return piece if len(piece) <= PIECE else f"{piece[: PIECE - 1].rstrip()}…"


def _first_few(pairs: Iterable[Sequence[Sequence[str]]]) -> tuple[str, ...]:
    pieces = dict.fromkeys(piece for pair in pairs for words in pair for piece in words)
    return tuple(pieces)[:DIFFERS]
