"""One sitting at the inbox: which view is open, what is searched in it, what waits behind it. No widgets in here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from linkinbox.actions import BY_VERB
from linkinbox.config import Day
from linkinbox.decider import PATHS_SHOWN
from linkinbox.decisions import REPEATED, Decision
from linkinbox.looking import Looking
from linkinbox.marked import Marked
from linkinbox.model import Change, Kind, Row, State, Verb, View
from linkinbox.path import time_spent

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox
    from linkinbox.splits import Split
    from linkinbox.store.evidence import Judged
    from linkinbox.store.nudges import Nudge
    from linkinbox.store.report import ImportReport
    from linkinbox.store.sweeps import Swept
    from linkinbox.store.today import Today

_IN_VIEW: dict[View, Callable[[Row], bool]] = {
    View.SWEEP: lambda row: row.state is State.NEW or row.owed_because is not None,
    View.NEW: lambda row: row.state is State.NEW,
    View.INVITATIONS: lambda row: row.state is State.NEW and row.kind is Kind.INVITATION,
    View.MESSAGES: lambda row: row.state is State.NEW and row.kind is Kind.CONVERSATION,
    View.TO_REPLY: lambda row: row.owed_because is not None,
    View.EXPIRING: lambda row: row.state is State.NEW and row.believed_until is not None,
    View.HELD: lambda row: row.state is State.HELD,
    View.CALLS: lambda row: row.call_at is not None,
    View.TO_ACCEPT: lambda row: row.state is State.TO_ACCEPT and not row.carried_out,
    View.JUNK: lambda row: row.state is State.JUNK,
    View.GOLD: lambda row: row.gold,
    View.CONNECTED: lambda _row: True,
    View.ALL: lambda _row: True,
}

_SEARCHES = 50  # that can be recalled
_JUDGED_KEPT = 2_000  # items; more than anybody goes through at once


class Sitting(Looking):
    """What the screen shows of the inbox, and the one place from which it is changed.

    Args:
        inbox: the service.
        clock: tells the time, aware, in UTC.
        zone: where the person sits.
        day: how a day begins and ends.
        view: what is shown first.
    """

    def __init__(
        self,
        inbox: Inbox,
        *,
        clock: Callable[[], datetime],
        zone: tzinfo,
        day: Day = Day(),  # noqa: B008  # it cannot be changed
        view: View = View.NEW,
    ) -> None:
        self.zone = zone
        self.day = day
        self._clock = clock
        self._acts: list[str] = []  # of this sitting, by their batches
        self._untold = False  # something was decided in the sweep since its end was shown
        super().__init__(inbox, view)
        self._opened_at = self.now()
        self._judged: dict[int, Judged] = {}  # until something changes what speaks for or against them
        self._begun: dict[int, str] = {}  # notes begun and left that could not be kept in the store
        self.decided: set[int] = set()  # in this sitting, and not taken back
        self._muting: set[str] = set()  # acts of this sitting by which a rule may have muted itself
        self.marked = Marked()
        self.last: Decision | None = None  # what was decided last, to be repeated
        self.is_acting = False  # a large act of its own is being done beside it
        self._known_entry = inbox.newest_entry()
        self.not_asked: set[int] = set()  # items whose call was left without an outcome
        self.imported: ImportReport | None = None  # the newest import of this sitting
        self.searches: list[str] = []  # of this sitting, the newest last: no name is written down by searching

    def now(self) -> datetime:
        """The time, in the zone of the person."""
        return self._clock().astimezone(self.zone)

    # ── the day ──

    def today(self) -> Today:
        """What waits today."""
        return self.inbox.today()

    @property
    def is_swept(self) -> bool:
        """Nothing of the sweep that is shown waits for a decision any more."""
        return self.view is View.SWEEP and not self.words and len(self.shown.gone) >= len(self.ids)

    def take_news(self) -> bool:
        """Whether something was decided in a sweep since this was last asked, and stands."""
        news, self._untold = self._untold, False
        return news and self.swept()[0].items > 0

    def swept(self) -> tuple[Swept, timedelta]:
        """What was decided in this sitting, and the time it took; pauses left out."""
        swept = self.inbox.swept(self._acts)
        return swept, time_spent([self._opened_at, *(at for at in swept.moments if at >= self._opened_at)])

    def nudges(self) -> list[Nudge]:
        """A few people who were accepted for a reason and fell silent."""
        return self.inbox.nudges(self.day.nudge_days)

    # ── what is shown ──

    def open(self, view: View, words: str = "", *, split: Split | None = None) -> None:
        """Take a fresh snapshot of a view; until something was decided the sweep has not begun."""
        super().open(view, words, split=split)
        if not self._acts:
            self._opened_at = self.now()

    def remember(self, words: str) -> None:
        """Keep what was searched for, to be recalled in this sitting."""
        self.searches = [*(each for each in self.searches if each != words), words][-_SEARCHES:]

    def keep_first(self, limit: int) -> None:
        """Show no more than so many of what is shown."""
        self.shown = self.shown._replace(ids=self.inbox.fixed(self.ids[:limit]))

    def holds(self, row: Row) -> bool:
        """Whether an item, as it stands now, is one of the view that is shown."""
        return _IN_VIEW[self.view](row)

    # ── what speaks for and against ──

    def judged(self, id: int) -> Judged | None:  # noqa: A002  # the model's own word
        """What is known by now to speak for and against an item; None: nobody has looked."""
        return self._judged.get(id)

    def judge(self, ids: Sequence[int]) -> dict[int, Judged]:
        """Look at what speaks for and against items; some 0.3 ms each."""
        from linkinbox.store.evidence import Judged

        found = self.inbox.judged(ids)
        judged = {id_: found.get(id_, Judged()) for id_ in ids}
        if len(self._judged) > _JUDGED_KEPT:
            self._judged.clear()
        self._judged |= judged
        return judged

    def _judge_anew(self, change: Change) -> None:
        """Forget what an act may have changed: a rule counts everywhere, junk for all who wrote the same."""
        twins = any(judged.twins for id_ in change.ids if (judged := self._judged.get(id_)))
        if change.warnings:
            self._muting.add(change.batch)  # a rule may have muted itself, and speaks again when that is taken back
        if twins or change.verb is Verb.OVERRULE or change.batch in self._muting:
            self._judged.clear()

    # ── what is changed ──

    def decide(
        self,
        decision: Decision,
        ids: Sequence[int],
        *,
        progress: Callable[[int, int], object] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Change:
        """Write a decision; when this returns it is on the disk. How a large one is watched: `Decider.apply`."""
        seen = self._judged.get(ids[0]) if len(ids) == 1 else None
        raised = [signal.rule for signal in seen.overrulable] if seen else []
        outer = [shown for shown in self.each_shown if shown is not self.shown]
        before = [self.inbox.within(shown.view, ids) for shown in outer]
        change = self.taken(self.inbox.apply(decision, ids, raised=raised, progress=progress, stop=stop))
        for shown, were_in in zip(outer, before, strict=True):
            gone = shown.gone
            gone |= were_in - self._within(shown.view, change)
        return change

    def remember_decision(self, decision: Decision) -> None:
        """Keep what was decided, to be repeated on another item, if it makes sense there."""
        if isinstance(decision, REPEATED):
            self.last = decision

    def note_begun(self, id: int) -> str:  # noqa: A002  # the model's own word
        """The note that was begun on an item and left, also in an earlier sitting."""
        return self._begun.get(id) or self.inbox.note_begun(id)

    def keep_note_begun(self, id: int, text: str) -> None:  # noqa: A002  # the model's own word
        """Keep a note that is begun on an item until it is written down; "" when it is."""
        if text.strip() == self.note_begun(id).strip():
            return
        self._begun[id] = text
        self.inbox.keep_note_begun(id, text)
        del self._begun[id]

    def decide_aside(self, decision: Decision, id: int) -> Change:  # noqa: A002  # the model's own word
        """Write a decision on an item that is looked at outside the list."""
        return self._noticed(self.inbox.apply(decision, [id]))

    def undo_aside(self) -> Change | None:
        """Take back what was decided outside the list; None: there is nothing."""
        change = self.inbox.undo()
        return change and self._noticed(change)

    def undo(self) -> Change | None:
        """Take back the last act; None: there is none."""
        return next(self.turned(Verb.UNDO), None)

    def redo(self) -> Change | None:
        """Do again what was taken back last; None: there is none."""
        return next(self.turned(Verb.REDO), None)

    def turned(
        self, verb: Verb, steps: int = 1, *, progress: Callable[[int, int], object] | None = None
    ) -> Iterator[Change]:
        """Take back, or do again, so many acts; there may be fewer."""
        once = self.inbox.undo if verb is Verb.UNDO else self.inbox.redo
        for _ in range(steps):
            if (change := once(progress=progress)) is None:
                return
            yield self.taken(change)

    def _noticed(self, change: Change) -> Change:
        self.counts, self.path = change.counts, change.path
        self._known_entry = self.inbox.newest_entry()
        if change.batch and not change.undone:
            self._acts.append(change.batch)
            self._untold = self._untold or self.view is View.SWEEP
        self._judge_anew(change)
        return change

    def taken(self, change: Change, within: Mapping[View, AbstractSet[int]] | None = None) -> Change:
        """Take note of what was done; ``within``: the items of it that each view still holds, if that is known."""
        self._noticed(change)
        for shown in self.each_shown:
            inside = self._within(shown.view, change) if within is None else within[shown.view]
            shown.gone.difference_update(inside)
            if shown is self.shown:
                shown.gone.update(id_ for id_ in change.ids if id_ not in inside)
        action = BY_VERB.get(change.verb)
        if action and action.advances:
            self.decided = self.decided.difference(change.ids) if change.undone else self.decided.union(change.ids)
        return change

    def _within(self, view: View, change: Change) -> set[int]:
        """Those of what was changed that a view holds now."""
        if len(change.rows) == len(change.ids):
            return {row.id for row in change.rows if _IN_VIEW[view](row)}
        return self.inbox.within(view, change.ids)

    # ── what happens meanwhile ──

    def look_outside(self) -> bool:
        """Count what an import or another program brought in; True if the figures are others now."""
        if not self.inbox.changed_elsewhere():
            return False
        self._judged.clear()
        self._recount()
        if not self.is_acting:
            self._known_entry, decided = self.inbox.decided_since(self._known_entry)
            self.marked.decided.update(id_ for id_ in decided if id_ in self.marked)
        return True

    def wake(self) -> int:
        """Bring back the holds that came due; how many."""
        back = self.inbox.wake()
        if back:
            self._recount()
        return back

    def _recount(self) -> None:
        self.counts = self.inbox.counts()
        self.path = self.inbox.figures(PATHS_SHOWN)
