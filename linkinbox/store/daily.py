"""The backup of the day, made beside the screen."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from linkinbox.errors import DamagedStoreError, LinkinboxError
from linkinbox.store.backup import back_up_daily
from linkinbox.store.connection import plain_errors
from linkinbox.store.copying import Stopper


class DailyBackup:
    """Makes the backup of the day, unless there is one or nothing changed; to be run in a thread of its own.

    Args:
        path: the store.
        now: aware; the day is that of the machine's zone.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        self._path = path
        self._now = now
        self._stopper = Stopper()

    def run(self) -> str:
        """Make it; returns why there is none, in words for people, "" when all is well.

        Raises:
            DamagedStoreError: the store does not say what was written.
        """
        try:
            with plain_errors(self._path):
                back_up_daily(self._path, self._now, stop=self._stopper)
        except DamagedStoreError:
            raise
        except (LinkinboxError, OSError) as error:
            if self._stopper.asked:
                return ""
            told = str(error) if isinstance(error, LinkinboxError) else error.strerror
            return f"No backup was made today: {told}"
        return ""

    def stop(self) -> None:
        """End it, from another thread; what it has written so far goes with the next one."""
        self._stopper.stop()
