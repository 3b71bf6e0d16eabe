"""Opening the store, and the one way to write to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from linkinbox.errors import (
    BusyStoreError,
    DamagedStoreError,
    DiskFullError,
    ExportError,
    NewerStoreError,
    ReadOnlyStoreError,
    StoreError,
)
from linkinbox.store import opening
from linkinbox.store.lock import FileLock
from linkinbox.store.schema import VERSION, migrate
from linkinbox.store.times import utc_now

if TYPE_CHECKING:
    from linkinbox.store.reading import ReadOnly

BUSY_SECONDS = 5.0
_PRAGMAS = (
    "synchronous = FULL",  # WAL with NORMAL loses acknowledged decisions at a power cut (reliability.md §2.1)
    "foreign_keys = ON",
    "secure_delete = ON",
    "recursive_triggers = OFF",
    *opening.SAFETY,
)


class Store:
    """An open store: one connection, bound to the thread that opened it.

    Args:
        path: the SQLite file; made with its folder (0600 in 0700) when it is not there.

    Attributes:
        read_only: why it is only read, in words for people; "" when it can be written.
        repaired: what was put right when it was opened, or must still be, a sentence each.
        network: the type of its file system, if machines may share that; "" otherwise.

    Raises:
        StoreError: it cannot be opened, not even for reading, or is no store; it is left as it was.
    """

    def __init__(self, path: Path) -> None:
        self.path = path = path.absolute()  # ":memory:" and "file:" are names like any other
        self.repaired: list[str] = []
        self.network = ""
        self._only: ReadOnly | None = None
        self._lock: FileLock | None = None
        self._presence: FileLock | None = None
        self._former: sqlite3.Connection | None = None
        self._refusal: Exception = StoreError(f"{path} cannot be read")
        self._closed = False
        with _plain_system_errors(path), plain_errors(path):
            opening.refuse_foreign(path)
            try:
                self.conn = self._open()
            except (NewerStoreError, OSError, sqlite3.Error) as error:
                self.conn = self._open_for_reading(error)

    @property
    def read_only(self) -> str:
        """Why it is only read, in words for people; "" when it can be written."""
        return self._only.reason if self._only else ""

    def refuse(self) -> NoReturn:
        """Raise why it could not be opened for writing: its tables are not even such that they can be read.

        Raises:
            StoreError: always.
        """
        with _plain_system_errors(self.path), plain_errors(self.path):
            raise self._refusal

    def _open(self) -> sqlite3.Connection:
        path = self.path
        opening.require_writable(path)
        if (version := refuse_lost(path)) > VERSION:
            raise opening.newer(path, version)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.network = opening.network_of(path.parent)
        try:
            self._lock = FileLock(Path(f"{path}.lock"))
            if version < VERSION:
                self._migrate()
            self._presence = FileLock(opening.presence_of(path))  # once it is a store: see `refuse_lost`
            self._presence.share()
            self.repaired += opening.narrow(path)
            return _connect(path, "TRUNCATE" if self.network else "WAL")
        except BaseException:
            self._let_go()
            raise

    def _open_for_reading(self, error: Exception) -> sqlite3.Connection:
        from linkinbox.store import reading

        self._refusal = error
        self._only = reading.reason_for(error, self.path)
        if self._only is None or not (self.path.exists() and self.path.stat().st_size):
            raise error
        return reading.open_for_reading(self.path)

    def require_writing(self) -> None:
        """Open it for writing after all: there may be room on the disk by now.

        Raises:
            ReadOnlyStoreError: there is not.
        """
        if self._only is None:
            return
        try:
            conn = self._open()
        except (NewerStoreError, OSError, sqlite3.Error) as error:
            raise ReadOnlyStoreError(f"Read-only: {self._only.reason}", self._only.hint) from error
        self._former, self.conn = self.conn, conn  # a snapshot may still be read from it
        self._only = None

    def _migrate(self) -> None:
        """Bring it to our version; of several that were started at once, one does."""
        with self._locked():
            opening.make(self.path)
            if (version := opening.version_of(self.path)) < VERSION:
                if version:
                    _keep_old(self.path)
                migrate(self.path)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One write transaction: everything in it is kept, or nothing.

        BEGIN IMMEDIATE, since a deferred transaction that read first fails at once beside another writer.
        The file lock queues writers fairly, and keeps a checkpoint away from a write in another process
        (the WAL-reset bug of SQLite before 3.51.3).
        """
        self.require_writing()
        with plain_errors(self.path), self._locked():
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self.conn
                self.conn.execute("COMMIT")
            except BaseException:
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                raise

    def do_without_sync(self) -> None:
        """Wait for the disk no longer: for a store that is thrown away, and may be lost at a power cut."""
        self.conn.execute("PRAGMA synchronous = OFF")

    def compact(self) -> None:
        """Write the file anew, so that nothing is left of what was deleted.

        Raises:
            BusyStoreError: somebody else reads old pages of it.
        """
        self.require_writing()
        with plain_errors(self.path), self._locked():
            self.conn.execute("VACUUM")
            busy, *_ = self.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise BusyStoreError(f"Somebody reads {self.path}", "Close what has it open")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if self._lock is None or not self._lock.take(seconds=BUSY_SECONDS):
            from linkinbox.store.explaining import busy

            raise busy(self.path)
        try:
            yield
        finally:
            self._lock.release()

    def is_shared(self) -> bool:
        """Somebody else has the store open, such as the screen beside an import."""
        return self._presence is not None and self._presence.is_shared()

    def close(self) -> None:
        """Close, leaving one file that is the whole store when nobody else has it open."""
        if self._closed:
            return
        self._closed = True
        if self._lock:
            self._lock.take(seconds=0)  # one who writes now closes later, and tidies up then
        if self._former:
            self._former.close()
        self.conn.close()
        self._let_go()

    def _let_go(self) -> None:
        for lock in filter(None, (self._lock, self._presence)):
            lock.close()
        self._lock = self._presence = None


