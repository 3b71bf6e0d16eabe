"""Why items were accepted, and what came of each reason: read from the table of those that stand.

Costs some 5 microseconds an item that was accepted for a reason, whatever the number of items.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from linkinbox.store.sql import select_in

PERCENT_FROM = 10  # accepted: of fewer, one more or less would turn a percentage over

# People are counted, once a reason, and whatever item the call was held on; the spelling is the latest.
COUNTS = """
WITH held AS (SELECT DISTINCT i.person_id FROM call c CROSS JOIN item i ON i.id = c.item_id WHERE c.outcome = 'held'),
told AS (SELECT r.text AS reason, max(r.id) AS newest, count(DISTINCT i.person_id) AS to_accept,
    count(DISTINCT iif(p.connected = 1, p.id, NULL)) AS connected, count(DISTINCT h.person_id) AS call_held,
    count(DISTINCT g.person_id) AS gold
  FROM reason r CROSS JOIN item i ON i.id = r.item_id CROSS JOIN person p ON p.id = i.person_id
  LEFT JOIN held h ON h.person_id = i.person_id LEFT JOIN gold g ON g.person_id = i.person_id
  GROUP BY r.text COLLATE NOCASE)
SELECT reason, to_accept, connected, call_held, gold FROM told ORDER BY to_accept DESC, newest DESC
"""


class ReasonCounts(NamedTuple):
    """What came of those who were accepted for one reason, in people.

    Args:
        reason: in the user's words.
        to_accept: accepted for it, also those who are connected by now.
        connected: of those, as the newest export told.
        call_held: a call was held with them.
        gold: valuable contacts.
    """

    reason: str
    to_accept: int
    connected: int
    call_held: int
    gold: int

    def percent(self, count: int) -> int | None:
        """How many percent of those to accept ``count`` is; None where they are too few for it to mean anything."""
        return round(100 * count / self.to_accept) if self.to_accept >= PERCENT_FROM else None


def read_reasons(conn: sqlite3.Connection) -> list[ReasonCounts]:
    """Every reason with what came of it, the most given first."""
    return [ReasonCounts(*row) for row in conn.execute(COUNTS)]


def reasons_of(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    """Why items are accepted; those without a reason are left out."""
    return dict(select_in(conn, "SELECT item_id, text FROM reason WHERE item_id IN ({})", ids))


def reason_in(conn: sqlite3.Connection, batch: str) -> str:
    """The reason that an act gave; "" for one that gave none."""
    given = "SELECT json_extract(payload, '$.reason') FROM journal WHERE batch = ? ORDER BY seq LIMIT 1"
    row = conn.execute(given, (batch,)).fetchone()
    return str(row[0] or "") if row else ""
