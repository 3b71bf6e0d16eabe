"""Underlining what signals quote changes nothing of what is read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linkinbox.text import safe_body
from linkinbox.tui.widgets.painting import Ink, Line, inked
from linkinbox.tui.widgets.quoting import body_lines

TEXTS = st.text(st.sampled_from("ab é\n\r\t\u200b\u202e\u0301🐟日-. "), max_size=80)
SPANS = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)).map(lambda pair: (min(pair), max(pair))), max_size=4)


def plain(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


def underlined(lines: list[Line]) -> list[str]:
    return [text for line in lines for text, ink in line if ink is Ink.QUOTED]


@given(TEXTS, SPANS, st.integers(8, 40))
def test_every_line_reads_as_without(text: str, spans: list[tuple[int, int]], width: int):
    lines = list(body_lines(text, sorted(spans), width, Ink.TEXT, indent=2))
    assert plain(lines) == plain(list(inked(safe_body(text.strip()), width, Ink.TEXT, indent=2)))


def test_words_are_found_behind_line_breaks_blanks_and_what_cannot_be_seen():
    text = "  \r\nHi,\r\n\r\nzero\u200bwidth, and I help founders\r\nbook calls"
    begin = text.index("I help")
    lines = list(body_lines(text, [(begin, len(text))], 60, Ink.TEXT))
    assert underlined(lines) == ["I help founders", "book calls"]


def test_words_that_a_line_breaks_are_underlined_on_both():
    lines = list(body_lines("we help firms like yours grow", [(3, 24)], 12, Ink.TEXT))
    assert underlined(lines) == ["help", "firms like", "yours"]
    assert plain(lines) == ["we help", "firms like", "yours grow"]
