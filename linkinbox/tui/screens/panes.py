"""What the sweep is made of: the list, the card of the item under its cursor, the path, and lines around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from linkinbox.actions import Action
from linkinbox.errors import DamagedStoreError, LinkinboxError
from linkinbox.hits import Hits
from linkinbox.keeping import Keeping
from linkinbox.model import Verb, View
from linkinbox.sitting import Sitting
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.prompts.prompt_line import PromptLine
from linkinbox.tui.remembered import MOST_PANES, Memory
from linkinbox.tui.safe_text import content
from linkinbox.tui.screens.moving import ListScreen
from linkinbox.tui.screens.quitting import QuittingScreen
from linkinbox.tui.widgets.card import Card
from linkinbox.tui.widgets.found import NOT_SEARCHED, Found
from linkinbox.tui.widgets.item_list import ItemList
from linkinbox.tui.widgets.lines import FootLine
from linkinbox.tui.widgets.path_pane import PathPane
from linkinbox.tui.widgets.tabs import ViewTabs
from linkinbox.tui.widgets.top_line import TopLine
from linkinbox.words.key_words import key_of, keys_of
from linkinbox.words.said import empty, key_of_view, search_words

if TYPE_CHECKING:
    from linkinbox.query import Query
    from linkinbox.store.report import Progress
    from linkinbox.tui.palette import Command
    from linkinbox.tui.prompts.line_input import LineInput
    from linkinbox.tui.themed_app import ThemedApp

Pane = Literal["list", "card", "path"]
PANES: tuple[Pane, ...] = ("list", "card", "path")
_NARROW = 100  # cells; below, one pane at a time
_ROOMY = 190  # from here on the path stands beside the card, not below it
_PANES = {
    1: "One pane at a time: {next} turns between list, card and path",
    2: "Two panes: list and card",
    3: "Three panes: list, card and path",
}
_NEEDING_NO_ITEM = {None, Verb.UNDO, Verb.REDO, Verb.SECOND_LOOK}
_NEEDING_ONE = {"open", "copy", "why", "twins", "enter"}


def needs_an_item(action: Action) -> bool:
    """Whether an action is about the item under the cursor."""
    return action.verb not in _NEEDING_NO_ITEM or action.id in _NEEDING_ONE


class _Across(Horizontal):
    """Nothing of it is seen but what it holds: painting its own lines would cost a fifth of the first frame."""

    BLANK = True


class _Down(Vertical):
    """The same, for what stands below one another."""

    BLANK = True


class PanesScreen(ListScreen, QuittingScreen):
    """Shows what a sitting holds, in as many panes as there is room for.

    Args:
        sitting: what is shown.
        label: a word that stands above all, such as "demo".
    """

    BLANK = True

    def __init__(self, sitting: Sitting, *, label: str = "") -> None:
        super().__init__(classes="-list")
        self.sitting = sitting
        self._label = label
        self.pane: Pane = "list"
        self._query: Query | None = None
        self._found = NOT_SEARCHED
        self.top = TopLine()
        self.tabs = ViewTabs()
        self.list = ItemList(sitting.inbox.rows, sitting.now)
        self.card = Card()
        self.prompt = PromptLine(opened=lambda: self.status.say(SafeText("")))  # it is no answer to what is asked
        self.path_pane = PathPane()
        self.importing = Static(id="importing")  # mounted by the first import
        self.foot = FootLine()

    def compose(self) -> ComposeResult:
        """Figures and views above, list and card side by side, one line of news and one of keys below."""
        yield self.top
        yield self.tabs
        with _Across(id="panes"):
            yield self.list
            with _Down(id="side"):
                yield self.card
                yield self.prompt
                yield self.path_pane
        yield self.status
        yield self.foot

    def on_mount(self) -> None:
        """Show the list, and the keys that matter most."""
        shown = sorted((a for a in self.actions() if a.foot and keys_of(a.id)), key=lambda a: a.foot)
        self.foot.show([(key_of(a.id), a.title, a.id) for a in shown], right={"search", "palette", "help"})
        self.show_list()

    def on_resize(self, event: events.Resize) -> None:
        """Show one pane at a time where there is no room for more.

        By hand, not by breakpoints: those give every window a class, and so style the whole first frame twice.
        """
        super().on_resize(event)
        self._arrange(event.size.width)

    def _arrange(self, width: int) -> None:
        narrow, wanted = width < _NARROW, self._memory.now.panes
        self.set_class(narrow or wanted == 1, "-narrow")
        self.set_class(not narrow and wanted == 2, "-no-path")
        self.set_class(width >= _ROOMY and wanted == MOST_PANES, "-roomy")

    # ── what is shown ──

    def show_list(self, *, cursor: int = 0, top: int | None = None) -> None:
        """Show the sitting's snapshot with the cursor at an index, and the card of the item there."""
        self.show_rows(cursor=cursor, top=top)
        self.show_figures()
        self.show_card()

    def show_rows(self, *, cursor: int = 0, top: int | None = None) -> None:
        """Show the sitting's snapshot with the cursor at an index, ``top`` on the topmost line."""
        sitting = self.sitting
        self.list.empty = content(empty(sitting.shown))
        counts_down = sitting.view is View.EXPIRING
        self.list.show(sitting.ids, cursor=cursor, top=top, counts_down=counts_down, found=self.found)

    @property
    def found(self) -> Found:
        """What is searched for, to be marked where it stands."""
        query = self.sitting.shown.query
        if query is not self._query:
            self._query = query
            texts_of, before = self.sitting.inbox.texts_of, self._found
            self._found = Found(Hits(query.words), texts_of, before) if query else NOT_SEARCHED
        return self._found

    def show_figures(self) -> None:
        """Show counts, path and how many wait."""
        sitting, now = self.sitting, self.sitting.now()
        self.top.show(sitting.counts, now=now, read_only=sitting.inbox.read_only)
        self.show_tabs()
        self.path_pane.show(sitting.path, now=now)

    def show_tabs(self) -> None:
        """Show the views, what is searched for in the open one, and how many wait."""
        sitting = self.sitting
        waiting = 0 if sitting.split else sitting.waiting  # of a saved search nobody counts what came
        words = [f"{waiting:,} more: {key_of_view(sitting.view)}"] if waiting else []
        words += ["backlog"] if sitting.is_in_batch else []
        words += [search_words(sitting.shown, sitting.counts)] if sitting.words else []
        words += [self._label] if self._label else []
        place = sitting.split or sitting.view
        self.tabs.show(sitting.counts, place, safe_text(" · ".join(words)), splits=sitting.day.splits)

    def show_card(self) -> None:
        """Show the item under the cursor."""
        id_ = self.list.cursor_id
        item = None if id_ is None else self.sitting.inbox.item(id_)
        judged = None if id_ is None else self.sitting.judged(id_)
        now, zone = self.sitting.now(), self.sitting.zone
        self.card.show(item, judged, now=now, zone=zone, hits=self.found.hits)

    def show_pane(self, pane: Pane) -> None:
        """Show one of the panes alone where there is room for one, or the card in full."""
        self.pane = pane
        self.remove_class(*(f"-{name}" for name in PANES if name != pane), update=False)  # styled once, by the next
        self.add_class(f"-{pane}")

    def act(self, action: Action, count: int | None = None) -> None:
        """Do ``action``, but decide on nothing that is out of sight."""
        if self.is_narrow and self.pane == "path" and action.verb not in {None, Verb.UNDO, Verb.REDO}:
            self.status.say(safe_text(f"{key_of('back')} shows the item to decide on"), tone="warn")
        else:
            super().act(action, count)

    def why_not(self, action: Action) -> str:
        """Why an action cannot be done: nothing can be written, nothing is under the cursor, or it was switched off."""
        if (action.verb or action.id == "backlog") and self.sitting.inbox.read_only:
            return "the store is read-only"
        if self.list.cursor_id is None and needs_an_item(action):
            return "nothing is under the cursor"
        if action.id == "selectivity" and not self.sitting.day.selectivity:
            return "switched off in config.toml"
        return super().why_not(action)

    def commands(self) -> list[Command]:
        """What can be set while it runs, too, and where the rest is set."""
        from linkinbox.tui.palette import Command, switch

        on = self.sitting.day.selectivity
        selectivity = switch("selectivity", "Selectivity", self._switch_selectivity, on=on)
        others = Command("settings", SafeText("Settings"), self._tell_settings, help="Whatever config.toml can set.")
        return [*super().commands(), selectivity, others]

    def _tell_settings(self) -> None:
        self.status.say(
            SafeText("`linkinbox config` opens all settings in your editor; they hold from the next start on"),
            SafeText("All settings: `linkinbox config` in your shell"),
        )

    def _switch_selectivity(self) -> None:
        day = self.sitting.day
        self.sitting.day = day._replace(selectivity=not day.selectivity)

    def show_typed(self, text: str) -> None:
        """Show a count or the first of two keys."""
        self.status.show_typed(safe_text(text))

    def say_error(self, error: LinkinboxError) -> None:
        """Say what went wrong, and what to do; of damage the next start asks."""
        self.status.say(safe_text(str(error)), tone="error")
        if isinstance(error, DamagedStoreError):
            Keeping(self.sitting.inbox.path).note_damage(error.message)

    def typing(self) -> LineInput | None:
        """The prompt's line while something is asked."""
        return self.prompt.typing

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for one pane only, or no more are wanted."""
        return self.size.width < _NARROW or self._memory.now.panes == 1

    @property
    def _memory(self) -> Memory:
        """What was chosen of the screen."""
        return cast("ThemedApp", self.app).look.memory

    def show_import(self, progress: Progress | None) -> None:
        """Show how far an import in the background has come."""
        super().show_import(progress)
        self.importing.display = progress is not None
        if progress is not None:
            from linkinbox.tui.screens.import_screen import progress_words

            self.importing.update(content(progress_words(progress)))
            if not self.importing.is_attached:
                self.mount(self.importing, before=self.status)

    # ── moves ──

    def on_item_list_moved(self) -> None:
        """Let the card follow the cursor: once for a burst of moves."""
        self.show_card()

    def action_card_down(self) -> None:
        """Read on in the card."""
        self.card.scroll_page(1)

    def action_card_up(self) -> None:
        """Read back in the card."""
        self.card.scroll_page(-1)

    def action_panes(self) -> None:
        """Show one pane fewer, or again all of them; that is remembered."""
        if self.size.width < _NARROW:
            self.status.say(safe_text(f"There is room for one pane: {key_of('focus-next')} turns"), tone="warn")
            return
        wanted = self._memory.now.panes - 1 or MOST_PANES
        self._memory.keep(self._memory.now._replace(panes=wanted))
        self._arrange(self.size.width)
        self.show_pane("list")
        self.status.say(safe_text(_PANES[wanted].format(next=key_of("focus-next"))))

    def action_enter(self) -> None:
        """Show the card in full."""
        self.show_pane("card")
