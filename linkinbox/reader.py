"""What can be read of an inbox: views, rows, cards, what speaks for and against. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import TYPE_CHECKING

from linkinbox.errors import StoreError
from linkinbox.finder import Finder
from linkinbox.model import Entry, Item, Path, Stretch, Verb, View
from linkinbox.store import begun, cards, paths

if TYPE_CHECKING:
    from linkinbox.selectivity import Selectivity
    from linkinbox.signals import Chips, Rule
    from linkinbox.store.backlog import Backlog
    from linkinbox.store.nudges import Nudge
    from linkinbox.store.overrules import Said
    from linkinbox.store.reasons import ReasonCounts
    from linkinbox.store.report import Problem
    from linkinbox.store.second_look import SecondLook
    from linkinbox.store.sweeps import Swept
    from linkinbox.store.tags import TagCount
    from linkinbox.store.today import Today
    from linkinbox.twins import TwinGroup


class Reader(Finder):
    """Reads one store; `linkinbox.inbox.Inbox` is made of it."""

    def _require_readable(self) -> None:
        """Ask of a store that is not of our version what a screen asks.

        Raises:
            StoreError: it cannot be told.
        """
        try:
            with self.plain_errors():
                self.counts(), self.figures(), self.log(1)
                for id_ in self.ids(View.ALL)[:1]:
                    self.rows([id_]), self.item(id_)
        except StoreError:
            self._store.close()
            self._store.refuse()
        try:
            with self.plain_errors():
                self.judged(self.ids(View.ALL)[:1])
        except StoreError:  # of a version that knew no rules
            self._can_judge = False
        try:
            with self.plain_errors():
                self.ids(View.SWEEP), self.today()
        except StoreError:  # of a version that knew no sweep
            self._knows_days = False

    def is_empty(self) -> bool:
        """Nothing was ever imported."""
        return self._store.conn.execute("SELECT 1 FROM import_run WHERE finished_at IS NOT NULL").fetchone() is None

    def notes_of(self, ids: Sequence[int]) -> dict[int, list[str]]:
        """The user's notes on a page of items, oldest first; items without any are left out."""
        return cards.notes_of(self._store.conn, ids)

    def reasons_of(self, ids: Sequence[int]) -> dict[int, str]:
        """Why items of a page are accepted; those without a reason are left out."""
        from linkinbox.store.reasons import reasons_of

        return reasons_of(self._store.conn, ids)

    def item(self, id_: int, *, messages: int = 50) -> Item:
        """Everything known of one item, with the newest messages of its thread."""
        item = cards.read_item(self._store.conn, id_, messages=messages)
        return item._replace(row=self._dated(item.row))

    def rules(self) -> list[tuple[Rule, Said]]:
        """Every rule, with what was said of it."""
        from linkinbox.signals import RULES
        from linkinbox.store.overrules import Said, said_of_rules

        said = said_of_rules(self._store.conn)
        return [(rule, said.get(rule.id, Said())) for rule in RULES]

    def note_begun(self, id_: int) -> str:
        """The note that was begun on an item and left; "" if there is none."""
        return "" if self._store.read_only else begun.read_begun(self._store.conn, id_)

    def chips(self, ids: Sequence[int]) -> Chips:
        """Reasons to choose from in accepting items: those that stand on the only one, and the configured ones."""
        from linkinbox.signals import Interests, chips

        judged = self.judged(ids) if len(ids) == 1 else {}
        standing = [signal for one in judged.values() for signal in one.standing]
        return chips(standing, self._interests or Interests())

    def reasons(self) -> list[ReasonCounts]:
        """Every reason for which somebody is accepted, with what came of it, the most given first."""
        from linkinbox.store.reasons import read_reasons

        return read_reasons(self._store.conn)

    def tags(self) -> list[TagCount]:
        """Every tag with how many items have it, the most used first."""
        from linkinbox.store.tags import read_tags

        return read_tags(self._store.conn)

    def twin_groups(self, limit: int, *, least_new: int = 0) -> list[TwinGroup]:
        """Near-identical texts from several people, the group of most people first.

        Args:
            limit: how many groups at most.
            least_new: only those of which at least so many are new.
        """
        return list(islice(self.each_twin_group(least_new=least_new), limit))

    def each_twin_group(self, *, least_new: int = 0) -> Iterator[TwinGroup]:
        """All of them one by one: there may be tens of thousands."""
        from linkinbox.store.twin_groups import read_groups

        return read_groups(self._store.conn, least_new)

    def twins_of(self, id_: int) -> TwinGroup | None:
        """The item with those whose text is nearly the same, compared with its own; None where there are none."""
        from linkinbox.store.twin_groups import read_group_of

        return read_group_of(self._store.conn, id_)

    def selectivity(self) -> Selectivity:
        """How much was accepted of what was decided one by one."""
        from linkinbox.store.selectivity import read_selectivity

        return read_selectivity(self._store.conn)

    def second_look(self) -> SecondLook:
        """What is to be looked at again this week, and what such looks came to so far."""
        from linkinbox.store.second_look import read_second_look

        return read_second_look(self._store.conn, self._clock())

    def backlog(self) -> Backlog:
        """What has piled up, by the steps in which it is swept."""
        from linkinbox.store.backlog import read_backlog

        return read_backlog(self._store.conn, self._first_day())

    def batch(self, but: AbstractSet[int] = frozenset()) -> list[int]:
        """The next few new items, but for some: with a note first, then the oldest, those believed gone at the end."""
        from linkinbox.store.backlog import read_batch

        return read_batch(self._store.conn, self._first_day(), but)

    def find(self, ref: str) -> int:
        """The id of the item that a person named by its id or uid."""
        return cards.find_item(self._store.conn, ref)

    def today(self) -> Today:
        """What waits today: figures, the next call, and calls whose outcome nobody told."""
        from linkinbox.store import today

        counts = self.counts()
        if not self._knows_days:
            return today.Today(counts, None, ())
        return today.read_today(self._store.conn, self._clock(), counts)

    def swept(self, batches: Sequence[str]) -> Swept:
        """What some acts came to, by their batches; those taken back do not count."""
        from linkinbox.store.sweeps import swept

        return swept(self._store.conn, batches)

    def nudges(self, days: int) -> list[Nudge]:
        """At most three people who were accepted for a reason and have been silent for so many days; 0: nobody."""
        from linkinbox.signals import RULES, SignalKind
        from linkinbox.store.nudges import read_nudges

        reasons = frozenset(rule.id for rule in RULES if rule.kind is SignalKind.REASON)
        return read_nudges(self._store.conn, self._clock(), days=days, reasons=reasons)

    def figures(self, newest: int = -1) -> Path:
        """The path to each valuable contact, and the open one; of all but the ``newest`` only their junk."""
        return paths.read_path(self._store.conn, newest)

    def stretch(self, stretch: Stretch, *, limit: int = 2_000) -> list[Entry]:
        """The journal of one path, oldest first."""
        return paths.read_stretch(self._store.conn, stretch, limit)

    def log(self, limit: int = 50) -> list[Entry]:
        """What was done, newest first, undone entries too."""
        return cards.read_log(self._store.conn, limit)

    def reach(self, verb: Verb, steps: int = 1) -> int:
        """How many items the next steps of undo, or of redo, are about."""
        from linkinbox.store import journal

        return journal.reach(self._store.conn, verb, steps)

    def newest_entry(self) -> int:
        """The number of the newest entry of the journal."""
        row = None if self._store.read_only else self._store.conn.execute("SELECT max(seq) FROM journal").fetchone()
        return (row and row[0]) or 0

    def decided_since(self, entry: int) -> tuple[int, list[int]]:
        """The newest entry, and items that entries behind ``entry`` are about: a thousand at most."""
        from linkinbox.store.journal import items_after

        return self.newest_entry(), items_after(self._store.conn, entry, 1_000)

    def problems(self, limit: int = 1000) -> list[Problem]:
        """Rows that could not be understood: kept, never dropped."""
        from linkinbox.store.report import read_problems

        return read_problems(self._store.conn, limit)
