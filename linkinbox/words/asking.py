"""Asking for times to come, and what became of a call: several questions in a row, in one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from linkinbox.decisions import Outcome
from linkinbox.model import CallOutcome

if TYPE_CHECKING:
    from linkinbox.words.questions import Question

T = TypeVar("T")


def ignore(_words: str) -> None:
    """Nothing is done with words that were left."""


class Prompt(Protocol):
    """Where questions are asked, one at a time."""

    def ask(
        self,
        question: Question[T],
        then: Callable[[T], object],
        *,
        text: str = "",
        left: Callable[[str], object] = ...,
        typed: Callable[[str], object] = ...,
    ) -> None:
        """Ask, and take what is typed from now on for its answer."""

    def get_ready(self, today: date) -> None:
        """Get ready to understand days in words."""


class Asking(NamedTuple):
    """What such questions need.

    Args:
        prompt: where they are asked.
        now: tells the time, aware.
        zone: the one typed times are in.
    """

    prompt: Prompt
    now: Callable[[], datetime]
    zone: tzinfo

    def when(
        self,
        label: str,
        example: str,
        then: Callable[[datetime], object],
        *,
        left: Callable[[str], object] = ignore,
    ) -> None:
        """Ask for a time to come."""
        from linkinbox.words.questions import when_question

        self.prompt.get_ready(self.now().date())
        self.prompt.ask(when_question(label, example, now=self.now, zone=self.zone), then, left=left)

    def outcome(
        self,
        then: Callable[[Outcome], object],
        *,
        left: Callable[[str], object] = ignore,
        typed: Callable[[str], object] = ignore,
        example: str = "a digit",
    ) -> None:
        """Ask what became of a call; then, if it was moved, to when; then for a note.

        Args:
            then: takes the outcome with its time and note.
            left: called when Esc leaves one of the questions.
            typed: called with what was typed in answer to the first.
            example: what stands in the place of the answer.
        """
        from linkinbox.words.questions import OUTCOMES, ChoiceQuestion

        question = ChoiceQuestion("what became of it?", OUTCOMES, example)
        self.prompt.ask(question, lambda outcome: self._new_time(outcome, then, left), left=left, typed=typed)

    def _new_time(self, outcome: Outcome, then: Callable[[Outcome], object], left: Callable[[str], object]) -> None:
        if outcome.outcome is CallOutcome.MOVED:
            moved = partial(self._note, then=then, left=left)
            self.when("moved to", "thu 14:30", lambda at: moved(outcome._replace(at=at)), left=left)
        else:
            self._note(outcome, then, left)

    def _note(self, outcome: Outcome, then: Callable[[Outcome], object], left: Callable[[str], object]) -> None:
        from linkinbox.words.questions import LineQuestion, outcome_words

        label = f"call {outcome_words(outcome)}; note"
        question = LineQuestion(label, "nothing more to say", "Enter records it, Esc records nothing", optional=True)
        self.prompt.ask(question, lambda note: then(outcome._replace(note=note)), left=left)
