"""A backlog, step by step: whole groups by one key, and between batches a calm word on what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, assert_never

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from linkinbox.actions import BY_ID, Action
from linkinbox.backlog import Batch, Expired, Step, Swept, Twins
from linkinbox.decider import LARGE
from linkinbox.decisions import Accept, Decision, Done, Junk
from linkinbox.errors import LinkinboxError
from linkinbox.model import Change, Verb
from linkinbox.sitting import Sitting
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.screens.backlog_words import step_text, title_of
from linkinbox.tui.screens.moving import ListScreen
from linkinbox.tui.screens.working import WorkingScreen, apply, turn
from linkinbox.tui.widgets.item_list import ItemList
from linkinbox.tui.widgets.lines import FootLine, StatusLine
from linkinbox.words.doing_words import VERBS
from linkinbox.words.key_words import key_of
from linkinbox.words.said import said

_FEET: dict[type[Step], tuple[tuple[str, str], ...]] = {
    Expired: (
        ("done", "all are done"), ("junk", "junk all"), ("enter", "keep all"), ("undo", "undo"), ("back", "stop"),
    ),
    Twins: (
        ("junk", "junk all"), ("done", "all are done"), ("accept", "accept all"), ("enter", "keep all"),
        ("undo", "undo"), ("back", "stop"),
    ),
    Batch: (("enter", "go on"), ("undo", "undo"), ("back", "stop")),
    Swept: (("undo", "undo"), ("back", "to the list")),
}  # fmt: skip


class Sweeping(Protocol):
    """What these steps ask of the sweep."""

    def sweep_batch(self, ids: Sequence[int]) -> None:
        """Show a batch."""

    def stop_backlog(self) -> None:
        """Show the whole list again."""

    def act(self, action: Action) -> None:
        """Do an action there."""


class BacklogScreen(WorkingScreen, ListScreen):
    """Asks about a group as a whole, or hands the next batch to the sweep.

    Args:
        sitting: what is swept.
        sweep: where a batch is decided one by one, and what one comes back to.
    """

    CSS_PATH = "page.tcss"

    def __init__(self, sitting: Sitting, sweep: Sweeping) -> None:
        super().__init__()
        self._sitting, self._sweep = sitting, sweep
        self._step = sitting.backlog.next_step()
        self._title = Static(classes="title")
        self._words = Static(id="words")
        self.list = ItemList(sitting.inbox.rows, sitting.now)
        self.status = StatusLine()
        self._foot = FootLine()

    def compose(self) -> ComposeResult:
        """What is asked, whom it is about, what was done last, keys."""
        yield self._title
        yield self._words
        yield self.list
        yield self.status
        yield self._foot

    def on_mount(self) -> None:
        """Show the first step there is."""
        self._show_step()

    def _go_on(self) -> None:
        self._step = self._sitting.backlog.next_step()
        self._show_step()

    def _show_step(self) -> None:
        step = self._step
        self._title.update(Content(title_of(step)))
        self._words.update(step_text(step, self._sitting.backlog.states()))
        self.list.show(step.ids if isinstance(step, Expired | Twins) else ())
        self._foot.show([(key_of(id_), title, id_) for id_, title in _FEET[type(step)]])

    # ── a group as a whole ──

    def action_done(self) -> None:
        """File the group as done."""
        self._decide(Done())

    def action_junk(self) -> None:
        """Junk the group."""
        self._decide(Junk())

    def action_accept(self) -> None:
        """Accept the group; what is believed to be gone cannot be accepted any more."""
        if isinstance(self._step, Expired):
            self.status.say(SafeText("They are believed to be gone: there is nothing to accept"), tone="warn")
        else:
            self._decide(Accept())

    def _decide(self, decision: Decision) -> None:
        if not isinstance(self._step, Expired | Twins):
            return
        ids = self._step.ids[:]
        if len(ids) > LARGE:
            act = partial(apply, decision, ids)
            self.work(self._sitting, VERBS[type(decision)], act, partial(self._changed, ""), of=len(ids))
        else:
            self._change(lambda: self._sitting.decide(decision, ids), "")

    def action_undo(self) -> None:
        """Take back the last act; its step is asked again, and an item of the batch is in front again."""
        if self._sitting.is_in_batch:
            self.dismiss()
            self._sweep.act(BY_ID["undo"])
        else:
            self._turn(Verb.UNDO, self._sitting.undo, "Nothing to take back")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._turn(Verb.REDO, self._sitting.redo, "Nothing to do again")

    def _turn(self, verb: Verb, once: Callable[[], Change | None], nothing: str) -> None:
        if (size := self._sitting.inbox.reach(verb)) > LARGE:
            self.work(self._sitting, verb, partial(turn, verb, 1), partial(self._changed, nothing), of=size)
        else:
            self._change(once, nothing)

    def _change(self, act: Callable[[], Change | None], nothing: str) -> None:
        try:
            change = act()
        except LinkinboxError as error:
            self._changed(nothing, [], error)
        else:
            self._changed(nothing, [change] if change else [], None)

    def _changed(self, nothing: str, changes: Sequence[Change], error: LinkinboxError | None) -> None:
        if error:
            self.status.say(safe_text(str(error)), tone="error")
            return
        self.status.say(said(changes[0], self._sitting.now()) if changes else safe_text(nothing))
        self._go_on()

    # ── on, or out ──

    def action_enter(self) -> None:
        """Leave a group as it is, or sweep the next batch."""
        step = self._step
        self._sitting.backlog.leave(step)
        match step:
            case Expired() | Twins():
                self.status.say(SafeText("Kept as they are"))
                self._go_on()
            case Batch(ids=ids):
                self.dismiss()
                self._sweep.sweep_batch(ids)
            case Swept():
                self.action_back()
            case _:
                assert_never(step)

    def action_back(self) -> None:
        """Stop for now: the rest waits."""
        self.dismiss()
        self._sweep.stop_backlog()

    def action_quit(self) -> None:
        """Stop: only the list is left by quitting."""
        self.action_back()
