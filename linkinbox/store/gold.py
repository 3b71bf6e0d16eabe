"""The counters behind the path to gold: one row a valuable contact, one for the open path.

Reading them costs the number of contacts, never the number of decisions; `linkinbox.path` says what they
must equal.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from linkinbox.path import Figures, column
from linkinbox.standing import GoldVote, gold_of
from linkinbox.store.journal import standing_entries

_FIGURES = ", ".join(Figures._fields)
_ADD = ", ".join(f"{name} = {name} + ?" for name in Figures._fields)


def handle(conn: sqlite3.Connection, item_id: int, decision: tuple[int, str, bool, str] | None) -> None:
    """Make (seq, verb, bulk, at) the item's handling decision, or None; the counters follow."""
    before = conn.execute("SELECT seq, verb, bulk FROM handled WHERE item_id = ?", (item_id,)).fetchone()
    if before == (decision[:3] if decision else None):
        return
    if before:
        conn.execute("DELETE FROM handled WHERE item_id = ?", (item_id,))
        _count(conn, *before, step=-1)
    if decision:
        conn.execute("INSERT INTO handled VALUES (?, ?, ?, ?, ?)", (item_id, *decision))
        _count(conn, *decision[:3], step=1)


def _count(conn: sqlite3.Connection, seq: int, verb: str, bulk: int, *, step: int) -> None:
    figures = Figures(**{column(verb, bulk=bool(bulk)): step})
    _add(conn, _next_gold(conn, seq), figures)


def _next_gold(conn: sqlite3.Connection, seq: int) -> int | None:
    """The contact on whose path a decision lies; None: the open path."""
    row = conn.execute(
        "SELECT person_id FROM gold WHERE decided_seq >= ? ORDER BY decided_seq LIMIT 1", (seq,)
    ).fetchone()
    return row[0] if row else None


def _add(conn: sqlite3.Connection, person_id: int | None, figures: Sequence[int]) -> None:
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
        _add(conn, _next_gold(conn, row[0]), row[1:])


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
    following = _next_gold(conn, seq)
    after = _between(conn, seq, following)
    where, values = ("open_path", ()) if following is None else ("gold WHERE person_id = ?", (following,))
    whole = conn.execute(f"SELECT {_FIGURES} FROM {where}", values).fetchone()
    mine = [all_ - later for all_, later in zip(whole, after, strict=True)]
    _add(conn, following, [-count for count in mine])
    conn.execute(
        f"INSERT INTO gold (person_id, outcome, outcome_at, marked_id, item_id, decided_seq, decided_at, {_FIGURES})"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (person_id, vote.outcome, vote.at, marked_id, item_id, seq, at, *mine),
    )


def _between(conn: sqlite3.Connection, seq: int, following: int | None) -> Figures:
    """What was handled after ``seq``, up to the decision of the following contact."""
    end = 2**62
    if following is not None:
        end = conn.execute("SELECT decided_seq FROM gold WHERE person_id = ?", (following,)).fetchone()[0]
    counts = dict.fromkeys(Figures._fields, 0)
    for verb, bulk, n in conn.execute(
        "SELECT verb, bulk, count(*) FROM handled WHERE seq > ? AND seq <= ? GROUP BY verb, bulk", (seq, end)
    ):
        counts[column(verb, bulk=bool(bulk))] += n
    return Figures(**counts)
