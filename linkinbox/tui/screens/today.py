"""Today: what became of calls, then what waits, each line a way into its view."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widgets import Static

from linkinbox.decisions import Outcome
from linkinbox.errors import LinkinboxError
from linkinbox.model import Change, Row, View
from linkinbox.sitting import Sitting
from linkinbox.tui.safe_text import content
from linkinbox.tui.screens.day_screen import DayScreen
from linkinbox.words.day_words import calm, choices, question, title, waiting
from linkinbox.words.key_words import key_of

_ONCE = "a digit; Esc asks no more about it"


class TodayScreen(DayScreen):
    """The first page of a day.

    Args:
        sitting: what is counted, and decided by.
    """

    FOOT = (("enter", "open"), ("down", "down"), ("import", "import"), ("quit", "quit"), ("help", "help"))

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting, title(sitting.now()))
        self._today = sitting.today()
        self.asked = Static(classes="words asked")
        self.calm = Static(classes="words")

    def body(self) -> ComposeResult:
        """The question if there is one, then what waits."""
        yield self.asked
        yield self.prompt
        yield self.calm
        yield self.menu

    def on_mount(self) -> None:
        """What is asked comes when the rest stands on the screen."""
        self.call_after_refresh(self._ask)
        self.set_interval(2, self.look_outside)
        self.set_interval(30, self._wake)

    # ── what is shown ──

    def show_page(self) -> None:
        """Show what waits now."""
        super().show_page()
        self._today = self.sitting.today()
        self.menu.show(list(choices(waiting(self._today, self.sitting.now()))))
        words = calm(self._today)
        self.calm.update(content(words))
        self.calm.display = bool(words)

    def show_change(self, change: Change) -> None:
        """Say what was done, show what is left, and ask on."""
        super().show_change(change)
        self._ask()

    def look_outside(self) -> None:
        """See what an import or another program brought in."""
        self._show_if(self.sitting.look_outside)

    def _wake(self) -> None:
        self._show_if(self.sitting.wake)

    def _show_if(self, is_news: Callable[[], object]) -> None:
        """Show the page anew where there is news; another screen in front looks for itself."""
        try:
            if self.is_current and is_news():
                self.show_page()
        except LinkinboxError as error:
            self.say_error(error)

    # ── what became of calls ──

    def _ask(self) -> None:
        """Ask about the oldest call that was not asked about so far."""
        calls = [call for call in self._today.ask if call.id not in self.sitting.not_asked]
        if self.sitting.inbox.read_only or not self.is_attached:
            calls = []
        self.asked.display = bool(calls)
        if not calls:
            return
        call, now = calls[0], self.sitting.now()
        self.asked.update(content(question(call, now, self.sitting.zone, len(calls) - 1)))
        self.asking.outcome(
            lambda told: self._record(told, call),
            left=lambda _words: self._leave(call),
            typed=self._undo_instead,
            example=_ONCE,
        )

    def _undo_instead(self, typed: str) -> None:
        """Take back what was just recorded, by the key that the status names, though the next call is asked about."""
        if typed == key_of("undo") and self.status.said:
            self.prompt.close()
            self.action_undo()

    def _record(self, outcome: Outcome, call: Row) -> None:
        if not self.decide(outcome, call):
            self.sitting.not_asked.add(call.id)
            self._ask()

    def _leave(self, call: Row) -> None:
        """Ask about it no more: it stays among the calls to record."""
        self.sitting.not_asked.add(call.id)
        try:
            self.sitting.inbox.ask_no_more(call.id)
        except LinkinboxError as error:
            self.say_error(error)
        self._ask()

    # ── ways ──

    def action_enter(self) -> None:
        """Open what is under the cursor: the sweep, unless moved."""
        self.choose(self.menu.under_cursor or View.SWEEP.value)

    def action_search(self) -> None:
        """Search everything, in the list; Esc comes back."""
        self.opening.search_and_return()

    def action_today(self) -> None:
        """Go back, as the key that came here does."""
        self.action_back()

    def action_import(self) -> None:
        """Import an export."""
        from linkinbox.tui.screens.import_screen import ImportScreen

        self.app.push_screen(ImportScreen(self.progress, self.sitting.imported))
