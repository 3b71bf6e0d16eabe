"""How the screen looks: which themes there are, which one is used, and what else a person chose of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual.theme import Theme

from linkinbox.config import Settings
from linkinbox.tui import themes
from linkinbox.tui.remembered import Memory

if TYPE_CHECKING:
    from linkinbox.config.reading import Problem


class Look:
    """What the app looks like, from the configuration, from what was chosen before, and from the terminal.

    Args:
        wanted: the theme that the configuration names; empty: none.
        folder: where the user's own themes lie; None: there are none.
        memory: what was chosen on the screen.
        environ: tells what the terminal can show.
        file: the configuration.

    Attributes:
        doubts: what of all that was not understood.
    """

    def __init__(
        self,
        wanted: str = "",
        folder: Path | None = None,
        *,
        memory: Memory | None = None,
        environ: Mapping[str, str] | None = None,
        file: Path = Path("config.toml"),
    ) -> None:
        self.themes = themes.THEMES
        self.memory = memory or Memory()
        self.wanted = wanted
        self._file = file
        self._weak: Mapping[str, str] = {}
        self.doubts: list[Problem] = []
        if folder and folder.exists():
            self._take_own(folder)
        self.first = self._first(environ or {})

    @classmethod
    def of(cls, settings: Settings, environ: Mapping[str, str], memory: Memory | None) -> Look:
        """The look that was set and chosen."""
        folder = settings.file.parent / "themes" if settings.file.name else None
        return cls(settings.theme, folder, memory=memory, environ=environ, file=settings.file)

    def _take_own(self, folder: Path) -> None:
        from linkinbox.tui.user_themes import read_themes

        own = read_themes(folder)
        self.themes, self._weak = (*self.themes, *own.themes), own.weak
        self.doubts += own.doubts

    def _first(self, environ: Mapping[str, str]) -> Theme:
        """The theme to begin with: no colours where none are wanted, else what is set, what fits, what was chosen."""
        fitting = themes.choose(environ)
        if self.wanted and (set_ := self._named(self.wanted)) is None:
            self.doubts.append(self._no_theme(self.wanted))
        elif self.wanted and set_ and "NO_COLOR" not in environ:
            return set_
        if fitting is themes.ANSI:
            return fitting
        return self._named(self.memory.now.theme) or fitting

    def _named(self, name: str) -> Theme | None:
        return next((theme for theme in self.themes if themes.name_of(theme.name) == name), None)

    def _no_theme(self, name: str) -> Problem:
        from difflib import get_close_matches

        from linkinbox.config.reading import Problem, read_text
        from linkinbox.toml_lines import line_of, lines_of

        known = [themes.name_of(theme.name) for theme in self.themes]
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
        line = line_of("theme", lines_of(read_text(self._file))) if self._file.is_file() else None
        return Problem(self._file, f"there is no theme {name}; {hint}", line, setting="theme")

    def keep(self, theme: str) -> None:
        """Begin with this theme the next time."""
        self.memory.keep(self.memory.now._replace(theme=themes.name_of(theme)))

    def warning(self, theme: str) -> str:
        """What is to be said of a theme that is hard to read, once; empty: nothing."""
        words = self._weak.get(theme, "")
        if not words or words == self.memory.now.told:
            return ""
        self.memory.keep(self.memory.now._replace(told=words))
        return words
