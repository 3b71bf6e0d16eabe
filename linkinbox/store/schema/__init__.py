"""The tables, as numbered migrations. Names are for people who open the store in datasette.

Two kinds of tables. *Kept*: what imports brought and the journal of what the user decided; nothing in
them is ever deleted. *Derived*: where each item stands, counters and indexes; all of it can be made
anew from the kept ones, and each is written in the transaction that changes its source.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x6C6E6B78  # "lnkx": `file` and a wary opener can tell the store from another database
VERSION = 12  # of the schema; one more for each migration below
TRIGGERS = {
    "journal_no_update", "journal_no_delete", "item_counted", "item_recounted", "item_rezoned", "item_new_no_more",
}  # fmt: skip
VIEWS = {"inbox", "junk_per_contact", "decisions", "contacts", "reasons"}  # of an exported file, which is a store too


def migrate(path: Path) -> None:
    """Bring the store at ``path`` to ``VERSION``; each step is one transaction.

    Costs 75 ms for the import of sqlite-utils alone: called only when ``PRAGMA user_version`` is behind.
    """
    from sqlite_utils import Database, Migrations

    migrations = Migrations("linkinbox")
    for name, step in _steps().items():
        migrations(name=name)(_on_connection(step))

    db = Database(path, execute_plugins=False)
    db.conn.text_factory = lambda raw: raw.decode("utf-8", "replace")  # one bad byte must not stop an upgrade
    try:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")  # before any table: one without it is not ours
        migrations.apply(db)
    finally:
        db.close()


def _steps() -> dict[str, Callable[[sqlite3.Connection], None]]:
    """The migrations in their order, by the names that stores remember them by."""
    from linkinbox.store.schema import (
        begun,
        day,
        first,
        looking_again,
        owing,
        query,
        reasons,
        second,
        tags,
        third,
        unparted,
        vouching,
    )

    return {
        "m001_the_first_store": first.make,
        "m002_a_chained_journal": second.upgrade,
        "m003_signals": third.upgrade,
        "m004_notes_begun": begun.upgrade,
        "m005_reasons": reasons.upgrade,
        "m006_the_day": day.upgrade,
        "m007_a_second_look": looking_again.upgrade,
        "m008_answers_owed": owing.upgrade,
        "m009_tags": tags.upgrade,
        "m010_queries": query.upgrade,
        "m011_vouching": vouching.upgrade,
        "m012_twins_without_blanks": unparted.upgrade,
    }


def _on_connection(step: Callable[[sqlite3.Connection], None]) -> Callable[[Database], None]:
    return lambda db: step(db.conn)
