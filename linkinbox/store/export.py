"""Writing what the store holds to a file that other programs read; the suffix says the form."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TextIO

from linkinbox.errors import ExportError, UsageError
from linkinbox.store.connection import Store
from linkinbox.store.exports import contacts, forms
from linkinbox.store.exports.database import metadata_file, write_database
from linkinbox.store.exports.items import every_item
from linkinbox.store.exports.metadata import is_ours
from linkinbox.store.exports.replacing import replacing


def _write_items(
    write: Callable[[Iterable[forms.Record], TextIO], None], conn: sqlite3.Connection, out: TextIO
) -> None:
    write(every_item(conn), out)


_DATABASES = (".db", ".sqlite")
_TEXTS: dict[str, Callable[[sqlite3.Connection, TextIO], None]] = {
    **{f".{form}": partial(_write_items, write) for form, write in forms.WRITERS.items()},
    ".vcf": contacts.write_vcards,
    ".md": contacts.write_markdown,
}


def export(store: Store, destination: Path, *, force: bool) -> Path:
    """Write the store, as it is at this moment, to ``destination`` (0600); see ``Inbox.export``."""
    suffix = destination.suffix.lower()
    _refuse(store, destination, suffix, force=force)
    try:
        if suffix in _DATABASES:
            write_database(store.conn, destination)
        else:
            _write_text(store.conn, destination, _TEXTS[suffix])
    except (OSError, sqlite3.Error) as error:
        raise _explained(error, destination) from error
    return destination


def _refuse(store: Store, destination: Path, suffix: str, *, force: bool) -> None:
    if suffix not in (*_DATABASES, *_TEXTS):
        known = ", ".join((*_DATABASES, *_TEXTS))
        msg = f"{destination.name} says no form that linkinbox writes"
        raise UsageError(msg, f"End its name with one of {known}")
    if destination.is_dir():
        msg = f"{destination} is a folder"
        raise UsageError(msg, "Name a file in it")
    if destination.exists() and destination.samefile(store.path):
        msg = f"{destination} is the store itself"
        raise UsageError(msg, "Name another file")
    if force:
        return
    if os.path.lexists(destination):
        msg = f"{destination} is there already"
        raise UsageError(msg, "Name another file, or replace it with --force")
    described = metadata_file(destination)
    if suffix in _DATABASES and os.path.lexists(described) and not is_ours(described):
        msg = f"{described} is there already, and linkinbox did not write it"
        raise UsageError(msg, "Name a file in another folder, or replace both with --force")


def _write_text(
    conn: sqlite3.Connection, destination: Path, write: Callable[[sqlite3.Connection, TextIO], None]
) -> None:
    with (
        replacing(destination) as temporary,
        temporary.open("w", encoding="utf-8", errors="replace", newline="") as out,
        _moment(conn),
    ):
        write(conn, out)


@contextmanager
def _moment(conn: sqlite3.Connection) -> Iterator[None]:
    """One moment of the store, whatever another process decides meanwhile."""
    conn.execute("BEGIN")
    try:
        yield
    finally:
        conn.execute("ROLLBACK")


_HINTS = {
    errno.ENOSPC: "Make room, or name a file on another disk",
    errno.EACCES: "Check the folder's permissions, or name a file elsewhere",
    errno.EROFS: "Name a file on a disk that can be written",
    errno.ENOENT: "Make the folder first",
}


def _explained(error: OSError | sqlite3.Error, destination: Path) -> ExportError:
    if isinstance(error, OSError):
        hint = _HINTS.get(error.errno or 0, "The store is unchanged; try another place")
        return ExportError(f"{destination} was not written: {error.strerror or error}", hint)
    hint = _HINTS[errno.ENOSPC] if "full" in str(error) else "The store is unchanged; try another place"
    return ExportError(f"{destination} was not written: {error}", hint)
