"""The third schema: near-identical texts in groups, what rules raised and were overruled, reasons to accept."""

from __future__ import annotations

import sqlite3

from linkinbox.store.twins import regroup

_TWINS = (
    """CREATE TABLE twins (
         id INTEGER PRIMARY KEY REFERENCES item(id),
         size INTEGER NOT NULL,
         people INTEGER NOT NULL
       ) STRICT""",
    "CREATE INDEX twins_people ON twins(people) WHERE people > 1",
    """CREATE TABLE twins_key (
         hash INTEGER NOT NULL,
         twins_id INTEGER NOT NULL,
         PRIMARY KEY (hash, twins_id)
       ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE twin (
         item_id INTEGER PRIMARY KEY REFERENCES item(id),
         twins_id INTEGER NOT NULL REFERENCES item(id),
         person_id INTEGER NOT NULL
       ) STRICT""",
    "CREATE INDEX twin_group ON twin(twins_id, person_id)",
)
# What was said of rules, by the number of the entry; `holds` is 0 where a rule counts again.
_OVERRULES = (
    """CREATE TABLE overruled (
         seq INTEGER PRIMARY KEY,
         rule TEXT NOT NULL,
         scope TEXT NOT NULL,
         holds INTEGER NOT NULL,
         item_id INTEGER REFERENCES item(id)
       ) STRICT""",
    "CREATE INDEX overruled_item ON overruled(item_id)",
    "CREATE INDEX overruled_scope ON overruled(scope)",
    """CREATE TABLE raised (
         item_id INTEGER NOT NULL REFERENCES item(id),
         rule TEXT NOT NULL,
         overruled INTEGER NOT NULL,
         PRIMARY KEY (item_id, rule)
       ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE rule_tally (
         rule TEXT PRIMARY KEY,
         raised INTEGER NOT NULL,
         overruled INTEGER NOT NULL
       ) STRICT, WITHOUT ROWID""",
)
# Colleagues are found by company, and whether somebody was ever answered by when.
_LOOK_UPS = (
    "CREATE INDEX person_company ON person(company COLLATE NOCASE, name) WHERE connected = 1",
    "CREATE INDEX item_replied ON item(person_id, replied_at) WHERE replied_at IS NOT NULL",
)


def upgrade(conn: sqlite3.Connection) -> None:
    """Bring a store from version 2 to 3, inside the caller's transaction."""
    for statement in (*_TWINS, *_OVERRULES, *_LOOK_UPS):
        conn.execute(statement)
    regroup(conn)
    conn.execute("PRAGMA user_version = 3")
