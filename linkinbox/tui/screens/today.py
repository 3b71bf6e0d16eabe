"""Today: what became of calls, then what waits, each line a way into its view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from linkinbox.actions import BY_ID, key_label
from linkinbox.decisions import Outcome
from linkinbox.errors import LinkinboxError
from linkinbox.model import Change, Row, View
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.day_words import calm, choices, question, title, waiting
from linkinbox.tui.prompts.asking import Asking
from linkinbox.tui.prompts.prompt_line import PromptLine
from linkinbox.tui.safe_text import content
from linkinbox.tui.said import said
from linkinbox.tui.screens.quitting import QuittingScreen
from linkinbox.tui.sitting import Sitting
from linkinbox.tui.widgets.lines import FootLine
from linkinbox.tui.widgets.menu import Menu
from linkinbox.tui.widgets.top_line import TopLine

_FOOT = (("enter", "open"), ("down", "down"), ("import", "import"), ("quit", "quit"), ("help", "help"))
_ONCE = "a digit; Esc asks no more about it"


class Opening(Protocol):
    """What this screen asks of its app."""

    def open_view(self, view: View) -> None:
        """Show a view in the list."""


class TodayScreen(QuittingScreen):
    """The first page of a day.

    Args:
        sitting: what is counted, and decided by.
    """

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self._today = sitting.today()
        self.top = TopLine()
        self.asked = Static(classes="words asked")
        self.prompt = PromptLine()
        self.calm = Static(classes="words")
        self.menu = Menu()
        self._foot = FootLine()

    def compose(self) -> ComposeResult:
        """Figures, the day, the question if there is one, what waits, keys."""
        yield self.top
        with Vertical(id="page"), Vertical(id="day"):
            yield Static(content(title(self.sitting.now())), classes="title")
            yield self.asked
            yield self.prompt
            yield self.calm
            yield self.menu
        yield self.status
        yield self._foot

    def on_mount(self) -> None:
        """Show what waits; ask when that stands on the screen."""
        self._foot.show([(key_label(BY_ID[id_].keys[0]), words, id_) for id_, words in _FOOT])
        self._show()
        self.call_after_refresh(self._ask)
        self.set_interval(2, self.look_outside)
        self.set_interval(30, self._wake)

    # ── what is shown ──

    def _show(self) -> None:
        today, now = self._today, self.sitting.now()
        self.top.show(today.counts, now=now, read_only=self.sitting.inbox.read_only)
        self.menu.show(list(choices(waiting(today, now))))
        words = calm(today)
        self.calm.update(content(words))
        self.calm.display = bool(words)

    def _read(self) -> None:
        self._today = self.sitting.today()
        self._show()

    def look_outside(self) -> None:
        """See what an import or another program brought in."""
        self._if_changed(self.sitting.look_outside)

    def _wake(self) -> None:
        self._if_changed(self.sitting.wake)

    def _if_changed(self, look: Callable[[], object]) -> None:
        """Show the figures anew where a look brought something; the screen in front looks for itself."""
        try:
            if self.is_current and look():
                self._read()
        except LinkinboxError as error:
            self.say_error(error)

    def say_error(self, error: LinkinboxError) -> None:
        """Say what went wrong, and what to do."""
        self.status.say(safe_text(str(error)), tone="error")

    def show_typed(self, text: str) -> None:
        """Show a count or the first of two keys."""
        self.status.show_typed(safe_text(text))

    # ── what became of calls ──

    def typing(self) -> Widget | None:
        """The prompt's line while something is asked."""
        return self.prompt.input if self.prompt.is_open else None

    def _ask(self) -> None:
        """Ask about the oldest call that nobody was asked about."""
        calls = [call for call in self._today.ask if call.id not in self.sitting.not_asked]
        self.asked.display = bool(calls)
        if not calls or not self.is_attached or self.sitting.inbox.read_only:
            self.asked.display = False
            return
        call, now = calls[0], self.sitting.now()
        self.asked.update(content(question(call, now, self.sitting.zone, len(calls) - 1)))
        asking = Asking(self.prompt, self.sitting.now, self.sitting.zone)
        asking.outcome(lambda told: self._told(told, call), left=lambda _words: self._left(call), example=_ONCE)

    def _told(self, outcome: Outcome, call: Row) -> None:
        try:
            self._changed(self.sitting.decide(outcome, [call.id]))
        except LinkinboxError as error:
            self.sitting.not_asked.add(call.id)
            self.say_error(error)
            self._ask()

    def _left(self, call: Row) -> None:
        """Ask about it no more: it stays among the calls to record."""
        self.sitting.not_asked.add(call.id)
        try:
            self.sitting.inbox.ask_no_more(call.id)
        except LinkinboxError as error:
            self.say_error(error)
        self._ask()

    # ── back and forth ──

    def action_undo(self) -> None:
        """Take back the last decision."""
        self._turn(self.sitting.undo, "Nothing to take back")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._turn(self.sitting.redo, "Nothing to do again")

    def _turn(self, back_or_forth: Callable[[], Change | None], nothing: str) -> None:
        try:
            change = back_or_forth()
        except LinkinboxError as error:
            self.say_error(error)
            return
        if change:
            self._changed(change)
        else:
            self.status.say(safe_text(nothing))

    def _changed(self, change: Change) -> None:
        self.status.say(said(change, self.sitting.now()))
        self._read()
        self._ask()

    # ── moves ──

    def move_by(self, delta: int) -> None:
        """Move through what waits."""
        self.menu.move_by(delta)

    def action_enter(self) -> None:
        """Open what is under the cursor: the sweep, unless moved."""
        self.action_view(View(self.menu.under_cursor or View.SWEEP))

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """A click opens it too."""
        self.action_view(View(message.id))

    def on_foot_line_chosen(self, message: FootLine.Chosen) -> None:
        """A click on a key does what the key does."""
        self.act(BY_ID[message.action_id])

    def action_view(self, view: View) -> None:
        """Open a view."""
        cast("Opening", self.app).open_view(view)

    def action_back(self) -> None:
        """Go back to the list, if one came from there."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()

    def action_today(self) -> None:
        """Go back, as the key that came here does."""
        self.action_back()

    def action_import(self) -> None:
        """Import an export."""
        from linkinbox.tui.screens.import_screen import ImportScreen

        self.app.push_screen(ImportScreen(self.progress, self.sitting.imported))

    def on_paste(self) -> None:
        """Read no pasted text as keys."""
        self.status.say(SafeText("Pasted text does nothing here"))
