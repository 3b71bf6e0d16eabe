"""Twins: all who wrote nearly the same are shown, and decided on as one act that is taken back as one."""

from __future__ import annotations

from linkinbox.actions import Action
from linkinbox.errors import LinkinboxError
from linkinbox.model import State
from linkinbox.text import safe_text
from linkinbox.tui.screens.browse import BrowseScreen
from linkinbox.tui.screens.panes import Pane
from linkinbox.twins import TwinGroup
from linkinbox.words.twin_words import no_twins, twins_status

ON_ALL = {"accept", "accept-because", "junk", "done", "hold"}  # what makes sense for many who wrote the same
_STAYS = {*ON_ALL, "twins", "back", "card-down", "card-up", "help", "palette", "quit"}  # anything else leaves them


class TwinScreen(BrowseScreen):
    """Shows the twins of the item under the cursor in the card's place; the cursor stays where it is."""

    twins: TwinGroup | None = None  # those a decision is for
    _of = 0  # the item whose twins they are
    _pane_before: Pane = "list"

    def action_twins(self) -> None:
        """Show all who wrote nearly the same; the same key leaves them."""
        if self.twins:
            self.leave_twins()
        elif (row := self.list.cursor_row) is not None:
            try:
                group = self.sitting.inbox.twins_of(row.id)
            except LinkinboxError as error:
                self.say_error(error)
                return
            if group:
                self._show_twins(row.id, group)
            else:
                self.status.say(no_twins(row))

    def _show_twins(self, id_: int, group: TwinGroup) -> None:
        self.show_card()  # of the item under the cursor, though keys may have run ahead of it
        self.twins, self._of, self._pane_before = group, id_, self.pane
        self.card.show_twins(group)
        self.list.select(group.ids_in(State.NEW))
        if self.is_narrow:
            self.show_pane("card")
        self.status.say(twins_status(group))

    def leave_twins(self) -> None:
        """Show again what was there before, the cursor where it was."""
        if self.twins:
            self.twins = None
            self.card.show_twins(None)
            self.list.select(())
            if self.is_narrow:
                self.show_pane(self._pane_before)
            self.status.say(safe_text(""))

    def act(self, action: Action, count: int | None = None) -> None:
        """Do ``action``; what is not for all of the twins leaves them first."""
        if action.id not in _STAYS:
            self.leave_twins()
        super().act(action, count)

    def action_back(self) -> None:
        """Leave the twins, or go back."""
        if self.twins:
            self.leave_twins()
        else:
            super().action_back()

    def show_card(self) -> None:
        """Show the item under the cursor; the twins as long as it is the one they were asked of."""
        if self.twins is None or self.list.cursor_id != self._of:
            self.leave_twins()
            super().show_card()

    def _targets(self) -> list[int]:
        """The new ones of the twins that are shown, the one under the cursor first; else the counted items."""
        if self.twins is None:
            return self.sitting.ids[self.list.cursor : self.list.cursor + (self.count or 1)]
        here, new = self.list.cursor_id, self.twins.ids_in(State.NEW)
        if not new:
            self.status.say(safe_text("None of them is new: nothing to decide"), tone="warn")
        return sorted(new, key=lambda id_: id_ != here)
