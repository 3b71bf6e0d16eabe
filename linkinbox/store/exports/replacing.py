"""Writing a file whole or not at all."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SIDECARS = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database
_BEGINS, _ENDS = ".linkinbox-", ".part"


@contextmanager
def replacing(destination: Path) -> Iterator[Path]:
    """A temporary file (0600, empty) that takes the place of ``destination`` at the end, if nothing failed.

    It lies in the same folder, since only a rename within a file system is atomic.
    """
    with scratch(destination.parent) as temporary:
        yield temporary
        sync(temporary)
        temporary.replace(destination)
        sync(destination.parent)


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A temporary file (0600, empty) in a folder.

    It is locked while it is used: one that is not was left by a process that was killed, and goes with the next.
    """
    _sweep(folder)
    descriptor, temporary = _locked(folder)
    try:
        yield temporary
    finally:
        _remove(temporary)
        os.close(descriptor)


def _locked(folder: Path) -> tuple[int, Path]:
    """Make one and lock it; another process may have swept it away in between, and then it has no name any more."""
    while True:
        descriptor, name = tempfile.mkstemp(prefix=_BEGINS, suffix=_ENDS, dir=folder)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor, Path(name)
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{_BEGINS}*{_ENDS}"):
        with suppress(OSError):  # another user's, or gone meanwhile
            descriptor = os.open(left, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(left)
            finally:
                os.close(descriptor)


def _remove(temporary: Path) -> None:
    for suffix in ("", *SIDECARS):
        Path(f"{temporary}{suffix}").unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have a file, or a folder's names, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
