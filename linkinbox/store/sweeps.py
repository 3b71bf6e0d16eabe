"""What a sweep came to: counted from the journal's entries of its acts, those that were taken back left out."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from linkinbox.model import CallOutcome, Kind, Verb
from linkinbox.store.sql import select_in
from linkinbox.store.times import from_text

_ENTRIES = """SELECT j.seq, j.item_uid, j.at, j.action, j.payload, i.kind
    FROM journal j JOIN batch b ON b.id = j.batch JOIN item i ON i.uid = j.item_uid
    WHERE j.batch IN ({}) AND b.undone = 0 AND j.action IN ('accept', 'junk', 'done', 'hold', 'call', 'outcome')"""


class Swept(NamedTuple):
    """What was decided, each item counted once by the last word on it, and when.

    Args:
        counts: how many items by what became of them, in the order in which it is told.
        moments: when it was decided, ascending.
    """

    counts: tuple[tuple[str, int], ...]
    moments: tuple[datetime, ...]

    @property
    def items(self) -> int:
        """How many items were decided."""
        return sum(count for _, count in self.counts)


ORDER = ("to accept", "to reply", "junk", "done", "held", "call", "intro", "call recorded")
_WORDS = {Verb.JUNK: "junk", Verb.DONE: "done", Verb.HOLD: "held", Verb.CALL: "call"}


def swept(conn: sqlite3.Connection, batches: Sequence[str]) -> Swept:
    """What some acts came to.

    Args:
        conn: the store.
        batches: the acts; those that are undone by now do not count.
    """
    last: dict[str, str] = {}
    moments = set[str]()
    for _, uid, at, action, payload, kind in sorted(select_in(conn, _ENTRIES, list(dict.fromkeys(batches)))):
        said: dict[str, Any] = json.loads(payload)
        if not said.get("nudge"):
            last[uid] = _what(Verb(action), said, Kind(kind))
            moments.add(at)
    counts = Counter(last.values())
    return Swept(
        tuple((what, counts[what]) for what in ORDER if counts[what]), tuple(from_text(at) for at in sorted(moments))
    )


def _what(verb: Verb, said: dict[str, Any], kind: Kind) -> str:
    if verb is Verb.ACCEPT:
        return "to reply" if kind is Kind.CONVERSATION else "to accept"
    if verb is Verb.OUTCOME and said.get("outcome") != CallOutcome.MOVED:
        return "intro" if said.get("intro_owed") else "call recorded"
    return _WORDS.get(verb, "call")
