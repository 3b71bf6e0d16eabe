"""A keymap to read and to copy: for the README, for the terminal, for programs, and as TOML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from linkinbox.actions import ACTIONS, Action, Group
from linkinbox.keymap import FIXED, Keymap
from linkinbox.keymap.names import key_label
from linkinbox.keymap.profiles import SHIPPED, profile_file
from linkinbox.text import safe_body, safe_text


def _groups() -> Iterator[tuple[Group, list[Action]]]:
    for group in Group:
        yield group, [action for action in ACTIONS if action.group is group]


def keys_table(keymap: Keymap) -> str:
    """The table that stands in the README."""
    lines = ["| key | action | what it does |", "|---|---|---|"]
    for group, actions in _groups():
        lines.append(f"| | **{group}** | |")
        for action in actions:
            keys = " ".join(f"`{key_label(key)}`" for key in keymap.keys_of(action)).replace("|", r"\|")
            lines.append(f"| {keys} | {action.title} | {action.help} |")
    return "\n".join(lines)


def keys_text(keymap: Keymap) -> str:
    """The keys to read in a terminal; a star marks those that are not the default."""
    lines = [f"Profile {safe_text(keymap.profile)}"]
    if any(keymap.differs(action) for action in ACTIONS):
        lines[0] += "; * is not the default"
    for group, actions in _groups():
        lines += ["", group.value]
        for action in actions:
            star = "*" if keymap.differs(action) else " "
            lines.append(f"{star} {keymap.label(action) or '–':14}{action.id:17}{action.help}")
    return "\n".join(lines)


def keys_records(keymap: Keymap) -> dict[str, Any]:
    """The keys for programs, as people write them."""
    return {
        "profile": keymap.profile,
        "keys": [
            {
                "action": action.id,
                "title": action.title,
                "keys": [key_label(key) for key in keymap.keys_of(action)],
                "default": [key_label(key) for key in action.keys],
                "differs": keymap.differs(action),
            }
            for action in ACTIONS
        ],
    }


def keys_toml(keymap: Keymap) -> str:
    """The whole map as ``[keys]`` of a configuration, with what each does."""
    shipped = keymap.profile in SHIPPED
    about = profile_file(keymap.profile if shipped else "default").read_text(encoding="utf-8")
    lines = [*_head(safe_body(about)), "", "[keys]"]
    if shipped:
        lines.append(f"profile = {_quoted(keymap.profile)}")
    for group, actions in _groups():
        lines += ["", f"# {group.value}"]
        for action in actions:
            keys = [key_label(key) for key in keymap.keys_of(action) if key not in FIXED]
            written = f"{action.id} = [{', '.join(map(_quoted, keys))}]"
            lines.append(f"{written:34} # {action.help}")
    return "\n".join(lines)


def _head(text: str) -> list[str]:
    """The comment at the head of a profile: what it is like, and why."""
    lines = text.splitlines()
    return lines[: next(number for number, line in enumerate(lines) if not line.startswith("#"))]


def _quoted(key: str) -> str:
    return f"'{key}'" if key in {'"', "\\"} else f'"{key}"'
