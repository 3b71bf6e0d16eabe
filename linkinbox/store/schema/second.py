"""The second schema: the journal is chained, people can be forgotten, and a search asks the newest first."""

from __future__ import annotations

import sqlite3

from linkinbox.store import chain
from linkinbox.store.schema.first import JOURNAL_IS_APPEND_ONLY
from linkinbox.store.schema.searching import make_searchable

_CHAIN = (
    f"ALTER TABLE journal ADD COLUMN digest BLOB NOT NULL DEFAULT x'{bytes(chain.SIZE).hex()}'",
    f"ALTER TABLE journal ADD COLUMN link BLOB NOT NULL DEFAULT x'{bytes(chain.SIZE).hex()}'",
)
_FORGET = (
    """CREATE TABLE forgotten_person (
         key_hash BLOB PRIMARY KEY
       ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE forgotten_entry (
         seq INTEGER PRIMARY KEY REFERENCES journal(seq),
         digest BLOB NOT NULL
       ) STRICT""",
)
# A message is looked for in its thread: a second index of keys that come in no order cost a tenth of an import.
_MESSAGES_BY_THREAD = (
    """CREATE TABLE message_by_thread (
         id INTEGER PRIMARY KEY,
         item_id INTEGER NOT NULL REFERENCES item(id),
         import_id INTEGER NOT NULL REFERENCES import_run(id),
         key BLOB NOT NULL,
         person_id INTEGER REFERENCES person(id),
         at TEXT NOT NULL,
         sender TEXT NOT NULL,
         incoming INTEGER NOT NULL,
         subject TEXT NOT NULL,
         text TEXT NOT NULL,
         attachments INTEGER NOT NULL
       ) STRICT""",
    "INSERT INTO message_by_thread SELECT * FROM message ORDER BY id",
    "DROP TABLE message",
    "ALTER TABLE message_by_thread RENAME TO message",
    "CREATE UNIQUE INDEX message_thread ON message(item_id, at, key)",
)
# What was read before is known again by the digest of its text (`importers.passages`).
_PASSAGES = (
    """CREATE TABLE passage (
         digest BLOB PRIMARY KEY
       ) STRICT, WITHOUT ROWID""",
)
# Imports count the items they make once a batch (`store.run.count_items`).
_COUNT_BY_THE_BATCH = ("DROP TRIGGER item_counted",)


def upgrade(conn: sqlite3.Connection) -> None:
    """Bring a store from version 1 to 2, inside the caller's transaction."""
    for statement in (*_CHAIN, *_FORGET, *_MESSAGES_BY_THREAD, *_COUNT_BY_THE_BATCH, *_PASSAGES):
        conn.execute(statement)
    _link_entries(conn)
    make_searchable(conn)
    conn.execute("PRAGMA user_version = 2")


_AT_ONCE = 10_000  # entries in memory


def _link_entries(conn: sqlite3.Connection) -> None:
    """Chain the entries that are there; only here, and to forget somebody, is an entry touched."""
    conn.execute("DROP TRIGGER journal_no_update")
    newest, before = 0, chain.START
    while entries := conn.execute(_NEXT, (newest, _AT_ONCE)).fetchall():
        links = []
        for said in entries:
            digest = chain.digest(*said)
            before = chain.link(before, digest)
            links.append((digest, before, said[0]))
        conn.executemany("UPDATE journal SET digest = ?, link = ? WHERE seq = ?", links)
        newest = entries[-1][0]
    conn.execute(JOURNAL_IS_APPEND_ONLY[0])


_NEXT = f"SELECT {chain.COLUMNS} FROM journal WHERE seq > ? ORDER BY seq LIMIT ?"
