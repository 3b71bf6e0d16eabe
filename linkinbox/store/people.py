"""People as imports name them: one row a key, found or made by the batch."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from linkinbox.importers.records import Who
from linkinbox.names import wholly_different
from linkinbox.store.sql import select_in

KEPT_IN_MEMORY = 50_000  # people; an import of any size needs no more


class Known(NamedTuple):
    """A person in the store."""

    id: int
    name: str
    connected: bool | None
    named_by: int  # the import that told the name


class People:
    """Finds the people of an import's rows in the store and makes those it has not met.

    Args:
        conn: inside ``Store.write`` when called.
        own: the runs of this import, this one the highest. Within one export a profile link is one person.
        listed: the export lists the connections, so that a person who is not among them is none.
    """

    def __init__(self, conn: sqlite3.Connection, own: frozenset[int], *, listed: bool) -> None:
        self._conn = conn
        self._own = own
        self._known: dict[str, Known] = {}
        self.listed = listed
        self.warnings: dict[str, None] = {}

    def find(self, whos: Iterable[Who]) -> dict[Who, Known]:
        """The people, met or made, by what the row says."""
        wanted = dict.fromkeys(whos)
        if len(self._known) > KEPT_IN_MEMORY:
            self._known.clear()
        self._meet(wanted)
        strangers = {who: self._apart(who) for who in wanted if self._taken_over(who)}
        if strangers:
            self._meet(strangers.values())
        return {who: self._known[strangers.get(who, who).key] for who in wanted}

    def forget(self) -> None:
        """Read people anew: another part of the import changed them."""
        self._known.clear()

    def _taken_over(self, who: Who) -> bool:
        known = self._known[who.key]
        return known.named_by not in self._own and wholly_different(known.name, who.name)

    def _apart(self, who: Who) -> Who:
        """The same link with a wholly different name: told, and kept as a person of its own (formats.md §3.3)."""
        was = self._known[who.key].name
        self.warnings[f"{who.key} was {was} before and is {who.name} here: kept apart as two people"] = None
        return who._replace(key=key_apart(who.key, who.name))

    def _meet(self, whos: Iterable[Who]) -> None:
        """Read the people of these rows; make those that are not there, name those that had no name."""
        first: dict[str, Who] = {}
        for who in whos:
            if who.key not in first or not first[who.key].name:
                first[who.key] = who
        unknown = [key for key in first if key not in self._known]
        columns = "key, id, name, connected, named_by"
        for key, *rest in select_in(self._conn, f"SELECT {columns} FROM person WHERE key IN ({{}})", unknown):
            id_, name, connected, named_by = rest
            self._known[key] = Known(id_, name, None if connected is None else bool(connected), named_by)
        self._make([first[key] for key in unknown if key not in self._known])
        self._name([who for key, who in first.items() if who.name and not self._known[key].name])

    def _make(self, whos: list[Who]) -> None:
        if not whos:
            return
        run = max(self._own)
        for id_, who in enumerate(whos, next_id(self._conn, "person")):
            # A link that was taken over ("~") is in the list of connections, if at all, under its other name.
            none = self.listed and who.key.startswith("in:") and "~" not in who.key
            self._known[who.key] = Known(id_, who.name, False if none else None, run)
        self._conn.executemany(
            "INSERT INTO person (id, key, name, url, connected, named_by) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (known.id, who.key, who.name, who.url, known.connected, run)
                for who in whos
                for known in [self._known[who.key]]
            ],
        )

    def _name(self, whos: list[Who]) -> None:
        for who in whos:
            self._known[who.key] = self._known[who.key]._replace(name=who.name, named_by=max(self._own))
            self._conn.execute("UPDATE person SET name = ? WHERE key = ?", (who.name, who.key))


def key_apart(key: str, name: str) -> str:
    """The key of a second person, of another name, behind a profile link."""
    return f"{key}~{blake2b(name.encode(), digest_size=4).hexdigest()}"


def next_id(conn: sqlite3.Connection, table: str) -> int:
    """The id after the last: rows of a batch refer to one another before they are written."""
    return int(conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])
