"""Strangers' text reaches the screen through one door, and a net under it lets nothing act on the terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.widgets import Static

from linkinbox.text import SafeText, safe_body
from linkinbox.tui.safe_text import SafetyNet, content
from tests.hostile import HOSTILE
from tests.tui.stage import Stage

hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
GROUND = Color.parse("#000000")


def caught(text: str) -> str:
    return "".join(segment.text for segment in SafetyNet().apply([Segment(text)], GROUND))


def acts(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(char) in (
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    )  # fmt: skip


@hostile
def test_content_shows_a_text_as_it_is_never_as_markup(text):
    safe = safe_body(text)
    assert content(safe).plain == safe
    assert content(safe).spans == []


@hostile
def test_the_net_lets_nothing_through_that_acts(text):
    assert not any(acts(char) for char in caught(text))


@given(st.text(st.characters()))
def test_the_net_holds_for_any_text_and_keeps_to_its_cells(text):
    assert cell_len(caught(text)) == cell_len(text)
    assert not any(acts(char) for char in caught(text))


@given(st.text())
def test_the_net_leaves_alone_what_was_made_safe(text):
    safe = safe_body(text).replace("\n", " ")
    assert caught(safe) == safe


def test_the_net_passes_an_ordinary_line_on_as_it_is():
    line = [Segment("Ana Ruiz"), Segment("伊藤")]
    assert SafetyNet().apply(line, GROUND) is line


async def test_a_widget_that_was_handed_raw_text_still_writes_nothing_that_acts():
    raw = SafeText("\n".join(text[:100] for text in HOSTILE.values()))
    app = Stage(Static(content(raw)))
    async with app.run_test(size=(200, 300)) as pilot:
        await pilot.pause()
        written = app.lines()
    assert not any(acts(char) for char in "".join(written))
    assert any("│ OK │" in line for line in written)
