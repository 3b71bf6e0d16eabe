"""Lines: as wide as the terminal, in the letters it has, and nothing in them acts."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.plain.lines import Lines, encoding_of, in_lines, spell
from linkinbox.text import safe_text
from linkinbox.words.cells import cells

UTF8 = {"LANG": "en_GB.UTF-8"}


class Sink(io.StringIO):
    encoding = "utf-8"  # type: ignore[assignment]


def lines(typed: str = "", environ: dict[str, str] = UTF8) -> tuple[Lines, Sink]:
    sink = Sink()
    return Lines(io.StringIO(typed), sink, environ), sink


@given(st.text(max_size=200), st.integers(2, 60))
def test_nothing_is_lost_or_wider_than_the_terminal(text, width):
    line = " ".join(safe_text(text).split())
    wrapped = in_lines(line, width)
    assert all(cells(piece) <= width for piece in wrapped)
    assert "".join(wrapped).replace(" ", "") == line.replace(" ", "")


def test_lines_break_between_words():
    assert in_lines("Junked Ana Ruiz and 3 more", 12) == ["Junked Ana", "Ruiz and 3", "more"]
    assert in_lines("漢字カナ", 4) == ["漢字", "カナ"]
    assert in_lines("", 10) == [""]


@given(st.text(max_size=300))
def test_what_is_written_never_acts(text):
    talk, sink = lines()
    talk.write(text)
    assert all(char == "\n" or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp") for char in sink.getvalue())


@pytest.mark.parametrize(
    ("text", "ascii_"),
    [
        ("Junked Zoë — u undoes", "Junked Zoe - u undoes"), ("“a” … ’s", "\"a\" ... 's"), ("Łukasz", "?ukasz"),
        ("伊藤", "??"), ("plain", "plain"), ("ﬁne ½", "fine ?"),
    ],
)  # fmt: skip
def test_what_ascii_lacks_is_written_plainly(text, ascii_):
    assert spell(safe_text(text), "ascii") == ascii_
    assert spell(safe_text(text), "utf-8") == text


@pytest.mark.parametrize(
    ("environ", "encoding"),
    [
        ({"LANG": "C"}, "ascii"), ({"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, "ascii"), ({}, "utf-8"),
        ({"LANG": "C", "PYTHONIOENCODING": "utf-8"}, "utf-8"), ({"LANG": "C.UTF-8"}, "utf-8"),
    ],
)  # fmt: skip
def test_who_asks_for_no_letters_beyond_ascii_gets_none(environ, encoding):
    assert encoding_of(Sink(), environ) == encoding


def test_a_pipe_is_asked_in_a_line_of_its_own():
    talk, sink = lines("x\n")
    assert talk.read("a accept, x junk:") == "x\n"
    assert sink.getvalue() == "a accept, x junk:\n"


def test_an_answer_is_one_line_without_controls():
    talk, _ = lines("a\tb\x00\x1b[A\r\nrest")
    assert talk.read("?") == "a b\ufffd\ufffd[A\n"
    assert talk.read("?") == "rest"
    assert talk.read("?") is None


def test_a_line_without_end_is_cut_and_one_that_never_ends_is_none():
    talk, _ = lines("y" * 5_000 + "\nx\n")
    assert talk.read("?") == "y" * 2_000 + "\n"
    assert talk.read("?") == "x\n"
    endless, _ = lines("y" * 2_100_000)
    assert endless.read("?") is None
