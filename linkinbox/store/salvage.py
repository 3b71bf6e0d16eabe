"""Reading what can still be read of a damaged store: row by row, around the pages that are malformed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from linkinbox.errors import StoreError
from linkinbox.store import chain
from linkinbox.store.carve import carved_entries
from linkinbox.store.copying import reading, version_of
from linkinbox.store.owing import read_last_words
from linkinbox.store.people import next_id
from linkinbox.store.run import index_messages, message_key
from linkinbox.store.schema.owing import count_from
from linkinbox.store.twins import Groups
from linkinbox.store.wording import word_all

_FAR = 1 << 62  # beyond every number a row can have


class Said(NamedTuple):
    """A journal entry as it was written: `chain.COLUMNS`; ``sound`` when it has the digest of what it says."""

    seq: int
    id: str
    at: str
    device: str
    action: str
    item_uid: str | None
    payload: str
    batch: str
    sound: bool


class Rows:
    """The rows of a table that can be read, in the order of their number, which comes first in each.

    Args:
        conn: a store, damaged or not.
        table: its name.
        number: the column that is its rowid.
        columns: what to read beside it.

    Attributes:
        damaged: something was passed over.
    """

    def __init__(self, conn: sqlite3.Connection, table: str, number: str, columns: str) -> None:
        self._conn = conn
        self._rows = f"SELECT {number}, {columns} FROM {table} WHERE {number} >= ? ORDER BY {number}"
        self.damaged = False

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        first: int | None = 1
        while first is not None:
            try:
                for row in self._conn.execute(self._rows, (first,)):
                    first = max(first, row[0] + 1)
                    yield row
            except sqlite3.Error:
                self.damaged = True
                if row := self._one(first):  # it was read together with the damage behind it
                    yield row
                first = row[0] + 1 if row else self._beyond(first)
            else:
                first = None

    def _beyond(self, unread: int) -> int | None:
        """The least number from which on a row can be read again; None: from none."""
        step = 1
        while not self._can_read(unread + step):
            step *= 2
            if step > _FAR:
                return None
        low, high = unread + step // 2, unread + step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._can_read(middle) else (middle, high)
        return high

    def _can_read(self, number: int) -> bool:
        """Rows from a number on can be read, or there are none."""
        try:
            self._conn.execute(f"{self._rows} LIMIT 1", (number,)).fetchone()
        except sqlite3.Error:
            return False
        return True

    def _one(self, number: int) -> tuple[Any, ...] | None:
        """The first row from a number on; None when it cannot be read."""
        with suppress(sqlite3.Error):
            row: tuple[Any, ...] | None = self._conn.execute(f"{self._rows} LIMIT 1", (number,)).fetchone()
            return row
        return None


def readable_entries(store: Path) -> list[Said]:
    """The journal entries that can be read of a store, in their order: whole ones, and such as have rotted a bit.

    Where SQLite finds no way, every page is looked at.
    """
    found: dict[str, Said] = {}
    whole = False
    with suppress(sqlite3.Error, StoreError), reading(store) as conn:
        rows = journal_rows(conn)
        found.update((said.id, said) for said in _entries(rows))
        whole = not rows.damaged
    if not whole:
        for said in _entries((*row, chain.digest(*row)) for row in carved_entries(store)):
            found.setdefault(said.id, said)
    return sorted(found.values(), key=lambda said: said.seq)


def journal_rows(conn: sqlite3.Connection) -> Rows:
    """The rows of the journal that can be read: `chain.COLUMNS`, digest, link (made up where there was none yet)."""
    said = chain.COLUMNS.removeprefix("seq, ")
    return Rows(conn, "journal", "seq", f"{said}, digest, link" if version_of(conn) > 1 else f"{said}, NULL, NULL")


def newest_number(conn: sqlite3.Connection) -> int:
    """The number of the entry that was written last, as SQLite counts them; 0 if that cannot be read."""
    with suppress(sqlite3.Error):
        row = conn.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal'").fetchone()
        return row[0] if row and isinstance(row[0], int) else 0
    return 0


def _entries(rows: Iterable[Sequence[Any]]) -> Iterator[Said]:
    for row in rows:
        said = Said._make((*row[:8], row[8] in (None, chain.digest(*row[:8]))))
        texts = (said.id, said.at, said.device, said.action, said.payload, said.batch)
        if all(isinstance(text, str) for text in texts) and isinstance(said.item_uid, str | None):
            yield said


# ── what imports brought ──

_NUMBERED = ("import_run", "quarantine", "owner", "owner_fact", "person", "item", "message")  # parents first
_NAMED = ("meta", "draft", "sent_invitation", "forgotten_person", "asked_call")
_THREADS = """UPDATE item SET
    messages = (SELECT count(*) FROM message WHERE item_id = item.id),
    at = coalesce((SELECT max(at) FROM message WHERE item_id = item.id AND incoming = 1), at),
    replied_at = coalesce((SELECT max(at) FROM message WHERE item_id = item.id AND incoming = 0), replied_at),
    message_id = (SELECT id FROM message WHERE item_id = item.id AND incoming = 1 ORDER BY at DESC, id LIMIT 1)
    WHERE kind = 'conversation' AND (id >= ? OR id IN (SELECT item_id FROM message WHERE id >= ?))"""
_SILENT = """SELECT i.id, i.uid, i.import_id, i.person_id, i.at, p.name FROM item i JOIN person p ON p.id = i.person_id
    WHERE i.kind = 'invitation' AND i.at IS NOT NULL AND i.message_id NOT IN (SELECT id FROM message)"""


class Copied(NamedTuple):
    """What was brought over from a damaged store: items that are new here, and those that got messages."""

    items: int
    touched: list[str]  # uids


def copy_missing(damaged: Path, conn: sqlite3.Connection) -> Copied:
    """Copy rows that an earlier state of the same store (or an empty one) lacks; to be called in a transaction.

    Rows keep their numbers: none is ever given twice. A row whose person or item cannot be read stays behind. The
    imports are no longer known by their files, so that these can be imported again and bring what is lost.
    """
    first_run, first_item, first_message = (next_id(conn, table) for table in ("import_run", "item", "message"))
    with suppress(sqlite3.Error, StoreError), reading(damaged) as source:
        for table in _NUMBERED:
            _copy(source, conn, table, "id")
            if table == "import_run":
                _stand_in_for_lost_runs(source, conn)
        for table in _NAMED:
            with suppress(sqlite3.Error):
                _copy(source, conn, table, "")
    conn.execute("UPDATE import_run SET digest = 'recovered ' || digest WHERE id >= ?", (first_run,))
    _stand_in_for_lost_notes(conn)
    conn.execute(_THREADS, (first_item, first_message))
    word_all(conn)
    index_messages(conn, first_message)
    count_from(conn, first_item)
    Groups(conn).add([id_ for (id_,) in conn.execute("SELECT id FROM item WHERE id >= ?", (first_item,))])
    touched = "SELECT id, uid FROM item WHERE id >= ? OR id IN (SELECT item_id FROM message WHERE id >= ?)"
    uids = dict(conn.execute(touched, (first_item, first_message)).fetchall())
    read_last_words(conn, [*uids])
    items = conn.execute("SELECT count(*) FROM item WHERE id >= ?", (first_item,)).fetchone()[0]
    return Copied(items, [*uids.values()])


def _copy(source: sqlite3.Connection, conn: sqlite3.Connection, table: str, number: str) -> None:
    theirs = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
    names = [row[1] for row in conn.execute(f"PRAGMA table_info({table})") if row[1] in theirs]
    if not names:
        return
    names.sort(key=lambda name: name != number)
    columns = ", ".join(names)
    insert = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))})"
    rows: Iterable[Sequence[Any]] = source.execute(f"SELECT {columns} FROM {table}")
    if number:
        rows = Rows(source, table, number, ", ".join(names[1:]))
    for row in rows:
        with suppress(sqlite3.IntegrityError):  # what has rotted so that it fits no more
            conn.execute(insert, row)


def _stand_in_for_lost_runs(source: sqlite3.Connection, conn: sqlite3.Connection) -> None:
    """Let items and people keep the number of an import whose own row cannot be read."""
    runs = {row[1] for row in Rows(source, "item", "id", "import_id")}
    runs |= {row[1] for row in Rows(source, "person", "id", "named_by")}
    for run in runs:
        with suppress(sqlite3.IntegrityError):
            conn.execute(
                "INSERT OR IGNORE INTO import_run (id, source, kind, digest, started_at) VALUES (?, '', '', '', '')",
                (run,),
            )


def _stand_in_for_lost_notes(conn: sqlite3.Connection) -> None:
    """Give invitations whose note cannot be read an empty one, in which the next import finds nothing and writes it."""
    for item_id, uid, run, person, at, name in conn.execute(_SILENT).fetchall():
        message_id = next_id(conn, "message")
        conn.execute(
            "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, 1, '', '', 0)",
            (message_id, item_id, run, message_key(uid, ""), person, at, name),
        )
        conn.execute("UPDATE item SET message_id = ? WHERE id = ?", (message_id, item_id))
