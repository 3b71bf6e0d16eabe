"""The journal's chain: a damaged, lost or foreign entry can be told, and named.

SQLite's own check finds a quarter of the bits that rot. Each entry carries a digest of what it says, and a
link: the hash of the link before it and of its digest. The two are apart so that a person's texts can be
forgotten: the digest of what was said stays, and the chain holds without the words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

SIZE = 8  # bytes: tells an accident; against a forger with write access nothing in the same file would help
COLUMNS = "seq, id, at, device, action, item_uid, payload, batch"
START = bytes(SIZE)  # what the first entry is linked to


def digest(*said: object) -> bytes:
    """The digest of an entry's ``COLUMNS``."""
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()


def link(before: bytes, digest_: bytes) -> bytes:
    """The link of an entry to the one before it."""
    return blake2b(before + digest_, digest_size=SIZE).digest()


def end_of(conn: sqlite3.Connection) -> tuple[int, bytes]:
    """The number and the link of the newest entry."""
    row = conn.execute("SELECT seq, link FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], bytes(row[1])) if row else (0, START)


def append(conn: sqlite3.Connection, entries: Iterable[tuple[str, str, str, str, str | None, str, str]]) -> None:
    """Write entries (``COLUMNS`` without the number) as the next ones, each linked to the one before it."""
    newest, before = end_of(conn)
    rows = []
    for seq, said in enumerate(entries, start=newest + 1):
        told = digest(seq, *said)
        before = link(before, told)
        rows.append((seq, *said, told, before))
    conn.executemany(f"INSERT INTO journal ({COLUMNS}, digest, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def broken(conn: sqlite3.Connection) -> Iterator[int]:
    """The numbers of entries that do not say what was written, or that do not follow the one before them."""
    return breaks(conn.execute(f"SELECT {COLUMNS}, digest, link FROM journal ORDER BY seq"), vouched_for(conn))


def vouched_for(conn: sqlite3.Connection) -> dict[int, bytes]:
    """By number, the digest of what is left of entries of which something was forgotten."""
    return dict(conn.execute("SELECT seq, digest FROM forgotten_entry"))


def breaks(rows: Iterable[Sequence[Any]], vouched: Mapping[int, bytes]) -> Iterator[int]:
    """As ``broken``, of rows (``COLUMNS``, digest, link) in the order of their numbers.

    What was forgotten says less than its digest knows: a later entry vouches for it by a digest of what is left.
    """
    before = START
    for *said, told, linked in rows:
        if not (isinstance(told, bytes) and isinstance(linked, bytes)):  # a rotten row may hold anything
            yield said[0]
            continue
        if digest(*said) != vouched.get(said[0], told) or link(before, told) != linked:
            yield said[0]
        before = linked
