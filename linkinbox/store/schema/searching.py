"""What a search needs of the store: an index of beginnings, its vocabulary, and where the newest items lie."""

from __future__ import annotations

import sqlite3

ZONE = 9  # bits of a message's id: those that share the rest are a zone, and came together
READY = 3  # letters of a beginning up to which the index has the list of messages ready
TOKENIZER = "unicode61 remove_diacritics 2"

# Without the lists, "co" is merged anew at each ask (some 100 ms at a million items, on a busy machine). Without
# positions (`detail=none`) the index is smaller with the lists than it was without; it cannot answer phrases.
INDEX = f"""CREATE VIRTUAL TABLE message_fts USING fts5(
  sender, subject, text, content="message", content_rowid="id", tokenize='{TOKENIZER}', prefix='1 2 3', detail=none
)"""
_HASHSIZE = "INSERT INTO message_fts (message_fts, rank) VALUES ('hashsize', 67108864)"
_TABLES = (
    "CREATE VIRTUAL TABLE message_word USING fts5vocab(message_fts, instance)",
    """CREATE TABLE message_zone (
         zone INTEGER PRIMARY KEY,
         newest TEXT NOT NULL
       ) STRICT""",
    "CREATE INDEX message_zone_newest ON message_zone(newest)",
)
_RAISE = "ON CONFLICT (zone) DO UPDATE SET newest = excluded.newest WHERE excluded.newest > newest"
_FILL = f"""INSERT INTO message_zone SELECT m.id >> {ZONE}, max(i.at) FROM message m JOIN item i ON i.id = m.item_id
    WHERE m.id >= ? AND i.at IS NOT NULL GROUP BY 1 {_RAISE}"""
_ZONED = (
    f"""CREATE TRIGGER item_rezoned AFTER UPDATE OF at ON item WHEN NEW.at > ifnull(OLD.at, '') BEGIN
        INSERT INTO message_zone SELECT DISTINCT id >> {ZONE}, NEW.at FROM message WHERE item_id = NEW.id
        {_RAISE}; END""",
)


def make_searchable(conn: sqlite3.Connection) -> None:
    """Replace the index of version 1; some 50 s of CPU a million items."""
    for statement in ("DROP TABLE message_fts", INDEX, _HASHSIZE, *_TABLES, *_ZONED):
        conn.execute(statement)
    conn.execute("INSERT INTO message_fts (message_fts) VALUES ('rebuild')")
    fill_zones(conn)


def fill_zones(conn: sqlite3.Connection) -> None:
    """Note for each zone how new its newest item is; a zone may say newer than it is, never older."""
    conn.execute("DELETE FROM message_zone")
    zone_messages(conn, 0)


def zone_messages(conn: sqlite3.Connection, first: int) -> None:
    """Note how new the messages from an id on are, in one statement: a trigger costs as much as writing them."""
    conn.execute(_FILL, (first,))
