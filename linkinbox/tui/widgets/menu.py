"""A short list of choices, moved through with the list's own keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from linkinbox.text import SafeText
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.painting import EMPTY, Ink, Inked, cells, cut, fit


class Menu(Inked):
    """Choices one a line, each with a word on what it does."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Menu { width: 1fr; height: auto; }
    """

    class Chosen(Message):
        """A choice was taken."""

        def __init__(self, id: str) -> None:  # noqa: A002  # the choice's own word
            self.id = id
            super().__init__()

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.cursor = 0
        self._choices: Sequence[tuple[str, SafeText, SafeText]] = ()

    def show(self, choices: Sequence[tuple[str, SafeText, SafeText]]) -> None:
        """Show ``choices``: id, title and what it does; the cursor is on the first."""
        self._choices = choices
        self.cursor = 0
        self.refresh(layout=True)

    def move_by(self, delta: int) -> None:
        """Move the cursor by ``delta`` choices, as far as there are any."""
        self.cursor = max(0, min(self.cursor + delta, len(self._choices) - 1))
        self.refresh()

    @property
    def under_cursor(self) -> str | None:
        """The id of the choice under the cursor; None: there are none."""
        return self._choices[self.cursor][0] if self._choices else None

    def choose(self) -> None:
        """Take the choice under the cursor."""
        if (chosen := self.under_cursor) is not None:
            self.post_message(self.Chosen(chosen))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return one line a choice."""
        return len(self._choices)

    def render_line(self, y: int) -> Strip:
        """Return the choice ``y``."""
        width = self.size.width
        if y >= len(self._choices):
            return self.paint(EMPTY, width)
        on_it = y == self.cursor
        _, title, words = self._choices[y]
        column = max(cells(title) for _, title, _ in self._choices)
        line = (
            (SafeText(f" {marks().cursor if on_it else ' '} "), Ink.STRONG),
            (SafeText(fit(title, column) + "   "), Ink.STRONG if on_it else Ink.TEXT),
            (cut(words, width - column - 6), Ink.MUTED),
        )
        return self.paint(line, width, cursor=on_it)

    def on_click(self, event: events.Click) -> None:
        """Take the clicked choice."""
        if event.y < len(self._choices):
            self.cursor = event.y
            self.refresh()
            self.choose()
