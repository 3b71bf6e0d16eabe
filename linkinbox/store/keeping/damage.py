"""Damage that is met while a store is in use: told in a sentence, and remembered for the next start."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from linkinbox.errors import DamagedStoreError, NoSuchItemError, StoreError
from linkinbox.store.connection import plain_errors
from linkinbox.store.explaining import explained
from linkinbox.store.keeping import backup, copying
from linkinbox.store.keeping.carve import carved_entries
from linkinbox.store.opening import presence_of
from linkinbox.store.schema import APPLICATION_ID

_RECOVER = "Start linkinbox again: it offers to restore a backup (or run `linkinbox doctor --recover`)"
_OF_ROTTEN_VALUES = (ValueError, LookupError, TypeError, AttributeError)
_ID_AT = 68  # bytes into the file: https://sqlite.org/fileformat2.html §1.3


def damage_file(store: Path) -> Path:
    """Where it is noted that a store was found damaged."""
    return Path(f"{store}.damage")


def note_damage(store: Path, told: str) -> None:
    """Note what was found, so that the next start offers to recover."""
    with suppress(OSError):
        descriptor = os.open(damage_file(store), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(told)


def refuse_noted_damage(store: Path) -> None:
    """Look again at a store that was found damaged; one that can be read whole is damaged no longer.

    Raises:
        DamagedStoreError: it still is.
    """
    if damage_file(store).exists():
        require_sound(store)
        damage_file(store).unlink(missing_ok=True)


def require_sound(store: Path) -> None:
    """Read all of a store, with its indexes.

    Raises:
        DamagedStoreError: something does not say what was written.
    """
    with plain_errors(store), copying.reading(store) as conn:
        copying.require_whole(conn, store)
        told = conn.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if told != "ok":
        raise DamagedStoreError(f"{store} is damaged ({told})", _RECOVER)


def damage_behind(error: BaseException | None, store: Path) -> DamagedStoreError | None:
    """The damage that an error comes from; None when the store is not to blame.

    A bit that rotted can make a value that no code expects: what looks like a fault of the program is looked into.
    """
    while error is not None:
        match error:
            case DamagedStoreError():
                return error
            case sqlite3.DatabaseError(sqlite_errorcode=code) if code & 0xFF in _DAMAGE:
                return DamagedStoreError(f"{store} is damaged ({error})", _RECOVER)
            case _ if isinstance(error, _OF_ROTTEN_VALUES):
                try:
                    require_sound(store)
                except DamagedStoreError as damaged:
                    return damaged
                except StoreError:
                    return None
        error = error.__cause__
    return None


def failure_behind(error: BaseException | None, store: Path) -> StoreError | None:
    """The damage that an error comes from, or what else the disk or the system refused; None: neither is to blame."""
    if damaged := damage_behind(error, store):
        return damaged
    while error is not None:
        if isinstance(error, StoreError):
            return error
        if isinstance(error, sqlite3.OperationalError) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _REFUSED:
            return explained(error, store)
        error = error.__cause__
    return None


_REFUSED = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def was_ours(path: Path) -> bool:
    """What lies there was a store of linkinbox once, as far as can be told: only such a file is offered to recover."""
    if backup.backups(path) or presence_of(path).exists():
        return True
    with suppress(OSError), path.open("rb") as file:
        id_ = file.read(_ID_AT + 4)[_ID_AT:]
        return id_ == APPLICATION_ID.to_bytes(4, "big") or next(carved_entries(path), None) is not None
    return False


def require_ours(path: Path) -> None:
    """Refuse to put a store where none was.

    Raises:
        NoSuchItemError: there is nothing.
        StoreError: what is there never was a store.
    """
    if was_ours(path):
        return
    if path.exists():
        raise StoreError(f"{path} is no store of linkinbox", "Nothing was changed; choose another file with --db")
    raise NoSuchItemError(f"There is no store at {path}", "`linkinbox import` makes one")
