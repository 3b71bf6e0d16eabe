"""Where searched words stand in a text: folded as the index folds, letter by letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.hits import Hits, fold, words_in
from linkinbox.store.finding.typed import typed_beginnings

LETTERS = "aZ09éÜßæÞıđñøŁżçÅİıñВйжΑάςひカ田语한 \n-_.’\u0301\u0308\u0327"
texts = st.text(LETTERS, max_size=30)


def found(text: str, *phrases: str) -> list[str]:
    return [text[begin:end] for begin, end in Hits(phrases).spans(text)]


@pytest.mark.parametrize(
    ("text", "typed", "there"),
    [
        ("Cold-chain audits, cold stores", "cold", ["Cold", "cold"]),
        ("Logistics and catalogues", "log", ["Logistics"]),
        ("Zoë Søren met Zoe", "ZOE", ["Zoë", "Zoe"]),
        ("Zoe\u0308 met", "zoë", ["Zoe\u0308"]),
        ("Đặng Thảo", "dang thao", ["Đặng Thảo"]),
        ("Håkon Ødegaard, ODEGAARD", "odegaard", ["Ødegaard", "ODEGAARD"]),
        ("Odegaard", "øde", ["Odegaard"]),
        ("Emre Yıldız", "yildiz", ["Yıldız"]),
        ("Große Straße, Strasse", "strasse", ["Straße", "Strasse"]),
        ("Strasse", "straß", ["Strasse"]),
        ("Þórður", "thord", ["Þórður"]),
        ("Nguyễn Thảo", "thao", ["Thảo"]),
        ("book a\n  call, Book-a-call", "book a call", ["book a\n  call", "Book-a-call"]),
        ("您好，我想和您建立联系", "建立", ["建立"]),
        ("您好，我想和您建\n立联系", "建立", ["建\n立"]),
        ("株式会社tanakaの", "tana", ["tanaka"]),
        ("snake_case", "case", ["case"]),
        ("don’t", "t", ["t"]),
        ("nothing here", "?!", []),
    ],
)
def test_a_word_is_found_where_one_begins_as_the_index_has_it(text: str, typed: str, there: list[str]):
    assert found(text, typed) == there


def test_the_longest_of_two_is_marked_where_both_begin():
    assert found("logistics log", "log", "logistics") == ["logistics", "log"]


def test_all_of_them_may_be_asked_for():
    assert Hits(["ana", "ruiz"]).are_all_in("Ruiz, Ana")
    assert not Hits(["ana", "ruiz"]).are_all_in("Ana")
    assert Hits(["ana", "ruiz"]).are_in("Ana")


def test_nothing_that_is_searched_for_stands_nowhere():
    assert not Hits()
    assert Hits().spans("any text") == []


def test_no_more_are_marked_than_anybody_sees():
    assert len(Hits(["a"]).spans("a " * 100_000)) == 200


@given(texts)
def test_words_are_those_of_the_index(text: str):
    mine = ["".join(letter for letter in word if not "\u0300" <= letter <= "\u036f") for word in words_in(fold(text))]
    assert sorted(set(mine)) == sorted(
        {fold(word) for word in typed_beginnings(text)} if not text.isascii() else set(mine)
    )


@given(texts)
def test_a_text_keeps_its_letters_in_their_places(text: str):
    assert len(fold(text)) == len(text)


@given(texts, st.data())
def test_a_word_of_a_text_is_found_in_it(text: str, data: st.DataObject):
    if words := words_in(text):
        assert found(text, data.draw(st.sampled_from(words)))
