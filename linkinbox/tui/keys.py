"""Typed keys → actions: counts (``3x``), and keys typed one after the other (``g i``). Pure: no screen in here.

Textual looks a key up in its bindings only after it has bubbled to the app, against whatever has the focus by then:
of ``nhi`` typed in one burst the last two letters would be decisions. So a screen reads its keys itself, in order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from linkinbox.actions import Action
from linkinbox.keymap import DEFAULT, Keymap
from linkinbox.keymap.names import key_label

_ONE_OF = frozenset("123456789")  # what # stands for in keys
_DIGITS = 6  # of a count; more are no count any more


class Act(NamedTuple):
    """An action was typed, with the number before it if there was one."""

    action: Action
    number: int | None = None


class Waiting(NamedTuple):
    """More is to come: ``typed`` is what to show meanwhile; empty when Esc took it back."""

    typed: str


class Unknown(NamedTuple):
    """No action has these keys; ``typed`` is what they were."""

    typed: str
    alone: bool  # a single key: somebody else may know it


Typed = Act | Waiting | Unknown


class KeyReader:
    """Reads one key after the other.

    Args:
        actions: what can be typed; no key may belong to two of them, nor be the beginning of another's.
        keymap: which keys they have.
    """

    def __init__(self, actions: Iterable[Action], keymap: Keymap = DEFAULT) -> None:
        self._actions: dict[str, Action] = {}
        for action in actions:
            for keys in keymap.keys_of(action):
                if keys in self._actions:
                    raise ValueError(f"{keys} is both {self._actions[keys].id} and {action.id}")
                self._actions[keys] = action
        self._beginnings = {keys.partition(" ")[0] for keys in self._actions if " " in keys}
        if both := self._beginnings & self._actions.keys():
            raise ValueError(f"{sorted(both)} are actions and begin others")
        self._count = ""
        self._begun = ""

    def read(self, key: str) -> Typed:
        """Take the next key, by its Textual name."""
        typed = self._typed()
        if key == "escape" and typed:
            self.forget()
            return Waiting("")
        if self._is_digit_of_count(key):
            self._count += key
            return Waiting(self._typed())
        if not self._begun and key in self._beginnings:
            self._begun = key
            return Waiting(self._typed())
        if self._begun and key in _ONE_OF and (numbered := self._actions.get(f"{self._begun} #")):
            self.forget()
            return Act(numbered, int(key))
        action = self._actions.get(f"{self._begun} {key}" if self._begun else key)
        count = int(self._count) if self._count else None
        self.forget()
        if action is None:
            return Unknown(typed + key_label(key), alone=not typed)
        return Act(action, count)

    def continuations(self) -> list[tuple[str, Action]]:
        """What can be typed behind the key that was begun: each key as people write it, and what it does."""
        begun = [(keys.split(" "), action) for keys, action in self._actions.items()]
        return [(key_label(rest[0]), action) for (first, *rest), action in begun if rest and first == self._begun]

    def forget(self) -> None:
        """Forget what was begun."""
        self._count = self._begun = ""

    def _typed(self) -> str:
        return self._count + (key_label(self._begun) if self._begun else "")

    def _is_digit_of_count(self, key: str) -> bool:
        if self._begun or len(key) != 1 or key not in "0123456789":
            return False
        return len(self._count) < _DIGITS and (self._count != "" or key != "0")
