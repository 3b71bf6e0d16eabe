"""Marked items: bound to their ids, they outlive moves, searches and views of one run. Pure: no screen in here."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from linkinbox.store.pages import Ids

_LARGEST = 1 << 27  # ids up to here have a byte each; ours count up from 1


class Targets(NamedTuple):
    """The items that a decision is for.

    Args:
        ids: the items.
        marked: they are those that are marked, which they are no longer afterwards.
        unseen: all of a view, by one key.
    """

    ids: Sequence[int]
    marked: bool = False
    unseen: bool = False


class Marked:
    """The marked items: nine bytes an item, so that all of a view can be.

    Attributes:
        through_all: they were marked with all of a view by one key; nobody looked at each.
        decided: those that another program decided on since.
    """

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Mark none."""
        self._order = array("q")
        self._flags = bytearray()
        self._far: set[int] = set()
        self._ids: Ids | None = None  # what is shown: how many of it are marked is counted as it comes in
        self._counted = self._here = 0
        self.through_all = False
        self.decided: set[int] = set()

    def __contains__(self, id_: object) -> bool:
        if not isinstance(id_, int):
            return False
        return bool(self._flags[id_]) if 0 <= id_ < len(self._flags) else id_ in self._far

    def __len__(self) -> int:
        return len(self._order)

    @property
    def ids(self) -> Sequence[int]:
        """The items in the order in which they were marked."""
        return self._order

    def add(self, ids: Iterable[int], *, of: Ids) -> None:
        """Mark items of what is, or was, shown."""
        before = len(self)
        self.count_in(self._ids or of)
        for id_ in ids:
            if id_ not in self:
                self._flag(id_)
                self._order.append(id_)
        if of is self._ids:
            self._here += len(self) - before

    def toggle(self, ids: Sequence[int], *, of: Ids) -> bool:
        """Mark items of what is shown, or unmark them if the first of them is marked; True: they are marked now."""
        if ids[0] not in self:
            self.add(ids, of=of)
            return True
        self.remove(ids, of=of)
        return False

    def remove(self, ids: Iterable[int], *, of: Ids) -> None:
        """Unmark those items of what is, or was, shown that are marked."""
        before = len(self)
        self.count_in(self._ids or of)
        for id_ in ids:
            self._far.discard(id_)
            self.decided.discard(id_)
            if 0 <= id_ < len(self._flags):
                self._flags[id_] = 0
        stays = self.__contains__ if self._far else self._flags.__getitem__
        self._order = array("q", compress(self._order, map(stays, self._order)))
        self.through_all = self.through_all and bool(self._order)
        if of is self._ids:
            self._here -= before - len(self)
        else:
            self._counted = self._here = 0  # they may be shown here too: to be counted again

    def targets(self, meant: Sequence[int]) -> Targets | None:
        """What a decision is for: items that are meant for now, then those that are marked; None: there are neither."""
        if not meant and not len(self):
            return None
        known = frozenset(meant)
        ids = [*meant, *(id_ for id_ in self.ids if id_ not in known)] if meant else self.ids
        return Targets(ids, marked=True, unseen=self.through_all)

    def count(self, meant: Sequence[int]) -> int:
        """How many are marked, with those that are meant for now."""
        return len(self) + (sum(id_ not in self for id_ in meant) if len(self) else len(meant))

    def count_in(self, ids: Ids) -> int:
        """How many of what is shown are marked, as far as it is loaded."""
        if ids is not self._ids:
            self._ids, self._counted, self._here = ids, 0, 0
        if self._order:
            self._here += sum(map(self.__contains__, ids[self._counted : ids.loaded]))
        self._counted = ids.loaded
        return self._here

    def _flag(self, id_: int) -> None:
        if not 0 <= id_ < _LARGEST:
            self._far.add(id_)
            return
        if id_ >= len(self._flags):
            self._flags.extend(bytes(id_ + 1 - len(self._flags)))
        self._flags[id_] = 1
