"""Everything known of one item, for its card: a handful of look-ups by key, whatever the store's size."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from linkinbox.errors import NoSuchItemError
from linkinbox.model import Also, BookedCall, CallOutcome, Entry, Item, Message, Verb
from linkinbox.store.pages import PERSON_COLUMNS, ROW_COLUMNS, ROW_TABLES, person_of, row_of, when_closed
from linkinbox.store.reasons import reasons_of
from linkinbox.store.times import from_text, maybe_from_text
from linkinbox.text import BODY_LIMIT

ALSO = 5  # other items of a person that a card tells of

_ENTRY = f"""SELECT j.id, j.at, j.action, j.item_uid, j.payload, j.batch, coalesce(b.undone, 0), {PERSON_COLUMNS}
    FROM journal j LEFT JOIN batch b ON b.id = j.batch LEFT JOIN item i ON i.uid = j.item_uid
    LEFT JOIN person p ON p.id = i.person_id"""


# A draft that was sent since is none any more.
_DRAFTS = """SELECT text FROM draft d WHERE item_uid = ? AND NOT EXISTS (
    SELECT 1 FROM message m WHERE m.item_id = ? AND m.incoming = 0 AND m.at >= d.at AND m.text = d.text) ORDER BY at"""


def find_item(conn: sqlite3.Connection, ref: str) -> int:
    """The id of an item named by its id or its uid."""
    column = "id" if ref.isdecimal() and len(ref) < 19 else "uid"
    row = conn.execute(f"SELECT id FROM item WHERE {column} = ? AND at IS NOT NULL", (ref,)).fetchone()
    if row is None:
        msg = f"There is no item {ref}"
        raise NoSuchItemError(msg, "`linkinbox list` shows the ids")
    return int(row[0])


def read_item(conn: sqlite3.Connection, id_: int, *, messages: int) -> Item:
    """An item's card, with the newest ``messages`` of its thread."""
    record = conn.execute(
        f"SELECT i.uid, i.title, i.thread, r.as_of, {ROW_COLUMNS.format(1_000_000)} FROM {ROW_TABLES}"
        " JOIN import_run r ON r.id = i.import_id WHERE i.id = ? AND i.at IS NOT NULL",
        (id_,),
    ).fetchone()
    if record is None:
        msg = f"There is no item {id_}"
        raise NoSuchItemError(msg)
    uid, title, thread, as_of, *columns = record
    row = row_of(columns, when_closed(conn))
    thread_messages = _messages(conn, id_, messages)
    entries = _entries(conn, uid)
    drafts = conn.execute(_DRAFTS, (uid, id_))
    return Item(
        row=row, messages=thread_messages, earlier=max(0, row.messages - len(thread_messages)), entries=entries,
        notes=tuple(entry.payload["text"] for entry in entries if entry.action is Verb.NOTE),
        call=_call(conn, id_), title=title, url=_thread_url(thread), drafts=tuple(text for (text,) in drafts),
        others=_others(conn, id_, row.person.id), namesake=_namesake(conn, row.person.id),
        as_of=maybe_from_text(as_of), also=_also(conn, id_, row.person.id), reason=reasons_of(conn, [id_]).get(id_),
    )  # fmt: skip


def _thread_url(thread: str | None) -> str | None:
    """The thread on LinkedIn; 2018's exports name no thread (formats.md §1.3)."""
    return f"https://www.linkedin.com/messaging/thread/{thread}/" if thread and thread.startswith("2-") else None


def _messages(conn: sqlite3.Connection, id_: int, count: int) -> tuple[Message, ...]:
    rows = conn.execute(
        """SELECT at, sender, incoming, text, subject, attachments FROM message
           WHERE item_id = ? ORDER BY at DESC, id LIMIT ?""",
        (id_, count),
    ).fetchall()
    return tuple(
        Message(from_text(at), sender, bool(incoming), text, subject, attachments)
        for at, sender, incoming, text, subject, attachments in reversed(rows)
    )


def _entries(conn: sqlite3.Connection, uid: str) -> tuple[Entry, ...]:
    rows = conn.execute(f"{_ENTRY} WHERE j.item_uid = ? AND b.undone = 0 ORDER BY j.seq", (uid,))
    return tuple(entry_of(row) for row in rows)


