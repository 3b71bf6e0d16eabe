"""Connections that came of a reason and fell silent: a few of them, each with its evidence."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from linkinbox.model import Row
from linkinbox.store.pages import read_rows
from linkinbox.store.times import from_text, maybe_from_text, to_text

LOOKED_AT = 400  # accepts, the newest of those that are old enough; and as many valuable contacts
_THREADS = 50  # items of a person that are looked at

_GOLD = """SELECT g.item_id, g.person_id, g.outcome_at, NULL FROM gold g WHERE g.outcome_at <= ?1
    ORDER BY g.decided_seq DESC LIMIT ?2"""
_ACCEPTED = """SELECT h.item_id, i.person_id, h.at, j.payload FROM handled h INDEXED BY handled_accept
    JOIN item i ON i.id = h.item_id LEFT JOIN journal j ON j.seq = h.seq
    WHERE h.verb = 'accept' AND h.bulk = 0 AND h.at <= ?1 ORDER BY h.at DESC LIMIT ?2"""
# Both wrote, or both were in a call: what only one of them did is no contact.
_CONTACT = f"""SELECT max(max(at, replied_at)) FILTER (WHERE replied_at IS NOT NULL), max(call_at), max(held)
    FROM (SELECT i.at, i.replied_at, i.call_at,
      (SELECT max(c.at) FROM call c WHERE c.item_id = i.id AND c.outcome = 'held') AS held
      FROM item i WHERE i.person_id = ? AND i.at IS NOT NULL LIMIT {_THREADS})"""
_AS_OF = "SELECT max(as_of) FROM import_run WHERE finished_at IS NOT NULL"
_HELD_OFF = """SELECT max(json_extract(j.payload, '$.until')) FROM journal j JOIN batch b ON b.id = j.batch
    JOIN item i ON i.uid = j.item_uid WHERE i.id = ? AND j.action = 'hold' AND b.undone = 0
    AND json_extract(j.payload, '$.nudge')"""


_OWN = """SELECT text FROM reason WHERE item_id = ?1 UNION ALL
    SELECT text FROM (SELECT text FROM note WHERE item_id = ?1 ORDER BY id DESC LIMIT 1)"""


class Nudge(NamedTuple):
    """Somebody worth a word.

    Args:
        row: the item by which they came in.
        decided_at: when they were accepted, or became a valuable contact.
        silent_since: the last call or exchange, or when they were connected, if there was none.
        known_until: until when the data tell that they are silent.
        spoke: there was one.
        own: the user's own words: the reason for which they were accepted, and the newest note.
        rules: the signals that stood when they were accepted.
    """

    row: Row
    decided_at: datetime
    silent_since: datetime
    known_until: datetime
    spoke: bool
    own: tuple[str, ...]
    rules: tuple[str, ...]


class _Candidate(NamedTuple):
    item_id: int
    person_id: int
    at: str
    payload: str | None


def read_nudges(
    conn: sqlite3.Connection, now: datetime, *, days: int, reasons: frozenset[str], most: int = 3
) -> list[Nudge]:
    """At most ``most`` people who fell silent, valuable contacts first, then the newest accepts.

    Args:
        conn: the store.
        now: the time.
        days: for how long before the newest export there was no call and no message from both; 0: nobody is named.
        reasons: the rules that are reasons to accept.
        most: how many are wanted.
    """
    found: dict[int, Nudge] = {}
    as_of = maybe_from_text(conn.execute(_AS_OF).fetchone()[0])
    until = min(now, as_of or now)  # what was said since then nobody knows
    before = until - timedelta(days=days)
    for candidate in _candidates(conn, before) if days else ():
        if len(found) == most:
            break
        if candidate.person_id in found or _is_held_off(conn, candidate.item_id, now):
            continue
        if nudge := _nudge(conn, candidate, before, until, reasons):
            found[candidate.person_id] = nudge
    return list(found.values())


def _candidates(conn: sqlite3.Connection, before: datetime) -> Iterator[_Candidate]:
    for sql in (_GOLD, _ACCEPTED):
        yield from map(_Candidate._make, conn.execute(sql, (to_text(before), LOOKED_AT)).fetchall())


def _nudge(
    conn: sqlite3.Connection, candidate: _Candidate, before: datetime, until: datetime, reasons: frozenset[str]
) -> Nudge | None:
    own = tuple(text for (text,) in conn.execute(_OWN, (candidate.item_id,)))
    raised = json.loads(candidate.payload).get("raised", ()) if candidate.payload else ()
    rules = tuple(rule for rule in raised if rule in reasons)
    if candidate.payload is not None and not (own or rules):
        return None  # accepted without a reason
    row = next(iter(read_rows(conn, [candidate.item_id])), None)
    if row is None or not row.person.connected:
        return None
    exchanged, booked, held = conn.execute(_CONTACT, (candidate.person_id,)).fetchone()
    spoke_at = max(filter(None, (exchanged, held)), default=None)
    since = maybe_from_text(spoke_at) or _connected(row) or from_text(candidate.at)
    if booked or since > before:
        return None
    return Nudge(row, from_text(candidate.at), since, until, spoke_at is not None, own, rules)


def _is_held_off(conn: sqlite3.Connection, item_id: int, now: datetime) -> bool:
    """The user wants to hear of them later."""
    until = maybe_from_text(conn.execute(_HELD_OFF, (item_id,)).fetchone()[0])
    return until is not None and until > now


def _connected(row: Row) -> datetime | None:
    """The beginning of the day of connecting, in UTC: no hour is told."""
    since = row.person.connected_on
    return datetime.fromisoformat(f"{since}T00:00+00:00") if since else None
