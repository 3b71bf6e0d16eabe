"""Selectivity as arithmetic and words."""

from __future__ import annotations

import pytest

from linkinbox.selectivity import LEAST, MOST_CONNECTIONS, Selectivity, band


def test_under_thirty_decisions_there_is_no_figure():
    few = Selectivity(LEAST - 1, 20, 287, junked_with_reasons=9)
    assert few.percent is None
    assert few.share == "29 decided one by one so far: shown from 30 on"
    assert few.words == ""


def test_it_is_told_in_counts_and_a_share():
    assert Selectivity(210, 134, 287).share == "accepted 64 % of 210 decided"
    assert Selectivity(210, 134, 287).size == "network 287 (under 300: small)"
    assert Selectivity(210, 134, 1_412).size == "network 1,412"
    assert Selectivity(210, 134, MOST_CONNECTIONS).size == "network 30,000+"
    assert Selectivity(210, 134, None).size == "network unknown: no Connections file told"


@pytest.mark.parametrize(
    ("accepted", "told"),
    [
        (10, "You declined 9 people with reasons and no flags."),
        (15, "You declined 9 people with reasons and no flags."),
        (16, ""),
        (89, ""),
        (90, "You accepted 1 person with flags and no reasons."),
    ],
)
def test_words_stand_only_at_the_extremes(accepted: int, told: str):
    assert Selectivity(100, accepted, 500, junked_with_reasons=9, accepted_with_flags=1).words == told


@pytest.mark.parametrize("accepted", [0, 100])
def test_an_extreme_without_a_contradiction_is_left_without_words(accepted: int):
    assert Selectivity(100, accepted, 500).words == ""


def test_the_mark_on_the_band_goes_from_one_end_to_the_other():
    assert [band(percent, cells=5) for percent in (0, 50, 100)] == [
        "closed ◄●────► LION",
        "closed ◄──●──► LION",
        "closed ◄────●► LION",
    ]
