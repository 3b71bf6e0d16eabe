"""The help: the keys of where one is, in groups, found by words."""

from __future__ import annotations

from linkinbox.tui.screens.help import HelpScreen
from tests.tui.conftest import Sit


async def test_it_says_which_profile_and_shows_groups_and_all_keys(sit: Sit):
    async with sit((80, 24)) as user:
        await user.press("?")
        lines = user.screen.splitlines()
        assert "profile default" in lines[0]
        assert any(line.strip() == "Move" for line in lines)
        assert "gg Home       The first item." in user.screen
        assert max(map(len, lines)) <= 80
        await user.press("G")
        await user.pilot.pause()
        assert "Two letters, such as ga, are typed one after the other" in " ".join(user.screen.split())


async def test_where_there_is_room_it_has_two_columns(sit: Sit):
    async with sit((140, 40)) as user:
        await user.press("?")
        heads = next(line for line in user.screen.splitlines() if "Move" in line)
        assert len(heads.split()) == 2
        await user.pilot.resize_terminal(100, 30)
        await user.pilot.pause()
        assert any(line.strip() == "Move" for line in user.screen.splitlines())


async def test_it_is_searched_by_words_and_keys_and_esc_leads_out_step_by_step(sit: Sit):
    async with sit((80, 24)) as user:
        await user.type("?/held")
        assert "What is held, the soonest first." in user.screen
        assert "Not wanted" not in user.screen
        await user.press("escape")
        assert "gg Home" in user.screen
        await user.type("/ctrl+r\n")
        assert "Do again what was taken back." in user.screen
        await user.press("escape")
        assert "gg Home" in user.screen
        assert isinstance(user.app.screen, HelpScreen)
        await user.type("/zzz")
        assert "Nothing here has these words." in user.screen
        await user.press("escape", "escape")
        assert user.app.screen is user.sweep


async def test_an_action_without_a_key_is_named_with_the_way_to_it(sit: Sit):
    async with sit((80, 24)) as user:
        await user.type("?/lesson")
        assert ":…" in user.screen or "Learn five keys" in user.screen
