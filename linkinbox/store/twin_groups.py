"""Groups of near-identical texts, read for people: who sent them, where each stands, and the words that differ."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from linkinbox.alike import READ, differing
from linkinbox.model import State, Twin, TwinGroup

COMPARED = 40  # texts of a group, a tenth of a millisecond each: who reads on knows by then how they differ
DIFFERS = 8  # pieces that are named of a group
PIECE = 60  # letters of each

# By the index of groups with several people: a few thousand at a million items. The new ones are counted only if asked.
_LARGEST = """SELECT id FROM twins g WHERE people > 1 AND (?1 = 0 OR ?1 <= (
    SELECT count(*) FROM twin t JOIN item i ON i.id = t.item_id WHERE t.twins_id = g.id AND i.state = 'new'))
    ORDER BY people DESC, id LIMIT ?2"""
_GROUP_OF = "SELECT t.twins_id FROM twin t JOIN twins g ON g.id = t.twins_id WHERE t.item_id = ? AND g.people > 1"
_TWINS = f"""SELECT i.id, p.id, p.name, i.state, substr(m.text, 1, {READ}) FROM twin t
    JOIN item i ON i.id = t.item_id JOIN person p ON p.id = i.person_id
    JOIN message m ON m.id = (SELECT id FROM message WHERE item_id = i.id AND incoming = 1 ORDER BY at, id LIMIT 1)
    WHERE t.twins_id = ? AND i.at IS NOT NULL ORDER BY i.at DESC, i.id DESC"""


def read_groups(conn: sqlite3.Connection, limit: int, least_new: int) -> list[TwinGroup]:
    """The groups of most people, of those with enough new items."""
    groups = [id_ for (id_,) in conn.execute(_LARGEST, (least_new, limit)).fetchall()]
    return [group for id_ in groups if (group := _read_group(conn, id_))]


def read_group_of(conn: sqlite3.Connection, item_id: int) -> TwinGroup | None:
    """The group of an item, compared with its text; None: it has no twin."""
    row = conn.execute(_GROUP_OF, (item_id,)).fetchone()
    return _read_group(conn, row[0], item_id) if row else None


def _read_group(conn: sqlite3.Connection, group: int, compared_with: int | None = None) -> TwinGroup | None:
    rows = conn.execute(_TWINS, (group,))
    twins = [Twin(id_, person, name, State(state), text) for id_, person, name, state, text in rows]
    if not twins:
        return None
    sample = next((twin for twin in twins if twin.id == compared_with), twins[0])
    pairs = [_differing(sample, twin) for twin in twins[:COMPARED]]
    told = [twin._replace(differs=theirs) for twin, (_, theirs) in zip(twins, pairs, strict=False)]
    return TwinGroup((*told, *twins[COMPARED:]), sample.text, _first_few(pairs))


def _differing(sample: Twin, twin: Twin) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that only the sample has, and those that only the other has; what they are called is no difference."""
    pairs = differing(sample.text, twin.text) if sample.text != twin.text else []
    mine = (_telling(words, sample.name) for words, _ in pairs)
    theirs = (_telling(words, twin.name) for _, words in pairs)
    return tuple(filter(None, mine)), tuple(filter(None, theirs))


def _telling(words: str, name: str) -> str:
    piece = words.strip(" \t,.;:!?()\"'-–—")
    if not piece or not {*piece.casefold().split()} - {*name.casefold().split()}:
        return ""
    return piece if len(piece) <= PIECE else f"{piece[: PIECE - 1].rstrip()}…"


def _first_few(pairs: Iterable[Sequence[Sequence[str]]]) -> tuple[str, ...]:
    pieces = dict.fromkeys(piece for pair in pairs for words in pair for piece in words)
    return tuple(pieces)[:DIFFERS]
