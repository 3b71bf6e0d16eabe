"""Every screen in windows of every size: nothing is cut, overlaps or is told by colour alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets._toast import Toast

from linkinbox.tui.look import Look
from linkinbox.tui.remembered import Memory, Remembered
from linkinbox.tui.themes import OURS, Colours, name_of, pairs
from linkinbox.tui.widgets.painting import Inked
from tests.gates import Gate
from tests.tui.conftest import Sit, User
from tests.tui.test_snapshots import lived_in, path
from tests.tui.walk import PLACES, walk

__all__ = ["lived_in", "path"]

# A theme in which no two meanings share a colour: what is painted tells what was meant.
TELLING = Colours(
    background="#101010", text="#f0f0f0", valuable="#f0d000", flag="#f09090", waiting="#c0c0e0", junk="#a0a0b8",
    unknown="#a8a0a0", muted="#a0a0a0", cursor="#202020", selection="#303030", lines="#808080",
)  # fmt: skip
MEANT = {role: Color.parse(colour).rgb for role, colour in TELLING._asdict().items()}
PAIRS = {(pair.ink, pair.ground) for pair in pairs(TELLING)}
AS_TEXT = {("background", "text")}  # the cursor of a line to type in
LINES = frozenset("─│▔▁▂▃▄▅▆▇█▊▎ ")


@pytest.fixture
def telling(tmp_path: Path) -> Look:
    folder = tmp_path / "themes"
    folder.mkdir()
    lines = (f'{role} = "{colour}"\n' for role, colour in TELLING._asdict().items())
    (folder / "telling.toml").write_text("".join(lines))
    return Look("telling", folder)


# ── what is wrong with a screen ──


def shown(screen: Screen[object]) -> Iterator[tuple[Widget, Region, Region]]:
    """What paints, where it is, and what of that is seen."""
    for widget, (region, clip) in screen._compositor.visible_widgets.items():
        if widget is not screen and not widget.displayed_children and not isinstance(widget, ScrollBar | Toast):
            yield widget, region, region.intersection(clip)


def faults(user: User, width: int, height: int) -> Iterator[str]:
    screen = user.app.screen
    strips = screen._compositor.render_strips()
    if len(strips) > height or any(strip.cell_length > width for strip in strips):
        yield "it is larger than the window"
    there = list(shown(screen))
    for (one, _, seen), (other, _, also) in combinations(there, 2):
        if seen.overlaps(also):
            yield f"{one} overlaps {other}"
    for widget, region, _ in there:
        yield from cut_off(widget, region, Region(0, 0, width, height))


async def stale(user: User) -> list[str]:
    """The lines that are others once everything is painted anew."""
    before = user.screen
    for widget in user.app.screen.walk_children(Inked):
        widget.notify_style_update()
        widget.refresh()
    await user.pilot.pause()
    now = user.screen
    if now == before:
        return []
    return [
        f"{was!r} stands where {is_!r} belongs"
        for was, is_ in zip(before.splitlines(), now.splitlines(), strict=False)
        if was != is_
    ]


def cut_off(widget: Widget, region: Region, window: Region) -> Iterator[str]:
    from linkinbox.tui.widgets.lines import FootLine, OneLine, StatusLine

    if isinstance(widget, OneLine) and not window.contains_region(region):
        yield f"{widget} is outside the window"
    if isinstance(widget, OneLine):
        text = "".join(piece for piece, _ in widget.line(region.width)).strip()
        if cell_len(text) > region.width:
            yield f"{text!r} is longer than its line"
    if isinstance(widget, StatusLine) and text not in {widget.said.strip(), ""} and not text.endswith("…"):
        yield f"the status is cut to {text!r}"
    if isinstance(widget, FootLine):
        for key, title, _ in widget._entries:
            text = text.replace(f"{key} {title.lower()}", "", 1)
        if text.strip():
            yield f"a key of the foot is cut: {text.strip()!r}"
    if isinstance(widget, Static) and widget.styles.text_overflow != "ellipsis":
        inside = widget.content_region
        if widget.get_content_height(inside.size, window.size, inside.width) > inside.height:
            yield f"{widget.visual} is cut"


def unmeasured(user: User) -> Iterator[str]:
    """What is painted in two colours whose contrast nobody measured."""
    screen = user.app.screen
    seen = [region for _, _, region in shown(screen)]
    for y, strip in enumerate(screen._compositor.render_strips()):
        x = 0
        for text, style, _ in strip:
            at, x = x, x + cell_len(text)
            if style and text.strip() and any(region.contains(at, y) for region in seen):
                pair = _pair(style)
                if pair not in PAIRS | AS_TEXT or (pair[0] == "lines" and not set(text) <= LINES):
                    yield f"{text.strip()[:30]!r} is {pair[0]} on {pair[1]}"


def _pair(style: Style) -> tuple[str, str]:
    return _name(style.color), _name(style.bgcolor)


def _name(colour: RichColor | None) -> str:
    """What a colour means; Textual rounds some."""
    if colour is None or colour.triplet is None:
        return "none"
    near = (role for role, of in MEANT.items() if max(abs(a - b) for a, b in zip(of, colour.triplet, strict=True)) < 4)
    return next(near, colour.triplet.hex)


# ── all of them ──


async def look_everywhere(user: User, sizes: list[tuple[int, int]]) -> list[str]:
    """Open every screen, and give the window each size while it is open; the next opens in the last of them."""
    wrong: list[str] = []
    await user.judged()
    async for place in walk(user):
        if not type(user.app.screen).__module__.startswith("textual."):  # a screen of ours
            wrong += [f"{place}: {what}" for what in unmeasured(user)]
        sizes.reverse()
        for size in sizes:
            await user.pilot.resize_terminal(*size)
            await user.pilot.pause()
            what_is = [*faults(user, *size), *await stale(user)]
            wrong += [f"{place} at {size[0]}×{size[1]}: {what}" for what in what_is]
    return list(dict.fromkeys(wrong))


async def test_every_screen_is_whole_in_small_windows_and_its_colours_are_measured(
    sit: Sit, path: Path, telling: Look, gate: Gate
):
    async with sit((60, 20), path=path, look=telling) as user:
        assert await look_everywhere(user, [(140, 40), (60, 20)]) == []
        assert name_of(user.app.theme) == "telling"
    gate(
        5,
        "screens whole, colours measured",
        f"{len(PLACES)} screens at 60×20 and 140×40: 0 cut, 0 unmeasured pairs",
    )


SIZES = [(40, 10), (60, 20), (80, 24), (99, 24), (100, 30), (140, 40), (189, 50), (190, 50), (220, 60), (300, 100)]


@pytest.mark.soak
@pytest.mark.parametrize("panes", [1, 2, 3])
async def test_every_screen_is_whole_in_every_window(sit: Sit, path: Path, telling: Look, gate: Gate, panes: int):
    telling.memory.keep(Remembered(panes=panes))
    async with sit((120, 30), path=path, look=telling) as user:
        wrong = await look_everywhere(user, [*SIZES])
        assert [what for what in wrong if "backlog at 40×10" not in what] == [], "there the question is cut"
    gate(
        5, f"screens whole, {panes} panes", f"{len(PLACES)} screens at {len(SIZES)} sizes from 40×10 to 300×100: 0 cut"
    )


async def test_without_colours_all_is_told_by_marks_and_words(sit: Sit, path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit((140, 40), path=path) as user:
        assert user.app.theme == OURS + "ansi"
        await user.judged()
        assert user.line("Mira Novak").startswith(" ▌ "), "the cursor"
        await user.press("g", "a")
        for name, told in (
            ("Samuel Okafor", "★"), ("Priya Nair", "☎"), ("Tom Becker", "◷"), ("LinkedIn Member", "ad"),
            ("Oksana Bondar", "junk"), ("Priya Nair", "call Wed"), ("Tom Becker", "held to"),
        ):  # fmt: skip
            assert told in user.line(name), name
        await user.press("P")
        assert "▌" in user.screen
        assert "★ Samuel Okafor" in user.screen
        await user.press("q", "g", "d")
        assert "▌" in user.screen


# ── panes ──


def panes(user: User) -> str:
    """What of the sweep is in sight, from left to right, then down."""
    there = {"list": user.sweep.list, "card": user.sweep.card, "path": user.sweep.path_pane}
    regions = {name: widget.region for name, widget in there.items() if widget.region.area and widget.display}
    return " ".join(sorted(regions, key=lambda name: (regions[name].x, regions[name].y)))


async def test_one_two_or_three_panes_by_width_and_by_choice(sit: Sit, path: Path, tmp_path: Path):
    file = tmp_path / "screen.json"
    async with sit((140, 40), path=path, look=Look(memory=Memory(file))) as user:
        side = user.sweep.card.region.x
        assert panes(user) == "list card path"
        assert user.sweep.path_pane.region.x == side, "below the card"
        await user.pilot.resize_terminal(220, 50)
        assert panes(user) == "list card path"
        assert user.sweep.path_pane.region.x > user.sweep.card.region.x, "beside the card"
        await user.press("g", "P")
        assert (panes(user), user.status) == ("list card", "Two panes: list and card")
        await user.press("g", "P")
        assert panes(user) == "list path", "which keeps its line"
        assert user.sweep.path_pane.region.height == 1
        await user.press("tab")
        assert panes(user) == "card path"
        await user.press("tab", "tab", "P", "escape")
        assert Memory(file).now.panes == 1
    async with sit((140, 40), path=path, look=Look(memory=Memory(file))) as user:
        assert panes(user) == "list path"
        await user.press("g", "P")
        assert panes(user) == "list card path"
        await user.pilot.resize_terminal(80, 24)
        await user.press("g", "P")
        assert user.status == "There is room for one pane: Tab turns"


async def test_in_a_very_wide_window_text_keeps_its_measure(sit: Sit, path: Path):
    async with sit((300, 100), path=path) as user:
        await user.press("question_mark")
        assert max(map(len, user.screen.splitlines())) <= 300
        await user.press("q")
        assert user.sweep.list.region.width <= 125
        assert user.sweep.card.region.width <= 100
        user.app.open_place(user.sweep.sitting.view)
        assert all(len(line) <= 80 for line in user.card.splitlines()[3:])


async def test_a_list_is_laid_out_anew_in_another_width(sit: Sit):
    async with sit((95, 24)) as user:
        for width in (60, 80, 50):
            await user.pilot.resize_terminal(width, 20)
            await user.pilot.pause()
            line = user.line("Ana Ruiz")
            assert len(line) < width
            assert line.endswith(" mo"), "its age at the right"
