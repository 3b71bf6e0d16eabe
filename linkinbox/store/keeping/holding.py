"""Copies of a store that may still hold somebody who was forgotten in it: backups, and stores that were kept aside."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from linkinbox.errors import StoreError
from linkinbox.store import unfinished
from linkinbox.store.exports.replacing import SIDECARS
from linkinbox.store.forgotten import hashes_in
from linkinbox.store.keeping import backup, copying
from linkinbox.store.reading import open_at_rest

_WITH_IT = ("", *SIDECARS, ".decisions.jsonl")


class Deleted(NamedTuple):
    """The files that were deleted, and the backup that was made before."""

    files: list[Path]
    backup: Path


def copies_holding(store: Path) -> list[Path]:
    """The copies that do not remember everybody who was forgotten; one that cannot be read may hold anybody.

    Copies that were carried elsewhere are not known here.
    """
    if not store.exists():
        return []
    with copying.reading(store) as conn:
        forgotten = hashes_in(conn) if copying.version_of(conn) > 1 else set()
    if not forgotten:
        return []
    copies = [*(made.path for made in backup.backups(store)), *_kept_aside(store)]
    return [copy for copy in copies if _may_hold(copy, forgotten)]


def delete_copies_holding(store: Path, now: datetime) -> Deleted:
    """Make a new backup, then delete the copies that may hold somebody, with what lies beside them.

    Raises:
        StoreError: no backup could be made; nothing was deleted.
    """
    files = [Path(f"{copy}{suffix}") for copy in copies_holding(store) for suffix in _WITH_IT]
    files = [file for file in files if file.exists()]
    made = backup.back_up_asked(store, now).path
    if made in copies_holding(store):
        msg = "Words of somebody you forgot may still lie in the store itself"
        raise StoreError(msg, "Start linkinbox with nothing else open: it removes them; no copy was deleted")
    for file in files:
        file.unlink(missing_ok=True)  # the new backup may have taken the place of one
    return Deleted(files, made)


def _kept_aside(store: Path) -> list[Path]:
    name = re.compile(rf"{re.escape(store.name)}\.(before-restore|damaged)-\d{{4}}-\d\d-\d\dT\d{{6}}Z(-\d+)?")
    return sorted(file for file in store.parent.iterdir() if name.fullmatch(file.name))


def _may_hold(copy: Path, forgotten: set[bytes]) -> bool:
    with suppress(sqlite3.Error, StoreError), closing(open_at_rest(copy)) as conn:
        knows_all = copying.version_of(conn) > 1 and forgotten <= hashes_in(conn)
        return not knows_all or unfinished.is_unfinished(conn)
    return True
