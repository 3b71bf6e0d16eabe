"""The first schema, as it was released: never changed again, only migrated from."""

from __future__ import annotations

import sqlite3

KEPT = """
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE import_run (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  as_of TEXT,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  report TEXT
) STRICT;
CREATE INDEX import_run_digest ON import_run(digest);

CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES import_run(id),
  file TEXT NOT NULL,
  line INTEGER NOT NULL,
  reason TEXT NOT NULL,
  raw TEXT NOT NULL,
  UNIQUE (import_id, file, line)
) STRICT;

CREATE TABLE owner (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE owner_fact (
  id INTEGER PRIMARY KEY,
  fact TEXT NOT NULL,
  detail TEXT NOT NULL,
  UNIQUE (fact, detail)
) STRICT;

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  url TEXT,
  email TEXT,
  company TEXT,
  position TEXT,
  connected INTEGER,
  connected_on TEXT,
  as_of TEXT,
  named_by INTEGER NOT NULL REFERENCES import_run(id)
) STRICT;
CREATE INDEX person_namesake ON person(name) WHERE connected = 1;

CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('invitation', 'conversation')),
  person_id INTEGER NOT NULL REFERENCES person(id),
  import_id INTEGER NOT NULL REFERENCES import_run(id),
  message_id INTEGER,
  at TEXT,
  replied_at TEXT,
  thread TEXT,
  title TEXT NOT NULL DEFAULT '',
  messages INTEGER NOT NULL DEFAULT 1,
  sponsored INTEGER NOT NULL DEFAULT 0,
  connected INTEGER,
  decision TEXT,
  decided_seen TEXT,
  held_until TEXT,
  call_at TEXT,
  gold INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL,
  filed_because TEXT,
  carried_out INTEGER NOT NULL DEFAULT 0,
  sort_at TEXT
) STRICT;
CREATE INDEX item_person ON item(person_id);
CREATE INDEX item_all ON item(at);
CREATE INDEX item_state ON item(state, sort_at);
CREATE INDEX item_new_kind ON item(kind, sort_at) WHERE state = 'new';
CREATE INDEX item_carry_out ON item(state, sort_at) WHERE carried_out = 0 AND state IN ('to-accept', 'to-reply');
CREATE INDEX item_connected ON item(at) WHERE connected = 1;
CREATE INDEX item_call ON item(call_at) WHERE call_at IS NOT NULL;
CREATE INDEX item_back ON item(held_until) WHERE held_until IS NOT NULL AND state = 'new';

CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES item(id),
  import_id INTEGER NOT NULL REFERENCES import_run(id),
  key BLOB NOT NULL UNIQUE,
  person_id INTEGER REFERENCES person(id),
  at TEXT NOT NULL,
  sender TEXT NOT NULL,
  incoming INTEGER NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  attachments INTEGER NOT NULL
) STRICT;
CREATE INDEX message_thread ON message(item_id, at);

CREATE TABLE draft (
  key BLOB PRIMARY KEY,
  item_uid TEXT,
  at TEXT,
  recipients TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_item ON draft(item_uid);

CREATE TABLE sent_invitation (
  uid TEXT PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person(id),
  at TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_invitation_person ON sent_invitation(person_id);

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  device TEXT NOT NULL,
  action TEXT NOT NULL,
  item_uid TEXT,
  payload TEXT NOT NULL,
  batch TEXT NOT NULL
) STRICT;
CREATE INDEX journal_item ON journal(item_uid, seq);
CREATE INDEX journal_batch ON journal(batch);
"""

JOURNAL_IS_APPEND_ONLY = (
    """CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
)

DERIVED = """
CREATE TABLE batch (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  action TEXT NOT NULL,
  size INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  redoable INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX batch_undone ON batch(undone, seq);
CREATE INDEX batch_redoable ON batch(seq) WHERE redoable = 1;

CREATE TABLE handled (
  item_id INTEGER PRIMARY KEY REFERENCES item(id),
  seq INTEGER NOT NULL,
  verb TEXT NOT NULL,
  bulk INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX handled_order ON handled(seq, verb, bulk);

CREATE TABLE gold (
  person_id INTEGER PRIMARY KEY REFERENCES person(id),
  outcome TEXT NOT NULL,
  outcome_at TEXT NOT NULL,
  marked_id INTEGER NOT NULL REFERENCES item(id),
  item_id INTEGER NOT NULL REFERENCES item(id),
  decided_seq INTEGER,
  decided_at TEXT,
  junk INTEGER NOT NULL DEFAULT 0,
  junk_bulk INTEGER NOT NULL DEFAULT 0,
  accepted INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX gold_order ON gold(decided_seq);

CREATE TABLE open_path (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  junk INTEGER NOT NULL DEFAULT 0,
  junk_bulk INTEGER NOT NULL DEFAULT 0,
  accepted INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO open_path (id) VALUES (1);

CREATE TABLE call (
  uid TEXT PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES item(id),
  at TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  outcome TEXT,
  moves INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX call_item ON call(item_id);

CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES item(id),
  at TEXT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX note_item ON note(item_id);

CREATE TABLE tally (
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  connected INTEGER NOT NULL,
  carried_out INTEGER NOT NULL,
  called INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (kind, state, connected, carried_out, called)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE message_fts USING fts5(
  sender, subject, text, content="message", content_rowid="id", tokenize='unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE note_fts USING fts5(
  name, text, content="note", content_rowid="id", tokenize='unicode61 remove_diacritics 2'
);
"""

# Larger segments of the index: an import of a million rows takes two thirds of the time.
HASHSIZE = "INSERT INTO message_fts (message_fts, rank) VALUES ('hashsize', 67108864)"

# A count(*) of a million items costs 30–50 ms; the tally costs a microsecond an item where it changes.
_COUNT_IN = """INSERT INTO tally VALUES (NEW.kind, NEW.state, ifnull(NEW.connected, -1), NEW.carried_out,
    NEW.call_at IS NOT NULL, 1) ON CONFLICT DO UPDATE SET n = n + 1;"""
_COUNT_OUT = """UPDATE tally SET n = n - 1 WHERE kind = OLD.kind AND state = OLD.state
    AND connected = ifnull(OLD.connected, -1) AND carried_out = OLD.carried_out
    AND called = (OLD.call_at IS NOT NULL);"""
COUNTED = (
    f"CREATE TRIGGER item_counted AFTER INSERT ON item BEGIN {_COUNT_IN} END",
    f"""CREATE TRIGGER item_recounted AFTER UPDATE OF state, connected, carried_out, call_at ON item
        BEGIN {_COUNT_OUT} {_COUNT_IN} END""",
)

STATEMENTS = (
    *KEPT.split(";\n"), *JOURNAL_IS_APPEND_ONLY, *DERIVED.split(";\n"), *COUNTED, HASHSIZE,
    "PRAGMA user_version = 1",
)  # fmt: skip


def make(conn: sqlite3.Connection) -> None:
    """Make the tables of version 1, inside the caller's transaction."""
    for statement in filter(str.strip, STATEMENTS):
        conn.execute(statement)
