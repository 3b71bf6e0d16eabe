"""Twins in scripts without blanks: texts imported before those were told by their letters join their groups."""

from __future__ import annotations

import sqlite3

from linkinbox.alike import has_unparted
from linkinbox.store.twins import FIRST_TEXT, Groups, leave_groups


def upgrade(conn: sqlite3.Connection) -> None:
    """Bring a store from version 11 to 12, inside the caller's transaction; one look at each first message."""
    conn.create_function("has_unparted", 1, has_unparted, deterministic=True)
    told = f"""SELECT i.id FROM item i JOIN message m ON m.id = {FIRST_TEXT}
        WHERE i.at IS NOT NULL AND m.text != '' AND has_unparted(m.text) ORDER BY i.id"""
    ids = [id_ for (id_,) in conn.execute(told)]
    leave_groups(conn, ids)
    Groups(conn).add(ids)
    conn.execute("PRAGMA user_version = 12")