def entry_of(record: tuple[object, ...]) -> Entry:
    """An Entry from a row of the journal with its item's person."""
    import json  # 3 ms of a start, at which few cards have an entry

    id_, at, action, uid, payload, batch, undone, *who = record
    person = person_of(who) if who[0] is not None else None
    return Entry(
        str(id_), from_text(str(at)), Verb(str(action)), None if uid is None else str(uid), person,
        json.loads(str(payload)), str(batch), bool(undone),
    )  # fmt: skip


def read_log(conn: sqlite3.Connection, limit: int) -> list[Entry]:
    """The newest entries of the journal, newest first, undone ones too."""
    return [entry_of(row) for row in conn.execute(f"{_ENTRY} ORDER BY j.seq DESC LIMIT ?", (limit,))]


def read_between(conn: sqlite3.Connection, after: int, until: int, limit: int) -> list[Entry]:
    """Entries that stand, in a stretch of the journal, oldest first; the last ``limit`` of them."""
    rows = conn.execute(
        f"{_ENTRY} WHERE j.seq > ? AND j.seq <= ? AND b.undone = 0 ORDER BY j.seq DESC LIMIT ?",
        (after, until, limit),
    ).fetchall()
    return [entry_of(row) for row in reversed(rows)]


def _call(conn: sqlite3.Connection, id_: int) -> BookedCall | None:
    """The call to come, else the latest one."""
    row = conn.execute(
        "SELECT uid, at, minutes, outcome, moves FROM call WHERE item_id = ? ORDER BY outcome IS NULL DESC, at DESC",
        (id_,),
    ).fetchone()
    return booked_call(row) if row else None


def booked_call(record: Sequence[Any]) -> BookedCall:
    """A call from its row: uid, at, minutes, outcome, moves."""
    uid, at, minutes, outcome, moves = record
    return BookedCall(uid, from_text(at), minutes, CallOutcome(outcome) if outcome else None, moves)


def _others(conn: sqlite3.Connection, id_: int, person_id: int) -> tuple[str, ...]:
    rows = conn.execute(
        "SELECT DISTINCT sender FROM message WHERE item_id = ? AND incoming = 1 AND person_id != ? LIMIT 20",
        (id_, person_id),
    )
    return tuple(name for (name,) in rows)


_ALSO = f"""SELECT h.at, (SELECT max(c.at) FROM call c WHERE c.item_id = i.id AND c.outcome = 'held'),
    {ROW_COLUMNS.format(0)} FROM {ROW_TABLES} LEFT JOIN handled h ON h.item_id = i.id
    WHERE i.person_id = ? AND i.id != ? AND i.state != 'sent' ORDER BY i.id DESC LIMIT {ALSO}"""


def _also(conn: sqlite3.Connection, id_: int, person_id: int) -> tuple[Also, ...]:
    """What else the person sent: by the index, whose order is that of the ids, so that many cost no more than a few."""
    rows = conn.execute(_ALSO, (person_id, id_))
    return tuple(Also(row_of(row), maybe_from_text(decided), maybe_from_text(held)) for decided, held, *row in rows)


def _namesake(conn: sqlite3.Connection, person_id: int) -> date | None:
    """Since when a connection of the same name is known, where no profile link can tell if it is the person."""
    row = conn.execute(
        """SELECT c.connected_on FROM person p JOIN person c INDEXED BY person_namesake
           ON c.name = p.name AND c.connected = 1 AND c.id != p.id
           WHERE p.id = ? AND p.key GLOB 'weak:*' AND c.connected_on IS NOT NULL LIMIT 1""",
        (person_id,),
    ).fetchone()
    return date.fromisoformat(row[0]) if row else None


def texts_of(conn: sqlite3.Connection, id_: int, *, messages: int = 50) -> Iterator[tuple[str, str]]:
    """Texts of an item one by one, the newest first: what each is, "" for messages and subjects, and its words."""
    sql = "SELECT subject, substr(text, 1, ?) FROM message WHERE item_id = ? ORDER BY at DESC LIMIT ?"
    for subject, text in conn.execute(sql, (BODY_LIMIT, id_, messages)).fetchall():
        yield "", text
        yield "", subject
    for note in reversed(notes_of(conn, [id_]).get(id_, [])):
        yield "note", note
    for reason in reasons_of(conn, [id_]).values():
        yield "because", reason


def notes_of(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    """The notes of a page of items, oldest first; items without any are left out."""
    notes: dict[int, list[str]] = {}
    marks = ",".join("?" * len(ids))
    for id_, text in conn.execute(f"SELECT item_id, text FROM note WHERE item_id IN ({marks}) ORDER BY id", list(ids)):
        notes.setdefault(id_, []).append(text)
    return notes
