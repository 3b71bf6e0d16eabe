"""Where a sweep of a backlog stands: what the next step is, derived from the data each time. No widgets in here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from linkinbox.model import State
from linkinbox.twins import TwinGroup

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox
    from linkinbox.store.backlog import Backlog
    from linkinbox.store.pages import Ids

_LEAST_TWINS = 2  # new ones, for a group to be asked about


class Expired(NamedTuple):
    """Invitations that are believed to be gone: to be filed as one group."""

    ids: Sequence[int]
    filed: int  # of people who are connected: nothing is asked about them
    since: date  # invitations of this day and later are believed to be there still


class Twins(NamedTuple):
    """Nearly the same text from several, those of them that are new."""

    ids: Sequence[int]
    group: TwinGroup


class Batch(NamedTuple):
    """The next few of the rest, to be swept one by one."""

    ids: Sequence[int]
    filed: int


class Swept(NamedTuple):
    """Nothing is left, or only what was left as it is."""

    left: int


Step = Expired | Twins | Batch | Swept


class BacklogSweep:
    """The steps through a backlog. All it remembers, for this sitting only, is what was left as it is.

    Args:
        inbox: the service.
    """

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self.batch: Ids | None = None  # the one that was swept last, or is now
        self._seen: set[int] = set()  # in batches
        self._kept: set[int] = set()  # newest items of groups that were left as they are
        self._expired_kept = False
        self._is_past_groups = False

    def next_step(self) -> Step:
        """What comes next; behind a batch never a group: who types ahead would decide on it unseen."""
        backlog = self._inbox.backlog()
        if not self._is_past_groups and (group := self._next_group(backlog)):
            return group
        ids = self._inbox.batch(self._seen)
        return Batch(ids, backlog.filed) if ids else Swept(backlog.new)

    def _next_group(self, backlog: Backlog) -> Expired | Twins | None:
        if not self._expired_kept and len(backlog.expired):
            return Expired(backlog.expired, backlog.filed, backlog.since)
        for group in self._inbox.twin_groups(len(self._kept) + 1, least_new=_LEAST_TWINS):
            if group.ids[0] not in self._kept:
                return Twins(group.ids_in(State.NEW), group)
        return None

    def leave(self, step: Step) -> None:
        """Leave what a step asks about as it is."""
        match step:
            case Expired():
                self._expired_kept = True
            case Twins(group=group):
                self._kept.add(group.ids[0])
            case Batch(ids=ids):
                self._seen.update(ids)
                self._is_past_groups = True
            case Swept():
                pass

    def go_back(self) -> None:
        """Ask about groups again: one of them was taken back."""
        self._is_past_groups = False

    def begin(self) -> None:
        """Ask again about all that was left as it is."""
        self.batch, self._expired_kept, self._is_past_groups = None, False, False
        self._kept.clear()
        self._seen.clear()

    def states(self) -> Counter[State]:
        """Where the items of the last batch stand."""
        return Counter(row.state for row in self._inbox.rows(self.batch[:] if self.batch else ()))
