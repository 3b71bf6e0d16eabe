"""How a decision is written, shown, gone on from and taken back: one way for all of them, for one item or for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from linkinbox.actions import BY_VERB
from linkinbox.decider import LARGE, UNASKED
from linkinbox.decisions import Decision
from linkinbox.errors import LinkinboxError
from linkinbox.marked import Targets
from linkinbox.model import Change, Verb, View
from linkinbox.text import safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.screens.twinning import TwinScreen
from linkinbox.tui.screens.working import WorkingScreen, apply, turn
from linkinbox.words.doing_words import VERBS, doing
from linkinbox.words.said import decided_here, end_of, said

if TYPE_CHECKING:
    from linkinbox.splits import Split

_LOOKED_AT = 5_000  # items behind the cursor, for the next that was not decided


def _ignore() -> None:
    """Nobody waits for it."""


class _Deciding(NamedTuple):
    """A decision on its way: what it is for, and who waits for it."""

    decision: Decision
    targets: Targets
    then: Callable[[], object]
    left: Callable[[], object]


class DecidingScreen(WorkingScreen, TwinScreen):
    """Writes decisions. What it says was done is on the disk."""

    def open_place(self, place: View | Split) -> None:
        """Open a view or a saved search; not while a large act is taken note of by where it began."""
        if not self.is_working:
            super().open_place(place)

    # ── one way for all of them ──

    def _decide(
        self,
        decision: Decision,
        targets: Targets,
        *,
        then: Callable[[], object] = _ignore,
        left: Callable[[], object] = _ignore,
    ) -> None:
        """Decide; all of a view, which nobody looked at one by one, only after a word.

        Args:
            decision: what is decided.
            targets: what it is for.
            then: called when it was written.
            left: called when it was not.
        """
        deciding = _Deciding(decision, targets, then, left)
        if targets.ids:
            self._if_sure(partial(doing, decision), targets, lambda: self._write(deciding), left=left)

    def _if_sure(
        self,
        doing: Callable[[], str],
        targets: Targets,
        then: Callable[[], object],
        *,
        left: Callable[[], object] = _ignore,
    ) -> None:
        """Do it at once; with all of a view, which nobody looked at one by one, only after a word."""
        from linkinbox.words.questions import SureQuestion

        if targets.unseen and len(targets.ids) > UNASKED:
            question = SureQuestion(f"{doing()} {len(targets.ids):,} items?")
            self.prompt.ask(question, lambda sure: then() if sure else left(), left=lambda _typed: left())
        else:
            then()

    def _write(self, deciding: _Deciding) -> None:
        decision, ids = deciding.decision, deciding.targets.ids[:]
        ended = partial(self._decided, deciding)
        if len(ids) > LARGE and (verb := VERBS.get(type(decision))):
            self.work(self.sitting, verb, partial(apply, decision, ids), ended, of=len(ids))
            return
        try:
            ended([self.sitting.decide(decision, ids)], None)
        except LinkinboxError as error:
            ended([], error)

    def _decided(self, deciding: _Deciding, changes: Sequence[Change], error: LinkinboxError | None) -> None:
        """Show what was decided, and go on if the decision does."""
        if error:
            self.say_error(error)
            deciding.left()
        for change in changes:
            self.leave_twins()
            if deciding.targets.marked:
                self._unmark()
            self.sitting.remember_decision(deciding.decision)
            self._show_change(change)
            action = BY_VERB.get(change.verb)
            if action and action.advances:
                ids = change.ids if change.left else deciding.targets.ids
                self._advance(self._in_a_row(ids), change)
            deciding.then()

    def _in_a_row(self, ids: Sequence[int]) -> int:
        """How many from the cursor on were decided: what is marked may stand anywhere."""
        here, shown = self.list.cursor, self.sitting.ids
        if len(ids) >= len(shown) > LARGE:
            return len(shown) - here
        decided = self.sitting.decided if len(ids) > LARGE else frozenset(ids)
        end = min(here + len(ids), len(shown), here + _LOOKED_AT)
        return next((index for index in range(here, end) if shown[index] not in decided), end) - here

    def _advance(self, count: int, change: Change) -> None:
        """Go on to the next item; at the end the cursor stays, and that it is the end is said."""
        at_the_end = self.list.cursor + count >= len(self.sitting.ids)
        if at_the_end and self.sitting.is_in_batch:
            self.go_on_with_backlog()
            return
        if at_the_end:
            done, end = said(change, self.sitting.now()), end_of(self.sitting.shown)
            short = safe_text(f"{done} {marks().dot} {end}")
            self.status.say(safe_text(f"{short}{decided_here(len(self.sitting.decided))}"), short, done)
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
        self._again(Verb.UNDO, "Nothing to take back")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._again(Verb.REDO, "Nothing to do again")

    def _again(self, verb: Verb, nothing: str) -> None:
        steps, ended = self.count or 1, partial(self._turned, nothing)
        if (size := self.sitting.inbox.reach(verb, steps)) > LARGE:
            self.work(self.sitting, verb, partial(turn, verb, steps), ended, of=size)
            return
        changes: list[Change] = []
        try:
            changes.extend(self.sitting.turned(verb, steps))
        except LinkinboxError as error:
            ended(changes, error)
        else:
            ended(changes, None)

    def _turned(self, nothing: str, changes: Sequence[Change], error: LinkinboxError | None) -> None:
        for change in changes:
            self.list.replace(change.rows)
        if changes:
            self._anchor = None  # the cursor goes elsewhere, and no range with it
            self._return_to(changes[-1])
        if len(changes) > 1:
            last = said(changes[-1], self.sitting.now())
            self.status.say(safe_text(f"{len(changes):,} acts. The last: {last}"))
        if error:
            self.say_error(error)
        elif not changes:
            self.status.say(safe_text(nothing))

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
