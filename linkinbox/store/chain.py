"""The journal's chain: a damaged, lost or foreign entry can be told, and named.

SQLite's own check finds a quarter of the bits that rot. Each entry carries a digest of what it says, and a
link: the hash of the link before it and of its digest. The two are apart so that a person's texts can be
forgotten: the digest of what was said stays, and the chain holds without the words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from hashlib import blake2b

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


def broken(conn: sqlite3.Connection) -> Iterator[int]:
    """The numbers of entries that do not say what was written, or that do not follow the one before them.

    What was forgotten says less than its digest knows: a later entry vouches for it by a digest of what is left.
    """
    vouched = dict(conn.execute("SELECT seq, digest FROM forgotten_entry"))
    before = START
    for *said, told, linked in conn.execute(f"SELECT {COLUMNS}, digest, link FROM journal ORDER BY seq"):
        if digest(*said) != vouched.get(said[0], told) or link(before, told) != linked:
            yield said[0]
        before = linked
