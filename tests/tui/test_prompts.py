"""Questions asked in a line: what is typed, what is understood, what Enter and Esc do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from textual import events

from linkinbox.decisions import Outcome
from linkinbox.model import CallOutcome, View
from linkinbox.tui.prompts.paths import common, completions
from linkinbox.words.questions import OUTCOMES, ChoiceQuestion, LineQuestion, when_question
from tests.conftest import NOW, Clock
from tests.tui.conftest import AMSTERDAM, Sit

# ── what is understood ──


def test_a_time_is_told_back_with_its_zone():
    question = when_question("call", "", now=lambda: NOW, zone=AMSTERDAM)
    heard = question.hear("tue 3pm")
    assert heard.said.startswith("Tue 1 Dec 15:00 CET")
    assert heard.answer == datetime(2026, 12, 1, 14, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["15", "yesterday", "when I feel like it"])
def test_what_is_no_time_to_come_is_no_answer(typed: str):
    heard = when_question("call", "", now=lambda: NOW, zone=AMSTERDAM).hear(typed)
    assert heard.wrong
    assert heard.answer is None
    assert heard.said


def test_nothing_typed_yet_is_not_wrong():
    heard = when_question("call", "", now=lambda: NOW, zone=AMSTERDAM).hear(" ")
    assert not heard.wrong
    assert heard.answer is None


def test_an_outcome_is_one_digit():
    assert ChoiceQuestion("?", OUTCOMES).hear("3").answer == Outcome(CallOutcome.NO_SHOW)
    assert ChoiceQuestion("?", OUTCOMES).hear("6").wrong
    assert ChoiceQuestion("?", OUTCOMES).hear("").answer is None


def test_an_empty_line_is_an_answer_only_where_it_may_be():
    assert LineQuestion("", "", "").hear("  ").answer is None
    assert LineQuestion("", "", "", optional=True).hear("  ").answer == ""


def test_paths_complete_to_folders_and_what_can_be_imported(tmp_path):
    for name in ("Data.zip", "data.csv", "data.xlsx", ".hidden.zip"):
        (tmp_path / name).touch()
    (tmp_path / "database").mkdir()
    begun = f"{tmp_path}/da"
    assert completions(begun) == [f"{tmp_path}/{name}" for name in ("Data.zip", "data.csv", "database/")]
    assert completions(f"{tmp_path}/.h") == [f"{tmp_path}/.hidden.zip"]
    assert completions(f"{tmp_path}/nowhere/x") == []
    assert common(completions(f"{tmp_path}/data")) in (f"{tmp_path}/", f"{tmp_path}/data")


# ── notes ──


async def test_a_note_is_written_and_shown_on_the_card(sit: Sit):
    async with sit() as user:
        await user.type("nmet at the fair\n")
        assert user.status == "Noted on LinkedIn Member — u undoes"
        assert "met at the fair" in user.card
        assert user.sweep.list.cursor == 0, "a note does not go on"


async def test_esc_keeps_the_draft_of_each_item(sit: Sit):
    async with sit() as user:
        await user.type("nmet at")
        await user.press("escape", "j", "n")
        assert user.prompt == ""
        await user.type("other")
        await user.press("escape", "k", "n")
        assert user.prompt == "met at"
        await user.type(" the fair\n")
        assert "met at the fair" in user.card
        await user.press("n")
        assert user.prompt == "", "what was written down is no draft any more"


async def test_a_note_that_was_begun_is_there_after_a_restart(sit: Sit):
    async with sit() as user:
        await user.type("nmet at")
        await user.press("escape")
        await user.type("jnasked for")
        # left with the line open, as by a window that is closed
    async with sit() as user:
        await user.press("n")
        assert user.prompt == "met at"
        await user.press("escape", "j", "n")
        assert user.prompt == "asked for"
        await user.type(" the plan\n")
    async with sit() as user:
        await user.press("j", "n")
        assert user.prompt == ""


async def test_keys_typed_in_one_burst_go_where_they_belong(sit: Sit):
    async with sit() as user:
        await user.type("jnhe will junk\njx")
        assert user.sweep.list.cursor == 3
        counts = user.sweep.sitting.inbox.counts()
        assert counts[View.JUNK] == 1
        assert [entry.payload.get("text") for entry in user.sweep.sitting.inbox.log()] == [None, "he will junk"]


async def test_the_line_can_be_edited_as_it_is_typed(sit: Sit):
    async with sit() as user:
        await user.type("nabd")
        await user.press("backspace", "c", "home", "x", "end", "!", "ctrl+a", "delete")
        assert user.prompt == "abc!"


async def test_a_paste_of_several_lines_becomes_one(sit: Sit):
    async with sit() as user:
        await user.press("n")
        user.app.post_message(events.Paste("one\n  two\r\nthree"))
        await user.pilot.pause()
        assert user.prompt == "one two three"


async def test_a_paste_right_behind_the_key_that_asks_is_what_was_typed(sit: Sit):
    async with sit() as user:
        user.app.post_message(events.Key("n", "n"))
        user.app.post_message(events.Paste("a name\nto remember"))
        await user.pilot.pause()
        assert user.prompt == "a name to remember"


async def test_no_key_of_the_list_works_while_something_is_asked(sit: Sit):
    async with sit() as user:
        await user.press("n", "ctrl+r", "tab", "ctrl+o", "pagedown", "ctrl+p", "down")
        assert user.prompt == ""
        assert user.app.screen is user.sweep
        assert user.sweep.sitting.view is View.NEW


# ── hold and call ──


async def test_a_hold_shows_live_what_was_understood(sit: Sit):
    async with sit() as user:
        await user.type("htue 9")
        assert "Tue 1 Dec 09:00 CET, in 7 days" in user.screen
        await user.press("enter")
        assert user.status == "Held LinkedIn Member to Tue 1 Dec 09:00 — u undoes"
        assert user.sweep.list.cursor == 1


async def test_what_is_no_time_stays_to_be_mended(sit: Sit):
    async with sit() as user:
        await user.type("h15\n")
        assert user.prompt == "15"
        assert "15 alone is an hour or a day" in user.screen
        await user.press("escape")
        assert user.prompt is None
        assert user.sweep.sitting.inbox.log() == []


async def test_a_call_is_booked_moved_and_held(sit: Sit, clock: Clock):
    async with sit() as user:
        await user.type("jjjctomorrow 3pm\n")
        assert user.status.startswith("Call with Ana Ruiz on Wed 25 Nov 15:00 · ")
        assert user.sweep.list.cursor == 3
        await user.press("c")
        assert "1 held · 2 moved · 3 no-show · 4 held, intro owed" in user.screen
        await user.type("2fri 10\nshe asked\n")
        assert user.status.startswith("Call with Ana Ruiz on Fri 27 Nov 10:00")
        assert "she asked" in user.card
        clock.forward(days=4)
        await user.type("c1\n")
        assert user.status == "Recorded the call with Ana Ruiz, now gold — u undoes"
        assert [gold.person and gold.person.name for gold in user.sweep.sitting.path.golds] == ["Ana Ruiz"]
        await user.press("u")
        assert user.status == "Taken back: what became of the call with Ana Ruiz — ctrl+r does it again"
        assert user.sweep.sitting.path.golds == ()


async def test_leaving_the_outcome_records_nothing(sit: Sit):
    async with sit() as user:
        await user.type("ctomorrow 3pm\nc3")
        await user.press("escape")
        assert user.sweep.sitting.inbox.counts()[View.CALLS] == 1
