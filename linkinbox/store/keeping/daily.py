"""The backup of the day: made beside the screen, or when whoever decided something leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from linkinbox.errors import DamagedStoreError, LinkinboxError
from linkinbox.store.connection import plain_errors
from linkinbox.store.keeping.backup import back_up_daily, backups, size_of
from linkinbox.store.keeping.copying import Stopper
from linkinbox.store.keeping.damage import note_damage

SMALL = 32_000_000  # bytes of a store that is copied and read back in a quarter of a second
_LONG = timedelta(days=7)  # without a backup: then it is worth a wait


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


def back_up_on_leaving(store: Path, now: datetime) -> str:
    """Make the backup of the day after something was decided, where nobody has to wait for it without need.

    A large store is left to the screen, which copies beside the keys, unless there was no backup for a week.

    Returns:
        Why there is none, in words for people; "" when all is well.
    """
    made = backups(store)
    if made and size_of(store) > SMALL and now - made[0].at < _LONG:
        return ""
    try:
        return DailyBackup(store, now).run()
    except DamagedStoreError as damaged:
        note_damage(store, damaged.message)
        return str(damaged)
