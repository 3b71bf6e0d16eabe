"""Opening a store that cannot be written: it is read all the same, and says why it is only read."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from shutil import copyfile, disk_usage, rmtree
from typing import NamedTuple

from linkinbox.errors import DamagedStoreError, DiskFullError, NewerStoreError, StoreError
from linkinbox.store import filesystem
from linkinbox.store.opening import SAFETY, examined

_LEFT_BEHIND = ("-wal", "-journal")  # hold what is not in the file itself
_NONE = {  # for what a version did not know
    "reason": "CREATE TEMP TABLE reason (id, item_id, at, name, text)",
    "item_tag": "CREATE TEMP TABLE item_tag (tag, item_id)",
}
_MEMORY = Path("/dev/shm")  # noqa: S108  # a copy gets a private folder of its own there
_SPARE = 1 << 20  # bytes that a copy needs beyond its size: the index of its log


class ReadOnly(NamedTuple):
    """Why a store is only read, in words that follow "read-only:", and what to do about it."""

    reason: str
    hint: str


FULL = ReadOnly("the disk is full", "Make room; the next decision tries again")
FAILING = ReadOnly("the disk reports errors", "Copy what is on it; the next decision tries again")
MOUNTED = ReadOnly("its disk is mounted read-only", "Mount it for writing; the next decision tries again")
FORBIDDEN = ReadOnly("no permission to write", "Check the permissions of the file and its folder")
NEWER = ReadOnly("made by a newer linkinbox", "Update linkinbox to decide here")


def reason_for(error: Exception, path: Path) -> ReadOnly | None:
    """Why a store that could not be opened for writing may be opened for reading; None: it may not."""
    match error:
        case NewerStoreError():
            return NEWER
        case OSError():
            return _OF_SYSTEM.get(error.errno or 0)
        case sqlite3.Error():
            return _of_sqlite(error, path)
    return None


_OF_SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EIO: FAILING,
    errno.EROFS: MOUNTED,
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
}


def _of_sqlite(error: sqlite3.Error, path: Path) -> ReadOnly | None:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return FULL
        case sqlite3.SQLITE_IOERR:  # also when the index of the log cannot grow
            return FULL if filesystem.is_full(path.parent) else FAILING
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return FULL if filesystem.is_full(path.parent) else FORBIDDEN
    return None


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open a store so that nothing beside it or in it is written.

    A log in use needs an index that can be written, unless another program has made one. Without either, the file
    is read as it lies; but a log that was left behind would be passed over then, so both are copied.

    Raises:
        DamagedStoreError: it is empty; SQLite would throw away a log that still lies beside it.
        DiskFullError: there is no room for that copy.
        StoreError: it is another program's, or its tables were changed.
        sqlite3.Error: it cannot be read.
    """
    if path.exists() and not _size(path):
        raise DamagedStoreError(f"{path} is empty", "`linkinbox doctor` tells what to do")
    try:
        return _connect(path, f"{path.as_uri()}?mode=ro")
    except sqlite3.Error:
        return open_at_rest(path)


def open_at_rest(path: Path) -> sqlite3.Connection:
    """Open a copy of a store that nobody writes to: no log is made beside it.

    Raises:
        DiskFullError: it has a log, and there is no room to copy both.
        StoreError: it is another program's, or its tables were changed.
        sqlite3.Error: it cannot be read.
    """
    if any(_size(Path(f"{path}{suffix}")) for suffix in _LEFT_BEHIND):
        return _connect_to_copy(path)
    return _connect(path, f"{path.as_uri()}?mode=ro&immutable=1")


def _connect(path: Path, uri: str) -> sqlite3.Connection:
    conn = sqlite3.connect(uri, uri=True, isolation_level=None, cached_statements=256)
    conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        for pragma in SAFETY:
            conn.execute(f"PRAGMA {pragma}")
        examined(conn, path)  # only now is it opened
        known = {name for (name,) in conn.execute("SELECT name FROM sqlite_schema")}
        for name in _NONE.keys() - known:
            conn.execute(_NONE[name])
    except (sqlite3.Error, StoreError):
        conn.close()
        raise
    return conn


def _connect_to_copy(path: Path) -> sqlite3.Connection:
    """Open a copy that is gone with this process: its names are taken away as soon as it is open.

    Nothing else in this process can have the store open, or the index of its log would have been there; so no lock
    is lost when the files are closed (see `linkinbox.store.opening.make`).
    """
    from tempfile import mkdtemp

    files = [file for file in (path, *(Path(f"{path}{suffix}") for suffix in _LEFT_BEHIND)) if file.exists()]
    folder = Path(mkdtemp(prefix="linkinbox-", dir=_room_for(sum(map(_size, files)), path)))
    try:
        for file in files:
            copy = folder / file.name
            copy.touch(mode=0o600)
            copyfile(file, copy)
        return _connect(path, (folder / path.name).as_uri())
    finally:
        rmtree(folder)


def _room_for(size: int, path: Path) -> Path:
    from tempfile import gettempdir

    in_memory = [_MEMORY] if _MEMORY.is_dir() and filesystem.kind_of(_MEMORY) == "tmpfs" else []
    for place in (*in_memory, Path(gettempdir())):
        if disk_usage(place).free > size + _SPARE:
            return place
    raise DiskFullError(f"The disk is full: there is no room to read {path}", "Make room; what was written is kept")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
