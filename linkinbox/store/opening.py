"""What a store is looked at for before it is opened: whose it is, what it is, and that nobody else can read it."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from linkinbox.errors import NewerStoreError, StoreError
from linkinbox.store.schema import APPLICATION_ID, TRIGGERS, VERSION, VIEWS

SAFETY = (  # pragmas of every connection
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "temp_store = MEMORY",  # some builds spill private texts to /var/tmp
    "mmap_size = 0",
)
_BESIDE = ("-wal", "-shm", "-journal", ".lock", ".open")
_OURS = "linkinbox"  # the name of the one folder that is made for the store alone


def refuse_foreign(path: Path) -> None:
    """Refuse what somebody else can put something else in the place of; nothing is opened.

    Raises:
        StoreError: a link, no file, another user's, or in a folder where everybody may replace it.
    """
    for file in _files(path):
        if os.path.islink(file):  # noqa: PTH114  # at each start, six times
            raise a_link(Path(file))
    with suppress(FileNotFoundError):
        told = path.stat()
        if not stat.S_ISREG(told.st_mode):
            raise StoreError(f"{path} is no file", "Choose another one with --db")
        if os.geteuid() not in {0, told.st_uid}:
            raise StoreError(f"{path} belongs to another user", "Copy it to a folder of yours, and name that with --db")
    with suppress(FileNotFoundError):
        mode = path.parent.stat().st_mode
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
            _refuse_folder(path.parent)


def presence_of(path: Path) -> Path:
    """The file that is locked while somebody has a store open; it stays beside every store that was made."""
    return Path(f"{path}.open")


def _refuse_folder(folder: Path) -> None:
    from linkinbox.store.filesystem import knows_modes

    if knows_modes(folder):
        hint = f"`chmod o-w {folder}` ends that, or choose another folder with --db"
        raise StoreError(f"Everybody may replace files in {folder}", hint)


def _files(path: Path) -> Iterator[str]:
    return (f"{path}{suffix}" for suffix in ("", *_BESIDE))


def a_link(path: Path) -> StoreError:
    """The refusal of a link: it may lead to anybody's file."""
    return StoreError(f"{path} is a link", "Name the file that it points to")


def network_of(folder: Path) -> str:
    """The type of a file system that other machines may write to; "" for one of this machine."""
    if os.major(folder.stat().st_dev):
        return ""  # a disk: what is mounted need not be looked up
    from linkinbox.store.filesystem import is_shared, kind_of

    kind = kind_of(folder)
    return kind if is_shared(kind) else ""


def version_of(path: Path) -> int:
    """The schema version of a file, which is not touched; 0 for one that is still to be made.

    Raises:
        StoreError: as `examined`.
    """
    if not path.exists() or not path.stat().st_size:
        return 0
    # A database that is not ours must keep its mode and its journal: it is looked at before it is opened.
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)) as conn:
        conn.execute("BEGIN")  # another process may be making it right now: look at one moment of it
        return examined(conn, path)


def examined(conn: sqlite3.Connection, path: Path) -> int:
    """The schema version of an open database.

    Raises:
        StoreError: it is another program's, or its tables are no longer those that linkinbox made.
    """
    ours, version, tables = (
        conn.execute(asked).fetchone()[0]
        for asked in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_schema")
    )
    if tables and ours != APPLICATION_ID:
        raise StoreError(f"{path} is a database of another program", "Choose another file with --db")
    if version < 0:
        raise _changed(path, f"it says to be of version {version}")
    if version <= VERSION and (strange := next(_strangers(conn), None)):
        raise _changed(path, f"it has a {strange}")
    return int(version)


def _strangers(conn: sqlite3.Connection) -> Iterator[str]:
    """What would run by itself when the tables are written, or stand in for one when they are read."""
    for kind, name in conn.execute("SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view')"):
        if name not in (TRIGGERS if kind == "trigger" else VIEWS):
            yield f"{kind} {name}"


def _changed(path: Path, what: str) -> StoreError:
    hint = "Nothing was changed. Open only stores of your own, or choose another file with --db"
    return StoreError(f"Somebody changed the tables of {path}: {what}", hint)


def newer(path: Path, version: int) -> NewerStoreError:
    """The refusal of a store that this program is too old for."""
    msg = f"{path} was made by a newer linkinbox (store version {version}, this one knows {VERSION})"
    return NewerStoreError(msg, "Update linkinbox; nothing was changed")


def require_writable(path: Path) -> None:
    """Raise OSError where SQLite would open the file for reading only, and say nothing."""
    for place in (path, path.parent):
        if place.exists() and not os.access(place, os.W_OK):
            read_only = os.statvfs(path.parent).f_flag & os.ST_RDONLY
            raise OSError(errno.EROFS if read_only else errno.EACCES, "no permission to write", str(place))


def make(path: Path) -> None:
    """Make an empty file, 0600, before SQLite sees it: its -wal and -shm take that mode over.

    One that is there is not opened: to close a file takes away all locks that this process holds on it, also those
    of another connection. SQLite would then take the next program that closes for the last one, and delete the
    log that we go on writing to (https://sqlite.org/howtocorrupt.html §2.2).
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))


def narrow(path: Path) -> list[str]:
    """Take away what others may read; returns a sentence for each thing that was so far theirs to read.

    Of folders only the one that is made for the store: anybody may have put it in one of their own.
    """
    told = []
    if path.parent.name == _OURS and _narrowed(path.parent, 0o700):
        told.append(f"Others could look into {path.parent}; now only you can")
    if sum(_narrowed(file, 0o600) for file in _files(path)):
        told.append(f"Others could read {path}; now only you can")
    return told


def _narrowed(path: str | Path, mode: int) -> bool:
    try:
        if not os.lstat(path).st_mode & 0o077:
            return False
        Path(path).chmod(mode)
        return not os.lstat(path).st_mode & 0o077
    except OSError:  # not there, or a disk that knows no modes
        return False
