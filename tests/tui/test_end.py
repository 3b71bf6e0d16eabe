"""The end of a sweep: figures of this sitting, people who fell silent, the way to the carry-out list."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from linkinbox.config import Day
from linkinbox.decisions import Accept, Junk
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.tui.screens.end import EndScreen
from linkinbox.tui.screens.sweep import SweepScreen
from linkinbox.tui.screens.today import TodayScreen
from linkinbox.words.end_words import duration
from tests.builders import ExportBuilder
from tests.conftest import Clock
from tests.tui.conftest import NOW, Sit, User


def at_the_end(user: User) -> bool:
    return isinstance(user.app.screen, EndScreen)


async def test_q_after_deciding_shows_what_the_sweep_came_to_and_q_leaves(sit: Sit, clock: Clock):
    async with sit(day=Day()) as user:
        await user.press("enter")
        clock.forward(minutes=2)
        await user.type("xa")
        clock.forward(minutes=2, seconds=10)
        await user.type("x")
        await user.type("hin 3 days\n")
        await user.press("q")
        assert at_the_end(user)
        assert "4 in 4 m 10 s: 1 to reply, 2 junk, 1 held." in user.screen
        assert "2 junk so far." in user.screen
        await user.press("q")
        assert user.app.return_code == 0


async def test_what_is_taken_back_does_not_count_and_alone_shows_no_end(sit: Sit):
    async with sit(day=Day()) as user:
        await user.press("enter")
        await user.type("xxu")
        await user.press("q")
        assert "1 decided: 1 junk." in user.screen
        await user.press("u")
        assert "Nothing was decided." in user.screen
        await user.press("escape", "q")
        assert user.app.return_code == 0


async def test_only_this_sitting_counts(sit: Sit, store, clock):
    with closing(Inbox.open(store, clock=clock)) as inbox:
        inbox.apply(Junk(), inbox.ids(View.NEW)[:3])
    async with sit(day=Day()) as user:
        await user.press("enter")
        await user.type("uau")  # the three of before are back
        await user.type("exq")
        assert "2 decided: 1 junk, 1 done." in user.screen


async def test_the_last_item_ends_the_sweep_by_itself(sit: Sit):
    async with sit(day=Day()) as user:
        await user.type("\n11x")
        assert at_the_end(user)
        assert "11 decided: 11 junk." in user.screen
        await user.press("escape")
        assert isinstance(user.app.screen, SweepScreen)
        await user.press("u")
        assert user.sweep.sitting.counts[View.JUNK] == 0


async def test_esc_goes_to_the_end_and_without_a_decision_to_today(sit: Sit):
    async with sit(day=Day()) as user:
        await user.press("enter", "escape")
        assert isinstance(user.app.screen, TodayScreen)
        await user.press("escape", "x", "escape")
        assert at_the_end(user)
        await user.press("escape", "escape")
        assert isinstance(user.app.screen, TodayScreen), "it was shown already"


async def test_enter_leads_to_the_carry_out_list(sit: Sit):
    async with sit(day=Day()) as user:
        await user.type("\njjjaaq")
        assert "▌ 2 to carry out   gt  accepted here, still to be done on LinkedIn" in user.screen
        await user.press("enter")
        assert user.sweep.sitting.view is View.TO_ACCEPT


async def test_outside_the_sweep_there_is_no_end(sit: Sit):
    async with sit() as user:
        await user.press("x", "q")
        assert user.app.return_code == 0


@pytest.mark.parametrize(
    ("spent", "words"),
    [
        (timedelta(0), "decided"), (timedelta(seconds=9), "in 9 s"), (timedelta(minutes=4, seconds=10), "in 4 m 10 s"),
        (timedelta(hours=1, minutes=5, seconds=7), "in 1 h 5 m"),
    ],
)  # fmt: skip
def test_a_time_is_as_short_as_it_can_be(spent, words):
    assert duration(spent) == words


# ── nudges ──


@pytest.fixture
def silent(tmp_path, clock):
    """Ana, accepted two months ago for a reason, is connected since and said nothing; Ben's invitation is new."""
    clock.now = NOW - timedelta(days=60)
    with closing(Inbox.open(tmp_path / "silent.db", clock=clock)) as inbox:
        inbox.import_from(ExportBuilder().invitation("Ana Ruiz", note="How do you audit reefers?").zip(tmp_path))
        inbox.apply(Accept("met in Hamburg"), inbox.ids(View.NEW)[:], raised=["question"])
        clock.now = NOW
        export = ExportBuilder().invitation("Ben Lee", note="Hello").invitation("Cy Fox")
        inbox.import_from(export.connection("Ana Ruiz", on="2026-09-27").zip(tmp_path, "later.zip"))
    return tmp_path / "silent.db"


async def test_who_fell_silent_is_named_with_the_evidence_only_at_the_end(sit: Sit, silent):
    async with sit((140, 40), day=Day(), path=silent) as user:
        assert "Ana Ruiz" not in user.screen
        await user.type("\nxq")
        assert "▌ Ana Ruiz   connected, and no word for 54 d" in user.screen
        told = " ".join(user.screen.split())
        assert (
            "Ana Ruiz: accepted 25 Sep (“met in Hamburg”; wrote a real question (“How do you audit reefers?”))," in told
        )
        assert "connected 27 Sep; no word since then. c books a call · o opens LinkedIn · h not again until" in told


async def test_c_books_a_call_and_h_holds_the_nudge(sit: Sit, silent):
    async with sit((140, 40), day=Day(), path=silent) as user:
        await user.type("\nxqctomorrow 10\n")
        assert "Call with Ana Ruiz on Wed 25 Nov 10:00" in user.screen
        assert "no word" not in user.screen
        await user.press("u")
        assert "no word" in user.screen
        await user.type("hin 4 weeks\n")
        assert "Ana Ruiz is not named before 22 Dec — u undoes" in user.screen
        assert "no word" not in user.screen
        await user.press("escape", "x", "q")
        assert "2 decided: 2 junk." in user.screen, "a nudge that is held is no item that is held"
        assert "no word" not in user.screen


async def test_o_opens_the_profile_and_enter_the_card(sit: Sit, silent, monkeypatch):
    opened = []
    monkeypatch.setattr("linkinbox.links.open_in_browser", opened.append)
    async with sit((140, 40), day=Day(), path=silent) as user:
        await user.type("\nxqo")
        assert opened == ["https://www.linkedin.com/in/ana-ruiz"]
        await user.press("enter")
        assert user.under_cursor == "Ana Ruiz"
        assert "met in Hamburg" in user.card


async def test_nudges_can_be_switched_off(sit: Sit, silent):
    async with sit((140, 40), day=Day(nudge_days=0), path=silent) as user:
        await user.type("\nxq")
        assert at_the_end(user)
        assert "Ana Ruiz" not in user.screen


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
async def test_it_fits_into_a_small_window(sit: Sit, silent, size):
    async with sit(size, day=Day(), path=silent) as user:
        await user.type("\nxq")
        assert "1 decided: 1 junk." in user.screen
        assert "▌ Ana Ruiz" in user.screen
