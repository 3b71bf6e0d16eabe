"""The path to gold as arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from linkinbox.model import Path, Stretch, Verb
from linkinbox.path import Figures, Handled, stretches, time_spent


def test_without_gold_everything_is_on_the_open_path():
    handled = [Handled(1, Verb.JUNK, False), Handled(2, Verb.JUNK, True), Handled(3, Verb.ACCEPT, False)]
    assert stretches(handled, []) == [Figures(junk=1, junk_bulk=1, accepted=1)]


def test_a_path_ends_with_the_decision_that_let_the_contact_in():
    handled = [Handled(1, Verb.JUNK, False), Handled(2, Verb.ACCEPT, False), Handled(3, Verb.JUNK, False)]
    assert stretches(handled, [2]) == [Figures(junk=1, accepted=1), Figures(junk=1)]


@given(
    st.lists(st.tuples(st.sampled_from([Verb.JUNK, Verb.ACCEPT, Verb.DONE]), st.booleans()), max_size=30),
    st.data(),
)
def test_every_handled_item_is_on_exactly_one_path(kinds, data):
    handled = [Handled(seq, *kind) for seq, kind in enumerate(kinds)]
    golds = sorted(data.draw(st.sets(st.integers(0, len(kinds))))) if kinds else []
    counted = [sum(figures) for figures in stretches(handled, golds)]
    assert len(counted) == len(golds) + 1
    assert sum(counted) == len(handled)


def path_of(*junk: int) -> Path:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    return Path(Stretch(0, 0, 0, 0, None), tuple(Stretch(n, 0, 1, 0, None, decided_at=day) for n in junk))


def test_four_golds_say_nothing_of_a_median():
    assert path_of(9, 12, 20, 64).median_junk is None
    assert path_of(9, 12, 20, 64).junk_range is None


def test_from_five_golds_on_there_is_a_median_and_a_range():
    assert path_of(9, 64, 31, 12, 40).median_junk == 31
    assert path_of(9, 64, 30, 12, 40, 31).median_junk == 30.5
    assert path_of(9, 64, 31, 12, 40).junk_range == (9, 64)


def test_time_spent_leaves_out_the_pauses():
    began = datetime(2026, 1, 1, 9, tzinfo=UTC)
    minutes = [0, 1, 3, 60, 62]
    assert time_spent([began + timedelta(minutes=m) for m in minutes]) == timedelta(minutes=5)
    assert time_spent([]) == timedelta()
