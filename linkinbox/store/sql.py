"""Statements over lists of any length: SQLite binds only so many values at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import chain
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


def write_rows(conn: sqlite3.Connection, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run a statement whose ``VALUES {}`` takes the rows, all of one width: a third of the cost of one for each."""
    for chunk in chunks(rows):
        row = f"({','.join('?' * len(chunk[0]))})"
        conn.execute(sql.format(",".join([row] * len(chunk))), [*chain.from_iterable(chunk)])


def write_in(conn: sqlite3.Connection, sql: str, values: Sequence[Any]) -> None:
    """Run a statement whose ``IN ({})`` takes the values."""
    for chunk in chunks(values):
        conn.execute(sql.format(",".join("?" * len(chunk))), chunk)
