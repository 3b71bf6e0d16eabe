"""Whether what is derived is what a fold of the whole journal gives: asked of a copy, in which it is made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from linkinbox.store.bulk import catch_up_in
from linkinbox.store.exports.replacing import scratch
from linkinbox.store.holds import wake
from linkinbox.store.keeping import backup, copying
from linkinbox.store.rebuild import refold


class _Derived(NamedTuple):
    table: str
    columns: str
    where: str = "1"


_DERIVED = (
    _Derived("batch", "seq, id, action, size, undone, redoable"),
    _Derived("handled", "item_id, seq, verb, bulk, at"),
    _Derived("gold", "person_id, outcome, outcome_at, item_id, decided_seq, junk, junk_bulk, accepted, done"),
    _Derived("open_path", "junk, junk_bulk, accepted, done"),
    _Derived("call", "uid, item_id, at, minutes, outcome, moves"),
    _Derived("note", "id, item_id, at, name, text"),
    _Derived("reason", "id, item_id, at, name, text"),
    _Derived("overruled", "seq, rule, scope, holds, item_id"),
    _Derived("raised", "item_id, rule, overruled"),
    _Derived("rule_tally", "rule, raised, overruled", "raised != 0"),
    _Derived("second_look", "seq, item_id, week, accept"),
    _Derived("item_tag", "tag, item_id"),
    _Derived("tally", "kind, state, connected, carried_out, called, owed, n", "n != 0"),
    _Derived("new_by_day", "day, n", "n != 0"),
    _Derived(
        "item",
        "id, decision, decided_seen, held_until, call_at, gold, state, filed_because, carried_out, sort_at, worded,"
        " last_words",
    ),
)
# A zone of messages may say that it is newer than it is, never older: a search would pass it over.
_OLDER = """SELECT count(*) FROM message_zone z LEFT JOIN kept_message_zone k USING (zone)
    WHERE k.newest IS NULL OR k.newest < z.newest"""
_INDEXES = ("message_fts", "note_fts", "reason_fts", "person_fts")


def differences(store: Path, now: datetime) -> Iterator[tuple[str, str]]:
    """What differs: the table or index, and in words how.

    Raises:
        DiskFullError: there is no room for the copy.
        DamagedStoreError: the store cannot be copied whole.
    """
    backup.require_room(store, store.parent)
    with scratch(store.parent) as temporary:
        copying.copy_into(store, temporary)
        with closing(sqlite3.connect(temporary, isolation_level=None)) as conn:
            conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
            conn.executescript("PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF")
            conn.execute("BEGIN")
            yield from _broken_indexes(conn)
            yield from _differing_rows(conn, now)
            conn.execute("ROLLBACK")


def _broken_indexes(conn: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for index in _INDEXES:
        try:
            conn.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            yield index, f"The search index {index} does not say what the texts say"


def _differing_rows(conn: sqlite3.Connection, now: datetime) -> Iterator[tuple[str, str]]:
    wake(conn, now)  # what came due since somebody last looked is no difference
    catch_up_in(conn, now)  # nor what was cut off, and goes on with the next start
    for table, columns, where in _DERIVED:
        conn.execute(f"CREATE TEMP TABLE kept_{table} AS SELECT {columns} FROM {table} WHERE {where}")
    conn.execute("CREATE TEMP TABLE kept_message_zone AS SELECT * FROM message_zone")
    refold(conn, now)
    if older := conn.execute(_OLDER).fetchone()[0]:
        yield "message_zone", f"{older:,} zones of messages say that they are older than they are"
    for table, columns, where in _DERIVED:
        folded, kept = f"SELECT {columns} FROM {table} WHERE {where}", f"SELECT {columns} FROM kept_{table}"
        if differing := _differing(conn, folded, kept):
            yield table, f"{differing:,} rows of {table} are not what the journal says"


def _differing(conn: sqlite3.Connection, folded: str, kept: str) -> int:
    """How many rows of the larger side the other has not; no row is there twice, so one look is enough if none is."""
    sizes = [conn.execute(f"SELECT count(*) FROM ({rows})").fetchone()[0] for rows in (folded, kept)]
    lacking = "SELECT count(*) FROM (SELECT * FROM ({}) EXCEPT SELECT * FROM ({}))"
    missing: int = conn.execute(lacking.format(folded, kept)).fetchone()[0]
    if not missing and sizes[0] == sizes[1]:
        return 0
    surplus: int = conn.execute(lacking.format(kept, folded)).fetchone()[0]
    return max(missing, surplus)
