"""Writing the rows of messages.csv: one item a conversation, its newest incoming message to the front."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from linkinbox.importers.records import MessageRow, Who
from linkinbox.model import Kind, State
from linkinbox.standing import Facts, Stand, state_of
from linkinbox.store.owing import Spared, last_words, spared
from linkinbox.store.people import Known, next_id
from linkinbox.store.report import FileReport
from linkinbox.store.run import (
    STAND,
    Run,
    change_text,
    columns_of,
    distinct,
    item_uid,
    message_key,
    words_of,
)
from linkinbox.store.schema.owing import count_from
from linkinbox.store.sql import select_in


@dataclass(slots=True)
class Thread:
    """A conversation as it stands while a batch is written. Times are the store's text."""

    id: int
    uid: str
    thread: str
    import_id: int
    person_id: int = 0
    connected: bool | None = None
    message_id: int | None = None
    at: str | None = None
    replied_at: str | None = None
    title: str = ""
    messages: int = 0
    sponsored: bool = False
    decision: str | None = None
    seen: str | None = None
    held_until: str | None = None
    worded: int = 0  # the newest incoming message has words
    last_words: str | None = None
    stand: Stand | None = None  # as written before this batch
    text: str | None = None  # of the newest message, when it came with this batch

    def facts(self) -> Facts:
        """What its state follows from."""
        return Facts(
            Kind.CONVERSATION.value, self.at, self.replied_at, self.connected, self.decision, self.seen, self.held_until
        )

    def add(self, message_id: int, row: MessageRow, person: Known) -> None:
        """Take one more message in; rows come in any order."""
        at = row.at
        self.messages += 1
        if row.sponsored:
            self.sponsored = True
        if not self.title:
            self.title = row.title or row.subject
        if not row.incoming:
            self.replied_at = max(self.replied_at or "", at)
        elif self.at is None or at > self.at:
            self.at, self.message_id, self.text = at, message_id, row.text
            self.worded = 1 if row.text else 0
            self.person_id, self.connected = person.id, person.connected
        if not self.person_id:
            self.person_id, self.connected = person.id, person.connected


def write_messages(run: Run, rows: Sequence[MessageRow], report: FileReport) -> None:
    """Write a batch; a message met before changes nothing but its line breaks."""
    if drafts := [row for row in rows if row.draft]:
        _write_drafts(run, drafts, report)
        rows = [row for row in rows if not row.draft]
    uids = {thread: item_uid("conversation", thread) for thread in {row.thread: None for row in rows}}
    by_key = distinct(rows, _keys(rows, uids), report)
    there = dict(select_in(run.conn, "SELECT uid, id FROM item WHERE uid IN ({})", [*uids.values()]))
    if met := _met(run, by_key, [*there.values()]):
        _count_met(run, met, by_key, report)
        by_key = {key: row for key, row in by_key.items() if key not in met}
    report.new += len(by_key)
    if by_key:
        _write(run, by_key, uids, there)


def _keys(rows: Sequence[MessageRow], uids: dict[str, str]) -> Iterator[bytes]:
    """The identity of each message: its thread, second, direction, subject and words.

    Blanks do not count: exports before 2026 have them for line breaks. Nor does the sender, whose link changes or
    goes, unless two say the same in one second. Messages without words are told apart by their place.
    """
    senders: dict[bytes, str] = {}
    wordless: Counter[bytes] = Counter()
    for row in rows:
        words, sender = words_of(row.text), row.sender.key
        parts = (uids[row.thread], row.at, "in" if row.incoming else "out", row.subject, words)
        key = message_key(*parts)
        if not words:
            wordless[key] += 1
            yield message_key(*parts, str(wordless[key]))
        elif senders.setdefault(key, sender) == sender:
            yield key
        else:
            yield message_key(*parts, sender)


def _met(run: Run, by_key: dict[bytes, MessageRow], items: Sequence[int]) -> dict[bytes, int]:
    """The ids of those messages that are in the store: they can only be in threads that are."""
    rows = select_in(run.conn, "SELECT key, id FROM message WHERE item_id IN ({})", items)
    return {key: id_ for key, id_ in rows if key in by_key}


def _count_met(run: Run, met: dict[bytes, int], by_key: dict[bytes, MessageRow], report: FileReport) -> None:
    changed = _take_line_breaks(run, {id_: (key, by_key[key].text) for key, id_ in met.items()})
    report.changed += len(changed)
    again = sum(id_ >= run.first_message for id_ in met.values() if id_ not in changed)
    report.ignore("exact duplicate", again)
    report.same += len(met) - len(changed) - again


def _take_line_breaks(run: Run, met: dict[int, tuple[bytes, str]]) -> set[int]:
    """Give messages that are kept without line breaks those that this export has; their ids."""
    broken = [id_ for id_, (_, text) in met.items() if "\n" in text]
    flat = "SELECT id FROM message WHERE id IN ({}) AND instr(text, char(10)) = 0"
    changed = {id_ for (id_,) in select_in(run.conn, flat, broken)}
    for id_ in changed:
        change_text(run.conn, id_, *met[id_])
    return changed


