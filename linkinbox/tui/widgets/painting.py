"""How lines are painted: text in inks, measured in cells, one strip per line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import TypeAlias

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style as TextStyle
from textual.widget import Widget

from linkinbox.text import SafeText
from linkinbox.tui.marks import marks

_SPACING = re.compile("[\u0900-\u0dff\u0e33\u0eb3\u0f00-\u109f\u1700-\u17ff\u1900-\u1cff\ua800-\uabff]")


class Ink(StrEnum):
    """What a piece of text means; a theme says how it looks."""

    TEXT = "text"
    STRONG = "strong"
    QUOTED = "quoted"  # words that a signal is about
    FOUND = "found"  # words that were searched for
    MUTED = "muted"
    VALUABLE = "valuable"
    MARK = "mark"
    FLAG = "flag"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    JUNK = "junk"
    HAIRLINE = "hairline"


Piece: TypeAlias = tuple[SafeText, Ink]
Line: TypeAlias = tuple[Piece, ...]

Span: TypeAlias = tuple[int, int]  # where letters begin and end in a text

EMPTY: Line = ()

_INKS = {
    Ink.TEXT: "",
    Ink.STRONG: "bold",
    Ink.QUOTED: "underline",
    Ink.FOUND: "bold underline",
    Ink.MUTED: "$muted $muted-style",
    Ink.VALUABLE: "$valuable",
    Ink.MARK: "bold $accent",
    Ink.FLAG: "$flag",
    Ink.WAITING: "$waiting",
    Ink.UNKNOWN: "$unknown $muted-style",
    Ink.JUNK: "$junk $muted-style",
    Ink.HAIRLINE: "$hairline $muted-style",
}
_CURSOR = "$cursor-style on $cursor-tone"


def as_content(lines: Iterable[Line]) -> Content:
    """Return lines as one text of a page."""
    pieces = [(text, _INKS[ink]) for line in lines for text, ink in (*line, (SafeText("\n"), Ink.TEXT))]
    return Content.assemble(*pieces)


class Inked(Widget):
    """A widget that paints its own lines in inks, whose styles are looked up once per theme."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._inks: dict[tuple[Ink, bool], Style] = {}
        self._ground: TextStyle | None = None

    def ink(self, ink: Ink, *, cursor: bool = False) -> Style:
        """Return the style of ``ink``, on the ground of the cursor's line or of the widget."""
        style = self._inks.get((ink, cursor))
        if style is None:
            style = self._inks[ink, cursor] = self.visual_ink(ink, cursor=cursor).rich_style
        return style

    def visual_ink(self, ink: Ink, *, cursor: bool = False) -> TextStyle:
        """Return the style of ``ink`` for Textual's own content."""
        # By variables, not by component classes: eleven of those in each widget are a fifth of the start.
        if self._ground is None:
            self._ground = self.visual_style
        return self._ground + TextStyle.parse(f"{_INKS[ink]} {_CURSOR if cursor else ''}")

    def notify_style_update(self) -> None:
        """Forget the styles of the theme before: looking them up costs a third of a repaint."""
        super().notify_style_update()
        self._inks.clear()
        self._ground = None

    def paint(self, line: Line, width: int, *, cursor: bool = False) -> Strip:
        """Return ``line`` as a strip of exactly ``width`` cells."""
        ground = self.ink(Ink.TEXT, cursor=cursor)
        if not line:
            return Strip.blank(width, ground)
        # Neighbours in one ink are written as one: a third fewer bytes, which counts over ssh.
        runs = ((ink, "".join(text for text, _ in pieces)) for ink, pieces in groupby(line, itemgetter(1)))
        segments = [Segment(text, self.ink(ink, cursor=cursor)) for ink, text in runs if text]
        return Strip(segments).adjust_cell_length(width, ground)

    def repaint(self, before: Sequence[object], now: Sequence[object]) -> None:
        """Repaint those lines of the window that hold something else now; both tell what each of them holds."""
        width = self.size.width
        others = [y for y, (was, is_) in enumerate(zip_longest(before, now)) if was != is_]
        if others:
            self.refresh(*(Region(0, y, width, height) for y, height in _runs(others)))


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as runs of neighbours: where each begins, and how many it has."""
    for _, pairs in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in pairs]
        yield run[0], len(run)


def may_stray(text: str) -> bool:
    """Tell whether terminals may draw ``text`` wider than it is counted here.

    Spacing vowel signs, as of Devanagari, Tamil or Burmese, get a cell from some and none from others.
    """
    return _SPACING.search(text) is not None


def cells(text: str) -> int:
    """Return how many cells a terminal gives ``text``."""
    return len(text) if text.isascii() else cell_len(text)


def width_of(line: Iterable[Piece]) -> int:
    """Return how many cells ``line`` takes."""
    return sum(cells(text) for text, _ in line)


def cut(text: SafeText, width: int) -> SafeText:
    """Return ``text`` in at most ``width`` cells, a cut marked by an ellipsis."""
    if cells(text) <= width:
        return text
    if width <= 0:
        return SafeText("")
    return SafeText(set_cell_size(text, width - 1).rstrip() + marks().ellipsis)


def fit(text: SafeText, width: int) -> SafeText:
    """Return ``text`` in exactly ``width`` cells, padded with blanks on the right."""
    return SafeText(set_cell_size(cut(text, width), width))


def fit_right(text: SafeText, width: int) -> SafeText:
    """Return ``text`` in exactly ``width`` cells, padded with blanks on the left."""
    short = cut(text, width)
    return SafeText(" " * (width - cells(short)) + short)


def wrap(text: SafeText, width: int) -> list[SafeText]:
    """Return ``text`` in lines of at most ``width`` cells, broken at blanks where there are any."""
    lines: list[SafeText] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrapped(paragraph, width))
    return lines


def split(text: SafeText, spans: Iterable[Span], ink: Ink, other: Ink) -> Iterator[Piece]:
    """Return ``text`` in ``ink``, but for its ``spans``, ascending ones, in the ``other``."""
    at = 0
    for span in spans:
        begin, end = max(at, span[0]), min(span[1], len(text))
        if begin < end:
            yield SafeText(text[at:begin]), ink
            yield SafeText(text[begin:end]), other
            at = end
    yield SafeText(text[at:]), ink


def inked(text: SafeText, width: int, ink: Ink, *, indent: int = 0) -> Iterator[Line]:
    """Return ``text`` wrapped to lines of ``width`` cells, each begun with ``indent`` blanks."""
    begin = " " * indent
    for line in wrap(text, max(8, width - indent)):
        yield ((SafeText(begin + line), ink),)


def _wrapped(paragraph: str, width: int) -> Iterator[SafeText]:
    if cells(paragraph) <= width:
        yield SafeText(paragraph)
        return
    line, used = "", 0
    for word in paragraph.split(" "):
        size = cells(word)
        if used and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line.strip():
            yield SafeText(line)
        *full, line = chop_cells(word, width) if size > width else [word]
        yield from map(SafeText, full)
        used = cells(line)
    yield SafeText(line)
