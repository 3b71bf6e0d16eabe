"""Accepting for a reason, on the screen, and what came of each."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.decisions import Accept
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.signals import Chips, interests_from
from linkinbox.store.reasons import ReasonCounts
from linkinbox.tui.widgets.chip_lines import chip_at, chip_lines
from linkinbox.tui.widgets.painting import cells
from linkinbox.tui.widgets.reason_table import reason_lines
from linkinbox.words.questions import ReasonQuestion
from tests.conftest import Clock
from tests.tui.conftest import Sit, User

MINE = {"areas": {"cold chain": ["cold-chain"]}, "cities": ["Rotterdam"], "words": ["sailing"]}


@pytest.fixture
def interested(store: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store whose user looks for something."""
    plain = Inbox.open
    monkeypatch.setattr(Inbox, "open", lambda path, **more: plain(path, interests=interests_from(MINE), **more))
    return store


def reasons(user: User) -> list[tuple[str, int]]:
    return [one[:2] for one in user.sweep.sitting.inbox.reasons()]


# ── asked ──


async def test_a_digit_picks_at_once_and_goes_on(sit: Sit, interested: Path):
    async with sit() as user:
        await user.press("3", "j", "A")
        assert user.under_cursor == "Ana Ruiz"
        assert "1 + area: cold chain" in user.screen
        assert "2   city: Rotterdam" in user.screen
        await user.press("1")
        assert user.status == "To accept: Ana Ruiz, because: area: cold chain — u undoes"
        assert user.under_cursor == "Tom Becker"
        assert reasons(user) == [("area: cold chain", 1)]
        await user.press("k")
        assert "to accept, because: area: cold chain" in user.card


async def test_a_click_picks_what_its_digit_does(sit: Sit, interested: Path):
    async with sit() as user:
        await user.press("A")
        chips = user.sweep.prompt._chips
        lines = ["".join(text for text, _ in line) for line in chips.lines(chips.size.width)]
        y = next(y for y, line in enumerate(lines) if "2 city: Rotterdam" in line)
        await user.pilot.click(chips, offset=(lines[y].index("Rotterdam") + 2, y))
        await user.pilot.pause()
        assert reasons(user) == [("city: Rotterdam", 1)]


async def test_a_reason_of_ones_own_is_taken_by_enter(sit: Sit):
    async with sit() as user:
        await user.type("Amet at  the fair\n")
        assert user.status.endswith("because: met at the fair — u undoes")
        assert reasons(user) == [("met at the fair", 1)]
        await user.press("slash")
        await user.type("fair\n")
        assert user.names == ["LinkedIn Member"]


async def test_enter_on_nothing_accepts_without_a_reason(sit: Sit):
    async with sit() as user:
        await user.type("A\n")
        assert user.status == "To reply: LinkedIn Member — u undoes"
        assert (user.under_cursor, reasons(user)) == ("Mira Novak", [])


async def test_esc_leaves_everything(sit: Sit):
    async with sit() as user:
        await user.type("Amet at")
        await user.press("escape")
        assert (user.prompt, user.under_cursor) == (None, "LinkedIn Member")
        assert not user.sweep.sitting.inbox.log()
        await user.press("A")
        assert user.prompt == ""


async def test_another_reason_replaces_it_and_undo_brings_the_first_back(sit: Sit):
    async with sit() as user:
        await user.type("Aone\nkAother\n")
        assert reasons(user) == [("other", 1)]
        await user.press("u")
        assert user.status.startswith("Taken back: accepting LinkedIn Member, because: other")
        assert "because: one" in user.card
        await user.press("u", "ctrl+r", "ctrl+r")
        assert reasons(user) == [("other", 1)]


async def test_a_number_accepts_as_many_for_one_reason_as_one_act(sit: Sit, interested: Path):
    async with sit() as user:
        await user.press("3", "A")
        assert "+ " not in user.sweep.prompt._chips.lines(60)[0][0][0], "nothing stands on all three of them"
        await user.press("1")
        assert reasons(user) == [("area: cold chain", 3)]
        await user.press("u")
        assert reasons(user) == []


async def test_without_chips_it_says_how_to_add_some(sit: Sit):
    async with sit((80, 24)) as user:
        await user.press("A")
        assert "[interests] in config.toml adds reasons" in user.screen
        await user.press("1")
        assert user.prompt == "1", "a digit without a chip is a word"