def _write(run: Run, rows: dict[bytes, MessageRow], uids: dict[str, str], there: dict[str, int]) -> None:
    sides = [_other_side(row) for row in rows.values()]
    people = run.people.find(sides)
    threads = _threads(run, {row.thread: uids[row.thread] for row in rows.values()}, there)
    messages = []
    for id_, side, key, row in zip(count(next_id(run.conn, "message")), sides, rows, rows.values(), strict=False):
        _, thread_id, _, sender, _, incoming, _, _, at, subject, text, attachments = row
        thread, person = threads[thread_id], people[side]
        thread.add(id_, row, person)
        by = person.id if incoming else None
        messages.append(
            (id_, thread.id, run.id, bytearray(key), by, at, sender.name, 1 if incoming else 0, subject, text,
             attachments)
        )  # fmt: skip
    _write_threads(run, list(threads.values()))
    run.conn.executemany("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", messages)


def _other_side(row: MessageRow) -> Who:
    if row.incoming:
        return row.sender
    return row.others[0] if row.others else Who(f"weak:{message_key(row.thread).hex()}", row.title)


_MET = """SELECT id, uid, thread, import_id, person_id, connected, message_id, at, replied_at, title, messages,
    sponsored, decision, decided_seen, held_until, worded, last_words, state, filed_because, carried_out, sort_at
    FROM item WHERE id IN ({})"""


def _threads(run: Run, uids: dict[str, str], there: dict[str, int]) -> dict[str, Thread]:
    """The conversations of a batch: those in the store as they stand, and new ones."""
    threads: dict[str, Thread] = {}
    ids = [there[uid] for uid in uids.values() if uid in there]
    for *columns, state, because, carried_out, sort_at in select_in(run.conn, _MET, ids):
        thread = Thread(*columns)
        thread.stand = Stand(State(state), because, bool(carried_out), sort_at)
        threads[thread.thread] = thread
    fresh = [name for name in uids if name not in threads]
    for id_, name in enumerate(fresh, next_id(run.conn, "item")):
        threads[name] = Thread(id_, uids[name], name, run.id)
    return threads


def _write_threads(run: Run, threads: Sequence[Thread]) -> None:
    new, old = [], []
    known = spared(run.conn)
    for thread in threads:
        _read_last_words(run, thread, known)
        stand = state_of(thread.facts(), run.now)
        _count(run, thread, stand)
        if thread.stand is None:
            new.append(
                (thread.id, thread.uid, thread.person_id, run.id, thread.message_id, thread.at, thread.replied_at,
                 thread.thread, thread.title, thread.messages, int(thread.sponsored),
                 thread.last_words, thread.connected, thread.worded, *columns_of(stand))
            )  # fmt: skip
        else:
            old.append(
                (thread.person_id, thread.message_id, thread.at, thread.replied_at, thread.title, thread.messages,
                 int(thread.sponsored), thread.worded, thread.last_words, thread.connected, *columns_of(stand),
                 thread.id)
            )  # fmt: skip
    run.conn.executemany(
        """INSERT INTO item (id, uid, kind, person_id, import_id, message_id, at, replied_at, thread, title, messages,
           sponsored, last_words, connected, worded, state, filed_because, carried_out, sort_at)
           VALUES (?, ?, 'conversation', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        new,
    )
    if new:
        count_from(run.conn, new[0][0])
    run.conn.executemany(_UPDATE, old)


_UPDATE = STAND.replace(
    "SET ",
    "SET person_id = ?, message_id = ?, at = ?, replied_at = ?, title = ?, messages = ?, sponsored = ?, worded = ?, "
    "last_words = ?, ",
)


def _read_last_words(run: Run, thread: Thread, known: Spared) -> None:
    """Tell whether an answer is owed to the newest message; of few threads that is a question."""
    if thread.at is None or thread.replied_at is None or thread.replied_at >= thread.at:
        thread.last_words = None  # nobody asks
        return
    text = thread.text
    if text is None:  # it came before the owner's own words did, which were written before it
        (text,) = run.conn.execute("SELECT text FROM message WHERE id = ?", (thread.message_id,)).fetchone()
    thread.last_words = last_words(text, thread.id, thread.person_id, known)


def _count(run: Run, thread: Thread, stand: Stand) -> None:
    """Count the items this run made; one whose rows lie in two batches is counted as it stands in the end."""
    was = thread.stand
    if thread.import_id not in run.own:
        run.items.back += was is not None and was.state is not State.NEW and stand.state is State.NEW
        return
    connected, sponsored = thread.connected, thread.sponsored
    if was is not None:
        run.items.count(Kind.CONVERSATION, was, connected=connected, sponsored=sponsored, step=-1)
    run.items.count(Kind.CONVERSATION, stand, connected=connected, sponsored=sponsored)


def _write_drafts(run: Run, rows: Sequence[MessageRow], report: FileReport) -> None:
    """Drafts are kept apart: they were not sent, and may belong to no conversation."""
    for row in rows:
        uid = item_uid("conversation", row.thread) if row.thread else None
        names = ", ".join(who.name for who in row.others)
        key = message_key(uid or "", names, row.at, row.text)
        run.conn.execute("INSERT OR IGNORE INTO draft VALUES (?, ?, ?, ?, ?)", (key, uid, row.at, names, row.text))
        report.ignore("draft")
