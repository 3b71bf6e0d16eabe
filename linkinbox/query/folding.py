"""Words as they are compared: without case and accents; scripts without blanks in pairs of letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from linkinbox.hits import UNSPACED
from linkinbox.letters import PLAIN

_RUN = re.compile(f"[{UNSPACED}]+")
_HALF_WIDTH = re.compile("[\uff66-\uff9f]")
_ACCENT = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
_WHOLE = re.compile(f"[{''.join(PLAIN)}]")
_OTHERS = {first: [pair for pair in PLAIN.items() if pair[1][0] == first] for first in "adhilost"}
_FOLDED = 40  # letters of a word that may be written otherwise: no word is told apart behind them
SPELLINGS = 8  # of a beginning that are asked for: so many live on in no language, only in several at once


def fold(text: str) -> str:
    """A text without case and accents; letters that have none to lose become those that they are typed as."""
    if text.isascii():
        return text.lower()
    if _HALF_WIDTH.search(text):
        text = unicodedata.normalize("NFKC", text)
    lower = _ACCENT.sub("", unicodedata.normalize("NFD", text)).lower()
    return unicodedata.normalize("NFC", _WHOLE.sub(lambda found: PLAIN[found[0]], lower))


def spellings(beginning: str, lives: Callable[[str], bool]) -> list[str]:
    """How the words may be written whose folded letters begin as those of ``beginning``; itself comes first.

    Args:
        beginning: of a word, as the index of words has it.
        lives: tells whether a word in the index begins so; asked about no more than what may live on.
    """
    folded = fold(beginning)
    plain, rest = folded[:_FOLDED], folded[_FOLDED:]
    ways: list[list[str]] = [[] for _ in range(len(plain) + 1)]  # by how much of the plain one they stand for
    for at, letter in enumerate(plain):
        for way in (plain[:at], *ways[at][:SPELLINGS]):
            if way != plain[:at] and lives(way + letter):
                ways[at + 1].append(way + letter)
            for other, meant in _OTHERS.get(letter, ()):
                if meant.startswith(plain[at : at + len(meant)]) and lives(way + other):
                    ways[min(at + len(meant), len(plain))].append(way + other)
    return list(dict.fromkeys([beginning, folded, *(way + rest for way in ways[-1])]))[:SPELLINGS]


def runs_in(folded: str) -> list[str]:
    """The runs of scripts without blanks in a folded text."""
    return [] if folded.isascii() else _RUN.findall(folded)


def words_in(folded: str) -> list[str]:
    """The other words of a folded text, in their order."""
    return _WORD.findall(folded if folded.isascii() else _RUN.sub(" ", folded))


def pairs_of(text: str) -> str:
    """What the index of pairs says of a text: every two letters that follow each other, and each last one alone."""
    if text.isascii():
        return ""
    found: dict[str, None] = {}
    for run in _RUN.findall(text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)):
        folded = unicodedata.normalize("NFKC", run)  # only the runs: an import reads every text
        found.update(dict.fromkeys(pairs_in(folded)))
        found[folded[-1]] = None
    return " ".join(found)


def pairs_in(run: str) -> list[str]:
    """Every two letters that follow each other."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


class Sought:
    """Words that are looked for in a text, one after the other; the last may go on.

    Args:
        typed: as typed.
    """

    def __init__(self, typed: str) -> None:
        folded = fold(typed)
        self.words = words_in(folded)
        self.runs = runs_in(folded)
        self._find = re.compile(r"[\W_]+".join(map(re.escape, self.words))).finditer

    def is_in(self, folded: str) -> bool:
        """Whether a folded text has them, in this order and with nothing between."""
        if any(run not in folded for run in self.runs):
            return False
        if not self.words:
            return bool(self.runs)
        return any(_begins_a_word(folded, found.start()) for found in self._find(folded))


def _begins_a_word(folded: str, at: int) -> bool:
    # Looked at afterwards: a pattern that begins so is tried at every letter, for thirty times as long.
    return at == 0 or not folded[at - 1].isalnum() or _RUN.match(folded, at - 1) is not None
