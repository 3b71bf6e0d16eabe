"""Path to gold, as arithmetic: which decisions were handled on the way to each valuable contact. Pure.

The store keeps the same figures as counters; this is what they must equal (a property test holds them to it).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from linkinbox.model import Verb

PAUSE = timedelta(minutes=5)  # a longer gap between two decisions is time spent elsewhere


class Handled(NamedTuple):
    """An effective decision that handles an item; ``seq`` orders them, ``bulk`` had others in its act."""

    seq: int
    verb: Verb
    bulk: bool


class Figures(NamedTuple):
    """What was handled on one stretch; junk in bulk is counted apart."""

    junk: int = 0
    junk_bulk: int = 0
    accepted: int = 0
    done: int = 0


def column(verb: str, *, bulk: bool) -> str:
    """Which figure a handled item counts in."""
    if verb == Verb.JUNK:
        return "junk_bulk" if bulk else "junk"
    return "accepted" if verb == Verb.ACCEPT else "done"


def stretches(handled: Iterable[Handled], golds: Sequence[int]) -> list[Figures]:
    """Figures of the path to each gold, oldest first, then of the open path.

    Args:
        handled: effective decisions, in any order.
        golds: the ``seq`` of the decision that let each gold in, ascending.

    Each path runs from just after the previous gold's decision up to and including its own: every handled
    item is on exactly one.
    """
    counts = [dict.fromkeys(Figures._fields, 0) for _ in range(len(golds) + 1)]
    ends = list(golds)
    for one in sorted(handled):
        index = next((i for i, end in enumerate(ends) if one.seq <= end), len(ends))
        counts[index][column(one.verb, bulk=one.bulk)] += 1
    return [Figures(**count) for count in counts]


def time_spent(moments: Iterable[datetime]) -> timedelta:
    """The time that decisions took: the gaps between them, but for the pauses.

    Args:
        moments: when each was made, ascending.
    """
    return sum((gap for one, next_ in pairwise(moments) if (gap := next_ - one) <= PAUSE), timedelta())
