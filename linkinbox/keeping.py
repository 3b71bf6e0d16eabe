"""The store as a file that is kept: its backups, putting one back, and looking whether all is well with it.

Beside `linkinbox.inbox`, since all of it works where the inbox cannot be opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from linkinbox.store.times import utc_now

if TYPE_CHECKING:
    from linkinbox.errors import DamagedStoreError, StoreError
    from linkinbox.store.keeping.backup import Backup
    from linkinbox.store.keeping.daily import DailyBackup
    from linkinbox.store.keeping.findings import Examination
    from linkinbox.store.keeping.holding import Deleted
    from linkinbox.store.keeping.restore import Contents, Plan, Restored


class Keeping:
    """Keeps one store.

    Args:
        path: the store, there or not, damaged or not.
        clock: tells the time, aware.
    """

    def __init__(self, path: Path, *, clock: Callable[[], datetime] = utc_now) -> None:
        self.path = path.absolute()
        self._clock = clock

    # ── backups ──

    def backups(self) -> list[Backup]:
        """Those in ``backups/`` beside the store, newest first."""
        from linkinbox.store.keeping import backup

        return backup.backups(self.path)

    def back_up(self, destination: Path | None = None) -> Path:
        """Make a copy, read back after writing: one more in ``backups/``, or a file of its own.

        Raises:
            UsageError: the file is there already, or there is no store.
            StoreError: the store is damaged, or there is too little room.
            ExportError: the file could not be written.
        """
        from linkinbox.store.connection import plain_errors, refuse_lost
        from linkinbox.store.keeping import backup

        with plain_errors(self.path):
            refuse_lost(self.path)
            if destination is None:
                return backup.back_up_asked(self.path, self._clock()).path
            return backup.copy_asked(self.path, destination)

    def copies_holding(self) -> list[Path]:
        """Backups, and stores kept aside, that may still hold somebody who was forgotten."""
        from linkinbox.store.keeping import holding

        return holding.copies_holding(self.path)

    def delete_copies_holding(self) -> Deleted:
        """Make a new backup, then delete those copies for good.

        Raises:
            NoSuchItemError: there is no store.
            StoreError: no backup could be made; nothing was deleted.
        """
        from linkinbox.store.connection import plain_errors
        from linkinbox.store.keeping import holding

        with plain_errors(self.path):
            return holding.delete_copies_holding(self.path, self._clock())

    def daily(self) -> DailyBackup:
        """The backup of the day, to be made in a thread of its own."""
        from linkinbox.store.keeping.daily import DailyBackup

        return DailyBackup(self.path, self._clock())

    def back_up_on_leaving(self) -> str:
        """Make the backup of the day after something was decided; returns why there is none, "" when all is well."""
        from linkinbox.store.keeping import daily

        return daily.back_up_on_leaving(self.path, self._clock())

    # ── putting one back ──

    def find(self, name: str) -> Path:
        """A backup by its path, its name in ``backups/``, or as "newest".

        Raises:
            NoSuchItemError: there is none.
        """
        from linkinbox.store.keeping import restore

        return restore.find_source(self.path, name)

    def contents(self, path: Path) -> Contents:
        """What a store or backup holds.

        Raises:
            StoreError: it cannot be read.
        """
        from linkinbox.store.keeping import restore

        return restore.contents_of(path)

    def restore(self, source: Path, *, keep_newer: bool) -> Restored:
        """Put a backup in the place of the store, which is kept aside.

        Args:
            source: the backup; it stays.
            keep_newer: decide again what was decided since, and bring over what was imported since.

        Raises:
            BusyStoreError: somebody has the store open.
            StoreError: the backup cannot be used; nothing was changed.
        """
        from linkinbox.store.keeping import restore

        return restore.restore(self.path, source, self._clock(), keep_newer=keep_newer)

    def plan(self) -> Plan:
        """What `recover` would restore."""
        from linkinbox.store.keeping import restore

        return restore.plan_for(self.path, self._clock())

    def recover(self) -> Restored:
        """Put the newest good backup in the place of a damaged store, with what can be read of later decisions.

        Raises:
            NoSuchItemError: there is no store, nor was one.
            StoreError: something else lies there.
            BusyStoreError: somebody has the store open.
        """
        from linkinbox.store.keeping import damage, restore

        damage.require_ours(self.path)
        return restore.recover(self.path, self._clock())

    # ── looking ──

    def doctor(self, *, deep: bool, config: Path) -> Examination:
        """Look at everything that can be wrong with the store and around it."""
        from linkinbox.store.keeping import doctor

        return doctor.examine(self.path, self._clock(), deep=deep, config=config)

    def require_damage(self) -> None:
        """Look whether there is anything to recover.

        Raises:
            UsageError: all is well, or there never was a store.
            StoreError: something else lies there.
        """
        from linkinbox.errors import UsageError
        from linkinbox.store.keeping import damage, doctor

        damage.require_ours(self.path)
        if not doctor.is_damaged(self.path):
            msg = f"{self.path} is not damaged: there is nothing to recover"
            raise UsageError(msg, "`linkinbox restore newest` puts a backup in its place")

    def repair(self) -> None:
        """Make everything derived anew.

        Raises:
            StoreError: the store is damaged, or cannot be written.
        """
        from linkinbox.store.keeping import doctor

        doctor.repair(self.path, self._clock())

    def refuse_lost(self) -> None:
        """Refuse to take a store that is gone, or empty, for a new one.

        Raises:
            DamagedStoreError: one was there.
        """
        from linkinbox.store import connection

        connection.refuse_lost(self.path)

    # ── damage that is met while the inbox is open ──

    def note_damage(self, told: str) -> None:
        """Remember it for the next start."""
        from linkinbox.store.keeping import damage

        damage.note_damage(self.path, told)

    def refuse_damage(self) -> None:
        """Look at a store of which damage was noted; costs nothing where there was none.

        Raises:
            DamagedStoreError: it is damaged.
        """
        if Path(f"{self.path}.damage").exists():
            from linkinbox.store.keeping import damage

            damage.refuse_noted_damage(self.path)

    def damage_behind(self, error: BaseException | None) -> DamagedStoreError | None:
        """The damage that an error comes from; None when the store is not to blame."""
        from linkinbox.store.keeping import damage

        return damage.damage_behind(error, self.path)

    def failure_behind(self, error: BaseException | None) -> StoreError | None:
        """The damage that an error comes from, or what else the disk refused; None when the store is not to blame."""
        from linkinbox.store.keeping import damage

        return damage.failure_behind(error, self.path)

    @contextmanager
    def plain_damage(self) -> Iterator[None]:
        """Within it, whatever goes wrong because of damage is a DamagedStoreError."""
        try:
            yield
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            if damaged := self.damage_behind(error):
                raise damaged from error
            raise

    def was_a_store(self) -> bool:
        """What lies there was a store of linkinbox once, as far as can be told."""
        from linkinbox.store.keeping import damage

        return damage.was_ours(self.path)
