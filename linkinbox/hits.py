"""Words that were searched for, where they stand in a text: folded letter by letter as the index folds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from linkinbox.letters import PLAIN, Letters

Span = tuple[int, int]

# Han, Kana, Hangul, Thai, Lao, Burmese and Khmer: a run of words there has no blanks, or hardly any.
UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_MARKS = "\u0300-\u036f"  # accents of their own, which the index drops
_WORD = re.compile(f"[^\\W_](?:[^\\W_]|[{_MARKS}])*")
_ACCENTS = re.compile(f"[{_MARKS}]")
# What is compiled for each search is small: sets of many letters would take longer than the search.
_WITHIN = f"[{_MARKS}]*"
_WITHIN_RUN = f"{_WITHIN}(?:\n *)?"  # a line of the screen may end anywhere in it
_PAIR = re.compile("|".join(plain for plain in PLAIN.values() if len(plain) > 1))
_OF_PAIR = {plain: one for one, plain in PLAIN.items() if len(plain) > 1}
_BETWEEN = rf"{_WITHIN}[\W_]+"  # the words of a phrase: blanks, signs, the end of a line
_MOST = 200  # places that are marked in a text: more are no easier to see


# Sets of so many letters take milliseconds to compile: not before something is searched for.
@cache
def _run() -> re.Pattern[str]:
    """A run of letters without blanks: what is typed may stand anywhere in one."""
    return re.compile(f"[{UNSPACED}]+")


@cache
def _rest() -> re.Pattern[str]:
    """The rest of a word: marked as a whole, it stays so while it is typed."""
    return re.compile(f"(?:[^\\W_{UNSPACED}]|[{_MARKS}])*")


class Hits:
    """Where words that begin so stand, and phrases.

    Args:
        phrases: as they were typed; the words of one follow each other, whatever signs stand between.
    """

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        patterns = sorted({found for typed in phrases for found in _patterns(typed)}, key=len, reverse=True)
        self._each = [re.compile(pattern) for pattern in patterns]
        self._pattern = self._each[0] if len(patterns) == 1 else re.compile("|".join(patterns)) if patterns else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def go_on(self, before: Hits) -> bool:
        """Whether they are those of before with more letters: then they stand nowhere where those did not."""
        pairs = zip(self._each, before._each, strict=False)
        return len(self._each) == len(before._each) and all(now.pattern.startswith(was.pattern) for now, was in pairs)

    def spans(self, text: str) -> list[Span]:
        """Where they stand in ``text``, as far as they do not overlap."""
        return list(islice(_found(self._pattern, fold(text)), _MOST)) if self._pattern else []

    def are_in(self, text: str) -> bool:
        """Whether one of them stands in ``text``."""
        return self._pattern is not None and any(_found(self._pattern, fold(text)))

    def are_all_in(self, text: str) -> bool:
        """Whether each of them stands in ``text``."""
        folded = fold(text)
        return all(any(_found(each, folded)) for each in self._each)


def fold(text: str) -> str:
    """Return ``text`` as it is compared: one letter for each, lower and without its accent."""
    return text.lower() if text.isascii() else text.translate(_LETTERS)


def words_in(text: str) -> list[str]:
    """Return the words of ``text`` as they are written."""
    return _WORD.findall(text)


def _patterns(typed: str) -> Iterator[str]:
    folded = fold(typed)
    for run in _run().findall(folded):
        yield _WITHIN_RUN.join(run)
    if words := words_in(_run().sub(" ", folded)):
        yield _BETWEEN.join(_word(_ACCENTS.sub("", word)) for word in words)


def _word(word: str) -> str:
    """A word, in which two letters may be written as one."""
    typed = "".join(PLAIN.get(letter, letter) for letter in word)
    pieces, begin = [], 0
    for pair in _PAIR.finditer(typed):
        pieces += [*typed[begin : pair.start()], f"(?:{_WITHIN.join(pair[0])}|{_OF_PAIR[pair[0]]})"]
        begin = pair.end()
    return _WITHIN.join([*pieces, *typed[begin:]])


def _found(pattern: re.Pattern[str], folded: str) -> Iterator[Span]:
    """Where a pattern stands at the beginning of a word, or in a run of letters without blanks."""
    for match in pattern.finditer(folded):
        begin, end = match.span()
        if _run().match(folded, begin):
            yield begin, end
        elif _begins(folded, begin) and (rest := _rest().match(folded, end)):
            yield begin, rest.end()


def _begins(folded: str, at: int) -> bool:
    """Whether a word begins there: behind a blank or a sign, or right behind a run of letters without blanks."""
    while at and _ACCENTS.match(folded, at - 1):
        at -= 1
    return not at or not folded[at - 1].isalnum() or _run().match(folded, at - 1) is not None


def _letter(letter: str) -> str:
    plain, *accents = list(unicodedata.normalize("NFD", letter))
    if accents and plain.isascii() and all("\u0300" <= accent <= "\u036f" for accent in accents):
        return plain.lower()
    lower = letter.casefold()
    if len(lower) > 1:
        lower = letter.lower()[0]
    return found if len(found := PLAIN.get(lower, lower)) == 1 else lower


_LETTERS = Letters(_letter)
NOTHING = Hits()
