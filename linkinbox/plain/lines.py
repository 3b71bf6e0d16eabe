"""Lines in and out: safe, as wide as the terminal, and spelled in the letters that it has. No sequence is written."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TextIO

from linkinbox.text import SafeText, safe_body
from linkinbox.words.cells import cells

_LONGEST = 2_000  # letters of an answer: nobody typed a line of more
_GIVEN_UP = 1_000  # such pieces without an end are no lines
_USUAL = 80  # cells, where a terminal does not tell
_PLAIN = str.maketrans({
    "—": "-", "–": "-", "…": "...", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "·": ";", "→": "to",
    "↓": "down", "↑": "up", "⇧": "shift+", "•": "-", "€": "EUR",
})  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_REPLACED = "\ufffd"  # a line with one is no key


class Lines:
    """What is said, and what is answered.

    Args:
        source: where answers come from.
        sink: where lines go.
        environ: says whether there are letters beyond ASCII.
    """

    def __init__(self, source: TextIO, sink: TextIO, environ: Mapping[str, str]) -> None:
        self._source, self._sink = source, sink
        self._encoding = encoding_of(sink, environ)
        self.is_typed = source.isatty()  # at a terminal, which shows what is typed and its Enter

    def write(self, words: str) -> None:
        """Write words, wrapped to the terminal; into a pipe as they are."""
        for line in self._wrapped(words):
            self._sink.write(f"{line}\n")
        self._sink.flush()

    def read(self, prompt: str) -> str | None:
        """Ask, and return the line that answers, with its end if it has one; None: there are no more."""
        *before, last = self._wrapped(prompt)
        self._sink.write("".join(f"{line}\n" for line in before) + (f"{last} " if self.is_typed else f"{last}\n"))
        self._sink.flush()
        line = self._source.readline(_LONGEST)
        if not line.endswith("\n") and len(line) == _LONGEST:
            line = f"{line}\n" if self._skip_the_rest() else ""
        return _clean(line) if line else None

    def end(self) -> None:
        """Leave the line of a prompt that was not answered."""
        if self.is_typed:
            with suppress(OSError):  # the terminal is gone
                self._sink.write("\n")
                self._sink.flush()

    def _skip_the_rest(self) -> bool:
        return any(self._source.readline(_LONGEST).endswith("\n") for _ in range(_GIVEN_UP))

    def _wrapped(self, words: str) -> list[str]:
        spelled = spell(safe_body(words), self._encoding)
        width = self._width()
        return [piece for line in spelled.split("\n") for piece in (in_lines(line, width) if width else [line])]

    def _width(self) -> int | None:
        """Cells of a line, without the last: some terminals go on by themselves behind it."""
        if not self._sink.isatty():
            return None
        with suppress(OSError, ValueError):
            return (os.get_terminal_size(self._sink.fileno()).columns or _USUAL) - 1
        return _USUAL - 1


def _clean(line: str) -> str:
    """Return a typed line without controls; its end is a line feed, if it has one."""
    words = _CONTROL.sub(_REPLACED, line.rstrip("\r\n").replace("\t", " "))
    return f"{words}\n" if line.endswith("\n") else words


def encoding_of(sink: TextIO, environ: Mapping[str, str]) -> str:
    """Return the letters to write in: Python writes UTF-8 also where ``LANG=C`` asks for none of it."""
    asked = environ.get("LC_ALL") or environ.get("LANG")
    if asked in {"C", "POSIX"} and not {"PYTHONIOENCODING", "PYTHONUTF8"} & environ.keys():
        return "ascii"
    return sink.encoding or "ascii"


def spell(text: SafeText, encoding: str) -> str:
    """Return ``text`` in the letters of an encoding: what it lacks is written plainly, without accents, or as ``?``."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_spelled(char, encoding) for char in text)
    return text


def _spelled(char: str, encoding: str) -> str:
    bare = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    for tried in (char, char.translate(_PLAIN), bare):
        if tried and tried.encode(encoding, "ignore").decode(encoding) == tried:
            return tried
    return "" if unicodedata.combining(char) else "?"


def in_lines(line: str, width: int) -> list[str]:
    """Return a line in lines of at most ``width`` cells, broken between words where there are any."""
    return list(_wrapped(line, max(2, width))) or [""]


def _wrapped(line: str, width: int) -> Iterator[str]:
    taken, used = "", 0
    for word in line.split(" "):
        for piece in _cut(word, width):
            wide = cells(piece)
            if taken and used + 1 + wide > width:
                yield taken
                taken, used = piece, wide
            else:
                taken, used = (f"{taken} {piece}", used + 1 + wide) if taken else (piece, wide)
    if taken:
        yield taken


def _cut(word: str, width: int) -> Iterator[str]:
    while cells(word) > width:
        count = used = 0
        while used + cells(word[count]) <= width:
            used += cells(word[count])
            count += 1
        yield word[:count]
        word = word[count:]
    yield word
