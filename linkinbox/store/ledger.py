"""What earlier imports left behind: which files and passages are known, whose store it is, who is connected."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import timedelta

from linkinbox.errors import SourceError
from linkinbox.importers.records import Owner, Passage
from linkinbox.names import wholly_different
from linkinbox.store.report import ImportReport, from_ledger
from linkinbox.store.times import from_text


def seen_before(conn: sqlite3.Connection, digest: str, source: str) -> ImportReport | None:
    """What the import of the very same file did; None when there was none."""
    row = conn.execute(
        "SELECT report, finished_at FROM import_run WHERE digest = ? AND finished_at IS NOT NULL", (digest,)
    ).fetchone()
    return from_ledger(row[0], row[1], source) if row else None


def refuse_another_member(theirs: Owner | None, ours: Owner | None, source: str) -> None:
    """An import deletes nothing, so two members' data in one store could never be told apart again."""
    if theirs and ours and are_two_members(theirs, ours):
        msg = f"{source} is {theirs.name}'s export, and this store holds {ours.name}'s"
        raise SourceError(msg, "Give it a store of its own with --db; nothing was changed")


def are_two_members(one: Owner, other: Owner) -> bool:
    """They are known by no common link or name; of whom no link is known, nothing can be told."""
    return bool(one.key and not one.keys & other.keys and wholly_different(one.name, other.name))


def read_owner(conn: sqlite3.Connection) -> Owner | None:
    """The owner as earlier imports told; single files may not tell."""
    rows = conn.execute("SELECT key, name FROM owner ORDER BY id").fetchall()
    if not rows:
        return None
    keys = frozenset(key for key, _ in rows)
    return Owner(rows[0][1], rows[0][0], keys)


def is_listed(conn: sqlite3.Connection, as_of: str) -> bool:
    """The connections of that time were read before, from a file of their own."""
    row = conn.execute("SELECT value FROM meta WHERE name = 'connections_as_of'").fetchone()
    return row is not None and from_text(row[0]) >= from_text(as_of) - timedelta(days=1)


def known_passages(conn: sqlite3.Connection) -> frozenset[bytes]:
    """The digests of what earlier imports read; some 2 MB a million rows."""
    return frozenset(digest for (digest,) in conn.execute("SELECT digest FROM passage"))


def remember_passages(conn: sqlite3.Connection, passages: Iterable[Passage]) -> None:
    """Know passages again; in the transaction that writes the last of their rows."""
    new = [(passage.digest,) for passage in passages if not passage.unread]
    conn.executemany("INSERT OR IGNORE INTO passage VALUES (?)", new)
