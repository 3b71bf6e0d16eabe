"""The end of a sweep: what it came to, a few people who fell silent, and the way to what is to be carried out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from linkinbox.decisions import Call, Hold
from linkinbox.errors import LinkinboxError
from linkinbox.model import Row
from linkinbox.opening import link_of, no_link, open_link
from linkinbox.sitting import Sitting
from linkinbox.text import SafeText
from linkinbox.tui.safe_text import content
from linkinbox.tui.screens.day_screen import DayScreen
from linkinbox.words.end_words import end_choices, end_words, held_off, nudge_keys, nudge_words, since_gold

if TYPE_CHECKING:
    from linkinbox.store.nudges import Nudge
    from linkinbox.store.report import Progress


class EndScreen(DayScreen):
    """What a sweep came to.

    Args:
        sitting: in which it was.
        progress: of an import that runs beside.
    """

    FOOT = (("enter", "open"), ("undo", "undo"), ("back", "back to the list"), ("quit", "quit"), ("help", "help"))

    def __init__(self, sitting: Sitting, progress: Progress | None) -> None:
        super().__init__(sitting, SafeText("The end of this sweep"))
        self.progress = progress
        self.nudges: list[Nudge] = []
        self.figures = Static(classes="words figures")
        self.evidence = Static(classes="words evidence")

    def body(self) -> ComposeResult:
        """The figures, who fell silent, why they are named, and what is left to do."""
        yield self.figures
        yield self.menu
        yield self.prompt
        yield self.evidence

    def show_page(self) -> None:
        """Show what the sweep came to by now."""
        super().show_page()
        sitting = self.sitting
        swept, spent = sitting.swept()
        words = f"{end_words(swept, spent)}\n{since_gold(sitting.path)}"
        self.figures.update(content(SafeText(words)))
        self.nudges = sitting.nudges()
        self.menu.show(end_choices(self.nudges, sitting.counts))
        self._show_evidence()

    def _show_evidence(self) -> None:
        nudge = self._nudge
        self.evidence.display = nudge is not None
        if nudge:
            judged = self.sitting.judge([nudge.row.id])[nudge.row.id]
            words = nudge_words(nudge, judged, self.sitting.now())
            self.evidence.update(content(SafeText(f"{words}\n{nudge_keys()}")))

    @property
    def _nudge(self) -> Nudge | None:
        """The one under the cursor."""
        return self.nudges[self.menu.cursor] if self.menu.cursor < len(self.nudges) else None

    def move_by(self, delta: int) -> None:
        """Move through the lines; what is told below follows."""
        super().move_by(delta)
        self._show_evidence()

    def choose(self, chosen: str) -> None:
        """Open a person's card, or a view."""
        if chosen.isdecimal():
            self.opening.open_row(self.nudges[int(chosen)].row)
        else:
            super().choose(chosen)

    # ── about the one under the cursor ──

    def action_call(self) -> None:
        """Ask when to call."""
        if nudge := self._nudge:
            example = "tue 3pm, tomorrow 10, thu 14:30 CET"
            self.asking.when("call at", example, lambda at: self.decide(Call(at), nudge.row))

    def action_hold(self) -> None:
        """Ask until when to say nothing of them."""
        if nudge := self._nudge:
            self.asking.when("not again until", "in 4 weeks, 1 feb", lambda at: self._hold_off(nudge.row, at))

    def _hold_off(self, row: Row, at: datetime) -> None:
        if self.decide(Hold(at, nudge=True), row):
            self.status.say(held_off(row, at, self.sitting.now()))

    def action_open(self) -> None:
        """Open the profile, or the thread, in the browser."""
        if (nudge := self._nudge) is None:
            return
        if (link := link_of(self.sitting.inbox, nudge.row)) is None:
            self.status.say(no_link(nudge.row), tone="warn")
            return
        try:
            self.status.say(open_link(link))
        except LinkinboxError as error:
            self.say_error(error)
