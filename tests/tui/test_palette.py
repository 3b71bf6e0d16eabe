"""The palette: what it offers, in which order, and what it says of what cannot be done."""

from __future__ import annotations

import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.config import Day
from linkinbox.model import View
from linkinbox.splits import Split
from linkinbox.text import SafeText
from linkinbox.tui.fuzzy import fit
from linkinbox.tui.look import Look
from linkinbox.tui.palette import Command, matching
from linkinbox.tui.remembered import Memory
from linkinbox.tui.screens.palette_screen import PaletteScreen
from tests.tui.conftest import AT_THE_LIST, Sit, press


def command(id_: str, name: str, keys: str = "", about: str = "") -> Command:
    return Command(id_, SafeText(name), lambda: None, keys, about)


OFFERED = [
    command("junk", "Junk", "x !", "Not wanted."), command("view-junk", "Go to: Junk", "gj", "What was junked."),
    command("page-down", "Page down", "PgDn", "A page down."), command("undo", "Undo", "u z", "Take back the last."),
    command("path", "Path to gold", "P", "The path to each valuable contact."),
]  # fmt: skip


def found(typed: str, *recent: str) -> list[str]:
    return [one.id for one in matching(OFFERED, typed, recent)]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("junk", "junk"), ("go to j", "view-junk"), ("JU", "junk"), ("pd", "page-down"), ("jnk", "junk"), ("x", "junk"),
        ("gj", "view-junk"), ("PgDn", "page-down"), ("take back", "undo"), ("valuable", "path"), ("gold", "path"),
    ],
)  # fmt: skip
def test_it_is_found_by_name_by_letters_by_what_it_does_and_by_key(typed: str, best: str):
    assert found(typed)[0] == best


def test_what_fits_nothing_finds_nothing():
    assert found("qqq") == []


def test_what_was_used_lately_comes_first_among_what_fits_as_well():
    assert found("", "undo", "path")[:2] == ["undo", "path"]
    assert found("junk", "view-junk")[0] == "junk", "a better fit still comes before it"


@given(st.text(max_size=12), st.text(min_size=1, max_size=30))
def test_a_fit_is_between_nothing_and_all(typed: str, name: str):
    assert 0 <= fit(typed, name) <= 1.0001


async def test_typing_that_runs_ahead_of_it_lands_in_it(sit: Sit):
    async with sit() as user:
        await user.type(":go to: held\n")
        assert user.sweep.sitting.view is View.HELD
        assert user.app.screen is user.sweep
        await user.type(":accept")
        assert isinstance(user.app.screen, PaletteScreen)
        await user.press("escape")
        assert user.sweep.sitting.inbox.log() == []


async def test_arrows_and_the_mouse_choose(sit: Sit):
    async with sit() as user:
        await user.type(":go to")
        await user.press("down", "down", "up", "down", "enter")
        assert user.sweep.sitting.view is not View.NEW
        await user.type(":go to")
        wanted = user.app.screen.list._commands[1]
        await user.pilot.click(user.app.screen.list, offset=(5, 1))
        await user.pilot.pause()
        assert user.app.screen is user.sweep
        assert wanted.id == f"view-{user.sweep.sitting.view}"


async def test_what_was_chosen_last_is_first_the_next_time(sit: Sit, tmp_path):
    file = tmp_path / "state" / "screen.json"
    async with sit(look=Look(memory=Memory(file))) as user:
        await user.type(":selectivity\n")
        await user.press("escape")
    async with sit(look=Look(memory=Memory(file))) as user:
        await user.press("colon")
        assert user.app.screen.list.under_cursor.id == "selectivity"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["recent"] == ["selectivity"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"recent": 3}', '{"recent": [1, null]}', "\udcff"])
def test_what_is_remembered_may_be_lost(tmp_path, text: str):
    (tmp_path / "screen.json").write_bytes(text.encode(errors="surrogateescape"))
    memory = Memory(tmp_path / "screen.json")
    assert memory.now.recent == ()
    memory.keep(memory.now.with_recent("undo"))
    assert Memory(tmp_path / "screen.json").now.recent == ("undo",)


def test_where_nothing_can_be_written_nothing_is_said():
    memory = Memory(None)
    memory.keep(memory.now.with_recent("undo"))
    assert memory.now.recent == ("undo",)


async def test_saved_searches_and_settings_are_offered(sit: Sit):
    splits = (Split("Reefers", View.NEW, "reefer"),)
    async with sit(day=AT_THE_LIST._replace(splits=splits)) as user:
        offered = {one.name: one for one in user.sweep.commands()}
        assert offered["Go to: Reefers"].keys == "g1"
        await user.type(":selectivity: off\n")
        assert not user.sweep.sitting.day.selectivity
        await user.type(":panes\n")
        assert "path to gold" not in user.screen


async def test_what_cannot_be_done_is_dimmed_and_says_why(sit: Sit):
    async with sit(day=Day(at_start=False, selectivity=False)) as user:
        await user.press("g", "h")
        assert user.names == []
        await user.type(":junk")
        assert "nothing is under the cursor" in user.screen
        await user.press("enter")
        assert isinstance(user.app.screen, PaletteScreen), "it cannot be done"
        await user.press("escape")
        why = {one.id: one.why_not for one in user.sweep.commands()}
        assert why["selectivity"] == "switched off in config.toml"
        assert why["undo"] == ""


async def test_it_fits_into_any_window(sit: Sit):
    for size in ((40, 10), (60, 20), (80, 24), (200, 60)):
        async with sit(size) as user:
            await user.press("colon", *["down"] * 40)
            lines = user.screen.splitlines()
            assert len(lines) <= size[1]
            assert max(map(len, lines)) <= size[0]
            assert sum("▌" in line for line in lines) >= 1, "the cursor is in sight"


async def test_ctrl_c_closes_it_and_nothing_else(sit: Sit):
    async with sit() as user:
        await user.press("space")
        await user.type(":jun")
        await user.press("ctrl+c")
        assert user.app.screen is user.sweep
        assert user.app.is_running
        assert "1 marked" in user.screen
        await user.press("ctrl+c")
        assert user.status == "Nothing is lost by ctrl+c: q leaves"


async def test_where_all_settings_are_is_told(sit: Sit):
    async with sit() as user:
        await press(user, ":")
        await user.type("settings")
        await press(user, "enter")
        assert user.status.startswith("`linkinbox config` opens all settings")
