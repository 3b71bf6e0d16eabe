"""Choosing a theme: each is shown on the screen behind as one moves through them."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from linkinbox.text import SafeText, safe_text
from linkinbox.tui.look import Look
from linkinbox.tui.safe_text import content
from linkinbox.tui.screens.moving import MovingScreen
from linkinbox.tui.themes import name_of
from linkinbox.tui.widgets.lines import FootLine
from linkinbox.tui.widgets.menu import Menu
from linkinbox.words.key_words import key_of

_AT_REST = 0.05  # seconds: keys that come faster are not made to wait for a theme each
_WORDS = {
    "dark": "calm, on a dark ground",
    "light": "calm, on a light ground",
    "high-contrast": "white on black, 7:1 and more",
    "high-contrast-light": "black on white, 7:1 and more",
    "ansi": "the 16 colours of your terminal",
}


class ThemeScreen(MovingScreen):
    """The themes there are; Enter keeps the one under the cursor, Esc brings back the one before.

    Args:
        look: which there are, and which one is kept.
        before: the one in use.
        kept: called when one was kept.
    """

    DEFAULT_CSS = """
    ThemeScreen {
        background: transparent;
        #themes { dock: bottom; height: auto; max-height: 100%; padding: 1 0 0 0; background: $background; }
        VerticalScroll { height: auto; max-height: 12; scrollbar-size: 1 1; }
        .title { height: 1; padding: 0 1; text-style: bold; }
        .said { height: auto; padding: 0 1; color: $muted; }
    }
    """

    def __init__(self, look: Look, before: str, kept: Callable[[], object]) -> None:
        super().__init__()
        self._look, self._before, self._kept = look, before, kept
        self._themes = [theme.name for theme in look.themes]
        self._preview: Timer | None = None
        self.menu = Menu()
        self._scroll = VerticalScroll(self.menu, can_focus=False)
        self._foot = FootLine()
        self._said = f"config.toml says {look.wanted}: the next start begins with that" if look.wanted else ""

    def compose(self) -> ComposeResult:
        """A line of title, the themes, keys."""
        with Vertical(id="themes"):
            yield Static(content(SafeText("Theme")), classes="title")
            yield self._scroll
            if self._said:
                yield Static(content(safe_text(self._said)), classes="said")
            yield self._foot

    def on_mount(self) -> None:
        """Begin at the theme in use."""
        names = map(name_of, self._themes)
        self.menu.show([(name, safe_text(name), SafeText(_WORDS.get(name, "your own"))) for name in names])
        if self._before in self._themes:
            self.menu.move_by(self._themes.index(self._before))
        self._foot.show([(key_of("enter"), "keep", "enter"), (key_of("back"), "as it was", "back")])

    def move_by(self, delta: int) -> None:
        """Move through the themes, and show the one under the cursor."""
        self.menu.move_by(delta)
        top, cursor, height = self._scroll.scroll_offset.y, self.menu.cursor, self._scroll.size.height
        if not top <= cursor < top + height:
            self._scroll.scroll_to(y=cursor if cursor < top else cursor - height + 1, animate=False)
        if self._preview:
            self._preview.stop()
        self._preview = self.set_timer(_AT_REST, self._show)

    def _show(self) -> None:
        """Show everything in the theme under the cursor."""
        if self._preview:
            self._preview.stop()
        self.app.theme = self._themes[self.menu.cursor]

    def on_menu_chosen(self) -> None:
        """A click keeps a theme too."""
        self.action_enter()

    def action_enter(self) -> None:
        """Keep the theme under the cursor, also for the next start."""
        self._show()
        self._look.keep(self.app.theme)
        self.dismiss()
        self._kept()

    def action_back(self) -> None:
        """Bring back the theme from before."""
        if self._preview:
            self._preview.stop()
        self.app.theme = self._before
        self.dismiss()

    def action_theme(self) -> None:
        """Leave all as it was, as the key that came here does."""
        self.action_back()

    def action_quit(self) -> None:
        """Leave all as it was: only the list is left by quitting."""
        self.action_back()
