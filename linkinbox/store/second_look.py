"""The weekly second look: a few junked items, drawn by lot, and how many of them would be accepted now.

Drawn from what was junked before the week, by probes of an index: whatever the number of items, never by a scan.
The lot falls the same way all week in the same store, so a look that was interrupted goes on where it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from typing import NamedTuple

from linkinbox.errors import UsageError
from linkinbox.standing import Standing
from linkinbox.store.sql import select_in
from linkinbox.store.times import to_text

SHOWN = 5  # items a week
FEWEST = 10  # answers, under which a percentage would say nothing
_TRIES = 400  # draws that must fall on junk by themselves; where it is rarer, the next junk after each is taken


class SecondLook(NamedTuple):
    """The look of one week.

    Args:
        week: its name (ISO 8601, in UTC): ``2026-W48``.
        ids: what is still to be looked at.
        answered: how many of this week's were answered.
        looked: all that were ever answered.
        regretted: those of them that would have been accepted.
    """

    week: str
    ids: tuple[int, ...]
    answered: int
    looked: int
    regretted: int

    @property
    def is_due(self) -> bool:
        """There is something to look at, and no look was begun this week."""
        return bool(self.ids) and not self.answered

    @property
    def percent(self) -> int | None:
        """How many in a hundred would have been accepted; None under ten."""
        return round(100 * self.regretted / self.looked) if self.looked >= FEWEST else None

    @property
    def figures(self) -> str:
        """In words: "1 of 15 looked at again you would have accepted: 7 %"."""
        if not self.looked:
            return "Nothing was looked at again so far"
        share = f": {self.percent} %" if self.percent is not None else ""
        return f"{self.regretted:,} of {self.looked:,} looked at again you would have accepted{share}"


def read_second_look(conn: sqlite3.Connection, now: datetime) -> SecondLook:
    """What is to be looked at in the week of ``now``, and what looks came to so far."""
    week, begins = _week(now)
    answered = {id_ for (id_,) in conn.execute("SELECT item_id FROM second_look WHERE week = ?", (week,))}
    looked, regretted = conn.execute("SELECT count(*), coalesce(sum(accept), 0) FROM second_look").fetchone()
    ids: dict[int, None] = {}
    for id_ in _drawn(conn, week, _last_before(conn, to_text(begins))):
        if len(ids) + len(answered) >= SHOWN:
            break
        if id_ not in answered:
            ids[id_] = None
    return SecondLook(week, tuple(ids), len(answered), looked, regretted)


def _week(now: datetime) -> tuple[str, datetime]:
    year, number, day = now.isocalendar()
    return f"{year}-W{number:02}", datetime.combine(now.date() - timedelta(days=day - 1), time(), now.tzinfo)


def _last_before(conn: sqlite3.Connection, at: str) -> int:
    """The number of the last entry before a time: by halves, since no index knows the times of the journal."""
    low, high = 0, conn.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0]
    while low < high:
        middle = (low + high + 1) // 2
        said = conn.execute("SELECT at FROM journal WHERE seq <= ? ORDER BY seq DESC LIMIT 1", (middle,)).fetchone()
        low, high = (middle, high) if said is None or said[0] < at else (low, middle - 1)
    return int(low)


_EXACTLY = """SELECT h.item_id FROM handled h JOIN item i ON i.id = h.item_id
    WHERE h.verb = 'junk' AND h.bulk IN (0, 1) AND h.seq = ? AND i.at IS NOT NULL"""
_NEXT = """SELECT h.item_id FROM handled h JOIN item i ON i.id = h.item_id
    WHERE h.verb = 'junk' AND h.bulk = ? AND h.seq BETWEEN ? AND ? AND i.at IS NOT NULL ORDER BY h.seq LIMIT 1"""


def _drawn(conn: sqlite3.Connection, week: str, last: int) -> Iterator[int]:
    """Junk by lot, of that decided up to the entry ``last``; the same may come twice."""
    if not last:
        return
    device = conn.execute("SELECT value FROM meta WHERE name = 'device'").fetchone()
    lots = Random(f"{week} {device and device[0]}")  # noqa: S311 - a sample, no secret
    for _ in range(_TRIES):
        yield from (id_ for (id_,) in conn.execute(_EXACTLY, (lots.randint(1, last),)))
    for _ in range(SHOWN * 4):
        seq = lots.randint(1, last)
        for first, end in ((seq, last), (1, seq)):
            for bulk in (0, 1):
                yield from (id_ for (id_,) in conn.execute(_NEXT, (bulk, first, end)))


def restand_item(conn: sqlite3.Connection, id_: int, standing: Standing) -> None:
    """Bring what was said of an item in second looks in line with its entries."""
    conn.execute("DELETE FROM second_look WHERE item_id = ?", (id_,))
    conn.executemany(
        "INSERT INTO second_look VALUES (?, ?, ?, ?)",
        [(entry.seq, id_, week, int(bool(entry.payload["accept"]))) for week, entry in standing.looks.items()],
    )


def refuse(conn: sqlite3.Connection, uids: list[str]) -> None:
    """Refuse a second look at what is no junk.

    Raises:
        UsageError: an item is none.
    """
    junk = {uid for (uid,) in select_in(conn, "SELECT uid FROM item WHERE uid IN ({}) AND state = 'junk'", uids)}
    if len(junk) < len(uids):
        msg = "Only junk is given a second look"
        raise UsageError(msg)
