"""What of the settings was not understood is told on the screen: what a terminal said before it is out of sight."""

from __future__ import annotations

from pathlib import Path

from tests.tui.conftest import Sit
from tests.tui.terminal_driver import Terminal


def with_config(folder: Path, text: str) -> Path:
    (folder / "linkinbox").mkdir()
    (folder / "linkinbox" / "config.toml").write_text(f"[today]\nat_start = false\n{text}")
    return folder


def test_a_single_one_is_told_in_full_where_there_is_room(store: Path, tmp_path: Path):
    with Terminal("--db", store, config=with_config(tmp_path, "[todays]\n"), columns=200) as terminal:
        terminal.until("did you mean [today]?")
        terminal.until("Mira Novak")


def test_of_many_it_is_told_that_there_are_and_the_help_has_them(store: Path, tmp_path: Path):
    text = "".join(f"[xyzzy{number}]\n" for number in range(20))
    with Terminal("--db", store, config=with_config(tmp_path, text), lines=40) as terminal:
        terminal.until("config.toml: 20 warnings — ? shows them")
        terminal.type("?")
        terminal.until("[xyzzy1]")
        terminal.until("15 more: `linkinbox config --check`")


def test_a_comma_too_many_does_not_keep_the_screen_shut(store: Path, tmp_path: Path):
    with Terminal("--db", store, config=with_config(tmp_path, "selectivity = false,\n"), columns=140) as terminal:
        terminal.until("Enter open")
        terminal.until("config.toml: 1 warning — ? shows it")
        terminal.type("?")
        terminal.until("The defaults hold")
        terminal.type("\x1b")
        terminal.until("Enter open")
        terminal.type("\r")
        terminal.until("Mira Novak")


async def test_what_is_asked_is_covered_by_nothing_and_what_was_said_before_is_gone(sit: Sit):
    async with sit((80, 24), warnings=("config.toml, line 1: there is no setting thme",)) as user:
        await user.press("x")
        user.app.notify("A toast that is as long as the window is wide, or nearly so", timeout=60)
        await user.until(lambda: "A toast" in user.screen)
        await user.press("h")
        await user.until(lambda: "A toast" not in user.screen)
        assert "hold until" in user.screen
        assert user.status == ""
        await user.press("escape")
        await user.until(lambda: "A toast" in user.screen)
