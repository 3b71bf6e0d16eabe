"""Writing the rows of Invitations.csv: incoming ones become items, outgoing ones are kept for later reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from linkinbox.importers.records import InvitationRow
from linkinbox.model import Kind
from linkinbox.standing import Facts, state_of
from linkinbox.store.people import next_id
from linkinbox.store.report import FileReport
from linkinbox.store.run import Run, change_text, columns_of, distinct, item_uid, message_key
from linkinbox.store.schema.owing import count_from
from linkinbox.store.sql import select_in


def write_invitations(run: Run, rows: Sequence[InvitationRow], report: FileReport) -> None:
    """Write a batch; a row met before, by inviter and minute, changes nothing but its note."""
    by_uid = distinct(rows, _uids(rows), report)
    _write_sent(run, {uid: row for uid, row in by_uid.items() if not row.incoming}, report)
    _write_received(run, {uid: row for uid, row in by_uid.items() if row.incoming}, report)


def _uids(rows: Sequence[InvitationRow]) -> Iterator[str]:
    """The identity of each row: person and minute; of a second one in that minute, its note too."""
    notes: dict[tuple[str, ...], str] = {}
    for row in rows:
        key = ("invitation", "in" if row.incoming else "out", row.who.key, row.at)
        first = notes.setdefault(key, row.note) == row.note
        yield item_uid(*key) if first else item_uid(*key, row.note)


def _write_sent(run: Run, by_uid: dict[str, InvitationRow], report: FileReport) -> None:
    people = run.people.find(row.who for row in by_uid.values())
    before = run.conn.total_changes
    run.conn.executemany(
        "INSERT OR IGNORE INTO sent_invitation VALUES (?, ?, ?, ?)",
        [(uid, people[row.who].id, row.at, row.note) for uid, row in by_uid.items()],
    )
    new = run.conn.total_changes - before
    report.new += new
    report.same += len(by_uid) - new


_MET = """SELECT i.uid, i.import_id, m.id, m.key, r.as_of FROM item i JOIN message m ON m.id = i.message_id
    JOIN import_run r ON r.id = i.import_id WHERE i.uid IN ({})"""


def _write_received(run: Run, by_uid: dict[str, InvitationRow], report: FileReport) -> None:
    met = {uid: rest for uid, *rest in select_in(run.conn, _MET, list(by_uid))}
    for uid, (import_id, message_id, key, as_of) in met.items():
        note = by_uid[uid].note
        if note and message_key(uid, note) != key and run.as_of >= as_of:
            change_text(run.conn, message_id, message_key(uid, note), note)
            run.conn.execute("UPDATE item SET worded = 1 WHERE uid = ? AND worded = 0", (uid,))
            report.changed += 1
        elif import_id == run.id:
            report.ignore("exact duplicate")
        else:
            report.same += 1
    _make(run, {uid: row for uid, row in by_uid.items() if uid not in met})
    report.new += len(by_uid) - len(met)


def _make(run: Run, by_uid: dict[str, InvitationRow]) -> None:
    if not by_uid:
        return
    people = run.people.find(row.who for row in by_uid.values())
    items, messages = [], []
    ids = zip(count(next_id(run.conn, "item")), count(next_id(run.conn, "message")), strict=False)
    for (uid, row), (item_id, message_id) in zip(by_uid.items(), ids, strict=False):
        person = people[row.who]
        stand = state_of(Facts(Kind.INVITATION.value, row.at, None, person.connected), run.now)
        run.items.count(Kind.INVITATION, stand, connected=person.connected, sponsored=False)
        known = (row.at, person.connected, 1 if row.note else 0)
        items.append((item_id, uid, person.id, run.id, message_id, *known, *columns_of(stand)))
        key = bytearray(message_key(uid, row.note))
        messages.append((message_id, item_id, run.id, key, person.id, row.at, row.who.name, row.note))
    run.conn.executemany(
        """INSERT INTO item (id, uid, kind, person_id, import_id, message_id, at, connected, worded, state,
           filed_because, carried_out, sort_at) VALUES (?, ?, 'invitation', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        items,
    )
    run.conn.executemany("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, 1, '', ?, 0)", messages)
    count_from(run.conn, items[0][0])
