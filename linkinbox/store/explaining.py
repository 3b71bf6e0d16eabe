"""What SQLite and the system say of a store, as sentences; loaded when something went wrong."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from linkinbox.errors import BusyStoreError, DamagedStoreError, DiskFullError, StoreError
from linkinbox.store.filesystem import is_full
from linkinbox.store.opening import a_link


def explained(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> StoreError:
    """What SQLite says; in words that are no UTF-8, of a schema that is damaged."""
    rotten = sqlite3.SQLITE_CORRUPT if isinstance(error, UnicodeDecodeError) else 0
    match getattr(error, "sqlite_errorcode", rotten) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return _full(path)
        case sqlite3.SQLITE_IOERR:
            return _full(path) if is_full(path.parent) else _failing(path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return busy(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StoreError(f"{path} cannot be written", "Check its permissions and those of its folder")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            hint = "Nothing was changed; choose another file with --db, or restore it: linkinbox doctor --recover"
            return DamagedStoreError(f"{path} is not a linkinbox store, or is damaged ({error})", hint)
        case _:
            return StoreError(f"{path}: {error}", "Nothing was changed; is there room on the disk?")


def explained_system(error: OSError, path: Path) -> StoreError:
    """What the system says."""
    match error.errno:
        case errno.ELOOP:
            return a_link(Path(error.filename or path))
        case errno.ENOSPC | errno.EDQUOT:
            return _full(path)
        case _:
            hint = "Check the folder's permissions, or choose another file with --db"
            return StoreError(f"{path} cannot be opened: {error.strerror}", hint)


def busy(path: Path) -> BusyStoreError:
    """Another process keeps the store for itself."""
    return BusyStoreError(f"{path} is in use by another linkinbox", "Try again when that is through")


def _full(path: Path) -> DiskFullError:
    kept = "Make room and try again; what was written before is kept"
    return DiskFullError(f"The disk is full: {path} could not be written", kept)


def _failing(path: Path) -> StoreError:
    kept = "Try again; if it stays so, copy what is on this disk. What was written before is kept"
    return StoreError(f"The disk reports an error: {path} could not be read or written", kept)
