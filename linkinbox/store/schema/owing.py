"""The schema of the clock: answers owed, and how many new invitations came on each day.

What is owed follows from an item's other columns alone, so SQLite computes it where it is asked, in indexes and
counters too: no decision, import or undo can leave it behind. (A generated column would say it once, but a store that
can only be read could not be exported: `VACUUM INTO` fails on one in SQLite 3.40.)
"""

from __future__ import annotations

import sqlite3


def owed(item: str = "") -> str:
    """Whose turn it is, as an expression over an item's columns: 'worth-answering', 'your-turn', 'closed' or NULL.

    An accepted thread is owed an answer until an export shows one. A new one is owed one when the owner wrote in it
    and the other wrote last, unless those words close; a stranger's first message waits to be decided, and nobody
    waits for an answer to a campaign.
    """
    of = f"{item}." if item else ""
    return f"""CASE WHEN {of}state = 'to-reply' AND {of}carried_out = 0 THEN 'worth-answering'
        WHEN {of}state = 'new' AND {of}kind = 'conversation' AND {of}sponsored = 0 AND {of}replied_at < {of}at
          THEN CASE {of}last_words WHEN 'closing' THEN 'closed' ELSE 'your-turn' END
        END"""


_COLUMNS = (
    "ALTER TABLE item ADD COLUMN last_words TEXT",  # 'closing', 'overruled' (they would be), or NULL
    f"CREATE INDEX item_owed ON item(sort_at) WHERE {owed()} != 'closed'",
    f"CREATE INDEX item_owed_closed ON item(sort_at) WHERE {owed()} IS NOT NULL",  # where the rule is switched off
)
COUNTED = f"kind, state, ifnull(connected, -1), carried_out, call_at IS NOT NULL, ifnull({owed()}, '')"
_NEW, _OLD = (
    f"{row}.kind, {row}.state, ifnull({row}.connected, -1), {row}.carried_out, {row}.call_at IS NOT NULL,"
    f" ifnull({owed(row)}, '')"
    for row in ("NEW", "OLD")
)
_TALLY = (
    "DROP TRIGGER item_recounted",
    "DROP TABLE tally",
    """CREATE TABLE tally (
         kind TEXT NOT NULL,
         state TEXT NOT NULL,
         connected INTEGER NOT NULL,
         carried_out INTEGER NOT NULL,
         called INTEGER NOT NULL,
         owed TEXT NOT NULL,
         n INTEGER NOT NULL,
         PRIMARY KEY (kind, state, connected, carried_out, called, owed)
       ) STRICT, WITHOUT ROWID""",
    f"""CREATE TRIGGER item_recounted
        AFTER UPDATE OF state, connected, carried_out, call_at, at, replied_at, sponsored, last_words ON item BEGIN
        UPDATE tally SET n = n - 1 WHERE (kind, state, connected, carried_out, called, owed) = ({_OLD});
        INSERT INTO tally VALUES ({_NEW}, 1) ON CONFLICT DO UPDATE SET n = n + 1; END""",
)
# How many invitations have not passed their believed life is a sum of so many days.
_DAYS = (
    """CREATE TABLE new_by_day (
         day TEXT PRIMARY KEY,
         n INTEGER NOT NULL
       ) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER item_new_no_more AFTER UPDATE OF state ON item
       WHEN OLD.kind = 'invitation' AND (OLD.state = 'new') != (NEW.state = 'new') BEGIN
       INSERT INTO new_by_day VALUES (substr(OLD.at, 1, 10), iif(NEW.state = 'new', 1, -1))
       ON CONFLICT DO UPDATE SET n = n + excluded.n; END""",
    "CREATE INDEX item_expiring ON item(at) WHERE state = 'new' AND kind = 'invitation'",
)


def upgrade(conn: sqlite3.Connection) -> None:
    """Bring a store from version 7 to 8, inside the caller's transaction."""
    from linkinbox.store.owing import read_all_last_words

    for statement in (*_COLUMNS, *_TALLY, *_DAYS):
        conn.execute(statement)
    count_anew(conn)
    read_all_last_words(conn)
    conn.execute("PRAGMA user_version = 8")


def count_anew(conn: sqlite3.Connection) -> None:
    """Make the counters anew."""
    for emptied in ("tally", "new_by_day"):
        conn.execute(f"DELETE FROM {emptied}")
    count_from(conn, 0)


def count_from(conn: sqlite3.Connection, first: int) -> None:
    """Count the items from an id on, in two statements: a trigger costs as much as writing them."""
    conn.execute(
        f"""INSERT INTO tally SELECT {COUNTED}, count(*) FROM item WHERE id >= ? GROUP BY 1, 2, 3, 4, 5, 6
            ON CONFLICT DO UPDATE SET n = n + excluded.n""",
        (first,),
    )
    conn.execute(
        """INSERT INTO new_by_day SELECT substr(at, 1, 10), count(*) FROM item NOT INDEXED
           WHERE id >= ? AND state = 'new' AND kind = 'invitation' GROUP BY 1
           ON CONFLICT DO UPDATE SET n = n + excluded.n""",
        (first,),
    )
