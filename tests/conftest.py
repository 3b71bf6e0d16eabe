"""What every test may ask for: an inbox of its own, on a clock that it moves."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from tests.builders import ExportBuilder
from tests.gates import gate, print_figures
from tests.quick import is_short, nothing_synced, one_empty_store, style_sheets_read_once, synced

__all__ = ["gate", "is_short", "nothing_synced", "one_empty_store", "style_sheets_read_once", "synced"]

settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("repeatable")

# The programs that the tests start would compile all of linkinbox at each start, and pytest all the tests at each run.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **much: float) -> datetime:
        self.now += timedelta(**much)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "inbox.db"


@pytest.fixture
def inbox(store_path: Path, clock: Clock) -> Iterator[Inbox]:
    opened = Inbox.open(store_path, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def filled(inbox: Inbox, tmp_path: Path) -> Callable[[ExportBuilder], Inbox]:
    """An inbox into which an export was imported."""

    def fill(export: ExportBuilder) -> Inbox:
        inbox.import_from(export.zip(tmp_path))
        return inbox

    return fill


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Three workers for two processors: a third of the time of a test it waits, for a screen or another program."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + processors // 2


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures of the gates that ran."""
    print_figures(terminalreporter)


@pytest.fixture
def keeping(store_path: Path, clock: Clock) -> Keeping:
    """What keeps that store."""
    return Keeping(store_path, clock=clock)
