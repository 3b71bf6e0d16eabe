"""What queries need of the store: companies and roles by their words, and pairs of letters where no blanks are."""

from __future__ import annotations

import sqlite3

from linkinbox.query.folding import UNSPACED_GLOB, pairs_of
from linkinbox.store.schema.searching import TOKENIZER

# Only contacts have a company, some hundredth of all people; the others leave no trace in it.
_EMPLOYED = f"""CREATE VIRTUAL TABLE person_fts USING fts5(
  company, position, content="person", content_rowid="id", tokenize='{TOKENIZER}', columnsize=0
)"""
# Contentless: what it was told is worked out again from the message. Only messages with such letters are in it.
_PAIRS = """CREATE VIRTUAL TABLE message_pair USING fts5(
  pairs, content='', tokenize='ascii', prefix='1', columnsize=0, detail=none
)"""
_SAID = "sender || ' ' || subject || ' ' || text"
# The lengths differ where a letter takes more than a byte: that is told sooner than which letters there are.
_UNSPACED = f"length(CAST({_SAID} AS BLOB)) != length({_SAID}) AND {_SAID} GLOB ?"


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
    """Make messages found by any two letters of a script without blanks: those from an id on, up to another."""
    conn.create_function("pairs_of", 1, pairs_of, deterministic=True)
    conn.execute(
        f"INSERT INTO message_pair (rowid, pairs) SELECT id, pairs_of({_SAID}) FROM message"
        f" WHERE id BETWEEN ? AND ? AND {_UNSPACED} ORDER BY id",
        (first, last, UNSPACED_GLOB),
    )


def unpair_messages(conn: sqlite3.Connection, ids: list[int]) -> None:
    """Take messages out of the index, before their texts change or go."""
    conn.create_function("pairs_of", 1, pairs_of, deterministic=True)
    conn.executemany(
        f"INSERT INTO message_pair (message_pair, rowid, pairs) SELECT 'delete', id, pairs_of({_SAID}) FROM message"
        f" WHERE id = ? AND {_UNSPACED}",
        [(id_, UNSPACED_GLOB) for id_ in ids],
    )


def pair_anew(conn: sqlite3.Connection) -> None:
    """Make the index of pairs anew."""
    conn.execute("INSERT INTO message_pair (message_pair) VALUES ('delete-all')")
    pair_messages(conn, 0)
