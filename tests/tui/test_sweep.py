"""The daily sweep, on the real screen over a real inbox."""

from __future__ import annotations

import pytest

from linkinbox.actions import ACTIONS
from linkinbox.decisions import Junk
from linkinbox.errors import DiskFullError
from linkinbox.inbox import Inbox
from linkinbox.model import State, View
from tests.conftest import Clock
from tests.tui.conftest import Sit

FIRST, SECOND, THIRD, FOURTH = "LinkedIn Member", "Mira Novak", "Luis Marín", "Ana Ruiz"


async def test_a_decision_is_shown_in_place_and_the_cursor_goes_on(sit: Sit):
    async with sit() as user:
        await user.press("x")
        assert user.under_cursor == SECOND
        assert user.names[0] == FIRST, "no row moves"
        assert user.sweep.sitting.inbox.counts()[View.JUNK] == 1
        assert user.status == "Junked LinkedIn Member — u undoes"
        await user.press("a", "a", "e")
        assert user.status == "Done with Ana Ruiz — u undoes"
        counts = user.sweep.sitting.inbox.counts()
        assert (counts[View.TO_REPLY], counts[View.NEW]) == (2, 7)


async def test_what_is_decided_says_whether_it_is_to_be_accepted_or_answered(sit: Sit):
    async with sit() as user:
        await user.press("j", "a")
        assert user.status == "To reply: Mira Novak — u undoes"
        await user.press("j", "a")
        assert user.status == "To accept: Ana Ruiz — u undoes"


async def test_a_count_decides_on_several_as_one(sit: Sit):
    async with sit() as user:
        await user.press("3", "x")
        assert user.status == "Junked LinkedIn Member and 2 more — u undoes"
        assert user.under_cursor == FOURTH
        await user.press("u")
        assert user.sweep.sitting.inbox.counts()[View.JUNK] == 0
        assert user.under_cursor == FIRST


async def test_undo_and_redo_go_back_and_forth_with_the_cursor(sit: Sit):
    async with sit() as user:
        await user.press("x", "x", "a", "G", "u")
        assert (user.under_cursor, user.status) == (THIRD, "Taken back: accepting Luis Marín — ctrl+r does it again")
        await user.press("u", "u")
        assert user.under_cursor == FIRST
        await user.press("u")
        assert user.status == "Nothing to take back"
        await user.press("ctrl+r")
        assert (user.under_cursor, user.status) == (FIRST, "Junked LinkedIn Member — u undoes")
        await user.press("5", "ctrl+r")
        assert user.sweep.sitting.inbox.counts()[View.JUNK] == 2


async def test_a_decision_of_yesterday_can_be_taken_back(sit: Sit):
    async with sit() as user:
        await user.press("j", "j", "j", "x")
    async with sit() as user:
        assert FOURTH not in user.names
        await user.press("u")
        assert user.under_cursor == FOURTH
        assert user.sweep.sitting.view is View.NEW


async def test_redo_of_what_is_in_no_view_here_opens_one_that_has_it(sit: Sit):
    async with sit() as user:
        await user.press("x", "u", "g", "h", "ctrl+r")
        assert user.sweep.sitting.view is View.JUNK
        assert user.under_cursor == FIRST


async def test_gold_is_marked_and_unmarked_without_moving_on(sit: Sit):
    async with sit() as user:
        await user.press("j", "plus")
        assert (user.under_cursor, user.status) == (SECOND, "Gold: Mira Novak — u undoes")
        await user.press("plus")
        assert user.status == "No longer gold: Mira Novak — u undoes"


async def test_at_the_end_of_the_list_the_cursor_stays_and_that_is_said(sit: Sit):
    async with sit() as user:
        await user.press("G", "j")
        assert user.status == "End of New"
        await user.press("x", "x")
        assert user.status == "Junked Li Wei — u undoes · End of New — 1 decided in this sitting"
        assert user.under_cursor == user.names[-1]
        assert user.sweep.sitting.inbox.counts()[View.JUNK] == 1


