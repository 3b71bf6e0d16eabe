"""Lines for people: columns that stay aligned in any script, cut to the terminal's width."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

_JOINER = "\u200d"


def terminal_width() -> int:
    """Cells of a line; in a pipe, and where nobody tells, 120."""
    return shutil.get_terminal_size((120, 24)).columns


def cells(text: str) -> int:
    """How many cells a terminal gives a text."""
    return sum(map(_cells_of, text))


def cut(text: str, width: int) -> str:
    """A text in at most ``width`` cells, a cut marked with an ellipsis."""
    if cells(text) <= width:
        return text
    kept, used = [], 1
    for char in text:
        used += _cells_of(char)
        if used > width:
            break
        kept.append(char)
    return "".join(kept) + "…" if width > 0 else ""


def fit(text: str, width: int) -> str:
    """A text in exactly ``width`` cells."""
    shown = cut(text, width)
    return shown + " " * (width - cells(shown))


def table(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows as lines, each column as wide as its widest cell; the last is cut to the terminal."""
    kept = list(rows)
    widths = [max(map(cells, column)) for column in zip(*kept, strict=True)]
    left = terminal_width() - sum(widths[:-1]) - 2 * (len(widths) - 1)
    widths[-1:] = [max(20, left)]
    return ["  ".join(fit(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in kept]


def moment(at: datetime, now: datetime) -> str:
    """A time where ``now`` is: ``24 Nov 2026 10:05``."""
    here = at.astimezone(now.tzinfo)
    return f"{here.day} {here:%b %Y %H:%M}"


def day(at: datetime, now: datetime) -> str:
    """The day of a time where ``now`` is: ``24 Nov 2026``."""
    here = at.astimezone(now.tzinfo)
    return f"{here.day} {here:%b %Y}"


def _cells_of(char: str) -> int:
    if char < "\u0300":
        return 1
    if char == _JOINER or unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
