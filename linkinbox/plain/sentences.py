"""Sentences of the plain sweep, each of which makes sense when it is read aloud alone."""

from __future__ import annotations

from collections.abc import Iterator

from linkinbox.text import safe_text

_ENDS = (".", "!", "?", ":", "…")
_SHOWN = 60  # letters of what was typed
PAGE, LINES = 1_200, 16  # letters and lines of a long text that are told at once


def sentence(words: str, end: str = ".") -> str:
    """Return words as a sentence."""
    words = words.strip()
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(_ENDS) else end}"


def quoted(typed: str) -> str:
    """Return the beginning of what was typed, in quotation marks."""
    return f"“{safe_text(typed.strip(), limit=_SHOWN)}”"


def pages(lines: list[str]) -> list[list[str]]:
    """Return lines in pages of about `PAGE` letters and at most `LINES` lines; longer lines are cut between words."""
    found: list[list[str]] = [[]]
    room = PAGE
    for piece in (piece for line in lines for piece in _pieces(line)):
        if found[-1] and (len(piece) > room or len(found[-1]) == LINES):
            found.append([])
            room = PAGE
        found[-1].append(piece)
        room -= len(piece) + 1
    return found if found[0] else []


def _pieces(line: str) -> Iterator[str]:
    while len(line) > PAGE:
        cut = line.rfind(" ", 0, PAGE) + 1 or PAGE
        yield line[:cut].rstrip()
        line = line[cut:]
    yield line
