import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.text import NO_NAME, age, excerpt, looks_alike, safe_body, safe_name, safe_text, suspicious
from tests.hostile import HOSTILE

hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
pieces = st.sampled_from(
    "ab1é漢🚀❤\u0301\u0302\u0e31\u093e\u200c\u200d\ufe0f\ufe0e\u20e3\u034f\u3164\u2800\u202e\u200b\x1b\x9b\0\t\r\n\u2028\x7f\ud800\ufffd …"
)
strange = st.one_of(
    st.text(st.characters()), st.text(pieces), st.text(st.one_of(pieces, st.characters(max_codepoint=0x33FF)))
)
UNSEEN = set("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\U00016fe4\U0001d159")


def is_harmless(text: str, breaks: str = "") -> bool:
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        seen = char.isprintable() or char in "\u200c\u200d" or char in breaks
        if not seen or marks > 3 or char in UNSEEN or "\U000e0000" <= char <= "\U000e0fff":
            return False
    return True


@hostile
def test_a_hostile_string_acts_nowhere(text):
    assert is_harmless(safe_text(text))
    assert is_harmless(safe_name(text))
    assert is_harmless(excerpt(text))
    assert is_harmless(safe_body(text), breaks="\n")


@hostile
def test_what_is_safe_stays_as_it_is(text):
    for made_safe in (safe_text, safe_body, safe_name, excerpt):
        assert made_safe(made_safe(text)) == made_safe(text)


def test_there_are_enough_hostile_strings():
    assert len(HOSTILE) >= 60


@given(strange)
def test_any_line_becomes_harmless_short_and_stays_so(text):
    line = safe_text(text, limit=20)
    assert is_harmless(line)
    assert len(line) <= 20
    assert safe_text(line, limit=20) == line


@given(strange)
def test_any_body_becomes_harmless_and_stays_so(text):
    body = safe_body(text)
    assert is_harmless(body, breaks="\n")
    assert safe_body(body) == body


@given(strange)
def test_any_name_can_be_seen(text):
    name = safe_name(text)
    assert name.strip("\ufffd ")
    assert safe_name(name) == name


@given(strange)
def test_an_excerpt_has_no_two_blanks_in_a_row(text):
    words = excerpt(text, limit=20)
    assert len(words) <= 20
    assert "  " not in words
    assert excerpt(words, limit=20) == words


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz",
        "José Núñez – “señor” · 20 €",
        "Владимир Ильин",
        "นํ้าใจ ที่นี่",
        "Nguyễn Thị Hồng",
        "ကြွေး",
        "می\u200cخواهم",
        "\u0915\u094d\u200d\u0937",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u2764\ufe0f\u200d\U0001f525 \U0001f3f4\u200d\u2620\ufe0f",
        "1\ufe0f\u20e3 \xa9\ufe0f \U0001f44d\U0001f3fd",
        "[b]bold[/b] [/] \\[x] :smile:",
        "Z\u0301\u0302\u0303",
    ],
)
def test_honest_text_is_shown_letter_for_letter(text):
    assert safe_text(text) == safe_body(text) == text
    assert not suspicious(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("Ana\0Ruiz", "Ana␀Ruiz"),
        ("Ana\x7f", "Ana␡"),
        ("\x9b31m", "\ufffd31m"),
        ("\u202egnp", "\ufffdgnp"),
        ("a\u200db", "a\ufffdb"),
        ("a\ufe0f", "a\ufffd"),
        ("\ufe0f\u20e3", "\ufffd\u20e3"),
        ("a\tb\r\nc\u2028d\u00a0e", "a b c d e"),
        ("\u0301a", "\ufffda"),
        ("e" + "\u0301" * 9, "e" + "\u0301" * 3),
        ("\ud800", "\ufffd"),
    ],
)
def test_a_dangerous_character_has_a_visible_stand_in(text, shown):
    assert safe_text(text) == shown


def test_a_body_keeps_its_line_breaks():
    assert safe_body("one\r\ntwo\rthree\u2029\nfive\tsix") == "one\ntwo\nthree\n\nfive six"


def test_a_long_body_is_cut_and_says_so():
    assert safe_body("x" * 20_001) == "x" * 19_999 + "…"
    lines = safe_body("line\n" * 3_000).split("\n")
    assert (len(lines), lines[-1]) == (2_000, "…")


def test_a_long_line_is_cut_and_says_so():
    assert safe_text("x" * 501) == "x" * 499 + "…"
    assert safe_text("abc", limit=3) == "abc"
    assert safe_text("abcd", limit=3) == "ab…"


@pytest.mark.parametrize("name", ["", "  ", "\u3164", "\u2800\u200b", "\u00a0\ufffd", "\u034f" * 160])
def test_a_blank_name_is_called_no_name(name):
    assert safe_name(name) == NO_NAME


def test_a_name_loses_the_blanks_around_it():
    assert safe_name(" Ana Ruiz\u3000") == "Ana Ruiz"


def test_an_excerpt_is_one_line_of_the_first_words():
    assert excerpt("Hi Ana,\n\n  I saw\tyour talk") == "Hi Ana, I saw your talk"
    assert excerpt("word " * 100, limit=12) == "word word w…"


@pytest.mark.parametrize(
    "text", ["\x1b[0m", "a\u200bb", "\u202eabc", "\u3164", "\x9b", "a\ufe0f", "\U000e0041", "Ana\0"]
)
def test_hidden_characters_are_suspicious(text):
    assert suspicious(text)


@pytest.mark.parametrize(
    "text", ["two\r\nlines\tand a tab", "\uf8ff a font's own sign", "\ufffd", "e" + "\u0301" * 9, ""]
)
def test_odd_but_ordinary_text_is_not_suspicious(text):
    assert not suspicious(text)


@pytest.mark.parametrize("name", ["L\u0456nkedIn", "\u0420aypal", "𝗔𝗻𝗮", "Ａｎａ", "An\u03b1 Ruiz", "\u0555scar"])
def test_letters_that_pass_for_others_are_noticed(name):
    assert looks_alike(name)


@pytest.mark.parametrize(
    "name", ["Ana Ruiz", "José Núñez", "Łukasz", "Владимир", "Ana Иванова", "伊藤 美咲", "ﬁnal", "x² µ"]
)
def test_a_name_in_the_letters_of_one_language_a_word_is_not(name):
    assert not looks_alike(name)


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(), "now"),
        (timedelta(minutes=59), "now"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=23, minutes=59), "23 h"),
        (timedelta(days=1), "1 d"),
        (timedelta(days=13), "13 d"),
        (timedelta(days=21), "3 w"),
        (timedelta(days=30), "4 w"),
        (timedelta(days=31), "1 mo"),
        (timedelta(days=364), "11 mo"),
        (timedelta(days=800), "2 y"),
        (timedelta(days=-3), "now"),
    ],
)
def test_an_age_is_said_in_its_largest_unit(passed, said):
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert age(now - passed, now) == said
