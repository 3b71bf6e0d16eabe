"""The daily sweep: decide on the item under the cursor, and go on to the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from linkinbox.decisions import Accept, Call, Done, Gold, Hold, Junk, Overrule
from linkinbox.marked import Targets
from linkinbox.model import View
from linkinbox.text import safe_name, safe_text
from linkinbox.tui.screens.handing import HandingScreen
from linkinbox.words.asking import Asking
from linkinbox.words.mark_words import NOTHING_TO_REPEAT, for_many
from linkinbox.words.said import decided_here, end_of


class SweepScreen(HandingScreen):
    """Decides, asks what a decision needs to know, and takes back. What it says was done is on the disk."""

    # ── decisions ──

    def action_accept(self) -> None:
        """Accept."""
        self._decide(Accept(), self._targets())

    def action_accept_because(self) -> None:
        """Ask for what reason to accept."""
        from linkinbox.words.questions import ReasonQuestion

        if (targets := self._targets()).ids:
            question = ReasonQuestion(self.sitting.inbox.chips(targets.ids), for_many("accept{}, because", targets))
            self.prompt.ask(question, lambda reason: self._decide(Accept(reason=reason), targets))

    def action_junk(self) -> None:
        """Junk."""
        self._decide(Junk(), self._targets())

    def action_done(self) -> None:
        """Done."""
        self._decide(Done(), self._targets())

    def action_gold(self) -> None:
        """Mark as a valuable contact, or no longer."""
        targets = self._targets()
        for row in self.sitting.inbox.rows(targets.ids[:1]):
            self._decide(Gold(on=not row.gold), targets)

    def action_hold(self) -> None:
        """Ask until when to hold."""
        if (targets := self._targets()).ids:
            label = for_many("hold{} until", targets)
            self._ask_when(label, "tue 9, in 2 weeks, 1 dec", lambda at: self._decide(Hold(at), targets))

    def action_repeat(self) -> None:
        """Do the last decision once more."""
        if self.sitting.last is None:
            self.status.say(NOTHING_TO_REPEAT, tone="warn")
        else:
            self._decide(self.sitting.last, self._targets())

    def action_tag(self) -> None:
        """Ask which tags to put on, or take away."""
        from linkinbox.words.tagging import TagQuestion

        if (targets := self._targets()).ids:
            only = self.sitting.inbox.rows(targets.ids) if len(targets.ids) == 1 else []
            used = [tag for tag, _ in self.sitting.inbox.tags()]
            question = TagQuestion(used, only[0].tags if only else (), for_many("tag{}", targets))
            self.prompt.ask(question, lambda tag: self._decide(tag, targets))

    def action_call(self) -> None:
        """Ask when to call, or what became of the call."""
        row = self.list.cursor_row
        if row is None:
            return
        if row.call_at is not None:
            Asking(self.prompt, self.sitting.now, self.sitting.zone).outcome(
                lambda outcome: self._decide(outcome, Targets([row.id]))
            )
        else:
            self._ask_when(
                "call at", "tue 3pm, tomorrow 10, thu 14:30 CET", lambda at: self._decide(Call(at), Targets([row.id]))
            )

    def _ask_when(self, label: str, example: str, then: Callable[[datetime], object]) -> None:
        Asking(self.prompt, self.sitting.now, self.sitting.zone).when(label, example, then)

    # ── what speaks for and against ──

    def action_why(self) -> None:
        """Show every signal with its rule, words and counts."""
        from linkinbox.tui.screens.why import WhyScreen

        if row := self.list.cursor_row:
            self.app.push_screen(WhyScreen(self.sitting.inbox, row, partial(self._overrule, row.id)))

    def _overrule(self, id_: int, said: Overrule) -> bool:
        written: list[Overrule] = []
        self._decide(said, Targets([id_]), then=lambda: written.append(said))
        return bool(written)

    def action_overrule(self) -> None:
        """Ask which flag or closer is wrong, and how far; where none stands, which reason."""
        from linkinbox.words.overruling import ask_what_to_overrule

        if (row := self.list.cursor_row) is None:
            return
        judged = self.sitting.judge([row.id])[row.id]
        signals = (*judged.standing_flags, *judged.standing_closer) or judged.standing
        if not ask_what_to_overrule(self.prompt, signals, lambda said: self._decide(said, Targets([row.id]))):
            self.status.say(safe_text(f"Nothing to overrule on {safe_name(row.person.name)}"))

    # ── on, or out ──

    def action_quit(self) -> None:
        """Quit; who swept sees first what it came to."""
        if not self._show_end():
            super().action_quit()

    def action_back(self) -> None:
        """Go back to the list, unmark, then out of the search, then out of the sweep."""
        if self.pane == "list" and not self.twins and self.leave_marks():
            return
        if self.twins or self.pane != "list" or self.sitting.words or self.sitting.view is not View.SWEEP:
            super().action_back()
        elif not self._show_end():
            self.action_today()

    def action_down(self) -> None:
        """Go down; say so at the end."""
        if len(self.sitting.ids) and self.list.cursor == len(self.sitting.ids) - 1:
            if self.sitting.is_in_batch:
                self.go_on_with_backlog()
                return
            end = end_of(self.sitting.shown)
            self.status.say(safe_text(f"{end}{decided_here(len(self.sitting.decided))}"), end)
        super().action_down()
