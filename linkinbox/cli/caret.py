"""Pointing at the word of a query that is not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linkinbox.cli.columns import cut, terminal_width
from linkinbox.text import safe_text
from linkinbox.words.cells import cells

if TYPE_CHECKING:
    from linkinbox.query import QueryError

_INDENT = "  "


def caret_lines(error: QueryError) -> list[str]:
    """The query on a line, and on the next one carets below its wrong word; of a long one what is around it."""
    width = terminal_width() - len(_INDENT)
    before, wrong = error.text[: error.start], error.text[error.start : error.end]
    shown_before = _last(before, width // 2)
    shown = safe_text(f"{shown_before}{wrong}{error.text[error.end :]}", limit=10_000)
    line = cut(shown, width)
    room = max(1, min(cells(safe_text(wrong)), width - cells(shown_before)))
    return [f"{_INDENT}{line}", f"{_INDENT}{' ' * cells(shown_before)}{'^' * room}"]


def _last(text: str, width: int) -> str:
    shown = str(safe_text(text, limit=10_000))
    if cells(shown) <= width:
        return shown
    while shown and cells(shown) >= width:
        shown = shown[1:]
    return f"…{shown}"
