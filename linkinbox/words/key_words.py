"""How keys are named where the screen speaks of them: by those that are in use."""

from __future__ import annotations

from linkinbox.actions import BY_ID
from linkinbox.keymap import DEFAULT, Keymap
from linkinbox.keymap.names import key_label

_current = DEFAULT


def keymap() -> Keymap:
    """Return the keys in use: they are the same for the whole process."""
    return _current


def use(chosen: Keymap) -> None:
    """Use ``chosen`` from now on; screens that are made already keep theirs."""
    global _current  # noqa: PLW0603
    _current = chosen


def key_of(action_id: str) -> str:
    """The first key of an action, as people write it; of one without any, its name behind the key of the palette."""
    action = BY_ID[action_id]
    keys = _current.keys_of(action)
    return key_label(keys[0]) if keys else f"{key_of('palette')} {action.title}"


def keys_of(action_id: str) -> str:
    """All keys of an action, as people write them; "" when it has none."""
    return _current.label(BY_ID[action_id])
