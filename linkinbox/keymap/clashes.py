"""What makes keys unusable together: two actions on one key, or a key that begins another's."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from linkinbox.keymap.names import ANY_DIGIT, key_label


class Clash(NamedTuple):
    """Two actions that want the same key: ``key`` of ``one`` is, or begins, ``other_key`` of ``other``."""

    one: str
    key: str
    other: str
    other_key: str

    def __str__(self) -> str:
        if self.key == self.other_key or " " in self.key:
            return f"{key_label(self.key)} is both {self.one} and {self.other}"
        return f"{key_label(self.key)} is {self.one} and begins {key_label(self.other_key)}, which is {self.other}"


def clashes(keys: Mapping[str, tuple[str, ...]]) -> Iterator[Clash]:
    """The clashes in a map of action id → keys, in its order, each told once."""
    seen: dict[str, tuple[str, str]] = {}
    begun: dict[str, tuple[str, str]] = {}
    for id_, of_it in keys.items():
        for key in of_it:
            first, _, rest = key.partition(" ")
            others = [seen.get(typed) for typed in _typed(key)]
            if rest:
                others.insert(0, seen.get(first))
            elif key in begun:
                other, longer = begun[key]
                yield Clash(id_, key, other, longer)
            if found := next((other for other in others if other and other[0] != id_), None):
                yield Clash(found[0], found[1], id_, key)
            seen.update((typed, (id_, key)) for typed in _typed(key))
            if rest:
                begun.setdefault(first, (id_, key))


def free_key(keys: Mapping[str, tuple[str, ...]], like: str) -> str:
    """A key that nothing has and nothing begins with, the other case of ``like`` if that is free."""
    taken = {key.partition(" ")[0] for of_it in keys.values() for key in of_it}
    wanted = [like.swapcase()] if len(like) == 1 and like.isalpha() else []
    return next((key for key in [*wanted, *string.ascii_letters] if key not in taken), "f2")


def _typed(key: str) -> list[str]:
    first, _, rest = key.partition(" ")
    return [f"{first} {digit}" for digit in "123456789"] if rest == ANY_DIGIT else [key]
