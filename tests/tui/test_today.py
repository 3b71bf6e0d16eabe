"""The page of today: what it shows, what it asks once, and where its lines lead."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from textual import events

from linkinbox.config import Day
from linkinbox.decisions import Accept, Call, Hold, Junk
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.tui.screens.sweep import SweepScreen
from linkinbox.tui.screens.today import TodayScreen
from tests.builders import ExportBuilder
from tests.tui.conftest import NOW, Sit, User


@pytest.fixture
def called(store, clock):
    """Calls with two people, of yesterday, and one of tomorrow."""
    clock.now = NOW - timedelta(days=2)
    with closing(Inbox.open(store, clock=clock)) as inbox:
        ids = {row.person.name: row.id for row in inbox.rows(inbox.ids(View.NEW)[:])}
        inbox.apply(Call(NOW - timedelta(days=1)), [ids["Ana Ruiz"]])
        inbox.apply(Call(NOW - timedelta(hours=20)), [ids["Tom Becker"]])
        inbox.apply(Call(NOW + timedelta(hours=30)), [ids["Priya Nair"]])
    clock.now = NOW
    return store


def lines(user: User) -> list[str]:
    """What stands on the screen, whatever the blanks."""
    return [" ".join(line.split()) for line in user.screen.splitlines() if line.strip()]


async def test_a_day_begins_with_what_waits_and_enter_starts_the_sweep(sit: Sit, store, clock):
    with closing(Inbox.open(store, clock=clock)) as inbox:
        ids = inbox.ids(View.NEW)[:]
        inbox.apply(Accept(), ids[:4])
        inbox.apply(Hold(NOW + timedelta(days=3)), ids[4:5])
    async with sit(day=Day()) as user:
        assert lines(user)[1:6] == [
            "Today, Tuesday 24 November",
            "▌ 6 new gs with the 3 owed among them",
            "3 replies owed gr",
            "1 held gh each is back at its time",
            "1 to carry out gt accepted here, still to be done on LinkedIn",
        ]
        await user.press("enter")
        assert user.sweep.sitting.view is View.SWEEP
        assert "Sweep 9" in user.screen


async def test_what_is_typed_behind_enter_goes_to_the_list(sit: Sit):
    async with sit(day=Day()) as user:
        await user.type("\nxx")
        assert user.status.startswith("Junked")
        assert user.sweep.sitting.counts[View.JUNK] == 2


async def test_each_line_leads_to_its_view(sit: Sit, called):
    async with sit(day=Day(), path=called) as user:
        await user.press("escape", "escape")
        assert "2 calls to record" in user.screen
        assert "1 call " in user.screen
        await user.press("j", "enter")
        assert user.sweep.sitting.view is View.CALLS
        await user.press("g", "d")
        assert isinstance(user.app.screen, TodayScreen)
        await user.press("g", "t")
        assert user.sweep.sitting.view is View.TO_ACCEPT


async def test_it_says_when_the_next_call_is(sit: Sit, called):
    async with sit(day=Day(), path=called) as user:
        await user.press("escape", "escape")
        assert "gc  Wed 25 Nov 16:30, Priya Nair" in user.screen


@pytest.mark.parametrize(
    ("keys", "shown"), [("gb", "Backlog"), ("gl", "Second look"), ("S", "Selectivity"), ("P", "Path to gold")]
)
async def test_what_stands_beside_the_list_opens_from_here_too(sit: Sit, keys: str, shown: str):
    async with sit(day=Day()) as user:
        await user.press(*keys)
        await user.pilot.pause()
        assert shown.casefold() in user.screen.casefold()
        await user.press("escape")
        assert isinstance(user.app.screen, SweepScreen)


# ── after the call ──


async def test_the_oldest_call_is_asked_about_first_and_its_note_is_kept(sit: Sit, called):
    async with sit(day=Day(), path=called) as user:
        assert "Your call with Ana Ruiz, Mon 23 Nov 10:30 CET; 1 more after it" in user.screen
        assert "4 held, intro owed" in user.screen
        await user.type("4wants to meet Tom\n")
        assert "Your call with Tom Becker" in user.screen
        await user.type("3\n")
        assert "Your call with" not in user.screen
        inbox = user.app.inbox
        assert inbox.today().ask == ()
        assert [(entry.action, entry.payload.get("intro_owed")) for entry in inbox.log(3)] == [
            ("outcome", None), ("note", None), ("outcome", True),
        ]  # fmt: skip


async def test_an_answer_can_be_taken_back_and_is_asked_again(sit: Sit, called):
    async with sit(day=Day(), path=called) as user:
        await user.type("1\n")
        await user.press("escape")
        await user.press("u")
        assert "Taken back: what became of the call with Ana Ruiz" in user.screen
        assert "Your call with Ana Ruiz" in user.screen


async def test_an_answer_can_be_taken_back_by_the_key_that_is_named_though_the_next_call_is_asked_about(
    sit: Sit, called
):
    async with sit(day=Day(), path=called) as user:
        await user.type("1\n")
        assert "Your call with Tom Becker" in user.screen
        assert "u undoes" in user.screen
        await user.press("u")
        assert "Your call with Ana Ruiz" in user.screen
        assert user.app.inbox.counts().calls_due == 2


async def test_a_call_that_is_skipped_is_never_asked_about_again(sit: Sit, called):
    async with sit(day=Day(), path=called) as user:
        await user.press("escape")
        assert "Your call with Tom Becker" in user.screen
    async with sit(day=Day(), path=called) as user:
        assert "Your call with Tom Becker, Mon 23 Nov 14:30 CET" in user.screen
        assert user.app.inbox.counts().calls_due == 2, "it can still be recorded"


async def test_a_moved_call_is_asked_about_when_its_new_time_is_past(sit: Sit, called, clock):
    async with sit(day=Day(), path=called) as user:
        await user.press("escape", "escape")
        await user.press("g", "c", "c")
        await user.type("2fri 10\n\n")
    clock.forward(days=4)
    async with sit(day=Day(), path=called) as user:
        await user.press("escape")  # Priya's is past too
        assert "Your call with Ana Ruiz, Fri 27 Nov 10:00" in user.screen


async def test_leaving_the_note_asks_what_became_of_it_once_more(sit: Sit, called):
    async with sit(day=Day(), path=called) as user:
        await user.press("1", "escape")
        assert user.app.inbox.log(1)[0].action == "call"


# ── calm ──


async def test_where_nothing_is_new_that_is_all_it_says(sit: Sit, store, clock):
    with closing(Inbox.open(store, clock=clock)) as inbox:
        inbox.apply(Junk(), inbox.ids(View.NEW)[:])
    async with sit(day=Day()) as user:
        assert "Nothing new: all is decided. ctrl+o imports a newer export." in user.screen
        assert "▌" not in user.screen
        await user.press("enter")
        assert "Nothing new and no answers owed" in user.screen


async def test_before_the_first_import_the_welcome_stands_there(sit: Sit, tmp_path):
    async with sit(day=Day(), path=tmp_path / "empty.db") as user:
        assert "Nothing was imported so far." in user.screen
        assert "Open the demo" in user.screen


async def test_it_can_be_switched_off(sit: Sit):
    async with sit(day=Day(at_start=False)) as user:
        assert isinstance(user.app.screen, SweepScreen)
        assert user.sweep.sitting.view is View.NEW


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (40, 10)])
async def test_it_fits_into_every_window(sit: Sit, called, size):
    async with sit(size, day=Day(), path=called) as user:
        assert "Your call with Ana Ruiz" in user.screen
        await user.press("escape", "escape")
        assert "8 new" in user.screen


async def test_q_leaves(sit: Sit):
    async with sit(day=Day()) as user:
        await user.press("q")
        assert user.app.return_code == 0


async def test_what_a_command_decides_meanwhile_is_seen(sit: Sit, store, clock):
    async with sit(day=Day()) as user:
        with closing(Inbox.open(store, clock=clock)) as other:
            other.apply(Junk(), other.ids(View.NEW)[:4])
        user.app.screen.look_outside()
        await user.pilot.pause()
        assert "7 new" in user.screen


async def test_a_store_of_an_older_version_that_can_only_be_read_has_its_day_too(sit: Sit, store):
    with closing(sqlite3.connect(store)) as conn:
        conn.executescript(
            "DROP INDEX item_sweep; ALTER TABLE item DROP COLUMN worded; DROP TABLE asked_call; PRAGMA user_version = 99"
        )
    async with sit((140, 30), day=Day(), path=store) as user:
        assert user.screen.splitlines()[0].startswith(" read-only: made by a newer linkinbox   11 new")
        assert "11 new" in user.screen.splitlines()[4]
        await user.press("enter")
        assert len(user.names) == 11


async def test_an_import_from_the_page_of_today_comes_back_to_it(sit: Sit, tmp_path):
    more = ExportBuilder(as_of=date(2026, 11, 23)).invitation("Nina Holm", note="Hello").zip(tmp_path, "more.zip")
    async with sit((140, 30), day=Day()) as user:
        await user.press("ctrl+o")
        await user.type(f"{more}\n")
        await user.until(lambda: "Imported more.zip" in user.screen)
        await user.press("escape")
        assert isinstance(user.app.screen, TodayScreen)
        assert "12 new" in user.screen
        await user.press("enter")
        assert "Nina Holm" in user.names


async def test_help_and_palette_know_the_page(sit: Sit):
    async with sit((140, 50), day=Day()) as user:
        await user.press("question_mark")
        assert "What waits today; first, what became of calls." in user.screen
        await user.press("escape")
        await user.type(":sweep")
        assert "Go to: Sweep" in user.screen


async def test_a_paste_does_nothing(sit: Sit):
    async with sit(day=Day()) as user:
        user.app.post_message(events.Paste("xx"))
        await user.pilot.pause()
        assert "Pasted text does nothing here" in user.screen


async def test_where_many_are_new_the_page_names_the_key_that_sweeps_them(sit: Sit, clock, tmp_path):
    export = ExportBuilder()
    for number in range(201):
        export.invitation(f"Person {number}")
    with closing(Inbox.open(tmp_path / "many.db", clock=clock)) as inbox:
        inbox.import_from(export.zip(tmp_path, "many.zip"))
    async with sit((80, 24), day=Day(), path=tmp_path / "many.db") as user:
        assert "▌ 201 new gs gb sweeps many at once" in lines(user)


async def test_a_search_begins_here_and_esc_comes_back_here(sit: Sit, store):
    async with sit((80, 24), day=Day()) as user:
        await user.type("/ana")
        await user.until(lambda: user.names == ["Ana Ruiz"])
        assert user.prompt == "ana", "nothing of it was a decision"
        await user.press("escape")
        await user.until(lambda: isinstance(user.app.screen, TodayScreen))
        assert user.sweep.sitting.words == ""
        await user.press("/")
        await user.until(lambda: user.prompt == "")
        await user.type("ana\n")
        assert user.under_cursor == "Ana Ruiz"
        assert user.sweep.sitting.inbox.log() == []


@pytest.mark.parametrize(
    ("key", "words"),
    [("*", "Mark all does nothing here"), ("v", "Range does nothing here"), ("|", "Pipe does nothing here"),
     ("x", "Junk does nothing here"), ("Q", "Q is no key")],
)  # fmt: skip
async def test_a_key_that_does_nothing_here_says_so(sit: Sit, key: str, words: str):
    async with sit((80, 24), day=Day()) as user:
        await user.press(key)
        assert words in user.screen
        await user.press("j")
        assert words not in user.screen
