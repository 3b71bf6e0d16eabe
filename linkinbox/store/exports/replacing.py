"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIDECARS = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database


@contextmanager
def replacing(destination: Path) -> Iterator[Path]:
    """A temporary file (0600, empty) that takes the place of ``destination`` at the end, if nothing failed.

    It lies in the same folder, since only a rename within a file system is atomic.
    """
    descriptor, name = tempfile.mkstemp(prefix=".linkinbox-", suffix=".part", dir=destination.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        _sync(temporary)
        temporary.replace(destination)
        _sync(destination.parent)
    finally:
        for suffix in ("", *SIDECARS):
            Path(f"{name}{suffix}").unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
