"""A lock between processes, on a file beside the store."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from pathlib import Path

_PAUSE = 0.002  # seconds


class FileLock:
    """An advisory lock; the system releases it when its holder dies.

    Args:
        path: the file to lock; made, 0600, when it is not there.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)

    def take(self, *, seconds: float) -> bool:
        """Take it for this process alone; False if another one keeps it for longer than ``seconds``."""
        deadline = time.monotonic() + seconds
        while not self._try(fcntl.LOCK_EX):
            if time.monotonic() >= deadline:
                return False
            time.sleep(_PAUSE)
        return True

    def share(self) -> None:
        """Hold it together with others that share it."""
        while not self._try(fcntl.LOCK_SH):
            time.sleep(_PAUSE)

    def is_shared(self) -> bool:
        """Somebody else holds it too; asked by one who shares it, and shares it afterwards."""
        alone = self._try(fcntl.LOCK_EX)
        self.share()
        return not alone

    def release(self) -> None:
        """Let others have it."""
        self._try(fcntl.LOCK_UN)

    def close(self) -> None:
        """Release it for good."""
        os.close(self._descriptor)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno != errno.ENOLCK:
                raise  # a network disk without locks of this kind: SQLite's own are left
        return True
