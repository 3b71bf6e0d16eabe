"""A line to type in that takes its keys strictly in the order they came."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from linkinbox.tui.late_keys import pass_on

_LONGEST = 2_000  # letters that are pasted; nobody typed a line of more


def _editing_keys(bindings: Iterable[object]) -> dict[str, str]:
    return {
        key: binding.action for binding in bindings if isinstance(binding, Binding) for key in binding.key.split(",")
    }


def _ignore() -> None:
    """Nothing is done."""


class LineInput(Input):
    """One line; Enter, Esc and Tab are its owner's business.

    Textual runs the editing keys of an Input from the app's queue, after the letters typed behind them; here each key
    is done where it arrives, so that a burst (a paste, a fast typist over ssh) says what was typed.

    Args:
        typed: called with the words whenever they change.
        pressed: called with the key that is the owner's business.
        edited: called when a key changed them, and the cursor stands where it belongs.

    Attributes:
        edit: what ctrl+e does, where it is not to go to the end of the line (End does).
    """

    DEFAULT_CSS = """
    LineInput, LineInput:focus {
        background: transparent;
        background-tint: transparent;
        width: 1fr;
        height: 1;
        padding: 0;
        border: none;
    }
    """

    virtual_size = Reactive(Size(0, 0))  # nothing is arranged by how long the words are

    _EDITING = _editing_keys(Input.BINDINGS)
    _OWNERS = ("enter", "escape", "tab", "shift+tab", "up", "down")

    def __init__(
        self, *, typed: Callable[[str], None], pressed: Callable[[str], None], edited: Callable[[], None] = _ignore
    ) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._typed = typed
        self._pressed = pressed
        self.edit: Callable[[], object] | None = None
        self._edited = edited

    async def on_key(self, event: events.Key) -> None:
        """Take a key; one that came after the line was left goes to the screen."""
        event.stop()
        event.prevent_default()
        if self.app.screen.focused is not self:
            pass_on(event, self.app.screen)
        elif event.key in self._OWNERS:
            self._pressed(event.key)
        elif event.key == "ctrl+c":
            self._pressed("escape")  # it ends nothing, and no draft is lost
        elif event.key == "ctrl+e" and self.edit:
            self.edit()
        elif event.is_printable and event.character:
            self.replace(event.character, *self.selection)
        elif event.key in self._EDITING:
            await self.run_action(self._EDITING[event.key])

    def on_paste(self, event: events.Paste) -> None:
        """Paste several lines as one, as far as it is a line at all: each piece is understood anew."""
        if self.app.screen.focused is self:
            event.stop()
            self.paste(event.text)
        event.prevent_default()

    def paste(self, text: str) -> None:
        """Write ``text`` where the cursor is."""
        room = max(0, _LONGEST - len(self.value))
        self.replace(" ".join(text.split())[:room], *self.selection)

    def replace(self, text: str, start: int, end: int) -> None:
        """Write ``text`` in the place of some letters."""
        super().replace(text, start, end)
        self._edited()

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """Tell the owner, who points at letters: before there is room for any, a burst scrolls all of them away."""
        super().watch_scroll_x(old_value, new_value)
        self._edited()

    def watch_value(self, value: str) -> None:
        """Tell the owner at once, not by a message behind the keys that follow."""
        self._typed(value)
