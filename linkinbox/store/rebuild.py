"""Making anew what is derived: every state, counter and index, from what imports brought and what was decided.

The journal is folded by the same code as at each decision (`restand`); nothing here knows what a decision means.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from linkinbox.model import Verb
from linkinbox.store import overrules
from linkinbox.store.gold import regold
from linkinbox.store.journal import Act
from linkinbox.store.owing import read_all_last_words
from linkinbox.store.schema.owing import count_anew
from linkinbox.store.schema.query import pair_anew
from linkinbox.store.schema.searching import fill_zones
from linkinbox.store.sql import chunks
from linkinbox.store.standings import restand
from linkinbox.store.twins import regroup
from linkinbox.store.wording import word_all

_NO_ACTS = (Verb.UNDO, Verb.REDO, Verb.FORGET)
_ACTS = """INSERT INTO batch (seq, id, action, size) SELECT last, a.batch, action, items
    FROM (SELECT batch, min(seq) AS first, max(seq) AS last, count(DISTINCT item_uid) AS items
      FROM journal WHERE action NOT IN (?, ?, ?) GROUP BY batch) a JOIN journal ON seq = first"""
_GOLDEN = """SELECT DISTINCT i.person_id FROM journal j JOIN item i ON i.uid = j.item_uid
    WHERE j.action IN ('gold', 'outcome') ORDER BY i.person_id"""

_DERIVED = (
    "handled", "gold", "call", "note", "reason", "overruled", "raised", "rule_tally", "second_look", "item_tag",
)  # fmt: skip
_CACHE_KIB = 131_072  # uids come in no order: each look-up of a million would read its page again
_NOBODYS = "SELECT i.id FROM item i JOIN person p ON p.id = i.person_id WHERE p.key LIKE 'forgotten:%'"


def rebuild(conn: sqlite3.Connection, now: datetime) -> None:
    """Make all derived tables anew; to be called inside a transaction. Costs a minute or two a million decisions."""
    refold(conn, now)
    for index in ("message_fts", "note_fts", "reason_fts", "person_fts"):
        conn.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    pair_anew(conn)
    regroup(conn)


def refold(conn: sqlite3.Connection, now: datetime) -> None:
    """Make anew all that the journal says, and when the messages of each zone were written."""
    conn.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    rebuild_acts(conn)
    for emptied in _DERIVED:
        conn.execute(f"DELETE FROM {emptied}")
    for index in ("note_fts", "reason_fts"):
        conn.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    conn.execute("UPDATE open_path SET junk = 0, junk_bulk = 0, accepted = 0, done = 0")
    conn.execute("UPDATE item SET gold = 0 WHERE gold != 0")
    ids = [id_ for (id_,) in conn.execute("SELECT id FROM item ORDER BY id").fetchall()]
    for chunk in chunks(ids):
        restand(conn, Act("", Verb.DONE, tuple(chunk)), now)
    overrules.restand_switches(conn)
    for (person,) in conn.execute(_GOLDEN).fetchall():
        regold(conn, person)
    leave_forgotten(conn)
    word_all(conn)
    read_all_last_words(conn)
    count_anew(conn)
    fill_zones(conn)


def leave_forgotten(conn: sqlite3.Connection) -> None:
    """Of people who were forgotten only the decisions count: their entries hold no more."""
    for table in ("call", "note", "reason"):
        conn.execute(f"DELETE FROM {table} WHERE item_id IN ({_NOBODYS})")
    conn.execute(
        f"UPDATE item SET decided_seen = NULL, held_until = NULL, call_at = NULL WHERE id IN ({_NOBODYS})"
        " AND (decided_seen IS NOT NULL OR held_until IS NOT NULL OR call_at IS NOT NULL)"
    )


def rebuild_acts(conn: sqlite3.Connection) -> None:
    """Make the stack of acts anew: which there are, which are undone, which can be redone."""
    conn.execute("DELETE FROM batch")
    conn.execute(_ACTS, _NO_ACTS)
    undone: dict[str, bool] = {}  # by batch: whether it can still be redone
    turns = "SELECT action, batch, json_extract(payload, '$.of') FROM journal ORDER BY seq"
    for action, batch, of in conn.execute(turns).fetchall():
        match action:
            case Verb.UNDO:
                undone[of] = True
            case Verb.REDO:
                undone.pop(of, None)
            case Verb.FORGET:
                pass
            case _ if any(undone.values()):
                undone = dict.fromkeys(undone, False)
            case _:
                del batch
    conn.executemany(
        "UPDATE batch SET undone = 1, redoable = ? WHERE id = ?", [(redoable, of) for of, redoable in undone.items()]
    )
