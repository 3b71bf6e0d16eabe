"""The counters behind the path to gold: one row a valuable contact, one for the open path.

Reading them costs the number of contacts, never the number of decisions; `linkinbox.path` says what they
must equal.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from linkinbox.path import Figures, column
from linkinbox.standing import GoldVote, gold_of
from linkinbox.store.journal import standing_entries
from linkinbox.store.sql import select_in, write_in, write_rows

_NO_END = 2**62
_FIGURES = ", ".join(Figures._fields)
_ADD = ", ".join(f"{name} = {name} + ?" for name in Figures._fields)


class Handling(NamedTuple):
    """The decision that handled an item: the number of its entry, what it was, whether in bulk, and when."""

    seq: int
    verb: str
    bulk: int
    at: str


def handle(conn: sqlite3.Connection, handled: Mapping[int, Handling | None]) -> None:
    """Make these the decisions that handled the items; the counters follow, a statement for each path."""
    kept = "SELECT item_id, seq, verb, bulk FROM handled WHERE item_id IN ({})"
    before = {id_: tuple(row) for id_, *row in select_in(conn, kept, [*handled])}
    changed = {id_: new for id_, new in handled.items() if before.get(id_) != (new[:3] if new else None)}
    gone = [id_ for id_ in changed if id_ in before]
    write_in(conn, "DELETE FROM handled WHERE item_id IN ({})", gone)
    fresh = {id_: new for id_, new in changed.items() if new}
    write_rows(conn, "INSERT INTO handled VALUES {}", [(id_, *new) for id_, new in fresh.items()])
    steps = [(*before[id_], -1) for id_ in gone] + [(*new[:3], 1) for new in fresh.values()]
    _count(conn, sorted(steps))


def _count(conn: sqlite3.Connection, steps: Iterable[tuple[int, str, int, int]]) -> None:
    """Count (seq, verb, bulk, step) in the order of their numbers: those up to the next contact lie on one path."""
    figures = dict.fromkeys(Figures._fields, 0)
    person, until = None, -1
    for seq, verb, bulk, step in steps:
        if seq > until:
            _add(conn, person, [*figures.values()])
            figures = dict.fromkeys(Figures._fields, 0)
            person, until = _next_gold(conn, seq)
        figures[column(verb, bulk=bool(bulk))] += step
    _add(conn, person, [*figures.values()])


def _next_gold(conn: sqlite3.Connection, seq: int) -> tuple[int | None, int]:
    """The contact on whose path a decision lies, and the number up to which it goes; None: the open path."""
    row = conn.execute(
        "SELECT person_id, decided_seq FROM gold WHERE decided_seq >= ? ORDER BY decided_seq LIMIT 1", (seq,)
    ).fetchone()
    return row or (None, _NO_END)


def _add(conn: sqlite3.Connection, person_id: int | None, figures: Sequence[int]) -> None:
    if not any(figures):
        return
    if person_id is None:
        conn.execute(f"UPDATE open_path SET {_ADD}", figures)
    else:
        conn.execute(f"UPDATE gold SET {_ADD} WHERE person_id = ?", (*figures, person_id))


def regold(conn: sqlite3.Connection, person_id: int) -> None:
    """Bring a person's standing as a valuable contact in line with the journal and the handled items."""
    _close_path(conn, person_id)
    items = conn.execute("SELECT id, uid FROM item WHERE person_id = ? ORDER BY id", (person_id,)).fetchall()
    by_item = standing_entries(conn, [uid for _, uid in items])
    entries = sorted((entry for some in by_item.values() for entry in some), key=lambda entry: entry.seq)
    vote = gold_of(entries)
    if vote:
        marked = next(id_ for id_, uid in items if vote.entry in by_item[uid])
        _open_path(conn, person_id, vote, marked)
    conn.execute("UPDATE item SET gold = ? WHERE person_id = ? AND gold != ?", (bool(vote), person_id, bool(vote)))


def _close_path(conn: sqlite3.Connection, person_id: int) -> None:
    """Take the contact out; what was handled on its path belongs to the next one's."""
    row = conn.execute(f"SELECT decided_seq, {_FIGURES} FROM gold WHERE person_id = ?", (person_id,)).fetchone()
    conn.execute("DELETE FROM gold WHERE person_id = ?", (person_id,))
    if row and row[0] is not None:
        _add(conn, _next_gold(conn, row[0])[0], row[1:])


def _open_path(conn: sqlite3.Connection, person_id: int, vote: GoldVote, marked_id: int) -> None:
    """Put the contact in: its path is what was handled up to the decision that let it in.

    That is the person's first accept, else the first decision of another kind; without one there is no
    path. Counts the decisions after it up to the next contact (few: most are marked soon after).
    """
    let_in = conn.execute(
        """SELECT h.seq, h.at, h.item_id FROM item i JOIN handled h ON h.item_id = i.id WHERE i.person_id = ?
           ORDER BY h.verb != 'accept', h.seq LIMIT 1""",
        (person_id,),
    ).fetchone()
    if let_in is None:
        conn.execute(
            "INSERT INTO gold (person_id, outcome, outcome_at, marked_id, item_id) VALUES (?, ?, ?, ?, ?)",
            (person_id, vote.outcome, vote.at, marked_id, marked_id),
        )
        return
    seq, at, item_id = let_in
    following, until = _next_gold(conn, seq)
    after = _between(conn, seq, until)
    where, values = ("open_path", ()) if following is None else ("gold WHERE person_id = ?", (following,))
    whole = conn.execute(f"SELECT {_FIGURES} FROM {where}", values).fetchone()
    mine = [all_ - later for all_, later in zip(whole, after, strict=True)]
    _add(conn, following, [-count for count in mine])
    conn.execute(
        f"INSERT INTO gold (person_id, outcome, outcome_at, marked_id, item_id, decided_seq, decided_at, {_FIGURES})"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (person_id, vote.outcome, vote.at, marked_id, item_id, seq, at, *mine),
    )


def _between(conn: sqlite3.Connection, seq: int, until: int) -> Figures:
    """What was handled after ``seq``, up to ``until``."""
    counts = dict.fromkeys(Figures._fields, 0)
    for verb, bulk, n in conn.execute(
        "SELECT verb, bulk, count(*) FROM handled WHERE seq > ? AND seq <= ? GROUP BY verb, bulk", (seq, until)
    ):
        counts[column(verb, bulk=bool(bulk))] += n
    return Figures(**counts)
