"""Five calm themes: one accent (gold), one quiet warning tone, few surfaces; everything else is text.

Widgets name colours by meaning only: ``$valuable $flag $junk $waiting $unknown $muted``, and of surfaces
``$cursor-tone`` under the cursor and ``$hairline`` for the one rule. Textual's own widgets get ours by their own names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from textual.theme import Theme

from linkinbox.tui.contrast import AA, SIGNS, contrast

OURS = "linkinbox-"  # what our names begin with, and people never see


class Colours(NamedTuple):
    """The colours of a theme by what they mean: what a person may set in a theme of their own.

    Args:
        background: of everything.
        text: what is read.
        valuable: valuable contacts, the one accent.
        flag: red flags, and what went wrong.
        waiting: what is held, booked or owed.
        junk: what was junked.
        unknown: what the export does not tell.
        muted: what stands beside what is read: excerpts, times, titles.
        cursor: the ground under the cursor, and of the palette.
        selection: the ground of selected words.
        lines: rules and scroll bars.
    """

    background: str
    text: str
    valuable: str
    flag: str
    waiting: str
    junk: str
    unknown: str
    muted: str
    cursor: str
    selection: str
    lines: str


class Pair(NamedTuple):
    """Two colours that meet on the screen, by name, and how well one is read on the other."""

    ink: str
    ground: str
    contrast: float
    least: float


ROLES = Colours._fields
GROUNDS = ("background", "cursor", "selection")
_INKS = ("text", "valuable", "flag", "waiting", "junk", "unknown", "muted")

_DARK = Colours(
    background="#16181c", text="#dcdee2", valuable="#e2b659", flag="#dd9274", waiting="#b9bec7", junk="#989ea8",
    unknown="#939eb0", muted="#989ea8", cursor="#22262d", selection="#2c3446", lines="#6a717d",
)  # fmt: skip
_LIGHT = Colours(
    background="#faf9f6", text="#22252a", valuable="#835a00", flag="#9d4520", waiting="#464b54", junk="#5d616a",
    unknown="#566174", muted="#5d616a", cursor="#ece8df", selection="#d8dceb", lines="#8a857a",
)  # fmt: skip
_CONTRAST_DARK = Colours(
    background="#000000", text="#ffffff", valuable="#ffd75f", flag="#ffb08c", waiting="#e6e6e6", junk="#d0d0d0",
    unknown="#c8d4e6", muted="#d0d0d0", cursor="#27314f", selection="#3a3a5c", lines="#9a9a9a",
)  # fmt: skip
_CONTRAST_LIGHT = Colours(
    background="#ffffff", text="#000000", valuable="#5a3d00", flag="#8a1230", waiting="#262626", junk="#3f3f3f",
    unknown="#2a3a55", muted="#3f3f3f", cursor="#dde5f7", selection="#c9d6f2", lines="#666666",
)  # fmt: skip
# The 16 colours are the user's own: only yellow and bright red are named (what they are read like on common palettes
# stands in tests/tui/test_themes.py), the rest is told by dim, bold and reverse.
_ANSI = Colours(*["ansi_default"] * len(ROLES))._replace(valuable="ansi_yellow", flag="ansi_bright_red")


def theme_of(name: str, colours: Colours, *, dark: bool, ansi: bool = False) -> Theme:
    """Return ``colours`` as a theme of Textual's.

    Args:
        name: as people call it.
        colours: of the 16 all, or none.
        dark: the background is.
        ansi: the colours are the terminal's own 16.
    """
    return Theme(
        OURS + name,
        primary=colours.muted,
        secondary=colours.waiting,
        accent=colours.valuable,
        warning=colours.flag,
        error=colours.flag,
        success=colours.waiting,
        foreground=colours.text,
        background=colours.background,
        surface=colours.cursor,
        panel=colours.cursor,
        boost=colours.cursor,
        dark=dark,
        ansi=ansi,
        variables=by_meaning(colours) | (_stock_ansi() if ansi else _stock(colours)),
    )


def by_meaning(colours: Colours) -> dict[str, str]:
    """The names that our style sheets and inks use."""
    ansi = colours.text.startswith("ansi_")
    return {
        **{role: getattr(colours, role) for role in _INKS[1:]},
        "cursor-tone": colours.cursor,
        "hairline": colours.lines,
        "muted-style": "dim" if ansi else "not dim",
        "cursor-style": "reverse not dim" if ansi else "not reverse",
    }


def _stock(colours: Colours) -> dict[str, str]:
    """Textual's own names for what its palette, inputs, toasts and scroll bars show."""
    return {
        "block-cursor-background": colours.selection,
        "block-cursor-foreground": colours.text,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": colours.selection,
        "block-cursor-blurred-foreground": colours.text,
        "input-cursor-background": colours.text,
        "input-cursor-foreground": colours.background,
        "input-selection-background": colours.selection,
        "input-selection-foreground": colours.text,
        "screen-selection-background": colours.selection,
        "screen-selection-foreground": colours.text,
        "text-muted": colours.muted,
        "text-disabled": colours.muted,
        "text-success": colours.text,
        "text-warning": colours.flag,
        "text-error": colours.flag,
        "panel-lighten-1": colours.cursor,
        "panel-darken-1": colours.cursor,
        "border": colours.muted,
        "border-blurred": colours.lines,
        "scrollbar": colours.lines,
        "scrollbar-hover": colours.muted,
        "scrollbar-active": colours.muted,
        "scrollbar-background": colours.background,
        "scrollbar-background-hover": colours.background,
        "scrollbar-background-active": colours.background,
    }


