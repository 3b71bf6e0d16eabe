"""Bits that rot: the doctor names every decision that a flip changed, and neither it nor a start ever crashes."""

from __future__ import annotations

import random
import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from linkinbox.cli import main
from linkinbox.config import Day
from linkinbox.errors import StoreError
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.store.keeping.findings import Severity
from linkinbox.tui.app import LinkinboxApp
from tests.conftest import Clock
from tests.gates import few_or_all
from tests.rot import PAGE, entries_of, flip_bit, pages_of_journal
from tests.store.keeping.test_salvage import used_store


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    return used_store(tmp_path_factory.mktemp("rot"), Clock(), backed_up=False)


class Rot:
    """Flips bits in copies of a store: half of them in the journal's pages, half anywhere."""

    def __init__(self, sound: Path, folder: Path, seed: int) -> None:
        self.sound = sound
        self.folder = folder
        self.chance = random.Random(seed)
        self.entries = entries_of(sound)
        self.journal = pages_of_journal(sound)
        self.flips = self.changed = self.named = self.told = 0

    def flip(self) -> Path:
        """A copy with one bit changed."""
        self.flips += 1
        store = Path(shutil.copy(self.sound, self.folder / "inbox.db"))
        page = (
            self.chance.choice(self.journal) if self.flips % 2 else self.chance.randint(1, store.stat().st_size // PAGE)
        )
        flip_bit(store, (page - 1) * PAGE + self.chance.randrange(PAGE), self.chance.randrange(8))
        return store

    def examine(self, store: Path) -> None:
        """Ask the doctor, and compare what it names with what was changed."""
        changed = {row[0] for row in self.entries - entries_of(store)}
        examined = Keeping(store, clock=Clock()).doctor(deep=False, config=store.parent / "none")
        journal = [finding for finding in examined.findings if finding.check == "journal"]
        unreadable = any(finding.where == str(store) for finding in journal)
        named = {seq for finding in journal for seq in numbers(finding.where)}
        assert unreadable or changed <= named, (changed - named, examined.findings)
        self.changed += len(changed)
        self.told += any(finding.severity is Severity.ERROR for finding in examined.findings)

    def start(self, store: Path) -> None:
        """Start the command line on it: a list, or a sentence."""
        for command in (["list"], ["log"]):
            result = CliRunner().invoke(main, ["--db", str(store), *command])
            assert result.exit_code in {0, 1}, result.output
            assert isinstance(result.exception, SystemExit | None), result.exception

    @property
    def figure(self) -> str:
        return f"{self.flips} flips: all {self.changed:,} changed decisions named, {self.told} flips told of, 0 crashes"


def numbers(where: str) -> range:
    """The entries that a finding is about."""
    found = re.match(r"entr(?:y|ies) (\d+)(?: to (\d+))?", where)
    return range(int(found[1]), int(found[2] or found[1]) + 1) if found else range(0)


async def screen(store: Path) -> None:
    """Start the screen on it, and look at a few items: either all is shown, or the damage is told."""
    try:
        inbox = Inbox.open(store, clock=Clock())
    except StoreError:
        return
    with closing(inbox):
        app = LinkinboxApp(inbox, clock=Clock(), day=Day(at_start=False))
        try:
            async with app.run_test(size=(120, 30)) as pilot:
                await pilot.press("j", "j", "G", "g", "a")
        except Exception:  # noqa: BLE001  # whatever it is, the store must be to blame
            assert app.failure, app.crash


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    return tmp_path


@pytest.mark.parametrize("flips", few_or_all(12, 600))
async def test_rot_is_named_and_crashes_nothing(flips, sound, home, gate):
    rot = Rot(sound, home, seed=5)
    for turn in range(flips):
        store = rot.flip()
        rot.examine(store)
        rot.start(store)
        if turn % 10 == 0:
            await screen(store)
    gate(10, "bit rot", rot.figure)
