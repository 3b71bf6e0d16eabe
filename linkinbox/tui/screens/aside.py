"""Beside the daily list: the steps through a backlog, the weekly second look, and selectivity."""

from __future__ import annotations

from collections.abc import Sequence

from linkinbox.errors import LinkinboxError
from linkinbox.model import View
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.screens.judging import JudgingScreen
from linkinbox.words.key_words import key_of


class AsideScreen(JudgingScreen):
    """Opens what is looked at beside the list, and comes back to it."""

    # ── a backlog ──

    def action_backlog(self) -> None:
        """Sweep what has piled up, from its first step on."""
        if self._can_write():
            self.sitting.backlog.begin()
            self.go_on_with_backlog()

    def go_on_with_backlog(self) -> None:
        """Ask about the next step of the backlog."""
        from linkinbox.tui.screens.backlog import BacklogScreen

        self.app.push_screen(BacklogScreen(self.sitting, self))

    def sweep_batch(self, ids: Sequence[int]) -> None:
        """Show the next few of the backlog, to be decided one by one."""
        self.sitting.open_batch(ids)
        self.status.say(SafeText(""))
        self.show_list()

    def stop_backlog(self) -> None:
        """Show all that is new again."""
        self.sitting.open(View.NEW)
        self.show_list()
        self.status.say(SafeText(f"{key_of('backlog')} goes on with the backlog" if len(self.sitting.ids) else ""))

    # ── a second look ──

    def offer_second_look(self) -> None:
        """Say quietly that one is due, where nothing else is said."""
        inbox = self.sitting.inbox
        if self.status.said or self.prompt.is_open or inbox.read_only or not self.sitting.counts[View.JUNK]:
            return
        try:
            look = inbox.second_look()
        except LinkinboxError as error:
            self.say_error(error)
        else:
            if look.is_due:
                self.status.say(
                    SafeText(f"{key_of('second-look')} takes this week's second look at {len(look.ids)} junked")
                )

    def action_second_look(self) -> None:
        """Look again at a few junked items."""
        from linkinbox.tui.screens.second_look import SecondLookScreen

        if self._can_write():
            self.app.push_screen(SecondLookScreen(self.sitting, left=self._look_is_over))

    def _look_is_over(self, said: SafeText) -> None:
        self.list.forget_pages()
        self.show_list(cursor=self.list.cursor)
        self.status.say(said)

    def _can_write(self) -> bool:
        """Whether something can be decided; says so where it cannot."""
        if why := self.sitting.inbox.read_only:
            self.status.say(safe_text(f"Read-only: {why}"), tone="warn")
        return not why

    # ── selectivity ──

    def action_selectivity(self) -> None:
        """Show how much is accepted of what is decided, unless that was switched off."""
        from linkinbox.selectivity import OFF
        from linkinbox.tui.screens.selectivity import SelectivityScreen

        if self.sitting.day.selectivity:
            self.app.push_screen(SelectivityScreen(self.sitting.inbox.selectivity()))
        else:
            self.status.say(SafeText(OFF))
