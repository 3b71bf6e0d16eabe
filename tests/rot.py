"""Spoiling a store as a failing disk would: single bits, whole pages, the header."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

PAGE = 4096


def flip_bit(store: Path, at: int, bit: int) -> None:
    """Change one bit of a file."""
    raw = bytearray(store.read_bytes())
    raw[at] ^= 1 << bit
    store.write_bytes(raw)


def garble(store: Path, *pages: int, seed: int = 1) -> None:
    """Fill pages, the first being 1, with noise."""
    raw, noise = bytearray(store.read_bytes()), random.Random(seed)
    for page in pages:
        raw[(page - 1) * PAGE : page * PAGE] = noise.randbytes(PAGE)
    store.write_bytes(raw)


def some_pages(store: Path, seed: int, many: int = 3) -> list[int]:
    """A few pages of a store, at random; the same for the same seed."""
    return random.Random(seed).sample(range(1, store.stat().st_size // PAGE + 1), many)


def pages_of_journal(store: Path) -> list[int]:
    """The pages that hold the rows of the journal."""
    with closing(sqlite3.connect(store)) as conn:
        ids = [id_.encode() for (id_,) in conn.execute("SELECT id FROM journal")]
    raw = store.read_bytes()
    leaves = [page for page in range(1, len(raw) // PAGE) if raw[page * PAGE] == 0x0D]
    return [page + 1 for page in leaves if any(id_ in raw[page * PAGE : (page + 1) * PAGE] for id_ in ids)]


def entries_of(store: Path) -> set[tuple[object, ...]]:
    """The entries that can be read in any way: from the first on, from the last on, or one by one."""
    found: set[tuple[object, ...]] = set()
    with closing(sqlite3.connect(store)) as conn:
        conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
        every = [f"SELECT * FROM journal ORDER BY seq {order}" for order in ("ASC", "DESC")]
        for asked in (*every, *(f"SELECT * FROM journal WHERE seq = {seq}" for seq in range(1, 300))):
            with suppress(sqlite3.Error, UnicodeDecodeError):  # names of columns rot too
                for row in conn.execute(asked):
                    found.add(row)
    return found
