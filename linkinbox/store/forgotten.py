"""What is remembered of people who were forgotten: keyed hashes, so that an import does not bring them back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from linkinbox.importers.records import ConnectionRow, InvitationRow, MessageRow
from linkinbox.store.report import FileReport


def remember(conn: sqlite3.Connection, person_id: int) -> None:
    """Keep a keyed hash of who it was."""
    (key,) = conn.execute("SELECT key FROM person WHERE id = ?", (person_id,)).fetchone()
    conn.execute("INSERT OR IGNORE INTO meta VALUES ('forgotten_secret', ?)", (os.urandom(16).hex(),))
    conn.execute("INSERT OR IGNORE INTO forgotten_person VALUES (?)", (key_hash(_secrets(conn)[0], key),))


def _secrets(conn: sqlite3.Connection) -> list[bytes]:
    """What the hashes are keyed with, the store's own first; those of stores that were restored over come along."""
    row = conn.execute("SELECT value FROM meta WHERE name = 'forgotten_secret'").fetchone()
    return [bytes.fromhex(secret) for secret in row[0].split()] if row else []


def key_hash(secret: bytes, key: str) -> bytes:
    """Enough to know somebody again, nothing to read."""
    return blake2b(key.encode("utf-8", "surrogatepass"), key=secret, digest_size=16).digest()


class KnownAgain:
    """Knows the people who were forgotten, in an import's rows.

    Args:
        conn: the store's connection.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._hashes = {bytes(row[0]) for row in conn.execute("SELECT key_hash FROM forgotten_person")}
        self._secrets = _secrets(conn)

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
            case MessageRow(incoming=True):
                return self.knows(row.sender.key)
            case MessageRow():
                return bool(row.others) and all(self.knows(who.key) for who in row.others)
        return False

    def knows(self, key: str) -> bool:
        """The key is that of somebody who was forgotten."""
        return any(key_hash(secret, key) in self._hashes for secret in self._secrets)
