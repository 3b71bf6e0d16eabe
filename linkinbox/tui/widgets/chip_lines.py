"""What can be chosen by a digit, in columns: each in full, and those that stand on the item marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from linkinbox.text import SafeText, safe_text
from linkinbox.tui.widgets.painting import EMPTY, Ink, Inked, Line, Piece, cells, fit, inked, wrap

if TYPE_CHECKING:
    from linkinbox.signals import Chips

_GAP = 3  # cells between two columns


class ChipLines(Inked):
    """Reasons with their digits; nothing of it is seen while there are none."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    ChipLines { width: 1fr; height: auto; padding: 0 0 0 2; display: none; }
    """

    _chips: Chips | None = None

    class Chosen(Message):
        """A chip was clicked."""

        def __init__(self, number: int) -> None:
            self.number = number
            super().__init__()

    def show(self, chips: Chips | None) -> None:
        """Show what can be chosen now; None: nothing."""
        if chips != self._chips:
            self._chips = chips
            self.display = chips is not None and bool(chips.offered)
            self.refresh(layout=True)

    def lines(self, width: int) -> list[Line]:
        """Return the chips in lines of at most ``width`` cells."""
        return list(chip_lines(self._chips, width)) if self._chips else []

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return as many lines as there are to show."""
        return len(self.lines(width))

    def render_line(self, y: int) -> Strip:
        """Return the line ``y``."""
        lines = self.lines(self.size.width)
        return self.paint(lines[y] if y < len(lines) else EMPTY, self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Post the chip that was clicked."""
        at = event.get_content_offset(self)
        if self._chips and at and (number := chip_at(self._chips, self.size.width, at.x, at.y)):
            self.post_message(self.Chosen(number))


def chip_at(chips: Chips, width: int, x: int, y: int) -> int | None:
    """Return the digit of the chip in a cell of `chip_lines`; None: there is none."""
    columns, widths = _columns([_told(chips, number) for number in range(len(chips.offered))], width)
    number, right = 1, 0
    for column, wide in zip(columns, widths, strict=True):
        numbers = [number + place for place, (text, _) in enumerate(column) for _ in wrap(text, max(8, width))]
        number, right = number + len(column), right + wide
        if x < right or len(columns) == 1:
            return numbers[y] if y < len(numbers) else None
    return None


def chip_lines(chips: Chips, width: int) -> Iterator[Line]:
    """Return the chips, down one column after the other; words wider than the line are wrapped."""
    told = [_told(chips, number) for number in range(len(chips.offered))]
    columns, widths = _columns(told, width)
    if len(columns) == 1:
        for text, ink in told:
            yield from inked(text, width, ink)
        return
    for row in zip_longest(*columns):
        yield tuple((fit(chip[0], wide), chip[1]) for chip, wide in zip(row, widths, strict=True) if chip)


def _columns(told: Sequence[Piece], width: int) -> tuple[list[Sequence[Piece]], list[int]]:
    """Return as many columns as have room, and their widths: the last one's gap may be cut."""
    for high in range(1, len(told) + 1):
        columns = [told[start : start + high] for start in range(0, len(told), high)]
        widths = [max(cells(text) for text, _ in column) + _GAP for column in columns]
        if sum(widths) - _GAP <= width:
            break
    return columns, widths


def _told(chips: Chips, number: int) -> Piece:
    stands = number < len(chips.standing)
    mark = "+ " if stands else "  " if chips.standing else ""
    return SafeText(f"{number + 1} {mark}{safe_text(chips.offered[number])}"), Ink.TEXT if stands else Ink.MUTED
