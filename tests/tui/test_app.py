"""The app as a whole: windows of every size, palette, help, mouse, strangers' names, and what it loads."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.actions import ACTIONS
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.tui.screens.help import HelpScreen
from linkinbox.tui.screens.key_screen import method_name
from linkinbox.tui.screens.palette_screen import PaletteScreen
from linkinbox.tui.screens.sweep import SweepScreen
from tests.builders import ExportBuilder, Someone
from tests.conftest import Clock
from tests.hostile import HOSTILE
from tests.tui.conftest import Sit, press


def test_the_sweep_can_do_every_action_of_the_table():
    assert SweepScreen.actions() == list(ACTIONS)
    assert all(callable(getattr(SweepScreen, method_name(action))) for action in ACTIONS)


# ── windows ──


SIZES = [(1, 1), (40, 10), (80, 24), (100, 30), (220, 60)]


async def test_every_window_shows_the_item_under_the_cursor(sit: Sit):
    async with sit() as user:
        for size in SIZES:
            await user.pilot.resize_terminal(*size)
            await user.press("j", "tab", "enter", "escape", "n", "escape", "question_mark", "q")
            lines = user.screen.splitlines()
            assert max(map(len, lines), default=0) <= size[0]
            assert any("▌" in line for line in lines) == (size >= (40, 10)), size


async def test_where_nothing_can_be_seen_that_is_said_and_nothing_decided(sit: Sit):
    async with sit((20, 5)) as user:
        await user.press("x", "j", "P", "n")
        assert user.screen.split() == ["At", "least", "40×10", "is", "needed."]
        assert user.sweep.sitting.inbox.log() == []
        await user.pilot.resize_terminal(80, 24)
        await user.press("x")
        assert user.status.startswith("Junked Mira Novak")


@pytest.mark.parametrize("typed", [".", "3.", " ", "*", "v", "|", "/", "gj", ":", "\t", "\x1b"])
async def test_of_what_decides_marks_or_opens_nothing_acts_unseen(sit: Sit, typed: str):
    async with sit((80, 24)) as user:
        await user.press("x", "space")
        before = user.sweep.sitting.shown
        await user.pilot.resize_terminal(38, 9)
        for key in typed:
            await user.press({"\t": "tab", "\x1b": "escape", " ": "space"}.get(key, key))
        assert user.app.screen is user.sweep
        assert user.sweep.sitting.shown is before
        assert user.sweep._marked_words() == "1 marked"
        assert user.prompt is None
        assert user.sweep.sitting.counts[View.JUNK] == 1


async def test_the_palette_of_a_window_that_became_too_small_decides_nothing(sit: Sit):
    async with sit((80, 24)) as user:
        await press(user, ":")
        await user.type("junk")
        await user.pilot.resize_terminal(38, 9)
        await press(user, "enter")
        assert user.sweep.sitting.counts[View.JUNK] == 0


async def test_a_question_in_a_window_that_became_too_small_is_not_answered_unseen(sit: Sit):
    async with sit() as user:
        await user.press("n")
        await user.type("worth it")
        await user.pilot.resize_terminal(30, 8)
        await user.press("enter")
        assert user.sweep.prompt.is_open
        await user.pilot.resize_terminal(100, 30)
        await user.press("enter")
        assert user.sweep.status.said.startswith("Noted on ")


async def test_a_window_that_is_too_small_can_be_looked_around_in_and_left(sit: Sit):
    async with sit((38, 9)) as user:
        await user.press("j")
        assert user.under_cursor == "Mira Novak"
        await press(user, "?", "q", "q")
        assert not user.app.is_running or user.app._exit


@pytest.mark.parametrize(
    ("width", "foot"),
    [
        (40, " a accept  x junk  e done        ? help"),
        (80, " a accept  x junk  e done  h hold  u undo  n note  / search  : commands  ? help"),
        (140, " a accept  x junk  e done  h hold  u undo  n note  c call  + gold" + " " * 44 + "/ search  : commands  ? help"),
    ],
)  # fmt: skip
async def test_the_foot_has_the_way_to_everything_also_in_80_columns(sit: Sit, width: int, foot: str):
    async with sit((width, 24)) as user:
        assert user.screen.splitlines()[-1].replace(" ", "") == foot.replace(" ", "")
        await user.pilot.click(user.sweep.foot, offset=(width - 13, 0) if width > 40 else (3, 0))
        assert isinstance(user.app.screen, PaletteScreen) == (width > 40)


async def test_a_narrow_window_shows_one_pane_and_tab_turns(sit: Sit):
    async with sit((80, 24)) as user:
        assert "▌" in user.screen
        assert "now nothing handled yet" in user.screen, "the path keeps a line"
        assert "Grow your pipeline" not in user.screen.replace("Grow your pipeline ", "", 1)
        await user.press("tab")
        assert "▌" not in user.screen
        assert "sponsored message" in user.screen
        await user.press("j")
        assert "We met in Hamburg" in user.screen, "the list moves on beneath the card"
        await user.press("tab")
        assert "path to gold" in user.screen
        await user.press("tab")
        assert "▌" in user.screen
        await user.press("shift+tab", "escape")
        assert "▌" in user.screen
        await user.press("g", "i")
        assert user.sweep.sitting.view is View.INVITATIONS


async def test_a_prompt_is_seen_in_a_narrow_window_beside_the_list_and_beneath_the_card(sit: Sit):
    async with sit((80, 24)) as user:
        await user.type("htue 9")
        assert "▌" in user.screen
        assert "Tue 1 Dec 09:00 CET" in user.screen
        await user.press("escape", "enter", "n")
        assert "Enter writes it down" in user.screen
        assert "sponsored message" in user.screen


async def test_enter_shows_the_card_in_full_and_esc_leads_back(sit: Sit):
    async with sit() as user:
        await user.press("enter")
        assert "▌" not in user.screen
        assert "sponsored message" in user.screen
        await user.press("escape")
        assert "▌" in user.screen


async def test_a_window_that_shrinks_and_grows_loses_nothing(sit: Sit):
    async with sit() as user:
        await user.press("j", "j", "n")
        await user.type("half a note")
        for size in [(80, 24), (3, 2), (200, 60), (120, 30)]:
            await user.pilot.resize_terminal(*size)
            await user.pilot.pause()
        assert user.prompt == "half a note"
        assert user.sweep.list.cursor == 2
        assert "half a note" in user.screen


# ── palette, help, mouse ──


async def test_the_palette_offers_every_action_with_its_keys_and_does_it(sit: Sit):
    async with sit() as user:
        offered = {command.name: command.keys for command in user.sweep.commands()}
        assert offered["Junk"] == "x !"
        assert offered["Go to: Junk"] == "gj"
        assert offered["Theme"] == "gT"
        assert {action.id for action in ACTIONS} - {command.id for command in user.sweep.commands()} == {
            "palette", "split",  # the palette itself, and a split without its number
        }  # fmt: skip
        await user.type(":junk")
        assert "Junk: not wanted." in user.screen
        await user.type("\n")
        assert user.app.screen is user.sweep
        assert user.status.startswith("Junked")


@pytest.mark.parametrize("environ", [{}, {"NO_COLOR": "1", "TERM": "linux"}], ids=str)
async def test_every_screen_opens_in_the_colours_a_terminal_has(sit: Sit, monkeypatch, environ: dict[str, str]):
    monkeypatch.delenv("COLORTERM")
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    async with sit() as user:
        for keys in ("n", "P", "?", ":", "ctrl+o"):
            await user.press(keys)
            await user.until(lambda: bool(user.screen))
            await user.press("escape")
        assert user.app.is_running


async def test_help_shows_the_keys_of_where_you_are(sit: Sit):
    async with sit((120, 110)) as user:
        await user.press("?")
        assert isinstance(user.app.screen, HelpScreen)
        told = " ".join(user.screen.split())  # long sentences go on beside their keys
        for action in ACTIONS:
            assert action.help in told
        await user.press("?", "P", "?")
        assert "Junk: not wanted." not in user.screen
        assert "The card in full; on the path" in user.screen


async def test_the_demo_says_that_it_is_one(sit: Sit):
    async with sit(demo=True) as user:
        assert "demo" in user.screen.splitlines()[1]


async def test_q_quits_from_the_list_and_only_from_there(sit: Sit):
    async with sit() as user:
        await user.press("?", "q", "P", "q")
        assert user.app.is_running
        await user.press("q")
        assert not user.app.is_running


# ── strangers' text ──


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    export = ExportBuilder()
    for number, raw in enumerate(HOSTILE.values()):
        text = raw[:500].encode(errors="replace").decode()  # a file holds no lone surrogates
        export.message(Someone(text, f"hostile-{number}"), text, title=text)
    with closing(Inbox.open(folder / "inbox.db", clock=Clock())) as inbox:
        inbox.import_from(export.zip(folder))
    return folder / "inbox.db"


async def test_nothing_a_stranger_wrote_acts_on_the_screen(sit: Sit, hostile_store: Path):
    async with sit((140, 40), path=hostile_store) as user:
        for keys in (["x"], ["u"], ["y"], ["plus"], ["P", "q"], ["enter"], ["escape"], ["n", "o", "enter"]):
            await user.press(*keys)
            assert is_harmless(user.screen)
        while user.sweep.list.cursor < len(user.sweep.sitting.ids) - 1:
            await user.press("ctrl+d")
            assert is_harmless(user.screen)


def is_harmless(screen: str) -> bool:
    acting = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), *"\u202a\u202b\u202d\u202e\u2066\u2067\u2068"} - {
        "\n"
    }
    return not acting & set(screen)
