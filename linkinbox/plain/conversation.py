"""The whole of a plain sweep: each line is an answer to what was asked last. No streams in here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from linkinbox.actions import ACTIONS, Action
from linkinbox.decisions import Outcome
from linkinbox.errors import LinkinboxError
from linkinbox.keymap.names import key_label
from linkinbox.model import Row
from linkinbox.plain.day_lines import end_lines, help_lines
from linkinbox.plain.keys_asked import keys_at_the_end, keys_of_item, keys_of_marked, keys_of_twins
from linkinbox.plain.sentences import quoted, sentence
from linkinbox.plain.sweep import Sweep
from linkinbox.plain.typed import labels, nearest, understand
from linkinbox.plain.watch import MOST, Watch
from linkinbox.sitting import Sitting
from linkinbox.words.asking import Asking
from linkinbox.words.day_words import question
from linkinbox.words.key_words import key_of
from linkinbox.words.said import decided_here, end_of

if TYPE_CHECKING:
    from linkinbox.store.nudges import Nudge

GO_ON = "go on"
STOPPED, INTERRUPTED = 1, 130  # exit codes


class _Sure(NamedTuple):
    """What waits for two words."""

    then: Callable[[], object]
    otherwise: Callable[[], object]


class Conversation(Sweep):
    """Asks, hears a line, says what came of it, and asks on, until it is over.

    Args:
        sitting: what is swept.
        limit: at most so many items; None: all.
        watch: notices that nobody answers; None: a person does, or is not to be asked.
        asks: whether a line that is for many items is meant.
    """

    def __init__(
        self, sitting: Sitting, *, limit: int | None = None, watch: Watch | None = None, asks: bool = True
    ) -> None:
        super().__init__(sitting)
        self.course.begin(limit)
        self.exit_code: int | None = None  # None: it is not over
        self._watch, self._asks = watch, asks
        self._sure: _Sure | None = None
        self._call: Row | None = None  # that is asked about
        self._nudges: list[Nudge] = []
        self._is_interrupted = False
        self._is_first = True
        self._came_of_it = True

    def begin(self) -> None:
        """Tell what waits today, and ask what became of calls; then comes the first item."""
        if why := self.sitting.inbox.read_only:
            self.say(sentence(f"read-only: {why}"))
        self.action_today()
        self._ask_on()

    # ── asking ──

    @property
    def asked(self) -> str:
        """The line that asks for the next answer; how many are marked is part of it."""
        if self.twins and not self._sure and not self.prompt.is_open:
            return keys_of_twins(len(self.sitting.marked))
        marks = self.marks_words()
        return f"{marks}. {self._asked_of(marks)}" if marks else self._asked_of(marks)

    def _asked_of(self, marks: str) -> str:
        if self._sure:
            return sentence(GO_ON, end="?")
        if self.prompt.is_open:
            return self.prompt.words
        if marks:
            return keys_of_marked(in_range=self.has_range)
        if self.row is None:
            return keys_at_the_end()
        return keys_of_item(is_first=self._is_first, has_more=self.has_more)

    def _ask_on(self) -> None:
        """Ask about the oldest call that was not asked about so far; else begin with the items."""
        today, sitting = self.sitting.today(), self.sitting
        calls = [call for call in today.ask if call.id not in sitting.not_asked]
        if sitting.inbox.read_only or not calls:
            self._call = None
            self.show_next()
            return
        self._call, now = calls[0], sitting.now()
        self.say(sentence(question(self._call, now, sitting.zone, len(calls) - 1)))
        self.say(f"Enter alone asks again next time; {key_of('back')} asks no more about it.")
        asking = Asking(self.prompt, sitting.now, sitting.zone)
        asking.outcome(self._record_outcome, left=lambda _words: self._leave_call(), typed=self._undo_instead)

    def _undo_instead(self, typed: str) -> None:
        """Take back what was just recorded, by the key that was named, though the next call is asked about."""
        if typed == key_of("undo") and self.news and (change := self.sitting.undo()):
            self.prompt.close()
            self.tell_change(change)
            self.sitting.not_asked.difference_update(change.ids)
            self._ask_on()

    def _record_outcome(self, outcome: Outcome) -> None:
        if self._call:
            self.sitting.not_asked.add(self._call.id)  # should it fail, the view of calls still has it
            try:
                self.record(outcome, [self._call.id])
            except LinkinboxError as error:
                self._in_vain(str(error))
            self._ask_on()

    def _leave_call(self) -> None:
        if self._call:
            self.sitting.not_asked.add(self._call.id)
            self._ask_on()

    def _ask_no_more(self, call: Row) -> None:
        self.sitting.inbox.ask_no_more(call.id)
        self.prompt.leave()

    def sure(self, what: str, then: Callable[[], object]) -> None:
        """Ask before a line does much; who wants no such questions is not asked."""
        if not self._asks:
            then()
            return
        self.say(f"{what} Answer “{GO_ON}”; else nothing is done.")
        self._sure = _Sure(then, lambda: self.say("Nothing was done."))

    # ── hearing ──

    def hear(self, line: str) -> None:
        """Take a line for the answer to what was asked last."""
        self._is_interrupted, self._is_first, self._came_of_it = False, False, True
        words = " ".join(line.split()) or self._key_of_blank(line)
        if self._sure:
            sure, self._sure = self._sure, None
            act = sure.then if words.casefold() == GO_ON else sure.otherwise
        elif self._watch and words and self._watch.is_repeated(words, _items(words)):
            self._ask_whether_meant(words)
            return
        else:
            act = partial(self._answer, words)
        try:
            act()
        except LinkinboxError as error:
            self._in_vain(str(error))
        if self._watch and self.exit_code is None and self._watch.is_in_vain(came_of_it=self._came_of_it):
            self._stop(f"Nothing came of {MOST} lines in a row: this ends here.")

    def _key_of_blank(self, line: str) -> str:
        """The key that a line of one blank is, where a key is asked for."""
        return "" if self._sure or self.prompt.is_open or line.rstrip("\n") != " " else key_label("space")

    def _answer(self, words: str) -> None:
        if self._call and words.casefold() == key_of("back").casefold():
            self._ask_no_more(self._call)
        elif self.prompt.is_open:
            self._came_of_it = self.prompt.hear(words)
        elif not words:
            self._came_of_it = self.has_more
            self.read_on()
        elif words.isdecimal() and self.row is None and 0 < int(words[:3]) <= len(self._nudges):
            self._open_person(self._nudges[int(words[:3]) - 1].row)
        elif sought := _sought(words):
            self.search(sought, narrowed=False)
        elif typed := understand(words):
            self.count = typed.number
            self._act(typed.action)
        else:
            near = nearest(words)
            guess = f"; the nearest is {labels(near)[0]}, {near.title.casefold()}" if near else ""
            self._in_vain(f"{quoted(words)} is no key here{guess}; {key_of('help')} tells the keys")

    def _in_vain(self, words: str) -> None:
        self._came_of_it = False
        self.say(sentence(words))

    def _act(self, action: Action) -> None:
        """Do what a key or a name stands for; what is not for all of the twins leaves them first."""
        if not (action.advances or action.id in {"repeat", "back", "twins", "help"}):
            self.twins = None
        if action.view:
            self.open_place(action.view)
        elif act := self._method(action):
            act()
        else:
            command = f"; its command is `linkinbox {action.command}`" if action.command and not action.verb else ""
            self._in_vain(f"{action.title} is only on the screen{command}")

    def _method(self, action: Action) -> Callable[[], object] | None:
        found: Callable[[], object] | None = getattr(self, f"action_{action.id.replace('-', '_')}", None)
        return found

    def _open_person(self, row: Row) -> None:
        self.course.at = self.sitting.place_of(row)
        self.show()

    def action_help(self) -> None:
        """Tell the keys of here."""
        self.tell(list(help_lines([action for action in ACTIONS if action.view or self._method(action)])))
        self._is_first = True

    # ── nobody answers ──

    def _ask_whether_meant(self, words: str) -> None:
        self.say(
            f"{quoted(words)} was answered {MOST} times in a row. If that is meant, answer “{GO_ON}”, "
            "and it is not asked again; anything else ends here. With --yes it is never asked."
        )

        def go_on() -> None:
            self._watch = None
            self._answer(words)

        self._sure = _Sure(go_on, lambda: self._stop("This ends here; what was decided is saved."))

    def _stop(self, words: str) -> None:
        self.say(words)
        self._end(STOPPED)

    # ── the end ──

    def show_end(self) -> None:
        """Say that it is the end, and what it came to."""
        super().show_end()
        if len(self.course):
            self.say(sentence(f"{end_of(self.sitting.shown)}{decided_here(len(self.sitting.decided))}"))
        if len(self.course) and not self.is_searching:
            self._tell_news()

    def _tell_news(self) -> None:
        """Tell what the sweep came to, if anything was decided since that was told."""
        news, self.news = self.news, False
        if news and self.sitting.swept()[0].items:
            self._nudges = self.sitting.nudges()
            for line in end_lines(self.sitting, self._nudges):
                self.say(line)

    def action_quit(self) -> None:
        """Quit; who decided something hears first what it came to."""
        self._tell_news()
        self._end(0)

    def end(self, begun: str = "") -> None:
        """End, since no more lines come.

        Args:
            begun: what was typed behind the last line, and not ended: a note that is begun, and no answer.
        """
        if begun.strip() and not self.prompt.is_open:
            self.say(f"{quoted(begun)} was not ended by Enter: nothing was done.")
        self._call = None
        self.prompt.leave(" ".join(begun.split()))
        self._tell_news()
        self._end(STOPPED if self._sure else 0)

    def _end(self, code: int) -> None:
        self.exit_code = code

    def interrupt(self) -> None:
        """Leave what is asked; the second time in a row, quit. What stopped an act has done its part."""
        if self.was_stopped:
            self.was_stopped = False
            return
        if self._is_interrupted:
            self._end(INTERRUPTED)
            return
        self._is_interrupted = True
        if self._sure or self.prompt.is_open:
            self._sure = None
            self.say("Left; nothing was done. ctrl+c again quits.")
            self.prompt.leave()
        else:
            self.say("ctrl+c again quits.")


def _sought(words: str) -> str:
    """The words behind the sign for a search; "" where there are none, or a letter is its key."""
    key = key_of("search")
    return words.removeprefix(key).strip() if words.startswith(key) and not key.isalnum() else ""


def _items(words: str) -> int:
    """For how many items a line is."""
    typed = understand(words)
    return (typed.number if typed else None) or 1
