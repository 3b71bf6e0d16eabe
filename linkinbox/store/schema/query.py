"""What queries need of the store: companies and roles by their words, and pairs of letters where no blanks are."""

from __future__ import annotations

import sqlite3

from linkinbox.query.folding import pairs_of
from linkinbox.store.schema.searching import TOKENIZER

# Only contacts have a company, some hundredth of all people; the others leave no trace in it.
_EMPLOYED = f"""CREATE VIRTUAL TABLE person_fts USING fts5(
  company, position, content="person", content_rowid="id", tokenize='{TOKENIZER}', columnsize=0
)"""
# Contentless: what it was told is worked out again from the message. Only messages with such letters are in it.
_PAIRS = """CREATE VIRTUAL TABLE message_pair USING fts5(
  pairs, content='', tokenize='ascii', prefix='1', columnsize=0, detail=none
)"""
_SAID = "SELECT id, sender || ' ' || subject || ' ' || text FROM message WHERE id"


def upgrade(conn: sqlite3.Connection) -> None:
    """Bring a store from version 9 to 10, inside the caller's transaction."""
    for statement in (_EMPLOYED, _PAIRS):
        conn.execute(statement)
    conn.execute("INSERT INTO person_fts (person_fts) VALUES ('rebuild')")
    pair_messages(conn, 0)
    conn.execute("PRAGMA user_version = 10")


def index_people(conn: sqlite3.Connection, ids: list[int]) -> None:
    """Make people found by company and role."""
    of = "SELECT id, company, position FROM person WHERE id = ?"
    conn.executemany(f"INSERT INTO person_fts (rowid, company, position) {of}", [(id_,) for id_ in ids])


def unindex_people(conn: sqlite3.Connection, ids: list[int]) -> None:
    """Take people out of the index, before that changes or they go."""
    of = "SELECT 'delete', id, company, position FROM person WHERE id = ? AND coalesce(company, position) IS NOT NULL"
    conn.executemany(f"INSERT INTO person_fts (person_fts, rowid, company, position) {of}", [(id_,) for id_ in ids])


def pair_messages(conn: sqlite3.Connection, first: int, last: int = 2**62) -> None:
    """Make messages found by any two letters where no blanks are: those from an id on, up to another."""
    said = conn.execute(f"{_SAID} BETWEEN ? AND ? ORDER BY id", (first, last))
    paired = ((id_, pairs) for id_, text in said if (pairs := pairs_of(text)))
    conn.executemany("INSERT INTO message_pair (rowid, pairs) VALUES (?, ?)", paired)


def unpair_messages(conn: sqlite3.Connection, ids: list[int]) -> None:
    """Take messages out of the index, before their texts change or go."""
    of = "INSERT INTO message_pair (message_pair, rowid, pairs) VALUES ('delete', ?, ?)"
    for id_ in ids:
        for _, text in conn.execute(f"{_SAID} = ?", (id_,)).fetchall():
            if pairs := pairs_of(text):
                conn.execute(of, (id_, pairs))


def pair_anew(conn: sqlite3.Connection) -> None:
    """Make the index of pairs anew."""
    conn.execute("INSERT INTO message_pair (message_pair) VALUES ('delete-all')")
    pair_messages(conn, 0)
