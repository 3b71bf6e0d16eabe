"""Reading what can still be read of a damaged store: row by row, around the pages that are malformed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from linkinbox.errors import StoreError
from linkinbox.store import chain
from linkinbox.store.keeping.carve import carved_entries
from linkinbox.store.keeping.copying import reading, version_of

_FAR = 1 << 62  # beyond every number a row can have


class Said(NamedTuple):
    """A journal entry as it was written: `chain.COLUMNS`; ``sound`` when it has the ``digest`` of what it says."""

    seq: int
    id: str
    at: str
    device: str
    action: str
    item_uid: str | None
    payload: str
    batch: str
    sound: bool
    digest: bytes = b""  # as it was written, too; b"" if none was, or it cannot be read

    @property
    def where(self) -> str:
        """Which one it is, in words for people."""
        return f"entry {self.seq}, {self.action}{f' of item {self.item_uid}' if self.item_uid else ''}"


class Rows:
    """The rows of a table that can be read, in the order of their number, which comes first in each.

    Args:
        conn: a store, damaged or not.
        table: its name.
        number: the column that is its rowid.
        columns: what to read beside it.

    Attributes:
        damaged: something was passed over.
    """

    def __init__(self, conn: sqlite3.Connection, table: str, number: str, columns: str) -> None:
        self._conn = conn
        self._rows = f"SELECT {number}, {columns} FROM {table} WHERE {number} >= ? ORDER BY {number}"
        self.damaged = False

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        first: int | None = 1
        while first is not None:
            try:
                for row in self._conn.execute(self._rows, (first,)):
                    first = max(first, row[0] + 1)
                    yield row
            except sqlite3.Error:
                self.damaged = True
                if row := self._one(first):  # it was read together with the damage behind it
                    yield row
                first = row[0] + 1 if row else self._beyond(first)
            else:
                first = None

    def _beyond(self, unread: int) -> int | None:
        """The least number from which on a row can be read again; None: from none."""
        step = 1
        while not self._can_read(unread + step):
            step *= 2
            if step > _FAR:
                return None
        low, high = unread + step // 2, unread + step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._can_read(middle) else (middle, high)
        return high

    def _can_read(self, number: int) -> bool:
        """Rows from a number on can be read, or there are none."""
        try:
            self._conn.execute(f"{self._rows} LIMIT 1", (number,)).fetchone()
        except sqlite3.Error:
            return False
        return True

    def _one(self, number: int) -> tuple[Any, ...] | None:
        """The first row from a number on; None when it cannot be read."""
        with suppress(sqlite3.Error):
            row: tuple[Any, ...] | None = self._conn.execute(f"{self._rows} LIMIT 1", (number,)).fetchone()
            return row
        return None


def readable_entries(store: Path) -> list[Said]:
    """The journal entries that can be read of a store, in their order: whole ones, and such as have rotted a bit.

    Where SQLite finds no way, every page is looked at.
    """
    found: dict[str, Said] = {}
    whole = False
    with suppress(sqlite3.Error, StoreError), reading(store) as conn:
        rows = journal_rows(conn)
        found.update((said.id, said) for said in _entries(rows, vouched_for(conn)))
        whole = not rows.damaged
    if not whole:
        for said in _entries(((*row, chain.digest(*row)) for row in carved_entries(store)), {}):
            found.setdefault(said.id, said)
    return sorted(found.values(), key=lambda said: said.seq)


def journal_rows(conn: sqlite3.Connection) -> Rows:
    """The rows of the journal that can be read: `chain.COLUMNS`, digest, link (made up where there was none yet)."""
    said = chain.COLUMNS.removeprefix("seq, ")
    return Rows(conn, "journal", "seq", f"{said}, digest, link" if version_of(conn) > 1 else f"{said}, NULL, NULL")


def newest_number(conn: sqlite3.Connection) -> int:
    """The number of the entry that was written last, as SQLite counts them; 0 if that cannot be read."""
    with suppress(sqlite3.Error):
        row = conn.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal'").fetchone()
        return row[0] if row and isinstance(row[0], int) else 0
    return 0


def vouched_for(conn: sqlite3.Connection) -> dict[int, bytes]:
    """As `chain.vouched_for`, as far as that can be read."""
    vouched: dict[int, bytes] = {}
    with suppress(sqlite3.Error):
        vouched.update(conn.execute("SELECT seq, digest FROM forgotten_entry"))
    return vouched


def _entries(rows: Iterable[Sequence[Any]], vouched: Mapping[int, bytes]) -> Iterator[Said]:
    for row in rows:
        told = row[8] if isinstance(row[8], bytes) else b""
        sound = row[8] is None or vouched.get(row[0], told) == chain.digest(*row[:8])
        said = Said._make((*row[:8], sound, told))
        texts = (said.id, said.at, said.device, said.action, said.payload, said.batch)
        if all(isinstance(text, str) for text in texts) and isinstance(said.item_uid, str | None):
            yield said
