"""What makes keys unusable together: two actions on one key, or a key that begins another's."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from linkinbox.keymap.names import ANY_DIGIT, key_label

_TOLD = 3  # keys, as examples


class Clash(NamedTuple):
    """A key that several actions want.

    Args:
        key: what they want, or what begins that.
        one: the action whose key it is.
        others: those that want it too; where ``begins`` tells so, for a key that it begins.
        begins: the longer keys; () if it is the same key.
    """

    key: str
    one: str
    others: tuple[str, ...]
    begins: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.begins:
            return f"{key_label(self.key)} is both {self.one} and {self.others[0]}"
        longer = ", ".join(map(key_label, self.begins[:_TOLD])) + (", …" if len(self.begins) > _TOLD else "")
        whose = f", which is {self.others[0]}" if len(self.begins) == 1 else ""
        return f"{key_label(self.key)} is {self.one} and begins {longer}{whose}"


def clashes(keys: Mapping[str, tuple[str, ...]]) -> Iterator[Clash]:
    """The clashes in a map of action id → keys, each told once."""
    owners: dict[str, list[str]] = {}
    longer: dict[str, list[tuple[str, str]]] = {}
    for id_, of_it in keys.items():
        for key in of_it:
            for typed in typed_by(key):
                owners.setdefault(typed, []).append(id_)
            if " " in key:
                longer.setdefault(key.partition(" ")[0], []).append((id_, key))
    for key, ids in owners.items():
        if len(ids) > 1:
            yield Clash(key, ids[0], tuple(ids[1:]))
        if begun := longer.get(key):
            others, begins = zip(*begun, strict=True)
            yield Clash(key, ids[0], others, begins)


def free_key(keys: Mapping[str, tuple[str, ...]], like: str) -> str:
    """A key that nothing has and nothing begins with, the other case of ``like`` if that is free."""
    taken = {key.partition(" ")[0] for of_it in keys.values() for key in of_it}
    wanted = [like.swapcase()] if len(like) == 1 and like.isalpha() else []
    return next((key for key in [*wanted, *string.ascii_letters] if key not in taken), "f2")


def typed_by(key: str) -> list[str]:
    """What is typed for a key: one thing, or nine where any digit is meant."""
    first, _, rest = key.partition(" ")
    return [f"{first} {digit}" for digit in "123456789"] if rest == ANY_DIGIT else [key]
