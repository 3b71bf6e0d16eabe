"""The daily look through the whole store, and its backup: in a thread that leaves the processor to the keys."""

from __future__ import annotations

import os
import sys
import threading

from textual.message import Message
from textual.message_pump import MessagePump

from linkinbox.errors import DamagedStoreError
from linkinbox.store.keeping.checking import QuickCheck
from linkinbox.store.keeping.daily import DailyBackup

_LEAST_URGENT = 19
_STOPS_WITHIN, _STOPS_TRIED = 0.1, 20  # seconds, and how often


class Damaged(Message):
    """The store is damaged, in words that say how and what to do."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__()


class NotBackedUp(Message):
    """There is no backup of today, in words that say why."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__()


class Checking:
    """Runs a check beside the app and then the backup of the day; the app is told only of what went wrong.

    Args:
        app: gets `Damaged` and `NotBackedUp`.
        check: the look to take.
        backup: what to make of a store that is whole.
    """

    def __init__(self, app: MessagePump, check: QuickCheck, backup: DailyBackup) -> None:
        self._app = app
        self._check = check
        self._backup = backup
        # Not one of the pool's threads: it would stay as slow for whatever it did next.
        self._thread = threading.Thread(target=self._run, name="check", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        if sys.platform == "linux":  # elsewhere a thread has no priority of its own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LEAST_URGENT)
        try:
            if words := self._check.run():
                self._app.post_message(Damaged(words))
            elif words := self._backup.run():
                self._app.post_message(NotBackedUp(words))
        except DamagedStoreError as damaged:
            self._app.post_message(Damaged(str(damaged)))

    def stop(self) -> None:
        """End it before the store is closed: who closes last tidies up."""
        for _ in range(_STOPS_TRIED):
            self._check.stop()
            self._backup.stop()
            self._thread.join(_STOPS_WITHIN)
            if not self._thread.is_alive():
                break  # what is asked just before a statement begins is not heard
