"""People as imports name them: one row a key, found or made by the batch."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from linkinbox.importers.records import Who
from linkinbox.names import wholly_different
from linkinbox.store.journal import chunks

KEPT_IN_MEMORY = 50_000  # people; an import of any size needs no more


class Known(NamedTuple):
    """A person in the store."""

    id: int
    name: str
    connected: bool | None


class People:
    """Finds the people of an import's rows in the store and makes those it has not met.

    Args:
        conn: inside ``Store.write`` when called.
        listed: the export lists the connections, so that a person who is not among them is none.
    """

    def __init__(self, conn: sqlite3.Connection, *, listed: bool) -> None:
        self._conn = conn
        self._known: dict[str, Known] = {}
        self.listed = listed
        self.warnings: dict[str, None] = {}

    def find(self, whos: Iterable[Who]) -> dict[Who, Known]:
        """The people, met or made, by what the row says."""
        wanted = dict.fromkeys(whos)
        if len(self._known) > KEPT_IN_MEMORY:
            self._known.clear()
        self._meet({who.key: who for who in wanted})
        strangers = {who: self._apart(who) for who in wanted if self._taken_over(who)}
        if strangers:
            self._meet({apart.key: apart for apart in strangers.values()})
        return {who: self._known[strangers.get(who, who).key] for who in wanted}

    def forget(self) -> None:
        """Read people anew: another part of the import changed them."""
        self._known.clear()

    def _taken_over(self, who: Who) -> bool:
        known = self._known[who.key]
        return known.name != who.name and wholly_different(known.name, who.name)

    def _apart(self, who: Who) -> Who:
        """The same link with a wholly different name: told, and kept as a person of its own (formats.md §3.3)."""
        was = self._known[who.key].name
        self.warnings[f"{who.key} was {was} and is {who.name} now: kept apart as two people"] = None
        return who._replace(key=f"{who.key}~{blake2b(who.name.encode(), digest_size=4).hexdigest()}")

    def _meet(self, whos: dict[str, Who]) -> None:
        """Read the people of these keys; make those that are not there."""
        unknown = [key for key in whos if key not in self._known]
        for keys in chunks(unknown):
            marks = ",".join("?" * len(keys))
            rows = self._conn.execute(f"SELECT key, id, name, connected FROM person WHERE key IN ({marks})", keys)
            for key, id_, name, connected in rows:
                self._known[key] = Known(id_, name, None if connected is None else bool(connected))
        self._make([whos[key] for key in unknown if key not in self._known])

    def _make(self, whos: list[Who]) -> None:
        if not whos:
            return
        first = next_id(self._conn, "person")
        for id_, who in enumerate(whos, first):
            connected = False if self.listed and who.key.startswith("in:") else None
            self._known[who.key] = Known(id_, who.name, connected)
        self._conn.executemany(
            "INSERT INTO person (id, key, name, url, connected) VALUES (?, ?, ?, ?, ?)",
            [(self._known[who.key].id, who.key, who.name, who.url, self._known[who.key].connected) for who in whos],
        )


def next_id(conn: sqlite3.Connection, table: str) -> int:
    """The id after the last: rows of a batch refer to one another before they are written."""
    return int(conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])
