"""The first start."""

from __future__ import annotations

from linkinbox.tui.screens.import_screen import ImportScreen
from linkinbox.tui.screens.welcome import WelcomeScreen
from tests.tui.conftest import Sit


async def test_an_empty_store_is_met_with_a_short_menu(sit: Sit, tmp_path):
    async with sit((80, 24), path=tmp_path / "new.db") as user:
        assert isinstance(user.app.screen, WelcomeScreen)
        assert "Nothing was imported so far." in user.screen
        assert "▌ Import an export" in user.screen
        await user.press("j", "j", "j", "enter")
        assert "Get a copy of your data" in " ".join(user.screen.split())
        await user.press("escape", "g", "g", "enter")
        assert isinstance(user.app.screen, ImportScreen)
        await user.press("escape")
        assert isinstance(user.app.screen, WelcomeScreen)


async def test_the_demo_is_left_for(sit: Sit, tmp_path):
    async with sit(path=tmp_path / "new.db") as user:
        await user.press("j", "j", "enter")
        assert user.app.demo_wanted
        assert not user.app.is_running


async def test_q_and_the_last_choice_quit(sit: Sit, tmp_path):
    for keys in (["q"], ["G", "enter"]):
        async with sit(path=tmp_path / "new.db") as user:
            await user.press(*keys)
            assert not user.app.is_running
            assert not user.app.demo_wanted


async def test_a_store_with_items_begins_with_the_list(sit: Sit):
    async with sit() as user:
        assert user.app.screen is user.sweep
