"""Deciding line by line: as on the screen, and said in its words when it is on the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from linkinbox.actions import BY_VERB
from linkinbox.decider import LARGE, UNASKED
from linkinbox.decisions import Accept, Call, Decision, Done, Gold, Hold, Junk, Note
from linkinbox.marked import Targets
from linkinbox.model import Change, Verb
from linkinbox.plain.marking import Marking
from linkinbox.plain.progress import Progress
from linkinbox.plain.sentences import quoted, sentence
from linkinbox.sitting import Sitting
from linkinbox.text import safe_name
from linkinbox.words.asking import Asking
from linkinbox.words.doing_words import VERBS, doing, doing_now
from linkinbox.words.mark_words import NOTHING_TO_REPEAT, for_many
from linkinbox.words.overruling import ask_what_to_overrule
from linkinbox.words.said import said
from linkinbox.words.twin_words import STATE_WORDS


class Sweep(Marking):
    """Decides, asks what a decision needs to know, and takes back."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.news = False  # something was decided since the end was told
        self.was_stopped = False  # the act that was done last, before its end
        self._tell_now: Callable[[str], object] = self.say
        self._is_to_stop: Callable[[], bool] = lambda: False

    def attend(self, tell: Callable[[str], object], stop: Callable[[], bool]) -> None:
        """Tell at once how far a large act has come, and stop it between two chunks when that is asked for."""
        self._tell_now, self._is_to_stop = tell, stop

    def sure(self, what: str, then: Callable[[], object]) -> None:
        """Do something that is much for one line; a subclass asks first whether it is meant."""
        raise NotImplementedError

    # ── decisions ──

    def action_accept(self) -> None:
        """Accept."""
        self._decide(Accept())

    def action_accept_because(self) -> None:
        """Ask for what reason to accept."""
        from linkinbox.words.questions import ReasonQuestion

        if (targets := self.targets()).ids:
            question = ReasonQuestion(self.sitting.inbox.chips(targets.ids), for_many("accept{}, because", targets))
            self.prompt.ask(question, lambda reason: self._decide(Accept(reason=reason), targets))

    def action_junk(self) -> None:
        """Junk."""
        self._decide(Junk())

    def action_done(self) -> None:
        """Done."""
        self._decide(Done())

    def action_gold(self) -> None:
        """Mark as a valuable contact, or no longer."""
        targets = self.targets()
        for row in self.sitting.inbox.rows(targets.ids[:1]):
            self._decide(Gold(on=not row.gold), targets)

    def action_hold(self) -> None:
        """Ask until when to hold."""
        if (targets := self.targets()).ids:
            label = for_many("hold{} until", targets)
            self._asking.when(label, "tue 9, in 2 weeks, 1 dec", lambda at: self._decide(Hold(at), targets))

    def action_repeat(self) -> None:
        """Do the last decision once more."""
        if self.sitting.last is None:
            self.say(sentence(NOTHING_TO_REPEAT))
        else:
            self._decide(self.sitting.last)

    def action_call(self) -> None:
        """Ask when to call, or what became of the call."""
        if (row := self.here()) is None:
            return
        if row.call_at is not None:
            self._asking.outcome(lambda outcome: self._decide(outcome, Targets([row.id])))
        else:
            example = "tue 3pm, tomorrow 10, thu 14:30 CET"
            self._asking.when("call at", example, lambda at: self._decide(Call(at), Targets([row.id])))

    def action_note(self) -> None:
        """Ask for a note; what was begun and left is still there."""
        from linkinbox.words.questions import LineQuestion

        if not (targets := self.targets()).ids:
            return
        first = targets.ids[0]

        def write_down(text: str) -> None:
            written = False
            try:
                written = self._decide(Note(text), targets)
            finally:
                self.sitting.keep_note_begun(first, "" if written else text)

        self.prompt.ask(
            LineQuestion(for_many("note{}", targets), "why, in one line", ""),
            write_down,
            text=self.sitting.note_begun(first),
            left=partial(self._keep_begun, first),
        )

    def _keep_begun(self, id_: int, text: str) -> None:
        if text:
            self.sitting.keep_note_begun(id_, text)
            name = safe_name(self.sitting.inbox.item(id_, messages=0).row.person.name)
            self.say(sentence(f"kept as a note that is begun on {name}: {quoted(text)}"))

    def action_tag(self) -> None:
        """Ask which tags to put on, or take away."""
        from linkinbox.words.tagging import TagQuestion

        if (targets := self.targets()).ids:
            only = self.sitting.inbox.rows(targets.ids) if len(targets.ids) == 1 else []
            used = [tag for tag, _ in self.sitting.inbox.tags()]
            question = TagQuestion(used, only[0].tags if only else (), for_many("tag{}", targets))
            self.prompt.ask(question, lambda tag: self._decide(tag, targets))

    def action_overrule(self) -> None:
        """Ask which flag or closer is wrong, and how far; where none stands, which reason."""
        if (row := self.here()) is None:
            return
        judged = self.sitting.judge([row.id])[row.id]
        signals = (*judged.standing_flags, *judged.standing_closer) or judged.standing
        if not ask_what_to_overrule(self.prompt, signals, lambda overrule: self._decide(overrule, Targets([row.id]))):
            self.say(f"Nothing to overrule on {safe_name(row.person.name)}.")

    @property
    def _asking(self) -> Asking:
        return Asking(self.prompt, self.sitting.now, self.sitting.zone)

    # ── one way for all of them ──

    def _decide(self, decision: Decision, targets: Targets | None = None) -> bool:
        """Write a decision, unless it is not to be written now; whether it was."""
        targets = targets or self.targets()
        ids = targets.ids
        if not ids or self._is_decided_elsewhere(targets):
            return False
        if len(ids) > UNASKED:
            many = f"{doing(decision)} {len(ids):,} items, as one act with one undo?"
            self.sure(many, lambda: self._write(decision, targets))
            return False
        self._write(decision, targets)
        return True

    def _is_decided_elsewhere(self, targets: Targets) -> bool:
        """Whether another program decided on what this is for since it was told; says so, and what stands now."""
        known = len(self.sitting.marked.decided)
        if not self.sitting.look_outside():
            return False
        if targets.marked and (others := len(self.sitting.marked.decided) - known) > 0:
            were = "were" if others > 1 else "was"
            self.say(f"{others:,} of what is marked {were} decided elsewhere: your answer changed nothing.")
            return True
        return not targets.marked and self._is_told_otherwise()

    def _is_told_otherwise(self) -> bool:
        """Whether the item stands otherwise than it was told; says so, and goes on to the next."""
        if self.row is None:
            return False
        now = self.course.row
        if now is not None and now.state is self.row.state:
            self.sitting.judge([now.id])  # forgotten with what changed: what stands before the eyes is counted
            return False
        stands = f"{STATE_WORDS[now.state]} by now" if now is not None else "no longer here"
        self.say(f"{safe_name(self.row.person.name)} is {stands}, decided elsewhere: your answer changed nothing.")
        self.show_next()
        return True

    def _write(self, decision: Decision, targets: Targets) -> None:
        """Write a decision, say it, and go on if its action does."""
        change = self.record(decision, targets.ids[:])
        self.twins = None
        if targets.marked:
            self.leave_range()
            self.sitting.marked.clear()
        action = BY_VERB.get(change.verb)
        if action and action.advances:
            self.course.pass_by(change.ids if change.left else targets.ids)
            self.show_next()
        else:
            self.row = self.course.row

    def record(self, decision: Decision, ids: Sequence[int]) -> Change:
        """Write a decision and say it; when it is said it is on the disk."""
        progress = self._progress(VERBS[type(decision)], len(ids)) if len(ids) > LARGE else None
        change = self.sitting.decide(decision, ids, progress=progress, stop=self._is_to_stop)
        self.sitting.remember_decision(decision)
        self.news, self.was_stopped = True, change.left > 0
        self.tell_change(change)
        return change

    def _progress(self, verb: Verb, items: int) -> Progress:
        stops = "" if verb in {Verb.UNDO, Verb.REDO} else "; ctrl+c stops it, and what is done stays"
        return Progress(self._tell_now, f"{doing_now(verb)} {items:,} items{stops}.")

    def tell_change(self, change: Change) -> None:
        """Remember what was decided, or taken back, and say it."""
        self.course.take(change)
        self.say(sentence(said(change, self.sitting.now()).replace(" · ", "; ")))  # a dot in the middle is no pause

    # ── back and forth ──

    def action_undo(self) -> None:
        """Take back the last decision, as often as it was decided."""
        self._turn(Verb.UNDO, "Nothing to take back.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._turn(Verb.REDO, "Nothing to do again.")

    def _turn(self, verb: Verb, nothing: str) -> None:
        if (acts := self.count or 1) > UNASKED:
            what = "Take back" if verb is Verb.UNDO else "Do again"
            self.sure(f"{what} up to {acts:,} acts?", lambda: self._turn_by(verb, acts, nothing))
        else:
            self._turn_by(verb, acts, nothing)

    def _turn_by(self, verb: Verb, acts: int, nothing: str) -> None:
        size = self.sitting.inbox.reach(verb, acts)
        change = None
        for change in self.sitting.turned(verb, acts, progress=self._progress(verb, size) if size > LARGE else None):
            self.tell_change(change)
        if change is None:
            self.say(nothing)
            return
        self.news = True
        self.leave_range()
        if self.course.return_to(change):
            self.show()
        else:
            self.row = self.course.row