def refuse_lost(path: Path) -> int:
    """Refuse to begin anew where a store was: an empty or missing file beside its backups is damage.

    Returns:
        The schema version of what is there; 0 for a store that is still to be made.

    Raises:
        DamagedStoreError: one was there.
    """
    had_one = opening.presence_of(path).exists()  # asked before: who makes a store makes that last
    if version := opening.version_of(path):
        return version
    from linkinbox.store.keeping import backup

    if had_one or any(made.path.name.startswith(f"{path.name}-") for made in backup.backups(path)):
        what = "empty" if path.exists() else "gone"
        hint = (
            "`linkinbox doctor --recover` restores the newest backup. To begin anew, move"
            f" {opening.presence_of(path)} and {backup.folder_of(path)} away"
        )
        raise DamagedStoreError(f"{path} was a store, and is {what}", hint)
    return 0


def _keep_old(path: Path) -> None:
    """Back up a store before it is migrated; without room for that, or a folder, its one transaction must do."""
    from linkinbox.store.keeping import backup

    with suppress(DiskFullError, ExportError):
        backup.back_up(path, backup.Reason.MIGRATION, utc_now())


def _connect(path: Path, journal: str) -> sqlite3.Connection:
    conn = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256)
    conn.text_factory = lambda raw: raw.decode("utf-8", "replace")  # one bad byte must not hide a row
    try:
        for pragma in (f"journal_mode = {journal}", *_PRAGMAS):
            conn.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        conn.close()
        raise
    return conn


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """SQLite's errors as sentences."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter where what SQLite says quotes rotten bytes
        from linkinbox.store.explaining import explained

        raise explained(error, path) from error


@contextmanager
def _plain_system_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        from linkinbox.store.explaining import explained_system

        raise explained_system(error, path) from error
