"""Where a store comes from: two files of which each holds the other's beginning are copies of one."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from linkinbox.errors import StoreError
from linkinbox.importers.records import Owner
from linkinbox.store.keeping.carve import carved_entries
from linkinbox.store.keeping.copying import reading
from linkinbox.store.ledger import are_two_members, read_owner


class Origin(NamedTuple):
    """What never changes in a store: the id of its first decision, and whose it is; None: not known."""

    first: str | None = None
    owner: Owner | None = None

    def is_another(self, other: Origin) -> bool:
        """They are known to be of two stores."""
        if self.first and other.first and self.first != other.first:
            return True
        return bool(self.owner and other.owner and are_two_members(self.owner, other.owner))


def origin_of(path: Path) -> Origin:
    """Where a store or backup comes from, as far as it can be read; a damaged one is looked through by the page."""
    try:
        with reading(path) as conn:
            row = conn.execute("SELECT id FROM journal WHERE seq = 1").fetchone()
            return Origin(row and row[0], read_owner(conn))
    except (sqlite3.Error, StoreError):
        with suppress(OSError):
            return Origin(next((str(said[1]) for said in carved_entries(path) if said[0] == 1), None))
    return Origin()
