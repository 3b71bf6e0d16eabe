"""Copying a store page by page, as of one moment, and reading the copy back.

A million items with as many decisions take 5 s of CPU to copy, where ``VACUUM INTO`` takes 28, and as much again to
read back. The copy of a damaged store is no copy: none gets a name.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from linkinbox.errors import DamagedStoreError, StoreError
from linkinbox.store import chain
from linkinbox.store.exports.replacing import replacing
from linkinbox.store.reading import open_for_reading

_AT_ONCE = 2_048  # pages copied before somebody may stop it
_KEPT = ("import_run", "quarantine", "owner", "owner_fact", "person", "item", "message", "draft", "sent_invitation",
         "journal")  # fmt: skip
_LOOK = "`linkinbox doctor` tells what is damaged, and what to do"


class Mark(NamedTuple):
    """What changes with everything that is kept: two stores of one mark hold the same."""

    version: int
    entries: int
    end: bytes
    imports: int
    finished: int


class Stopper:
    """Ends the making of a backup from another thread."""

    def __init__(self) -> None:
        self.asked = False
        self.reading_back: sqlite3.Connection | None = None

    def stop(self) -> None:
        """End it soon."""
        self.asked = True
        if conn := self.reading_back:
            with suppress(sqlite3.ProgrammingError):  # through by now
                conn.interrupt()


def write_copy(store: Path, destination: Path, *, stop: Stopper | None = None) -> None:
    """Copy a store to one plain file (0600), and read that back before it gets its name."""
    with replacing(destination) as temporary:
        copy_into(store, temporary, stop=stop)


def copy_into(store: Path, temporary: Path, *, stop: Stopper | None = None) -> None:
    """Copy a store over an empty file, and read that back.

    Raises:
        DamagedStoreError: not all of it can be read back.
    """
    with reading(store) as conn:
        conn.execute("BEGIN")
        counts = count_kept(conn)
        _copy_pages(conn, temporary, stop)
        with reading(temporary) as copied:
            if stop:
                stop.reading_back = copied
            if count_kept(copied) != counts:
                raise DamagedStoreError(f"The copy of {store} does not hold what the store holds", _LOOK)
            require_whole(copied, store)
            if stop:
                stop.reading_back = None


def _copy_pages(conn: sqlite3.Connection, destination: Path, stop: Stopper | None) -> None:
    def step(*_: int) -> None:
        if stop and stop.asked:
            raise StoreError("The backup was stopped")

    with closing(sqlite3.connect(destination, isolation_level=None)) as into:
        into.execute("PRAGMA synchronous = OFF")  # synced once, when it is whole
        conn.backup(into, pages=_AT_ONCE, progress=step)
        into.execute("PRAGMA journal_mode = DELETE")  # one file, also when it is looked at


def require_whole(conn: sqlite3.Connection, store: Path) -> None:
    """Read all of a store or backup.

    Raises:
        DamagedStoreError: a page is malformed, or an entry of the journal does not say what was written.
    """
    if (told := conn.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise DamagedStoreError(f"{store} is damaged ({told})", _LOOK)
    if version_of(conn) > 1 and (seq := next(chain.broken(conn), None)) is not None:
        raise DamagedStoreError(f"{store} is damaged: entry {seq} of the journal was changed, or follows a gap", _LOOK)


def count_kept(conn: sqlite3.Connection) -> dict[str, int]:
    """How many rows each of the kept tables has."""
    return {name: conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in _KEPT}


def mark_of(conn: sqlite3.Connection) -> Mark:
    """The mark of a store: read in no time, whatever its size."""
    version = version_of(conn)
    entries, end = chain.end_of(conn) if version > 1 else _first_end(conn)
    imports, finished = conn.execute("SELECT count(*), count(finished_at) FROM import_run").fetchone()
    return Mark(version, entries, end, imports, finished)


def holds(copy: Path, mark: Mark) -> bool:
    """A copy holds what a store of this mark holds; one that cannot be read holds nothing."""
    try:
        with reading(copy) as conn:
            return mark_of(conn) == mark
    except (sqlite3.Error, StoreError):
        return False


def has_anything(conn: sqlite3.Connection) -> bool:
    """Something was imported or decided."""
    mark = mark_of(conn)
    return bool(mark.imports or mark.entries)


def _first_end(conn: sqlite3.Connection) -> tuple[int, bytes]:
    """The number of the newest entry in the first version, which had no chain."""
    return conn.execute("SELECT ifnull(max(seq), 0) FROM journal").fetchone()[0], chain.START


def version_of(conn: sqlite3.Connection) -> int:
    """The schema version of an open store."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write, to a store or a backup, whatever its version."""
    with closing(open_for_reading(path.absolute())) as conn:
        yield conn
