"""The list: what a row shows and where, how the cursor moves, and that a million items cost no more than ten."""

from datetime import UTC, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content
from textual.events import MouseScrollDown, MouseScrollUp

from linkinbox.model import FiledBecause, Kind, State
from linkinbox.text import SafeText
from linkinbox.tui import marks
from linkinbox.tui.widgets.item_list import ItemList
from linkinbox.tui.widgets.painting import width_of
from linkinbox.tui.widgets.rolling import WHEEL
from linkinbox.tui.widgets.row_line import columns, row_line, state_word
from linkinbox.tui.widgets.row_pages import PAGE, PAGES_KEPT
from tests.hostile import HOSTILE
from tests.tui.stage import NOW, Stage, row

NAMES = ["Ana Ruiz", "伊藤 美咲", "مريم الحسيني", "Ngọc Anh Trần", "👨‍👩‍👧 Family Office", "Zoë\u0301", "", "x" * 300]


def word(shown, width):
    return state_word(shown, NOW, columns(width).right)


def in_one_line(shown, width, *, cursor=False):
    return "".join(text for text, _ in row_line(shown, columns(width), word(shown, width), cursor=cursor))


def listing(count, *, rows_of=None, cursor=0):
    read = []

    def rows(ids):
        read.append(len(ids))
        return [row(number) for number in ids]

    shown = ItemList(rows_of or rows, lambda: NOW)
    return shown, Stage(shown, lambda: shown.show(range(count), cursor=cursor)), read


# ── a row ──


@pytest.mark.parametrize("width", [20, 29, 30, 42, 59, 60, 74, 80, 140, 200])
@pytest.mark.parametrize("name", NAMES)
def test_a_row_is_as_wide_as_the_list_whatever_script_its_name_is_in(name, width):
    assert cell_len(in_one_line(row(name=name, text=name * 9), width)) == width


@given(name=st.text(max_size=40), text=st.text(max_size=200), width=st.integers(20, 200))
@settings(max_examples=60, deadline=None)
def test_every_column_starts_at_the_same_cell_on_every_row(name, text, width):
    at = columns(width)
    pieces = row_line(row(name=name, text=text), at, SafeText("1 mo"), cursor=False)
    plain = row_line(row(name="Ana Ruiz", text="Hello"), at, SafeText("1 mo"), cursor=False)
    assert [width_of([piece]) for piece in pieces] == [width_of([piece]) for piece in plain]


def test_where_time_left_is_asked_for_each_row_tells_it():
    waiting = row()._replace(believed_until=(NOW + timedelta(days=160)).date())
    assert state_word(waiting, NOW, 11, counts_down=True) == "160 d left"
    assert "left" not in state_word(waiting, NOW, 11)


async def test_what_a_script_that_terminals_draw_wider_left_beside_the_list_is_painted_over(monkeypatch):
    shown, stage, _ = listing(1, rows_of=lambda ids: [row(name="Ana Ruiz" if id_ else "नीरा शर्मा") for id_ in ids])
    async with stage.run_test() as pilot:
        painted = []
        monkeypatch.setattr(stage.screen, "refresh", lambda *regions, **_: painted.append(regions))
        shown.show([1])
        assert painted == [()], "all of the screen"
        await pilot.pause(0.1)  # it is painted
        shown.show([2])
        assert painted == [()]
        monkeypatch.undo()
        await pilot.pause()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_name_or_text_stays_in_its_line(text):
    line = in_one_line(row(name=text, text=text), 80)
    assert cell_len(line) == 80
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in line)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({}, "2 h"),
        ({"at": NOW - timedelta(days=12)}, "12 d"),
        ({"state": State.TO_ACCEPT}, "to accept"),
        ({"state": State.TO_ACCEPT, "carried_out": True}, "connected"),
        ({"state": State.TO_REPLY}, "to reply"),
        ({"state": State.TO_REPLY, "carried_out": True}, "replied"),
        ({"state": State.JUNK}, "junk"),
        ({"state": State.DONE}, "done"),
        ({"state": State.FILED, "filed_because": FiledBecause.CONNECTED}, "connected"),
        ({"state": State.FILED, "filed_because": FiledBecause.REPLIED}, "replied"),
        ({"state": State.HELD, "held_until": NOW + timedelta(days=3)}, "held to Fri"),
        ({"held_until": NOW}, "back"),
        ({"state": State.HELD, "held_until": NOW + timedelta(days=20)}, "held 14 Dec"),
        ({"state": State.HELD, "held_until": NOW + timedelta(days=400)}, "held 2027"),
        ({"state": State.TO_ACCEPT, "call_at": NOW + timedelta(hours=6)}, "call 15:00"),
        ({"state": State.TO_ACCEPT, "call_at": NOW + timedelta(days=6)}, "call Mon"),
    ],
)
def test_the_right_end_tells_the_age_or_the_state(facts, word):
    assert state_word(row(**facts), NOW, 11) == word


def test_a_time_is_told_in_the_zone_of_the_clock():
    call = (NOW + timedelta(hours=6)).astimezone(UTC)
    assert state_word(row(call_at=call), NOW, 11) == "call 15:00"


@pytest.mark.parametrize(
    ("facts", "mark"),
    [
        ({"gold": True, "sponsored": True}, "★"),
        ({"call_at": NOW + timedelta(days=1)}, "☎"),
        ({"state": State.HELD}, "◷"),
        ({"sponsored": True}, "ad"),
        ({"held_until": NOW}, "◷"),
    ],
)
def test_there_is_one_mark_the_weightiest(facts, mark):
    line = in_one_line(row(**facts), 80)
    assert mark in line
    assert sum(line.count(other) for other in ("★", "☎", "◷", "ad ")) == 1


