"""One line beneath words that are typed: what can be typed next, or a mark under what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from linkinbox.text import SafeText, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.lines import OneLine
from linkinbox.tui.widgets.painting import EMPTY, Ink, Line, Piece, cells, cut, width_of

if TYPE_CHECKING:
    from linkinbox.query import Completion, Completions

_GAP = "  "
_LONGEST = 28  # letters of a candidate


class OfferLine(OneLine):
    """Candidates, the one that would be taken in strong ink with its meaning; or carets."""

    MARGIN = 2  # cells at the left

    DEFAULT_CSS = """
    OfferLine { display: none; padding: 0 0 0 2; }
    """

    _candidates: Sequence[Completion] = ()
    _chosen = -1
    _wrong: tuple[int, int] | None = None

    def offer(self, offered: Completions, chosen: int = -1) -> None:
        """Show what can be typed; ``chosen`` was taken, none yet if negative."""
        self._candidates, self._chosen, self._wrong = offered.candidates, chosen, None
        self.repaint_line()

    def point(self, begin: int, end: int) -> None:
        """Show that what stands above these cells is wrong."""
        self._wrong = begin, end
        self.repaint_line()

    def line(self, width: int) -> Line:
        """Return candidates as far as there is room, and what the strong one means."""
        if self._wrong:
            begin, end = (max(0, min(width - 1, at)) for at in self._wrong)
            return (SafeText(" " * begin), Ink.TEXT), (SafeText("^" * max(1, end - begin)), Ink.FLAG)
        if not self._candidates:
            return EMPTY
        meaning = self._candidates[max(0, self._chosen)].says
        says = safe_text(f"{marks().dash} {meaning}" if meaning else "")
        shown = list(self._pieces(width - cells(says)))
        return (*shown, (cut(says, width - width_of(shown)), Ink.MUTED))

    def _pieces(self, room: int) -> Iterator[Piece]:
        """Return candidates from the chosen one's page on, as far as they have room; the first always."""
        first = max(0, self._chosen)
        start = self._start(room, first)
        used = 0
        for number, candidate in enumerate(self._candidates[start:], start):
            text = _told(candidate)
            used += cells(text)
            if used > room and number > first:
                return
            yield text, Ink.STRONG if number == first else Ink.MUTED

    def _start(self, room: int, first: int) -> int:
        """Return the first candidate shown, so that the chosen one is: they are turned like pages."""
        start, used = 0, 0
        for number, candidate in enumerate(self._candidates[: first + 1]):
            used += cells(_told(candidate))
            if used > room:
                start, used = number, cells(_told(candidate))
        return start


def _told(candidate: Completion) -> SafeText:
    return SafeText(f"{safe_text(candidate.text, limit=_LONGEST)}{_GAP}")
