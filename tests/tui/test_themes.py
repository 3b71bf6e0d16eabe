"""The themes: readable everywhere, and few colours."""

import pytest
from textual.color import Color

from linkinbox.tui import marks, themes

OURS = ("valuable", "flag", "waiting", "junk", "unknown", "muted")


def contrast(text: str, ground: str) -> float:
    """The contrast of WCAG 2.1: 1 (none) to 21."""

    def luminance(colour: str) -> float:
        parts = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in Color.parse(colour).normalized
        )
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", OURS)
def test_every_colour_of_text_is_readable_on_both_surfaces(theme, name):
    for ground in (theme.background, theme.variables["cursor-tone"]):
        assert contrast(theme.variables[name], ground) >= 4.5


@pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=lambda theme: theme.name)
def test_plain_text_is_most_readable(theme):
    for ground in (theme.background, theme.variables["cursor-tone"]):
        assert contrast(theme.foreground, ground) >= 10


@pytest.mark.parametrize("theme", themes.THEMES, ids=lambda theme: theme.name)
def test_every_theme_defines_every_colour_by_meaning(theme):
    assert set(themes.variable_defaults(dark=True)) <= set(theme.variables)


def test_a_theme_that_is_not_ours_gets_colours_for_its_ground():
    assert themes.variable_defaults(dark=True)["muted"] == themes.DARK.variables["muted"]
    assert themes.variable_defaults(dark=False)["muted"] == themes.LIGHT.variables["muted"]


@pytest.mark.parametrize(
    ("environ", "theme"),
    [
        ({"TERM": "xterm-256color"}, themes.DARK),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, themes.DARK),
        ({"TERM": "linux"}, themes.ANSI),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, themes.ANSI),
        ({"TERM": "xterm-256color", "NO_COLOR": "1", "COLORTERM": "truecolor"}, themes.ANSI),
    ],
)
def test_the_first_theme_suits_the_terminal(environ, theme):
    assert themes.choose(environ) is theme


@pytest.mark.parametrize(
    ("encoding", "term", "chosen"),
    [
        ("utf-8", "xterm-256color", marks.UNICODE),
        ("UTF8", "tmux-256color", marks.UNICODE),
        ("ascii", "xterm", marks.ASCII),
        ("iso8859-1", "xterm", marks.ASCII),
        ("utf-8", "linux", marks.ASCII),
    ],
)
def test_marks_suit_the_terminal(encoding, term, chosen):
    assert marks.choose(encoding, term) is chosen
