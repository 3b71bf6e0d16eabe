"""Marks: what a decision is for, one by one, as a range or as a whole; always told as a number, bound to items."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from textual import events

from linkinbox.config import Day
from linkinbox.decider import LARGE
from linkinbox.decisions import Done
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.pipes import Pipe
from linkinbox.tui import marks as signs
from tests.builders import ExportBuilder
from tests.conftest import Clock
from tests.tui.conftest import Sit, User, press

TOP = ["LinkedIn Member", "Mira Novak", "Luis Marín", "Ana Ruiz"]


@pytest.fixture(scope="module")
def store_of_many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    export = ExportBuilder()
    for number in range(LARGE + 20):
        export.invitation(f"Person {number}", note="Your talk" if number % 2 else "")
    with closing(Inbox.open(folder / "many.db", clock=Clock())) as inbox:
        inbox.import_from(export.zip(folder))
    return folder / "many.db"


@pytest.fixture
def many(store_of_many: Path, tmp_path: Path) -> Path:
    """Somewhat more than are decided on at once."""
    return Path(shutil.copy(store_of_many, tmp_path / "many.db"))


def states(user: User, *names: str) -> list[str]:
    sitting = user.sweep.sitting
    found = {row.person.name: row.state.value for row in sitting.inbox.rows(sitting.inbox.ids(View.ALL)[:])}
    return [found[name] for name in names]


def marked(user: User) -> list[str]:
    """The names of the rows that are marked."""
    lines = (line[:40] for line in user.screen.splitlines())
    return [line.partition("•")[2].strip().split("  ")[0] for line in lines if "•" in line[:4]]


def told(user: User) -> str:
    """What the topmost line says of marks."""
    return str(user.sweep.top.marked)


async def test_space_marks_and_goes_on_and_a_decision_is_for_all_that_is_marked(sit: Sit):
    async with sit() as user:
        await user.press("space", "j", "space")
        assert marked(user)[1:] == ["Luis Marín"]
        assert told(user) == "2 marked"
        assert user.screen.startswith(" 2 marked   ")
        assert user.status == "2 marked — a x e h decide on them, Esc unmarks"
        await user.press("x")
        assert states(user, *TOP) == ["junk", "new", "junk", "new"]
        assert "LinkedIn Member and 1 more" in user.status
        assert (marked(user), told(user)) == ([], "")
        await user.press("u")
        assert states(user, *TOP) == ["new"] * 4
        assert told(user) == "", "an undo brings no marks back"


async def test_space_on_a_marked_one_unmarks_it(sit: Sit):
    async with sit() as user:
        await user.press("space", "k", "space")
        assert told(user) == ""
        assert user.status == "Nothing is marked"


async def test_a_count_before_it_marks_as_many(sit: Sit):
    async with sit() as user:
        await user.press("3", "space")
        assert told(user) == "3 marked"
        assert user.under_cursor == "Ana Ruiz"


async def test_a_held_space_marks_to_the_end_and_stops_there(sit: Sit):
    async with sit() as user:
        await user.press(*["space"] * 40)
        assert told(user) == "11 marked"


async def test_the_sign_is_seen_beside_the_cursor_and_without_colour_or_unicode(sit: Sit):
    async with sit() as user:
        await user.press("space", "k")
        assert " ▌•LinkedIn Member" in user.screen
    signs.use(signs.ASCII)
    try:
        async with sit((80, 24)) as user:
            await user.press("space", "space", "k")
            assert " * LinkedIn Member" in user.screen
            assert " >*Mira Novak" in user.screen
    finally:
        signs.use(signs.UNICODE)


async def test_moves_extend_a_range_and_a_decision_acts_on_it(sit: Sit):
    async with sit() as user:
        await user.press("j", "v", "j", "j")
        assert marked(user) == ["Mira Novak", "Luis Marín", "Ana Ruiz"]
        assert user.status == "Range of 3 — moves extend it, v marks it, Esc leaves it"
        await user.press("k", "e")
        assert states(user, *TOP) == ["new", "done", "done", "new"]
        assert marked(user) == []


async def test_a_range_goes_upward_too_and_is_marked_by_its_second_key(sit: Sit):
    async with sit() as user:
        await user.press("j", "j", "v", "k", "v", "G")
        assert told(user) == "2 marked"
        await user.press("x")
        assert states(user, *TOP) == ["new", "junk", "junk", "new"]
        assert user.under_cursor == "Li Wei", "the cursor is where it was: it was not among them"


async def test_esc_leaves_the_range_then_the_marks_then_what_it_ever_does(sit: Sit):
    async with sit() as user:
        await user.press("/")
        await user.type("cold\n")
        await user.press("space", "v", "j")
        assert told(user) == "3 marked"
        await user.press("escape")
        assert told(user) == "1 marked"
        await user.press("escape")
        assert told(user) == ""
        assert user.sweep.sitting.words == "cold"
        await user.press("escape")
        assert user.sweep.sitting.words == ""


async def test_esc_from_the_card_leaves_the_marks(sit: Sit):
    async with sit((80, 24)) as user:
        await user.press("space", "enter", "escape")
        assert told(user) == "1 marked"


async def test_marks_outlive_searches_and_views_and_those_elsewhere_are_told(sit: Sit):
    async with sit() as user:
        await user.press("space", "space", "g", "i", "space")
        assert told(user) == "3 marked, 2 elsewhere"
        await user.press("g", "n")
        assert told(user) == "3 marked"
        await user.press("x")
        assert states(user, *TOP) == ["junk", "junk", "new", "junk"]


async def test_a_prompt_says_how_many_it_is_about(sit: Sit):
    async with sit() as user:
        await user.press("space", "space", "h")
        assert "hold 2 until" in user.screen
        await user.type("in 2 weeks\n")
        assert states(user, *TOP) == ["held", "held", "new", "new"]
        await user.press("G", "space", "n")
        assert "note  " in user.screen


async def test_all_in_view_and_again_none(sit: Sit):
    async with sit() as user:
        await user.press("*")
        assert told(user) == "11 marked"
        await user.press("*")
        assert told(user) == ""


async def test_what_was_decided_here_is_in_view_no_more(sit: Sit):
    async with sit() as user:
        await user.press("g", "n", "x", "*")
        assert "LinkedIn Member" not in marked(user)
        count = len(user.sweep.sitting.marked)
        assert count == len(user.sweep.sitting.ids) - 1
        await user.press("*")
        assert told(user) == "", "all of them were"
        await user.press("*", "a")
        assert states(user, "LinkedIn Member", "Mira Novak") == ["junk", "to-reply"]
        await user.press("*")
        assert user.sweep.status.said == "Nothing is marked"


async def test_all_of_a_narrowed_view_and_again_none_of_them_but_those_elsewhere_stay(sit: Sit):
    async with sit() as user:
        await user.press("space", "space")
        await user.type("\\cold\n")
        await user.press("*")
        assert told(user) == "6 marked, 2 elsewhere"
        await user.press("*")
        assert told(user) == "2 marked, 2 elsewhere"
        await user.press("*", "*", "escape", "escape")
        assert told(user) == ""


async def test_what_esc_does_next_is_said(sit: Sit):
    async with sit() as user:
        await user.press("space")
        await user.type("/cold\n")
        assert user.status.endswith("Esc unmarks")
        await user.press("escape")
        assert user.status.endswith("with “cold”, best first — Esc goes back")
        await user.press("escape")
        assert user.status == "The search is over"


async def test_more_than_25_that_nobody_looked_at_are_asked_about(sit: Sit, many: Path):
    async with sit(path=many) as user:
        await user.press("*")
        assert told(user) == "1,020 marked"
        await user.press("x")
        assert "Junk 1,020 items?" in user.screen
        await user.press("escape")
        assert told(user) == "1,020 marked"
        await user.press("e", "n")
        assert user.sweep.sitting.counts[View.NEW] == LARGE + 20
        await user.press("escape", "v", "2", "9", "j", "x")
        assert user.prompt is None, "a range was seen"
        assert user.sweep.sitting.counts[View.JUNK] == 30


async def test_of_many_that_esc_unmarked_it_is_said_how_they_are_marked_again(sit: Sit, many: Path):
    async with sit(path=many) as user:
        await user.press("*", "escape")
        assert (told(user), user.status) == ("", "1,020 unmarked — * marks all in view")
        await user.type("/person\n*")
        await user.until(lambda: told(user) == "1,020 marked")
        await user.press("escape")
        assert user.status == "1,020 unmarked — * marks all in view"


async def test_all_that_a_search_finds_is_marked_also_what_is_not_in_sight(sit: Sit, many: Path):
    async with sit(path=many) as user:
        await user.press("/")
        await user.type("person\n")
        await user.press("*")
        await user.until(lambda: told(user) == "1,020 marked")


async def test_the_last_decision_is_repeated_with_its_answers_and_advances(sit: Sit):
    async with sit() as user:
        await user.press("h")
        await user.type("tue 9\n")
        await user.press(".", "j", ".")
        inbox = user.sweep.sitting.inbox
        held = [row.held_until for row in inbox.rows(inbox.ids(View.HELD)[:])]
        assert len(held) == 3
        assert len({*held}) == 1
        assert user.under_cursor == "Tom Becker"


async def test_it_is_repeated_on_what_is_marked_and_on_a_count(sit: Sit):
    async with sit() as user:
        await user.press("x", "space", "space", ".", "3", ".")
        assert user.sweep.sitting.counts[View.JUNK] == 6


async def test_a_note_and_a_reason_are_repeated_word_by_word(sit: Sit):
    async with sit() as user:
        await user.press("j", "n")
        await user.type("met in Hamburg\n")
        await user.press("j", ".")
        await user.press("A")
        await user.type("his talk\n")
        await user.press(".")
        inbox = user.sweep.sitting.inbox
        ids = inbox.ids(View.ALL)[:]
        assert [*inbox.notes_of(ids).values()] == [["met in Hamburg"]] * 2
        assert [*inbox.reasons_of(ids).values()] == ["his talk"] * 2


async def test_where_nothing_was_decided_there_is_nothing_to_repeat(sit: Sit):
    async with sit() as user:
        await user.press(".")
        assert user.status.startswith("Nothing was decided so far")


async def test_twins_and_marks_are_one_selection(sit: Sit, tmp_path: Path, clock):
    export = ExportBuilder()
    pitch = "Hi Alex, we help founders book thirty qualified calls a month, guaranteed, without any cold calling."
    export.invitation("Ben Lee", note=pitch).invitation("Ana Ruiz", note="Your talk").invitation(
        "Tom Becker", note=pitch
    )
    with closing(Inbox.open(tmp_path / "twins.db", clock=clock)) as inbox:
        inbox.import_from(export.zip(tmp_path))
    async with sit(path=tmp_path / "twins.db") as user:
        await user.press("j", "space", "g", "g", "=")
        assert told(user) == "3 marked"
        assert user.status.startswith("2 of 2 new, and 1 marked — ")
        await user.press("x")
        assert user.sweep.sitting.counts[View.JUNK] == 3
        assert told(user) == ""


async def test_what_another_program_decided_stays_marked_and_is_told(sit: Sit, store: Path, clock):
    async with sit() as user:
        await user.press("space", "space")
        with closing(Inbox.open(store, clock=clock)) as other:
            other.apply(Done(), other.ids(View.NEW)[:1])
        user.sweep.look_outside()
        assert told(user) == "2 marked, 1 decided meanwhile"


async def test_a_paste_marks_nothing(sit: Sit):
    async with sit() as user:
        user.app.post_message(events.Paste("   v* "))
        await user.pilot.pause()
        assert told(user) == ""


async def test_an_empty_list_has_nothing_to_mark(sit: Sit, tmp_path: Path):
    async with sit() as user:
        await user.press("g", "j")
        await user.press("space", "v", "*", ".", "x")
        assert told(user) == ""
        assert user.sweep.sitting.counts[View.JUNK] == 0


# ── large acts ──


async def test_a_large_act_runs_beside_the_screen_and_keys_meanwhile_decide_nothing(sit: Sit, many: Path):
    async with sit(path=many) as user:
        await user.press("*", "x")
        await user.press("y", "a", "j", "u", "e", "g", "j", "n")
        await user.until(lambda: not user.sweep.is_working)
        await user.pilot.pause()
        assert user.sweep.sitting.counts[View.JUNK] == LARGE + 20
        assert [*{entry.action for entry in user.sweep.sitting.inbox.log(5_000)}] == ["junk"]
        assert "and 1,019 more" in user.status
        assert user.prompt is None
        await user.press("u")
        await user.until(lambda: not user.sweep.is_working)
        await user.pilot.pause()
        assert user.sweep.sitting.counts[View.NEW] == LARGE + 20
        assert user.status.startswith("Taken back: junking")


async def test_esc_stops_it_and_what_is_done_stays(sit: Sit, many: Path):
    async with sit(path=many) as user:
        await user.press("*", "x")
        await user.press("y", "escape")
        await user.until(lambda: not user.sweep.is_working)
        await user.pilot.pause()
        assert user.sweep.sitting.counts[View.JUNK] == LARGE
        assert "stopped: 20 are left as they were" in user.status
        assert "End of" not in user.status, "the rest was not come to"


async def test_quitting_stops_it_and_leaves_whole_chunks(sit: Sit, many: Path, clock):
    async with sit(path=many) as user:
        await user.press("*", "x")
        await press(user, "y", "q")
        await user.until(lambda: not user.app.is_running or user.app._exit)
    with closing(Inbox.open(many, clock=clock)) as inbox:
        assert inbox.counts()[View.JUNK] in {LARGE, LARGE + 20}
        inbox.undo()
        assert inbox.counts()[View.JUNK] == 0


async def test_a_pipe_asks_too_and_refuses_more_than_it_can_read(sit: Sit, many: Path):
    day = Day(at_start=False, pipes=(Pipe("Wc", ("wc", "-l"), "json", "show"),))
    async with sit(path=many, day=day) as user:
        await user.press("*", "|")
        assert "Give Wc 1,020 items?" in user.screen
        await user.type("y")
        assert user.status.startswith("A pipe takes at most 1,000 items")
        await user.press("escape")
        await user.type("30|")
        await user.until(lambda: "Wc" in user.screen.splitlines()[0] and "30" in user.screen)
