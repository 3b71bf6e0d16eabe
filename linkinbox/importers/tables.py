"""A CSV file as LinkedIn, a browser or a spreadsheet left it → its rows, each accounted for.

Columns go by name; what stands above the header is skipped. A row that breaks the table is handed out with its
reason and reading goes on at the next line, so that one stray quote cannot swallow the rest of the file.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from operator import itemgetter
from typing import IO

from linkinbox.errors import NotAnExportError
from linkinbox.importers.files import normalised
from linkinbox.importers.limits import Limits
from linkinbox.importers.records import Ignored, Quarantined, Record, RowError

Cells = list[str]
Build = Callable[[int, Cells], Record | Ignored]
"""Line number and cells → what they say; raises RowError when they say nothing."""

_HEADER_WITHIN = 50  # lines; the preamble of Connections.csv has three
_RAW_CHARS = 10_000  # kept of a row that is not understood
_LINE_ENDS = ("\n", "\r")
_RUNAWAYS = 1_000
_EMPTY_SAYS = "no conversations found"


class _BrokenLineError(Exception):
    """A record goes on and on."""


class Columns:
    """A header: where each column is, whatever its case and order."""

    def __init__(self, names: Cells) -> None:
        self.width = len(names)
        self._places: dict[str, int] = {}
        for place, name in enumerate(names):
            self._places.setdefault(normalised(name), place)

    def __contains__(self, name: str) -> bool:
        return normalised(name) in self._places

    def has(self, names: tuple[str, ...]) -> bool:
        """Whether all these columns are there."""
        return all(name in self for name in names)

    def pick(self, *names: str) -> Callable[[Cells], tuple[str, ...]]:
        """A function from a row to the cells of these columns, in this order; "" for a column there is not."""
        # Every row has one empty cell more than the header: the -1 of a missing column.
        return itemgetter(*(self._places.get(normalised(name), -1) for name in names))


class Table:
    """The rows of one CSV stream.

    Args:
        stream: the file's bytes; closed with the table.
        headers: the sets of columns one of which must be there, written as LinkedIn writes them.
        name: the file's name, for messages.

    Raises:
        NotAnExportError: none of the headers is found.
    """

    def __init__(self, stream: IO[bytes], headers: tuple[tuple[str, ...], ...], name: str, limits: Limits) -> None:
        self.damaged = 0  # lines with a character that was lost before they reached us, or is not UTF-8
        self._limits = limits
        self._stream = stream
        self._text = io.TextIOWrapper(stream, _encoding(stream), errors="replace", newline="")
        self._held: Cells = []  # the lines of the record being read
        self._again: deque[str] = deque()  # lines to be read once more, after a broken record
        self._line = 1  # the number of the first of the held lines
        try:
            self.columns, self._delimiter = self._find_header(headers, name)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the stream."""
        self._text.close()

    @property
    def bytes_read(self) -> int:
        """How far into the stream reading is."""
        return self._stream.tell()

    def records(self, build: Build) -> Iterator[Record | Ignored | Quarantined]:
        """Each row of the table as exactly one record, ignored or quarantined row."""
        csv.field_size_limit(self._limits.line_chars)
        runaways = 0
        while True:
            try:
                yield from self._well_formed(build)
            except (csv.Error, _BrokenLineError) as problem:
                runaways += len(self._held) > 1
                if runaways < _RUNAWAYS:  # a file made of such records would be read for ever
                    self._again.extendleft(reversed(self._held[1:]))
                    del self._held[1:]
                yield self._quarantined(_reason(problem))
                self._next_record()
            else:
                return

    def cells(self, *names: str) -> Iterator[tuple[str, ...]]:
        """The cells of these columns, of every well-formed row."""
        pick = self.columns.pick(*names)
        picked: list[tuple[str, ...]] = []

        def keep(line: int, cells: Cells) -> Ignored:
            picked.append(pick(cells))
            return Ignored(line, "looked at")

        for _ in self.records(keep):
            yield from picked
            picked.clear()

    def _well_formed(self, build: Build) -> Iterator[Record | Ignored | Quarantined]:
        width = self.columns.width
        for cells in csv.reader(self._lines(), delimiter=self._delimiter, strict=True):
            if not any(cells):
                yield Ignored(self._line, "empty row")
            elif len(cells) != width:
                yield self._quarantined(f"{len(cells)} columns where the header has {width}")
            else:
                cells.append("")
                try:
                    record: Record | Ignored | Quarantined = build(self._line, cells)
                except RowError as problem:
                    record = self._quarantined(str(problem))
                except Exception as problem:  # noqa: BLE001 - the one place: a row must not stop an import
                    record = self._quarantined(f"not understood ({type(problem).__name__})")
                yield record
            self._next_record()

    def _next_record(self) -> None:
        held = self._held
        for line in held:
            if "\ufffd" in line:
                self.damaged += 1
        self._line += len(held)
        held.clear()

    def _quarantined(self, reason: str) -> Quarantined:
        return Quarantined(self._line, reason, "".join(self._held)[:_RAW_CHARS].rstrip("\r\n"))

    def _lines(self) -> Iterator[str]:
        """Physical lines for the CSV parser, each noted until its record is complete."""
        held, most, longest = self._held, self._limits.record_lines, self._limits.line_chars
        for line in chain(self._once_more(), iter(partial(self._text.readline, longest), "")):
            if "\0" in line:
                line = line.replace("\0", "\ufffd")  # noqa: PLW2901 - SQLite's length() and LIKE stop at NUL
            held.append(line)
            if len(line) >= longest and not line.endswith(_LINE_ENDS):
                held[-1] += "\n"  # read once more, it has no rest to be skipped
                self._skip_line()
            if len(held) > most or len(line) >= longest:
                raise _BrokenLineError
            yield line

    def _once_more(self) -> Iterator[str]:
        while self._again:
            yield self._again.popleft()

    def _skip_line(self) -> None:
        while (more := self._text.readline(self._limits.line_chars)) and not more.endswith(_LINE_ENDS):
            pass

    def _find_header(self, headers: tuple[tuple[str, ...], ...], name: str) -> tuple[Columns, str]:
        first: Cells = []
        with suppress(_BrokenLineError):
            for line in islice(self._lines(), _HEADER_WITHIN):
                self._next_record()
                delimiter = max(",;\t", key=line.count)
                cells = _split(line, delimiter)
                columns = Columns(cells)
                if any(columns.has(header) for header in headers):
                    return columns, delimiter
                first = first or (cells if any(cells) else [])
        if not first or first[0].strip().casefold() == _EMPTY_SAYS:
            return Columns([]), ","
        found = ", ".join(first)
        if not found.isprintable():
            raise NotAnExportError(f"{name} is no text", "Download the export again and import its zip")
        closest = max(headers, key=lambda header: sum(column in Columns(first) for column in header))
        raise NotAnExportError(
            f"{name} is not the table it should be: its columns are {found[:300]}",
            f"Wanted are {', '.join(closest)}. Import the zip as LinkedIn sent it, not saved by another program",
        )


def _split(line: str, delimiter: str) -> Cells:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _encoding(stream: IO[bytes]) -> str:
    """UTF-8, unless a byte order mark says UTF-16."""
    start = stream.read(2)
    stream.seek(0)
    return "utf-16" if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


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
