"""Twins: all who wrote nearly the same are shown, and decided on as one act that is taken back as one."""

from __future__ import annotations

from collections.abc import Sequence

from linkinbox.actions import Action
from linkinbox.errors import LinkinboxError
from linkinbox.marked import Targets
from linkinbox.model import State
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.screens.marking import MarkScreen
from linkinbox.tui.screens.panes import Pane
from linkinbox.twins import TwinGroup
from linkinbox.words.twin_words import no_twins, twins_status

ON_ALL = {"accept", "accept-because", "junk", "done", "hold", "repeat"}  # what makes sense for many who wrote the same
_STAYS = {*ON_ALL, "twins", "back", "card-down", "card-up", "help", "palette", "quit"}  # anything else leaves them


class TwinScreen(MarkScreen):
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
        self._show_marked()
        if self.is_narrow:
            self.show_pane("card")

    def leave_twins(self) -> None:
        """Show again what was there before, the cursor where it was."""
        if self.twins:
            self.twins = None
            self.card.show_twins(None)
            self._show_marked()
            if self.is_narrow:
                self.show_pane(self._pane_before)
            self.status.say(safe_text(""))
            self.show_found()

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

    def meant(self) -> Sequence[int]:
        """The new ones of the twins that are shown, the one under the cursor first; else the range."""
        if self.twins is None:
            return super().meant()
        here = self.list.cursor_id
        return sorted(self.twins.ids_in(State.NEW), key=lambda id_: id_ != here)

    def _targets(self) -> Targets:
        """As ever; of twins of which none is new nothing is decided."""
        if self.twins is None or self.twins.ids_in(State.NEW):
            return super()._targets()
        self.status.say(safe_text("None of them is new: nothing to decide"), tone="warn")
        return Targets(())

    def sign_of(self, index: int, id_: int) -> SafeText:
        """Twins have a sign of their own."""
        if self.twins and id_ in self.twins.ids_in(State.NEW):
            return SafeText(marks().twin)
        return super().sign_of(index, id_)

    def _said_of_marks(self) -> SafeText:
        return twins_status(self.twins, len(self.sitting.marked)) if self.twins else super()._said_of_marks()
