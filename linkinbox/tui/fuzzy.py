"""How well what was typed fits a name: whole words before beginnings of words before letters in their order."""

from __future__ import annotations


def fit(typed: str, name: str) -> float:
    """From 0 (not at all) to 1 (the same), whatever the case; letters may be left out, never turned round."""
    typed, name = typed.casefold().strip(), name.casefold()
    if not typed:
        return 1.0
    if (at := name.find(typed)) >= 0:
        begins = at == 0 or not name[at - 1].isalnum()
        return (0.8 if begins else 0.6) + 0.2 * len(typed) / len(name)
    return _in_order(typed.replace(" ", ""), name)


def _in_order(typed: str, name: str) -> float:
    """Each letter is looked for at the beginning of a word first, then wherever it stands next."""
    starts = {at for at, char in enumerate(name) if char.isalnum() and (at == 0 or not name[at - 1].isalnum())}
    at, begins = -1, 0
    for char in typed:
        found = next((start for start in sorted(starts) if start > at and name[start] == char), -1)
        begins += found >= 0
        if found < 0 and (found := name.find(char, at + 1)) < 0:
            return 0.0
        at = found
    return 0.1 + 0.4 * begins / len(typed)
