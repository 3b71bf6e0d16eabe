"""Looking around: views, search, what comes in meanwhile, and the ways to other screens. Changes nothing."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from linkinbox.errors import LinkinboxError
from linkinbox.finder import FOUND
from linkinbox.model import Row, View
from linkinbox.query.parsing import QueryError
from linkinbox.splits import REACHED, Split
from linkinbox.text import safe_name, safe_text
from linkinbox.tui.key_words import keys_of
from linkinbox.tui.said import TITLES, no_split
from linkinbox.tui.screens.aside import AsideScreen
from linkinbox.tui.screens.panes import PANES
from linkinbox.tui.sitting import Shown
from linkinbox.tui.widgets.tabs import ViewTabs

if TYPE_CHECKING:
    from textual.timer import Timer

    from linkinbox.tui.palette import Command


class BrowseScreen(AsideScreen):
    """Opens views and searches them. A view is a snapshot until it is opened anew: no row moves under the cursor."""

    _searched_from = View.NEW
    _filling: Timer | None = None
    _is_typed = False  # what is searched for

    def on_mount(self) -> None:
        """What is not needed for the first frame comes after it."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        if not self.is_attached:
            return  # left before the first frame was out
        self.prompt.prepare()
        self._fill()
        self.run_worker(self.get_ready_to_judge())
        self.set_interval(2, self.look_outside)
        self.set_interval(30, self._wake)
        self.offer_second_look()

    def _fill(self) -> None:
        """Load more of the ids in small bites, so that no key waits long."""
        if self._filling:
            self._filling.stop()
        before = len(self.sitting.ids)
        if self.sitting.ids.fill():
            self._filling = self.set_timer(0.02, self._fill)
        if len(self.sitting.ids) != before or self.sitting.words:
            self.list.grow()
            self.show_found()

    # ── what happens meanwhile ──

    def look_outside(self) -> None:
        """See what an import or another program brought in; it waits until the view is opened anew."""
        try:
            if self.sitting.look_outside():
                self._arrived()
        except LinkinboxError as error:
            self.say_error(error)

    def _wake(self) -> None:
        try:
            if self.sitting.wake():
                self._arrived()
        except LinkinboxError as error:
            self.say_error(error)

    def _arrived(self) -> None:
        if self.sitting.waiting and not len(self.sitting.ids):
            self.action_view(self.sitting.view)  # nothing can move under the cursor
        else:
            self.list.forget_pages()  # what stands there may have been decided elsewhere
            self.show_card()
            self.show_figures()
            self.judge_soon()

    def on_item_list_opened(self) -> None:
        """A double click on an item opens its card."""
        self.action_enter()

    def on_path_pane_opened(self) -> None:
        """A click on the path shows all of them."""
        self.action_path()

    def on_view_tabs_chosen(self, message: ViewTabs.Chosen) -> None:
        """A click on a view, or on a split, opens it."""
        self.open_place(message.place)

    # ── views, panes, search ──

    def action_view(self, view: View) -> None:
        """Open a view; a search goes with it."""
        self._searched_from = view
        self.sitting.open(view, self.sitting.words)
        self.show_list()
        self._fill()

    def action_focus_next(self) -> None:
        """Go to the next view, or pane."""
        self._turn(1)

    def action_focus_previous(self) -> None:
        """Go to the previous view, or pane."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self.is_narrow:
            self.show_pane(PANES[(PANES.index(self.pane) + step) % len(PANES)])
            return
        places = self.tabs.places
        here = places.index(self.sitting.split or self.sitting.view)
        self.open_place(places[(here + step) % len(places)])

    def action_split(self) -> None:
        """Open the split of the number that was typed."""
        splits, number = self.sitting.day.splits, self.count or 1
        if number <= len(splits):
            self.open_place(splits[number - 1])
        else:
            self.status.say(no_split(number), tone="warn")

    def open_place(self, place: View | Split) -> None:
        """Open a view, in which a search goes on, or a saved search."""
        if isinstance(place, View):
            self.action_view(place)
            return
        self._searched_from = place.view
        self.sitting.open_place(place)
        self.show_list()
        self._fill()

    def commands(self) -> list[Command]:
        """The splits too, by their names."""
        from linkinbox.tui.palette import Command

        splits = [
            Command(
                f"split-{number}", safe_text(f"Go to: {split.name}"), partial(self.open_place, split),
                keys_of("split").replace("1-9", str(number)) if number <= REACHED else "", split.words,
            )
            for number, split in enumerate(self.sitting.day.splits, 1)
        ]  # fmt: skip
        return [*super().commands(), *splits]

    def action_back(self) -> None:
        """Go back to the list, then out of the search."""
        if self.pane != "list":
            self.show_pane("list")
        elif self.sitting.words:
            self._end_search()
            self.status.say(safe_text("The search is over"))
        elif self.sitting.is_in_batch:
            self.go_on_with_backlog()

    def _end_search(self) -> None:
        """Show the view in which it was begun, with the cursor on the item it was on."""
        row = self.list.cursor_row
        self.sitting.open(self._searched_from)
        self.show_list(cursor=self.sitting.place_in_view(row) if row else 0)
        self._fill()

    def action_search(self) -> None:
        """Search everything as words are typed; Esc shows exactly what was there before."""
        from linkinbox.tui.prompts.questions import SearchQuestion

        before, cursor = self.sitting.shown(), self.list.cursor
        if not before.words:
            self._searched_from = before.view
        self.prompt.ask(
            SearchQuestion(),
            self._keep_found,
            text=before.words,
            typed=lambda words: self._find(words.strip(), before, cursor),
            left=lambda _words: self._show_again(before, cursor),
        )

    def _find(self, words: str, before: Shown, cursor: int) -> None:
        if len(words) >= 2:
            self._is_typed = True
            try:
                self.sitting.open(View.ALL, words, typing=True)
            except QueryError as error:
                self.prompt.say(str(safe_text(str(error))))
                return
            self.show_rows()
            self.show_card_soon()
            self._fill()
        elif before.words:
            self._end_search()
        else:
            self._show_again(before, cursor)

    def _keep_found(self, _words: str) -> None:
        self._is_typed = False
        self.show_card()
        self.show_found()

    def _show_again(self, before: Shown, cursor: int) -> None:
        self._is_typed = False
        self.sitting.show_again(before)
        self.show_list(cursor=cursor)

    def show_found(self) -> None:
        """Say how many were found, where it is looked at now."""
        if not (words := self.sitting.words):
            return
        ids = self.sitting.ids
        which = "The newest " if len(ids) == FOUND else ""
        found = f"{which}{len(ids):,}{'' if ids.is_complete else ' so far'} in {TITLES[self.sitting.view]}"
        if self._is_typed:
            self.prompt.say(f"{found} · Enter keeps, Esc goes back")
        else:
            self.status.say(safe_text(f"{found} with “{words}” — Esc clears the search"))

    def show_row(self, row: Row) -> None:
        """Show an item where it stands, in another view if need be, and its card in full."""
        self.show_list(cursor=self.sitting.place_of(row))
        self._fill()
        self.action_enter()

    def show_anew(self) -> None:
        """Show what may have been decided on another screen; every row keeps its place."""
        self.list.forget_pages()
        self.show_figures()
        self.show_card()

    # ── elsewhere ──

    def action_open(self) -> None:
        """Open the profile, or the thread, in the browser."""
        from linkinbox.tui.opening import open_link

        if (link := self._link()) is None:
            return
        try:
            self.status.say(open_link(link))
        except LinkinboxError as error:
            self.say_error(error)

    def action_copy(self) -> None:
        """Copy name and link."""
        from linkinbox.tui.clipboard import copy

        if (link := self._link()) is not None and (row := self.list.cursor_row):
            words = f"{safe_name(row.person.name)} {link}"
            sure = copy(self.app, words, os.environ)
            self.status.say(safe_text(f"Copied {words}" if sure else f"Copied, if your terminal allows it: {words}"))

    def _link(self) -> str | None:
        """The checked link of the item under the cursor; says so when there is none."""
        from linkinbox.tui.opening import link_of, no_link

        if (row := self.list.cursor_row) is None:
            return None
        link = link_of(self.sitting.inbox, row)
        if link is None:
            self.status.say(no_link(row), tone="warn")
        return link

    def action_path(self) -> None:
        """Show the path to each valuable contact."""
        from linkinbox.tui.screens.path_screen import PathScreen

        self.app.push_screen(PathScreen(self.sitting))

    def action_today(self) -> None:
        """Show what waits today."""
        from linkinbox.tui.screens.today import TodayScreen

        self.app.push_screen(TodayScreen(self.sitting), lambda _: self.show_anew())

    def action_import(self) -> None:
        """Import an export."""
        from linkinbox.tui.screens.import_screen import ImportScreen

        self.app.push_screen(ImportScreen(self.progress, self.sitting.imported))
