"""Where a plain sweep stands in what it goes through."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from linkinbox.model import Change, Row
from linkinbox.sitting import Sitting

_PAGE = 100  # items read at once


class Course:
    """The item that is asked about, among those of a view as it was opened.

    Args:
        sitting: what is shown.
    """

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._mine: set[int] = set()  # decided here: passed without a word
        self.at = 0

    def begin(self, limit: int | None = None) -> None:
        """Begin with the first item of what is shown now; all that a search finds is found before."""
        while self._sitting.words and self._sitting.ids.fill():
            pass
        if limit is not None:
            self._sitting.keep_first(limit)
        self.at = 0

    def __len__(self) -> int:
        return len(self._sitting.ids)

    @property
    def row(self) -> Row | None:
        """The item as it stands now; None at the end."""
        return next(iter(self._sitting.inbox.rows(self._sitting.ids[self.at : self.at + 1])), None)

    def pass_decided(self) -> list[Row]:
        """Go on to the first item, from here on, that waits; returns those on the way that others decided."""
        passed: list[Row] = []
        for at, id_, row in self._rows():
            self.at = at
            if row and self._sitting.holds(row):
                return passed
            if row and id_ not in self._mine:
                passed.append(row)
        self.at = len(self)
        return passed

    def targets(self, count: int) -> list[int]:
        """The item here, and as many of those behind it that wait as a count asks for."""
        here = self._sitting.ids[self.at : self.at + 1]
        waiting = (id_ for _, id_, row in self._rows() if row and id_ not in here and self._sitting.holds(row))
        return [*here, *islice(waiting, count - 1)]

    def _rows(self) -> Iterator[tuple[int, int, Row | None]]:
        """Places, ids and items from here on."""
        start = self.at
        while ids := self._sitting.ids[start : start + _PAGE]:
            rows = {row.id: row for row in self._sitting.inbox.rows(ids)}
            yield from ((start + number, id_, rows.get(id_)) for number, id_ in enumerate(ids))
            start += _PAGE

    def take(self, change: Change) -> None:
        """Remember what was decided here."""
        self._mine.update(change.ids)

    def pass_by(self, change: Change) -> None:
        """Go on behind those, from here on, that were decided."""
        decided, here = set(change.ids), self._sitting.ids[self.at : self.at + len(change.ids)]
        self.at += next((count for count, id_ in enumerate(here) if id_ not in decided), len(here))

    def return_to(self, change: Change) -> bool:
        """Go back to what was taken back or done again; False: it is not among these."""
        try:
            self.at = self._sitting.ids.index(change.ids[0])
        except (ValueError, IndexError):
            return False
        return True

    def move(self, to: int) -> bool:
        """Go to a place as far as there is one; False: that is where it was."""
        before, self.at = self.at, min(max(0, to), len(self))
        return self.at != before
