"""What is wrong with a store and around it, each finding with what to do. Only reads, but for ``repair``."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from linkinbox.errors import DiskFullError, StoreError
from linkinbox.store import chain, opening, unfinished
from linkinbox.store.connection import Store, plain_errors, refuse_lost
from linkinbox.store.keeping import backup, copying
from linkinbox.store.keeping.damage import damage_file, require_ours
from linkinbox.store.keeping.findings import Examination, Finding, Severity
from linkinbox.store.keeping.holding import copies_holding
from linkinbox.store.keeping.salvage import journal_rows, newest_number, vouched_for
from linkinbox.store.keeping.surroundings import look_around
from linkinbox.store.reading import NEWER, ReadOnly, reason_for
from linkinbox.store.rebuild import rebuild
from linkinbox.store.refold import differences
from linkinbox.store.schema import VERSION
from linkinbox.store.waiting import waiting

_Check = Callable[[], Iterator[Finding]]
STALE = timedelta(days=8)  # after which a backup of something that changed is too old
_RECOVER = "`linkinbox doctor --recover` restores the newest backup, with what can be read of later decisions"
_REPAIR = "`linkinbox doctor --repair` makes it anew from what was imported and decided"
_LINES = 100  # of SQLite's own check at most


def examine(store: Path, now: datetime, *, deep: bool, config: Path) -> Examination:
    """Look at everything that can be wrong.

    Args:
        store: the store; it may be damaged, or not be there.
        now: for what is due, and for how old the newest backup is.
        deep: read every index too, and fold the whole journal once more beside what is kept of it.
        config: the configuration file, there or not.
    """
    checks: dict[str, _Check] = {"store": lambda: _store(store, deep=deep)}
    if _is_there(store):
        checks["journal"] = lambda: _journal(store)
        if deep:
            checks["derived"] = lambda: _derived(store, now)
        checks["backups"] = lambda: _backups(store, now)
        checks["forgotten"] = lambda: _forgotten(store)
    around, checked = look_around(store, config)
    return Examination((*_findings(store, checks), *around), (*checks, *checked))


def is_damaged(store: Path) -> bool:
    """Something is wrong that only a recovery mends; reads all of it."""
    checks: dict[str, _Check] = {"store": lambda: _store(store, deep=True)}
    if _is_there(store):
        checks["journal"] = lambda: _journal(store)
    return any(finding.do == _RECOVER for finding in _findings(store, checks))


def _findings(store: Path, checks: Mapping[str, _Check]) -> Iterator[Finding]:
    for check, look in checks.items():
        try:
            yield from look()
        except (sqlite3.Error, StoreError, UnicodeDecodeError) as error:
            told = error.message if isinstance(error, StoreError) else f"It cannot be read: {error}"
            yield Finding(check, Severity.ERROR, told, str(store), _RECOVER)


def _is_there(store: Path) -> bool:
    return store.exists() and store.stat().st_size > 0


def repair(store: Path, now: datetime) -> None:
    """Make everything derived anew: states, counters, notes, calls and both indexes.

    Raises:
        NoSuchItemError: there is no store.
        StoreError: the store is damaged, or could not be written; nothing was changed.
    """
    if not _is_there(store):
        refuse_lost(store)
        require_ours(store)
    with closing(Store(store)) as opened:
        with plain_errors(store):
            copying.require_whole(opened.conn, store)
        with opened.write() as conn:
            rebuild(conn, now)


def _store(store: Path, *, deep: bool) -> Iterator[Finding]:
    where = str(store)
    refuse_lost(store)
    if not _is_there(store):
        return
    if damage_file(store).exists():
        yield Finding("store", Severity.ERROR, "It was found damaged while it was open", where, _RECOVER)
    with copying.reading(store) as conn:
        if opening.examined(conn, store) > VERSION:
            yield _only_read(NEWER, where)
        check = "integrity_check" if deep else "quick_check"
        for (told,) in conn.execute(f"PRAGMA {check}({_LINES})"):
            if told != "ok":
                yield Finding("store", Severity.ERROR, str(told), where, _RECOVER)
        if deep:
            for table, row, parent, _ in conn.execute("PRAGMA foreign_key_check"):
                told = f"Row {row} of {table} belongs to a row of {parent} that is not there"
                yield Finding("store", Severity.ERROR, told, where, _RECOVER)

    try:
        opening.require_writable(store)
    except OSError as error:
        if reason := reason_for(error, store):
            yield _only_read(reason, where)


def _only_read(why: ReadOnly, where: str) -> Finding:
    return Finding("store", Severity.WARNING, f"Every decision is refused: {why.reason}", where, why.hint)


def _journal(store: Path) -> Iterator[Finding]:
    """Name each entry that is not what was written, or that is gone."""
    with copying.reading(store) as conn:
        if copying.version_of(conn) < 2:  # the next start links its entries
            return
        subjects: dict[int, str] = {}
        waits = sum(waiting(conn).values())
        broken = {*chain.breaks(_noting(journal_rows(conn), subjects), vouched_for(conn))}
        highest = max([*(subjects.keys() - broken), newest_number(conn)])
    for seq in sorted(broken):
        told = f"Entry {seq} does not say what was written, or follows one that is gone"
        yield Finding("journal", Severity.ERROR, told, f"entry {seq}, {subjects[seq]}", _RECOVER)
    for first, last in _gaps(subjects, highest):
        named = f"entry {first}" if first == last else f"entries {first} to {last}"
        yield Finding("journal", Severity.ERROR, f"The journal lacks {named}", named, _RECOVER)

    if waits:
        do = "Import your newest export again: they stand as soon as it brings their items"
        yield Finding(
            "journal", Severity.WARNING, f"{waits:,} decisions wait for items that are not here", str(store), do
        )


def _noting(rows: Iterable[Sequence[Any]], subjects: dict[int, str]) -> Iterator[Sequence[Any]]:
    for row in rows:
        subjects[row[0]] = f"{row[4]} of item {row[5]}" if row[5] else str(row[4])
        yield row


def _gaps(seen: Iterable[int], highest: int) -> Iterator[tuple[int, int]]:
    before = 0
    for number in (*sorted(number for number in seen if 0 < number <= highest), highest + 1):
        if number > before + 1:
            yield before + 1, number - 1
        before = number


def _derived(store: Path, now: datetime) -> Iterator[Finding]:
    try:
        for table, told in differences(store, now):
            yield Finding("derived", Severity.ERROR, told, table, _REPAIR)
    except DiskFullError as error:
        yield Finding("derived", Severity.WARNING, f"Not looked at. {error.message}", str(store.parent), error.hint)


def _backups(store: Path, now: datetime) -> Iterator[Finding]:
    folder = backup.folder_of(store)
    do = "`linkinbox backup` makes one; the screen makes one on each day it is opened"
    if told := backup.obstacle(folder):
        yield Finding("backups", Severity.WARNING, f"No backup can be made: {told}", str(folder), backup.CLEAR_IT)
        return
    made = backup.own_backups(store)
    if not made:
        with copying.reading(store) as conn:
            if copying.has_anything(conn):
                yield Finding("backups", Severity.WARNING, "There is no backup", str(folder), do)
        return
    with copying.reading(store) as conn:
        changed = not copying.holds(made[0].path, copying.mark_of(conn))
    age = now - made[0].at
    which = "only backup" if len(made) == 1 else f"newest of {len(made):,} backups"
    told = f"The {which} is {'of today' if age.days < 1 else f'{age.days:,} d old'}"
    severity = Severity.WARNING if changed and age > STALE else Severity.NOTE
    yield Finding("backups", severity, told, str(made[0].path), do if severity is Severity.WARNING else "")


def _forgotten(store: Path) -> Iterator[Finding]:
    with copying.reading(store) as conn:
        if unfinished.is_unfinished(conn):
            told = "Somebody was forgotten, but words of theirs may still lie in files"
            do = "With room for twice the store, and nothing else open, the next start of linkinbox removes them"
            yield Finding("forgotten", Severity.WARNING, told, str(store), do)
    if copies := copies_holding(store):
        many = "1 copy" if len(copies) == 1 else f"{len(copies)} copies"
        told = f"{many} from before may still hold somebody you forgot"
        do = "`linkinbox forget --copies` deletes them, after it made a new backup"
        yield Finding("forgotten", Severity.NOTE, told, ", ".join(map(str, copies)), do)
