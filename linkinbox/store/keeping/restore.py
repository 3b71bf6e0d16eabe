"""Putting a backup in the place of the store: what was there is kept aside, and nothing is lost without a word."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TextIO

from linkinbox.errors import BusyStoreError, DamagedStoreError, NoSuchItemError, StoreError, UsageError
from linkinbox.model import Verb
from linkinbox.store import chain, opening
from linkinbox.store.connection import plain_errors
from linkinbox.store.exports.replacing import SIDECARS, scratch, sync
from linkinbox.store.forget import Again, forget_again
from linkinbox.store.keeping import backup, copying
from linkinbox.store.keeping.damage import damage_file
from linkinbox.store.keeping.merging import merge, refuse_another_member
from linkinbox.store.keeping.reapply import Reapplied, lacking, reapply
from linkinbox.store.keeping.salvage import Said, newest_number, readable_entries
from linkinbox.store.lock import FileLock
from linkinbox.store.schema import APPLICATION_ID, VERSION, migrate

NEWEST = "newest"  # in place of a backup's name


class Contents(NamedTuple):
    """What a store or backup holds, in a figure or two."""

    decisions: int
    last: str  # when the newest decision was made, the store's text; "" without one


class Plan(NamedTuple):
    """What a recovery would restore: ``source`` is None when there is no backup."""

    source: Path | None
    at: datetime
    contents: Contents


class Restored(NamedTuple):
    """What became of a restore or a recovery.

    Args:
        source: the backup; None: there was none, and what could be read was put together anew.
        contents: what the backup held.
        kept_aside: where the former store lies now; None: there was none.
        newer: decisions of the former store that the backup lacks.
        reapplied: how many of those stand again.
        waiting: decisions that stand as soon as an import brings their items.
        unsound: which decisions do not say what was written, in words; they are kept as they can be read.
        items: items that the backup lacked, and that were brought over with them.
        lost: decisions of the former store that can be read nowhere any more.
        refused: the file with those that could not be, a line of JSON each; None: there are none.
        forgotten: people whom the backup still held, and who were forgotten again.
        unforgotten: somebody was forgotten in the former store, and who that was can be read no longer.
    """

    source: Path | None
    contents: Contents
    kept_aside: Path | None
    newer: int
    reapplied: int
    waiting: int
    unsound: tuple[str, ...]
    items: int
    lost: int
    refused: Path | None
    forgotten: int
    unforgotten: bool


def find_source(store: Path, name: str) -> Path:
    """The backup that a person named: by its path, its name in ``backups/``, or as the newest.

    Raises:
        NoSuchItemError: there is none of this name.
    """
    made = backup.own_backups(store)
    if name == NEWEST and made:
        return made[0].path
    for path in (Path(name), backup.folder_of(store) / name, backup.folder_of(store) / f"{name}.db"):
        if path.is_file():
            return path
    raise NoSuchItemError(f"There is no backup {name}", "`linkinbox backup --list` shows those there are")


def plan_for(store: Path, now: datetime) -> Plan:
    """The newest backup whose figures can be read; it is looked through only when it is restored."""
    for made in backup.own_backups(store):
        with suppress(StoreError):
            return Plan(made.path, made.at, contents_of(made.path))
    return Plan(None, now, Contents(0, ""))


def newest_good(store: Path) -> Path | None:
    """The newest backup that can be read back whole."""
    for made in backup.own_backups(store):
        with suppress(StoreError, sqlite3.Error, OSError), copying.reading(made.path) as conn:
            copying.require_whole(conn, made.path)
            return made.path
    return None


def contents_of(path: Path) -> Contents:
    """What a store or backup holds.

    Raises:
        StoreError: it cannot be read.
    """
    with _as_a_backup(path), copying.reading(path) as conn:
        return Contents(*conn.execute("SELECT count(*), ifnull(max(at), '') FROM journal").fetchone())


def restore(store: Path, source: Path, now: datetime, *, keep_newer: bool) -> Restored:
    """Put a backup in the place of the store, at the version of this program.

    Args:
        store: the store, there or not.
        source: a backup, or any copy of a store.
        now: names what is kept aside.
        keep_newer: decide again what was decided since, and bring over what was imported since.

    Raises:
        BusyStoreError: somebody has the store open.
        DamagedStoreError: the backup is damaged; nothing was changed.
    """
    if source.exists() and store.exists() and source.samefile(store):
        raise UsageError(f"{source} is the store itself", "Name a backup")
    return _put_in_place(store, source, now, "before-restore", keep_newer=keep_newer)


def recover(store: Path, now: datetime) -> Restored:
    """Put the newest good backup in the place of a damaged store, with all that can be read of later decisions.

    Without a good backup, a new store is made of what can be read.

    Raises:
        BusyStoreError: somebody has the store open.
        NewerStoreError: it is not damaged, but too new for this program.
    """
    with suppress(sqlite3.Error, DamagedStoreError):
        if (version := opening.version_of(store)) > VERSION:
            raise opening.newer(store, version)
    return _put_in_place(store, newest_good(store), now, "damaged", keep_newer=True)


def _put_in_place(store: Path, source: Path | None, now: datetime, why: str, *, keep_newer: bool) -> Restored:
    store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with plain_errors(store), _alone(store), scratch(store.parent) as temporary:
        contents = _lay_out(source, temporary)
        entries = readable_entries(store) if store.exists() else []
        items, outcome, again = 0, Reapplied([], []), Again(0, whole=True)
        with closing(_writing(temporary)) as conn:
            newer, lost = _compare(conn, store, entries)
            if keep_newer and store.exists():
                items, outcome = _bring_over(conn, store, entries, now)
            if store.exists():
                again = forget_again(conn, store, now)
            copying.require_whole(conn, source or store)
        sync(temporary)
        kept = _keep_aside(store, f"{why}-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}") if store.exists() else None
        temporary.replace(store)
        sync(store.parent)
    refused = _write_down(outcome.refused, kept or store)
    damage_file(store).unlink(missing_ok=True)
    unforgotten = not again.whole and any(said.action == Verb.FORGET for said in entries)
    return Restored(
        source, contents, kept, newer, len(outcome.standing), sum(outcome.waiting.values()),
        tuple(said.where for said in outcome.unsound), items, lost, refused,
        again.people, unforgotten,
    )  # fmt: skip


@contextmanager
def _alone(store: Path) -> Iterator[None]:
    """Nobody else has the store open, nor can anybody open it meanwhile."""
    file = opening.presence_of(store)
    fresh = not file.exists()
    presence = FileLock(file)
    try:
        if not presence.take(seconds=0):
            raise BusyStoreError(f"{store} is open in another linkinbox", "Leave that first; nothing was changed")
        yield
    finally:
        if fresh and not store.exists():  # nothing was put there: no store was
            file.unlink()
        presence.close()


def _lay_out(source: Path | None, temporary: Path) -> Contents:
    """Copy the backup, read it back, and bring it to our version; without one, begin a new store."""
    if source is None:
        migrate(temporary)
        return Contents(0, "")
    with _as_a_backup(source), copying.reading(source) as conn:
        version = opening.examined(conn, source)
        if not copying.version_of(conn) or conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StoreError(f"{source} is no store of linkinbox", _ANOTHER)
        if version > VERSION:
            raise opening.newer(source, version)
        copying.copy_into(source, temporary)
    contents = contents_of(temporary)
    if version < VERSION:
        migrate(temporary)
    return contents


_ANOTHER = "Name a backup: `linkinbox backup --list` shows those there are"


@contextmanager
def _as_a_backup(path: Path) -> Iterator[None]:
    """Of what is wrong with a backup the store is not to blame: nothing is there to recover."""
    try:
        with plain_errors(path):
            yield
    except DamagedStoreError as error:
        raise DamagedStoreError(error.message, _ANOTHER) from error


def _writing(path: Path) -> sqlite3.Connection:
    """A connection to a store that is still nobody's: synced once, when it is whole."""
    conn = sqlite3.connect(path, isolation_level=None)
    conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
    conn.executescript("PRAGMA synchronous = OFF; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY")
    conn.executescript("PRAGMA journal_mode = DELETE; PRAGMA foreign_keys = ON")
    return conn