async def test_a_failure_is_told_and_loses_nothing(sit: Sit, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **_more: object) -> None:
        raise DiskFullError("There is no room left on the disk", "Make room; what was decided before is kept")

    async with sit() as user:
        monkeypatch.setattr(user.sweep.sitting.inbox, "apply", full)
        await user.press("x")
        assert user.status == "There is no room left on the disk. Make room; what was decided before is kept"
        assert user.under_cursor == FIRST
        await user.type("nwhy\n")
        monkeypatch.undo()
        await user.press("n")
        assert user.prompt == "why", "the words are not lost with the disk"


async def test_the_card_follows_the_cursor(sit: Sit):
    async with sit() as user:
        assert "Grow your pipeline" in user.card
        await user.press("j", "j")
        assert "Are you around on Tuesday?" in user.card


async def test_a_held_key_reads_no_card_it_does_not_show(sit: Sit, monkeypatch: pytest.MonkeyPatch):
    async with sit() as user:
        read: list[int] = []
        item = user.sweep.sitting.inbox.item
        monkeypatch.setattr(
            user.sweep.sitting.inbox, "item", lambda one, **more: (read.append(one), item(one, **more))[1]
        )
        await user.press(*["j"] * 10)
        assert user.under_cursor == user.names[10]
        assert len(read) <= 3


async def test_moves_go_by_one_by_pages_and_by_count(sit: Sit):
    async with sit() as user:
        for keys, index in [
            ("j", 1), ("5 j", 6), ("3 k", 3), ("G", 10), ("g g", 0), ("4 G", 3), ("down", 4), ("up", 3), ("end", 10),
            ("home", 0), ("ctrl+d", 10), ("ctrl+u", 0), ("pagedown", 10), ("pageup", 0), ("k", 0),
        ]:  # fmt: skip
            await user.press(*keys.split())
            assert user.sweep.list.cursor == index, keys


async def test_what_was_begun_is_shown_and_esc_forgets_it(sit: Sit):
    async with sit() as user:
        await user.press("1", "2")
        assert user.status == "12"
        await user.press("escape", "x")
        assert user.sweep.sitting.inbox.counts()[View.JUNK] == 1
        await user.press("g", "z")
        assert user.status == "gz is no key"
        await user.press("j", "k")
        assert user.status == "Junked LinkedIn Member — u undoes", "it stays until something else is said"


async def test_a_paste_into_the_list_does_nothing(sit: Sit):
    from textual import events

    async with sit() as user:
        user.app.post_message(events.Paste("xxaa\nuuqq"))
        await user.pilot.pause()
        assert user.under_cursor == FIRST
        assert user.sweep.sitting.inbox.log() == []


async def test_every_view_opens_and_an_empty_one_says_what_would_be_there(sit: Sit):
    async with sit() as user:
        for action in ACTIONS:
            if action.view:
                await user.press(*action.keys[0].split())
                assert user.sweep.sitting.view is action.view
                if not user.names:
                    assert user.sweep.list.empty.plain in " ".join(user.screen.replace("│", " ").split())


async def test_in_an_empty_view_no_key_does_harm(sit: Sit):
    async with sit() as user:
        await user.press(
            "g", "o", "j", "x", "a", "n", "c", "plus", "h", "o", "y", "u", "enter", "escape", "G", "g", "g"
        )
        assert user.prompt is None
        assert user.sweep.sitting.inbox.log() == []


async def test_opening_a_view_afresh_leaves_what_was_decided_behind(sit: Sit):
    async with sit() as user:
        await user.press("x", "g", "n")
        assert FIRST not in user.names
        assert user.under_cursor == SECOND


async def test_tab_turns_the_views_where_there_is_room_for_all_panes(sit: Sit):
    async with sit() as user:
        await user.press("tab")
        assert user.sweep.sitting.view is View.INVITATIONS
        await user.press("shift+tab", "shift+tab")
        assert user.sweep.sitting.view is View.ALL


async def test_what_another_program_brings_waits_behind_a_mark(sit: Sit, store, clock: Clock):
    other = Inbox.open(store, clock=clock)
    junked = other.ids(View.NEW)[2]
    other.apply(Junk(), [junked])
    async with sit() as user:
        before = user.names
        other.undo()
        user.sweep.look_outside()
        await user.pilot.pause()
        assert user.names == before, "rows never move under the cursor"
        assert "1 more: gn" in user.screen
        await user.press("g", "n")
        assert len(user.names) == len(before) + 1
        assert "1 more" not in user.screen
    other.close()


