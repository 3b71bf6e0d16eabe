"""Why an item was found: which of its texts a row shows, so that what was searched for can be seen in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from linkinbox.hits import NOTHING, Hits
from linkinbox.model import Row

Texts = Iterable[tuple[str, str]]  # what each is, "" for what others wrote, and its words


class Found:
    """What was searched for.

    Args:
        hits: where it stands.
        texts_of: all texts of an item; read where neither name nor excerpt tells, once for each row that is seen.
    """

    def __init__(self, hits: Hits, texts_of: Callable[[int], Texts]) -> None:
        self.hits = hits
        self._texts_of = texts_of
        self._kept: dict[int, str] = {}

    def text_of(self, row: Row) -> str:
        """The text whose excerpt tells why: the row's own, or another one of the item."""
        if not self.hits or self.hits.are_in(row.text) or self.hits.are_all_in(row.person.name):
            return row.text
        if row.id not in self._kept:
            self._kept[row.id] = self._telling(row)
        return self._kept[row.id]

    def _telling(self, row: Row) -> str:
        for what, text in self._texts_of(row.id):
            if self.hits.are_in(text):
                return f"{what}: {text}" if what else text
        return row.text


NOT_SEARCHED = Found(NOTHING, lambda _: ())
