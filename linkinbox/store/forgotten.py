"""What is remembered of people who were forgotten: keyed hashes, so that an import does not bring them back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from linkinbox.errors import StoreError
from linkinbox.importers.records import ConnectionRow, InvitationRow, MessageRow, VouchRow
from linkinbox.store import unfinished
from linkinbox.store.keeping import copying
from linkinbox.store.report import FileReport

_KEYS = "forgotten_secret"  # in `meta`; several, with a blank between, where another store's were taken over
_SINCE = 2  # the version of the first store in which somebody could be forgotten


def remember(conn: sqlite3.Connection, person_id: int) -> None:
    """Keep keyed hashes of who it was: by the key, and by the name where an export tells no more."""
    key, name = conn.execute("SELECT key, name FROM person WHERE id = ?", (person_id,)).fetchone()
    conn.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (_KEYS, os.urandom(16).hex()))
    secret = bytes.fromhex(_secrets(conn)[0])
    _add(conn, [key_hash(secret, told) for told in (key, _as_key(name))])


def take_over(conn: sqlite3.Connection, former: Path) -> bool:
    """Remember whoever another store remembers, in the caller's transaction; False if not all of that can be read."""
    with suppress(sqlite3.Error, StoreError), copying.reading(former) as source:
        if copying.version_of(source) < _SINCE:
            return True
        secrets = dict.fromkeys([*_secrets(conn), *_secrets(source)])
        if secrets:
            conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_KEYS, " ".join(secrets)))
        _add(conn, hashes_in(source))
        if unfinished.is_unfinished(source):
            unfinished.begin(conn, unfinished.calls_to_remove(source))
        return True
    return False


def hashes_in(conn: sqlite3.Connection) -> set[bytes]:
    """The keyed hashes of all who were forgotten."""
    return {bytes(row[0]) for row in conn.execute("SELECT key_hash FROM forgotten_person")}


def _add(conn: sqlite3.Connection, hashes: Iterable[bytes]) -> None:
    conn.executemany("INSERT OR IGNORE INTO forgotten_person VALUES (?)", [(known,) for known in hashes])


def _secrets(conn: sqlite3.Connection) -> list[str]:
    """What the hashes are keyed with, in hexadecimal; the store's own comes first."""
    row = conn.execute("SELECT value FROM meta WHERE name = ?", (_KEYS,)).fetchone()
    return row[0].split() if row else []


def _as_key(name: str) -> str:
    return f"name:{name.casefold()}"


def key_hash(secret: bytes, key: str) -> bytes:
    """Enough to know somebody again, nothing to read."""
    return blake2b(key.encode("utf-8", "surrogatepass"), key=secret, digest_size=16).digest()


class KnownAgain:
    """Knows the people who were forgotten.

    Args:
        conn: the store's connection.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._hashes = hashes_in(conn)
        self._secrets = [bytes.fromhex(secret) for secret in _secrets(conn)]

    def leave_out(self, rows: Sequence[Any], report: FileReport) -> Sequence[Any]:
        """The rows that tell of nobody who was forgotten; the others are counted as ignored."""
        if not self._hashes:
            return rows
        kept = [row for row in rows if not self._is_told(row)]
        for _ in range(len(rows) - len(kept)):
            report.ignore("of somebody you forgot")
        return kept

    def _is_told(self, row: Any) -> bool:
        """The row is theirs, or the owner's words to nobody else."""
        match row:
            case InvitationRow() | ConnectionRow():
                return self.knows(row.who.key)
            case VouchRow(key=key, name=name):
                return self.knows(key or _as_key(name))
            case MessageRow(incoming=True):
                return self.knows(row.sender.key)
            case MessageRow():
                return bool(row.others) and all(self.knows(who.key) for who in row.others)
        return False

    def knows(self, key: str) -> bool:
        """The key is that of somebody who was forgotten."""
        return any(key_hash(secret, key) in self._hashes for secret in self._secrets)