async def test_what_another_program_decides_is_shown_where_it_stands(sit: Sit, store, clock: Clock):
    other = Inbox.open(store, clock=clock)
    async with sit() as user:
        before = user.names
        other.apply(Junk(), other.ids(View.NEW)[:2])
        user.sweep.look_outside()
        await user.pilot.pause()
        assert user.names == before, "rows never move under the cursor"
        assert [row.state for row in map(user.sweep.list._pages.row, range(3))] == [State.JUNK, State.JUNK, State.NEW]
        assert "10:30 junk" in user.card
    other.close()


async def test_several_acts_taken_back_at_once_are_counted(sit: Sit):
    async with sit() as user:
        await user.press("x", "x", "a", "3", "u")
        assert user.status == f"3 acts. The last: Taken back: junking {FIRST} — ctrl+r does it again"
        await user.press("2", "ctrl+r")
        assert user.status.startswith("2 acts. The last: Junked ")


async def test_the_mark_counts_what_comes_while_one_decides_and_undoes(sit: Sit, store, clock: Clock):
    other = Inbox.open(store, clock=clock)
    for id_ in other.ids(View.NEW)[2:5]:
        other.apply(Junk(), [id_])
    async with sit() as user:
        other.undo()
        await user.press("x")
        other.undo()
        await user.press("a", "2", "e")
        user.sweep.look_outside()
        await user.press("k", "n")
        assert "2 more: gn" in user.screen
    other.close()


async def test_a_decision_taken_back_is_not_taken_for_a_new_item(sit: Sit):
    async with sit() as user:
        await user.press("g", "i", "3", "x", "u", "ctrl+r", "u", "a", "u")
        assert "more: gi" not in user.screen


async def test_a_move_is_one_frame_of_two_rows_and_what_differs_in_the_card(sit: Sit, monkeypatch: pytest.MonkeyPatch):
    async with sit() as user:
        frames: list[list[tuple[int, int, int]]] = []
        monkeypatch.setattr(user.app, "_display", lambda _screen, update: frames.append(update.spans))
        await user.press("j")
        await user.pilot.pause(0.1)
        (spans,) = frames
        card = user.sweep.card.region
        rows = {y for y, left, _ in spans if left < card.x}
        assert rows == {user.sweep.list.region.y, user.sweep.list.region.y + 1}
        assert all(card.contains(left, y) for y, left, _ in spans if y not in rows)


async def test_a_hold_that_came_due_is_back(sit: Sit, clock: Clock):
    async with sit() as user:
        await user.type("htomorrow 9:00\n")
        await user.press("g", "n")
        assert FIRST not in user.names
        clock.forward(days=1)
        user.sweep._wake()
        await user.press("g", "n")
        assert FIRST in user.names


async def test_in_an_empty_view_what_comes_is_shown_at_once(sit: Sit, clock: Clock):
    async with sit() as user:
        await user.type("htomorrow 9:00\n")
        await user.press("9", "9", "x", "g", "n")
        assert user.names == []
        clock.forward(days=1)
        user.sweep._wake()
        await user.pilot.pause()
        assert user.names == [FIRST]


async def test_nothing_is_decided_while_the_path_hides_it(sit: Sit):
    async with sit((80, 24)) as user:
        await user.press("x", "tab", "tab", "x")
        assert user.status == "Esc shows the item to decide on"
        await user.press("u")
        assert user.sweep.sitting.inbox.counts()[View.JUNK] == 0
        await user.press("escape", "x")
        assert user.status == "Junked LinkedIn Member — u undoes"


async def test_y_copies_name_and_link(sit: Sit):
    async with sit() as user:
        await user.press("j", "j", "j", "y")
        assert user.app.clipboard == "Ana Ruiz https://www.linkedin.com/in/ana-ruiz"


async def test_o_opens_the_profile_of_an_invitation_and_the_thread_of_a_message(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
):
    opened: list[str] = []
    monkeypatch.setattr("linkinbox.links.open_in_browser", opened.append)
    async with sit() as user:
        await user.press("j", "j", "o", "j", "o")
    assert opened[0].startswith("https://www.linkedin.com/messaging/thread/")
    assert opened[1] == "https://www.linkedin.com/in/ana-ruiz"
