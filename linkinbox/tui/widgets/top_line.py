"""The topmost line: what waits, and how old the data are; what matters least goes first as the window narrows.

Before all else stands that nothing can be decided, where that is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from linkinbox.model import Counts, View
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.lines import OneLine
from linkinbox.tui.widgets.painting import EMPTY, Ink, Line, cells, cut
from linkinbox.words.day_words import data_age

_LEAST = 10  # cells in which how many are new can still be told


class TopLine(OneLine):
    """What waits, and how old the data are; before all else, that nothing can be decided."""

    _counts: Counts | None = None
    _read_only = SafeText("")
    marked = SafeText("")

    def show_marked(self, words: SafeText) -> None:
        """Show how many items are marked."""
        self.marked = words
        self.repaint_line()

    def show(self, counts: Counts, *, now: datetime, read_only: str = "") -> None:
        """Show ``counts`` as of ``now``, and why they can only be read, if so."""
        self._counts, self._now = counts, now
        self._read_only = safe_text(read_only)
        self.repaint_line()

    def line(self, width: int) -> Line:
        """Return the program's name where there is room, what waits, and the age of the data."""
        if self._counts is None:
            return EMPTY
        notice = self._notice(width - 2)
        waiting, data = _fitting(self._counts, self._now, width - 2 - cells(notice))
        name = "linkinbox".ljust(30) if width >= 120 else ""
        room = width - 2 - cells(waiting) - cells(data) - cells(notice)
        if notice or room <= cells(name):
            name = ""
        gap = " " * max(0, room - cells(name))
        lead = (SafeText(f" {notice}"), Ink.FLAG) if notice else (SafeText(f" {name}"), Ink.MUTED)
        return lead, (waiting, Ink.TEXT), (SafeText(gap + data), Ink.MUTED)

    def _notice(self, room: int) -> SafeText:
        marked = SafeText(f"{self.marked}   " if self.marked else "")
        if not self._read_only:
            return marked
        in_full = SafeText(f"{marked}read-only: {self._read_only}   ")
        return in_full if cells(in_full) + _LEAST <= room else SafeText(f"{marked}read-only  ")


class _Waits(NamedTuple):
    """Something that waits; what has the lowest rank goes first."""

    rank: int
    number: int
    words: str
    fewer: str


def _waiting(counts: Counts) -> list[_Waits]:
    calls = counts[View.CALLS] - counts.calls_due  # still to come, as on the page of today
    told = (
        _Waits(6, counts[View.NEW], "new", "new"),
        _Waits(5, counts.calls_due, "calls to record" if counts.calls_due > 1 else "call to record", "to record"),
        _Waits(2, counts.due, "back from hold", "back"),
        _Waits(1, calls, "calls" if calls > 1 else "call", "calls" if calls > 1 else "call"),
        _Waits(3, counts[View.TO_REPLY], "to reply", "to reply"),
        _Waits(4, counts[View.TO_ACCEPT], "to carry out", "to carry out"),
    )
    return [one for one in told if one.number or one.rank == 6]


def _fitting(counts: Counts, now: datetime, room: int) -> tuple[SafeText, SafeText]:
    """Return the most that can be told in ``room`` cells: what waits, and how old the data are."""
    for waiting, data in _ever_shorter(_waiting(counts), counts.as_of, now):
        if cells(waiting) + 2 + cells(data) <= room:
            return waiting, data
    return cut(SafeText(f"{counts[View.NEW]:,} new"), room), SafeText("")


def _ever_shorter(waiting: list[_Waits], as_of: datetime | None, now: datetime) -> Iterator[tuple[SafeText, SafeText]]:
    full, short = data_age(as_of, now)
    in_full = _joined(f"{one.number:,} {one.words}" for one in waiting)
    yield in_full, full
    yield in_full, short
    for rank in range(1, 7):
        yield _joined(f"{one.number:,} {one.fewer}" for one in waiting if one.rank >= rank), short


def _joined(parts: Iterable[str]) -> SafeText:
    return SafeText(f" {marks().dot} ".join(parts))
