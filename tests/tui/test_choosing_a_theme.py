"""Choosing a theme on the screen: seen at once, kept by Enter, taken back by Esc, and there again at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkinbox.tui.look import Look
from linkinbox.tui.remembered import Memory
from linkinbox.tui.screens.theme_screen import ThemeScreen
from tests.tui.conftest import Sit, User

FULL = {"TERM": "xterm-256color"}


def theme(user: User) -> str:
    return user.app.theme.removeprefix("linkinbox-")


def ground(user: User) -> str:
    """What the list is painted on, in the screen at the back."""
    return user.sweep.list.ink("text").bgcolor.triplet.hex  # type: ignore[arg-type, union-attr]


def toasts(user: User) -> list[str]:
    return [toast.message for toast in user.app._notifications]


async def test_a_theme_is_seen_while_moving_and_taken_back_by_esc(sit: Sit):
    async with sit() as user:
        before = ground(user)
        await user.press("g", "T")
        assert isinstance(user.app.screen, ThemeScreen)
        await user.press("j")
        await user.until(lambda: theme(user) == "light")
        await user.until(lambda: ground(user) != before)
        assert "Mira Novak" in user.screen, "the list is seen behind it"
        await user.press("escape")
        assert theme(user) == "dark"
        await user.until(lambda: ground(user) == before)
        assert user.app.screen is user.sweep


async def test_what_enter_keeps_is_there_at_the_next_start(sit: Sit, tmp_path: Path):
    file = tmp_path / "screen.json"
    async with sit(look=Look(memory=Memory(file), environ=FULL)) as user:
        await user.press("g", "T", "j", "j", "enter")
        assert theme(user) == "high-contrast"
        assert user.app.screen is user.sweep
    async with sit(look=Look(memory=Memory(file), environ=FULL)) as user:
        assert theme(user) == "high-contrast"
        await user.press("g", "T")
        assert user.app.screen.menu.under_cursor == "high-contrast"
    async with sit(look=Look("light", memory=Memory(file), environ=FULL)) as user:
        assert theme(user) == "light", "the configuration goes before the choice"
        await user.press("g", "T")
        assert "config.toml says light" in user.screen


async def test_a_click_keeps_a_theme_too(sit: Sit):
    async with sit() as user:
        await user.press("g", "T")
        await user.pilot.click(user.app.screen.menu, offset=(5, 3))
        await user.until(lambda: user.app.screen is user.sweep)
        assert theme(user) == "high-contrast-light"


async def test_themes_of_ones_own_are_offered_and_those_hard_to_read_are_told_once(sit: Sit, tmp_path: Path):
    for number in range(20):
        (tmp_path / f"own-{number:02}.toml").write_text('muted = "#444a55"\n' if number == 19 else "")
    (tmp_path / "broken.toml").write_text("muted = \n")
    look = Look(folder=tmp_path, environ=FULL)
    async with sit((80, 24), look=look) as user:
        await user.until(lambda: "config.toml: 1 warning — ? shows it" in user.screen)
        await user.press("?")
        assert "this is not TOML" in " ".join(user.screen.split())
        await user.press("escape", "g", "T", "G")
        await user.until(lambda: theme(user) == "own-19")
        assert "▌ own-19" in user.screen, "scrolled into sight"
        await user.press("enter")
        await user.until(lambda: any("own-19 is hard to read: muted on" in words for words in toasts(user)))
        assert not look.warning(user.app.theme)


@pytest.mark.parametrize("wanted", ["light", "ansi"])
async def test_the_style_sheets_are_read_once_whatever_the_theme(sit: Sit, monkeypatch, wanted: str):
    """To read them again takes a fifth of the start."""
    read = []
    from textual.css.stylesheet import Stylesheet

    monkeypatch.setattr(Stylesheet, "reparse", lambda _sheet: read.append(1))
    async with sit(look=Look(wanted)) as user:
        assert theme(user) == wanted
        assert not read
