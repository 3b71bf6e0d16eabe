"""The figures of selectivity: of the newest decisions, by index, whatever their number."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence

from linkinbox.model import Verb
from linkinbox.selectivity import MOST_CONNECTIONS, NEWEST, REASONS_OF, Selectivity
from linkinbox.store.sql import select_in

_NEWEST = """SELECT seq FROM handled WHERE verb = ? AND bulk = 0 ORDER BY seq DESC LIMIT ?"""
_NETWORK = f"""SELECT count(*) FROM (SELECT 1 FROM person INDEXED BY person_namesake WHERE connected = 1
    LIMIT {MOST_CONNECTIONS})"""


def read_selectivity(conn: sqlite3.Connection) -> Selectivity:
    """The figures as they are now."""
    accepted, junked = (_newest(conn, verb) for verb in (Verb.ACCEPT, Verb.JUNK))
    counted = sorted([*accepted, *junked], reverse=True)[:NEWEST]
    return Selectivity(
        decided=len(counted),
        accepted=len({*accepted} & {*counted}),
        network=conn.execute(_NETWORK).fetchone()[0] or None,
        junked_with_reasons=_count(conn, junked, lambda reasons, flags: reasons > 0 and not flags),
        accepted_with_flags=_count(conn, accepted, lambda reasons, flags: flags > 0 and not reasons),
    )


def _newest(conn: sqlite3.Connection, verb: Verb) -> list[int]:
    return [seq for (seq,) in conn.execute(_NEWEST, (verb, NEWEST))]


def _count(conn: sqlite3.Connection, seqs: Sequence[int], holds: Callable[[int, int], bool]) -> int:
    """Of the newest decisions, those that had such reasons and flags before the user's eyes when they were made."""
    from linkinbox.signals import RULES, SignalKind

    kinds = {rule.id: rule.kind for rule in RULES}
    said = select_in(conn, "SELECT payload FROM journal WHERE seq IN ({})", seqs[:REASONS_OF])
    raised = [[kinds.get(rule) for rule in json.loads(payload).get("raised", ())] for (payload,) in said]
    return sum(holds(some.count(SignalKind.REASON), some.count(SignalKind.FLAG)) for some in raised)
