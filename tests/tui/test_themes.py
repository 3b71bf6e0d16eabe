"""The themes: readable everywhere by measure, few colours, and those that people write themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from linkinbox.tui import marks, themes
from linkinbox.tui.contrast import AA, AAA, SIGNS, contrast
from linkinbox.tui.look import Look
from linkinbox.tui.remembered import Memory, Remembered
from linkinbox.tui.themes import ANSI, DARK, LIGHT, PALETTES, ROLES, Colours, name_of, pairs
from linkinbox.tui.user_themes import read_themes
from tests.gates import Gate

MEASURED = {name: colours for name, colours in PALETTES.items() if name != "ansi"}


# ── contrast ──


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000", "#fff", 21), ("#777", "#fff", 4.48), ("#abc", "#abc", 1)])
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_every_pair_of_colours_on_the_screen_is_readable(gate: Gate):
    for name, colours in MEASURED.items():
        least = AAA if "contrast" in name else AA
        measured = list(pairs(colours, text=least))
        weak = [pair for pair in measured if pair.contrast < pair.least]
        assert not weak, f"{name}: {weak}"
        text = min(pair.contrast for pair in measured if pair.ink != "lines")
        signs = min(pair.contrast for pair in measured if pair.ink == "lines")
        told = f"{len(measured)} pairs: text at least {text:.2f}:1 (asked {least:g}), lines {signs:.2f}:1 (asked {SIGNS:g})"
        gate(5, f"contrast, {name}", told)


@pytest.mark.parametrize("colours", MEASURED.values(), ids=MEASURED)
def test_plain_text_is_most_readable(colours: Colours):
    for ground in (colours.background, colours.cursor):
        assert contrast(colours.text, ground) >= 10


# What terminals show for the names: ground, yellow, bright red; as shipped by xterm, the Linux console and Solarized.
SIXTEEN = {
    "xterm": ("#000000", "#cdcd00", "#ff0000"),
    "xterm, light": ("#ffffff", "#cdcd00", "#ff0000"),
    "VGA": ("#000000", "#aa5500", "#ff5555"),
    "VGA, light": ("#ffffff", "#aa5500", "#ff5555"),
    "Solarized, dark": ("#002b36", "#b58900", "#cb4b16"),
    "Solarized, light": ("#fdf6e3", "#b58900", "#cb4b16"),
}


def test_the_sixteen_colours_promise_no_more_than_they_can(gate: Gate):
    """All text is in the terminal's own colours; gold and flags have a mark and words besides their colour."""
    named = {colour for colour in PALETTES["ansi"] if colour != "ansi_default"}
    assert named == {"ansi_yellow", "ansi_bright_red"}
    read = {(name, colour): contrast(ink, ground) for name, (ground, *inks) in SIXTEEN.items()
            for colour, ink in zip(("yellow", "red"), inks, strict=True)}  # fmt: skip
    weak = {place for place, ratio in read.items() if ratio < SIGNS}
    assert weak == {("xterm, light", "yellow"), ("Solarized, light", "yellow")}, "as the README says"
    told = ", ".join(f"{colour} on {name} {read[name, colour]:.1f}:1" for name, colour in sorted(weak))
    gate(5, "contrast, ansi", f"{len(read) - len(weak)} of {len(read)} pairs at least 3:1; not: {told}")


# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear light: what somebody without green cones sees.
_DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))


def seen_without_green(colour: str) -> tuple[float, float, float]:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in Color.parse(colour).normalized
    ]
    seen = [sum(weight * part for weight, part in zip(row, linear, strict=True)) for row in _DEUTERANOPIA]
    return tuple(max(0.0, min(1.0, part)) ** (1 / 2.4) for part in seen)  # type: ignore[return-value]


@pytest.mark.parametrize("colours", MEASURED.values(), ids=MEASURED)
def test_gold_flags_and_plain_words_differ_also_without_green_cones(colours: Colours):
    """A help only: each has its mark and its words as well."""
    for one, other in (("valuable", "flag"), ("valuable", "text"), ("flag", "text"), ("valuable", "muted")):
        seen = (seen_without_green(getattr(colours, role)) for role in (one, other))
        assert max(abs(a - b) for a, b in zip(*seen, strict=True)) > 0.06, (one, other)


# ── what there is ──


@pytest.mark.parametrize("theme", themes.THEMES, ids=lambda theme: theme.name)
def test_every_theme_defines_every_colour_by_meaning(theme):
    assert set(themes.variable_defaults(dark=True)) <= set(theme.variables)


def test_a_theme_that_is_not_ours_gets_colours_for_its_ground():
    assert themes.variable_defaults(dark=True)["muted"] == DARK.variables["muted"]
    assert themes.variable_defaults(dark=False)["muted"] == LIGHT.variables["muted"]


@pytest.mark.parametrize(
    ("environ", "theme"),
    [
        ({"TERM": "xterm-256color"}, DARK),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, DARK),
        ({"TERM": "linux"}, ANSI),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, ANSI),
        ({"TERM": "xterm-256color", "NO_COLOR": "1", "COLORTERM": "truecolor"}, ANSI),
    ],
)
def test_the_first_theme_suits_the_terminal(environ, theme):
    assert themes.choose(environ) is theme


# ── which one is used ──


FULL, FEW, NONE = {"TERM": "xterm-256color"}, {"TERM": "linux"}, {"TERM": "xterm-256color", "NO_COLOR": "1"}


