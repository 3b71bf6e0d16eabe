"""Looking around: views, what comes in meanwhile, and the ways to other screens. Changes nothing."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from linkinbox.errors import LinkinboxError
from linkinbox.model import Row, View
from linkinbox.splits import REACHED, Split
from linkinbox.text import safe_name, safe_text
from linkinbox.tui.screens.panes import PANES
from linkinbox.tui.screens.searching import SearchScreen
from linkinbox.tui.widgets.tabs import ViewTabs
from linkinbox.words.key_words import keys_of
from linkinbox.words.said import no_split

if TYPE_CHECKING:
    from linkinbox.tui.palette import Command


class BrowseScreen(SearchScreen):
    """Opens views. A view is a snapshot until it is opened anew: no row moves under the cursor."""

    def on_mount(self) -> None:
        """What is not needed for the first frame comes after it."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        if not self.is_attached:
            return  # left before the first frame was out
        self.prompt.prepare()
        self.fill()
        self.run_worker(self.get_ready_to_judge())
        self.set_interval(2, self.look_outside)
        self.set_interval(30, self._wake)
        self.offer_second_look()

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

    # ── views, panes ──

    def action_view(self, view: View) -> None:
        """Open a view; a search goes with it."""
        self.sitting.open(view, self.sitting.all_words)
        self.show_list()
        self.fill()
        self.show_found()

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
        self.sitting.open_place(place)
        self.show_list()
        self.fill()
        self.show_found()

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

    def show_row(self, row: Row) -> None:
        """Show an item where it stands, in another view if need be, and its card in full."""
        self.show_list(cursor=self.sitting.place_of(row))
        self.fill()
        self.action_enter()

    def show_anew(self) -> None:
        """Show what may have been decided on another screen; every row keeps its place."""
        self.list.forget_pages()
        self.show_figures()
        self.show_card()

    # ── elsewhere ──

    def action_open(self) -> None:
        """Open the profile, or the thread, in the browser."""
        from linkinbox.opening import open_link

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
        from linkinbox.opening import link_of, no_link

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
