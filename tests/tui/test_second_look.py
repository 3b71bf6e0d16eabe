"""The weekly second look and selectivity on the running screen."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.config import Day
from linkinbox.decisions import Accept, Junk, Note
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.tui.screens.second_look import SecondLookScreen
from tests.conftest import Clock
from tests.store.test_selectivity import people
from tests.tui.conftest import Sit, User, press


@pytest.fixture(scope="module")
def junked_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty people, thirty of them junked with a note, five accepted."""
    folder = tmp_path_factory.mktemp("junked")
    with closing(Inbox.open(folder / "inbox.db", clock=Clock())) as inbox:
        inbox.import_from(people(40).zip(folder))
        ids = inbox.ids(View.NEW)[:]
        for id_ in ids[:30]:
            inbox.apply(Junk("a shouting salesman"), [id_])
        for id_ in ids[30:35]:
            inbox.apply(Accept(), [id_])
        inbox.apply(Note("met at the fair"), [ids[36]])
    return folder / "inbox.db"


@pytest.fixture
def junked(junked_store: Path, tmp_path: Path, clock: Clock) -> Path:
    """A week later."""
    clock.forward(days=7)
    return Path(shutil.copy(junked_store, tmp_path / "junked.db"))


def looks(user: User) -> bool:
    return isinstance(user.app.screen, SecondLookScreen)


async def test_it_is_offered_in_one_quiet_line_once_a_week(sit: Sit, junked: Path, clock: Clock):
    async with sit(path=junked) as user:
        assert user.status == "gl takes this week's second look at 5 junked"
        await press(user, "g", "l", "x", "escape")
    async with sit(path=junked) as user:
        assert user.status == ""
    clock.forward(days=7)
    async with sit(path=junked) as user:
        assert "second look" in user.status


async def test_it_is_offered_to_nobody_without_old_junk(sit: Sit):
    async with sit() as user:
        assert user.status == ""


async def test_it_shows_nothing_of_what_was_decided(sit: Sit, junked: Path):
    async with sit((80, 24), path=junked) as user:
        await press(user, "g", "l")
        assert looks(user)
        assert "Second look: 1 of 5" in user.screen
        assert "Person " in user.screen
        for told in ("shouting", "⚑", "Trust", "24 Nov"):
            assert told not in user.screen
        assert "would accept now" in user.screen


async def test_answers_lead_to_the_next_and_to_the_figures(sit: Sit, junked: Path):
    async with sit(path=junked) as user:
        await press(user, "g", "l", *"xxxx")
        assert "Second look: 5 of 5" in user.screen
        await press(user, "a")
        assert "in truth?" in user.screen
        await press(user, "2")
        assert "Second look: 1 of 5 looked at again you would have accepted" in user.screen
        await press(user, "a", "x")  # nothing is left to answer
        await press(user, "q")
        assert not looks(user)
        assert user.status == "1 of 5 looked at again you would have accepted"
        assert user.sweep.sitting.inbox.second_look().looked == 5
        assert user.sweep.sitting.counts[View.JUNK] == 30
        assert user.sweep.sitting.waiting == 0


async def test_accepting_in_truth_is_an_act_of_its_own(sit: Sit, junked: Path):
    async with sit(path=junked) as user:
        await press(user, "g", "l", "a", "1")
        assert user.sweep.sitting.counts[View.TO_ACCEPT] == 6
        await press(user, "u")
        assert user.sweep.sitting.counts[View.TO_ACCEPT] == 5
        assert user.sweep.sitting.inbox.second_look().regretted == 1
        await press(user, "u")
        assert user.sweep.sitting.inbox.second_look().looked == 0
        await press(user, "u")
        assert "Nothing to take back here" in user.screen
        await press(user, "escape")
        assert user.sweep.sitting.waiting == 0


async def test_esc_at_the_question_leaves_it_junk(sit: Sit, junked: Path):
    async with sit(path=junked) as user:
        await press(user, "g", "l", "a", "escape")
        assert looks(user)
        assert "Second look: 2 of 5" in user.screen
        assert user.sweep.sitting.counts[View.JUNK] == 30


async def test_one_that_was_stopped_goes_on(sit: Sit, junked: Path):
    async with sit(path=junked) as user:
        drawn = user.sweep.sitting.inbox.second_look().ids
        await press(user, "g", "l", "x", "x", "escape", "g", "l")
        assert "Second look: 3 of 5" in user.screen
        assert user.sweep.sitting.inbox.second_look().ids == drawn[2:]


async def test_without_junk_it_says_why_there_is_nothing(sit: Sit):
    async with sit((80, 24)) as user:
        await press(user, "g", "l")
        assert "Nothing to look at again" in user.screen
        await press(user, "a", "x", "u", "escape")
        assert not looks(user)
        assert user.sweep.sitting.inbox.log() == []


async def test_selectivity_is_a_band_with_its_limits(sit: Sit, junked: Path):
    async with sit((80, 24), path=junked) as user:
        await press(user, "S")
        assert "accepted 14 % of 35 decided" in user.screen
        assert "closed ◄───●─────────────────► LION" in user.screen
        assert "left out" in user.screen
        await press(user, "S")
        assert user.app.screen is user.sweep


async def test_under_thirty_selectivity_shows_no_figure(sit: Sit):
    async with sit() as user:
        await press(user, "x", "a", "S")
        assert "2 decided one by one so far: shown from 30 on" in user.screen
        assert "LION" not in user.screen
        assert "%" not in user.screen


async def test_selectivity_that_was_switched_off_is_not_shown(sit: Sit):
    async with sit(day=Day(at_start=False, selectivity=False)) as user:
        await press(user, "S")
        assert user.status == "Selectivity is switched off in config.toml"
        assert user.app.screen is user.sweep
