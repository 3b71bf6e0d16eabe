"""A look through the whole file, once a day and beside the screen: damage is found while good backups are kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from linkinbox.errors import StoreError
from linkinbox.store.connection import Store
from linkinbox.store.times import maybe_from_text, to_text

_STAMP = "checked_at"


class QuickCheck:
    """One such look: made where the screen is, run in a thread of its own. Takes some 5 s of CPU a million items.

    Args:
        path: the store.
        now: aware; the day is that of its zone.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        self._path = path
        self._now = now
        self._conn: sqlite3.Connection | None = None
        self._stopped = False

    def run(self) -> str:
        """Look, unless that was done today; returns what is wrong in words for people, "" when nothing is."""
        try:
            with closing(sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True, check_same_thread=False)) as conn:
                if self._was_done(conn):
                    return ""
                self._conn = conn  # from here on `stop` reaches it
                told = "" if self._stopped else conn.execute("PRAGMA quick_check(1)").fetchone()[0]
                self._conn = None
        except sqlite3.DatabaseError as error:
            told = "" if _says_nothing(error) else str(error)
        if told == "ok":
            self._stamp()
        return "" if told in {"", "ok"} else f"The store is damaged ({told}): run `linkinbox doctor`"

    def stop(self) -> None:
        """End it, from another thread: it cannot be asked between two steps, since most of it is a single one."""
        self._stopped = True
        if conn := self._conn:
            with suppress(sqlite3.ProgrammingError):  # through by now
                conn.interrupt()

    def _was_done(self, conn: sqlite3.Connection) -> bool:
        row = conn.execute("SELECT value FROM meta WHERE name = ?", (_STAMP,)).fetchone()
        done = maybe_from_text(row and row[0])
        return done is not None and done.astimezone(self._now.tzinfo).date() == self._now.date()

    def _stamp(self) -> None:
        with suppress(StoreError), closing(Store(self._path)) as store, store.write() as conn:
            conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_STAMP, to_text(self._now)))


def _says_nothing(error: sqlite3.Error) -> bool:
    """It was stopped, or could not be read at this moment: neither is damage."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
