"""Why an item was found: which of its texts a row shows, so that what was searched for can be seen in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from linkinbox.hits import NOTHING, Hits, Span
from linkinbox.model import Row

Told = tuple[str, str]  # what a text is, "" for what others wrote, and its words
Texts = Iterable[Told]
_Spans = tuple[Span, ...]


class Seen(NamedTuple):
    """What a row shows of why it was found: as long as that is the same, it is laid out once.

    Args:
        text: whose excerpt it shows.
        in_name: where what was searched for stands in the name,
        in_text: and where in the text.
    """

    text: str
    in_name: _Spans = ()
    in_text: _Spans = ()


class Found:
    """What was searched for.

    Args:
        hits: where it stands.
        texts_of: all texts of an item; read where neither name nor excerpt tells, once for each row that is seen.
        before: what was searched for a letter before.

    Attributes:
        told: by item, the text that tells where the row's own does not; None: none does.
    """

    def __init__(self, hits: Hits, texts_of: Callable[[int], Texts], before: Found | None = None) -> None:
        self.hits = hits
        self._texts_of = texts_of
        self._before = before.told if before and hits.go_on(before.hits) else {}
        self.told: dict[int, Told | None] = {}
        self._seen: dict[tuple[int, str], Seen] = {}

    def seen(self, row: Row) -> Seen:
        """Why a row was found: the text whose excerpt tells it, the row's own or another one of the item."""
        if not self.hits:
            return Seen(row.text)
        key = row.id, row.text
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen[key] = self._looked_at(row)
        return seen

    def _looked_at(self, row: Row) -> Seen:
        name, text, hits = row.person.name, row.text, self.hits
        if not (hits.are_in(text) or hits.are_all_in(name)) and (told := self._telling(row.id)):
            what, words = told
            text = f"{what}: {words}" if what else words
        return Seen(text, tuple(hits.spans(name)), tuple(hits.spans(text)))

    def _telling(self, id_: int) -> Told | None:
        # Where the beginning of a word stands nowhere the word does not either, and it stands in no newer text.
        told = self.told[id_] = self._before[id_] if self._is_told(id_) else self._read(id_)
        return told

    def _is_told(self, id_: int) -> bool:
        told = self._before.get(id_, ("", ""))
        return told is None or self.hits.are_in(told[1])

    def _read(self, id_: int) -> Told | None:
        return next((told for told in self._texts_of(id_) if self.hits.are_in(told[1])), None)


NOT_SEARCHED = Found(NOTHING, lambda _: ())
