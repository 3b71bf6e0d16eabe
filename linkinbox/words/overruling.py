"""Asking which signal to overrule, and how far: one digit for both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from linkinbox.decisions import Overrule, Scope
from linkinbox.signals import Signal, SignalKind
from linkinbox.words.asking import Prompt
from linkinbox.words.questions import Heard

_SCOPES = {Scope.ITEM: "here", Scope.PERSON: "for this person", Scope.RULE: "the rule as a whole"}
_FAR = tuple(_SCOPES)
_AT_ONCE = 3  # rules: nine digits
_MORE = "0"


class OverruleQuestion(NamedTuple):
    """Which rule, and how far.

    Args:
        rules: what can be overruled.
        first: the first of them that a digit names; 0 goes on to those behind.
    """

    rules: Sequence[str]
    first: int = 0
    example: str = "a digit"

    @property
    def label(self) -> str:
        """The rule, where there is only one."""
        return f"overrule {self.rules[0]}" if len(self.rules) == 1 else "overrule"

    def hear(self, typed: str) -> Heard[Overrule | int]:
        """A digit is the answer: the first three are for the first rule, from here to everywhere."""
        digit, behind = typed.strip(), self.first + _AT_ONCE
        offered = self.rules[self.first : behind]
        if digit == _MORE and len(self.rules) > _AT_ONCE:
            return Heard("", behind if behind < len(self.rules) else 0, at_once=True)
        number = int(digit) - 1 if digit.isdecimal() and digit.isascii() else -1
        if 0 <= number < len(offered) * len(_FAR):
            return Heard("", Overrule(offered[number // len(_FAR)], _FAR[number % len(_FAR)]), at_once=True)
        return Heard(self._told(offered), wrong=bool(digit))

    def _told(self, offered: Sequence[str]) -> str:
        if len(self.rules) == 1:
            return " · ".join(f"{number} {words}" for number, words in enumerate(_SCOPES.values(), 1))
        digits = [f"{3 * place + 1}-{3 * place + 3} {rule}" for place, rule in enumerate(offered)]
        more = [f"{_MORE} others"] if len(self.rules) > _AT_ONCE else []
        return f"{' · '.join([*digits, *more])}: {', '.join(_SCOPES.values())}"


def ask_what_to_overrule(prompt: Prompt, signals: Sequence[Signal], then: Callable[[Overrule], object]) -> bool:
    """Ask which of the signals, flags first, and how far. False: there are none."""
    flags_first = sorted(signals, key=lambda signal: signal.kind is not SignalKind.FLAG)
    rules = list(dict.fromkeys(signal.rule for signal in flags_first))
    if rules:
        _ask(prompt, OverruleQuestion(rules), then)
    return bool(rules)


def _ask(prompt: Prompt, question: OverruleQuestion, then: Callable[[Overrule], object]) -> None:
    def heard(answer: Overrule | int) -> None:
        if isinstance(answer, Overrule):
            then(answer)
        else:
            _ask(prompt, question._replace(first=answer), then)

    prompt.ask(question, heard)
