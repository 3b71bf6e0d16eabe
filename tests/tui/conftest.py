"""Somebody at the keyboard: keys go in as a terminal sends them, what is read is what stands on the screen."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from linkinbox.config import Day
from linkinbox.inbox import Inbox
from linkinbox.keymap import DEFAULT
from linkinbox.keymap.profiles import keymap_from
from linkinbox.tui.app import LinkinboxApp
from linkinbox.tui.screens.sweep import SweepScreen
from linkinbox.words import key_words
from tests.builders import ExportBuilder
from tests.conftest import NOW, Clock

AT_THE_LIST = Day(at_start=False)  # without the page of today
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PEOPLE = ("Ana Ruiz", "Tom Becker", "伊藤 美咲", "Priya Nair", "Oksana Bondar", "Samuel Okafor", "Zoë Berg", "Li Wei")


def sample() -> ExportBuilder:
    """Eight invitations (Ana's the newest), then two threads and an advertisement, all newer than those."""
    export = ExportBuilder()
    for number, name in enumerate(reversed(PEOPLE)):
        export.invitation(name, note=f"Your talk on cold-chain audits, part {number}" if number % 2 else "")
    export.message("Luis Marín", "Are you around on Tuesday?\n\nBest, Luis", title="Tuesday")
    export.message("Mira Novak", "We met in Hamburg")
    return export.sponsored("Grow your pipeline").connection("Dana Levi", company="Acme")


class User:
    """Types and reads."""

    def __init__(self, app: LinkinboxApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def sweep(self) -> SweepScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, SweepScreen))

    async def press(self, *keys: str) -> None:
        """Press keys by name, all at once, as from a fast hand or a slow line."""
        for key in keys:
            typed = len(key) == 1
            self.app.post_message(events.Key(_character_to_key(key) if typed else key, key if typed else None))
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text in one burst; a line break is Enter."""
        for char in text:
            key = "enter" if char == "\n" else _character_to_key(char)
            self.app.post_message(events.Key(key, None if char == "\n" else char))
        await self.pilot.pause()

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for what a thread brings."""
        for _ in range(250):
            if true():
                return
            await self.pilot.pause(0.02)
        raise AssertionError(self.screen)

    async def judged(self) -> None:
        """Wait until all in sight is judged."""
        await self.until(lambda: self.sweep._ready and not self.sweep._not_judged())
        await self.pilot.pause()

    @property
    def screen(self) -> str:
        """All that is painted, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    def line(self, name: str) -> str:
        """The line of the list on which somebody stands."""
        return next(line for line in self.screen.splitlines() if name in line[:40])

    @property
    def underlined(self) -> list[str]:
        """What is underlined on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return [segment.text for strip in strips for segment in strip if segment.style and segment.style.underline]

    @property
    def status(self) -> str:
        return self.sweep.status.said

    @property
    def under_cursor(self) -> str | None:
        row = self.sweep.list.cursor_row
        return row and row.person.name

    @property
    def names(self) -> list[str]:
        """Who is in the list."""
        sitting = self.sweep.sitting
        return [row.person.name for row in sitting.inbox.rows(sitting.ids[:])]

    @property
    def card(self) -> str:
        return self.sweep.card.text

    @property
    def prompt(self) -> str | None:
        """What stands in the prompt; None: nothing is asked."""
        return self.sweep.prompt.input.value if self.sweep.prompt.is_open else None


async def press(user: User, *keys: str) -> None:
    """Press keys of which one may open a screen, and wait until that one is there too."""
    await user.press(*keys)
    await user.pilot.pause()


Sit = Callable[..., AbstractAsyncContextManager[User]]


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    with closing(Inbox.open(folder / "inbox.db", clock=Clock())) as inbox:
        inbox.import_from(sample().zip(folder))
    return folder / "inbox.db"


@pytest.fixture
def store(sample_store: Path, tmp_path: Path) -> Path:
    """A store of one's own with the sample in it."""
    return Path(shutil.copy(sample_store, tmp_path / "inbox.db"))


@pytest.fixture
def sit(store: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Sit down at the inbox, by default in a wide window of a terminal with all colours."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    for name in ("NO_COLOR", "TMUX", "DISPLAY", "WAYLAND_DISPLAY"):  # nothing is copied out of a test
        monkeypatch.delenv(name, raising=False)

    @asynccontextmanager
    async def sit_down(size: tuple[int, int] = (120, 30), path: Path = store, **more: object) -> AsyncIterator[User]:
        with closing(Inbox.open(path, clock=clock)) as inbox:
            app = LinkinboxApp(inbox, clock=clock, zone=AMSTERDAM, **{"day": AT_THE_LIST, **more})
            async with app.run_test(size=size, notifications=True) as pilot:
                await pilot.pause()
                yield User(app, pilot)

    return sit_down


__all__ = ["AMSTERDAM", "NOW", "PEOPLE", "Sit", "User", "press", "sample"]


@pytest.fixture
def keys_set() -> Iterator[Callable[[str], None]]:
    """Set keys as ``[keys]`` of a configuration would; the default is in use again afterwards."""
    yield lambda toml: key_words.use(keymap_from(tomllib.loads(toml), Path("config.toml")))
    key_words.use(DEFAULT)


@pytest.fixture(autouse=True)
def _hands_at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is judged when the keys rest is judged at once: nobody waits between two keys of a test."""
    monkeypatch.setattr("linkinbox.tui.screens.judging.REST", 0.001)
