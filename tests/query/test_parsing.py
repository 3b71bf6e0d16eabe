"""The grammar of a query."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.query import OPERATORS, And, Came, Fact, Not, Number, Or, QueryError, Text, Where, parse, without_view
from tests.conftest import NOW

MADRID = ZoneInfo("Europe/Madrid")


def root(text, **more):
    return parse(text, now=NOW, zone=MADRID, **more).root


def parts(text, **more):
    return list(root(text, **more).parts)


A, B, C = Text("a"), Text("b"), Text("c")


def test_words_must_all_be_there():
    assert root("cold chain") == And((Text("cold"), Text("chain")))
    assert root("") == And(())


def test_a_phrase_is_one():
    assert parts('"cold chain" a') == [Text("cold chain", is_phrase=True), A]
    assert parts("from:“Ana Ruiz”") == [Text("Ana Ruiz", Where.FROM, is_phrase=True)]


def test_not_binds_before_and_and_and_before_or():
    (either,) = parts("a -b OR not c a")
    assert isinstance(either, Or)
    assert either.parts == (And((A, Not(B))), And((Not(C), A)))


def test_parentheses_keep_together():
    together, not_both = parts("(a OR b) -(b c)")
    assert (together.parts, not_both.part.parts) == ((A, B), (B, C))


def test_what_stands_in_quotes_is_only_words():
    assert parts('"OR" "not" "is:junk"') == [Text(word, is_phrase=True) for word in ("OR", "not", "is:junk")]


@pytest.mark.parametrize("text", ["https://cal.com/x", "10:30", "C++", "O'Brien", "a*b", "^", "half-time", "- "])
def test_signs_in_words_are_no_operators(text):
    assert parts(text) == [Text(text.strip())]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("is:JUNK", Fact("is", "junk")),
        ("Has:link", Fact("has", "link")),
        ("flag:pitch", Fact("flag", "pitch")),
        ("view:held", Fact("view", "held")),
        ("company:acme", Text("acme", Where.COMPANY, is_phrase=True)),
        ("twins:>3", Number("twins", least=4)),
        ("twins:2", Number("twins", 2, 2)),
        ("left:<14d", Number("left", most=13)),
        ("left:<=2w", Number("left", most=14)),
        ("age:>1d", Came(before=datetime(2026, 11, 23, 9, 30, tzinfo=UTC))),
        ("age:<2w", Came(since=datetime(2026, 11, 10, 9, 30, tzinfo=UTC))),
    ],
)
def test_an_operator_takes_its_value(text, term):
    assert parts(text) == [term]


def test_a_reason_may_be_a_rule():
    (either,) = parts("reason:area")
    assert either.parts == (Text("area", Where.REASON, is_phrase=True), Fact("reason", "area"))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-01", (2026, 3, 1)),
        ("2026-03", (2026, 3, 1)),
        ("2025", (2025, 1, 1)),
        ('"1 mar"', (2026, 3, 1)),
        ('"mar 1st"', (2026, 3, 1)),
        ('"1 december"', (2025, 12, 1)),
        ('"mar 2024"', (2024, 3, 1)),
        ('"29 feb"', (2024, 2, 29)),
        ("november", (2026, 11, 1)),
        ("today", (2026, 11, 24)),
        ("yesterday", (2026, 11, 23)),
        ("monday", (2026, 11, 23)),
        ('"last tuesday"', (2026, 11, 17)),
        ("lunes", (2026, 11, 23)),
    ],
)
def test_a_day_begins_where_one_is(typed, day):
    begins = datetime(*day, tzinfo=MADRID)
    assert parts(f"after:{typed} before:{typed}") == [Came(since=begins), Came(before=begins)]


@pytest.mark.parametrize(("ago", "day"), [("30d", (2026, 10, 25)), ("3mo", (2026, 8, 24)), ("1y", (2025, 11, 24))])
def test_a_time_may_be_told_by_how_long_ago_it_is(ago, day):
    (came,) = parts(f"before:{ago}")
    assert (came.before.year, came.before.month, came.before.day) == day


@pytest.mark.parametrize(
    ("text", "wrong", "told"),
    [
        ("cold form:ana", "form:", "Did you mean from:?"),
        ("is:jnk x", "jnk", "Did you mean junk?"),
        ("is:", "is:", "It is one of new, held"),
        ("age:30d", "30d", "age:>30d"),
        ("age:>3m", ">3m", "units are"),
        ('before:"30 feb"', '"30 feb"', "last monday"),
        ("before:2027-13-45", "2027-13-45", "last monday"),
        ("twins:many", "many", "twins:>3"),
        ('a "cold chain', '"cold chain', "Close it"),
        ("a (b", "(", "Close it"),
        ("a ) b", ")", "Leave it out"),
        ("OR a", "OR", "one OR another"),
        ("a OR", "OR", "one OR another"),
        ("a OR OR b", "OR", "one OR another"),
        ("a not", "not", "-pitch"),
        ("(" * 40 + "a" + ")" * 40, "(", "the most"),
        (" ".join(["is:new"] * 200), "is:new", "the most"),
    ],
)
def test_an_error_points_at_the_wrong_word_and_tells_what_is_allowed(text, wrong, told):
    with pytest.raises(QueryError, match=re.escape(told)) as caught:
        root(text)
    assert text[caught.value.start : caught.value.end] == wrong


@pytest.mark.parametrize(
    "text", ["a from:", "a is:", "a is:ju", "a age:>3", "a before:2026-0", "a -", "a OR", "a not", "a (", 'a "']
)
def test_an_end_that_is_still_being_typed_is_no_error_and_does_not_count(text):
    assert parts(text, typing=True) == [A]


def test_a_phrase_that_is_still_being_typed_counts():
    assert parts('"cold cha', typing=True) == [Text("cold cha", is_phrase=True)]


@pytest.mark.parametrize("text", ["is:jx", "is:ju a", "form:a", "a ) b"])
def test_what_no_further_letter_can_put_right_is_an_error_at_once(text):
    with pytest.raises(QueryError):
        root(text, typing=True)


def test_the_words_that_a_hit_holds_are_told():
    query = parse('cold -hot from:ana (note:"a b" OR is:junk) tag:x', now=NOW, zone=UTC)
    assert query.words == ("cold", "ana", "a b")
    assert not query.is_plain
    assert parse('cold "a b"', now=NOW, zone=UTC).is_plain


def test_a_view_beside_all_else_is_taken_out():
    assert without_view("a view:new b") == "a b"
    assert without_view('-view:new (view:held OR "view:gold")') == '-view:new (view:held OR "view:gold")'


PIECES = [
    *(f"{name}:" for name in OPERATORS),
    "junk",
    ">3d",
    "(",
    ")",
    '"',
    " ",
    " OR ",
    "-",
    "not ",
    "é",
    "東京",
    "\0",
]


@given(text=st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)))
@pytest.mark.parametrize("typing", [False, True])
def test_any_text_is_a_query_or_an_error_within_it(text, typing):
    error = error_of(text, typing=typing)
    assert error is None or (0 <= error.start < error.end <= len(text) and error.text == text and error.hint)


def error_of(text, **more):
    try:
        root(text, **more)
    except QueryError as error:
        return error
    return None
