"""Writing the rows of Invitations.csv: incoming ones become items, outgoing ones are kept for later reasons."""

from __future__ import annotations

from collections.abc import Sequence

from linkinbox.importers.records import InvitationRow
from linkinbox.model import Kind
from linkinbox.standing import Facts, state_of
from linkinbox.store.people import next_id
from linkinbox.store.report import FileReport
from linkinbox.store.run import Run, distinct, index_messages, item_uid, message_key, select_in


def write_invitations(run: Run, rows: Sequence[InvitationRow], report: FileReport) -> None:
    """Write a batch; a row met before, by inviter and minute, changes nothing but its note."""
    keys = [item_uid("invitation", "in" if r.incoming else "out", r.who.key, r.at) for r in rows]
    again: list[InvitationRow] = []
    by_uid = dict(distinct(rows, keys, again))
    for _ in again:
        report.ignore("exact duplicate")
    _write_sent(run, {uid: row for uid, row in by_uid.items() if not row.incoming}, report)
    _write_received(run, {uid: row for uid, row in by_uid.items() if row.incoming}, report)


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


_MET = """SELECT i.uid, i.id, i.import_id, m.id, m.key FROM item i JOIN message m ON m.id = i.message_id
    WHERE i.uid IN ({})"""


def _write_received(run: Run, by_uid: dict[str, InvitationRow], report: FileReport) -> None:
    met = {uid: rest for uid, *rest in select_in(run.conn, _MET, list(by_uid))}
    for uid, (_, import_id, message_id, key) in met.items():
        if key == message_key(uid, by_uid[uid].note):
            if import_id == run.id:
                report.ignore("exact duplicate")
            else:
                report.same += 1
        else:
            _change_note(run, message_id, uid, by_uid[uid].note)
            report.changed += 1
    _make(run, {uid: row for uid, row in by_uid.items() if uid not in met})
    report.new += len(by_uid) - len(met)


def _make(run: Run, by_uid: dict[str, InvitationRow]) -> None:
    if not by_uid:
        return
    people = run.people.find(row.who for row in by_uid.values())
    items, messages = [], []
    first_message = next_id(run.conn, "message")
    ids = zip(range(next_id(run.conn, "item"), 2**62), range(first_message, 2**62), strict=False)
    for (uid, row), (item_id, message_id) in zip(by_uid.items(), ids, strict=False):
        person = people[row.who]
        stand = state_of(Facts(Kind.INVITATION.value, row.at, None, person.connected), run.now)
        run.items.count(Kind.INVITATION, stand, connected=person.connected, sponsored=False)
        items.append((item_id, uid, person.id, run.id, message_id, row.at, person.connected, *stand))
        messages.append(
            (message_id, item_id, run.id, message_key(uid, row.note), person.id, row.at, row.who.name, row.note)
        )
    run.conn.executemany(
        """INSERT INTO item (id, uid, kind, person_id, import_id, message_id, at, connected, state, filed_because,
           carried_out, sort_at) VALUES (?, ?, 'invitation', ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        items,
    )
    run.conn.executemany("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, 1, '', ?, 0)", messages)
    index_messages(run.conn, first_message)


def _change_note(run: Run, message_id: int, uid: str, note: str) -> None:
    run.conn.execute(
        """INSERT INTO message_fts (message_fts, rowid, sender, subject, text)
           SELECT 'delete', id, sender, subject, text FROM message WHERE id = ?""",
        (message_id,),
    )
    run.conn.execute("UPDATE message SET text = ?, key = ? WHERE id = ?", (note, message_key(uid, note), message_id))
    run.conn.execute(
        """INSERT INTO message_fts (rowid, sender, subject, text)
           SELECT id, sender, subject, text FROM message WHERE id = ?""",
        (message_id,),
    )
