"""Asking which signal to overrule, and how far: one digit each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from linkinbox.decisions import Overrule, Scope
from linkinbox.signals import Signal
from linkinbox.tui.prompts.prompt_line import PromptLine
from linkinbox.tui.prompts.questions import ChoiceQuestion

_SCOPES = {"here": Scope.ITEM, "for this person": Scope.PERSON, "the rule as a whole": Scope.RULE}
_MOST = 9  # choices that a digit names


def ask_what_to_overrule(prompt: PromptLine, signals: Sequence[Signal], then: Callable[[Overrule], object]) -> bool:
    """Ask which of the signals, if there are several, and how far. False: there are none."""
    rules = list(dict.fromkeys(signal.rule for signal in signals))[:_MOST]
    if len(rules) > 1:
        question = ChoiceQuestion("overrule", {rule: rule for rule in rules})
        prompt.ask(question, lambda rule: _ask_how_far(prompt, rule, then))
    elif rules:
        _ask_how_far(prompt, rules[0], then)
    return bool(rules)


def _ask_how_far(prompt: PromptLine, rule: str, then: Callable[[Overrule], object]) -> None:
    prompt.ask(ChoiceQuestion(f"overrule {rule}", _SCOPES), lambda scope: then(Overrule(rule, scope)))
