"""Twins on the screen: seen before anything is decided, decided on at once, taken back at once."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.inbox import Inbox
from tests.builders import ExportBuilder
from tests.tui.conftest import Sit, User

PITCH = "Hi Alex, we help founders at {} book thirty qualified calls a month, guaranteed, without any cold calling."


@pytest.fixture
def store(tmp_path: Path, clock) -> Path:
    """From the newest: Tom's pitch, Ana's own words, the same pitch of Ben and of Cy."""
    export = ExportBuilder()
    export.invitation("Cy Fox", note=PITCH.format("Blue Harbor")).invitation("Ben Lee", note=PITCH.format("Acme"))
    export.invitation("Ana Ruiz", note="I enjoyed your talk on cold-chain audits in Hamburg.")
    export.invitation("Tom Becker", note=PITCH.format("Acme"))
    with closing(Inbox.open(tmp_path / "inbox.db", clock=clock)) as inbox:
        inbox.import_from(export.zip(tmp_path))
    return tmp_path / "inbox.db"


def states(user: User) -> dict[str, str]:
    sitting = user.sweep.sitting
    return {row.person.name: row.state.value for row in sitting.inbox.rows(sitting.ids[:])}


def marked(user: User) -> list[str]:
    """The names of the rows that are marked."""
    return [" ".join(line.split()[1:3]) for line in user.screen.splitlines() if line.lstrip().startswith("=")]


async def test_names_and_differing_words_are_shown_before_anything_is_decided(sit: Sit):
    async with sit() as user:
        await user.press("=")
        card = " ".join(user.card.split())
        assert card.startswith("Tom Becker and 2 others wrote nearly the same all 3 are new")
        assert "differs: “Acme” · “Blue Harbor”" in card
        assert "Cy Fox new Blue Harbor" in card
        assert marked(user) == ["Ben Lee", "Cy Fox"]
        assert user.status == "3 of 3 new — x junks them, a e h too — Esc leaves all as it was"
        assert set(states(user).values()) == {"new"}


@pytest.mark.parametrize(("key", "state"), [("x", "junk"), ("a", "to-accept"), ("e", "done")])
async def test_a_decision_is_for_all_of_them_as_one_act_and_one_undo(sit: Sit, key: str, state: str):
    async with sit() as user:
        await user.press("=", key)
        assert states(user) == {"Tom Becker": state, "Ana Ruiz": "new", "Ben Lee": state, "Cy Fox": state}
        assert "Tom Becker and 2 more" in user.status
        assert user.under_cursor == "Ana Ruiz"
        assert marked(user) == []
        await user.press("u")
        assert set(states(user).values()) == {"new"}
        assert user.under_cursor == "Tom Becker"


async def test_they_are_held_with_one_answer(sit: Sit):
    async with sit() as user:
        await user.press("=", "h")
        assert user.prompt == ""
        await user.type("in 2 weeks\n")
        assert states(user) == {"Tom Becker": "held", "Ana Ruiz": "new", "Ben Lee": "held", "Cy Fox": "held"}


async def test_a_question_that_is_left_leaves_them_selected(sit: Sit):
    async with sit() as user:
        await user.press("=", "h", "escape")
        assert marked(user) == ["Ben Lee", "Cy Fox"]
        await user.press("escape")
        assert marked(user) == []


async def test_esc_leaves_all_as_it_was_the_cursor_included(sit: Sit):
    async with sit() as user:
        await user.press("j", "j")
        before = user.screen
        await user.press("=")
        assert user.screen != before
        await user.press("escape")
        assert user.screen == before
        assert user.under_cursor == "Ben Lee"


async def test_whoever_was_decided_on_before_is_listed_and_left_alone(sit: Sit):
    async with sit() as user:
        await user.press("G", "x", "g", "g", "=")
        assert "2 of 3 are new; 1 you junked before" in user.card
        assert "Cy Fox" in user.card
        await user.press("e")
        assert states(user) == {"Tom Becker": "done", "Ana Ruiz": "new", "Ben Lee": "done", "Cy Fox": "junk"}


async def test_where_none_is_new_nothing_is_decided(sit: Sit):
    async with sit() as user:
        await user.press("=", "x", "g", "g", "=")
        assert "none of 3 is new; 3 you junked before" in user.card
        await user.press("a")
        assert user.status == "None of them is new: nothing to decide"
        assert states(user)["Tom Becker"] == "junk"


async def test_who_is_like_nobody_has_none(sit: Sit):
    async with sit() as user:
        await user.press("j", "=")
        assert user.status == "Nobody else wrote nearly the same as Ana Ruiz"
        await user.press("x")
        assert list(states(user).values()).count("junk") == 1


@pytest.mark.parametrize("note", ["Great talk yesterday, thanks!", ""])
async def test_of_a_text_too_short_to_compare_nothing_is_claimed(sit: Sit, clock, tmp_path: Path, note: str):
    export = ExportBuilder().invitation("Ana Ruiz", note=note).invitation("Ben Lee", note=note)
    with closing(Inbox.open(tmp_path / "short.db", clock=clock)) as inbox:
        inbox.import_from(export.zip(tmp_path, "short.zip"))
    async with sit(path=tmp_path / "short.db") as user:
        await user.press("=")
        assert user.status == "Too few words of Ben Lee to tell who else wrote them"


@pytest.mark.parametrize("key", ["j", "n", "+", "-", "w", "g", "/"])
async def test_what_is_not_for_all_of_them_leaves_them_first(sit: Sit, key: str):
    async with sit() as user:
        await user.press("=", key, *(["a"] if key == "g" else []))
        assert user.sweep.twins is None
        assert marked(user) == []


async def test_keys_typed_in_one_burst_are_understood(sit: Sit):
    async with sit() as user:
        await user.type("jj=x")
        assert states(user) == {"Tom Becker": "junk", "Ana Ruiz": "new", "Ben Lee": "junk", "Cy Fox": "junk"}


async def test_in_a_narrow_window_they_stand_in_place_of_the_list(sit: Sit):
    async with sit((80, 24)) as user:
        await user.press("=")
        assert "Tom Becker and 2 others wrote nearly the same" in user.screen
        assert "Cy Fox" in user.screen
        await user.press("escape")
        assert "▌ Tom Becker" in user.screen


async def test_the_card_and_the_evidence_say_that_such_texts_were_junked(sit: Sit):
    async with sit() as user:
        await user.press("G", "x", "g", "g")
        await user.judged()
        assert "same text from 2 others, 1 of them you junked" in " ".join(user.card.split())


async def test_an_empty_list_has_none(sit: Sit, tmp_path: Path):
    async with sit(path=tmp_path / "other.db") as user:
        await user.press("=")
        assert "wrote nearly" not in user.screen
