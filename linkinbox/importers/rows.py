"""CSV → rows of cells, each with the lines it stands in.

A row that breaks the table is handed out with its reason and reading goes on at the next line, so that one stray
quote cannot swallow the rest of the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from linkinbox.importers.limits import Limits
from linkinbox.importers.lines import Lines

Cells = list[str]
Row = tuple[int, list[str], Cells | str]
"""The number of its first line; its lines; its cells, or in their place why it has none."""

_AGAIN_CHARS = 256 << 20  # read once more, of all the records of a file that never ended
_LINE_COSTS = 100  # characters: so much more time does a line take, however short


class _BrokenLineError(Exception):
    """A record goes on and on."""


class Rows:
    """The rows of a CSV text.

    Args:
        lines: what is left of the file below the header.
        number: of the first of them.
        delimiter: between cells.
    """

    def __init__(self, lines: Lines, number: int, delimiter: str, limits: Limits) -> None:
        self._lines = lines
        self._number = number
        self._delimiter = delimiter
        self._limits = limits
        self._held: list[str] = []  # the lines of the row being read

    def __iter__(self) -> Iterator[Row]:
        csv.field_size_limit(self._limits.line_chars)
        again = 0
        while True:
            try:
                yield from self._well_formed()
            except (csv.Error, _BrokenLineError) as problem:
                held = self._held
                again += sum(map(len, held)) + _LINE_COSTS * len(held)
                if again < _AGAIN_CHARS:  # a file made of such records would be read for ever
                    self._lines.again(held[1:])
                    del held[1:]
                yield self._number, held, _reason(problem)
                self._number += len(held)
            else:
                return

    def _well_formed(self) -> Iterator[Row]:
        lines, delimiter, longest = iter(self._lines), self._delimiter, self._limits.line_chars
        parser = csv.reader(self._records(lines), delimiter=delimiter, strict=True)
        for line in lines:
            self._held = held = [line]
            if '"' not in line and len(line) < longest:  # five times as fast as the parser, and the same
                cells = line.rstrip("\r\n").split(delimiter)
            else:
                cells = self._all_quoted(line) or next(parser)
            yield self._number, held, cells
            self._number += len(held)

    def _all_quoted(self, line: str) -> Cells:
        """The cells of a line all of whose cells are quoted and none holds a quote; no cells for another line."""
        plain = line.rstrip("\r\n")
        if plain[0] != '"' or plain[-1] != '"' or len(line) >= self._limits.line_chars:
            return []
        cells = plain[1:-1].split(f'"{self._delimiter}"')
        return cells if plain.count('"') == 2 * len(cells) else []

    def _records(self, lines: Iterator[str]) -> Iterator[str]:
        """For the parser: the line that is held, and those after it until the record is complete."""
        while True:
            held, chars = self._held, len(self._held[0])
            self._check(held, chars)
            yield held[0]
            while held is self._held:  # the parser asks for more before there is another row
                line = next(lines, "")
                if not line:
                    return
                held.append(line)
                chars += len(line)
                self._check(held, chars)
                yield line

    def _check(self, held: list[str], chars: int) -> None:
        if chars >= self._limits.line_chars or len(held) > self._limits.record_lines:
            raise _BrokenLineError


def _reason(problem: Exception) -> str:
    match str(problem):
        case "unexpected end of data":
            return "a quote is opened and never closed"
        case words if "field larger" in words:
            return "a field is too large"
        case words if "expected after" in words:
            return "a quote stands where none may"
        case "":
            return "a record that is too long: perhaps a quote is never closed"
        case words:
            return f"not readable as CSV: {words}"
