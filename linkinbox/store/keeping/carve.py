"""Journal entries found in the raw pages of a damaged store, where SQLite finds no way to them any more.

Each page of a table stands for itself (https://sqlite.org/fileformat2.html §1.6): a lost root, header or schema
hides the rows, but does not touch them. What is found is an entry only if it has the digest of what it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linkinbox.store import chain

_LEAF = 0x0D
_COLUMNS = 10  # of the journal: number, seven that say something, digest, link
_LEAST_CELL = 2 + 36 * 2 + 20  # bytes: its place, two ids, a time
_WAL_HEADER, _FRAME_HEADER = 32, 24
_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)  # by serial type
_BROKEN = (IndexError, ValueError, UnicodeDecodeError)


def carved_entries(store: Path) -> Iterator[tuple[Any, ...]]:
    """The sound entries (``chain.COLUMNS``) in any page of a store and its log; some may come twice."""
    size = _page_size(store)
    yield from _entries(store, size, 0, 0)
    log = Path(f"{store}-wal")
    if log.exists():
        yield from _entries(log, size, _WAL_HEADER, _FRAME_HEADER)


def _page_size(store: Path) -> int:
    with store.open("rb") as file:
        told = int.from_bytes(file.read(18)[16:], "big")
    size = 65_536 if told == 1 else told
    return size if 512 <= size <= 65_536 and size & (size - 1) == 0 else 4_096


def _entries(path: Path, size: int, start: int, before: int) -> Iterator[tuple[Any, ...]]:
    """Entries of each page; the first begins at ``start``, and ``before`` bytes stand before every one."""
    with path.open("rb") as file:
        file.seek(start)
        while len(page := file.read(before + size)) > before:
            if page[before] == _LEAF:
                yield from _entries_of_leaf(page[before:])


def _entries_of_leaf(page: bytes) -> Iterator[tuple[Any, ...]]:
    cells = int.from_bytes(page[3:5], "big")
    if cells > len(page) // _LEAST_CELL:
        return
    for place in range(8, 8 + 2 * cells, 2):
        try:
            values = _row(page, int.from_bytes(page[place : place + 2], "big"))
        except _BROKEN:
            continue
        if len(values) == _COLUMNS and chain.digest(*values[:-2]) == values[-2]:
            yield values[:-2]


def _row(page: bytes, place: int) -> tuple[Any, ...]:
    """A row that lies wholly in its page: a note of thousands of letters does not."""
    length, place = _varint(page, place)
    rowid, place = _varint(page, place)
    end = place + length
    if length > len(page) - 35:
        raise ValueError(length)
    header_length, at = _varint(page, place)
    place, header_end = place + header_length, place + header_length
    values: list[Any] = []
    while at < header_end and len(values) < _COLUMNS:
        kind, at = _varint(page, at)
        wide = _width(kind)
        values.append(_value(kind, page[place : place + wide]))
        place += wide
    if place > end:
        raise ValueError(place)
    return (rowid, *values[1:])


def _width(kind: int) -> int:
    return (kind - 12) // 2 if kind >= 12 else (*_INTEGER_BYTES, 8, 0, 0)[kind]


def _value(kind: int, raw: bytes) -> Any:
    match kind:
        case 0:
            return None
        case 8 | 9:
            return kind - 8
        case _ if kind < 7:
            return int.from_bytes(raw, "big", signed=True)
        case _ if kind % 2:
            return raw.decode("utf-8", "replace")
    return raw


def _varint(page: bytes, place: int) -> tuple[int, int]:
    value = 0
    for step in range(9):
        byte = page[place + step]
        if step == 8:
            return value << 8 | byte, place + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + step + 1
    raise ValueError(place)
