"""How tags are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.decisions import Tag
from linkinbox.errors import UsageError
from linkinbox.tags import LONGEST, folded, tagging, tagging_words
from linkinbox.words.tagging import TagQuestion


@pytest.mark.parametrize("word", ["Reefer", "#reefer", "REEFER"])
def test_a_tag_is_in_lower_case_whatever_was_typed(word: str):
    assert folded(word) == "reefer"


def test_a_composed_letter_and_its_parts_are_one():
    assert folded("re\u0301gion") == folded("région") == "région"


@pytest.mark.parametrize(
    "word", ["", "#", "##a", "-", ".", "_a", "a b", "a,b", "a/b", "a\x1b", "a\u202eb", "x" * 33, "½🐟"]
)
def test_anything_else_is_none(word: str):
    with pytest.raises(UsageError, match="is no tag"):
        folded(word)


@pytest.mark.parametrize("word", ["2026", "q3-2026", "a_b.c", "भारत", "物流", "x" * 32])
def test_letters_and_digits_of_any_script_make_one(word: str):
    assert folded(word) == word


@given(st.text(max_size=40))
def test_what_is_a_tag_stays_as_it_is(word: str):
    try:
        tag = folded(word)
    except UsageError:
        return
    assert folded(tag) == tag
    assert 0 < len(tag) <= LONGEST
    assert not any(char.isspace() for char in tag)


def test_a_dash_takes_away_and_the_last_word_counts():
    assert tagging(["reefer", "-cold", "#port", "-port", "cold-chain"]) == Tag(
        ("reefer", "cold-chain"), ("cold", "port")
    )
    assert tagging([]) == Tag()


def test_what_was_done_is_told():
    assert tagging_words(("a", "b"), ("c",)) == "#a #b, no longer #c"
    assert tagging_words((), ("c",)) == "no longer #c"
    assert tagging_words(("a",), ()) == "#a"


# ── asked ──

QUESTION = TagQuestion(["reefer", "cold", "region"], ["cold"])


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("", "reefer "),
        ("re", "reefer "),
        ("reg", "region "),
        ("port re", "port reefer "),
        ("reefer re", "reefer region "),
        ("-", "-cold "),
        ("port -c", "port -cold "),
        ("#RE", "reefer "),
        ("c", None),  # it has that
        ("new", None),
    ],
)
def test_tab_completes_the_last_word(typed: str, completed: str | None):
    assert QUESTION.hear(typed).completed == completed


def test_what_enter_will_do_is_said():
    heard = QUESTION.hear("port -cold")
    assert (heard.said, heard.answer) == ("Enter: #port, no longer #cold", Tag(("port",), ("cold",)))
    assert QUESTION.hear("").answer is None
    assert QUESTION.hear("").said == "has #cold · Tab: #reefer #region"
    assert QUESTION.hear("a/b").wrong
    assert TagQuestion([]).hear("").said == "a word is a tag; a - before it takes it away"