def _compare(conn: sqlite3.Connection, former: Path, entries: Sequence[Said]) -> tuple[int, int]:
    """How many entries the backup lacks, and how many numbers neither it nor the former store has any more."""
    numbers = {seq for (seq,) in conn.execute("SELECT seq FROM journal")}
    newest = max((*numbers, *(said.seq for said in entries if said.sound)), default=0)
    with suppress(sqlite3.Error, StoreError), copying.reading(former) as damaged:
        newest = max(newest, newest_number(damaged))
    numbers |= {said.seq for said in entries}
    return len(lacking(conn, entries)), newest - sum(0 < seq <= newest for seq in numbers)


def _bring_over(
    conn: sqlite3.Connection, former: Path, entries: Sequence[Said], now: datetime
) -> tuple[int, Reapplied]:
    refuse_another_member(former, conn)
    conn.execute("BEGIN")
    merged = merge(former, conn)
    outcome = reapply(conn, entries, now, touched=merged.touched)
    conn.execute("COMMIT")
    return merged.items, outcome


def _keep_aside(store: Path, name: str) -> Path:
    """Give the former store, with its log, a second name; its own stays its until the new one takes it."""
    if store.stat().st_size:  # beside an empty file, SQLite would throw the log away
        with suppress(sqlite3.Error), closing(sqlite3.connect(store)) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # of a whole one, one file remains
    number = 1
    while (kept := Path(f"{store}.{name}{f'-{number}' if number > 1 else ''}")).exists():
        number += 1
    for suffix in ("", *SIDECARS):
        if (file := Path(f"{store}{suffix}")).exists():
            _link(file, Path(f"{kept}{suffix}"))
    sync(store.parent)
    for suffix in SIDECARS:  # a log left behind would be read into the new store
        Path(f"{store}{suffix}").unlink(missing_ok=True)
    return kept


def _link(file: Path, name: Path) -> None:
    try:
        name.hardlink_to(file)
    except OSError:  # a disk that knows no links
        name.touch(mode=0o600)
        shutil.copyfile(file, name)
        sync(name)


def _write_down(refused: Sequence[tuple[Said, str]], beside: Path) -> Path | None:
    if not refused:
        return None
    path = Path(f"{beside}.decisions.jsonl")
    with _private(path) as out:
        out.writelines(
            json.dumps({**dict(zip(chain.COLUMNS.split(", "), said, strict=False)), "why": why}) + "\n"
            for said, why in refused
        )
        out.flush()
        os.fsync(out.fileno())
    return path


def _private(path: Path) -> TextIO:
    """A file of our own, 0600, begun anew."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "w", encoding="utf-8")
