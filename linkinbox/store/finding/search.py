"""Finding the items that a query means, the newest first, a bite at a time.

A search begins where an index gives the fewest candidates, or the newest soonest (`planning`), and
asks of them what is left to be asked (`matching`), also the newest first. No bite takes long, whatever
is asked of a million items; what is rare and has no index is found in many.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from math import inf
from operator import itemgetter
from time import perf_counter

from linkinbox.query.tree import And
from linkinbox.store.finding.conditions import Context
from linkinbox.store.finding.matching import Matching
from linkinbox.store.finding.planning import source_of
from linkinbox.store.finding.sources import BITE, Hit
from linkinbox.store.pages import Ids

SMALL = 16  # candidates that are asked about first
LARGE = 4_000  # and at most


class FoundIds(Ids):
    """What a search found: at any time the newest hits there are, in their order; `fill` looks on.

    Args:
        search: looks.
        seconds: how long to look at once; the rest is left to `fill`.
    """

    def __init__(self, search: Search, *, seconds: float = inf) -> None:
        super().__init__(search.conn, None)
        self._search = search
        self._loaded = search.found
        self._look_on(seconds)

    def fill(self, count: int = 0) -> bool:  # noqa: ARG002  # whoever looks does not know how much there is
        """Look at a bite more; False when nothing is left."""
        self._look_on(0)
        return not self._complete

    @property
    def may_be_more(self) -> bool:
        """Whether as many as are wanted were found, and nobody knows that those are all."""
        return self._complete and not self._search.is_exhausted

    def want(self, limit: int) -> None:
        """Look for so many, where fewer were wanted at first; `fill` finds them."""
        self._search.want(limit)
        self._complete = self._search.is_complete

    def index(self, value: int, start: int = 0, stop: int | None = None) -> int:
        """Where an id stands among those that were found so far: nobody waits for the others."""
        return self._loaded.index(value, start, len(self) if stop is None else stop)

    def _look_on(self, seconds: float) -> None:
        end = perf_counter() + seconds
        while not self._search.is_complete:
            self._search.ask_more()
            if perf_counter() >= end:
                break
        self._complete = self._search.is_complete


class Search:
    """A search, in bites.

    What is `found` are the newest hits, by the item's time: none is left out between them, nor before. It only grows.

    Args:
        context: what the query is understood with.
        root: what the items must be.
        limit: how many are wanted, the newest.
        looks_beyond: also looks whether there are more than those.
    """

    def __init__(self, context: Context, root: And, *, limit: int, looks_beyond: bool = False) -> None:
        self.conn = context.conn
        self._limit, self._looks_beyond = limit, looks_beyond
        self.found = array("q")
        self._source, left = source_of(root, context)
        self._matching = Matching(left, context) if left.parts else None
        self._waiting: list[Hit] = []  # candidates, the newest at the end
        self._seen: set[int] = set()
        self._spare: list[int] = []  # found in the last bite, and not wanted so far
        self._size = SMALL

    @property
    def is_complete(self) -> bool:
        """Whether as many are found as are wanted, or as there are."""
        is_enough = len(self.found) >= self._limit and (bool(self._spare) or not self._looks_beyond)
        return is_enough or self.is_exhausted

    @property
    def is_exhausted(self) -> bool:
        """Whether all there are were found: nothing is left to ask for, to ask about, or to give."""
        return not (self._source.newer_than or self._waiting or self._spare)

    def ask_more(self) -> None:
        """Ask about a bite more."""
        if not self._has_known():
            self._take_in(self._source.ask_more(self._times()))
        if self._has_known():
            self._look_at(self._known())

    def _times(self) -> float:
        """How many times as much as was asked so far will do, if as much of it are hits."""
        found = len(self.found)
        return 1.3 * self._limit / found - 1 if found else inf

    def _take_in(self, hits: Iterable[Hit]) -> None:
        if not self._source.is_distinct:
            hits = {hit for hit in hits if hit[1] not in self._seen}
            self._seen.update(id_ for _, id_ in hits)
        self._waiting += hits
        self._waiting.sort()

    def _has_known(self) -> bool:
        """Whether the newest candidate is one that nothing can come before."""
        return bool(self._waiting) and self._waiting[-1][0] > self._source.newer_than

    def _known(self) -> list[int]:
        """The next of those that nothing can come before, the newest first."""
        size = self._size if self._matching else self._limit + 1
        waiting, first = self._waiting, bisect_right(self._waiting, self._source.newer_than, key=itemgetter(0))
        first = max(first, len(waiting) - size)
        known = [id_ for _, id_ in reversed(waiting[first:])]
        del waiting[first:]
        return known

    def _look_at(self, ids: list[int]) -> None:
        if self._matching:
            begun = perf_counter()
            among = self._matching.among(ids)
            ids = [id_ for id_ in ids if id_ in among]
            took = max(1e-6, perf_counter() - begun)
            self._size = max(SMALL // 4, min(LARGE, int(self._size * min(4, BITE / took))))
        self._take(ids)

    def want(self, limit: int) -> None:
        """Look for so many."""
        self._limit = limit
        self._take(self._spare)

    def _take(self, ids: list[int]) -> None:
        room = self._limit - len(self.found)
        self._spare = ids[room:]
        self.found.extend(ids[:room])
