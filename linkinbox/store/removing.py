"""Removing one person from every table: what they wrote, what is known and noted of them.

The decisions stay in the journal, under an identity that names nobody, so that the path still counts them: each
entry keeps the digest of what it said, and `forgotten_entry` vouches for what is left of it.
"""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import uuid4

from linkinbox.model import Person, Verb
from linkinbox.store import chain
from linkinbox.store.journal import Act
from linkinbox.store.owing import read_last_words
from linkinbox.store.pages import PERSON_COLUMNS, person_of
from linkinbox.store.schema.first import JOURNAL_IS_APPEND_ONLY
from linkinbox.store.schema.query import unindex_people, unpair_messages
from linkinbox.store.sql import select_in
from linkinbox.store.standings import name_words, restand
from linkinbox.store.twins import leave_groups
from linkinbox.store.vouching import forget_vouched
from linkinbox.store.wording import word

NOBODY = "(forgotten)"
_TELLING = 5  # letters of a name from which on it is looked for in raw rows: "Li" is part of many words
_WORD = re.compile(r"[^\W_]+")
_WORDS = ("text", "note", "reason")  # of a payload: what was said, not what was done
_TAGS = ("add", "drop")  # may name them too


class Forgotten(NamedTuple):
    """How much of a person is, or was, in the store."""

    person: Person
    items: int
    messages: int
    notes: int
    entries: int
    calls: tuple[str, ...]  # their calendar UIDs


class Removing:
    """One person being removed: their items, and those of others in which they wrote.

    A thread in which others wrote too is not theirs, though they wrote last: it stays without their messages.
    """

    def __init__(self, conn: sqlite3.Connection, person_id: int) -> None:
        self._conn = conn
        self._who = person_id
        self._key, self._name = conn.execute("SELECT key, name FROM person WHERE id = ?", (person_id,)).fetchone()
        slug = "" if self._key.startswith("weak:") else self._key.partition(":")[2].partition("~")[0]
        name = self._name if len(self._name) >= _TELLING else ""
        joined = "".join(_in_words(name).split())  # as in the name of a file
        self._telling = {_in_words(told) for told in (name, joined, slug, quote(slug)) if _in_words(told).strip()}
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

    def remove_everything(self, now: datetime) -> None:
        """Leave nothing but rows that the counters hang on; to be called in a transaction."""
        self._remove_traces()
        self._silence_journal()
        self._remove_texts()
        self._leave_threads_of_others()
        self._make_nobody()
        restand(self._conn, Act("", Verb.GOLD, tuple(self._shared)), now)
        name_words(self._conn)

    def _remove_traces(self) -> None:
        """Delete raw rows and drafts that tell of them, and what names them in reports, files' names and titles."""
        self._conn.create_function("tells", 1, self._tells, deterministic=True)
        self._conn.execute("DELETE FROM quarantine WHERE tells(raw)")
        self._conn.execute("UPDATE quarantine SET file = ? || id WHERE tells(file)", (NOBODY,))
        self._conn.execute("UPDATE item SET title = '' WHERE title != '' AND tells(title)")
        for id_, *told in self._conn.execute("SELECT id, source, report FROM import_run").fetchall():
            source, report = told[0], json.loads(told[1] or "null")
            values = (self._untold(source), told[1] and json.dumps(self._untold(report), ensure_ascii=False), id_)
            self._conn.execute("UPDATE import_run SET source = ?, report = ? WHERE id = ?", values)
        self._conn.execute("DELETE FROM draft WHERE tells(recipients)")
        self._conn.executemany("DELETE FROM draft WHERE item_uid = ?", [(uid,) for uid in self._uids()])
        self._conn.execute("DELETE FROM sent_invitation WHERE person_id = ?", (self._who,))
        forget_vouched(self._conn, self._key, self._name)
        self._conn.execute("DELETE FROM passage")  # digests of what they wrote too; the next import reads all anew

    def _tells(self, text: str) -> bool:
        """Their link is in it, or their name: one that is long enough to be theirs alone."""
        words = _in_words(text)
        return any(told in words for told in self._telling)

    def _untold(self, value: Any) -> Any:
        """A piece of a report without the texts that tell of them."""
        match value:
            case str():
                return NOBODY if self._tells(value) else value
            case list():
                return [self._untold(each) for each in value]
            case dict():
                return {name: self._untold(each) for name, each in value.items()}
        return value

    def _silence_journal(self) -> None:
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

    def _remove_texts(self) -> None:
        """Delete messages, notes, reasons and calls; the index must be told what they said."""
        messages = self._messages()
        notes, reasons = ([id_ for (id_,) in self._of_own("id", table)] for table in ("note", "reason"))
        self._conn.executemany("UPDATE item SET message_id = NULL WHERE message_id = ?", [(id_,) for id_ in messages])
        unpair_messages(self._conn, messages)
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
        for table in ("call", "note_begun", "asked_call", "item_tag"):
            self._conn.executemany(f"DELETE FROM {table} WHERE item_id = ?", [(id_,) for id_ in self._own])
        leave_groups(self._conn, self._own)

    def _leave_threads_of_others(self) -> None:
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

    def _make_nobody(self) -> None:
        """Leave rows that the counters hang on, and nothing in them: no view lists an item without a time."""
        self._conn.executemany(
            """UPDATE item SET at = NULL, replied_at = NULL, thread = NULL, title = '', messages = 0, sponsored = 0,
               worded = 0, connected = NULL, decided_seen = NULL, held_until = NULL, call_at = NULL, state = 'sent',
               filed_because = NULL, carried_out = 0, sort_at = NULL, last_words = NULL WHERE id = ?""",
            [(id_,) for id_ in self._own],
        )
        unindex_people(self._conn, [self._who])
        self._conn.execute(
            """UPDATE person SET key = ?, name = ?, url = NULL, email = NULL, company = NULL, position = NULL,
               connected = NULL, connected_on = NULL, as_of = NULL WHERE id = ?""",
            (f"forgotten:{uuid4().hex}", NOBODY, self._who),
        )


def _in_words(text: str) -> str:
    """The words of a text, whatever their case and what stands between them, with blanks around."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _silent(payload: str) -> str:
    said = json.loads(payload)
    return json.dumps({name: NOBODY if name in _WORDS else value for name, value in said.items() if name not in _TAGS})
