"""The lines around the list, and the menu: what matters most stays as the window narrows."""

from datetime import timedelta

import pytest
from rich.cells import cell_len

from linkinbox.model import Counts, View
from linkinbox.text import SafeText
from linkinbox.tui.widgets.lines import FootLine, StatusLine
from linkinbox.tui.widgets.menu import Menu
from linkinbox.tui.widgets.tabs import ViewTabs
from linkinbox.tui.widgets.top_line import TopLine
from tests.tui.stage import NOW, Stage

VIEWS = {View.NEW: 40, View.INVITATIONS: 28, View.MESSAGES: 12, View.CALLS: 2, View.TO_ACCEPT: 5, View.ALL: 20_345}
COUNTS = Counts(VIEWS, NOW - timedelta(days=12), due=3, calls_due=1)
FOOT = [("a", "Accept", "accept"), ("x", "Junk", "junk"), ("u", "Undo", "undo"), ("?", "Help", "help")]


def line_of(widget, begin, width=80):
    begin()
    line = "".join(text for text, _ in widget.line(width))
    return line + " " * (width - cell_len(line))


def top(counts=COUNTS, width=80):
    line = TopLine()
    return line_of(line, lambda: line.show(counts, now=NOW), width)


def test_the_top_tells_what_waits_and_how_old_the_data_are():
    line = top(width=140)
    assert "linkinbox" in line
    assert "40 new · 1 call to record · 3 back from hold · 1 call · 5 to carry out" in line
    assert line.rstrip().endswith("data of 12 Nov, 12 d old")


def test_what_matters_least_goes_first():
    assert "1 call ·" not in top(width=64)
    assert "5 to carry out" in top(width=64)
    assert (top(width=80)).rstrip().endswith("12 d old")
    assert (top(width=20)).strip() == "40 new"


def test_before_the_first_import_there_is_no_date():
    assert "nothing imported yet" in top(Counts({}, None))


@pytest.mark.parametrize("width", [20, 33, 64, 80, 140])
def test_no_line_is_cut_or_too_wide(width):
    tabs, foot = ViewTabs(), FootLine()
    assert cell_len(top(width=width)) == width
    assert cell_len(line_of(tabs, lambda: tabs.show(COUNTS, View.CONNECTED), width)) == width
    assert cell_len(line_of(foot, lambda: foot.show(FOOT), width)) == width


def test_views_show_their_counts_and_empty_ones_go_first():
    tabs = ViewTabs()
    line = line_of(tabs, lambda: tabs.show(COUNTS, View.NEW), 80)
    assert line.split()[:4] == ["New", "40", "Invitations", "28"]
    assert "Connected" not in line
    assert "All 20,345" in line


def test_the_open_view_is_never_dropped_and_a_mark_tells_of_more():
    tabs = ViewTabs()
    line = line_of(tabs, lambda: tabs.show(COUNTS, View.CONNECTED), 40)
    assert "Connected" in line
    assert line.rstrip().endswith("›")
    assert "›" not in line_of(tabs, lambda: tabs.show(COUNTS, View.NEW), 140)


async def test_a_click_chooses_a_view():
    tabs = ViewTabs()
    app = Stage(tabs, lambda: tabs.show(COUNTS, View.NEW))
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.click(tabs, offset=(app.lines()[0].index("Messages") + 3, 0))
        assert (await app.posts(pilot, ViewTabs.Chosen))[0].place is View.MESSAGES


def test_the_foot_keeps_help_when_there_is_room_for_little():
    foot = FootLine()
    assert (line_of(foot, lambda: foot.show(FOOT), 80)).split() == [
        "a",
        "accept",
        "x",
        "junk",
        "u",
        "undo",
        "?",
        "help",
    ]
    foot = FootLine()
    assert (line_of(foot, lambda: foot.show(FOOT), 22)).split() == ["a", "accept", "?", "help"]


async def test_a_click_chooses_an_action():
    foot = FootLine()
    app = Stage(foot, lambda: foot.show(FOOT))
    async with app.run_test() as pilot:
        await pilot.pause()
        for word, action in [("junk", "junk"), ("help", "help"), ("accept", "accept")]:
            await pilot.click(foot, offset=(app.lines()[0].index(word) + 1, 0))
            assert (await app.posts(pilot, FootLine.Chosen))[-1].action_id == action


def test_the_status_says_a_text_as_it_is():
    status = StatusLine()
    assert line_of(status, lambda: status.say(SafeText("Junked Sam Cole [/] — u undoes"))).strip() == status.said
    assert status.said == "Junked Sam Cole [/] — u undoes"


def test_a_long_status_is_cut_with_a_mark():
    status = StatusLine()
    line = line_of(status, lambda: status.say(SafeText("漢字 " * 40), tone="error"))
    assert cell_len(line) == 80
    assert line.rstrip().endswith("…")


def test_what_was_said_is_back_when_a_begun_key_was_typed_to_its_end():
    status = StatusLine()
    status.say(SafeText("Junked Sam Cole"))
    status.show_typed(SafeText("5g"))
    assert line_of(status, lambda: None).strip() == "5g"
    status.show_typed(SafeText(""))
    assert line_of(status, lambda: None).strip() == "Junked Sam Cole"


async def test_a_menu_is_moved_through_and_chosen_from():
    menu = Menu()
    choices = [
        ("import", SafeText("Import a file"), SafeText("the zip")),
        ("demo", SafeText("Open the demo"), SafeText("")),
    ]
    app = Stage(menu, lambda: menu.show(choices))
    async with app.run_test(size=(60, 5)) as pilot:
        await pilot.pause()
        assert app.lines()[0].startswith(" ▌ Import a file   the zip")
        menu.move_by(5)
        assert menu.cursor == 1
        menu.choose()
        await pilot.click(menu, offset=(5, 0))
        chosen = dict.fromkeys(await app.posts(pilot, Menu.Chosen))
        assert [choice.id for choice in chosen] == ["demo", "import"]


def test_an_empty_menu_chooses_nothing():
    menu = Menu()
    menu.move_by(1)
    menu.choose()
    assert menu.cursor == 0
