"""The path pane: figures on one scale, honest with few golds, and one line where there is no room."""

import pytest
from rich.cells import cell_len

from linkinbox.model import Path, Stretch
from linkinbox.tui.widgets.path_pane import PathBars, PathPane
from tests.tui.stage import NOW, Stage, gold

OPEN = Stretch(23, 0, 15, 3, NOW.replace(day=15))
GOLDS = (
    gold("Ilse Vogt", 31, days=200),
    gold("Bo Li", 12, bulk=240, days=180),
    gold("伊藤 美咲", 64, days=150),
    gold("Luis Marín", 9, days=60, outcome="marked"),
    gold("Priya Nair", 38, days=12),
)


def shown(path, width=67, height=None):
    pane = PathPane()
    pane.show(path, now=NOW)
    return ["".join(text for text, _ in line).rstrip() for line in pane.lines(width, height)]


def test_the_open_path_is_told_first():
    lines = shown(Path(OPEN, GOLDS))
    assert lines[0].strip().startswith("path to gold ─")
    assert lines[1].strip() == "now   23 junk · 41 handled · 9 d"


def test_the_newest_gold_is_on_top_with_its_outcome():
    lines = shown(Path(OPEN, GOLDS))
    assert lines[2].strip().startswith("▇")
    assert "38" in lines[2]
    assert "★ Priya Nair" in lines[2]
    assert lines[2].endswith("call held 12 Nov")
    assert "★ Luis Marín" in lines[3]
    assert lines[3].endswith("marked 25 Sep")


def test_bars_share_one_scale_and_bulk_is_a_lighter_tail():
    lines = shown(Path(OPEN, GOLDS[2:]), 87)
    assert lines[2].count("▇") * 9 == pytest.approx(lines[3].count("▇") * 38, abs=30)
    bulk = next(line for line in shown(Path(OPEN, GOLDS), 87) if "Bo Li" in line)
    assert "12 + 240 in bulk" in bulk
    assert 0 < bulk.count("▇") < bulk.count("░")


def test_names_start_at_the_same_cell():
    lines = shown(Path(OPEN, GOLDS))
    assert len({cell_len(line[: line.index("★")]) for line in lines if "★" in line}) == 1


def test_a_median_is_told_only_from_five_golds_on():
    assert (shown(Path(OPEN, GOLDS)))[-1].strip() == "median 31 · 9 to 64 · 5 golds"
    assert not any("median" in line for line in shown(Path(OPEN, GOLDS[1:])))


def test_without_gold_a_sentence_tells_what_would_be_here_and_its_key():
    lines = shown(Path(OPEN, ()))
    assert "now   23 junk" in lines[1]
    assert "No gold yet. + marks a valuable contact" in lines[2]


def test_a_first_start_tells_that_nothing_is_handled():
    assert "nothing handled yet" in (shown(Path(Stretch(0, 0, 0, 0, None), ())))[1]


def test_bulk_is_apart_on_the_open_path_too():
    assert "12 junk + 240 in bulk" in (shown(Path(Stretch(12, 240, 0, 0, NOW), ())))[1]


def test_one_line_is_enough_in_a_small_window():
    assert shown(Path(OPEN, GOLDS), 77, 1) == ["now 23 junk since ★ Priya Nair · median 31"]


def test_golds_that_have_no_room_are_told_of_with_the_key_that_shows_them():
    lines = shown(Path(OPEN, (gold("Old Friend", 3, days=300), *GOLDS)))
    assert lines[-2:] == ["… 1 more, P shows all", "median 21.5 · 3 to 64 · 6 golds"]
    low = shown(Path(OPEN, GOLDS), height=6)
    assert len(low) == 6
    assert low[-2] == "… 3 more, P shows all"


def test_bulk_loses_its_words_before_the_outcome_goes():
    line = next(line for line in shown(Path(OPEN, GOLDS), 50) if "Bo Li" in line)
    assert "+240  ★ Bo Li" in line
    assert line.endswith("call held 28 May")


def test_an_open_path_that_began_just_now_is_of_today():
    path = Path(OPEN._replace(began_at=NOW), GOLDS)
    assert shown(path)[1] == "now   23 junk · 41 handled · today"


@pytest.mark.parametrize("width", [20, 30, 45, 60, 100, 200])
def test_nothing_is_wider_than_the_pane(width):
    pane = PathPane()
    pane.show(Path(OPEN, GOLDS), now=NOW)
    assert all(sum(cell_len(text) for text, _ in line) <= width for line in pane.lines(width))
    assert sum(cell_len(text) for text, _ in pane.lines(width, 1)[0]) <= width


def bars(path):
    widget = PathBars()
    widget.styles.max_height = "100%"
    return widget, Stage(widget, lambda: widget.show(path, now=NOW))


async def test_the_path_screen_walks_from_the_open_path_to_the_oldest_gold():
    widget, app = bars(Path(OPEN, GOLDS))
    async with app.run_test(size=(80, 3)) as pilot:
        await pilot.pause()
        assert widget.selected == OPEN
        assert "now" in app.lines()[0]
        widget.move_by(1)
        assert widget.selected == GOLDS[-1]
        widget.move_by(99)
        assert widget.selected == GOLDS[0]
        await pilot.pause()
        assert any("Ilse Vogt" in line for line in app.lines())


async def test_a_click_selects_a_stretch_and_a_double_click_opens_it():
    widget, app = bars(Path(OPEN, GOLDS))
    async with app.run_test() as pilot:
        await pilot.click(widget, offset=(4, 2))
        assert widget.selected == GOLDS[-2]
        assert not await app.posts(pilot, PathBars.Opened)
        await pilot.double_click(widget, offset=(4, 2))
        assert (await app.posts(pilot, PathBars.Opened))[0].stretch == GOLDS[-2]


def test_without_a_path_nothing_is_selected():
    assert PathBars().selected is None
