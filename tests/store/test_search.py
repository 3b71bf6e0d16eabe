"""Search over names, texts and notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.model import Junk, Note, View
from linkinbox.store import search
from tests.builders import ExportBuilder


@pytest.fixture
def some(filled):
    return filled(
        ExportBuilder()
        .invitation("Ana Ruiz", note="Enjoyed your talk on cold-chain audits")
        .invitation("Zoë Søren", note="Logistics in Rotterdam")
        .message("Ben Lee", "About logistics", at="2026-10-01 10:00")
        .sent("Ben Lee", "The Zürich office handles that", at="2026-10-02 10:00")
    )


def found(inbox, words, view=View.ALL):
    ids = inbox.ids(view, words)
    return [row.person.name for row in inbox.rows(ids[: len(ids)])]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("ana", {"Ana Ruiz"}),
        ("RUI", {"Ana Ruiz"}),
        ("cold chain", {"Ana Ruiz"}),
        ("logis", {"Zoë Søren", "Ben Lee"}),
        ("zoe", {"Zoë Søren"}),
        ("zurich", {"Ben Lee"}),
        ("logistics rotterdam", {"Zoë Søren"}),
        ("nothing of the kind", set()),
        ("   ", {"Ana Ruiz", "Zoë Søren", "Ben Lee"}),
    ],
)
def test_every_word_must_be_there_as_a_beginning(some, words, who):
    assert set(found(some, words)) == who


def test_the_newest_is_first(some):
    assert found(some, "logistics") == ["Zoë Søren", "Ben Lee"]


def test_a_view_narrows_a_search(some):
    (ana,) = some.ids(View.ALL, "ana")
    some.apply(Junk(), [ana])
    assert found(some, "ana", View.NEW) == []
    assert found(some, "ana", View.JUNK) == ["Ana Ruiz"]


def test_notes_are_found(some):
    some.apply(Note("Hamburg fair"), some.ids(View.ALL, "ana"))
    assert found(some, "hamburg") == ["Ana Ruiz"]


def test_many_hits_are_met_from_the_newest_back_as_well(some, monkeypatch):
    few = found(some, "logistics")
    monkeypatch.setattr(search, "SORTED_UP_TO", 0)
    monkeypatch.setattr(search, "WINDOW", 1)
    assert found(some, "logistics") == few


@given(words=st.text(max_size=40))
def test_no_input_is_an_error(words):
    query = search.match_query(words)
    assert query == "" or query.startswith('"')


@pytest.mark.parametrize("words", ["O'Brien", 'say "hi', "AND", "NEAR(", "a*b", "-x", "col:y", "^", "\0", "{}"])
def test_what_fts_would_take_for_syntax_is_only_words(some, words):
    found(some, words)
