"""Deciding line by line: as on the screen, and said in its words when it is on the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from linkinbox.actions import BY_VERB
from linkinbox.decisions import Accept, Call, Decision, Done, Gold, Hold, Junk, Note
from linkinbox.model import Change, Row, State
from linkinbox.plain.sentences import quoted, sentence
from linkinbox.plain.walk import Walk
from linkinbox.text import safe_name
from linkinbox.words.asking import Asking
from linkinbox.words.overruling import ask_what_to_overrule
from linkinbox.words.said import said
from linkinbox.words.twin_words import STATE_WORDS

MOST = 25  # items that one line decides on without being asked


class Sweep(Walk):
    """Decides, asks what a decision needs to know, and takes back."""

    news = False  # something was decided since the end was told

    def sure(self, what: str, then: Callable[[], object]) -> None:
        """Do something that is much for one line; a subclass says what it is, and asks first."""
        raise NotImplementedError

    # ── decisions ──

    def action_accept(self) -> None:
        """Accept."""
        self._decide(Accept())

    def action_accept_because(self) -> None:
        """Ask for what reason to accept."""
        from linkinbox.words.questions import ReasonQuestion

        if ids := self._targets():
            question = ReasonQuestion(self.sitting.inbox.chips(ids))
            self.prompt.ask(question, lambda reason: self._decide(Accept(reason=reason), ids))

    def action_junk(self) -> None:
        """Junk."""
        self._decide(Junk())

    def action_done(self) -> None:
        """Done."""
        self._decide(Done())

    def action_gold(self) -> None:
        """Mark as a valuable contact, or no longer."""
        if row := self.here():
            self._decide(Gold(on=not row.gold))

    def action_hold(self) -> None:
        """Ask until when to hold."""
        if ids := self._targets():
            self._asking.when("hold until", "tue 9, in 2 weeks, 1 dec", lambda at: self._decide(Hold(at), ids))

    def action_call(self) -> None:
        """Ask when to call, or what became of the call."""
        if (row := self.here()) is None:
            return
        if row.call_at is not None:
            self._asking.outcome(lambda outcome: self._decide(outcome, [row.id]))
        else:
            example = "tue 3pm, tomorrow 10, thu 14:30 CET"
            self._asking.when("call at", example, lambda at: self._decide(Call(at), [row.id]))

    def action_note(self) -> None:
        """Ask for a note; what was begun and left is still there."""
        from linkinbox.words.questions import LineQuestion

        if not (ids := self._targets()) or (row := self.row) is None:
            return

        def write_down(text: str) -> None:
            written = False
            try:
                written = self._decide(Note(text), ids)
            finally:
                self.sitting.keep_note_begun(row.id, "" if written else text)

        self.prompt.ask(
            LineQuestion("note", "why, in one line", ""),
            write_down,
            text=self.sitting.note_begun(row.id),
            left=partial(self._keep_begun, row),
        )

    def _keep_begun(self, row: Row, text: str) -> None:
        if text:
            self.sitting.keep_note_begun(row.id, text)
            self.say(sentence(f"kept as a note that is begun on {safe_name(row.person.name)}: {quoted(text)}"))

    def action_tag(self) -> None:
        """Ask which tags to put on, or take away."""
        from linkinbox.words.tagging import TagQuestion

        if (ids := self._targets()) and self.row:
            used = [tag for tag, _ in self.sitting.inbox.tags()]
            question = TagQuestion(used, self.row.tags if len(ids) == 1 else ())
            self.prompt.ask(question, lambda tag: self._decide(tag, ids))

    def action_overrule(self) -> None:
        """Ask which flag or closer is wrong, and how far; where none stands, which reason."""
        if (row := self.here()) is None:
            return
        judged = self.sitting.judge([row.id])[row.id]
        signals = (*judged.standing_flags, *judged.standing_closer) or judged.standing
        if not ask_what_to_overrule(self.prompt, signals, lambda overrule: self._decide(overrule, [row.id])):
            self.say(f"Nothing to overrule on {safe_name(row.person.name)}.")

    @property
    def _asking(self) -> Asking:
        return Asking(self.prompt, self.sitting.now, self.sitting.zone)

    # ── one way for all of them ──

    def _targets(self) -> list[int]:
        """The new ones of the twins that were told, this one first; else the counted items."""
        if (row := self.here()) is None:
            return []
        if self.twins is None:
            return self.course.targets(self.count or 1)
        new = self.twins.ids_in(State.NEW)
        if not new:
            self.say("None of them is new: nothing to decide.")
        return sorted(new, key=lambda id_: id_ != row.id)

    def _decide(self, decision: Decision, ids: Sequence[int] | None = None) -> bool:
        """Write a decision, unless it is not to be written now; whether it was."""
        ids = self._targets() if ids is None else ids
        if not ids or self._is_decided_elsewhere():
            return False
        if len(ids) > MOST:
            many = f"{len(ids):,} items, as one act with one undo"
            self.sure(many, lambda: self._write(decision, ids))
            return False
        self._write(decision, ids)
        return True

    def _is_decided_elsewhere(self) -> bool:
        """Whether another program decided on the item since it was told; says so, and tells it as it stands now."""
        if self.row is None or not self.sitting.look_outside():
            return False
        now = self.course.row
        if now is not None and now.state is self.row.state:
            self.sitting.judge([now.id])  # forgotten with what changed: what stands before the eyes is counted
            return False
        stands = f"{STATE_WORDS[now.state]} by now" if now is not None else "no longer here"
        self.say(f"{safe_name(self.row.person.name)} is {stands}, decided elsewhere: your answer changed nothing.")
        self.show_next()
        return True

    def _write(self, decision: Decision, ids: Sequence[int]) -> None:
        """Write a decision, say it, and go on if its action does."""
        change = self.record(decision, ids)
        self.twins = None
        action = BY_VERB.get(change.verb)
        if action and action.advances:
            self.course.pass_by(change)
            self.show_next()
        else:
            self.row = self.course.row

    def record(self, decision: Decision, ids: Sequence[int]) -> Change:
        """Write a decision and say it; when it is said it is on the disk."""
        change = self.sitting.decide(decision, ids)
        self.news = True
        self.tell_change(change)
        return change

    def tell_change(self, change: Change) -> None:
        """Remember what was decided, or taken back, and say it."""
        self.course.take(change)
        self.say(sentence(said(change, self.sitting.now()).replace(" · ", "; ")))  # a dot in the middle is no pause

    # ── back and forth ──

    def action_undo(self) -> None:
        """Take back the last decision, as often as it was decided."""
        self._turn(self.sitting.undo, "Nothing to take back.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._turn(self.sitting.redo, "Nothing to do again.")

    def _turn(self, back_or_forth: Callable[[], Change | None], nothing: str) -> None:
        acts = self.count or 1
        if acts > MOST:
            self.sure(f"up to {acts:,} acts", lambda: self._turn_by(acts, back_or_forth, nothing))
        else:
            self._turn_by(acts, back_or_forth, nothing)

    def _turn_by(self, acts: int, back_or_forth: Callable[[], Change | None], nothing: str) -> None:
        change = None
        for _ in range(acts):
            if (next_change := back_or_forth()) is None:
                break
            change = next_change
            self.tell_change(change)
        if change is None:
            self.say(nothing)
            return
        self.news = True
        if self.course.return_to(change):
            self.show()
        else:
            self.row = self.course.row
