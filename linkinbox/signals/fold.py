"""Text folded for matching, letter by letter: each letter found can be quoted as it was written.

Case, accents and styled letters (𝗯𝗼𝗹𝗱) go; what cannot be seen is left out. Quotes and dashes part words whichever
they are, so they stay.
"""

from __future__ import annotations

import re
import unicodedata

from linkinbox.letters import Letters

# Letters of other scripts that look Latin, each with its twin: "Аnnа" is written with two Cyrillic ones.
_CYRILLIC = dict(zip("аеорсухіјѕԁԛԝһАЕОРСУХІЈЅВКМНТ", "aeopcyxijsdqwhAEOPCYXIJSBKMHT", strict=True))
_GREEK = dict(zip("αονρυικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aovpuikABEZHIKMNOPTYX", strict=True))
TWINS = _CYRILLIC | _GREEK
_LOOKS_LATIN = re.compile(f"[{''.join(TWINS)}]")
_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*\w*|\w+|[.!?;:$€£%+/|]")
_INVISIBLE = "\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_LETTER_OR_UNSEEN = re.compile(rf"[^\W\x00-\x7f]|[{_INVISIBLE}]")


class Folded:
    """A folded text.

    Args:
        text: its letters, each where it stood among those that can be seen.
        seen: where each letter stood, when some were left out.
    """

    __slots__ = ("_places", "_seen", "text", "words")

    def __init__(self, text: str, seen: tuple[int, ...] | None = None) -> None:
        self.text = text
        self.words: list[str] = _TOKEN.findall(text)  # and the signs that part sentences or make amounts
        self._seen = seen
        self._places: list[tuple[int, int]] = []

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Where letters stand in the text as written."""
        if self._seen is None or begin >= end:
            return begin, end
        return self._seen[begin], self._seen[end - 1] + 1

    def span_of(self, begin: int, end: int) -> tuple[int, int]:
        """Where words stand in the text as written."""
        places = self._places or self._find_places()
        return self.span(places[begin][0], places[end - 1][1])

    def _find_places(self) -> list[tuple[int, int]]:
        end = 0
        for word in self.words:
            begin = self.text.index(word, end)
            end = begin + len(word)
            self._places.append((begin, end))
        return self._places


def fold(text: str) -> Folded:
    """Return ``text`` as it is compared; one letter stays one letter."""
    seen = None
    if text.isascii() or not _LETTER_OR_UNSEEN.search(text):  # signs and emoji are no part of any word
        plain = text.lower()
    else:
        if _UNSEEN.search(text):
            seen = tuple(at for at, letter in enumerate(text) if not _UNSEEN.match(letter))
            text = "".join(text[at] for at in seen)
        plain = _unmasked(text).translate(_LETTERS)
    return Folded(plain, seen)


def mixed_words(text: str) -> list[re.Match[str]]:
    """Words written with Latin letters and with letters that only look so."""
    if text.isascii() or not _LOOKS_LATIN.search(text):
        return []
    return [word for word in _WORD.finditer(text) if _LOOKS_LATIN.search(word[0]) and _LATIN.search(word[0])]


def _unmasked(text: str) -> str:
    for word in reversed(mixed_words(text)):
        text = text[: word.start()] + "".join(TWINS.get(letter, letter) for letter in word[0]) + text[word.end() :]
    return text


def _letter(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)[0].lower()
    return plain if len(plain) == 1 and (plain.isalnum() or not letter.isalnum()) else letter


_LETTERS = Letters(_letter)
