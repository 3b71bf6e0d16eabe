"""Forgetting a person for good: what they wrote, what is known and noted of them; only anonymous counts stay.

The one thing in linkinbox that deletes. The decisions stay in the journal, under an identity that names nobody,
so that the path still counts them: each entry keeps the digest of what it said, and `forgotten_entry` vouches
for what is left of it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import uuid4

from linkinbox.errors import NoSuchItemError, UsageError
from linkinbox.importers.identity import profile_key
from linkinbox.importers.records import ConnectionRow, InvitationRow, MessageRow, Who
from linkinbox.model import Person, Verb
from linkinbox.store import chain, journal
from linkinbox.store.connection import Store
from linkinbox.store.owing import read_last_words
from linkinbox.store.pages import PERSON_COLUMNS, person_of
from linkinbox.store.report import FileReport
from linkinbox.store.schema.first import JOURNAL_IS_APPEND_ONLY
from linkinbox.store.sql import select_in
from linkinbox.store.twins import leave_groups
from linkinbox.store.wording import word

NOBODY = "(forgotten)"
_TELLING = 5  # letters of a name from which on it is looked for in raw rows: "Li" is part of many words
_WORDS = ("text", "note", "reason")  # of a payload: what was said, not what was done


class Forgotten(NamedTuple):
    """How much of a person is, or was, in the store."""

    person: Person
    items: int
    messages: int
    notes: int
    entries: int
    calls: tuple[str, ...]  # their calendar UIDs


def find_person(conn: sqlite3.Connection, who: str) -> int:
    """The person named by the id or uid of an item, by the address of a profile, or by a whole name.

    Raises:
        NoSuchItemError: nobody is named so.
        UsageError: several people have the name.
    """
    item = "id" if who.isdecimal() and len(who) < 19 else "uid"
    found = conn.execute(f"SELECT person_id FROM item WHERE {item} = ? AND at IS NOT NULL", (who,)).fetchall()
    found = found or conn.execute("SELECT id FROM person WHERE key = ?", (profile_key(who),)).fetchall()
    found = found or conn.execute("SELECT id FROM person WHERE name = ? COLLATE NOCASE", (who,)).fetchall()
    if not found:
        msg = f"Nobody is named {who}"
        raise NoSuchItemError(msg, "Name an item's id (`linkinbox list` shows them), a profile link, or the whole name")
    if len(found) > 1:
        msg = f"{len(found)} people are named {who}"
        raise UsageError(msg, "Name one by the id of an item or by the profile link")
    return int(found[0][0])


def what_is_kept(conn: sqlite3.Connection, person_id: int) -> Forgotten:
    """What forgetting the person would remove."""
    return _Forgetting(conn, person_id).count()


def forget(store: Store, person_id: int, now: datetime) -> Forgotten:
    """Remove a person for good, from the pages of the file too; rewrites the whole store once.

    Raises:
        UsageError: the store is open elsewhere: old pages could be read on there.
        StoreError: it could not be written.
    """
    if store.is_shared():
        msg = "The inbox is open elsewhere"
        raise UsageError(msg, "Close it, then forget")
    with store.write() as conn:
        forgetting = _Forgetting(conn, person_id)
        forgotten = forgetting.count()
        _remember_whom(conn, person_id)
        forgetting.remove_traces()
        forgetting.silence_journal()
        forgetting.remove_texts()
        forgetting.leave_threads_of_others()
        forgetting.make_nobody()
        told = json.dumps({"items": forgotten.items, "messages": forgotten.messages})
        journal.write(conn, [(Verb.FORGET.value, None, told)], journal.uuid7(), now)
    _purge_index(store)
    store.compact()
    return forgotten


def _remember_whom(conn: sqlite3.Connection, person_id: int) -> None:
    """Keep a keyed hash of who it was, so that the next import does not bring them back."""
    (key,) = conn.execute("SELECT key FROM person WHERE id = ?", (person_id,)).fetchone()
    conn.execute("INSERT OR IGNORE INTO meta VALUES ('forgotten_secret', ?)", (os.urandom(16).hex(),))
    conn.execute("INSERT OR IGNORE INTO forgotten_person VALUES (?)", (key_hash(_secret(conn), key),))


def _secret(conn: sqlite3.Connection) -> bytes:
    row = conn.execute("SELECT value FROM meta WHERE name = 'forgotten_secret'").fetchone()
    return bytes.fromhex(row[0]) if row else b""


def key_hash(secret: bytes, key: str) -> bytes:
    """What is remembered of somebody forgotten: enough to know them again, nothing to read."""
    return blake2b(key.encode("utf-8", "surrogatepass"), key=secret, digest_size=16).digest()


class _Forgetting:
    """One person being forgotten: their items, and those of others in which they wrote.

    A thread in which others wrote too is not theirs, though they wrote last: it stays without their messages.
    """

    def __init__(self, conn: sqlite3.Connection, person_id: int) -> None:
        self._conn = conn
        self._who = person_id
        self._key, self._name = conn.execute("SELECT key, name FROM person WHERE id = ?", (person_id,)).fetchone()
        items = self._ids("SELECT id FROM item WHERE person_id = :who")
        wrote_in = self._ids("SELECT DISTINCT item_id FROM message WHERE person_id = :who")
        with_others = select_in(
            conn,
            f"SELECT DISTINCT item_id FROM message WHERE incoming = 1 AND person_id != {int(person_id)}"
            " AND item_id IN ({})",
            [*{*items, *wrote_in}],
        )
        self._shared = [id_ for (id_,) in with_others]
        self._own = sorted({*items} - {*self._shared})

    def _ids(self, sql: str) -> list[int]:
        return [id_ for (id_,) in self._conn.execute(sql, {"who": self._who})]

    def _of_own(self, what: str, table: str, column: str = "item_id") -> list[tuple[Any, ...]]:
        return list(select_in(self._conn, f"SELECT {what} FROM {table} WHERE {column} IN ({{}})", self._own))

    def _messages(self) -> list[int]:
        theirs = self._ids("SELECT id FROM message WHERE person_id = :who")
        return sorted({*theirs, *(id_ for (id_,) in self._of_own("id", "message"))})

    def _uids(self) -> list[str]:
        return [uid for (uid,) in self._of_own("uid", "item", "id")]

    def _entries(self) -> list[tuple[Any, ...]]:
        said = f"SELECT {chain.COLUMNS} FROM journal WHERE item_uid IN ({{}})"
        return sorted(select_in(self._conn, said, self._uids()))

    def count(self) -> Forgotten:
        """How much there is."""
        person = self._conn.execute(f"SELECT {PERSON_COLUMNS} FROM person p WHERE id = ?", (self._who,)).fetchone()
        return Forgotten(
            person_of(person), items=len(self._own),
            messages=len(self._messages()), notes=len(self._of_own("id", "note")), entries=len(self._entries()),
            calls=tuple(uid for (uid,) in self._of_own("uid", "call")),
        )  # fmt: skip

    def remove_traces(self) -> None:
        """Delete raw rows and drafts that name them, and their name from reports.

        They are known by their link, and by a name that is long enough to be theirs alone.
        """
        slug = "" if self._key.startswith("weak:") else self._key.partition(":")[2].partition("~")[0]
        name = self._name if len(self._name) >= _TELLING else ""
        for words in filter(None, (name, slug, quote(slug))):
            self._conn.execute("DELETE FROM quarantine WHERE instr(lower(raw), lower(?)) > 0", (words,))
            self._conn.execute("UPDATE import_run SET report = replace(report, ?, ?)", (words, NOBODY))
        self._conn.execute("DELETE FROM draft WHERE ? != '' AND instr(recipients, ?) > 0", (name, name))
        self._conn.executemany("DELETE FROM draft WHERE item_uid = ?", [(uid,) for uid in self._uids()])
        self._conn.execute("DELETE FROM sent_invitation WHERE person_id = ?", (self._who,))
        self._conn.execute("DELETE FROM passage")  # digests of what they wrote too; the next import reads all anew

    def silence_journal(self) -> None:
        """Give their items an identity that names nobody, and take the words out of the entries about them."""
        anonymous = {uid: str(uuid4()) for uid in self._uids()}
        self._conn.execute("DROP TRIGGER journal_no_update")
        for seq, *said, uid, payload, batch in self._entries():
            silent = _silent(payload)
            digest = chain.digest(seq, *said, anonymous[uid], silent, batch)
            values = (anonymous[uid], silent, seq)
            self._conn.execute("UPDATE journal SET item_uid = ?, payload = ? WHERE seq = ?", values)
            self._conn.execute("INSERT OR REPLACE INTO forgotten_entry VALUES (?, ?)", (seq, digest))
        self._conn.execute(JOURNAL_IS_APPEND_ONLY[0])
        renamed = [(new, old) for old, new in anonymous.items()]
        self._conn.executemany("UPDATE item SET uid = ? WHERE uid = ?", renamed)

    def remove_texts(self) -> None:
        """Delete messages, notes, reasons and calls; the index must be told what they said."""
        messages = self._messages()
        notes, reasons = ([id_ for (id_,) in self._of_own("id", table)] for table in ("note", "reason"))
        self._conn.executemany("UPDATE item SET message_id = NULL WHERE message_id = ?", [(id_,) for id_ in messages])
        for table, columns, ids in (
            ("message", "sender, subject, text", messages), ("note", "name, text", notes),
            ("reason", "name, text", reasons),
        ):  # fmt: skip
            unindex = (
                f"INSERT INTO {table}_fts ({table}_fts, rowid, {columns})"
                f" SELECT 'delete', id, {columns} FROM {table} WHERE id = ?"
            )
            for sql in (unindex, f"DELETE FROM {table} WHERE id = ?"):
                self._conn.executemany(sql, [(id_,) for id_ in ids])
        for table in ("call", "note_begun", "asked_call"):
            self._conn.executemany(f"DELETE FROM {table} WHERE item_id = ?", [(id_,) for id_ in self._own])
        leave_groups(self._conn, self._own)

    def leave_threads_of_others(self) -> None:
        """Bring those in line with who wrote in them beside the one forgotten."""
        newest = """SELECT m.id, m.person_id, m.at, p.connected, EXISTS (SELECT 1 FROM gold WHERE person_id = p.id),
            (SELECT count(*) FROM message WHERE item_id = m.item_id) FROM message m JOIN person p ON p.id = m.person_id
            WHERE m.item_id = ? AND m.incoming = 1 ORDER BY m.at DESC, m.id LIMIT 1"""
        for item_id in self._shared:
            front = self._conn.execute(newest, (item_id,)).fetchone()
            self._conn.execute(
                """UPDATE item SET title = '', message_id = ?, person_id = ?, sort_at = iif(sort_at = at, ?3, sort_at),
                   at = ?3, connected = ?, gold = ?, messages = ? WHERE id = ?""",
                (*front, item_id),
            )
        word(self._conn, [*self._shared])
        read_last_words(self._conn, self._shared)

    def make_nobody(self) -> None:
        """Leave rows that the counters hang on, and nothing in them: no view lists an item without a time."""
        self._conn.executemany(
            """UPDATE item SET at = NULL, replied_at = NULL, thread = NULL, title = '', messages = 0, sponsored = 0,
               worded = 0, connected = NULL, decided_seen = NULL, held_until = NULL, call_at = NULL, state = 'sent',
               filed_because = NULL, carried_out = 0, sort_at = NULL, last_words = NULL WHERE id = ?""",
            [(id_,) for id_ in self._own],
        )
        self._conn.execute(
            """UPDATE person SET key = ?, name = ?, url = NULL, email = NULL, company = NULL, position = NULL,
               connected = NULL, connected_on = NULL, as_of = NULL WHERE id = ?""",
            (f"forgotten:{uuid4().hex}", NOBODY, self._who),
        )


def _silent(payload: str) -> str:
    said = json.loads(payload)
    return json.dumps({name: NOBODY if name in _WORDS else value for name, value in said.items()})


def _purge_index(store: Store) -> None:
    """Merge the index into one piece: until then, deleted words lie in its older pieces."""
    with store.write() as conn:
        for index in ("message_fts", "note_fts", "reason_fts"):
            conn.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


class KnownAgain:
    """Knows the people who were forgotten, in an import's rows.

    Args:
        conn: the store's connection.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._hashes = {bytes(row[0]) for row in conn.execute("SELECT key_hash FROM forgotten_person")}
        self._secret = _secret(conn)

    def leave_out(self, rows: Sequence[Any], report: FileReport) -> Sequence[Any]:
        """The rows that tell of nobody who was forgotten; the others are counted as ignored."""
        if not self._hashes:
            return rows
        kept = [row for row in rows if not self._is_told(row)]
        for _ in range(len(rows) - len(kept)):
            report.ignore("of somebody you forgot")
        return kept

    def _is_told(self, row: Any) -> bool:
        """The row is theirs, or the owner's words to nobody else."""
        match row:
            case InvitationRow() | ConnectionRow():
                return self._knows(row.who)
            case MessageRow(incoming=True):
                return self._knows(row.sender)
            case MessageRow():
                return bool(row.others) and all(map(self._knows, row.others))
        return False

    def _knows(self, who: Who) -> bool:
        return key_hash(self._secret, who.key) in self._hashes
