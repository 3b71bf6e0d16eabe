"""Where a plain sweep stands in what it goes through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from linkinbox.actions import BY_VERB
from linkinbox.model import Change, Row
from linkinbox.sitting import Sitting

_PAGE, _LARGEST_PAGE = 100, 25_600  # items read at once


class Course:
    """The item that is asked about, among those of a view as it was opened.

    Args:
        sitting: what is shown.
    """

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._decided: set[int] = set()  # here, since a view was opened: passed without a word
        self.at = 0

    def begin(self, limit: int | None = None) -> None:
        """Begin with the first item of what is shown now; all that a search finds is found before."""
        if not self._sitting.words:
            self._decided.clear()
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
        while ids := self._sitting.ids[self.at : self.at + _PAGE]:
            rows = {row.id: row for row in self._sitting.inbox.rows([id_ for id_ in ids if not self._is_decided(id_)])}
            for id_ in ids:
                row = rows.get(id_)
                if row and self._sitting.holds(row):
                    return passed
                passed += [row] if row else []
                self.at += 1
        self.at = len(self)
        return passed

    def _is_decided(self, id_: int) -> bool:
        """Whether an item was decided here, also one that is still of the view: a message that is to be answered."""
        return id_ in self._decided or id_ in self._sitting.shown.gone

    def targets(self, count: int) -> list[int]:
        """The item here, and as many of those behind it that wait as a count asks for."""
        here = self._sitting.ids[self.at : self.at + 1]
        return [*here, *islice(self._waiting(self.at + 1, len(self)), count - 1)]

    def waiting(self, first: int, last: int) -> list[int]:
        """The items from one place to another, both of them too, that wait."""
        return list(self._waiting(first, last + 1))

    def _waiting(self, start: int, stop: int) -> Iterator[int]:
        page = _PAGE
        while start < stop and (ids := self._sitting.ids[start : min(stop, start + page)]):
            held = self._sitting.inbox.within(self._sitting.view, ids)
            yield from (id_ for id_ in ids if id_ in held and not self._is_decided(id_))
            start += page
            page = min(2 * page, _LARGEST_PAGE)

    def take(self, change: Change) -> None:
        """Remember what was decided here, and what was taken back."""
        if change.undone:
            self._decided.difference_update(change.ids)
        elif (action := BY_VERB.get(change.verb)) and action.advances:
            self._decided.update(change.ids)

    def go_behind(self, id_: int) -> None:
        """Go on behind an item."""
        self.at = self._sitting.ids.index(id_, self.at) + 1

    def pass_by(self, ids: Sequence[int]) -> None:
        """Go on behind those, from here on, that were decided on."""
        decided, here = set(ids), self._sitting.ids[self.at : self.at + len(ids)]
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
