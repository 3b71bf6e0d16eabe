"""Phrases found in a text: thousands of them at the price of looking at each pair of words once.

A phrase is written as it is said, with a few marks::

    book a call         words; case, accents, hyphens and quotes do not count
    book/grab a slot    one of several words
    quick? call         a word that may be missing (never the first)
    guarant* leads      any ending
    # clients           a number or a range, with its currency or percent sign
    earn $ per day      an amount of money
    we help … grow      up to six words of the same sentence
    interested ?        a question mark

No regular expression: one of all phrases tries every phrase at every word, and compiling it takes a second. Most
phrases are told by their first two words, which hardly any text holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple, TypeVar

from linkinbox.signals.fold import Folded
from linkinbox.signals.steps import AMOUNT_BEGINS, SHORTEST_BEGINNING, Step, Steps, amount_to, matched_to, steps_of

_Left = tuple[str, Steps]  # a group, and the steps of its phrase that are left


class Hit(NamedTuple):
    """Where a phrase of a group stands, in the text as written."""

    group: str
    begin: int
    end: int


class Phrases:
    """Groups of phrases, looked for all in one pass.

    Raises:
        BadPhraseError: a phrase could never be found, or would match anything.
    """

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._pairs: dict[tuple[str, str], list[_Left]] = {}  # by the first two words
        self._words: dict[str, list[_Left]] = {}  # by the first, where no certain word follows
        self._beginnings: dict[str, list[tuple[str, _Left]]] = {}  # by the first letters, with all letters
        self._amounts: dict[tuple[Step, str], list[_Left]] = {}  # by an amount and the word after it
        for group, phrases in groups.items():
            for phrase in phrases:
                for steps in steps_of(phrase):
                    self._add(group, steps)
        self._firsts = {first for first, _ in self._pairs}

    def _add(self, group: str, steps: Steps) -> None:
        first, rest = steps[0], steps[1:]
        told = rest[0] if rest and isinstance(rest[0], frozenset) else ()
        if isinstance(first, tuple):
            for begin in first:
                _keep(self._beginnings, begin[:SHORTEST_BEGINNING], (begin, (group, rest)))
        elif isinstance(first, Step):
            for word in told:
                _keep(self._amounts, (first, word), (group, rest[1:]))
        else:
            for pair in ((word, second) for word in first for second in told):
                _keep(self._pairs, pair, (group, rest[1:]))
            for word in () if told else first:
                _keep(self._words, word, (group, rest))

    def find(self, folded: Folded) -> list[Hit]:
        """Every place where a phrase stands, in the order of the text; at one place the longest of a group."""
        words = folded.words
        longest: dict[tuple[int, str], int] = {}
        for at, after, some in self._tries(folded.words):
            told = words[after] if after < len(words) else ""
            for group, steps in some:
                if steps and isinstance(steps[0], frozenset) and told not in steps[0]:
                    continue  # most end here: a call for each would take half the time
                end = matched_to(steps, words, after)
                if end > longest.get((at, group), 0):
                    longest[at, group] = end
        return [Hit(group, *folded.span_of(at, end)) for (at, group), end in sorted(longest.items())]

    def _tries(self, words: list[str]) -> Iterator[tuple[int, int, Iterable[_Left]]]:
        """Where a phrase may begin, where its next step would, and the phrases that may."""
        pairs, singles, beginnings, amounts = self._pairs, self._words, self._beginnings, self._amounts
        if not self._firsts.isdisjoint(words):
            for at, pair in enumerate(pairwise(words)):
                if pair in pairs:
                    yield at, at + 2, pairs[pair]
        for single in singles.keys() & words:
            yield from ((at, at + 1, singles[single]) for at, word in enumerate(words) if word == single)
        for at, word in enumerate(words) if beginnings or amounts else ():
            if word[:SHORTEST_BEGINNING] in beginnings:
                some = [left for begin, left in beginnings[word[:SHORTEST_BEGINNING]] if word.startswith(begin)]
                yield at, at + 1, some
            elif word[0] in AMOUNT_BEGINS and amounts:
                end, money = amount_to(words, at)
                told = words[end] if 0 < end < len(words) else ""
                for kind in (Step.NUMBER, Step.MONEY) if money else (Step.NUMBER,):
                    yield at, end + 1, amounts.get((kind, told), ())


_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept")


def _keep(index: dict[_Key, list[_Kept]], key: _Key, what: _Kept) -> None:
    """Add a phrase once: languages share some."""
    kept = index.setdefault(key, [])
    if what not in kept:
        kept.append(what)
