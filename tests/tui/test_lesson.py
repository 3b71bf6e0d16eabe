"""The first run: five keys on invented people, and then no word of it."""

from __future__ import annotations

import json

from linkinbox.tui.screens.help import HelpScreen
from linkinbox.tui.screens.lesson import LessonScreen
from linkinbox.tui.screens.welcome import WelcomeScreen
from tests.tui.conftest import Sit
from tests.tui.terminal_driver import Terminal


def asked(user) -> str:
    return user.sweep.lesson_line.line(80)[1][0]


async def test_five_keys_are_taught_each_by_doing_it(sit: Sit):
    async with sit((80, 24), demo=True, lesson=True) as user:
        assert isinstance(user.sweep, LessonScreen)
        for keys, words in [
            ("", "1 of 5   Press a: accept"), ("a", "2 of 5   Press x: junk"), ("x", "3 of 5   Press h: hold"),
            ("htue 9\n", "4 of 5   Press u: undo"), ("u", "5 of 5   Press ?: help"),
        ]:  # fmt: skip
            await user.type(keys)
            assert words in user.screen, keys
        await user.type("?")
        assert isinstance(user.app.screen, HelpScreen)
        await user.press("escape")
        assert "That is all it takes. : has everything else by its name" in user.screen
        await user.press("j")
        assert "That is all" not in user.screen
        assert len(user.sweep.sitting.inbox.log()) == 4


async def test_every_step_waits_for_its_key_and_moving_is_free(sit: Sit):
    async with sit((80, 24), demo=True, lesson=True) as user:
        await user.type("jxeu")
        assert user.sweep.sitting.inbox.log() == []
        assert "1 of 5" in user.screen
        assert user.status == "Undo: later. Esc ends the lesson"
        await user.type("axh")
        await user.press("escape")
        assert "3 of 5" in user.screen, "a question that was left held nobody"


async def test_esc_ends_it_and_the_keys_are_free(sit: Sit):
    async with sit((80, 24), demo=True, lesson=True) as user:
        await user.press("escape")
        assert " of 5" not in user.screen
        assert user.status == "The lesson is over; : Lesson begins it again"
        await user.press("x")
        assert user.status.startswith("Junked")


async def test_it_names_the_keys_in_use(sit: Sit, keys_set):
    keys_set('profile = "gmail"')
    async with sit((80, 24), demo=True, lesson=True) as user:
        await user.press("a")
        assert "2 of 5   Press #: junk" in user.screen


async def test_the_welcome_and_the_palette_lead_to_it(sit: Sit, tmp_path):
    async with sit((80, 24), path=tmp_path / "new.db") as user:
        assert isinstance(user.app.screen, WelcomeScreen)
        assert "Learn five keys" in user.screen
        await user.press("j", "enter")
        assert user.app.lesson_wanted
    async with sit() as user:
        await user.type(":lesson\n")
        assert user.app.lesson_wanted
        assert not user.app.is_running


def test_the_demo_begins_with_it_once(tmp_path):
    for begins in ("1 of 5", "this week's second look"):
        with Terminal("demo", environ={"XDG_STATE_HOME": str(tmp_path)}) as terminal:
            terminal.until(begins)
            terminal.type("\x11")
            assert terminal.end() == 0
    assert json.loads((tmp_path / "linkinbox" / "screen.json").read_text())["lesson"] is True


def test_from_ones_own_inbox_it_leads_back_there(store):
    with Terminal("--db", store) as terminal:
        terminal.until("Mira Novak")
        terminal.type(":lesson\r")
        terminal.until("1 of 5")
        terminal.type("\x11")
        terminal.until("Mira Novak")
        terminal.type("\x11")
        assert terminal.end() == 0


async def test_marks_come_later_so_esc_has_one_meaning(sit: Sit):
    async with sit((80, 24), demo=True, lesson=True) as user:
        await user.press("space")
        assert user.status == "Mark: later. Esc ends the lesson"
        await user.press("escape", "space")
        assert "1 marked" in user.screen
