"""The palette: every action of a screen by its name, with its keys; and the themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from textual.command import CommandListItem

from linkinbox.actions import Action, Group, keys_label
from linkinbox.tui.themes import THEMES


def commands(
    actions: Iterable[Action], act: Callable[[Action], object], choose_theme: Callable[[str], object]
) -> list[CommandListItem]:
    """What the palette offers: name with keys, what it does when taken, one sentence."""
    offered: list[CommandListItem] = [
        (f"{_name(action)}  ({keys_label(action)})", partial(act, action), action.help)
        for action in sorted(actions, key=lambda action: action.group is Group.MOVE)  # nobody asks for j
        if action.id not in {"palette", "split"}  # which split?
    ]
    offered += [
        (f"Theme: {theme.name.removeprefix('linkinbox-')}", partial(choose_theme, theme.name), "") for theme in THEMES
    ]
    return offered


def _name(action: Action) -> str:
    return f"Go to: {action.title}" if action.view else action.title
