"""``linkinbox sweep`` opens the screen at the sweep, whatever the day begins with."""

from __future__ import annotations

import pytest
from textual.app import App

from linkinbox.config import Day
from linkinbox.model import View
from linkinbox.tui.app import LinkinboxApp
from linkinbox.tui.screens.backlog import BacklogScreen
from linkinbox.tui.screens.sweep import SweepScreen
from tests.builders import ExportBuilder
from tests.tui.conftest import AMSTERDAM


@pytest.mark.parametrize("at_start", [True, False])
async def test_the_screen_opens_at_the_sweep(filled, clock, at_start: bool):
    inbox = filled(ExportBuilder().invitation("Ana Ruiz", note="Hello").invitation("Ben Lee"))
    app: App[None] = LinkinboxApp(inbox, clock=clock, zone=AMSTERDAM, day=Day(at_start=at_start), begin="view-sweep")
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, SweepScreen)
        assert app.screen.sitting.view is View.SWEEP


async def test_a_backlog_opens_also_on_a_day_that_begins_with_its_page(filled, clock):
    inbox = filled(ExportBuilder().invitation("Ana Ruiz", note="Hello").invitation("Ben Lee"))
    app: App[None] = LinkinboxApp(inbox, clock=clock, zone=AMSTERDAM, day=Day(at_start=True), begin="backlog")
    async with app.run_test() as pilot:
        await pilot.pause()
        assert any(isinstance(screen, BacklogScreen) for screen in app.screen_stack)
