"""What is shown of the inbox: a view, a search, or a search in another; and the way back out. No widgets in here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from linkinbox.backlog import BacklogSweep
from linkinbox.finder import FOUND
from linkinbox.hits import Hits
from linkinbox.model import Row, State, View

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox
    from linkinbox.model import Counts
    from linkinbox.query import Query
    from linkinbox.splits import Split
    from linkinbox.store.pages import Ids

_VIEW_OF = {
    State.NEW: View.NEW,
    State.TO_ACCEPT: View.TO_ACCEPT,
    State.TO_REPLY: View.TO_REPLY,
    State.JUNK: View.JUNK,
    State.HELD: View.HELD,
}

_LOOK = 0.01  # seconds that a key waits for what a search finds; what is rarer comes in behind it
KEPT = 100_000  # hits of a search that is kept, at most: a screenful at once, the others behind it
FEW = 50  # hits that are put in order, if they are all there at once
_NUMBERED = 5_000  # items of a view whose order is kept in what is found among them


class Shown(NamedTuple):
    """A snapshot of a view, to come back to.

    Args:
        held: how many items the view held when it was opened.
        gone: those of them that left it since, by what was decided here.
        words: what is searched for, as it was typed; "": nothing.
        query: what that means, with all that the search was narrowed by.
        order: of what was found, in words.
        outer: where the search was begun.
        is_batch: it is the batch of a backlog, or a search in one.
    """

    view: View
    ids: Ids
    held: int
    gone: set[int]
    split: Split | None = None
    words: str = ""
    query: Query | None = None
    order: str = ""
    outer: Outer | None = None
    is_batch: bool = False


class Outer(NamedTuple):
    """Where a search was begun, to come back to exactly that.

    Args:
        shown: the snapshot.
        cursor: the index of the item under the cursor.
        top: the index of the one on the topmost line.
        narrowed: the search looks among the items of the snapshot only.
    """

    shown: Shown
    cursor: int = 0
    top: int = 0
    narrowed: bool = False


class Looking:
    """Opens views, and searches in them.

    Args:
        inbox: the service.
        view: what is shown first.
    """

    counts: Counts
    shown: Shown

    def __init__(self, inbox: Inbox, view: View) -> None:
        self.inbox = inbox
        self.backlog = BacklogSweep(inbox)
        self.open(view)

    def _recount(self) -> None:
        raise NotImplementedError

    # ── what is shown ──

    @property
    def view(self) -> View:
        """The view."""
        return self.shown.view

    @property
    def split(self) -> Split | None:
        """The saved search that is shown, if it is one."""
        return self.shown.split

    @property
    def words(self) -> str:
        """What is searched for in the view; "": nothing."""
        return self.shown.words

    @property
    def ids(self) -> Ids:
        """The items, in their order."""
        return self.shown.ids

    @property
    def all_words(self) -> str:
        """What is searched for with all that it is narrowed by, as one query; what a split is made of is not."""
        words: list[str] = []
        for shown in self.each_shown:
            is_typed = shown.words and not (shown.split and shown.words == shown.split.words)
            words += [shown.words] if is_typed else []
            if shown.outer and not shown.outer.narrowed:
                break
        return words[0] if len(words) == 1 else " ".join(f"({each})" for each in reversed(words))

    @property
    def each_shown(self) -> Iterator[Shown]:
        """What is shown, then what a search was begun from, the outermost last."""
        shown: Shown | None = self.shown
        while shown:
            yield shown
            shown = shown.outer.shown if shown.outer else None

    @property
    def waiting(self) -> int:
        """Items of the view that came after it was opened; of a search or a split nobody counts them."""
        shown = self.shown
        if shown.words or shown.split:
            return 0
        return max(0, self.counts[shown.view] - shown.held + len(shown.gone))

    # ── views ──

    def open(self, view: View, words: str = "", *, split: Split | None = None) -> None:
        """Take a fresh snapshot of a view, and search in it; what had been waiting is in it.

        Raises:
            QueryError: the words are not understood.
        """
        ids = self.inbox.ids(view, oldest_first=split.oldest_first if split else None)
        self._recount()
        self.shown = Shown(view, ids, self.counts[view], set(), split)
        if words:
            self.search(words, Outer(self.shown._replace(split=None), narrowed=True))
            self.shown = self.shown._replace(split=split)

    def open_place(self, place: View | Split) -> None:
        """Take a fresh snapshot of a view, or of a saved search."""
        if isinstance(place, View):
            self.open(place)
        else:
            self.open(place.view, place.words, split=place)

    def open_batch(self, ids: Sequence[int]) -> None:
        """Show a few items and no others: the next of a backlog."""
        self.open(View.NEW)
        self.backlog.batch = self.inbox.fixed(ids)
        self.shown = self.shown._replace(ids=self.backlog.batch, is_batch=True)

    @property
    def is_in_batch(self) -> bool:
        """Whether what is shown is the batch of a backlog."""
        return self.ids is self.backlog.batch

    # ── searches ──

    def search(self, words: str, outer: Outer, *, typing: bool = False) -> bool:
        """Search everything, or among what was shown where the search was begun; stays as it was if nothing is asked.

        A few that are found at once stand in a better order than the newest first. What comes in later is never put
        in order: no row moves that was seen.

        Raises:
            QueryError: the words are not understood; while ``typing`` their unfinished end does not count.
        """
        query = self.inbox.query(words, typing=typing)
        if not query.root.parts:
            return False
        base = outer.shown
        view, split, is_batch = (base.view, base.split, base.is_batch) if outer.narrowed else (View.ALL, None, False)
        if outer.narrowed and base.query:
            query = query.within(base.query)
        if self._is_shown(query, outer):
            self.ids.want(FOUND if typing else KEPT)
            return True
        if is_batch:
            ids = self.inbox.among(base.ids[:], query)
        else:
            ids = self.inbox.ids(view, query, seconds=_LOOK, limit=FOUND if typing else KEPT)
        order = self._arranged(ids, query, outer)
        self.shown = Shown(view, ids, self.counts[view], set(), split, words, query, order, outer, is_batch)
        return True

    def _is_shown(self, query: Query, outer: Outer) -> bool:
        """Whether what it means is shown already, however it is written; an age is told from now, and so another."""
        shown = self.shown
        return outer is shown.outer and shown.query is not None and query.means(shown.query)

    def _arranged(self, ids: Ids, query: Query, outer: Outer) -> str:
        """Put a few in order: in that of the view that was narrowed, else the best first; say how they stand."""
        if ids.is_complete and len(ids) <= FEW:
            if outer.narrowed and len(outer.shown.ids) <= _NUMBERED:
                places = {id_: place for place, id_ in enumerate(outer.shown.ids[:])}
                ids.arrange(len(ids), lambda found: sorted(found, key=lambda id_: places.get(id_, _NUMBERED)))
                return ""
            if not outer.narrowed and query.words:
                ids.arrange(len(ids), lambda found: best_first(self.inbox.rows(found), Hits(query.words)))
                return "best first"
        return "newest first"

    def show_again(self, shown: Shown) -> None:
        """Show exactly what was shown before."""
        self.shown = shown

    # ── where an item stands ──

    def place_of(self, row: Row) -> int:
        """Where an item stands in what is shown; if nowhere, that is left for what lies behind it, then for a view."""
        if (index := self._index_in_any(row.id)) is not None:
            return index
        if self.is_in_batch:
            self.open_batch([*self.ids[:], row.id])
            return len(self.ids) - 1
        for view in (self.view, _VIEW_OF.get(row.state, View.ALL), View.ALL):
            self.open(view)
            if (index := self._index_in_any(row.id)) is not None:
                return index
        return 0

    def _index_in_any(self, id: int) -> int | None:  # noqa: A002  # the model's own word
        for shown in self.each_shown:
            self.shown = shown
            with suppress(ValueError):
                return shown.ids.index(id)
        return None


def is_enough(words: str) -> bool:
    """Whether so little is worth a search: two letters are, and one of a script whose letters are words."""
    return len(words) > 1 or not words.isascii()


def best_first(rows: Iterable[Row], hits: Hits) -> list[int]:
    """Ids of rows, as they are ranked: words in the name come before those in the company, then all others.

    What is equal keeps its order, the newest first.
    """

    def rank(row: Row) -> int:
        person = row.person
        if hits.are_in(person.name):
            return 0
        return 1 if hits.are_in(f"{person.company or ''}, {person.position or ''}") else 2

    return [row.id for row in sorted(rows, key=rank)]
