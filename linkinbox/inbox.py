"""The one service: everything a person can do to what they imported. Screens and commands talk to nothing else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, tzinfo
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from linkinbox.decider import Decider
from linkinbox.errors import BusyStoreError, DiskFullError, StoreError
from linkinbox.lifetime import BELIEVED_DAYS
from linkinbox.store import holds, unfinished
from linkinbox.store.behind import read_behind
from linkinbox.store.times import utc_now

if TYPE_CHECKING:
    from linkinbox.importers.limits import Limits
    from linkinbox.signals import Interests
    from linkinbox.store.keeping.checking import QuickCheck
    from linkinbox.store.removing import Forgotten
    from linkinbox.store.report import ImportReport, Progress


class Inbox(Decider):
    """Everything a person can do to their imported invitations and messages.

    Args:
        path: the store; made when it is not there.
        clock: tells the time, aware; tests and the demo bring their own.
        calls_folder: where calendar files of calls are written; beside the store when not given.
        interests: what speaks for a person, to whoever looks for it.
        believed_days: how long an invitation is believed to be there.
        zone: where days begin in a query; that of the machine when not given.

    Attributes:
        decided: something was decided, undone or done again through it.

    Bound to the thread that made it. Each act is one transaction, committed before its method returns.
    """

    def __init__(  # noqa: PLR0913 - all but the first are settings, by name
        self,
        path: FilePath,
        *,
        clock: Callable[[], datetime] = utc_now,
        calls_folder: FilePath | None = None,
        interests: Interests | None = None,
        believed_days: int = BELIEVED_DAYS,
        zone: tzinfo | None = None,
    ) -> None:
        super().__init__(path, clock=clock, interests=interests, believed_days=believed_days, zone=zone)
        self._calls_folder = calls_folder or path.parent / "calls"
        self._seen_version = self._data_version()
        if self.read_only:
            self._require_readable()
        try:
            with self.plain_errors():
                self._catch_up()
        except StoreError:
            self.close()
            raise

    @classmethod
    def open(  # noqa: PLR0913 - as above
        cls,
        path: FilePath,
        *,
        clock: Callable[[], datetime] = utc_now,
        calls_folder: FilePath | None = None,
        interests: Interests | None = None,
        believed_days: int = BELIEVED_DAYS,
        zone: tzinfo | None = None,
    ) -> Inbox:
        """Open the inbox kept at ``path``.

        Raises:
            StoreError: it cannot be opened, is of a newer version, or is no store.
        """
        return cls(
            path, clock=clock, calls_folder=calls_folder, interests=interests, believed_days=believed_days, zone=zone
        )

    def another(self) -> Inbox:
        """The same inbox once more, for another thread."""
        return Inbox.open(
            self.path, clock=self._clock, calls_folder=self._calls_folder, interests=self._interests,
            believed_days=self._believed_days,
        )  # fmt: skip

    def do_without_sync(self) -> None:
        """Wait for the disk no longer: for an inbox that is thrown away, and may be lost at a power cut."""
        self._store.do_without_sync()

    def close(self) -> None:
        """Close the store; nothing is lost without it."""
        self._store.close()

    # ── the store ──

    @property
    def read_only(self) -> str:
        """Why nothing can be changed here, in words that follow "read-only:"; "" when it can."""
        return self._store.read_only

    @property
    def repaired(self) -> tuple[str, ...]:
        """What was put right when it was opened, or must still be, a sentence each."""
        return tuple(self._store.repaired)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know of where the store lies, a sentence each."""
        if not (kind := self._store.network):
            return self.repaired
        shared = f"The store lies on a disk that other machines may write to ({kind}): open it on one at a time"
        return (*self.repaired, shared)

    def quick_check(self) -> QuickCheck:
        """A look through the whole file, to be run in a thread of its own; it does so once a day."""
        from linkinbox.store.keeping.checking import QuickCheck

        return QuickCheck(self.path.absolute(), self._clock())

    def _catch_up(self) -> None:
        """Do what came due, or was interrupted, since the store was last open."""
        with suppress(DiskFullError, BusyStoreError):  # what is due comes back a little later
            self.wake()
        if not self.read_only and unfinished.is_unfinished(self._store.conn):
            from linkinbox.store import forget

            self._store.repaired.append(forget.catch_up(self._store, calls_folder=self._calls_folder))
        with suppress(DiskFullError, BusyStoreError):
            self._follow()

    def _follow(self) -> None:
        """Bring in line what an undo or redo of many had not come to."""
        if self.read_only or not read_behind(self._store.conn):
            return
        from linkinbox.store import bulk

        bulk.catch_up(self._store, self._clock())

    # ── import ──

    def import_from(
        self,
        source: FilePath,
        *,
        progress: Callable[[Progress], None] | None = None,
        limits: Limits | None = None,
    ) -> ImportReport:
        """Bring in an export: a zip, a folder or a CSV file. Never deletes and never touches a decision.

        Args:
            source: what LinkedIn gave.
            progress: called a few times a second.
            limits: against hostile archives.

        Raises:
            SourceError: the source cannot be used; nothing was changed.
        """
        from linkinbox.store.ingest import import_export

        self._store.require_writing()
        self._owner = None
        return import_export(self._store, source, self._clock(), progress=progress, limits=limits)

    # ── forget ──

    def what_is_kept(self, who: str) -> Forgotten:
        """How much there is of a person, named by an item's id or uid, a profile link or the whole name.

        Raises:
            NoSuchItemError: nobody is named so.
            UsageError: several people are.
        """
        from linkinbox.store import forget

        return forget.what_is_kept(self._store.conn, forget.find_person(self._store.conn, who))

    def forget(self, person_id: int) -> Forgotten:
        """Remove a person for good: what they wrote, and what is known and noted of them; only counts stay.

        Cannot be taken back. Rewrites the whole file.

        Raises:
            UsageError: the inbox is open elsewhere.
            DiskFullError: there is too little room to write the file anew; nothing was changed.
            StoreError: that was interrupted; the next start goes on.
        """
        from linkinbox.store import forget

        return forget.forget(self._store, person_id, self._clock(), calls_folder=self._calls_folder)

    # ── time and neighbours ──

    def wake(self) -> int:
        """Bring back what was held until now; how many came back."""
        now = self._clock()
        if self.read_only or not holds.any_due(self._store.conn, now):
            return 0
        with self._store.write() as conn:
            return holds.wake(conn, now)

    def changed_elsewhere(self) -> bool:
        """Another process, or an import in the background, wrote since this was last asked."""
        version = self._data_version()
        changed, self._seen_version = version != self._seen_version, version
        self._owner = None if changed else self._owner
        return changed

    def _data_version(self) -> int:
        return int(self._store.conn.execute("PRAGMA data_version").fetchone()[0])

    # ── export ──

    def export(self, destination: FilePath, *, force: bool = False) -> FilePath:
        """Write everything to one file; its suffix says the form.

        Raises:
            UsageError: no such form, or the file is there and ``force`` is not given.
            ExportError: it could not be written; no half file is left.
        """
        from linkinbox.store.export import export

        return export(self._store, destination, force=force)
