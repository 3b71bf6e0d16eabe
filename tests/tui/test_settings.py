"""What of the settings was not understood is told on the screen: what a terminal said before it is out of sight."""

from __future__ import annotations

from pathlib import Path

from tests.tui.terminal_driver import Terminal


def with_config(folder: Path, text: str) -> Path:
    (folder / "linkinbox").mkdir()
    (folder / "linkinbox" / "config.toml").write_text(f"[today]\nat_start = false\n{text}")
    return folder


def test_it_is_told_on_the_screen(store: Path, tmp_path: Path):
    with Terminal("--db", store, config=with_config(tmp_path, "[todays]\n")) as terminal:
        terminal.until("did you mean [today]?")
        terminal.until("Mira Novak")


def test_of_many_the_first_are_told_and_how_to_read_the_others(store: Path, tmp_path: Path):
    text = "".join(f"[xyzzy{number}]\n" for number in range(20))
    with Terminal("--db", store, config=with_config(tmp_path, text), columns=140) as terminal:
        terminal.until("18 more: `linkinbox config --check`")


def test_a_comma_too_many_does_not_keep_the_screen_shut(store: Path, tmp_path: Path):
    with Terminal("--db", store, config=with_config(tmp_path, "selectivity = false,\n"), columns=140) as terminal:
        terminal.until("Enter open")
        terminal.until("The defaults hold")
        terminal.type("\r")
        terminal.until("Mira Novak")
