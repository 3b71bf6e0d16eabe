"""Three calm themes: one accent (gold), one quiet warning tone, two surface tones; everything else is text.

Widgets name colours by meaning only: ``$valuable $flag $junk $waiting $unknown $muted``, and two surfaces,
``$cursor-tone`` under the cursor and ``$hairline`` for the one rule. Textual's own themes get ours for them.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

_DARK = {
    "valuable": "#e2b659",
    "flag": "#dd9274",
    "waiting": "#b9bec7",
    "junk": "#8f959f",
    "unknown": "#8c97a8",
    "muted": "#8f959f",
    "cursor-tone": "#22262d",
    "hairline": "#2e333b",
    "muted-style": "not dim",
    "cursor-style": "not reverse",
}
_LIGHT = {
    "valuable": "#835a00",
    "flag": "#9d4520",
    "waiting": "#464b54",
    "junk": "#62666f",
    "unknown": "#596579",
    "muted": "#62666f",
    "cursor-tone": "#ece8df",
    "hairline": "#d9d4c9",
    "muted-style": "not dim",
    "cursor-style": "not reverse",
}
# The 16 colours are the user's own: only yellow and red are named, the rest is told by dim, bold and reverse.
_ANSI = {
    "valuable": "ansi_yellow",
    "flag": "ansi_red",
    "waiting": "ansi_default",
    "junk": "ansi_default",
    "unknown": "ansi_default",
    "muted": "ansi_default",
    "cursor-tone": "ansi_default",
    "hairline": "ansi_default",
    "muted-style": "dim",
    "cursor-style": "reverse",
}


def _stock(colours: Mapping[str, str], foreground: str) -> dict[str, str]:
    """Textual's own names for what its palette, inputs and scroll bars show, in our tones."""
    return {
        "block-cursor-background": colours["cursor-tone"],
        "block-cursor-foreground": foreground,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": colours["cursor-tone"],
        "block-cursor-blurred-foreground": foreground,
        "input-cursor-background": foreground,
        "input-selection-background": colours["hairline"],
        "border": colours["muted"],
        "border-blurred": colours["hairline"],
        "scrollbar": colours["hairline"],
        "scrollbar-hover": colours["muted"],
        "scrollbar-active": colours["muted"],
        "scrollbar-background": colours["cursor-tone"],
        "scrollbar-background-hover": colours["cursor-tone"],
        "scrollbar-background-active": colours["cursor-tone"],
        **colours,
    }


def _theme(name: str, colours: Mapping[str, str], *, dark: bool, ground: str, foreground: str) -> Theme:
    return Theme(
        name,
        primary=colours["muted"],
        secondary=colours["waiting"],
        accent=colours["valuable"],
        warning=colours["flag"],
        error=colours["flag"],
        success=colours["waiting"],
        foreground=foreground,
        background=ground,
        surface=colours["cursor-tone"],
        panel=colours["cursor-tone"],
        dark=dark,
        variables=_stock(colours, foreground),
    )


DARK = _theme("linkinbox-dark", _DARK, dark=True, ground="#16181c", foreground="#dcdee2")
LIGHT = _theme("linkinbox-light", _LIGHT, dark=False, ground="#faf9f6", foreground="#22252a")
ANSI = Theme(
    "linkinbox-ansi",
    primary="ansi_default",
    secondary="ansi_default",
    accent="ansi_yellow",
    warning="ansi_red",
    error="ansi_red",
    success="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    ansi=True,
    variables={
        "ansi-background": "ansi_default",  # Textual's own style sheets name it, and would not parse
        "ansi-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-text-style": "reverse",
        "input-cursor-text-style": "reverse",
        **_ANSI,
    },
)
THEMES = (DARK, LIGHT, ANSI)
BY_NAME = {theme.name: theme for theme in THEMES}


def variable_defaults(*, dark: bool) -> dict[str, str]:
    """Return our variables for a theme that lacks them: what ``App.get_theme_variable_defaults`` returns."""
    return dict(_DARK if dark else _LIGHT)


def choose(environ: Mapping[str, str]) -> Theme:
    """Return the theme to start with: the terminal's own 16 colours if it has no more, or none are wanted."""
    few = environ.get("TERM", "") in ("linux", "xterm", "screen", "ansi", "vt100")
    few = few and environ.get("COLORTERM", "") not in ("truecolor", "24bit")
    return ANSI if few or "NO_COLOR" in environ else DARK
