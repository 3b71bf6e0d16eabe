"""The daily sweep: decide on the item under the cursor, and go on to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from linkinbox.actions import BY_VERB
from linkinbox.decisions import Accept, Call, Decision, Done, Gold, Hold, Junk
from linkinbox.errors import LinkinboxError
from linkinbox.model import Change, Verb, View
from linkinbox.text import safe_name, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.screens.handing import HandingScreen
from linkinbox.words.asking import Asking
from linkinbox.words.said import end_of, said


class SweepScreen(HandingScreen):
    """Decides, asks what a decision needs to know, and takes back. What it says was done is on the disk."""

    # ── decisions ──

    def action_accept(self) -> None:
        """Accept."""
        self._decide(Accept(), self._targets())

    def action_accept_because(self) -> None:
        """Ask for what reason to accept."""
        from linkinbox.words.questions import ReasonQuestion

        if ids := self._targets():
            question = ReasonQuestion(self.sitting.inbox.chips(ids))
            self.prompt.ask(question, lambda reason: self._decide(Accept(reason=reason), ids))

    def action_junk(self) -> None:
        """Junk."""
        self._decide(Junk(), self._targets())

    def action_done(self) -> None:
        """Done."""
        self._decide(Done(), self._targets())

    def action_gold(self) -> None:
        """Mark as a valuable contact, or no longer."""
        if row := self.list.cursor_row:
            self._decide(Gold(on=not row.gold), self._targets())

    def action_hold(self) -> None:
        """Ask until when to hold."""
        if ids := self._targets():
            self._ask_when("hold until", "tue 9, in 2 weeks, 1 dec", lambda at: self._decide(Hold(at), ids))

    def action_tag(self) -> None:
        """Ask which tags to put on, or take away."""
        from linkinbox.words.tagging import TagQuestion

        if ids := self._targets():
            row = self.list.cursor_row if len(ids) == 1 else None
            used = [tag for tag, _ in self.sitting.inbox.tags()]
            question = TagQuestion(used, row.tags if row else ())
            self.prompt.ask(question, lambda tag: self._decide(tag, ids))

    def action_call(self) -> None:
        """Ask when to call, or what became of the call."""
        row = self.list.cursor_row
        if row is None:
            return
        if row.call_at is not None:
            Asking(self.prompt, self.sitting.now, self.sitting.zone).outcome(
                lambda outcome: self._decide(outcome, [row.id])
            )
        else:
            self._ask_when(
                "call at", "tue 3pm, tomorrow 10, thu 14:30 CET", lambda at: self._decide(Call(at), [row.id])
            )

    def _ask_when(self, label: str, example: str, then: Callable[[datetime], object]) -> None:
        Asking(self.prompt, self.sitting.now, self.sitting.zone).when(label, example, then)

    # ── what speaks for and against ──

    def action_why(self) -> None:
        """Show every signal with its rule, words and counts."""
        from linkinbox.tui.screens.why import WhyScreen

        if row := self.list.cursor_row:
            self.app.push_screen(WhyScreen(self.sitting.inbox, row, lambda said: self._decide(said, [row.id])))

    def action_overrule(self) -> None:
        """Ask which flag or closer is wrong, and how far; where none stands, which reason."""
        from linkinbox.words.overruling import ask_what_to_overrule

        if (row := self.list.cursor_row) is None:
            return
        judged = self.sitting.judge([row.id])[row.id]
        signals = (*judged.standing_flags, *judged.standing_closer) or judged.standing
        if not ask_what_to_overrule(self.prompt, signals, lambda said: self._decide(said, [row.id])):
            self.status.say(safe_text(f"Nothing to overrule on {safe_name(row.person.name)}"))

    # ── one way for all of them ──

    def _decide(self, decision: Decision, ids: Sequence[int]) -> bool:
        """Write a decision, show it, and go on if its action does; False if it was not written."""
        if not ids:
            return False
        try:
            change = self.sitting.decide(decision, ids)
        except LinkinboxError as error:
            self.say_error(error)
            return False
        self.leave_twins()
        self._show_change(change)
        action = BY_VERB.get(change.verb)
        if action and action.advances:
            self._advance(self._in_a_row(ids), change)
        return True

    def _in_a_row(self, ids: Sequence[int]) -> int:
        """How many from the cursor on were decided: twins may stand anywhere."""
        here, decided = self.list.cursor, set(ids)
        following = self.sitting.ids[here : here + len(ids)]
        return next((count for count, id_ in enumerate(following) if id_ not in decided), len(following))

    def _advance(self, count: int, change: Change) -> None:
        """Go on to the next item; at the end the cursor stays, and that it is the end is said."""
        at_the_end = self.list.cursor + count >= len(self.sitting.ids)
        if at_the_end and self.sitting.is_in_batch:
            self.go_on_with_backlog()
            return
        if at_the_end:
            done, end = said(change, self.sitting.now()), end_of(self.sitting.view, len(self.sitting.decided))
            self.status.say(safe_text(f"{done} {marks().dot} {end}"))
        self.list.move_by(count)
        if self.sitting.is_swept or (at_the_end and self.sitting.view is View.SWEEP and not self.sitting.words):
            self._show_end()

    # ── the end ──

    def _show_end(self) -> bool:
        """Show what the sweep came to; False: nothing was decided in it since that was shown."""
        if not self.sitting.take_news():
            return False
        from linkinbox.tui.screens.end import EndScreen

        self.app.push_screen(EndScreen(self.sitting, self.progress), lambda _: self.show_anew())
        return True

    def action_quit(self) -> None:
        """Quit; who swept sees first what it came to."""
        if not self._show_end():
            super().action_quit()

    def action_back(self) -> None:
        """Go back to the list, then out of the search, then out of the sweep."""
        if self.pane != "list" or self.sitting.words or self.sitting.view is not View.SWEEP:
            super().action_back()
        elif not self._show_end():
            self.action_today()

    def action_down(self) -> None:
        """Go down; say so at the end."""
        if len(self.sitting.ids) and self.list.cursor == len(self.sitting.ids) - 1:
            if self.sitting.is_in_batch:
                self.go_on_with_backlog()
                return
            self.status.say(end_of(self.sitting.view, len(self.sitting.decided)))
        super().action_down()

    def _show_change(self, change: Change) -> None:
        if len(change.ids) > len(change.rows) or change.verb is Verb.OVERRULE:  # other rows may be owed now
            self.list.forget_pages()
        self.list.replace(change.rows)
        self.show_figures()
        if self.list.cursor_id in change.ids:
            self.list.announce()  # not shown at once: the cursor may go on to the next
        self.judge_soon()
        self.status.say(said(change, self.sitting.now()))

    # ── back and forth ──

    def action_undo(self) -> None:
        """Take back the last decision, as often as it was decided."""
        self._again(self.sitting.undo, "Nothing to take back")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._again(self.sitting.redo, "Nothing to do again")

    def _again(self, back_or_forth: Callable[[], Change | None], nothing: str) -> None:
        change, acts = None, 0
        try:
            for _ in range(self.count or 1):
                if (next_change := back_or_forth()) is None:
                    break
                change, acts = next_change, acts + 1
                self.list.replace(change.rows)
        except LinkinboxError as error:
            self.say_error(error)
            return
        if change is None:
            self.status.say(safe_text(nothing))
        else:
            self._return_to(change)
            if acts > 1:
                self.status.say(safe_text(f"{acts:,} acts. The last: {said(change, self.sitting.now())}"))

    def _return_to(self, change: Change) -> None:
        """Put the cursor on the item again, wherever it stands."""
        before = self.sitting.ids
        if self.sitting.is_in_batch and len(change.ids) > 1 and not {*change.ids} <= {*before[:]}:
            self.sitting.backlog.go_back()
            self.go_on_with_backlog()
        elif change.rows:
            index = self.sitting.place_of(change.rows[0])
            if self.sitting.ids is before:
                self.list.move_to(index)
            else:
                self.show_list(cursor=index)
                self.fill()
        self._show_change(change)
