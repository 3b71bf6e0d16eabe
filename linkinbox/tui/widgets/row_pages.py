"""Rows of a long list, read by the page as they come into sight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from textual.cache import LRUCache

from linkinbox.model import Row

PAGE = 48  # rows read at once: more than most windows show
PAGES_KEPT = 10  # 480 rows held, however long the list


class RowPages:
    """The rows of ids.

    Args:
        rows_of: reads the rows of a few ids, in their order.
    """

    def __init__(self, rows_of: Callable[[Sequence[int]], list[Row]]) -> None:
        self.ids: Sequence[int] = ()
        self._rows_of = rows_of
        self._kept: LRUCache[int, list[Row]] = LRUCache(PAGES_KEPT)

    @property
    def held(self) -> int:
        """How many rows are held."""
        return sum(len(self._kept[number]) for number in list(self._kept.keys()))

    def show(self, ids: Sequence[int]) -> None:
        """Take other ids."""
        self.ids = ids
        self.forget()

    def forget(self) -> None:
        """Read all anew when it is asked for."""
        self._kept.clear()

    def grown(self, first: int) -> None:
        """Take note that there are more ids, from the index ``first`` on."""
        self._kept.discard(first // PAGE)

    def row(self, index: int) -> Row:
        """The row of the id at an index."""
        number, place = divmod(index, PAGE)
        page = self._kept.get(number)
        if page is None:
            page = self._kept[number] = self._rows_of(self.ids[number * PAGE : (number + 1) * PAGE])
        return page[place]

    def replace(self, rows: Iterable[Row]) -> Iterator[int]:
        """Put the new state of rows in place of the old; the indices of those that are held."""
        fresh = {row.id: row for row in rows}
        for number in list(self._kept.keys()):
            for place, row in enumerate(page := self._kept[number]):
                if row.id in fresh:
                    page[place] = fresh[row.id]
                    yield number * PAGE + place
