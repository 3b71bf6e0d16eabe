"""Statements over lists of any length: SQLite binds only so many values at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")

AT_ONCE = 500


def chunks(values: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """Slices of at most ``size``."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def select_in(conn: sqlite3.Connection, sql: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows of a statement whose ``IN ({})`` takes the values; in no order."""
    for chunk in chunks(values):
        yield from conn.execute(sql.format(",".join("?" * len(chunk))), chunk).fetchall()
