"""What came of each reason to accept: counts in people, and percentages only where they mean something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.strip import Strip

from linkinbox.text import SafeText, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.painting import EMPTY, Ink, Inked, Line, Piece, cells, cut, fit, inked
from linkinbox.words.key_words import key_of
from linkinbox.words.times import date

if TYPE_CHECKING:
    from linkinbox.store.reasons import ReasonCounts

_TITLES = ("to accept", "connected", "call held", "gold")
_COUNTS = (11, 11, 11, 8)  # cells of their columns
_PERCENT = 6
_LEAST_REASON = 12  # cells; with less room the columns become one
_EMPTY = "No reasons so far. {} in the list accepts for one; what came of each shows here."
_WHY_NOT = "No percentages under 10 accepted: one person more or less would turn them over."


class ReasonTable(Inked):
    """Every reason, the most given first, in as many lines as there are or it is given room for."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    ReasonTable { width: 1fr; height: auto; padding: 0 3; }
    """

    def __init__(self, counts: Sequence[ReasonCounts], as_of: str) -> None:
        super().__init__()
        self._counts = counts
        self._as_of = as_of
        self._room = 2**31

    def give_room(self, height: int) -> None:
        """Take at most so many lines."""
        self._room = height
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Line]:
        """Return the table in lines of at most ``width`` cells."""
        return list(reason_lines(self._counts, self._as_of, width, self._room))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return as many lines as there are to show."""
        return len(self.lines(width))

    def render_line(self, y: int) -> Strip:
        """Return the line ``y``."""
        lines = self.lines(self.size.width)
        return self.paint(lines[y] if y < len(lines) else EMPTY, self.size.width)


def reason_lines(counts: Sequence[ReasonCounts], as_of: str, width: int, height: int) -> Iterator[Line]:
    """Return title, columns, as many reasons as have room, and as of when they are counted."""
    title = SafeText("reasons to accept ")
    yield (title, Ink.MUTED), (SafeText(marks().rule * max(0, width - len(title))), Ink.HAIRLINE)
    if not counts:
        yield from inked(SafeText(_EMPTY.format(key_of("accept-because"))), width, Ink.MUTED)
        return
    foot = list(inked(safe_text(_foot(counts, as_of)), width, Ink.MUTED))
    room = max(1, height - 2 - len(foot))
    shown = counts if len(counts) <= room else counts[: max(1, room - 1)]
    in_columns = width - sum(_COUNTS) >= _LEAST_REASON
    yield from _columns(shown, width) if in_columns else _chains(shown, width)
    if more := len(counts) - len(shown):
        words = f"{marks().ellipsis} {more:,} more: `linkinbox reasons` lists all"
        yield ((cut(SafeText(words), width), Ink.MUTED),)
    yield from foot


def _foot(counts: Sequence[ReasonCounts], as_of: str) -> str:
    too_few = any(one.percent(0) is None for one in counts)
    return f"{as_of}. {_WHY_NOT}" if too_few else f"{as_of}."


def _columns(counts: Sequence[ReasonCounts], width: int) -> Iterator[Line]:
    """Return a heading and a line a reason; percentages stand where all reasons have room beside them."""
    widest = max(cells(safe_text(one.reason)) for one in counts)
    room = width - sum(_COUNTS)
    share = _PERCENT if room - 3 * _PERCENT >= widest and any(one.percent(0) is not None for one in counts) else 0
    name = min(widest, room - 3 * share)
    first, *outcomes = (f"{title:>{wide}}" for title, wide in zip(_TITLES, _COUNTS, strict=True))
    heads = "".join(title + " " * share for title in outcomes)
    yield ((SafeText(" " * name + first + heads), Ink.MUTED),)
    for one in counts:
        yield (fit(safe_text(one.reason), name), Ink.TEXT), *_figures(one, share)


def _figures(one: ReasonCounts, share: int) -> Iterator[Piece]:
    for number, (count, wide) in enumerate(zip(one[1:], _COUNTS, strict=True)):
        ink = Ink.VALUABLE if _TITLES[number] == "gold" and count else Ink.TEXT
        yield SafeText(f"{count:>{wide},}"), ink
        if number:
            percent = one.percent(count)
            words = f"{percent:>4} %" if share and percent is not None else ""
            yield SafeText(f"{words:<{share}}"), Ink.MUTED


def _chains(counts: Sequence[ReasonCounts], width: int) -> Iterator[Line]:
    """Return them where columns have no room: ``24 > 18 > 6 > 2``."""
    arrow = f" {marks().more} "
    yield ((cut(SafeText(arrow.join(_TITLES)), width), Ink.MUTED),)
    for one in counts:
        chain = SafeText(arrow.join(f"{count:,}" for count in one[1:]))
        room = max(8, width - len(chain) - 2)
        yield (fit(safe_text(one.reason), room), Ink.TEXT), (SafeText(f"  {chain}"), Ink.TEXT)


def as_of_words(data: datetime | None, now: datetime) -> str:
    """As of when the reasons are counted: who is connected is told by exports only."""
    if data is None:
        return "In people, as of now"
    return f"In people; connected as of {date(data, now)}, the rest as of now"
