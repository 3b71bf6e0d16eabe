"""What a typed line asks for: the key of an action, or its name, with a count before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from linkinbox.actions import ACTIONS, Action
from linkinbox.keymap.names import ANY_DIGIT, key_label
from linkinbox.splits import REACHED
from linkinbox.words.key_words import keymap

_COUNTED = re.compile(r"(\d{1,6}) ?(\D.*)")
_A_NAME = 3  # letters: what is shorter is a key


class Typed(NamedTuple):
    """An action, and the number that was typed with it."""

    action: Action
    number: int | None = None


def understand(words: str) -> Typed | None:
    """Return what a line asks for: its whole is a key or a name, so that pasted words decide nothing.

    Names are those of the table of actions, ``junk`` and ``accept-because``; small and capital letters are the same
    in them, but not in keys.
    """
    known = _known()
    if found := known.get(_folded(words)):
        return found
    if (counted := _COUNTED.fullmatch(words)) is None:
        return None
    found = known.get(_folded(counted[2]))
    return found._replace(number=int(counted[1])) if found else None


def _folded(words: str) -> str:
    """Return names and the words for keys in small letters; ``x`` and ``X``, ``gg`` and ``gG`` are two keys."""
    return words if len(words) < _A_NAME else words.casefold()


def nearest(words: str) -> Action | None:
    """Return the action whose name is most like the words; None: none is."""
    from difflib import get_close_matches

    known = _known()
    near = get_close_matches(words.casefold(), (name for action in ACTIONS for name in _names(action)), n=1, cutoff=0.7)
    return known[near[0]].action if near else None


def labels(action: Action) -> list[str]:
    """Return what an action is asked for by: its keys as they are typed in a line, the first first, or its name."""
    return [key_label(key) for key in keymap().keys_of(action)] or [action.id]


def _known() -> dict[str, Typed]:
    """Each key and each name; of several actions of one name the first in the table has it."""
    known: dict[str, Typed] = {}
    for action in ACTIONS:
        for name in _names(action):
            known.setdefault(name, Typed(action))
    for action in ACTIONS:
        known.update(_keys(action))
    return known


def _names(action: Action) -> tuple[str, ...]:
    return action.id, action.title.casefold()


def _keys(action: Action) -> Iterator[tuple[str, Typed]]:
    for key in keymap().keys_of(action):
        if ANY_DIGIT in key:
            for digit in range(1, REACHED + 1):
                yield key_label(key.replace(ANY_DIGIT, str(digit))), Typed(action, digit)
        else:
            label = key_label(key)
            yield _folded(label), Typed(action)
