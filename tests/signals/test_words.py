"""The word lists: anybody may add a language without writing code."""

from __future__ import annotations

import tomllib

import pytest

from linkinbox.signals.fold import fold
from linkinbox.signals.lexicon import BESIDE, CLOSING, FOLDER, GROUPS, SIGNS, TOKENS, flat
from linkinbox.signals.phrases import Phrases
from linkinbox.signals.steps import BadPhraseError

LANGUAGES = sorted(FOLDER.glob("*.toml"))


def found(phrase: str, text: str) -> list[str]:
    return [text[hit.begin : hit.end] for hit in Phrases({"group": [phrase]}).find(fold(text))]


@pytest.mark.parametrize("file", LANGUAGES, ids=lambda file: file.stem)
def test_a_language_names_no_other_groups_and_each_of_its_phrases_can_be_found(file):
    groups = flat(tomllib.loads(file.read_text(encoding="utf-8")))
    assert set(groups) <= {*GROUPS, CLOSING, *BESIDE, SIGNS, TOKENS}
    for name in (*GROUPS, CLOSING, *BESIDE):
        for phrase in groups.get(name, ()):
            assert Phrases({name: [phrase]}), phrase


def test_six_languages_are_there():
    assert {file.stem for file in LANGUAGES} >= {"de", "en", "es", "fr", "it", "pt"}


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("book a call", "Book a CALL"),
        ("book/grab a slot", "grab a slot"),
        ("a quick? call", "a call"),
        ("a quick? call", "a quick call"),
        ("guarant* leads", "guaranteed leads"),
        ("# clients", "15-20 clients"),
        ("earn $ per day", "earn $300-$500 per day"),
        ("earn $ per day", "earn 150 € per day"),
        ("interested ?", "Interested?"),
        ("don't worry", "don’t worry"),
        ("rendez-vous qualifiés", "rendez vous qualifies"),
        ("we help … grow", "we help small and honest firms grow"),
        ("cold chain", "cold–chain"),
    ],
)
def test_a_phrase_is_found_as_people_write_it(phrase, text):
    assert found(phrase, text)[0] == text


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("book a call", "I book. A call"),
        ("call", "recall calls"),
        ("we help … grow", "We help. They grow"),
        ("we help … grow", "we help one two three four five six seven grow"),
        ("earn $ per day", "earn 300 per day"),
        ("cold chain", "coldchain"),
    ],
)
def test_a_phrase_is_not_found_in_what_says_something_else(phrase, text):
    assert found(phrase, text) == []


def test_the_longest_of_a_group_is_quoted_and_each_group_for_itself():
    hits = Phrases({"a": ["we help", "we help founders"], "b": ["we"]}).find(fold("we help founders"))
    assert [(hit.group, hit.end) for hit in hits] == [("a", 16), ("b", 2)]


@pytest.mark.parametrize("phrase", ["", "…", "we …", "# …", "#", "quick? call", "a*", "b(c", "…nd we"])
def test_a_phrase_that_could_not_be_found_is_refused(phrase):
    with pytest.raises(BadPhraseError):
        Phrases({"group": [phrase]})
