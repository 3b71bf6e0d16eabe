"""Backups: whole copies of the store, each read back after writing, in ``backups/`` beside it; and which are kept."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from linkinbox.errors import DiskFullError, ExportError, NoSuchItemError, UsageError
from linkinbox.store.keeping.copying import Stopper, has_anything, holds, mark_of, reading, write_copy
from linkinbox.store.keeping.origin import origin_of

CLEAR_IT = "Move it away: the backups need a folder of this name"
DAYS, WEEKS = 7, 4  # the newest backup of each is kept
_STAMP = "%Y-%m-%dT%H%M%SZ"


class Reason(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    IMPORT = "before-import"
    MIGRATION = "before-migration"
    ASKED = "asked"


_NAMED_SO = rf"-(\d{{4}}-\d\d-\d\dT\d{{6}}Z)-({'|'.join(Reason)})\.db"
_FOR_GOOD = (Reason.MIGRATION, Reason.ASKED)  # the newest of these is kept whatever its age


class Backup(NamedTuple):
    """A backup in the folder; all of it is told by its name and size."""

    path: Path
    at: datetime
    reason: Reason
    size: int


def folder_of(store: Path) -> Path:
    """Where the backups of a store lie."""
    return store.parent / "backups"


def backups(store: Path) -> list[Backup]:
    """The backups that bear a store's name, newest first."""
    names = [store.name]
    if store.suffix == ".db":
        names.append(store.stem)  # as they were named once, also those of a store of another ending
    of_ours = re.compile(f"(?:{'|'.join(map(re.escape, names))}){_NAMED_SO}")
    found = []
    for path in folder_of(store).glob("*.db"):
        if match := of_ours.fullmatch(path.name):
            at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
            found.append(Backup(path, at, Reason(match[2]), path.stat().st_size))
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def own_backups(store: Path) -> list[Backup]:
    """Those of them that are not known to be another store's, newest first."""
    ours = origin_of(store)
    return [made for made in backups(store) if not origin_of(made.path).is_another(ours)]


def is_named_so(path: Path) -> bool:
    """A file has the name of a backup, of whatever store."""
    return re.fullmatch(f".+{_NAMED_SO}", path.name) is not None


def obstacle(folder: Path) -> str:
    """What is there in the place of a folder, in words for people: a link may lead to anybody's. "" when nothing is."""
    if folder.is_symlink():
        return f"{folder} is a link"
    return f"{folder} is no folder" if folder.exists() and not folder.is_dir() else ""


def _made_folder(store: Path) -> Path:
    """The folder of the backups; one that is there stays as open to others as somebody made it."""
    folder = folder_of(store)
    if told := obstacle(folder):
        raise ExportError(f"No backup was made: {told}", CLEAR_IT)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def back_up(store: Path, reason: Reason, now: datetime, *, stop: Stopper | None = None) -> Backup:
    """Make one more backup; those that are no longer needed go, but never for a migration.

    Raises:
        ExportError: there can be no folder for it.
        DiskFullError: there is too little room to make one and have as much left.
        DamagedStoreError: the store cannot be read back whole.
    """
    folder = _made_folder(store)
    require_room(store, folder)
    at = now.astimezone(UTC).replace(microsecond=0)
    if (before := backups(store)) and before[0].at >= at:  # in one second, or the clock went back
        at = before[0].at + timedelta(seconds=1)
    path = folder / f"{store.name}-{at.strftime(_STAMP)}-{reason}.db"
    write_copy(store, path, stop=stop)
    made = Backup(path, at, reason, path.stat().st_size)
    if reason is not Reason.MIGRATION:
        for backup in spare(own_backups(store), shutil.disk_usage(folder).free):
            if backup != made:
                backup.path.unlink()
    return made


def back_up_if_changed(store: Path, reason: Reason, now: datetime, *, stop: Stopper | None = None) -> Backup | None:
    """Make a backup unless there is nothing to lose, or the newest one holds all of it."""
    with reading(store) as conn:
        if not has_anything(conn):
            return None
        mark = mark_of(conn)
    if any(holds(made.path, mark) for made in own_backups(store)[:1]):
        return None
    return back_up(store, reason, now, stop=stop)


