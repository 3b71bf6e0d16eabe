"""Words as they are compared, and how those are written that not every keyboard can write."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from linkinbox.query.folding import SPELLINGS, fold, spellings

WORDS = st.text("adehilostøłđıħŧßæœþð", min_size=1, max_size=12)


@given(st.text())
@example("Ǿ ẞ Æ İ")
def test_what_is_folded_stays_as_it_is(text):
    assert fold(fold(text)) == fold(text)


def test_letters_that_have_no_accent_to_lose_become_those_that_are_typed():
    assert fold("Ødegaard Kłos Đặng Aydınlı Ħal Ŧe Weiß STRAẞE Ærø Œuvre Þórður") == (
        "odegaard klos dang aydinli hal te weiss strasse aero oeuvre thordur"
    )


@given(WORDS, st.data())
def test_a_word_is_found_by_whatever_its_folded_spelling_begins_with(word, data):
    typed = fold(word)[: data.draw(st.integers(1, 30))]
    assert any(word.startswith(spelling) for spelling in spellings(typed, word.startswith))
    assert word in spellings(word, word.startswith)


@given(st.lists(WORDS, max_size=20), WORDS)
def test_only_what_lives_is_asked_for_and_never_much(words, typed):
    def lives(start):
        return any(word.startswith(start) for word in words)

    first, second, *others = [*spellings(typed, lives), None]
    assert first == typed
    assert len(others) < SPELLINGS
    assert all(lives(other) and fold(other) for other in others if other)
    assert second in (None, fold(typed)) or lives(second)


def test_where_no_word_is_written_so_a_dozen_questions_are_asked():
    asked: list[str] = []
    assert spellings("opportunities", lambda start: bool(asked.append(start))) == ["opportunities"]
    assert asked == ["ø", "oppø", "opporŧ", "opportunı", "opportuniŧ", "opportunitı", "opportunitieß"]


def test_a_word_that_nobody_writes_costs_no_more_than_a_long_one():
    asked: list[str] = []
    spellings("o" * 5_000, lambda start: bool(asked.append(start)))
    assert len(asked) < 50
