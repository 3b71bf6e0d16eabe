"""The palette: every action of a screen by its name, with its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from textual.command import CommandListItem

from linkinbox.actions import Action, Group, keys_label


def commands(actions: Iterable[Action], act: Callable[[Action], object]) -> list[CommandListItem]:
    """What the palette offers: name with keys, what it does when taken, one sentence."""
    return [
        (f"{_name(action)}  ({keys_label(action)})", partial(act, action), action.help)
        for action in sorted(actions, key=lambda action: action.group is Group.MOVE)  # nobody asks for j
        if action.id not in {"palette", "split"}  # which split?
    ]


def _name(action: Action) -> str:
    return f"Go to: {action.title}" if action.view else action.title
