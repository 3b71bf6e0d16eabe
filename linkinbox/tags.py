"""Tags: short words of the user's own on items. Pure: how they are written and what a typed line asks for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from linkinbox.decisions import Tag
from linkinbox.errors import UsageError

LONGEST = 32  # letters
_SIGNS = "-_."
_FORM = "letters, digits, - _ and . make a tag, up to 32 of them; it begins with a letter or a digit"


def folded(word: str) -> str:
    """A word as the tag it stands for, in lower case; a # before it is no part of it.

    Raises:
        UsageError: no tag can be so written.
    """
    tag = unicodedata.normalize("NFC", word.removeprefix("#").lower())
    if not tag[:1].isalnum() or len(tag) > LONGEST or not all(map(_belongs, tag)):
        msg = f"“{word}” is no tag"
        raise UsageError(msg, _FORM)
    return tag


def _belongs(char: str) -> bool:
    return char in _SIGNS or char.isalnum() or unicodedata.category(char).startswith("M")  # the vowels of Hindi, Thai


def tagging(words: Iterable[str]) -> Tag:
    """What words ask for: each is put on, one with a - before it is taken away; the last word on a tag counts.

    Raises:
        UsageError: a word is no tag.
    """
    on = {folded(word.removeprefix("-")): not word.startswith("-") for word in words}
    return Tag(tuple(tag for tag in on if on[tag]), tuple(tag for tag in on if not on[tag]))


def shown(tags: Iterable[str]) -> str:
    """Tags as people see them: ``#reefer #cold``."""
    return " ".join(f"#{tag}" for tag in tags)


def tagging_words(add: Iterable[str], drop: Iterable[str]) -> str:
    """What was put on and taken away: ``#reefer, no longer #cold``."""
    taken = shown(drop)
    return ", ".join(filter(None, (shown(add), taken and f"no longer {taken}")))
