"""What can be typed next: gone through by Tab, shown in one line, and what was typed before recalled by ↑."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.query import Completion, Completions, completions
from linkinbox.text import SafeText
from linkinbox.tui.prompts.completing import Completer, Earlier
from linkinbox.tui.widgets.offer_line import OfferLine
from linkinbox.tui.widgets.painting import Ink, width_of


def completer(words: str, cursor: int | None = None) -> Completer:
    made = Completer(lambda words, cursor: completions(words, cursor, known={}))
    made.look(words, len(words) if cursor is None else cursor)
    return made


def test_tab_goes_through_what_may_follow_and_round():
    made = completer("cold has:")
    count = len(made.offered.candidates)
    turned = [made.turn(1) for _ in range(count + 1)]
    assert turned[0] == ("cold has:note", 13)
    assert turned[1] == ("cold has:question", 17)
    assert turned[count] == turned[0]


def test_back_from_the_first_is_the_last():
    made = completer("has:")
    assert made.turn(-1) == ("has:reason", 10)
    assert made.turn(-1) == ("has:flag", 8)


def test_behind_the_only_one_stands_what_may_follow_it():
    made = completer("ha")
    assert made.turn(1) == ("has:", 4)
    assert made.turn(1) == ("has:note", 8)


def test_words_behind_the_cursor_stay():
    assert completer("has:l cold", 5).turn(1) == ("has:link cold", 8)


def test_where_nothing_may_follow_nothing_is_written():
    assert completer("cold chain").turn(1) is None


def test_earlier_words_are_recalled_and_what_was_typed_comes_back():
    earlier = Earlier(["first", "second"])
    assert earlier.turn(1, "typed") == "second"
    assert earlier.turn(1, "second") == "first"
    assert earlier.turn(1, "first") is None
    assert earlier.turn(-1, "first") == "second"
    assert earlier.turn(-1, "second") == "typed"
    assert earlier.turn(-1, "typed") is None


# ── the line ──

MANY = Completions(0, 0, tuple(Completion(f"candidate-{number}", f"meaning {number}") for number in range(20)))


def line(offered: Completions, width: int, chosen: int = -1):
    shown = OfferLine()
    shown._candidates, shown._chosen = offered.candidates, chosen
    return shown.line(width)


def test_the_one_that_would_be_taken_stands_out_and_is_explained():
    assert line(MANY, 60)[0] == (SafeText("candidate-0  "), Ink.STRONG)
    assert line(MANY, 60)[-1] == (SafeText("— meaning 0"), Ink.MUTED)


@given(st.integers(12, 200), st.integers(-1, 19))
def test_the_chosen_one_is_always_in_sight(width: int, chosen: int):
    shown = line(MANY, width, chosen)
    strong = [text for text, ink in shown if ink is Ink.STRONG]
    assert strong == [f"candidate-{max(0, chosen)}  "]
    assert width_of(shown) <= max(width, 14)


@pytest.mark.parametrize("width", [1, 5, 60])
def test_what_is_wrong_is_pointed_at(width: int):
    shown = OfferLine()
    shown._wrong = 9, 12
    pieces = shown.line(width)
    assert pieces[-1][1] is Ink.FLAG
    if width == 60:
        assert "".join(text for text, _ in pieces) == f"{' ' * 9}^^^"
