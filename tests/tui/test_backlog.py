"""A backlog swept through the running screen, step by step."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.backlog import Batch, Expired, Swept, Twins
from linkinbox.inbox import Inbox
from linkinbox.model import State, View
from linkinbox.tui.screens.backlog import BacklogScreen
from linkinbox.tui.screens.backlog_words import step_text
from linkinbox.tui.screens.report import ReportScreen
from linkinbox.twins import Twin, TwinGroup
from tests.backlog import ASKED, backlog, keys_for_one
from tests.builders import ExportBuilder
from tests.conftest import Clock
from tests.tui.conftest import Sit, User, press

SMALL = 140


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _store(tmp_path_factory.mktemp("backlog"), SMALL)


def _store(folder: Path, of: int) -> Path:
    folder.mkdir(exist_ok=True)
    with closing(Inbox.open(folder / "inbox.db", clock=Clock())) as inbox:
        inbox.import_from(backlog(of=of).zip(folder))
    return folder / "inbox.db"


@pytest.fixture
def path(small_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(small_store, tmp_path / "backlog.db"))


def asked(user: User) -> type | None:
    """The step that is asked about; None: the list is in front."""
    screen = user.app.screen
    return type(screen._step) if isinstance(screen, BacklogScreen) else None


async def sweep(user: User) -> int:
    """Sweep all there is; how many keys it took."""
    await press(user, "g", "b")
    keys, decided = 2, 0
    while (step := asked(user)) is not Swept:
        if step is None:
            ones = range(decided, decided + len(user.names))
            pressed = [key for one in ones for key in keys_for_one(one)]
            decided = ones.stop
        else:
            pressed = [{Expired: "e", Twins: "x", Batch: "enter"}[step]]
        await press(user, *pressed)
        keys += len(pressed)
    return keys


async def test_a_small_backlog_takes_few_keys_an_item(sit: Sit, path: Path):
    async with sit(path=path) as user:
        assert user.sweep.sitting.counts[View.NEW] == SMALL
        keys = await sweep(user)
        assert user.sweep.sitting.inbox.counts()[View.NEW] == 0
        assert keys / SMALL <= 1.8


@pytest.mark.soak
async def test_a_backlog_of_two_thousand_takes_at_most_1_8_keys_an_item(sit: Sit, tmp_path: Path):
    async with sit(path=_store(tmp_path / "large", ASKED)) as user:
        assert user.sweep.sitting.counts[View.NEW] == ASKED
        keys = await sweep(user)
        assert user.sweep.sitting.inbox.counts()[View.NEW] == 0
        print(f"\n{keys:,} keys for {ASKED:,} items: {keys / ASKED:.2f} an item")
        assert keys / ASKED <= 1.8


def title(user: User) -> str:
    return user.screen.splitlines()[0].strip()


async def test_the_expired_are_filed_by_one_key_and_come_back_by_one(sit: Sit, path: Path):
    async with sit(path=path) as user:
        await press(user, "g", "b")
        assert title(user) == "Backlog: older than an invitation is believed to live"
        assert "70 people you are connected with by now: filed, nothing is asked." in user.screen
        assert "63 invitations came before 29 May 2026." in user.screen
        await press(user, "e")
        assert asked(user) is Twins
        assert "and 62 more — u undoes" in user.screen
        await press(user, "u")
        assert asked(user) is Expired
        assert user.sweep.sitting.counts[View.NEW] == SMALL


async def test_what_is_kept_is_asked_about_again_another_time(sit: Sit, path: Path):
    async with sit(path=path) as user:
        await press(user, "g", "b", "enter")
        assert asked(user) is Twins
        await press(user, "escape")
        assert asked(user) is None
        assert user.status == "gb goes on with the backlog"
        assert len(user.names) == user.sweep.sitting.counts[View.NEW] == SMALL
        await press(user, "g", "b")
        assert asked(user) is Expired


async def test_what_is_believed_gone_is_not_accepted_as_a_whole(sit: Sit, path: Path):
    async with sit(path=path) as user:
        await press(user, "g", "b", "a")
        assert "there is nothing to accept" in user.screen
        assert asked(user) is Expired


def test_who_is_connected_already_is_not_said_to_be_decided_on():
    twins = (Twin(1, 1, "Ana Ruiz", State.NEW), Twin(2, 2, "Ben Lee", State.FILED))
    words = step_text(Twins((1,), TwinGroup(twins, "Hello", ())), Counter()).plain
    assert words.startswith("2 people sent nearly this; 1 of their texts decided or filed before:")


async def test_twins_come_largest_first_with_names_and_differing_words(sit: Sit, path: Path):
    async with sit(path=path) as user:
        await press(user, "g", "b", "e")
        assert "8 people sent nearly this:" in user.screen
        assert "“Hi Robin, we help firms like yours book a quick 15-min call" in user.screen
        assert "words that differ: " in user.screen
        await press(user, "x")
        assert "4 people sent nearly this:" in user.screen
        await press(user, "enter")  # kept: the next largest
        assert "3 people sent nearly this:" in user.screen
        await press(user, "a")
        assert user.sweep.sitting.counts[View.TO_ACCEPT] == 3


async def in_first_batch(user: User) -> None:
    await press(user, "g", "b", "e")
    while asked(user) is Twins:
        await press(user, "x")
    await press(user, "enter")


async def test_a_batch_is_twenty_five_and_ends_with_a_calm_word(sit: Sit, path: Path):
    async with sit(path=path) as user:
        await in_first_batch(user)
        assert len(user.names) == 25
        assert "backlog" in user.screen.splitlines()[1]
        await press(user, *"aaa", *"xx", "e", *"jjj", *"x" * 16)
        assert asked(user) is Batch
        told = "25 items: "
        line = next(line for line in user.screen.splitlines() if told in line)
        assert all(words in line for words in ("18 junk", "1 done", "3 left as they are."))
        assert "%" not in user.screen
        batch = user.names
        await press(user, "enter")
        assert asked(user) is None
        assert not {*batch} & {*user.names}


async def test_what_was_passed_over_in_a_batch_does_not_come_again_until_it_is_asked_for(sit: Sit, path: Path):
    async with sit(path=path) as user:
        await in_first_batch(user)
        passed = user.names
        await press(user, "G", "j", "enter")
        assert not {*passed} & {*user.names}
        await press(user, "escape", "escape", "g", "b", "enter")
        assert user.names == passed


async def test_undo_behind_the_end_of_a_batch_leads_back_into_it(sit: Sit, path: Path):
    async with sit(path=path) as user:
        await in_first_batch(user)
        batch = user.names
        await press(user, "2", "5", "x")
        assert asked(user) is Batch
        await press(user, "u")  # 25 by one key are one act
        assert (asked(user), user.names, user.under_cursor) == (None, batch, batch[0])
        await press(user, "G", "x", "u")
        assert (asked(user), user.names, user.under_cursor) == (None, batch, batch[-1])


async def test_an_undo_of_a_group_leads_back_to_its_step(sit: Sit, path: Path):
    async with sit(path=path) as user:
        await press(user, "g", "b", "enter")
        while asked(user) is Twins:
            await press(user, "x")
        await press(user, "enter", "u")
        assert asked(user) is Twins


async def test_an_undo_of_something_outside_the_batch_brings_it_into_the_batch(sit: Sit, path: Path):
    async with sit(path=path) as user:
        await in_first_batch(user)
        first = user.names
        await press(user, *"x" * 24, "e", "enter", "u")
        assert asked(user) is None
        assert (user.under_cursor, len(user.names)) == (first[-1], 26)
        await press(user, "u")
        assert (user.under_cursor, len(user.names)) == (first[-2], 27)


async def test_a_search_in_a_batch_comes_back_to_it(sit: Sit, path: Path):
    async with sit(path=path) as user:
        await in_first_batch(user)
        batch = user.names
        await user.type("/port")
        await press(user, "escape")
        assert user.names == batch
        await press(user, "escape")
        assert asked(user) is Batch


async def test_it_goes_on_after_a_restart_where_the_data_says(sit: Sit, path: Path):
    async with sit(path=path) as user:
        await in_first_batch(user)
        await press(user, *"xxxxx")
        rest = user.names[5:]
    async with sit(path=path) as user:
        await press(user, "g", "b", "enter")
        assert user.names[:20] == rest


async def test_with_nothing_new_it_says_so(sit: Sit, tmp_path: Path):
    with closing(Inbox.open(tmp_path / "few.db", clock=Clock())) as inbox:
        inbox.import_from(ExportBuilder().invitation("Ana Ruiz").connection("Ana Ruiz").zip(tmp_path))
    async with sit((80, 24), path=tmp_path / "few.db") as user:
        await press(user, "g", "b")
        assert title(user) == "Backlog: swept"
        assert "Nothing new is left." in user.screen
        await press(user, "enter")
        assert asked(user) is None


async def test_a_large_group_says_that_it_takes_a_moment(sit: Sit, path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("linkinbox.tui.screens.backlog.LARGE", 50)
    async with sit(path=path) as user:
        await press(user, "g", "b", "e", "x")  # a key typed meanwhile is for nobody
        await user.until(lambda: asked(user) is Twins)
        assert user.sweep.sitting.counts[View.NEW] == SMALL - 63


async def test_the_report_of_an_import_of_many_offers_it(sit: Sit, tmp_path: Path):
    export = backlog(of=202).zip(tmp_path)
    async with sit((80, 24)) as user:
        await press(user, "ctrl+o")
        await user.type(f"{export}\n")
        await user.until(lambda: isinstance(user.app.screen, ReportScreen))
        await user.pilot.pause()
        assert "gb sweeps many at once" in user.screen
        await press(user, "g", "b")
        assert asked(user) is Expired


async def test_a_report_of_few_offers_nothing(sit: Sit, tmp_path: Path):
    export = ExportBuilder().invitation("Eva Kim").zip(tmp_path)
    async with sit() as user:
        await press(user, "ctrl+o")
        await user.type(f"{export}\n")
        await user.until(lambda: isinstance(user.app.screen, ReportScreen))
        assert "gb" not in user.screen


async def test_it_can_be_what_one_begins_with(sit: Sit, path: Path):
    async with sit(path=path, begin="backlog") as user:
        assert asked(user) is Expired
