"""Themes that a person wrote: one file each, ``themes/NAME.toml`` beside the configuration.

extends = "dark"
muted = "#9fb4c7"
cursor = "#203040"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from textual.color import Color, ColorParseError
from textual.theme import Theme

from linkinbox.config.reading import BrokenConfigError, Problem, parsed
from linkinbox.toml_lines import line_of, lines_of
from linkinbox.tui.themes import PALETTES, ROLES, Colours, pairs, theme_of

_NAME = re.compile(r"[A-Za-z0-9][\w-]{0,30}", re.ASCII)
_SIXTEEN = re.compile(r"ansi_(?:default|(?:bright_)?(?:black|red|green|yellow|blue|magenta|cyan|white))")
_KEYS = ("name", "extends", "dark", *ROLES)


class UserThemes(NamedTuple):
    """The themes of a folder.

    Args:
        themes: those that can be used.
        doubts: what was not understood.
        weak: by the name of a theme, which of its colours are hard to read on one another.
    """

    themes: tuple[Theme, ...] = ()
    doubts: tuple[Problem, ...] = ()
    weak: Mapping[str, str] = {}


class _Read(NamedTuple):
    """A theme as its file says."""

    name: str
    colours: Colours
    dark: bool
    ansi: bool


def read_themes(folder: Path) -> UserThemes:
    """Read the themes of a folder; what is wrong in one is left out of it and told, and ends nothing."""
    themes: dict[str, Theme] = {}
    doubts: list[Problem] = []
    weak: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        read, said = _read(file)
        doubts += said
        if read is None:
            continue
        theme = theme_of(read.name, read.colours, dark=read.dark, ansi=read.ansi)
        if read.name in PALETTES or theme.name in themes:
            doubts.append(Problem(file, f"there is a theme {read.name} already; it is left out", setting="name"))
            continue
        themes[theme.name] = theme
        if not read.ansi and (words := weak_words(read.colours)):
            weak[theme.name] = f"Theme {read.name} is hard to read: {words}"
    return UserThemes(tuple(themes.values()), tuple(doubts), weak)


def _read(file: Path) -> tuple[_Read | None, list[Problem]]:
    """A theme, and what of it was not understood."""
    try:
        known = _File(file)
    except BrokenConfigError as error:
        return None, [error.problem]
    except (OSError, UnicodeDecodeError) as error:
        return None, [Problem(file, f"it cannot be read: {error}")]
    return known.theme(), known.doubts


def weak_words(colours: Colours) -> str:
    """Which colours are below what WCAG 2 asks for (AA), the worst first; empty: none."""
    low = sorted((pair for pair in pairs(colours) if pair.contrast < pair.least), key=lambda pair: pair.contrast)
    told = [f"{pair.ink} on {pair.ground} {pair.contrast:.1f}:1" for pair in low[:3]]
    more = f" and {len(low) - 3} more" if len(low) > 3 else ""
    return f"{', '.join(told)}{more} (AA asks for {low[0].least:g}:1)" if low else ""


class _File:
    """One file, as far as it could be understood."""

    def __init__(self, file: Path) -> None:
        self._file = file
        text = file.read_text(encoding="utf-8")
        self._table = parsed(text, file)
        self._lines = lines_of(text)
        self.doubts: list[Problem] = []

    def theme(self) -> _Read | None:
        """The theme that it holds; None: it has no name to call it by."""
        if not _NAME.fullmatch(name := str(self._table.get("name", self._file.stem))):
            self._doubt("name", "a theme's name is letters, digits and -; it is left out")
            return None
        for key in self._table:
            if key not in _KEYS:
                self._doubt(key, f"there is no {key} in a theme{_near(key, _KEYS)}")
        base = self._base()
        dark = self._table.get("dark", not base.endswith("light"))
        if not isinstance(dark, bool):
            self._doubt("dark", "dark must be true or false")
            dark = not base.endswith("light")
        return _Read(name, self._colours(base), dark, base == "ansi")

    def _base(self) -> str:
        """The theme whose colours are those that it does not name."""
        base = str(self._table.get("extends", "light" if self._table.get("dark") is False else "dark"))
        if base in PALETTES:
            return base
        self._doubt("extends", f"there is no theme {base} to extend{_near(base, tuple(PALETTES))}")
        return "dark"

    def _colours(self, base: str) -> Colours:
        ansi = base == "ansi"
        right = {role: self._table[role] for role in ROLES if _is_colour(self._table.get(role), ansi=ansi)}
        kind = "one of the terminal's 16, such as ansi_blue" if ansi else 'a colour such as "#8f959f"'
        for role in ROLES:
            if role in self._table and role not in right:
                self._doubt(role, f"{role} must be {kind}; that of {base} is used")
        return PALETTES[base]._replace(**right)

    def _doubt(self, key: str, words: str) -> None:
        """Note what is wrong, with the line of its key."""
        self.doubts.append(Problem(self._file, words, line_of(key, self._lines), setting=key))


def _is_colour(value: object, *, ansi: bool) -> bool:
    """Whether it is a colour that covers what is below: half a colour has no contrast."""
    if not isinstance(value, str):
        return False
    if ansi:
        return bool(_SIXTEEN.fullmatch(value))
    try:
        colour = Color.parse(value)
    except ColorParseError:
        return False
    return colour.a == 1 and colour.ansi is None and not colour.auto


def _near(word: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}"
