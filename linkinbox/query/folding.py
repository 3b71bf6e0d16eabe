"""Words as they are compared: without case and accents; scripts without blanks in pairs of letters."""

from __future__ import annotations

import re
import unicodedata

# Han, Kana, Hangul, Thai, Lao, Burmese and Khmer: a run of words there has no blanks, or hardly any.
_UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
UNSPACED_GLOB = f"*[{_UNSPACED}]*"  # as SQLite takes it
_RUN = re.compile(f"[{_UNSPACED}]+")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """A text without case and accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).lower()
    bare = "".join(char for char in apart if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", bare)


def runs_in(folded: str) -> list[str]:
    """The runs of scripts without blanks in a folded text."""
    return [] if folded.isascii() else _RUN.findall(folded)


def words_in(folded: str) -> list[str]:
    """The other words of a folded text, in their order."""
    return _WORD.findall(folded if folded.isascii() else _RUN.sub(" ", folded))


def pairs_of(text: str) -> str:
    """What the index of pairs says of a text: every two letters that follow each other, and each last one alone."""
    found: dict[str, None] = {}
    for run in runs_in(fold(text)):
        found.update(dict.fromkeys(pairs_in(run)))
        found[run[-1]] = None
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
        self._folded = " ".join(fold(typed).split())
        self.words = words_in(self._folded)
        self.runs = runs_in(self._folded)

    def is_in(self, folded: str) -> bool:
        """Whether a folded text has them, in this order and with nothing between."""
        if self.runs and any(run not in folded for run in self.runs):
            return False
        if not self.words:
            return bool(self.runs)
        return _follow_each_other(self.words, words_in(folded))


def _follow_each_other(words: list[str], text: list[str]) -> bool:
    count, last = len(words), words[-1]
    return any(
        text[end - 1].startswith(last) and text[end - count : end - 1] == words[:-1]
        for end in range(count, len(text) + 1)
    )
