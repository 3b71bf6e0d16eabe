"""Searching at the running screen: as words are typed, inside what is shown, and back to exactly what was there."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from linkinbox.config import Day
from linkinbox.finder import FOUND
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.splits import Split
from tests.builders import ExportBuilder
from tests.conftest import Clock
from tests.tui.conftest import Sit, User

COLD = ["Ana Ruiz", "伊藤 美咲", "Oksana Bondar", "Zoë Berg"]


# ── everything ──


async def test_search_finds_as_it_is_typed_and_enter_keeps_it(sit: Sit):
    async with sit() as user:
        await user.type("/c")
        assert len(user.names) == 11
        await user.type("old")
        assert user.names == COLD
        assert "4 found, best first · Enter keeps" in user.screen
        await user.press("enter")
        assert user.status == "4 found with “cold”, best first — Esc goes back"
        assert "All 11" in user.screen
        assert "“cold” 4 of 11" in user.screen


async def test_one_letter_is_a_word_in_a_script_without_blanks(sit: Sit):
    async with sit() as user:
        await user.type("/藤")
        assert user.names == ["伊藤 美咲"]


async def test_esc_restores_exactly_what_was_there(sit: Sit):
    async with sit() as user:
        await user.press("x", "x", "j")
        names = user.names
        await user.type("/cold")
        await user.press("escape")
        assert (user.names, user.sweep.list.cursor) == (names, 3)
        await user.type("/cold\n")
        await user.press("j")
        await user.type("/er")
        await user.press("escape")
        assert user.sweep.sitting.words == "cold"
        assert user.under_cursor == "伊藤 美咲"
        await user.press("x", "escape")
        assert (user.names, user.sweep.list.cursor, user.status) == (names, 3, "The search is over")
        assert user.line("伊藤").endswith("junk") or "junk" in user.line("伊藤")


async def test_words_taken_back_show_what_was_there_before_the_search(sit: Sit):
    async with sit() as user:
        await user.press("j", "j")
        await user.type("/cold")
        await user.press(*["backspace"] * 3)
        assert (len(user.names), user.sweep.list.cursor) == (11, 2)


async def test_a_search_that_finds_nothing_says_where_to_look(sit: Sit):
    async with sit() as user:
        await user.type("/nobody at all")
        assert "Nothing in All has “nobody at all”. Esc goes back." in user.screen
        await user.press("enter", "x", "j", "n")
        assert user.sweep.sitting.inbox.log() == []


async def test_the_best_is_first_when_few_are_found_at_once(sit: Sit):
    async with sit() as user:
        await user.press("n")
        await user.type("a friend of Zoë\n")
        await user.type("/zoe")
        assert user.names == ["Zoë Berg", "LinkedIn Member"], "a name comes before a note, however new that is"


async def test_what_is_found_is_marked_in_rows_and_on_the_card(sit: Sit):
    async with sit() as user:
        await user.type("/ana aud\n")
        assert [words.lower() for words in user.underlined] == ["ana", "audits", "ana", "audits"]
        await user.press("escape")
        assert "Ana" not in user.underlined


async def test_without_colours_what_is_found_is_underlined_too(sit: Sit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with sit() as user:
        await user.type("/ana\n")
        assert set(user.underlined) == {"Ana"}


async def test_the_row_shows_the_note_that_was_found(sit: Sit):
    async with sit() as user:
        await user.type("nfrom the fair in Gdynia\n")
        await user.type("/gdyn\n")
        assert "note: from the fair in Gdynia" in user.line("LinkedIn Member")


# ── a search is a view ──


async def test_decisions_and_undo_work_in_a_search(sit: Sit):
    async with sit() as user:
        await user.type("/cold\n")
        await user.press("x", "x", "u")
        assert user.names == COLD
        assert user.under_cursor == "伊藤 美咲"
        assert user.sweep.sitting.inbox.counts()[View.JUNK] == 1
        assert "“cold” 4 of 11" in user.screen


async def test_an_undo_of_what_stands_outside_of_a_search_leads_out_of_it(sit: Sit):
    async with sit() as user:
        await user.press("x")
        await user.type("/zoe\n")
        await user.press("u")
        assert (user.under_cursor, user.sweep.sitting.words) == ("LinkedIn Member", "")
        assert len(user.names) == 11, "where it was decided"


async def test_counts_pages_and_the_path_are_there_too(sit: Sit):
    async with sit() as user:
        await user.type("/cold\n")
        await user.press("2", "j", "P", "escape")
        assert (user.names, user.under_cursor) == (COLD, "Oksana Bondar")


async def test_a_search_goes_along_to_another_view(sit: Sit):
    async with sit() as user:
        await user.type("/cold\n")
        await user.press("x", "g", "n")
        assert user.names == COLD[1:]
        assert user.status == "3 of 10 in New with “cold” — Esc goes back"
        await user.press("escape")
        assert (len(user.names), user.sweep.sitting.view) == (10, View.NEW)


async def test_what_was_decided_in_a_search_is_not_taken_for_news_behind_it(sit: Sit):
    async with sit() as user:
        await user.press("g", "h")
        await user.press("g", "n")
        await user.type("/cold\n")
        await user.press("x", "x", "escape")
        assert "more" not in user.screen.splitlines()[2]
        assert user.sweep.sitting.waiting == 0


# ── inside what is shown ──


async def test_a_view_is_narrowed_and_keeps_its_tab(sit: Sit):
    async with sit() as user:
        await user.press("x", "g", "i", "j")
        await user.type("\\cold")
        assert user.names == COLD
        assert user.sweep.sitting.view is View.INVITATIONS
        await user.type("\n")
        assert user.status == "4 of 8 in Invitations with “cold” — Esc goes back"
        await user.press("escape")
        assert (user.sweep.list.cursor, len(user.names)) == (1, 8)


async def test_what_was_narrowed_is_narrowed_again(sit: Sit):
    async with sit() as user:
        await user.type("/cold\n")
        await user.press("j")
        await user.type("\\zo\n")
        assert (user.names, user.status) == (["Zoë Berg"], "1 of 4 in All with “cold” with “zo” — Esc goes back")
        assert user.underlined.count("cold") == 2, "in the row and on the card"
        await user.press("escape")
        assert (user.names, user.under_cursor) == (COLD, "伊藤 美咲")
        await user.press("escape")
        assert len(user.names) == 11


async def test_a_narrowed_view_keeps_its_order(sit: Sit):
    async with sit() as user:
        await user.type("gijhtomorrow\n")
        await user.press("k")
        await user.type("hin 2 weeks\n")
        await user.press("g", "h")
        names = user.names
        await user.type("\\-zoe\n")
        assert user.names == names


async def test_everything_is_searched_from_inside_a_narrowed_view(sit: Sit):
    async with sit() as user:
        await user.type("gi\\cold\n/mira\n")
        assert user.names == ["Mira Novak"]
        await user.press("escape")
        assert (user.names, user.sweep.sitting.view) == (COLD, View.INVITATIONS)


async def test_a_split_is_narrowed_and_comes_back(sit: Sit):
    splits = (Split("Cold chain", View.NEW, "cold chain"), Split("Oldest", View.INVITATIONS, oldest_first=True))
    async with sit((140, 30), day=Day(at_start=False, splits=splits)) as user:
        await user.press("g", "1", "j")
        await user.type("\\zoe\n")
        assert user.names == ["Zoë Berg"]
        assert user.sweep.sitting.split == splits[0]
        assert user.status == "1 of 4 in Cold chain with “zoe” — Esc goes back"
        await user.press("escape")
        assert (user.names, user.under_cursor, user.sweep.sitting.split) == (COLD, "伊藤 美咲", splits[0])
        await user.press("g", "2")
        await user.type("\\cold\n")
        assert user.names == COLD[::-1]


async def test_a_batch_of_the_backlog_is_narrowed_and_goes_on(sit: Sit):
    async with sit() as user:
        sitting = user.sweep.sitting
        user.sweep.sweep_batch(sitting.inbox.batch())
        await user.pilot.pause()
        names = user.names
        await user.press("x")
        await user.type("\\cold\n")
        assert sorted(user.names) == sorted(COLD)
        assert user.status == "4 of 11 in this batch with “cold” — Esc goes back"
        await user.press("G", "j")
        assert user.status.startswith("End of this batch with “cold”")
        await user.type("\\zoe\n")
        assert user.status == "1 of 4 in this batch with “cold” with “zoe” — Esc goes back"
        await user.press("escape", "escape")
        assert (user.names, sitting.is_in_batch, user.sweep.list.cursor) == (names, True, 1)


async def test_a_sweep_does_not_end_with_what_was_found_in_it(sit: Sit):
    async with sit() as user:
        await user.press("g", "s")
        await user.type("\\zoe\n")
        await user.press("x")
        assert user.app.screen is user.sweep
        assert user.status.startswith("Junked Zoë Berg")


# ── while it is typed ──


async def test_what_is_wrong_is_pointed_at_and_what_was_found_stays(sit: Sit):
    async with sit() as user:
        await user.type("/cold is:nonsense x")
        assert user.names == COLD
        lines = user.screen.splitlines()
        at = next(number for number, line in enumerate(lines) if "cold is:nonsense x" in line)
        assert lines[at + 1].rstrip().endswith("^" * len("nonsense"))
        assert lines[at + 1].index("^") == lines[at].index("nonsense")
        assert "is: knows no nonsense" in user.screen
        await user.press("enter")
        assert user.prompt == "cold is:nonsense x"
        await user.press("escape")
        assert len(user.names) == 11


async def test_enter_asks_for_the_end_of_what_was_begun(sit: Sit):
    async with sit() as user:
        await user.type("/cold is:")
        assert "^" not in user.screen
        await user.press("enter")
        assert user.prompt == "cold is:"
        assert "^" in user.screen
        await user.type("new\n")
        assert user.names == COLD


async def test_the_newest_are_said_only_where_there_are_more(sit: Sit, tmp_path: Path, clock: Clock):
    export = ExportBuilder()
    for number in range(2 * FOUND + 1):
        export.invitation(f"Person {number}", note="Your talk" if number % 2 else "Your audit")
    with closing(Inbox.open(tmp_path / "many.db", clock=clock)) as inbox:
        inbox.import_from(export.zip(tmp_path))
    async with sit(path=tmp_path / "many.db") as user:
        await user.type("/talk")
        await user.until(lambda: f"{FOUND} found, newest first · Enter keeps" in user.screen)
        await user.press("ctrl+u")
        await user.type("audit")
        await user.until(lambda: f"The newest {FOUND}, newest first · Enter keeps" in user.screen)
        await user.press("enter")
        await user.until(lambda: user.status.startswith(f"{FOUND + 1} found with"))


async def test_it_is_known_whether_as_many_as_are_kept_are_all(sit: Sit):
    async with sit() as user:
        inbox = user.sweep.sitting.inbox
        kept = {limit: inbox.ids(View.ALL, "cold", limit=limit, seconds=9) for limit in (3, 4, 5)}
        assert {limit: ids.may_be_more for limit, ids in kept.items()} == {3: True, 4: False, 5: False}


@pytest.mark.parametrize(
    ("typed", "then", "is_anew"),
    [
        ("cold", "  cold ", False), ("is:new cold", "is:new  cold", False),
        ("(cold chain) OR li", "(cold OR chain) OR li", True), ("cold -", "cold -", True),
        ('"cold chain"', '"cold  chain"', True),
    ],
)  # fmt: skip
async def test_what_means_the_same_stays_as_it_is_shown(sit: Sit, typed: str, then: str, is_anew: bool):
    async with sit() as user:
        sitting, outer = user.sweep.sitting, user.sweep._here()
        assert sitting.search(typed, outer, typing=True)
        ids = sitting.ids
        assert sitting.search(then, outer)
        assert (sitting.ids is not ids) == is_anew


async def test_tab_writes_what_may_follow(sit: Sit):
    async with sit() as user:
        await user.press("slash")
        assert "from:" in user.screen
        await user.type("ha")
        assert "has:" in user.screen
        await user.press("tab", "tab")
        assert user.prompt == "has:note"
        assert len(user.names) == 4
        await user.press("tab", "shift+tab", "enter")
        assert user.status == "4 found with “has:note”, newest first — Esc goes back"


async def test_a_name_is_offered_by_its_last_word_without_accents(sit: Sit):
    async with sit() as user:
        await user.type("/from:nov")
        await user.press("tab")
        assert user.prompt == 'from:"Mira Novak"'
        assert user.names == ["Mira Novak"]


async def test_earlier_searches_are_recalled(sit: Sit):
    async with sit() as user:
        await user.type("/cold\n\\zoe\n")
        await user.press("escape", "escape")
        await user.type("/mi")
        await user.press("up", "up")
        assert (user.prompt, user.names) == ("cold", COLD)
        await user.press("down", "down")
        assert (user.prompt, user.names) == ("mi", ["Mira Novak"])


async def test_keys_typed_in_one_burst_search_and_decide_in_what_was_found(sit: Sit):
    async with sit() as user:
        await user.type("/zoe\nx")
        await user.press("escape")
        assert len(user.names) == 11
        assert [row.person.name for row in user.sweep.sitting.inbox.rows(user.sweep.sitting.inbox.ids(View.JUNK)[:])] == [
            "Zoë Berg"
        ]  # fmt: skip


async def test_the_prompt_has_room_in_a_narrow_window(sit: Sit):
    async with sit((60, 20)) as user:
        await user.type("/cold ")
        assert "from:" in user.screen
        await user.type("is:nonsense x")
        assert "^^^" in user.screen
        assert "Ana Ruiz" in user.screen


# ── there and back, at random ──


class _Seen(NamedTuple):
    ids: list[int]
    words: str
    view: View
    cursor: int
    top: int


def seen(user: User) -> _Seen:
    sitting, shown = user.sweep.sitting, user.sweep.list
    return _Seen(sitting.ids[:], sitting.words, sitting.view, shown.cursor, shown.scroll_offset.y)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 10))])
async def test_however_one_searches_each_esc_shows_what_was_there_before(sit: Sit, seed: int):
    lot = random.Random(seed)
    async with sit((120, 12)) as user:
        behind: list[_Seen] = []
        for _ in range(25):
            here = seen(user)
            match lot.choice(["move", "move", "decide", "narrow", "everything", "abandoned", "wrong", "back", "back"]):
                case "move":
                    await user.press(lot.choice(["j", "G", "ctrl+d", "k"]))
                case "decide" if here.ids:
                    await user.press("x", "u")
                    assert seen(user).ids == here.ids
                case "narrow":
                    await user.type(f"\\{lot.choice(['co', 'zoe', 'is:new', 'audits', '-ana'])}\n")
                    behind.append(here)
                case "everything" if not user.sweep.sitting.words:
                    await user.type(f"/{lot.choice(['co', 'mi', 'linkedin', 'part'])}\n")
                    behind.append(here)
                case "abandoned":
                    await user.type(lot.choice(["/cold", "\\an", "/zz", "\\is:held", "/c", "/"]))
                    await user.press("escape")
                    assert seen(user) == here
                case "wrong":
                    await user.type("\\is:nonsense x\n")
                    await user.press("escape")
                    assert seen(user) == here
                case "back" if behind:
                    await user.press("escape")
                    assert seen(user) == behind.pop()


async def test_the_end_of_what_is_found_is_told_as_that(sit: Sit):
    async with sit((80, 24)) as user:
        await user.type("/cold\n")
        await user.press("G", "j")
        assert user.status == "End of All with “cold”"
        await user.press("x")
        assert user.status.endswith("End of All with “cold” — 1 decided in this sitting")
        assert user.screen.splitlines()[-2] == " Junked Zoë Berg — u undoes · End of All with “cold”", (
            "cut to what has room"
        )


async def test_of_a_line_longer_than_the_window_the_end_is_seen_with_carets_below_the_mistake(sit: Sit):
    async with sit((80, 24)) as user:
        await user.type("/" + "cold " * 20 + "is:nonsense x")
        lines = user.screen.splitlines()
        at = next(number for number, line in enumerate(lines) if "is:nonsense x" in line)
        assert lines[at + 1].rindex("^") == lines[at].rindex("e")
