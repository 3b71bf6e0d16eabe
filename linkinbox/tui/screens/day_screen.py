"""What the page of today and the end of a sweep share: a few words, ways into views, questions in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from linkinbox.decisions import Decision
from linkinbox.errors import LinkinboxError
from linkinbox.model import Change, Row, View
from linkinbox.sitting import Sitting
from linkinbox.splits import Split
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.prompts.prompt_line import PromptLine
from linkinbox.tui.safe_text import content
from linkinbox.tui.screens.quitting import QuittingScreen
from linkinbox.tui.widgets.lines import FootLine
from linkinbox.tui.widgets.menu import Menu
from linkinbox.tui.widgets.top_line import TopLine
from linkinbox.words.asking import Asking
from linkinbox.words.key_words import key_of
from linkinbox.words.said import no_split, said

if TYPE_CHECKING:
    from linkinbox.tui.prompts.line_input import LineInput


class Opening(Protocol):
    """What these screens ask of their app."""

    def open_place(self, place: View | Split) -> None:
        """Show a view, or a split, in the list."""

    def open_row(self, row: Row) -> None:
        """Show an item in the list, with its card."""

    def do_in_list(self, action_id: str) -> None:
        """Do something that begins in the list, and comes back to it."""

    def search_and_return(self) -> None:
        """Search in the list; Esc comes back to the page of today."""


class DayScreen(QuittingScreen):
    """A short page with a menu.

    Args:
        sitting: what is counted, and decided by.
        title: one line.
    """

    FOOT: ClassVar[tuple[tuple[str, str], ...]] = ()

    def __init__(self, sitting: Sitting, title: SafeText) -> None:
        super().__init__()
        self.sitting = sitting
        self._title = title
        self.top = TopLine()
        self.prompt = PromptLine()
        self.menu = Menu()
        self._foot = FootLine()

    def compose(self) -> ComposeResult:
        """Figures, title, what this page says, keys."""
        yield self.top
        with Vertical(id="page"), Vertical(id="day"):
            yield Static(content(self._title), classes="title")
            yield from self.body()
        yield self.status
        yield self._foot

    def body(self) -> ComposeResult:
        """What stands below the title."""
        yield self.prompt
        yield self.menu

    def on_mount(self) -> None:
        """Show figures and keys."""
        self._foot.show([(key_of(id_), words, id_) for id_, words in self.FOOT])
        self.show_page()

    def show_page(self) -> None:
        """Show the figures as they are now."""
        sitting = self.sitting
        self.top.show(sitting.counts, now=sitting.now(), read_only=sitting.inbox.read_only)

    @property
    def asking(self) -> Asking:
        """The way to ask something here."""
        return Asking(self.prompt, self.sitting.now, self.sitting.zone)

    def typing(self) -> LineInput | None:
        """The prompt's line while something is asked."""
        return self.prompt.typing

    def say_error(self, error: LinkinboxError) -> None:
        """Say what went wrong, and what to do."""
        self.status.say(safe_text(str(error)), tone="error")

    def show_typed(self, text: str) -> None:
        """Show a count or the first of two keys."""
        self.status.show_typed(safe_text(text))

    # ── decisions ──

    def decide(self, decision: Decision, row: Row) -> bool:
        """Write a decision and show it; False if it was not written."""
        try:
            self.show_change(self.sitting.decide(decision, [row.id]))
        except LinkinboxError as error:
            self.say_error(error)
            return False
        return True

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
            self.show_change(change)
        else:
            self.status.say(safe_text(nothing))

    def show_change(self, change: Change) -> None:
        """Say what was done, and show what is left."""
        self.status.say(said(change, self.sitting.now()))
        self.show_page()

    # ── ways ──

    def move_by(self, delta: int) -> None:
        """Move through the menu."""
        self.menu.move_by(delta)

    def action_enter(self) -> None:
        """Open what is under the cursor."""
        if (chosen := self.menu.under_cursor) is not None:
            self.choose(chosen)

    def on_menu_chosen(self, message: Menu.Chosen) -> None:
        """A click opens it too."""
        self.choose(message.id)

    def choose(self, chosen: str) -> None:
        """Open a line of the menu: it bears the name of a view."""
        self.action_view(View(chosen))

    def action_view(self, view: View) -> None:
        """Open a view."""
        self.opening.open_place(view)

    def action_split(self) -> None:
        """Open the split of the number that was typed."""
        splits, number = self.sitting.day.splits, self.count or 1
        if number <= len(splits):
            self.opening.open_place(splits[number - 1])
        else:
            self.status.say(no_split(number), tone="warn")

    def action_backlog(self) -> None:
        """Sweep what has piled up."""
        self.opening.do_in_list("backlog")

    def action_second_look(self) -> None:
        """Look again at a few junked items."""
        self.opening.do_in_list("second-look")

    def action_selectivity(self) -> None:
        """Show how much is accepted of what is decided."""
        self.opening.do_in_list("selectivity")

    def action_path(self) -> None:
        """Show the path to each valuable contact."""
        self.opening.do_in_list("path")

    @property
    def opening(self) -> Opening:
        """The app, as far as it is asked."""
        return cast("Opening", self.app)

    def action_back(self) -> None:
        """Go back to the list, if one came from there."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()
