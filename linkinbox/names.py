"""Whether two names can be one person's: a profile link can be taken over by a stranger. Pure."""

from __future__ import annotations

import re
import unicodedata


def wholly_different(one: str, other: str) -> bool:
    """No word, nor an initial, is shared; names in different scripts cannot be compared and are not different."""
    if one == other:
        return False
    first, second = _words(one), _words(other)
    if not first or not second or _latin(first) != _latin(second):
        return False
    return not any(a.startswith(b) or b.startswith(a) for a in first for b in second)


def _words(name: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.findall(r"[^\W\d_]+", plain)


def _latin(words: list[str]) -> bool:
    return all("LATIN" in unicodedata.name(word[0], "") for word in words)
