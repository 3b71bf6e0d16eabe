"""Importing inside the app: completion, progress, the report, failures, and going on meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from linkinbox.inbox import Inbox
from linkinbox.store.report import Progress
from linkinbox.tui.screens.report import ReportScreen
from tests.builders import ExportBuilder
from tests.conftest import Clock
from tests.tui.conftest import Sit, sample


async def test_the_first_import_ends_with_its_report_and_then_the_list(sit: Sit, tmp_path: Path):
    source = sample().zip(tmp_path)
    async with sit((80, 24), path=tmp_path / "new" / "inbox.db") as user:
        await user.press("enter")
        await user.type(f"{source}\n")
        await user.until(lambda: f"Imported {source.name}" in user.screen)
        assert "11 new to decide" in user.screen
        assert ["Invitations.csv", "8", "8", "0", "0", "0", "0"] in [line.split() for line in user.screen.splitlines()]
        await user.press("q")
        assert user.app.screen is user.sweep
        assert len(user.names) == 11


async def test_tab_completes_and_the_arrows_choose(sit: Sit, tmp_path: Path):
    folder = tmp_path / "exports"
    folder.mkdir()
    first, second = sample().zip(folder, "first.zip"), sample().zip(folder, "first (1).zip")
    async with sit() as user:
        await user.press("ctrl+o")
        await user.type(f"{tmp_path}/exp")
        await user.press("tab")
        field = user.app.screen.input
        assert field.value == f"{folder}/"
        assert "first.zip" in user.screen
        await user.press("tab")
        assert field.value == f"{folder}/first"
        await user.press("down", "down")
        assert field.value == str(first)
        await user.press("up")
        assert field.value == str(second)


async def test_a_failure_says_what_to_do_and_keeps_the_path(sit: Sit, tmp_path: Path):
    async with sit() as user:
        await user.press("ctrl+o")
        await user.type(f"{tmp_path}/nothing.zip\n")
        await user.until(lambda: "does not exist" in " ".join(user.screen.split()))
        assert user.app.screen.input.value == f"{tmp_path}/nothing.zip"
        assert "Check the path" in user.screen


@pytest.mark.parametrize("typed", ["~nobody-of-this-name/export.zip", "a\0b.zip", "\0/"])
async def test_what_is_no_path_is_told_and_nothing_breaks(sit: Sit, typed: str):
    async with sit() as user:
        await user.press("ctrl+o")
        user.app.screen.input.value = typed
        await user.press("enter")
        await user.until(lambda: "Check the path" in user.screen)


@pytest.fixture
def slow_import(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """An import that waits in the middle until it may go on."""
    may_go_on = threading.Event()
    real = Inbox.import_from

    def slow(self, source, *, progress, **more):
        progress(Progress("messages.csv", 12_000, 340_000_000, 1_000_000_000))
        may_go_on.wait(10)
        return real(self, source, progress=progress, **more)

    monkeypatch.setattr(Inbox, "import_from", slow)
    return may_go_on


async def test_an_import_goes_on_beside_the_list_and_what_came_waits(sit: Sit, tmp_path: Path, slow_import):
    later = ExportBuilder().invitation("Nils Holm", at="2026-11-21 08:00").zip(tmp_path, "later.zip")
    async with sit() as user:
        await user.press("ctrl+o")
        await user.type(f"{later}\n")
        await user.until(lambda: "12,000 rows · 340 of 1,000 MB · 34 %" in user.screen)
        await user.press("escape", "x")
        assert "Importing messages.csv" in user.screen
        assert user.status.startswith("Junked"), "decisions go on meanwhile"
        await user.press("ctrl+o")
        assert "Importing messages.csv" in user.screen
        await user.press("escape")
        slow_import.set()
        await user.until(lambda: "1 more: gn" in user.screen)
        await user.until(lambda: "1 new to decide on. ctrl+o shows the report" in " ".join(user.screen.split()))
        assert "Importing" not in user.screen
        assert "Nils Holm" not in user.names
        await user.press("g", "n")
        assert user.names[0] == "Nils Holm"
        await user.type("j")
        await user.press("ctrl+o")
        assert "Imported later.zip." in user.screen
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, ReportScreen))
        assert "New ones wait in the list; gn opens it afresh." in user.screen


async def test_quitting_stops_a_running_import(sit: Sit, store: Path, tmp_path: Path, slow_import, clock: Clock):
    later = ExportBuilder().invitation("Nils Holm").zip(tmp_path, "later.zip")
    async with sit() as user:
        await user.press("ctrl+o")
        await user.type(f"{later}\n")
        await user.until(lambda: "12,000 rows" in user.screen)
        await user.press("escape", "q")
        assert user.app.is_running
        assert "An import is running" in user.status
        await user.press("q")
        assert not user.app.is_running
        slow_import.set()


async def test_the_same_file_again_says_so(sit: Sit, tmp_path: Path):
    source = sample().zip(tmp_path)
    async with sit() as user:
        for _ in range(2):
            await user.press("ctrl+o")
            await user.type(f"{source}\n")
            await user.until(lambda: isinstance(user.app.screen, ReportScreen) and "Imported" in user.screen)
            screen = user.screen
            await user.press("escape")
        assert "This very file was imported on 24 Nov 2026: nothing is new" in screen
