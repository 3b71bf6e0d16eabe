"""A screen on which a large act is done beside it: how far it has come is shown, keys decide nothing meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from linkinbox.actions import MARKING, Action, Group
from linkinbox.decisions import Decision
from linkinbox.errors import LinkinboxError
from linkinbox.model import Change, Verb
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.screens.moving import MovingScreen
from linkinbox.words.doing_words import doing_now

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox
    from linkinbox.sitting import Sitting
    from linkinbox.tui.widgets.lines import StatusLine
    from linkinbox.tui.working import Act, Advanced, Stop, Told, WorkEnded

Then = Callable[[list[Change], LinkinboxError | None], object]

_BAR = 20  # cells


def apply(decision: Decision, ids: Sequence[int], inbox: Inbox, told: Told, stop: Stop) -> list[Change]:
    """Decide on items."""
    return [inbox.apply(decision, ids, progress=told, stop=stop)]


def turn(verb: Verb, steps: int, inbox: Inbox, told: Told, _stop: Stop) -> list[Change]:
    """Take back, or do again, so many acts; there may be fewer."""
    once = inbox.undo if verb is Verb.UNDO else inbox.redo
    changes = iter(lambda: once(progress=told), None)
    return [change for change in islice(changes, steps) if change]


class WorkingScreen(MovingScreen):
    """Hands large acts to a thread; Esc stops one between two chunks, and what is done stays."""

    status: StatusLine
    _doing: Verb | None = None
    _then: tuple[Sitting, Then]
    _is_stopped = False
    _leaves = False  # as soon as it has stopped

    @property
    def is_working(self) -> bool:
        """Whether a large act is being done."""
        return self._doing is not None

    def work(self, sitting: Sitting, verb: Verb, act: Act, then: Then, *, of: int) -> None:
        """Do a large act beside the screen.

        Args:
            sitting: takes note of it.
            verb: what is done.
            act: does it, in a thread.
            then: called with what was done, or why nothing was.
            of: how many items it is about.
        """
        from linkinbox.tui.working import work_beside

        self._doing, self._then, self._is_stopped, self._leaves = verb, (sitting, then), False, False
        sitting.is_acting = True
        self._show_progress(0, of)
        views = {shown.view for shown in sitting.each_shown}
        job = partial(work_beside, self, sitting.inbox, act, views, lambda: self._is_stopped)
        self.run_worker(job, thread=True, group="work")

    def on_advanced(self, message: Advanced) -> None:
        """Show how far it has come."""
        self._show_progress(message.done, message.of)

    def on_work_ended(self, message: WorkEnded) -> None:
        """Take note of what was done."""
        self._doing = None
        sitting, then = self._then
        sitting.is_acting = False
        changes = [sitting.taken(change, within) for change, within in message.changes]
        then(changes, message.error)
        if self._leaves:
            self.app.exit()

    def _show_progress(self, done: int, of: int) -> None:
        if self._doing is None:
            return
        filled = _BAR * done // max(1, of)
        bar = marks().bar * filled + marks().tail * (_BAR - filled)
        # What is taken back is so at once, and its items follow; there is nothing to stop.
        turns = self._doing in {Verb.UNDO, Verb.REDO}
        end = "" if turns else " — stopping" if self._is_stopped else " — Esc stops, what is done stays"
        self.status.say(safe_text(f"{bar}  {doing_now(self._doing)} {of:,}: {done:,} done{end}"))

    def act(self, action: Action, count: int | None = None) -> None:
        """Do ``action``; while a large act is done only look around."""
        if not self.is_working or (action.group is Group.MOVE and action.id not in MARKING) or action.id == "help":
            super().act(action, count)
        elif action.id == "back":
            self._is_stopped = True
        elif action.id == "quit":
            self._leaves = self._is_stopped = True
            self.status.say(SafeText("Stopping, then it quits; what is done stays"))
