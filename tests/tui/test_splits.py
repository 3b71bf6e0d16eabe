"""Saved searches as views: in the tab line, by key, in the palette, and back out of them."""

from __future__ import annotations

from linkinbox.config import Day
from linkinbox.model import View
from linkinbox.splits import Split
from linkinbox.tui.screens.today import TodayScreen
from tests.tui.conftest import Sit

SPLITS = (Split("Cold chain", View.NEW, "cold chain"), Split("Oldest", View.INVITATIONS, oldest_first=True))
DAY = Day(at_start=False, splits=SPLITS)


async def test_a_split_is_a_view_behind_the_others_and_has_a_key(sit: Sit):
    async with sit((140, 30), day=DAY) as user:
        assert "All 11   Cold chain   Oldest" in user.screen
        await user.press("g", "1")
        assert user.names == ["Ana Ruiz", "伊藤 美咲", "Oksana Bondar", "Zoë Berg"]
        await user.press("g", "2")
        assert user.names[0] == "Li Wei"
        assert user.names[-1] == "Ana Ruiz"


async def test_deciding_in_a_split_goes_on_and_can_be_taken_back(sit: Sit):
    async with sit((140, 30), day=DAY) as user:
        await user.press("g", "2", "x", "x")
        assert user.under_cursor == "Samuel Okafor"
        await user.press("u", "u")
        assert user.under_cursor == "Li Wei"
        assert user.sweep.sitting.split == SPLITS[1]


async def test_tab_goes_on_to_the_splits_and_round(sit: Sit):
    async with sit((140, 30), day=DAY) as user:
        await user.press("g", "a", "tab")
        assert user.sweep.sitting.split == SPLITS[0]
        await user.press("tab", "tab")
        assert (user.sweep.sitting.split, user.sweep.sitting.view) == (None, View.NEW)


async def test_the_words_of_a_split_stay_behind_in_it(sit: Sit):
    async with sit((140, 30), day=DAY) as user:
        await user.press("g", "1")
        assert user.sweep.sitting.words == SPLITS[0].words != ""
        await user.press("g", "a")
        assert (user.sweep.sitting.words, len(user.names)) == ("", user.sweep.sitting.counts[View.ALL])


async def test_esc_leaves_the_words_of_a_split(sit: Sit):
    async with sit((140, 30), day=DAY) as user:
        await user.press("g", "1", "escape")
        assert user.sweep.sitting.split is None
        assert len(user.names) == 11


async def test_the_palette_names_them(sit: Sit):
    async with sit((140, 30), day=DAY) as user:
        await user.type(":oldest")
        assert "Go to: Oldest" in user.screen
        await user.press("enter")
        assert user.sweep.sitting.split == SPLITS[1]


async def test_a_number_that_none_has_is_told(sit: Sit):
    async with sit(day=DAY) as user:
        await user.press("g", "7")
        assert user.status == "There is no split 7: each [[split]] in config.toml is one"


async def test_a_split_is_opened_from_the_page_of_today(sit: Sit):
    async with sit((140, 30), day=DAY._replace(at_start=True)) as user:
        assert isinstance(user.app.screen, TodayScreen)
        await user.press("g", "5")
        assert "There is no split 5" in user.screen
        await user.press("g", "1")
        assert len(user.names) == 4


async def test_where_there_is_no_room_splits_go_before_views_that_hold_something(sit: Sit):
    async with sit((80, 24), day=DAY) as user:
        first = user.screen.splitlines()[1]
        assert "Invitations 8" in first
        await user.press("g", "1")
        assert "Cold chain" in user.screen.splitlines()[1]


async def test_a_split_that_was_not_understood_is_told_on_the_screen(sit: Sit):
    async with sit((140, 30), day=DAY, warnings=("config.toml, split 2: there is no view nowhere",)) as user:
        await user.until(lambda: "split 2: there is no view nowhere" in user.screen)
