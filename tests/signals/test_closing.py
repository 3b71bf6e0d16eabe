"""Last words: what closes a thread, what waits for an answer, and that the labelled endings are told right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.signals.endings import endings, tally
from linkinbox.signals import SignalKind, closer

ENDINGS = endings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Thanks!", ("Thanks",)),
        ("Sounds good, see you then", ("Sounds good, see you then",)),
        ("  👍🏽 ", ("👍🏽",)),
        ("You too, Robin!", ("You too",)),
        ("Got the slides, thanks. Best regards, Ana Ruiz", ("thanks",)),
        ("Danke dir,\nbis Dienstag!", ("Danke dir", "bis Dienstag")),
        ("ＴＨＡＮＫＳ", ("ＴＨＡＮＫＳ",)),
        ("Perfect, see you on Tuesday at 9", ("Perfect", "see you on")),
        ("Perfekt, bis Dienstag um 9 Uhr!", ("Perfekt", "bis Dienstag")),
    ],
)
def test_what_closes_is_quoted_as_it_stands(text, words):
    found = closer(text)
    assert (found.kind, found.rule, found.words) == (SignalKind.CLOSER, "closer", words)
    assert tuple(text[begin:end] for begin, end in found.spans) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "thanks, can we talk Tuesday?",
        "Thanks! Let me know when you are back",
        "Thanks, here is the contract",
        "thanks https://example.org/paper",
        "Hello",
        "…",
        "👍?",
        "Thanks for the slides. I read them twice and found a mistake on page four.",
        "Thanks. I moved to Hamburg",
        "Ok so Tuesday or Wednesday",
        "Super, Dienstag oder Mittwoch",
        "Perfetto, lunedì o martedì",
        "I lost my job yesterday. Thanks for asking",
        "My mother died on Sunday. Thank you for asking.",
        "We fought for thanks and praise in long years of war",
    ],
)
def test_what_asks_or_tells_something_is_owed(text):
    assert closer(text) is None


def test_line_breaks_say_nothing():
    for ending in ENDINGS:
        assert (closer(ending.text) is None) == (closer(ending.text.replace(" ", "\n")) is None), ending


def test_six_languages_have_endings_of_both_kinds():
    for language in ("en", "de", "es", "fr", "it", "pt"):
        labels = [ending.closes for ending in ENDINGS if ending.language == language]
        assert min(labels.count(True), labels.count(False)) >= 8, language


def test_a_closer_is_right_in_95_of_100_cases_and_useful():
    tuned, held = (tally(e for e in ENDINGS if e.held_out is part) for part in (False, True))
    for found, least in ((tuned, 0.9), (held, 0.7)):
        assert found.right / found.raised >= 0.95
        assert found.right / found.expected >= least


@given(st.text(max_size=80))
def test_any_text_is_told_or_not_and_quotes_only_itself(text):
    found = closer(text)
    assert found is None or all(word and word in text for word in found.words)
