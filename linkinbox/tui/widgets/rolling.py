"""The wheel over a list with a cursor: the list scrolls, and the cursor stays in sight."""

from __future__ import annotations

from textual import events
from textual.scroll_view import ScrollView

WHEEL = 3  # lines a turn


class Rolling(ScrollView, inherit_bindings=False, can_focus=False):
    """A list whose next key acts on what is under its cursor, which must therefore be seen."""

    def roll(self, lines: int) -> None:
        """Scroll down by so many lines, or up, and bring the cursor along where it would be out of sight."""
        raise NotImplementedError

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look further down."""
        self._roll(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look further up."""
        self._roll(event, -WHEEL)

    def _roll(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        event.prevent_default()
        self.roll(lines)
