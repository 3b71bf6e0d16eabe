"""Opening the store, and the one way to write to it."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from linkinbox.errors import BusyStoreError, DiskFullError, NewerStoreError, StoreError
from linkinbox.store.schema import APPLICATION_ID, VERSION, migrate

BUSY_MS = 5_000
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # WAL with NORMAL loses acknowledged decisions at a power cut (reliability.md §2.1)
    "foreign_keys = ON",
    f"busy_timeout = {BUSY_MS}",
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
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = -1
        with _plain_errors(path):
            _make_private(path)
            self.conn = _connect(path)
            self._check_version()
            self._lock = _lock_file(path, "lock")
            self._presence = _lock_file(path, "open")
            fcntl.flock(self._presence, fcntl.LOCK_SH)

    def _check_version(self) -> None:
        ours = self.conn.execute("PRAGMA application_id").fetchone()[0]
        version = self.conn.execute("PRAGMA user_version").fetchone()[0]
        empty = self.conn.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None
        if not empty and ours != APPLICATION_ID:
            self.conn.close()
            msg = f"{self.path} is a database of another program"
            raise StoreError(msg, "Choose another file with --db")
        if version > VERSION:
            self.conn.close()
            msg = f"{self.path} was made by a newer linkinbox (store version {version}, this one knows {VERSION})"
            raise NewerStoreError(msg, "Update linkinbox; nothing was changed")
        if version < VERSION:
            self.conn.close()
            migrate(self.path)
            self.conn = _connect(self.path)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One write transaction: everything in it is kept, or nothing.

        BEGIN IMMEDIATE, since a deferred transaction that read first fails at once beside another writer.
        The file lock queues writers fairly, and keeps a checkpoint away from a write in another process
        (the WAL-reset bug of SQLite before 3.51.3).
        """
        with _plain_errors(self.path):
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
                fcntl.flock(self._lock, fcntl.LOCK_UN)

    def _take_lock(self) -> None:
        deadline = time.monotonic() + BUSY_MS / 1000
        while True:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise _busy(self.path) from None
                time.sleep(0.002)
            else:
                return

    def is_shared(self) -> bool:
        """Somebody else has the store open, such as the screen beside an import."""
        try:
            fcntl.flock(self._presence, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            fcntl.flock(self._presence, fcntl.LOCK_SH)
        return False

    def close(self) -> None:
        """Close, leaving one file that is the whole store when nobody else has it open."""
        if self._lock < 0:
            return
        with suppress(BusyStoreError):  # another one's import; its own close will tidy up
            self._take_lock()
        self.conn.close()
        os.close(self._lock)
        os.close(self._presence)
        self._lock = -1


def _make_private(path: Path) -> None:
    """Make the file 0600 in a 0700 folder before SQLite sees it: its -wal and -shm take that mode over."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def _connect(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None, cached_statements=256)
    conn.text_factory = lambda raw: raw.decode("utf-8", "replace")  # one bad byte must not hide a row
    for pragma in _PRAGMAS:
        conn.execute(f"PRAGMA {pragma}")
    return conn


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    """SQLite's and the system's errors as sentences."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _explained(error, path) from error
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error) or "malformed" in str(error):
            msg = f"{path} is not a linkinbox store, or is damaged ({error})"
            raise StoreError(msg, "Nothing was changed; choose another file with --db, or put a copy back") from error
        raise
    except OSError as error:
        msg = f"{path} cannot be opened: {error.strerror}"
        raise StoreError(msg, "Check the folder's permissions, or choose another file with --db") from error


def _busy(path: Path) -> BusyStoreError:
    return BusyStoreError(f"{path} is in use by another linkinbox", "Try again when its import is through")


def _lock_file(path: Path, suffix: str) -> int:
    return os.open(f"{path}.{suffix}", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def _explained(error: sqlite3.OperationalError, path: Path) -> StoreError:
    text = str(error)
    if "full" in text:
        return DiskFullError(
            f"The disk is full, so nothing was written to {path}",
            "Make room and try again; what was decided before is kept",
        )
    if "locked" in text or "busy" in text:
        return _busy(path)
    if "readonly" in text:
        return StoreError(f"{path} cannot be written", "Check its permissions and those of its folder")
    return StoreError(f"{path}: {text}", "Nothing was changed")
