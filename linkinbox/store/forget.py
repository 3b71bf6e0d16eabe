"""Forgetting a person for good: what they wrote, what is known and noted of them; only anonymous counts stay.

The one thing in linkinbox that deletes. It is two steps: one transaction, after which nobody sees the person any
more, and the writing anew of the whole file. What interrupts the second one is made up for by the next start.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from linkinbox.errors import BusyStoreError, DiskFullError, LinkinboxError, NoSuchItemError, StoreError, UsageError
from linkinbox.importers.identity import profile_key
from linkinbox.model import Verb
from linkinbox.store import journal, unfinished
from linkinbox.store.connection import Store
from linkinbox.store.forgotten import KnownAgain, remember, take_over
from linkinbox.store.keeping import backup
from linkinbox.store.removing import Forgotten, Removing


class Again(NamedTuple):
    """What became of forgetting again: how many people; ``whole``: all who had been forgotten could be told."""

    people: int
    whole: bool


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
    return Removing(conn, person_id).count()


def forget(store: Store, person_id: int, now: datetime, *, calls_folder: Path) -> Forgotten:
    """Remove a person for good, from the pages of the file too; rewrites the whole store once.

    Raises:
        UsageError: the store is open elsewhere: old pages could be read on there.
        DiskFullError: there is too little room to write it anew; nothing was changed.
        StoreError: it could not be written; what is left of them goes at the next start.
    """
    if store.is_shared():
        msg = "The inbox is open elsewhere"
        raise UsageError(msg, "Close it, then forget")
    store.require_writing()
    _require_room(store, "Nobody was forgotten")
    with store.write() as conn:
        forgotten = forget_in(conn, person_id, now)
    try:
        finish(store, calls_folder=calls_folder)
    except LinkinboxError as error:
        msg = f"They are forgotten, but words of theirs may still lie in files: {error.message}"
        raise StoreError(msg, "The next start of linkinbox removes those") from error
    return forgotten


def forget_in(conn: sqlite3.Connection, person_id: int, now: datetime) -> Forgotten:
    """Remove a person from every table; to be called in a transaction, and the file to be written anew after it."""
    removing = Removing(conn, person_id)
    forgotten = removing.count()
    remember(conn, person_id)
    removing.remove_everything(now)
    told = json.dumps({"items": forgotten.items, "messages": forgotten.messages})
    journal.write(conn, [(Verb.FORGET.value, None, told)], journal.uuid7(), now)
    unfinished.begin(conn, forgotten.calls)
    return forgotten


def forget_again(conn: sqlite3.Connection, former: Path, now: datetime) -> Again:
    """Forget whoever was forgotten in the store that this one takes the place of; the next start clears its pages."""
    conn.execute("BEGIN")
    whole = take_over(conn, former)
    known = KnownAgain(conn)
    again = [id_ for id_, key in conn.execute("SELECT id, key FROM person").fetchall() if known.knows(key)]
    for id_ in again:
        forget_in(conn, id_, now)
    conn.execute("COMMIT")
    return Again(len(again), whole)


def catch_up(store: Store, *, calls_folder: Path) -> str:
    """Remove what an interrupted forgetting left; returns what became of that, in words for people."""
    try:
        if store.is_shared():
            raise BusyStoreError("The inbox is open elsewhere")
        finish(store, calls_folder=calls_folder)
    except LinkinboxError as error:
        return f"Words of somebody you forgot may still lie in files ({error.message}): a later start removes them"
    return "What was left of somebody you forgot is removed"


def finish(store: Store, *, calls_folder: Path) -> None:
    """Remove what is left of those who were forgotten: calendar files, and words in the pages of the store.

    Raises:
        DiskFullError: there is too little room to write it anew.
        BusyStoreError: somebody reads old pages.
        ExportError: a calendar file could not be deleted.
    """
    from linkinbox.calls import ics

    _require_room(store, "The store was not written anew")
    with store.write() as conn:
        purge_index(conn)
    store.compact()
    for uid in unfinished.calls_to_remove(store.conn):
        ics.remove_call(calls_folder, uid)
    with store.write() as conn:
        unfinished.end(conn)


def purge_index(conn: sqlite3.Connection) -> None:
    """Merge the index into one piece: until then, deleted words lie in its older pieces."""
    for index in ("message_fts", "message_pair", "note_fts", "reason_fts", "person_fts"):
        conn.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


def _require_room(store: Store, told: str) -> None:
    if backup.lacks_room(store.path):
        needed = f"{2 * backup.size_of(store.path) / 1e6:,.0f} MB"
        msg = f"{told}: {store.path.parent} has room for less than twice the store ({needed})"
        raise DiskFullError(msg, "Make room on that disk")