def test_every_mark_has_a_plain_twin():
    shown = row(gold=True, name="x" * 60, text="y" * 300, state=State.NEW)
    try:
        marks.use(marks.ASCII)
        assert in_one_line(shown, 80, cursor=True).isascii()
    finally:
        marks.use(marks.UNICODE)


def test_an_item_without_words_says_so():
    assert "(no note)" in in_one_line(row(text=" \n"), 80)
    assert "(no text)" in in_one_line(row(text="", kind=Kind.CONVERSATION), 80)


def test_the_excerpt_takes_the_room_that_the_age_leaves():
    line = in_one_line(row(text="word " * 40, at=NOW), 80)
    assert line.endswith(" wo…  now ")


# ── the list ──


async def test_any_number_of_items_is_shown_in_any_window():
    shown, app, _ = listing(0)
    async with app.run_test() as pilot:
        for size in [(20, 1), (20, 3), (33, 5), (80, 24), (200, 60)]:
            await pilot.resize_terminal(*size)
            for count in (0, 1, 7, 1_000_000):
                shown.show(range(count))
                await pilot.pause()
                assert all(cell_len(line) == size[0] for line in app.lines())
                assert shown.virtual_size.width <= size[0]
                shown.move_to(count)
                shown.move_by(-3)
                assert shown.cursor == max(0, count - 4)
                assert shown.cursor_id == (max(0, count - 4) if count else None)


async def test_an_empty_list_says_what_would_be_here():
    shown, app, _ = listing(0)
    shown.empty = Content("Nothing is held. h holds an item.")
    async with app.run_test(size=(60, 5)) as pilot:
        await pilot.pause()
        assert app.lines()[1].strip() == "Nothing is held. h holds an item."


async def test_leaving_the_window_scrolls_by_half_a_screen():
    shown, app, _ = listing(100)
    async with app.run_test(size=(80, 20)):
        shown.move_to(19)
        assert shown.scroll_offset.y == 0
        shown.move_by(1)
        assert shown.scroll_offset.y == 10
        shown.move_to(9)
        assert shown.scroll_offset.y == 0


async def test_a_move_in_the_window_repaints_two_lines():
    shown, app, _ = listing(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        painted = []
        render_line = shown.render_line
        shown.render_line = lambda y: painted.append(y) or render_line(y)
        shown.move_by(1)
        await pilot.pause()
        assert sorted(painted) == [0, 1]


async def test_a_walk_through_a_million_items_holds_few_rows():
    shown, app, read = listing(1_000_000)
    async with app.run_test(size=(80, 20)) as pilot:
        for index in range(0, 1_000_000, 50_000):
            shown.move_to(index)
            await pilot.pause()
        assert max(read) <= PAGE
        assert shown._pages.held <= PAGE * PAGES_KEPT <= 1_100


async def test_a_decided_row_keeps_its_place_and_tells_its_state():
    shown, app, _ = listing(10)
    async with app.run_test(size=(80, 12)) as pilot:
        shown.replace([row(3, state=State.JUNK)])
        await pilot.pause()
        assert app.lines()[3].rstrip().endswith("junk")
        assert app.lines()[2].rstrip().endswith("2 h")


async def test_forgotten_pages_are_read_again():
    state = State.NEW
    shown, app, _ = listing(10, rows_of=lambda ids: [row(number, state=state) for number in ids])
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        state = State.DONE
        shown.forget_pages()
        await pilot.pause()
        assert app.lines()[0].rstrip().endswith("done")


async def test_a_move_is_told_and_a_move_to_the_same_place_is_not():
    shown, app, _ = listing(10)
    async with app.run_test() as pilot:
        shown.move_by(-1)
        assert await app.posts(pilot, ItemList.Moved) == []
        shown.move_by(4)
        (moved,) = {id(post): post for post in await app.posts(pilot, ItemList.Moved)}.values()
        assert (moved.index, moved.id) == (4, 4)


async def test_a_click_selects_and_a_double_click_opens():
    shown, app, _ = listing(10)
    async with app.run_test() as pilot:
        await pilot.click(shown, offset=(5, 4))
        assert shown.cursor == 4
        assert await app.posts(pilot, ItemList.Opened) == []
        await pilot.click(shown, offset=(5, 4))
        assert await app.posts(pilot, ItemList.Opened) == []
        await pilot.double_click(shown, offset=(5, 4))
        assert (await app.posts(pilot, ItemList.Opened))[0].id == 4
        await pilot.click(shown, offset=(5, 20))
        assert shown.cursor == 4


async def test_the_wheel_scrolls_and_the_cursor_stays_in_sight():
    shown, app, _ = listing(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot._post_mouse_events([MouseScrollDown], shown, (5, 5))
        await pilot.pause()
        assert shown.scroll_offset.y == shown.cursor == WHEEL, "the next key decides on what is seen"
        await pilot._post_mouse_events([MouseScrollUp], shown, (5, 5))
        await pilot.pause()
        assert (shown.scroll_offset.y, shown.cursor) == (0, WHEEL)


async def test_a_smaller_window_keeps_the_cursor_in_sight():
    shown, app, _ = listing(100, cursor=18)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.resize_terminal(40, 5)
        await pilot.pause()
        top = shown.scroll_offset.y
        assert top <= 18 < top + 5
        assert "▌" in "".join(app.lines())


async def test_a_new_theme_repaints_every_row():
    shown, app, _ = listing(3)
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.pause()
        before = shown.render_line(1)
        app.theme = "linkinbox-light"
        await pilot.pause()
        assert list(before)[1].style != list(shown.render_line(1))[1].style