def _stock_ansi() -> dict[str, str]:
    """The same where the colours are the terminal's."""
    return {
        "ansi-background": "ansi_default",  # Textual's own style sheets name it, and would not parse
        "ansi-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-text-style": "reverse",
        "input-cursor-text-style": "reverse",
    }


PALETTES = {
    "dark": _DARK,
    "light": _LIGHT,
    "high-contrast": _CONTRAST_DARK,
    "high-contrast-light": _CONTRAST_LIGHT,
    "ansi": _ANSI,
}
DARK, LIGHT, CONTRAST_DARK, CONTRAST_LIGHT, ANSI = THEMES = tuple(
    theme_of(name, colours, dark=not name.endswith("light"), ansi=name == "ansi") for name, colours in PALETTES.items()
)
BY_NAME = {theme.name: theme for theme in THEMES}


def name_of(theme: str) -> str:
    """A theme's name as people call it."""
    return theme.removeprefix(OURS)


def pairs(colours: Colours, *, text: float = AA) -> Iterator[Pair]:
    """Every two colours that meet on the screen, with their contrast and the least it should be.

    Args:
        colours: none of the terminal's 16: nobody knows what those are.
        text: the least contrast of what is read.
    """
    for ground in GROUNDS:
        for ink in (*_INKS, "lines"):
            if ink in {"text", "muted"} or ground != "selection":
                ratio = contrast(getattr(colours, ink), getattr(colours, ground))
                yield Pair(ink, ground, ratio, SIGNS if ink == "lines" else text)


def variable_defaults(*, dark: bool) -> dict[str, str]:
    """Return our variables for a theme that lacks them: what ``App.get_theme_variable_defaults`` returns."""
    return by_meaning(_DARK if dark else _LIGHT)


def choose(environ: Mapping[str, str]) -> Theme:
    """Return the theme to start with: the terminal's own 16 colours if it has no more, or none are wanted."""
    few = environ.get("TERM", "") in ("linux", "xterm", "screen", "ansi", "vt100")
    few = few and environ.get("COLORTERM", "") not in ("truecolor", "24bit")
    return ANSI if few or "NO_COLOR" in environ else DARK
