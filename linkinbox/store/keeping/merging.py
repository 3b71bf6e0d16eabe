"""Bringing over what another copy of a store knows from imports, and this one does not.

A row is the same in two copies when it is known by the same: a person by their key, an item by its uid, a message by
its thread, time and words. Numbers tell nothing: two copies that went their own ways gave the same one to others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from linkinbox.errors import StoreError, UsageError
from linkinbox.names import wholly_different
from linkinbox.store.keeping.copying import reading
from linkinbox.store.keeping.salvage import Rows
from linkinbox.store.ledger import are_two_members, read_owner
from linkinbox.store.owing import read_last_words
from linkinbox.store.people import key_apart, next_id
from linkinbox.store.run import index_messages, message_key
from linkinbox.store.schema.owing import count_from
from linkinbox.store.twins import Groups
from linkinbox.store.wording import word_all


class _Table(NamedTuple):
    """A table, what its rows are known by, and which rows of others they refer to (column: table)."""

    name: str
    known_by: Sequence[str] = ()
    refers: Mapping[str, str] = {}


_NUMBERED = (  # parents first
    _Table("import_run", ("started_at", "source")),
    _Table("quarantine", ("import_id", "file", "line"), {"import_id": "import_run"}),
    _Table("owner", ("key",)),
    _Table("owner_fact", ("fact", "detail")),
    _Table("person", ("key",), {"named_by": "import_run"}),
    _Table("item", ("uid",), {"person_id": "person", "import_id": "import_run"}),
    _Table("message", ("item_id", "at", "key"), {"item_id": "item", "import_id": "import_run", "person_id": "person"}),
)
_NAMED = (  # the key comes first in each
    _Table("meta"),
    _Table("draft"),
    _Table("sent_invitation", refers={"person_id": "person"}),
    _Table("vouched"),
    _Table("forgotten_person"),
    _Table("note_begun", refers={"item_id": "item"}),
    _Table("asked_call", refers={"item_id": "item"}),
)
_RUNS = "INSERT INTO import_run (id, source, kind, digest, started_at) VALUES (?, '', '', '', '')"
_NOTE_OF = "SELECT m.id FROM item i JOIN message m ON m.item_id = i.id WHERE i.id = ? AND i.kind = 'invitation'"
_NEWEST = "(SELECT {} FROM message WHERE item_id = item.id AND incoming = 1 ORDER BY at DESC, id LIMIT 1)"
_THREADS = f"""UPDATE item SET
    messages = (SELECT count(*) FROM message WHERE item_id = item.id),
    at = coalesce({_NEWEST.format("at")}, at),
    person_id = coalesce({_NEWEST.format("person_id")}, person_id),
    replied_at = coalesce((SELECT max(at) FROM message WHERE item_id = item.id AND incoming = 0), replied_at),
    message_id = {_NEWEST.format("id")}
    WHERE kind = 'conversation' AND (id >= ? OR id IN (SELECT item_id FROM message WHERE id >= ?))"""
_NOTES = """UPDATE item SET message_id = (SELECT id FROM message WHERE item_id = item.id)
    WHERE kind = 'invitation' AND id >= ?"""
_SILENT = """SELECT i.id, i.uid, i.import_id, i.person_id, i.at, p.name FROM item i JOIN person p ON p.id = i.person_id
    WHERE i.kind = 'invitation' AND i.at IS NOT NULL AND i.message_id IS NULL AND i.id >= ?"""
_TOUCHED = "SELECT id, uid FROM item WHERE id >= ? OR id IN (SELECT item_id FROM message WHERE id >= ?)"


class Merged(NamedTuple):
    """What was brought over: the number of items that are new here, and the uids of all that came or got messages."""

    items: int
    touched: list[str]


def refuse_another_member(former: Path, conn: sqlite3.Connection) -> None:
    """Two members' data in one store could never be told apart again.

    Raises:
        UsageError: the copies are of two members.
    """
    with suppress(sqlite3.Error, StoreError), reading(former) as source:
        theirs, ours = read_owner(source), read_owner(conn)
        if theirs and ours and are_two_members(theirs, ours):
            msg = f"{former} is {theirs.name}'s inbox, and what is to take its place is {ours.name}'s"
            raise UsageError(msg, "Give that one a store of its own with --db, or leave out --keep-newer")


def merge(former: Path, conn: sqlite3.Connection) -> Merged:
    """Bring over the rows of another copy, damaged or not, that this store lacks; to be called in a transaction.

    A row whose person or item cannot be read stays behind. The imports are no longer known by their files, so that
    these can be imported again and bring what is lost.
    """
    first_run, first_item, first_message = (next_id(conn, table) for table in ("import_run", "item", "message"))
    with suppress(sqlite3.Error, StoreError), reading(former) as source:
        _Merging(source, conn).bring_all()
    count_from(conn, first_item)  # from here on each change counts by itself
    conn.execute("UPDATE import_run SET digest = 'recovered ' || digest WHERE id >= ?", (first_run,))
    conn.execute(_NOTES, (first_item,))
    _stand_in_for_lost_notes(conn, first_item)
    conn.execute(_THREADS, (first_item, first_message))
    word_all(conn)
    index_messages(conn, first_message)
    ids = [id_ for (id_,) in conn.execute("SELECT id FROM item WHERE id >= ?", (first_item,))]
    Groups(conn).add(ids)
    touched = dict(conn.execute(_TOUCHED, (first_item, first_message)).fetchall())
    read_last_words(conn, [*touched])
    return Merged(len(ids), [*touched.values()])


class _Merging:
    """One copy being merged into another; ``numbers`` tells by table which of our rows each of theirs is."""

    def __init__(self, source: sqlite3.Connection, conn: sqlite3.Connection) -> None:
        self._source = source
        self._conn = conn
        self.numbers: dict[str, dict[int, int]] = {}

    def bring_all(self) -> None:
        for table in _NUMBERED:
            self._bring_numbered(table)
            if table.name == "import_run":
                self._stand_in_for_lost_runs()
        for table in _NAMED:
            self._bring_named(table)

    def _bring_numbered(self, table: _Table) -> None:
        """Bring new rows, under their own numbers where those come after ours, else under the next ones."""
        numbers = self.numbers[table.name] = {}
        free = next_id(self._conn, table.name)
        names = [name for name in self._shared(table) if name not in {"id", "message_id"}]
        insert = _insert(table, ["id", *names])
        for theirs, *values in Rows(self._source, table.name, "id", ", ".join(names)):
            row = dict(zip(names, values, strict=True))
            if not self._refer(table, row):
                continue
            if table.name == "person":
                row["key"] = self._key_of(row["key"], row["name"])
            with suppress(sqlite3.IntegrityError):  # what has rotted so that it fits no more
                if (ours := self._known(table, row)) is None:
                    ours = max(theirs, free)
                    self._conn.execute(insert, (ours, *row.values()))
                    free = ours + 1
                numbers[theirs] = ours

    def _bring_named(self, table: _Table) -> None:
        if not (names := self._shared(table)):  # of a version that had none
            return
        insert = _insert(table, names)
        for values in self._from_both_ends(table, names):
            row = dict(zip(names, values, strict=True))
            if self._refer(table, row):
                with suppress(sqlite3.IntegrityError):
                    self._conn.execute(insert, [*row.values()])

    def _from_both_ends(self, table: _Table, names: Sequence[str]) -> Iterator[Sequence[Any]]:
        """The rows up to the first that cannot be read, and from the end on down to it."""
        for order in ("ASC", "DESC"):
            try:
                yield from self._source.execute(f"SELECT {', '.join(names)} FROM {table.name} ORDER BY 1 {order}")
            except sqlite3.Error:
                continue
            return

    def _shared(self, table: _Table) -> list[str]:
        """The columns that both copies have: one may be of an earlier version."""
        theirs, ours = ([row[1] for row in conn.execute(f"PRAGMA table_info({table.name})")]
                        for conn in (self._source, self._conn))  # fmt: skip
        return [name for name in ours if name in theirs]

    def _refer(self, table: _Table, row: dict[str, Any]) -> bool:
        """Let a row refer to our rows; False when one that it refers to is not here."""
        for column, parent in table.refers.items():
            if row[column] is not None:
                row[column] = self.numbers[parent].get(row[column])
                if row[column] is None:
                    return False
        return True

    def _key_of(self, key: Any, name: Any) -> Any:
        """Whose link was taken over stays a person of their own, as in an import (formats.md §3.3)."""
        ours = self._conn.execute("SELECT name FROM person WHERE key = ?", (key,)).fetchone()
        if ours and isinstance(name, str) and wholly_different(ours[0], name):
            return key_apart(key, name)
        return key

    def _known(self, table: _Table, row: Mapping[str, Any]) -> int | None:
        known = " AND ".join(f"{column} = ?" for column in table.known_by)
        by = [row[column] for column in table.known_by]
        found = self._conn.execute(f"SELECT id FROM {table.name} WHERE {known}", by).fetchone()
        if found is None and table.name == "message":  # an invitation has one, whatever was told of its words since
            found = self._conn.execute(_NOTE_OF, (row["item_id"],)).fetchone()
        return int(found[0]) if found else None

    def _stand_in_for_lost_runs(self) -> None:
        """Let items and people belong to an import whose own row cannot be read."""
        runs = {row[1] for row in Rows(self._source, "item", "id", "import_id")}
        runs |= {row[1] for row in Rows(self._source, "person", "id", "named_by")}
        for theirs in runs - self.numbers["import_run"].keys():
            ours = self.numbers["import_run"][theirs] = next_id(self._conn, "import_run")
            self._conn.execute(_RUNS, (ours,))


def _insert(table: _Table, names: Sequence[str]) -> str:
    again = "" if table.known_by else " OR IGNORE"
    return f"INSERT{again} INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def _stand_in_for_lost_notes(conn: sqlite3.Connection, first_item: int) -> None:
    """Give invitations whose note cannot be read an empty one, in which the next import finds nothing and writes it."""
    for item_id, uid, run, person, at, name in conn.execute(_SILENT, (first_item,)).fetchall():
        message_id = next_id(conn, "message")
        conn.execute(
            "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, 1, '', '', 0)",
            (message_id, item_id, run, message_key(uid, ""), person, at, name),
        )
        conn.execute("UPDATE item SET message_id = ? WHERE id = ?", (message_id, item_id))
