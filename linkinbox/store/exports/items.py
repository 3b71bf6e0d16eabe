"""Every item with its state and notes, a page at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from linkinbox.model import View
from linkinbox.store.cards import notes_of
from linkinbox.store.exports.shapes import row_json
from linkinbox.store.listings import LISTINGS
from linkinbox.store.pages import Ids, read_rows
from linkinbox.store.reasons import reasons_of
from linkinbox.store.sql import chunks

WHOLE = 1_000_000  # characters: as many as a text is ever read with


def every_item(conn: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """All items, newest first, in the shape of ``list --json``."""
    ids = Ids(conn, LISTINGS[View.ALL])
    while ids.fill():
        pass
    for page in chunks(ids):
        notes, reasons = notes_of(conn, page), reasons_of(conn, page)
        for row in read_rows(conn, page, text=WHOLE):
            yield row_json(row, notes.get(row.id, ()), reasons.get(row.id))
