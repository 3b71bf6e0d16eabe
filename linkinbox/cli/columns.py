"""Lines for people: columns that stay aligned in any script, cut to the terminal's width."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime

from linkinbox.words.cells import cells, cells_of


def terminal_width() -> int:
    """Cells of a line; in a pipe, and where nobody tells, 120."""
    return shutil.get_terminal_size((120, 24)).columns


def cut(text: str, width: int) -> str:
    """A text in at most ``width`` cells, a cut marked with an ellipsis."""
    if cells(text) <= width:
        return text
    kept, used = [], 1
    for char in text:
        used += cells_of(char)
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
