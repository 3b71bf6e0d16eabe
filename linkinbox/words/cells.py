"""How wide a text is on a terminal, without a library for it."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"


def cells(text: str) -> int:
    """Return how many cells a terminal gives a text."""
    return len(text) if text.isascii() else sum(map(cells_of, text))


def cells_of(char: str) -> int:
    """Return how many cells a terminal gives a letter."""
    if char < "\u0300":
        return 1
    if char == _JOINER or unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
