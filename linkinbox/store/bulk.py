"""Acts on many items: a transaction a chunk, one act with one undo, whatever cuts it off in between.

An act that is cut off stands as far as it came. One that is taken back, or done again, is so with its entry in the
journal; its items follow a chunk at a time, and whoever opens the store next goes on where it was cut off.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from linkinbox.decisions import Accept, Decision, Done, Gold, Hold, Junk, Note, Tag
from linkinbox.errors import StoreError
from linkinbox.model import Verb
from linkinbox.store import journal
from linkinbox.store.behind import note_behind, read_behind
from linkinbox.store.connection import Store
from linkinbox.store.decide import decide, require_items
from linkinbox.store.journal import Act, Turned
from linkinbox.store.sql import chunks
from linkinbox.store.standings import restand

CHUNK = 1_000  # items a transaction: a twentieth of a second, so that no key and no other program waits longer
_BY_CHUNKS = (Accept, Junk, Done, Hold, Note, Gold, Tag)  # others are for few
_LOG = 32_768  # pages, 128 MB
_PAUSE = 0.005  # seconds between chunks, in which who waits for the lock gets it

Told = Callable[[int, int], object]  # how many are done, and of how many


class Acted(NamedTuple):
    """What became of an act on many.

    Args:
        act: as far as it came.
        left: how many items it was not done on.
        why: what ended it early, in words; "" if somebody stopped it, or nothing did.
    """

    act: Act
    left: int = 0
    why: str = ""


def decide_all(  # noqa: PLR0913 - what a decision needs, and who watches it
    store: Store,
    decision: Decision,
    ids: Sequence[int],
    now: datetime,
    *,
    raised: Sequence[str] = (),
    progress: Told | None = None,
    stop: Callable[[], bool] | None = None,
) -> Acted:
    """Write a decision on any number of items.

    Args:
        store: where.
        decision: what is decided.
        ids: the items.
        now: when.
        raised: as for `decide`.
        progress: called after each chunk.
        stop: asked before each chunk but the first.

    Raises:
        LinkinboxError: nothing was written.
    """
    if len(ids) <= CHUNK or not isinstance(decision, _BY_CHUNKS):
        with store.write() as conn:
            return Acted(decide(conn, decision, ids, now, raised=raised))
    ids = list(dict.fromkeys(ids))
    require_items(store.conn, ids)
    with _many_writes(store):
        return _by_chunks(store, decision, ids, now, progress, stop)


def _by_chunks(  # noqa: PLR0913, PLR0917 - as above
    store: Store,
    decision: Decision,
    ids: Sequence[int],
    now: datetime,
    progress: Told | None,
    stop: Callable[[], bool] | None,
) -> Acted:
    batch, verb, why, count = "", Verb.DONE, "", 0
    done, stand = list[int](), list[int]()
    for chunk in chunks(ids, CHUNK):
        if count and stop and stop():
            break
        try:
            with store.write() as conn:
                if batch and not journal.stands(conn, batch):
                    why = "It was taken back meanwhile"
                    break
                act = decide(conn, decision, chunk, now, to=batch)
        except StoreError as error:
            if not batch:
                raise
            why = error.message
            break
        batch, verb, count = batch or act.batch, act.action, count + len(chunk)
        (done if act.batch else stand).extend(act.ids)
        if progress:
            progress(count, len(ids))
        _let_others(store)
    return Acted(Act(batch, verb, tuple(done if batch else stand)), len(ids) - count, why)


@contextmanager
def _many_writes(store: Store) -> Iterator[None]:
    """Bring what was written into the file less often: chunks write the same pages again and again."""
    pages = store.conn.execute("PRAGMA wal_autocheckpoint").fetchone()[0]
    store.conn.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")
    try:
        yield
    finally:
        store.conn.execute(f"PRAGMA wal_autocheckpoint = {pages}")


def _let_others(store: Store) -> None:
    if store.is_shared():
        time.sleep(_PAUSE)


# ── back and forth ──


def turn(store: Store, verb: Verb, now: datetime, *, progress: Told | None = None) -> Act | None:
    """Take back the newest act, or do again what was taken back last; None: there is none."""
    with store.write() as conn:
        turned = journal.undo(conn, now) if verb is Verb.UNDO else journal.redo(conn, now)
        if turned is None:
            return None
        follow = _Following(turned)
        follow.step(conn, now)
    with _many_writes(store):
        while not follow.is_through:
            if progress:
                progress(len(follow.ids), turned.size)
            _let_others(store)
            with store.write() as conn:
                follow.step(conn, now)
    return Act(turned.batch, turned.action, tuple(follow.ids))


def catch_up(store: Store, now: datetime) -> None:
    """Go on where somebody was cut off."""
    while read_behind(store.conn):
        with store.write() as conn:
            _go_on_following(conn, now)


def catch_up_in(conn: sqlite3.Connection, now: datetime) -> None:
    """The same in the caller's transaction."""
    while read_behind(conn):
        _go_on_following(conn, now)


def _go_on_following(conn: sqlite3.Connection, now: datetime) -> None:
    for by, (batch, action, read) in read_behind(conn).items():
        _Following(Turned(batch, Verb(action), 0, by), read).step(conn, now)


class _Following:
    """Brings the items of an act in line with the journal, a chunk at a time; to do so twice changes nothing.

    Args:
        turned: the act.
        read: the number of the entry up to which its items follow.
    """

    def __init__(self, turned: Turned, read: int = 0) -> None:
        self._turned, self._read = turned, read
        self.ids: dict[int, None] = {}  # those of the chunks so far
        self.is_through = False

    def step(self, conn: sqlite3.Connection, now: datetime) -> None:
        """Bring the next chunk in line; to be called in a transaction."""
        batch, action, _, by = self._turned
        entries = journal.items_in(conn, batch, self._read, CHUNK)
        ids = dict.fromkeys(id_ for _, id_ in entries if id_ is not None)
        restand(conn, Act(batch, action, tuple(ids)), now)
        self.ids |= ids
        behind = read_behind(conn)
        self.is_through = len(entries) < CHUNK
        if self.is_through:
            behind.pop(by, None)
        else:
            self._read = entries[-1][0]
            behind[by] = (batch, action, self._read)
        note_behind(conn, behind)
