"""Time on the screen: days left, what may be gone, whose turn it is, and last words, overruled in two keys."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from linkinbox.inbox import Inbox
from tests.builders import ExportBuilder
from tests.conftest import NOW, Clock
from tests.tui.conftest import User

Sit = Callable[..., AbstractAsyncContextManager[User]]


def ago(days: int):
    return NOW - timedelta(days=days, minutes=5)


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Path:
    export = ExportBuilder()
    for name, days in (("Ana Old", 200), ("Ben Soon", 170), ("Cy New", 3)):
        export.invitation(name, at=ago(days))
    export.sent("Dan Poe", "Hello", at=ago(9)).message("Dan Poe", "Which day?", at=ago(8))
    export.sent("Eva Kim", "Hello", at=ago(7)).message("Eva Kim", "Fine. Thanks, see you!", at=ago(6))
    export.message("Gil Roe", "A stranger", at=ago(1))
    inbox = Inbox.open(tmp_path / "inbox.db", clock=clock)
    inbox.import_from(export.zip(tmp_path))
    inbox.close()
    return tmp_path / "inbox.db"


async def test_what_is_about_to_go_comes_first_and_says_how_long(sit: Sit):
    async with sit() as user:
        await user.press("g", "e")
        assert user.names == ["Ben Soon", "Cy New"]
        assert "10 d left" in user.line("Ben Soon")
        assert "170 d old, 10 d left of a believed 180 d" in user.card
        await user.press("x", "x")
        assert "End of Time left" in user.status
        await user.press("g", "e")
        assert "No new invitations that may still be there" in user.screen


async def test_what_may_be_gone_says_so_in_the_row_and_on_the_card(sit: Sit):
    async with sit() as user:
        await user.press("g", "i", "G")
        assert user.under_cursor == "Ana Old"
        assert "may be gone" in user.line("Ana Old")
        assert "may be gone: 200 d old, believed to last 180 d" in " ".join(user.card.split())


async def test_answers_owed_name_their_reason(sit: Sit):
    async with sit() as user:
        await user.press("a", "g", "r")
        assert user.names == ["Gil Roe", "Dan Poe"]
        assert "to reply" in user.line("Gil Roe")
        assert "an answer is owed: you found it worth answering" in user.card
        await user.press("j")
        assert "owed 8 d" in user.line("Dan Poe")
        assert "an answer is owed: they wrote last, 8 d ago" in user.card


async def test_last_words_are_underlined_and_overruled_in_two_keys(sit: Sit):
    async with sit() as user:
        await user.press("g", "m", "j")
        await user.judged()
        assert user.under_cursor == "Eva Kim"
        assert "· last words that need no answer: “Thanks”, “see you”" in " ".join(user.card.split())
        assert user.underlined == ["Thanks", "see you"]
        await user.press("minus", "1")
        await user.judged()
        assert user.status == "Eva Kim: closer does not count here — u undoes"
        assert "owed 6 d" in user.line("Eva Kim")
        assert "To reply 2" in user.screen
        await user.press("u")
        await user.judged()
        assert "owed" not in user.line("Eva Kim")
        assert "To reply 1" in user.screen


async def test_why_shows_the_rule_of_last_words(sit: Sit):
    async with sit() as user:
        await user.press("g", "m", "j", "w")
        assert "rule closer: not counted so far" in user.screen
        await user.press("escape")
        await user.judged()
        await user.press("e")
        assert user.sweep.sitting.inbox.rules()[-1][1].raised == 1
