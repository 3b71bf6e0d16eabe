"""Pictures of the main screens, as SVG: what a change of the look changes is seen in its diff.

Drawn from one invented inbox whose decisions are given below, on a clock that stands still, in one zone.
``pytest tests/tui/test_snapshots.py --snapshot-update`` draws them anew.
"""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.image import SVGImageSnapshotExtension
from textual.theme import Theme

from linkinbox.config import Day
from linkinbox.decisions import Accept, Call, Gold, Hold, Junk, Note
from linkinbox.importers.records import OtherFile, Owner
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.store.report import FileReport, ImportReport, ItemCounts
from linkinbox.tui import themes
from linkinbox.tui.screens.report import ReportScreen
from tests.conftest import NOW, Clock
from tests.tui.conftest import AMSTERDAM, Sit, User, sample


@pytest.fixture
def drawn(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(SVGImageSnapshotExtension)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample after two sweeps: somebody gold, called, held, back from a hold, and a few junked."""
    folder = tmp_path_factory.mktemp("lived-in")
    clock = Clock(NOW - timedelta(days=3))
    with closing(Inbox.open(folder / "inbox.db", clock=clock)) as inbox:
        inbox.import_from(sample().zip(folder))
        ids = {row.person.name: row.id for row in inbox.rows(inbox.ids(View.NEW)[:])}
        for name, *decisions in (
            ("Li Wei", Junk()), ("Zoë Berg", Junk()), ("Samuel Okafor", Accept("runs the port"), Gold()),
            ("Oksana Bondar", Junk()), ("Priya Nair", Call(NOW + timedelta(days=1), 40)),
            ("Mira Novak", Note("the one from the night train"), Hold(NOW - timedelta(hours=2))),
            ("Tom Becker", Hold(NOW + timedelta(days=6))),
        ):  # fmt: skip
            for decision in decisions:
                clock.forward(minutes=1)
                inbox.apply(decision, [ids[name]])
    return folder / "inbox.db"


@pytest.fixture
def path(lived_in: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(lived_in, tmp_path / "lived-in.db"))


def picture(user: User) -> str:
    """The screen as SVG, without the number that Textual draws by lot."""
    return re.sub(r"terminal-\d+", "terminal", user.app.export_screenshot(simplify=True))


WIDE, NARROW = (140, 40), (80, 24)


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [
        pytest.param(WIDE, themes.DARK, "jx", id="sweep"),
        pytest.param(WIDE, themes.LIGHT, "jx", id="sweep-light"),
        pytest.param(WIDE, themes.ANSI, "jx", id="sweep-16-colours"),
        pytest.param((100, 30), themes.DARK, "jx", id="sweep-100x30"),
        pytest.param((200, 60), themes.DARK, "jx", id="sweep-200x60"),
        pytest.param(NARROW, themes.DARK, "jx", id="narrow-list"),
        pytest.param(NARROW, themes.DARK, "j\t", id="narrow-card"),
        pytest.param(NARROW, themes.DARK, "\t\t", id="narrow-path"),
        pytest.param(WIDE, themes.DARK, "jjnmet at the fair", id="note"),
        pytest.param(WIDE, themes.DARK, "jjctue 3pm", id="call"),
        pytest.param(WIDE, themes.DARK, "jjjjA", id="reason"),
        pytest.param(NARROW, themes.DARK, "jjjjA", id="narrow-reason"),
        pytest.param(WIDE, themes.DARK, "/cold", id="search"),
        pytest.param(NARROW, themes.DARK, "/cold\n", id="narrow-search"),
        pytest.param(WIDE, themes.ANSI, "/cold is:", id="search-operator-16-colours"),
        pytest.param(WIDE, themes.DARK, "\\cold is:nothing x", id="search-mistake"),
        pytest.param(WIDE, themes.DARK, "__jvj", id="marks"),
        pytest.param(NARROW, themes.DARK, "__h", id="narrow-marks"),
        pytest.param(WIDE, themes.DARK, "P", id="paths"),
        pytest.param(WIDE, themes.DARK, "?", id="help"),
    ],
)
async def test_it_looks_as_it_did(
    sit: Sit, path: Path, drawn: SnapshotAssertion, size: tuple[int, int], theme: Theme, keys: str
):
    async with sit(size, path=path) as user:
        user.app.theme = theme.name
        await user.pilot.pause()
        for key in keys:
            await user.press({"\t": "tab", "?": "question_mark", "\n": "enter", "_": "space"}.get(key, key))
        await user.judged()
        assert picture(user) == drawn


async def test_the_first_start_looks_as_it_did(sit: Sit, tmp_path: Path, drawn: SnapshotAssertion):
    async with sit(NARROW, path=tmp_path / "new.db") as user:
        assert picture(user) == drawn


async def test_a_report_looks_as_it_did(sit: Sit, drawn: SnapshotAssertion):
    invitations, messages = FileReport("Invitations.csv", 42, new=40), FileReport("messages.csv", 12, new=11)
    invitations.ignore("exact duplicate")
    invitations.quarantine("not a date: 'someday'")
    messages.ignore("draft")
    report = ImportReport(
        "Basic_LinkedInDataExport_11-20-2026.zip", "zip", NOW - timedelta(days=4), Owner("Alex Morgan", None),
        [invitations, messages], (OtherFile("Skills.csv", "not needed"),),
        ItemCounts(new=38, replied=3, unknown_status=1, sponsored=2), 0.4,
        warnings=["in:ana was Ana Ruiz and is Tom Becker now: kept apart as two people"],
    )  # fmt: skip
    async with sit(NARROW) as user:
        user.app.push_screen(ReportScreen(report, NOW.astimezone(AMSTERDAM)))
        await user.pilot.pause()
        assert picture(user) == drawn


async def test_the_page_of_today_looks_as_it_did(sit: Sit, path: Path, drawn: SnapshotAssertion, clock: Clock):
    clock.forward(days=2)
    async with sit((140, 30), path=path, day=Day()) as user:
        assert picture(user) == drawn


async def test_the_end_of_a_sweep_looks_as_it_did(sit: Sit, path: Path, drawn: SnapshotAssertion, clock: Clock):
    async with sit(NARROW, path=path, day=Day()) as user:
        await user.press("enter", "x")
        clock.forward(seconds=75)
        await user.press("a", "e", "q")
        assert picture(user) == drawn
