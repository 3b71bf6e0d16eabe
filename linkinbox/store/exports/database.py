"""The store as one plain file for datasette and sqlite-utils: a full copy, with views for people.

Nothing is left out: the journal, the ledger of imports, drafts and rows that were not understood go along, so
that the file is also a store that linkinbox can open.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from linkinbox.store.exports.metadata import metadata
from linkinbox.store.exports.replacing import SIDECARS, replacing
from linkinbox.store.reasons import COUNTS

INBOX = """
SELECT i.id, i.kind, p.name, p.company, p.position, i.at, i.state, i.filed_because, i.connected, i.sponsored, i.gold,
  m.text,
  (SELECT r.text FROM reason r WHERE r.item_id = i.id) AS reason,
  (SELECT group_concat(n.text, char(10)) FROM note n WHERE n.item_id = i.id) AS notes,
  (SELECT group_concat(t.tag, ' ') FROM item_tag t WHERE t.item_id = i.id) AS tags,
  CASE WHEN i.state = 'held' THEN i.held_until END AS held_until,
  i.call_at, i.messages, i.carried_out, p.url, i.uid, i.person_id, i.message_id
FROM item i JOIN person p ON p.id = i.person_id LEFT JOIN message m ON m.id = i.message_id
WHERE i.at IS NOT NULL
ORDER BY i.at DESC, i.id DESC
"""

JUNK_PER_CONTACT = """
SELECT p.name, p.company, p.position, g.outcome, g.outcome_at, g.decided_at, g.junk, g.junk_bulk, g.accepted, g.done,
  max(0, cast(julianday(g.decided_at) - julianday(lag(g.decided_at, 1, (SELECT at FROM handled ORDER BY seq LIMIT 1))
    OVER (ORDER BY g.decided_seq)) AS INTEGER)) AS days,
  g.person_id, g.item_id
FROM gold g JOIN person p ON p.id = g.person_id
WHERE g.decided_seq IS NOT NULL
ORDER BY g.decided_seq
"""

DECISIONS = """
SELECT j.seq, j.at, j.action, p.name, i.kind, json_extract(j.payload, '$.text') AS note,
  json_extract(j.payload, '$.reason') AS reason, j.payload,
  b.size AS items, b.undone, j.batch, j.id AS entry, j.device, i.id AS item_id, p.id AS person_id
FROM journal j JOIN batch b ON b.id = j.batch
LEFT JOIN item i ON i.uid = j.item_uid LEFT JOIN person p ON p.id = i.person_id
ORDER BY j.seq DESC
"""

CONTACTS = """
SELECT p.id AS person_id, p.name, p.company, p.position, p.connected, p.connected_on, g.outcome AS gold, g.outcome_at,
  (SELECT count(*) FROM item i WHERE i.person_id = p.id AND i.at IS NOT NULL) AS items,
  (SELECT max(i.at) FROM item i WHERE i.person_id = p.id) AS last_at,
  (SELECT group_concat(n.text, char(10)) FROM item i JOIN note n ON n.item_id = i.id WHERE i.person_id = p.id) AS notes,
  p.email, p.url, p.key
FROM person p LEFT JOIN gold g ON g.person_id = p.id
WHERE p.connected = 1 OR g.person_id IS NOT NULL
  OR EXISTS (SELECT 1 FROM item i WHERE i.person_id = p.id AND i.decision = 'accept')
"""

VIEWS = {
    "inbox": INBOX, "junk_per_contact": JUNK_PER_CONTACT, "decisions": DECISIONS, "contacts": CONTACTS,
    "reasons": COUNTS,
}  # fmt: skip


def write_database(conn: sqlite3.Connection, destination: Path) -> None:
    """Write the copy and, beside it, the ``metadata.yml`` that tells datasette what is what."""
    with replacing(destination) as temporary:
        conn.execute("VACUUM INTO ?", (str(temporary),))
        _make_readable(temporary)
        for suffix in SIDECARS:  # those of a file that is replaced would be read into the new one
            Path(f"{destination}{suffix}").unlink(missing_ok=True)
    with replacing(metadata_file(destination)) as temporary:
        temporary.write_text(metadata(destination.stem), encoding="utf-8")


def metadata_file(destination: Path) -> Path:
    """Where the description of an exported database lies."""
    return destination.with_name("metadata.yml")


def _make_readable(path: Path) -> None:
    from sqlite_utils import Database

    db = Database(path, execute_plugins=False)
    try:
        db.disable_wal()
        for name, sql in VIEWS.items():
            db.create_view(name, sql.strip(), replace=True)
    finally:
        db.close()
