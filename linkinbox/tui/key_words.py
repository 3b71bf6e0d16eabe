"""How keys are named where the screen speaks of them."""

from __future__ import annotations

from linkinbox.actions import BY_ID, key_label


def key_of(action_id: str) -> str:
    """The first key of an action, as people write it."""
    return key_label(BY_ID[action_id].keys[0])
