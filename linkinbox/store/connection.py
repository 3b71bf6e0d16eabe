"""Opening the store, and the one way to write to it."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from linkinbox.errors import BusyStoreError, DiskFullError, NewerStoreError, StoreError
from linkinbox.store.lock import FileLock
from linkinbox.store.schema import APPLICATION_ID, VERSION, migrate

BUSY_SECONDS = 5.0
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # WAL with NORMAL loses acknowledged decisions at a power cut (reliability.md §2.1)
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",  # some builds spill private texts to /var/tmp
    "mmap_size = 0",
    "secure_delete = ON",
    "recursive_triggers = OFF",
)


class Store:
    """An open store: one connection, bound to the thread that opened it.

    Args:
        path: the SQLite file; made with its folder (0600 in 0700) when it is not there.

    Raises:
        StoreError: it cannot be opened, is of a newer version, or is no store; it is left as it was.
    """

    def __init__(self, path: Path) -> None:
        self.path = path = path.absolute()  # ":memory:" and "file:" are names like any other
        self._closed = False
        with _plain_system_errors(path), plain_errors(path):
            version = _version(path)
            _make_private(path)
            self._lock = FileLock(Path(f"{path}.lock"))
            self._presence = FileLock(Path(f"{path}.open"))
            self._presence.share()
            if version < VERSION:
                self._migrate()
            self.conn = _connect(path)

    def _migrate(self) -> None:
        """Bring it to our version; of several that were started at once, one does."""
        self._take_lock()
        try:
            if _version(self.path) < VERSION:
                migrate(self.path)
        finally:
            self._lock.release()

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One write transaction: everything in it is kept, or nothing.

        BEGIN IMMEDIATE, since a deferred transaction that read first fails at once beside another writer.
        The file lock queues writers fairly, and keeps a checkpoint away from a write in another process
        (the WAL-reset bug of SQLite before 3.51.3).
        """
        with plain_errors(self.path):
            self._take_lock()
            try:
                self.conn.execute("BEGIN IMMEDIATE")
                try:
                    yield self.conn
                    self.conn.execute("COMMIT")
                except BaseException:
                    if self.conn.in_transaction:
                        self.conn.execute("ROLLBACK")
                    raise
            finally:
                self._lock.release()

    def _take_lock(self) -> None:
        if not self._lock.take(seconds=BUSY_SECONDS):
            raise _busy(self.path)

    def is_shared(self) -> bool:
        """Somebody else has the store open, such as the screen beside an import."""
        return self._presence.is_shared()

    def close(self) -> None:
        """Close, leaving one file that is the whole store when nobody else has it open."""
        if self._closed:
            return
        self._closed = True
        self._lock.take(seconds=0)  # one who writes now closes later, and tidies up then
        self.conn.close()
        self._lock.close()
        self._presence.close()


def _version(path: Path) -> int:
    """The schema version of a file, which is not touched; 0 for one that is still to be made.

    Raises:
        StoreError: it is another program's, or newer than this program.
    """
    if not path.exists() or not path.stat().st_size:
        return 0
    # A database that is not ours must keep its mode and its journal: it is looked at before it is opened.
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)) as conn:
        conn.execute("BEGIN")  # another process may be making it right now: look at one moment of it
        ours, version, tables = (
            conn.execute(asked).fetchone()[0]
            for asked in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_schema")
        )
    if tables and ours != APPLICATION_ID:
        msg = f"{path} is a database of another program"
        raise StoreError(msg, "Choose another file with --db")
    if version > VERSION:
        msg = f"{path} was made by a newer linkinbox (store version {version}, this one knows {VERSION})"
        raise NewerStoreError(msg, "Update linkinbox; nothing was changed")
    return int(version)


def _make_private(path: Path) -> None:
    """Make the file 0600 in a 0700 folder before SQLite sees it: its -wal and -shm take that mode over."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def _connect(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256)
    conn.text_factory = lambda raw: raw.decode("utf-8", "replace")  # one bad byte must not hide a row
    for pragma in _PRAGMAS:
        conn.execute(f"PRAGMA {pragma}")
    return conn


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """SQLite's errors as sentences."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explained(error, path) from error


def _explained(error: sqlite3.Error, path: Path) -> StoreError:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            kept = "Make room and try again; what was written before is kept"
            return DiskFullError(f"The disk is full: {path} could not be written", kept)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _busy(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StoreError(f"{path} cannot be written", "Check its permissions and those of its folder")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            hint = "Nothing was changed; choose another file with --db, or put a copy back"
            return StoreError(f"{path} is not a linkinbox store, or is damaged ({error})", hint)
        case _:
            return StoreError(f"{path}: {error}", "Nothing was changed; is there room on the disk?")


def _busy(path: Path) -> BusyStoreError:
    return BusyStoreError(f"{path} is in use by another linkinbox", "Try again when that is through")


@contextmanager
def _plain_system_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ELOOP:
            msg = f"{path} is a link"
            raise StoreError(msg, "Name the file that it points to") from error
        msg = f"{path} cannot be opened: {error.strerror}"
        raise StoreError(msg, "Check the folder's permissions, or choose another file with --db") from error
