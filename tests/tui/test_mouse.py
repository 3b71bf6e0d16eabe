"""The mouse reaches everything, and nothing needs it."""

from __future__ import annotations

from pathlib import Path

from linkinbox.model import View
from linkinbox.tui.screens.page import PageScreen
from linkinbox.tui.screens.path_screen import PathScreen
from tests.builders import ExportBuilder
from tests.tui.conftest import PEOPLE, Sit
from tests.tui.terminal_driver import Terminal
from tests.tui.test_snapshots import lived_in, path

__all__ = ["lived_in", "path"]

LONG = "\n".join(f"Line {number} of a long letter" for number in range(60))


def click(column: int, line: int) -> str:
    """A click as a terminal sends it (SGR): pressed and let go; the first cell is 1, 1."""
    return f"\x1b[<0;{column};{line}M\x1b[<0;{column};{line}m"


def wheel(column: int, line: int, *, down: bool = True) -> str:
    return f"\x1b[<{65 if down else 64};{column};{line}M"


async def test_a_click_selects_and_a_double_click_opens(sit: Sit):
    async with sit() as user:
        await user.pilot.click(user.sweep.list, offset=(5, 2))
        assert user.sweep.list.cursor == 2
        assert "▌" in user.screen
        await user.pilot.click(user.sweep.list, offset=(5, 2))
        assert "▌" in user.screen, "two clicks that are none double"
        await user.pilot.double_click(user.sweep.list, offset=(5, 4))
        await user.pilot.pause()
        assert user.sweep.list.cursor == 4
        assert user.sweep.pane == "card"
        await user.press("escape")
        await user.pilot.click(user.sweep.list, offset=(5, 20))
        assert user.sweep.list.cursor == 4, "below the last one is nothing"


async def test_keys_of_the_foot_views_and_the_path_are_clickable(sit: Sit, path: Path):
    async with sit(path=path) as user:
        await user.pilot.click(user.sweep.foot, offset=(3, 0))
        assert user.status.endswith("u undoes")
        await user.pilot.click(user.sweep.tabs, offset=(15, 0))
        assert user.sweep.sitting.view is View.INVITATIONS
        await user.pilot.click(user.sweep.path_pane, offset=(5, 2))
        assert isinstance(user.app.screen, PathScreen)
        await user.pilot.click(user.app.screen.bars, offset=(5, 1))
        assert user.app.screen.bars.cursor == 1
        await user.pilot.double_click(user.app.screen.bars, offset=(5, 1))
        await user.pilot.pause()
        assert isinstance(user.app.screen, PageScreen)


async def test_the_wheel_moves_what_is_under_it_and_the_cursor_stays_in_sight(sit: Sit, tmp_path: Path, clock):
    from contextlib import closing

    from linkinbox.inbox import Inbox

    export = ExportBuilder()
    for number in range(60):
        export.invitation(f"{PEOPLE[number % 8]} {number}", note="hello")
    export.message("Luis Marín", LONG)
    with closing(Inbox.open(tmp_path / "many.db", clock=clock)) as inbox:
        inbox.import_from(export.zip(tmp_path))
    async with sit((120, 30), path=tmp_path / "many.db") as user:
        sweep = user.sweep
        assert user.under_cursor == "Luis Marín"
        await scroll(user, sweep.card, 1)
        assert (sweep.card.scroll_offset.y > 0, sweep.list.scroll_offset.y, sweep.list.cursor) == (True, 0, 0)
        await scroll(user, sweep.list, 2)
        assert sweep.list.scroll_offset.y == sweep.list.cursor == 6, "what the next key decides on is seen"
        assert sweep.list.cursor_row.person.name in user.card
        await scroll(user, sweep.list, -9)
        assert sweep.list.scroll_offset.y == 0
        assert sweep.list.cursor == 6, "in sight all the time"
        await user.press("question_mark")
        await scroll(user, user.app.screen, 1)
        assert user.app.screen._scroll.scroll_offset.y > 0


async def scroll(user, widget, turns: int) -> None:
    from textual import events

    kind = events.MouseScrollDown if turns > 0 else events.MouseScrollUp
    for _ in range(abs(turns)):
        await user.pilot._post_mouse_events([kind], widget, (5, 5), button=0)
    await user.pilot.pause()


def test_a_terminal_sends_clicks_and_the_wheel_and_keys_do_the_same(store: Path):
    with Terminal("--db", store) as terminal:
        terminal.until("Mira Novak")
        terminal.until("path to gold")
        terminal.type(click(10, 6))
        terminal.until_idle()
        assert cursor_line(terminal) == 5
        terminal.type(wheel(10, 6) + wheel(10, 6, down=False))
        terminal.type(click(10, 6) * 2)
        terminal.until_idle()
        assert cursor_line(terminal) is None, "the card in full"
        terminal.type("\x1b")
        terminal.until("▌")
        terminal.type("q")
        assert terminal.end() == 0
        assert terminal.modes_left_on() == set()


def cursor_line(terminal: Terminal) -> int | None:
    return next((number for number, line in enumerate(terminal.text.splitlines()) if "▌" in line), None)


def test_a_mouse_that_is_switched_off_is_left_to_the_terminal(store: Path, tmp_path: Path):
    folder = tmp_path / "config"
    (folder / "linkinbox").mkdir(parents=True)
    (folder / "linkinbox" / "config.toml").write_text("mouse = false\n[today]\nat_start = false\n")
    with Terminal("--db", store, config=folder) as terminal:
        terminal.until("Mira Novak")
        terminal.until("path to gold")
        assert not any(f"\x1b[?{mode}h" in terminal.written for mode in (1000, 1002, 1003, 1006))
        terminal.type("q")
        assert terminal.end() == 0