def back_up_before_import(store: Path, now: datetime) -> list[str]:
    """Make a backup before an import writes; returns why there is none, if one was needed."""
    try:
        back_up_if_changed(store, Reason.IMPORT, now)
    except (DiskFullError, ExportError) as error:
        return [error.message]
    except OSError as error:
        return [f"No backup was made: {error.strerror}"]
    return []


def back_up_daily(store: Path, now: datetime, *, stop: Stopper | None = None) -> Backup | None:
    """Make the backup of the day, unless there is one."""
    made = backups(store)  # by name: after the first decision of the day, a command asks no more than that
    if made and made[0].at.astimezone().date() == now.astimezone().date():
        return None
    return back_up_if_changed(store, Reason.DAILY, now, stop=stop)


def back_up_asked(store: Path, now: datetime) -> Backup:
    """Make a backup because somebody asks for it.

    Raises:
        NoSuchItemError: there is no store.
        StoreError: as ``back_up``.
    """
    _require_store(store)
    return back_up(store, Reason.ASKED, now)


def copy_asked(store: Path, destination: Path) -> Path:
    """Copy a store to a file of somebody's choosing, 0600; returns its path.

    Raises:
        UsageError: something is there already.
        ExportError: it could not be written.
        StoreError: the store is damaged.
    """
    _require_store(store)
    if os.path.lexists(destination):
        raise UsageError(f"{destination} is there already", "Name another file")
    try:
        write_copy(store, destination)
    except OSError as error:
        hint = "Name a file in a folder that is there and that you can write to, with room for the store"
        raise ExportError(f"{destination} was not written: {error.strerror}", hint) from error
    return destination


def _require_store(store: Path) -> None:
    if not store.exists():
        raise NoSuchItemError(f"There is no store at {store}", "`linkinbox import` makes one")


# ── room, and which are kept ──


def size_of(store: Path) -> int:
    """The bytes of a store, with what waits in its log."""
    return sum(file.stat().st_size for file in (store, Path(f"{store}-wal")) if file.exists())


def lacks_room(store: Path) -> bool:
    """A backup would leave less free than it takes."""
    return shutil.disk_usage(store.parent).free < 2 * size_of(store)


def require_room(store: Path, folder: Path) -> None:
    """Raise DiskFullError where a copy of the store would leave less free than it takes."""
    if lacks_room(store):
        needed = f"{2 * size_of(store) / 1e6:,.0f} MB"
        msg = f"No backup was made: {folder} has room for less than twice the store ({needed})"
        raise DiskFullError(msg, "Make room, or copy the store elsewhere: `linkinbox backup /other/disk/inbox.db`")


def spare(made: Sequence[Backup], free: int) -> list[Backup]:
    """Which backups are no longer needed.

    Kept are the newest of each of the 7 newest days and the 4 newest weeks that have one, and always the newest
    from before a migration and the newest that was asked for. When those of days and weeks take more than a tenth
    of the room there would be without any, the oldest go, down to the newest two.

    Args:
        made: newest first.
        free: bytes that are free beside them.
    """
    days = _newest_of_each((backup.at.strftime("%Y-%m-%d"), backup) for backup in made)[:DAYS]
    weeks = _newest_of_each((backup.at.strftime("%G-%V"), backup) for backup in made)[:WEEKS]
    newest_first = sorted({*days, *weeks}, key=lambda backup: backup.at, reverse=True)
    room = (free + sum(backup.size for backup in made)) / 10
    kept = {next((backup for backup in made if backup.reason is reason), None) for reason in _FOR_GOOD}
    for place, backup in enumerate(newest_first):
        room -= backup.size
        if place < 2 or room >= 0:
            kept.add(backup)
    return [backup for backup in made if backup not in kept]


def _newest_of_each(made: Iterable[tuple[str, Backup]]) -> list[Backup]:
    newest: dict[str, Backup] = {}
    for when, backup in made:
        newest.setdefault(when, backup)
    return list(newest.values())
