"""Who vouched for the owner: writing the rows of endorsements and recommendations received."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linkinbox.importers.records import VouchRow
    from linkinbox.store.report import FileReport

_MOST = 50  # of a person: more skills are no more evidence
_WHAT = f"""(SELECT json_group_array(iif(kind = 'endorsement', skill, kind)) FROM
    (SELECT kind, skill FROM vouched v WHERE {{}} ORDER BY kind DESC, skill LIMIT {_MOST}))"""
BY_KEY = _WHAT.format("v.person_key = p.key")
# Only a connection can vouch: a namesake who is none did not.
BY_NAME = _WHAT.format("v.person_key = '' AND v.name = p.name COLLATE NOCASE AND p.connected IS NOT 0")


def write_vouched(conn: sqlite3.Connection, rows: Sequence[VouchRow], report: FileReport) -> None:
    """Write a batch; what was told before is the same."""
    for row in rows:
        told = (row.key, row.name, row.kind, row.skill)
        new = conn.execute("INSERT OR IGNORE INTO vouched VALUES (?, ?, ?, ?)", told).rowcount
        report.new += new
        report.same += 1 - new


def forget_vouched(conn: sqlite3.Connection, key: str, name: str) -> None:
    """Remove what a person said for the owner, also by name only."""
    conn.execute(
        """DELETE FROM vouched WHERE person_key = ?1 OR (person_key = ?2 AND name = ?3)
           OR (person_key = '' AND name = ?3 COLLATE NOCASE)""",
        (key, key.partition("~")[0], name),
    )