@pytest.mark.parametrize(
    ("wanted", "chosen", "environ", "used"),
    [
        ("", "", FULL, "dark"),
        ("", "light", FULL, "light"),
        ("high-contrast", "light", FULL, "high-contrast"),
        ("", "light", FEW, "ansi"),
        ("light", "", FEW, "light"),
        ("light", "light", NONE, "ansi"),
        ("", "one that is gone", FULL, "dark"),
    ],
)
def test_the_configuration_goes_before_the_choice_and_the_terminal_before_both(wanted, chosen, environ, used):
    memory = Memory()
    memory.keep(Remembered(theme=chosen))
    look = Look(wanted, memory=memory, environ=environ)
    assert name_of(look.first.name) == used
    assert not look.doubts


def test_an_unknown_theme_is_told_with_the_nearest_and_the_default_is_used():
    look = Look("hihg-contrast", environ=FULL)
    assert look.first is DARK
    assert [*map(str, look.doubts)] == ["config.toml: there is no theme hihg-contrast; did you mean high-contrast?"]


def test_what_was_chosen_is_remembered_and_a_broken_memory_is_no_error(tmp_path: Path):
    file = tmp_path / "state" / "screen.json"
    Memory(file).keep(Remembered(theme="light", panes=2))
    assert Memory(file).now == Remembered(theme="light", panes=2)
    for broken in ("", "[]", "{", '{"theme": 3, "panes": 9}', '{"panes": "2"}', "\ufffd"):
        file.write_text(broken, encoding="utf-8")
        assert Memory(file).now == Remembered()
    file.unlink()
    file.mkdir()
    memory = Memory(file)
    memory.keep(Remembered(theme="light"))
    assert memory.now.theme == "light", "for this run"


# ── themes of one's own ──


def written(folder: Path, text: str, name: str = "harbour") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_theme_of_ones_own_names_only_what_is_other(tmp_path: Path):
    read = read_themes(written(tmp_path, 'extends = "light"\nmuted = "#444"\nlines = "teal"\n'))
    (theme,) = read.themes
    assert not read.doubts
    assert not read.weak
    assert (name_of(theme.name), theme.dark) == ("harbour", False)
    assert (theme.variables["muted"], theme.variables["flag"]) == ("#444", LIGHT.variables["flag"])


def test_what_is_wrong_in_a_theme_is_told_with_its_line_and_the_rest_is_used(tmp_path: Path):
    folder = written(
        tmp_path,
        'extends = "drak"\nmuted = "#9aa3ad"\nmutde = "#fff"\nflag = "reddish"\nwaiting = "#ffffff80"\ndark = 3\n[colours]\n',
    )
    read = read_themes(folder)
    (theme,) = read.themes
    assert theme.variables["muted"] == "#9aa3ad"
    assert theme.variables["flag"] == DARK.variables["flag"]
    file = folder / "harbour.toml"
    assert sorted(map(str, read.doubts)) == [
        f"{file}, line 1: there is no theme drak to extend; did you mean dark?",
        f"{file}, line 3: there is no mutde in a theme; did you mean muted?",
        f'{file}, line 4: flag must be a colour such as "#8f959f"; that of dark is used',
        f'{file}, line 5: waiting must be a colour such as "#8f959f"; that of dark is used',
        f"{file}, line 6: dark must be true or false",
        f"{file}, line 7: there is no colours in a theme; did you mean cursor?",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("muted = ", "this is not TOML: Invalid value, at the end of the file"),
        ("a = " + "[" * 5_000, "this is not TOML"),
        ('name = "a b"', "letters, digits and -"),
        ('name = "dark"', "there is a theme dark already"),
        ("name = 3\nextends = []", None),
    ],
)
def test_a_file_that_is_no_theme_is_left_out_and_told(tmp_path: Path, text: str, told: str | None):
    read = read_themes(written(tmp_path, text))
    assert len(read.themes) == (told is None)
    assert len(read.doubts) == 1
    assert told is None or told in str(read.doubts[0])


def test_of_the_sixteen_colours_other_names_may_be_taken_but_nothing_else(tmp_path: Path):
    read = read_themes(written(tmp_path, 'extends = "ansi"\nvaluable = "ansi_magenta"\nflag = "#ff0000"\n'))
    (theme,) = read.themes
    assert theme.ansi
    assert theme.variables["valuable"] == "ansi_magenta"
    assert "one of the terminal's 16, such as ansi_blue" in str(read.doubts[0])


def test_a_theme_that_is_hard_to_read_is_used_and_that_is_said_once(tmp_path: Path):
    folder = written(tmp_path / "themes", 'muted = "#5c626c"\n')
    memory = Memory(tmp_path / "screen.json")
    look = Look("harbour", folder, memory=memory, environ=FULL)
    assert name_of(look.first.name) == "harbour"
    said = look.warning(look.first.name)
    assert said.startswith("Theme harbour is hard to read: muted on selection 2.0:1, muted on cursor ")
    assert said.endswith("(AA asks for 4.5:1)")
    again = Look("harbour", folder, memory=Memory(tmp_path / "screen.json"), environ=FULL)
    assert not again.warning(again.first.name)


def test_a_folder_without_themes_is_nothing_to_speak_of(tmp_path: Path):
    assert read_themes(tmp_path / "nowhere") == read_themes(tmp_path)
    assert len(Look("", tmp_path / "nowhere", environ=FULL).themes) == len(PALETTES)


def test_the_roles_are_those_that_the_readme_names():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    section = readme[readme.index("## Terminals and themes") :]
    assert all(f"`{role}`" in section for role in ROLES)
    assert all(f"`{name}`" in section for name in PALETTES)


# ── marks ──


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
