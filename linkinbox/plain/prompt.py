"""Questions asked in lines: the same as on the screen, understood in the same way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from linkinbox.plain.sentences import quoted, sentence
from linkinbox.text import safe_text
from linkinbox.words.asking import ignore
from linkinbox.words.overruling import OverruleQuestion
from linkinbox.words.questions import ChoiceQuestion, LineQuestion, Question, ReasonQuestion, WhenQuestion

T = TypeVar("T")

AS_IT_IS = "."  # takes a note that was begun without another word
_LEAVES = "Enter alone leaves it"


class _Asked(NamedTuple):
    """A question, who wants its answer, and the words it begins with."""

    question: Question[Any]
    then: Callable[[Any], object]
    left: Callable[[str], object]
    begun: str
    typed: Callable[[str], object]


class Prompt:
    """One question at a time; an answer is a line.

    Args:
        say: tells a sentence.
    """

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._asked: _Asked | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is being asked."""
        return self._asked is not None

    @property
    def words(self) -> str:
        """What is asked, with what can be answered."""
        return f"{_asking(self._asked.question)}:" if self._asked else ""

    def get_ready(self, today: date) -> None:
        """Nothing: a line that is waited for hides what a first day in words takes."""

    def ask(
        self,
        question: Question[T],
        then: Callable[[T], object],
        *,
        text: str = "",
        left: Callable[[str], object] = ignore,
        typed: Callable[[str], object] = ignore,
    ) -> None:
        """Ask, and take the next line for the answer.

        Args:
            question: what is asked.
            then: called with the answer.
            text: the words to begin with; what is typed goes on from there.
            left: called with what was typed and not ended when the question is left.
            typed: called with each line before it is understood; it may close the question.
        """
        self._asked = _Asked(question, then, left, text, typed)
        if text:
            self._say(f"Begun before: {quoted(text)}. Your words go on from there; {AS_IT_IS} alone takes it as it is.")

    def hear(self, line: str) -> bool:
        """Take a line for the answer; False: it is none, and the question stays. A blank one leaves the question."""
        if (asked := self._asked) is None:
            return False
        words = line.strip()
        asked.typed(words)
        if self._asked is not asked:
            return True
        if not words and not _takes_nothing(asked.question):
            self.leave()
            return True
        heard = asked.question.hear(self._joined(asked.begun, words))
        if heard.answer is None:
            none = f"{quoted(words)} is none of these"
            self._say(sentence(none if isinstance(asked.question, ChoiceQuestion | OverruleQuestion) else heard.said))
            return False
        if isinstance(asked.question, WhenQuestion):
            self._say(sentence(asked.question.describe(heard.answer)))
        self._asked = None
        asked.then(heard.answer)
        return True

    def close(self) -> None:
        """Ask nothing any more."""
        self._asked = None

    def leave(self, words: str = "") -> None:
        """Leave the question without an answer.

        Args:
            words: that were typed, and not ended by Enter.
        """
        if asked := self._asked:
            self._asked = None
            asked.left(self._joined(asked.begun, words) if words else "")

    @staticmethod
    def _joined(begun: str, words: str) -> str:
        if not begun:
            return words
        return begun if words == AS_IT_IS else f"{begun.rstrip()} {words}"


def _takes_nothing(question: Question[Any]) -> bool:
    """Whether a blank line is an answer: only to what may be added to one that was given."""
    return isinstance(question, LineQuestion) and question.optional


def _asking(question: Question[Any]) -> str:
    label = sentence(question.label, end="")
    match question:
        case ChoiceQuestion():
            return f"{label.rstrip('?')}? {_numbered(tuple(question.choices))}; {_LEAVES}"
        case OverruleQuestion():
            return f"{label}? {question.hear('').said.replace(' · ', '; ')}; {_LEAVES}"
        case ReasonQuestion() if question.chips.offered:
            chips = question.chips
            more = f"; {chips.more:,} more in config.toml, to be typed" if chips.more else ""
            return f"{label}: {_numbered(chips.offered)}{more}; or your own words; {_LEAVES}"
        case LineQuestion(optional=True):
            return f"{label} (Enter alone: {question.example})"
        case _:
            return f"{label} ({question.example}; {_LEAVES})"


def _numbered(choices: tuple[str, ...]) -> str:
    return "; ".join(f"{number} {safe_text(words)}" for number, words in enumerate(choices, 1))
