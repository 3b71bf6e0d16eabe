"""The path to each valuable contact, and the journal of each."""

from __future__ import annotations

from linkinbox.tui.screens.page import PageScreen
from linkinbox.tui.screens.path_screen import PathScreen
from tests.tui.conftest import Sit


async def test_enter_on_a_gold_reads_what_was_decided_on_the_way(sit: Sit):
    async with sit() as user:
        await user.press("x", "x", "a", "k", "plus", "j", "x")
        await user.type("nnot again\n")
        await user.press("P")
        assert isinstance(user.app.screen, PathScreen)
        assert "★ Luis Marín" in user.screen
        await user.press("j", "enter")
        assert "The path to Luis Marín" in user.screen
        lines = [line.split() for line in user.screen.splitlines()]
        assert ["10:30", "junk", "LinkedIn", "Member"] in lines
        assert ["10:30", "accept", "Luis", "Marín"] in lines
        assert "Ana Ruiz" not in user.screen, "she came after"
        await user.press("q", "escape")
        assert user.app.screen is user.sweep


async def test_the_open_path_has_a_journal_too_with_notes_and_what_was_taken_back(sit: Sit):
    async with sit() as user:
        await user.type("nmet at the fair\n")
        await user.press("x", "u", "e", "P", "enter")
        assert "met at the fair" in user.screen
        assert "done" in user.screen


async def test_without_anything_decided_it_says_so(sit: Sit):
    async with sit() as user:
        await user.press("P")
        assert "No valuable contact so far. + in the list marks one." in user.screen
        await user.press("enter")
        assert "Nothing was handled on it so far." in user.screen
        assert isinstance(user.app.screen, PageScreen)
        await user.press("escape", "P")
        assert user.app.screen is user.sweep, "P goes back, too"
