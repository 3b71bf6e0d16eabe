"""A page of text to read: help, a report, a stretch of the journal."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from linkinbox.text import SafeText
from linkinbox.tui.safe_text import content
from linkinbox.tui.screens.moving import MovingScreen
from linkinbox.tui.widgets.lines import FootLine
from linkinbox.words.key_words import key_of


class PageScreen(MovingScreen):
    """A title and a text that scrolls under it.

    Args:
        title: one line.
        text: what there is to read; built by the caller through `content`, never parsed.
    """

    CSS_PATH = "page.tcss"
    FOOT: ClassVar[tuple[tuple[str, str], ...]] = (("down", "down"), ("up", "up"), ("back", "back"))

    def __init__(self, title: SafeText, text: Content) -> None:
        super().__init__()
        self._title = title
        self.text = text
        self._shown = Static(text, id="text")
        self._scroll = VerticalScroll(self._shown, can_focus=False)
        self._foot = FootLine()

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        yield Static(content(self._title), classes="title")
        yield self._scroll
        yield self._foot

    def on_mount(self) -> None:
        """Show the keys."""
        self._foot.show([(key_of(id_), title, id_) for id_, title in self.FOOT])

    def show_text(self, text: Content) -> None:
        """Show another text in its place."""
        self.text = text
        self._shown.update(text)

    def move_by(self, delta: int) -> None:
        """Scroll by lines."""
        self._scroll.scroll_to(y=self._scroll.scroll_offset.y + delta, animate=False)

    def move_to(self, index: int) -> None:
        """Scroll to a line, or to the end: where it stands is known only after the next frame."""
        self._scroll.scroll_to(y=index, animate=False)

    @property
    def page(self) -> int:
        """The lines in sight, less two to read on from."""
        return max(1, self._scroll.size.height - 2)

    def action_card_down(self) -> None:
        """Read on."""
        self.action_page_down()

    def action_card_up(self) -> None:
        """Read back."""
        self.action_page_up()

    def action_back(self) -> None:
        """Go back to where you were."""
        self.dismiss()

    def action_quit(self) -> None:
        """Go back: only the list is left by quitting."""
        self.dismiss()