async def test_in_an_empty_view_nothing_is_asked(sit: Sit):
    async with sit() as user:
        await user.press("g", "j", "A")
        assert user.prompt is None


# ── understood ──


def test_a_digit_is_a_chip_only_by_itself():
    question = ReasonQuestion(Chips((), ("city: Porto", "words: sailing")))
    assert (question.hear("2").answer, question.hear("2").at_once) == ("words: sailing", True)
    assert (question.hear("2 friends").answer, question.hear("2 friends").at_once) == ("2 friends", False)
    assert question.hear("3").answer == "3"
    assert (question.hear(" ").answer, question.hear(" ").at_once) == ("", False)


def test_those_beyond_nine_are_told_of():
    question = ReasonQuestion(Chips((), tuple(f"city: {letter}" for letter in "abcdefghijkl")))
    assert question.hear("").said.startswith("3 more in config.toml")


# ── shown ──


@pytest.mark.parametrize("width", [20, 34, 60, 76, 130])
@pytest.mark.parametrize("count", [1, 4, 9, 30])
def test_chips_are_shown_in_full_at_any_width(width: int, count: int):
    chips = Chips(("speaks of something of yours",), tuple(f"area: 冷蔵 {number}" for number in range(count - 1)))
    lines = ["".join(text for text, _ in line).rstrip() for line in chip_lines(chips, width)]
    assert all(cells(line) <= width for line in lines)
    told = " ".join(" ".join(lines).split())
    for number, chip in enumerate(chips.offered, 1):
        assert f"{number} + {chip}" in told or f"{number} {chip}" in told


@pytest.mark.parametrize("width", [20, 34, 60, 76, 130])
def test_each_chip_is_where_it_is_shown(width: int):
    chips = Chips(("speaks of something of yours",), tuple(f"city: number{number}" for number in range(2, 10)))
    lines = ["".join(text for text, _ in line) for line in chip_lines(chips, width)]
    for number in range(2, 10):
        y = next(y for y, line in enumerate(lines) if f"number{number}" in line)
        assert chip_at(chips, width, lines[y].index(f"number{number}"), y) == number
    assert chip_at(chips, width, 0, 0) == 1
    assert chip_at(chips, width, 0, 50) is None


@pytest.mark.parametrize("width", [34, 44, 74, 134])
@pytest.mark.parametrize("height", [5, 8, 40])
@pytest.mark.parametrize("count", [0, 1, 12, 300])
def test_the_table_keeps_to_its_room(width: int, height: int, count: int):
    counts = [ReasonCounts(f"area: number {n} of all", 400 - n, 300 - n, 3, 1) for n in range(count)]
    lines = ["".join(text for text, _ in line) for line in reason_lines(counts, "As of now", width, height)]
    assert all(cells(line) <= width for line in lines)
    assert count < 2 or len(lines) <= height
    assert count < height or any("more" in line for line in lines)


def test_percentages_stand_from_ten_on_only_and_it_is_said_why():
    counts = [ReasonCounts("a", 10, 9, 3, 0), ReasonCounts("b", 9, 9, 3, 0)]
    lines = ["".join(text for text, _ in line) for line in reason_lines(counts, "As of now", 90, 20)]
    assert [line.count("%") for line in lines[2:4]] == [3, 0]
    assert "No percentages under 10 accepted" in " ".join(lines)
    (*_, last) = reason_lines(counts[:1], "As of now", 90, 20)
    assert last[0][0] == "As of now."


async def test_the_path_screen_shows_what_came_of_each(sit: Sit, store: Path, clock: Clock):
    with closing(Inbox.open(store, clock=clock)) as inbox:
        inbox.apply(Accept(reason="met at the fair"), inbox.ids(View.NEW)[:4])
    async with sit((80, 24)) as user:
        await user.press("P")
        lines = [line.split() for line in user.screen.splitlines()]
        assert ["met", "at", "the", "fair", "4", "0", "0", "0"] in lines
        assert "connected as of 20 Nov" in user.screen


async def test_without_reasons_the_path_screen_says_how_to_give_one(sit: Sit):
    async with sit((80, 24)) as user:
        await user.press("P")
        assert "No reasons so far. A in the list accepts for one" in user.screen
