"""The path to gold, read from its counters: costs nothing of the decisions, and a figure of each contact."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from linkinbox.model import Entry, Path, Stretch
from linkinbox.store.cards import read_between
from linkinbox.store.pages import PERSON_COLUMNS, person_of
from linkinbox.store.times import from_text

_GOLDS = f"""SELECT g.junk, g.junk_bulk, g.accepted, g.done, g.decided_at, g.outcome, g.outcome_at, i.id, i.uid,
    {PERSON_COLUMNS} FROM gold g JOIN item i ON i.id = g.item_id JOIN person p ON p.id = g.person_id
    WHERE g.decided_seq IS NOT NULL ORDER BY g.decided_seq DESC LIMIT ?"""
_BEFORE = "SELECT {} FROM gold WHERE decided_seq IS NOT NULL ORDER BY decided_seq DESC LIMIT ? OFFSET ?"
ALL = -1  # as SQLite's LIMIT has it


def read_path(conn: sqlite3.Connection, newest: int = ALL) -> Path:
    """The open path and those behind it; of all but the ``newest`` only their junk."""
    older = [] if newest == ALL else conn.execute(_BEFORE.format("junk"), (ALL, newest)).fetchall()
    began = _decided_before(conn, newest) if older else _first_decided(conn)
    golds = []
    for record in reversed(conn.execute(_GOLDS, (newest,)).fetchall()):
        junk, bulk, accepted, done, decided, outcome, outcome_at, item_id, uid, *who = record
        gold = Stretch(
            junk, bulk, accepted, done, began, person_of(who), uid, item_id, from_text(decided), outcome,
            from_text(outcome_at),
        )  # fmt: skip
        golds.append(gold)
        began = gold.decided_at
    junk, bulk, accepted, done = conn.execute("SELECT junk, junk_bulk, accepted, done FROM open_path").fetchone()
    without = conn.execute("SELECT count(*) FROM gold WHERE decided_seq IS NULL").fetchone()[0]
    now = Stretch(junk, bulk, accepted, done, began)
    return Path(now, tuple(golds), without, tuple(count for (count,) in reversed(older)))


def _decided_before(conn: sqlite3.Connection, newest: int) -> datetime:
    """When the last contact before the newest ones was let in: their paths begin there."""
    return from_text(conn.execute(_BEFORE.format("decided_at"), (1, newest)).fetchone()[0])


def _first_decided(conn: sqlite3.Connection) -> datetime | None:
    row = conn.execute("SELECT at FROM handled ORDER BY seq LIMIT 1").fetchone()
    return from_text(row[0]) if row else None


def read_stretch(conn: sqlite3.Connection, stretch: Stretch, limit: int) -> list[Entry]:
    """The journal of one stretch, oldest first; the last ``limit`` entries of a longer one."""
    until = 2**62
    if stretch.person is not None:
        row = conn.execute("SELECT decided_seq FROM gold WHERE person_id = ?", (stretch.person.id,)).fetchone()
        until = row[0] if row and row[0] is not None else until
    after = conn.execute("SELECT max(decided_seq) FROM gold WHERE decided_seq < ?", (until,)).fetchone()[0]
    return read_between(conn, after or 0, until, limit)
