"""Keys that come a moment too late: what they were typed for is gone, or not yet in front."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.screen import Screen


def pass_on(event: events.Key, front: Screen[Any]) -> None:
    """Give a key that came too late for its receiver to who is in front now.

    As a new event: one that was stopped is handled by nobody any more.
    """
    (front.focused or front).post_message(events.Key(event.key, event.character))
