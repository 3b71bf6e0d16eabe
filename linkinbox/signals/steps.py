"""A phrase as steps from word to word, and how far a text follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import product

from linkinbox.signals.fold import fold


class Step(Enum):
    """A step that is no certain word."""

    NUMBER = "#"
    MONEY = "$"
    GAP = "…"


Run = tuple[str, ...]
# The words of which one must stand here; beginnings of which one must; or another step.
Steps = tuple["frozenset[str] | Run | Step", ...]

GAP = 6  # words
SHORTEST_BEGINNING = 3  # letters before a *
AMOUNT_BEGINS = frozenset("0123456789$€£")
_ENDS = frozenset(".!?;:|")  # a gap stays in its sentence
_SIGNS = frozenset(("$", "€", "£", "usd", "usdt", "eur", "chf", "gbp"))
_MONEY = _SIGNS | {"euro", "euros", "dollar", "dollars", "dolar", "dolares", "dollari", "pounds", "reais"}
_AFTER = _MONEY | frozenset("%+")
_TO = frozenset(("to", "a", "bis", "et"))
_ALONE: dict[str, frozenset[str] | Step] = {"…": Step.GAP, "#": Step.NUMBER, "$": Step.MONEY, "?": frozenset("?")}
_WORD = re.compile(r"\w+|\?")
_NOT_PLAIN = re.compile(r"[^\w\s'&.+@#$*?-]")


class BadPhraseError(ValueError):
    """A phrase is not written as phrases are."""


def tokens_of(words: str) -> list[str]:
    """The words a text's tokens are compared with: "rendez-vous" is two."""
    return _WORD.findall(fold(words).text)


def steps_of(phrase: str) -> Iterator[Steps]:
    """Every way to say a phrase: with and without what may be missing.

    Raises:
        BadPhraseError: it could never be found, or would match anything.
    """
    parts = phrase.lower().split()
    if parts[:1] in (["#"], ["$"]) and (len(parts) == 1 or parts[1] in ("…", "#", "$")):
        raise BadPhraseError(f'"{phrase}" needs a word after its number')
    if not parts or "…" in (parts[0], parts[-1]) or parts[0].endswith("?"):
        raise BadPhraseError(f'"{phrase}" must begin and end with a word that is always there')
    ways = [list(_ways(part, phrase)) for part in parts]
    return (tuple(step for steps in way for step in steps) for way in product(*ways))


def _ways(part: str, phrase: str) -> Iterator[Steps]:
    """The steps that one part of a phrase may be: few, since plain words share one."""
    if part in _ALONE:
        yield (_ALONE[part],)
        return
    if part.endswith("?"):
        yield ()
    choices = part.removesuffix("?").split("/")
    plain = {choice for choice in choices if choice.isalnum() and choice.isascii()}  # most, and need no further look
    beginnings = []
    for choice in choices if len(plain) < len(choices) else ():
        words = tokens_of(choice)
        if choice in _ALONE:
            yield (_ALONE[choice],)
        elif not words or _NOT_PLAIN.search(choice) or "*" in choice[:-1]:
            raise BadPhraseError(f'"{phrase}" has a word that is not understood: "{choice}"')
        elif choice.endswith("*"):
            beginnings.append(_beginning(words, phrase))
        elif len(words) == 1:
            plain.add(words[0])
        else:
            plain.discard(choice)
            yield tuple(frozenset((word,)) for word in words)
    if plain:
        yield (frozenset(plain),)
    if beginnings:
        yield (tuple(beginnings),)


def _beginning(words: list[str], phrase: str) -> str:
    if len(words) != 1 or len(words[0]) < SHORTEST_BEGINNING:
        raise BadPhraseError(f'"{phrase}" needs at least three letters before a *')
    return words[0]


def matched_to(steps: Steps, words: Sequence[str], at: int) -> int:
    """Where the words that follow the steps end; 0: they do not."""
    for place, step in enumerate(steps):
        if step is Step.GAP:
            return _after_gap(steps[place + 1 :], words, at)
        if at >= len(words):
            return 0
        if isinstance(step, frozenset):
            if words[at] not in step:
                return 0
            at += 1
        elif isinstance(step, tuple):
            if not words[at].startswith(step):
                return 0
            at += 1
        else:
            at, money = amount_to(words, at)
            if not at or (step is Step.MONEY and not money):
                return 0
    return at


def _after_gap(steps: Steps, words: Sequence[str], at: int) -> int:
    first = steps[0]
    for begin in range(at, min(at + GAP + 1, len(words))):
        may = not isinstance(first, frozenset) or words[begin] in first
        if may and (end := matched_to(steps, words, begin)):
            return end
        if words[begin] in _ENDS:
            break
    return 0


def amount_to(words: Sequence[str], at: int) -> tuple[int, bool]:
    """Where a number that begins here ends (0: none does), and whether it is money: "$300 to $500", "15-20", "40 %"."""
    end, money = _one_number(words, at)
    if not end:
        return 0, False
    further, also_money = _one_number(words, end + (end < len(words) and words[end] in _TO))
    return (further, money or also_money) if further else (end, money)


def _one_number(words: Sequence[str], at: int) -> tuple[int, bool]:
    signed = at < len(words) and words[at] in _SIGNS
    at += signed
    if at >= len(words) or not words[at][0].isdigit():
        return 0, False
    at += 1
    if at < len(words) and words[at] in _AFTER:
        return at + 1, signed or words[at] in _MONEY
    return at, signed
