"""What a prompt can ask, and how it understands what is typed. Pure: no screen in here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from linkinbox.decisions import Outcome
from linkinbox.errors import TimeError
from linkinbox.model import CallOutcome

if TYPE_CHECKING:
    from linkinbox.signals import Chips

T = TypeVar("T")


class Heard(NamedTuple, Generic[T]):
    """What was understood of the words typed so far.

    Args:
        said: to be shown beneath the words.
        answer: what Enter accepts; None: not yet an answer.
        wrong: what was typed cannot become one as it stands.
        at_once: the answer needs no Enter.
        chips: what a digit answers, shown beneath the words.
        completed: what Tab makes of the words.
        wrong_at: the letters that are wrong.
    """

    said: str
    answer: T | None = None
    wrong: bool = False
    at_once: bool = False
    chips: Chips | None = None
    completed: str | None = None
    wrong_at: tuple[int, int] | None = None


class Question(Protocol[T]):
    """One question asked in a line."""

    @property
    def label(self) -> str:
        """What stands before the words."""

    @property
    def example(self) -> str:
        """What stands in their place while there are none."""

    def hear(self, typed: str) -> Heard[T]:
        """Understand the words typed so far."""


class LineQuestion(NamedTuple):
    """A line of the user's own.

    Args:
        label: what stands before it.
        example: what stands in its place.
        help: what Enter and Esc do.
        optional: nothing typed is an answer too.
    """

    label: str
    example: str
    help: str
    optional: bool = False

    def hear(self, typed: str) -> Heard[str]:
        """Any words are an answer."""
        words = typed.strip()
        return Heard(self.help, words if words or self.optional else None)


class WhenQuestion(NamedTuple):
    """A time to come, typed in words.

    Args:
        label: what stands before it.
        example: what stands in its place.
        understand: the words → a time; raises `TimeError` with its hint.
        describe: that time as it is told back, with its zone.
    """

    label: str
    example: str
    understand: Callable[[str], datetime]
    describe: Callable[[datetime], str]

    def hear(self, typed: str) -> Heard[datetime]:
        """Say which time the words are, or why they are none."""
        if not typed.strip():
            return Heard("a time to come, in your own words")
        try:
            at = self.understand(typed)
        except TimeError as error:
            return Heard(str(error), wrong=True)
        return Heard(f"{self.describe(at)} · Enter", at)


def when_question(label: str, example: str, *, now: Callable[[], datetime], zone: tzinfo) -> WhenQuestion:
    """Ask for a time as `linkinbox.when` understands it."""
    from linkinbox.when import describe_when, parse_when

    return WhenQuestion(
        label,
        example,
        lambda typed: parse_when(typed, now=now(), zone=zone),
        lambda at: describe_when(at, now=now(), zone=zone),
    )


class ChoiceQuestion(NamedTuple, Generic[T]):
    """One of a few things: a digit, without Enter.

    Args:
        label: what stands before it.
        choices: what is offered, by its words; at most nine.
        example: what stands in its place.
    """

    label: str
    choices: Mapping[str, T]
    example: str = "a digit"

    def hear(self, typed: str) -> Heard[T]:
        """A digit is the answer."""
        digit = typed.strip()
        offered = {str(number): words for number, words in enumerate(self.choices, 1)}
        if digit in offered:
            return Heard(offered[digit], self.choices[offered[digit]], at_once=True)
        return Heard(" · ".join(f"{number} {words}" for number, words in offered.items()), wrong=bool(digit))


class SureQuestion(NamedTuple):
    """Whether something is really meant: y or n, without Enter.

    Args:
        label: what is asked.
    """

    label: str
    example: str = "y or n"

    def hear(self, typed: str) -> Heard[bool]:
        """Only y is yes."""
        word = typed.strip().lower()
        if word in {"y", "n"}:
            return Heard("yes" if word == "y" else "no", word == "y", at_once=True)
        return Heard("y does it, n or Esc leaves all as it is", wrong=bool(word))


class ReasonQuestion(NamedTuple):
    """Why to accept: a chip by its digit, words of the user's own, or nothing.

    Args:
        chips: what is offered.
    """

    chips: Chips
    label: str = "accept, because"
    example: str = "a digit, or your own words"

    def hear(self, typed: str) -> Heard[str]:
        """A digit is the answer; other words are one with Enter."""
        words = " ".join(typed.split())
        offered = {str(number): chip for number, chip in enumerate(self.chips.offered, 1)}
        if words in offered:
            return Heard(offered[words], offered[words], at_once=True, chips=self.chips)
        said = f"Enter accepts, because: {words}" if words else f"{self._told()}Enter accepts without a reason"
        return Heard(f"{said} · Esc leaves it", words, chips=self.chips)

    def _told(self) -> str:
        if not self.chips.offered:
            return "Nothing to choose from: [interests] in config.toml adds reasons. "
        return f"{self.chips.more:,} more in config.toml, to be typed. " if self.chips.more else ""


def outcome_words(outcome: Outcome) -> str:
    """What became of a call, in short."""
    return f"{outcome.outcome.value}{', intro owed' if outcome.intro_owed else ''}"


_OUTCOMES = (
    Outcome(CallOutcome.HELD), Outcome(CallOutcome.MOVED), Outcome(CallOutcome.NO_SHOW),
    Outcome(CallOutcome.HELD, intro_owed=True), Outcome(CallOutcome.CANCELLED),
)  # fmt: skip
OUTCOMES = {outcome_words(outcome): outcome for outcome in _OUTCOMES}
