"""What our apps have in common: our colours, and the last net between strangers' text and the terminal."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.filter import LineFilter, NoColor
from textual.reactive import Reactive
from textual.theme import Theme

from linkinbox.text import safe_text
from linkinbox.tui import themes
from linkinbox.tui.look import Look
from linkinbox.tui.safe_text import SafetyNet
from linkinbox.tui.terminal import TerminalApp
from linkinbox.words.key_words import key_of

if TYPE_CHECKING:
    from linkinbox.tui.palette import Command


class ThemedApp(TerminalApp):
    """An app in the theme that suits the person and the terminal.

    Args:
        look: which themes there are, and which one is used.
    """

    TITLE = "linkinbox"
    ENABLE_COMMAND_PALETTE = False  # ours is opened by our own keys
    BINDINGS: ClassVar = [Binding("ctrl+z", "suspend_process", show=False, priority=True)]

    theme: Reactive[str] = Reactive(themes.DARK.name)

    def __init__(self, look: Look | None = None) -> None:
        self.look = look or Look(environ=os.environ)
        self._by_name = {theme.name: theme for theme in self.look.themes}
        # Before all else, so that the style sheets are read in its colours: another one reads and applies them again.
        self.set_reactive(ThemedApp.theme, self.look.first.name)
        super().__init__()
        self.memory = self.look.memory
        self._net = SafetyNet()  # one: Textual caches filtered lines by their filters
        self._without_colour = NoColor()
        for theme in self.look.themes:
            self.register_theme(theme)

    def action_help_quit(self) -> None:
        """Say how to leave: ctrl+c, which many programs are ended by, is no way to lose anything."""
        from linkinbox.tui.screens.quitting import QuittingScreen

        words = safe_text(f"Nothing is lost by ctrl+c: {key_of('quit')} leaves")
        if isinstance(self.screen, QuittingScreen):
            self.screen.status.show_typed(words)
        else:
            self.notify(words, markup=False)

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by its name; ours also while the app is being made."""
        return self._by_name.get(theme_name) or super().get_theme(theme_name)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours by meaning, for a theme that is not ours."""
        return themes.variable_defaults(dark=self.current_theme.dark)

    def show_palette(self, commands: Sequence[Command]) -> None:
        """Find one of ``commands``, and do it."""
        from linkinbox.tui.screens.palette_screen import PaletteScreen

        self.push_screen(PaletteScreen(commands, self.memory))

    def get_line_filters(self) -> list[LineFilter]:
        """The net under all that is painted; and NO_COLOR.

        Textual's own filter for that turns the terminal's default colours into black on black.
        """
        filters = [self._without_colour] if self.no_color else super().get_line_filters()
        return [*filters, self._net]

    def show_themes(self) -> None:
        """Choose a theme."""
        from linkinbox.tui.screens.theme_screen import ThemeScreen

        self.push_screen(ThemeScreen(self.look, self.theme, self.tell_of_theme))

    def tell_of_theme(self) -> None:
        """Say that the theme in use is hard to read, if it is and that was not said before."""
        if words := self.look.warning(self.theme):
            self.notify(safe_text(words), severity="warning", markup=False)
