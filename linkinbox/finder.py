"""What is found in an inbox: the items of a view or of a query, their rows, and what speaks for and against them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, tzinfo
from math import inf
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from linkinbox import lifetime
from linkinbox.model import Counts, Row, View
from linkinbox.store import cards, pages
from linkinbox.store.connection import Store, plain_errors
from linkinbox.store.listings import Listing, listing_of
from linkinbox.store.pages import Ids

if TYPE_CHECKING:
    from linkinbox.query import Query
    from linkinbox.signals import Interests, Owner
    from linkinbox.store.evidence import Judged
    from linkinbox.store.finding.conditions import Context
    from linkinbox.store.finding.spelling import Vocabulary

FOUND = 300  # hits that a search on the screen shows at most, the newest: found within the beat of a key


class Finder:
    """Finds items in one store; `linkinbox.reader.Reader` is made of it.

    Args:
        path: the store.
        clock: tells the time, aware.
        interests: what speaks for a person, to whoever looks for it.
        believed_days: how long an invitation is believed to be there.
        zone: where days begin in a query; None: that of the machine.
    """

    def __init__(
        self,
        path: FilePath,
        *,
        clock: Callable[[], datetime],
        interests: Interests | None,
        believed_days: int,
        zone: tzinfo | None,
    ) -> None:
        self.path = path
        self._zone = zone
        self._believed_days = believed_days
        self._store = Store(path)
        self._clock = clock
        self._interests = interests
        self._owner: Owner | None = None
        self._vocabulary: Vocabulary | None = None
        self._can_judge = True
        self._knows_days = True

    def plain_errors(self) -> AbstractContextManager[None]:
        """Within it, what SQLite says of a store that is damaged or gone is a StoreError."""
        return plain_errors(self.path)

    def query(self, text: str, *, typing: bool = False) -> Query:
        """A query as it is understood here and now; while it is being typed, its unfinished end does not count yet.

        Raises:
            QueryError: it is not understood.
        """
        from linkinbox.query import parse
        from linkinbox.zones import local_zone

        return parse(text, now=self._clock(), zone=self._zone or local_zone(), typing=typing)

    def ids(
        self,
        view: View,
        words: str | Query = "",
        *,
        limit: int = FOUND,
        seconds: float = inf,
        oldest_first: bool | None = None,
    ) -> Ids:
        """The items of a view, as a snapshot that never moves; in its own order unless told.

        With a query: those that it means, at most ``limit``; after some ``seconds`` those found by then, and
        `Ids.fill` looks on.

        Raises:
            QueryError: the query is not understood.
        """
        query = self.query(words) if isinstance(words, str) and words.strip() else words
        if query and view is View.ALL and not isinstance(query, str) and query.view:
            view = View(query.view)
        elif query and not isinstance(query, str) and query.root.parts:
            return self._found(view, query, limit, seconds)
        conn = self._store.conn
        listing = self._listing(view)
        if oldest_first is not None:
            listing = listing.ordered(oldest_first=oldest_first)
        ids = Ids(conn, listing, self.counts()[view])
        if view is View.EXPIRING and oldest_first is None:
            from linkinbox.store import expiring

            ids.arrange(expiring.LOOKED_AT, self._reasons_first)
        return ids

    def _found(self, view: View, query: Query, limit: int, seconds: float) -> Ids:
        from linkinbox.query import And, Fact
        from linkinbox.store.finding.search import FoundIds, Search

        root = query.root if view is View.ALL else And((*query.root.parts, Fact("view", view.value)))
        search = Search(self.context(), root, limit=limit, looks_beyond=seconds < inf)  # where somebody reads on
        return FoundIds(search, seconds=seconds)

    def context(self) -> Context:
        """What a query is understood with, now."""
        from linkinbox.store.finding.conditions import Context
        from linkinbox.store.finding.spelling import Vocabulary

        if self._vocabulary is None or self._vocabulary.conn is not self._store.conn:
            self._vocabulary = Vocabulary(self._store.conn)
        return Context(self._vocabulary, self._listing, self._first_day(), self.judged)

    def among(self, ids: Sequence[int], query: Query) -> Ids:
        """Those of a few items that a query means, in their order."""
        from linkinbox.store.finding.matching import Matching

        meant = Matching(query.root, self.context()).among(ids)
        return self.fixed([id_ for id_ in ids if id_ in meant])

    def known_values(self, operator: str, beginning: str, limit: int = 20) -> list[str]:
        """What the store knows that an operator may be followed by: names, companies, roles, tags and reasons."""
        from linkinbox.store.finding.known import known_values

        return known_values(self._store.conn, operator, beginning, limit)

    def _listing(self, view: View) -> Listing:
        if view is View.SWEEP and not self._knows_days:
            view = View.NEW
        return listing_of(self._store.conn, view, self._first_day())

    def _reasons_first(self, ids: Sequence[int]) -> list[int]:
        from linkinbox.store.expiring import reasons_first

        return reasons_first(self.rows(ids), self.judged(ids), self._clock())

    def _first_day(self) -> date:
        return lifetime.first_day(self._clock(), self._believed_days)

    def _dated(self, row: Row) -> Row:
        end = lifetime.believed_end(row, self._believed_days)
        return row._replace(believed_until=end) if end else row

    def fixed(self, ids: Sequence[int]) -> Ids:
        """Some items and no others, as a snapshot."""
        return Ids(self._store.conn, None, ids=ids)

    def within(self, view: View, ids: Sequence[int]) -> set[int]:
        """Those of the ids that a view holds now."""
        return pages.read_within(self._store.conn, self._listing(view), ids)

    def rows(self, ids: Sequence[int], *, whole_text: bool = False) -> list[Row]:
        """One page of rows, in the order of ``ids``; their texts cut to an excerpt unless asked whole."""
        rows = pages.read_rows(self._store.conn, ids, text=1_000_000 if whole_text else pages.EXCERPT)
        return [self._dated(row) for row in rows]

    def texts_of(self, id_: int) -> Iterator[tuple[str, str]]:
        """The texts of an item one by one, the newest first: what each is, "" for messages, and its words."""
        return cards.texts_of(self._store.conn, id_)

    def judged(self, ids: Sequence[int]) -> dict[int, Judged]:
        """What speaks for and against each of a page of items; ids that are gone are left out.

        Judging takes some 0.3 ms an item, and the first time a tenth of a second.
        """
        if not self._can_judge:
            return {}
        from linkinbox.signals import Interests
        from linkinbox.store import evidence

        conn = self._store.conn
        if self._owner is None:
            self._owner = evidence.read_owner(conn)
        return evidence.judged(conn, ids, self._interests or Interests(), self._owner)

    def counts(self) -> Counts:
        """How many items each view holds, and how old the data is."""
        return pages.read_counts(self._store.conn, self._clock(), self._first_day())
