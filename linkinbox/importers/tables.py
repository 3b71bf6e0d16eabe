"""A CSV file as LinkedIn, a browser or a spreadsheet left it → its rows, each accounted for.

Columns go by name; what stands above the header is skipped.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Container, Iterator
from itertools import islice
from operator import itemgetter
from typing import IO

from linkinbox.errors import NotAnExportError
from linkinbox.importers.files import normalised
from linkinbox.importers.limits import Limits
from linkinbox.importers.lines import Lines
from linkinbox.importers.passages import is_lasting, passage_digest, passages
from linkinbox.importers.records import Ignored, Passage, Quarantined, Read, Record, RowError
from linkinbox.importers.rows import Cells, Row, Rows

Build = Callable[[int, Cells], Record | Ignored]
"""Line number and cells → what they say; raises RowError when they say nothing."""

Anew = Callable[[Row], bool]

_HEADER_WITHIN = 50  # lines; the preamble of Connections.csv has three
_RAW_CHARS = 10_000  # kept of a row that is not understood
_EMPTY_SAYS = "no conversations found"


class Columns:
    """A header: where each column is, whatever its case and order."""

    def __init__(self, names: Cells) -> None:
        self.names = names
        self.width = len(names)
        self._places: dict[str, int] = {}
        for place, name in enumerate(names):
            self._places.setdefault(normalised(name), place)

    def __contains__(self, name: str) -> bool:
        return normalised(name) in self._places

    def has(self, names: tuple[str, ...]) -> bool:
        """Whether all these columns are there."""
        return all(name in self for name in names)

    def place(self, name: str) -> int:
        """Where a column is, from 0; -1 when it is not there."""
        return self._places.get(normalised(name), -1)

    def pick(self, *names: str) -> Callable[[Cells], tuple[str, ...]]:
        """A function from a row to the cells of these columns, in this order; "" for a column there is not."""
        # Every row has one empty cell more than the header: the -1 of a missing column.
        return itemgetter(*map(self.place, names))


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
        self._lines = Lines(stream, limits.line_chars)
        try:
            self.columns, delimiter, line = self._find_header(headers, name)
        except BaseException:
            self.close()
            raise
        self._rows = Rows(self._lines, line + 1, delimiter, limits)

    def close(self) -> None:
        """Let go of the stream."""
        self._lines.close()

    @property
    def bytes_read(self) -> int:
        """How far into the stream reading is."""
        return self._lines.bytes_read

    @property
    def damaged(self) -> int:
        """Lines read so far with a character that was lost before they reached us, or is not UTF-8."""
        return self._lines.damaged

    def records(self, build: Build) -> Iterator[Record | Ignored | Quarantined]:
        """Each row of the table as exactly one record, ignored or quarantined row."""
        return (self._record(row, build) for row in self._rows)

    def records_but(self, known: Container[bytes], context: str, build: Build, anew: Anew) -> Iterator[Read]:
        """The same, but of passages that are known only their size; of others the digest by which they can be.

        Args:
            known: digests of passages.
            context: whatever else decides on what the rows say.
            build: makes a record of a row.
            anew: says of a row that it is read each time.
        """
        context = "\0".join([context, *self.columns.names])
        for rows in passages(self._rows):
            digest = passage_digest(context, rows)
            read = [row for row in rows if anew(row)] if digest in known else rows
            records = [self._record(row, build) for row in read]
            yield from records
            if digest in known:
                yield Passage(digest, len(rows) - len(read))
            elif all(is_lasting(record) or anew(row) for record, row in zip(records, rows, strict=True)):
                yield Passage(digest)

    def cells(self, *names: str) -> Iterator[tuple[str, ...]]:
        """The cells of these columns, of every well-formed row."""
        pick, width = self.columns.pick(*names), self.columns.width
        for _, _, cells in self._rows:
            if not isinstance(cells, str) and len(cells) == width and any(cells):
                yield pick([*cells, ""])

    def _record(self, row: Row, build: Build) -> Record | Ignored | Quarantined:
        line, lines, cells = row
        if isinstance(cells, str):
            return _quarantined(line, lines, cells)
        if not any(cells):
            return Ignored(line, "empty row")
        if len(cells) != self.columns.width:
            return _quarantined(line, lines, f"{len(cells)} columns where the header has {self.columns.width}")
        cells.append("")
        try:
            return build(line, cells)
        except RowError as problem:
            return _quarantined(line, lines, str(problem))
        except Exception as problem:  # noqa: BLE001 - the one place: a row must not stop an import
            return _quarantined(line, lines, f"not understood ({type(problem).__name__})")

    def _find_header(self, headers: tuple[tuple[str, ...], ...], name: str) -> tuple[Columns, str, int]:
        """The columns, the delimiter and the number of the header's line."""
        first: Cells = []
        for number, line in enumerate(islice(self._lines, _HEADER_WITHIN), start=1):
            delimiter = max(",;\t", key=line.count)
            cells = _split(line, delimiter)
            columns = Columns(cells)
            if any(columns.has(header) for header in headers):
                return columns, delimiter, number
            first = first or (cells if any(cells) else [])
            if len(line) >= self._lines.longest:
                break
        if not first or first[0].strip().casefold() == _EMPTY_SAYS:
            return Columns([]), ",", _HEADER_WITHIN
        found = ", ".join(first)
        if not found.isprintable():
            raise NotAnExportError(f"{name} is no text", "Download the export again and import its zip")
        closest = max(headers, key=lambda header: sum(column in Columns(first) for column in header))
        raise NotAnExportError(
            f"{name} is not the table it should be: its columns are {found[:300]}",
            f"Wanted are {', '.join(closest)}. Import the zip as LinkedIn sent it, not saved by another program",
        )


def _quarantined(line: int, lines: list[str], reason: str) -> Quarantined:
    return Quarantined(line, reason, "".join(lines)[:_RAW_CHARS].rstrip("\r\n"))


def _split(line: str, delimiter: str) -> Cells:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
