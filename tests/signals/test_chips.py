"""Chips: short words for reasons, the same for the same reason."""

from __future__ import annotations

from linkinbox.signals import RULES, Chips, Interests, Signal, SignalKind, Subject, chips, interests_from, judge

MINE = interests_from(
    {"areas": {"logistics": ["cold chain"]}, "cities": ["Rotterdam", "Porto"], "serves": ["founder*"]}
)


def test_what_stands_on_the_item_comes_first_and_once():
    signals = judge(
        Subject("Ana", "Cold chain in Porto. Could you look at our logs next week?", company="Cold chain"), MINE
    )
    assert chips(signals, MINE) == Chips(
        ("area: logistics", "city: Porto", "a real question"), ("serves: founder", "city: Rotterdam")
    )


def test_where_it_stands_is_no_part_of_the_words():
    signals = judge(Subject("Ana", "", position="Head of cold chain"), MINE)
    assert signals[0].why.startswith("area: logistics (position")
    assert chips(signals, MINE).standing == ("area: logistics",)


def test_a_name_that_begins_another_is_not_taken_for_it():
    mine = interests_from({"areas": {"port": ["docks"], "port (sea)": ["quay"]}})
    assert chips(judge(Subject("Ana", "our quay"), mine), mine).standing == ("area: port (sea)",)


def test_flags_and_unknowns_are_no_reasons():
    assert chips(judge(Subject("Ana", "")), Interests()) == Chips()
    flag = Signal(SignalKind.FLAG, "pitch", "pitch wording")
    assert chips([flag], Interests()).standing == ()


def test_every_rule_that_speaks_for_somebody_has_words():
    signals = [Signal(SignalKind.REASON, rule.id, "?") for rule in RULES if rule.kind is SignalKind.REASON]
    assert all(chips(signals, Interests()).standing)


def test_nine_have_a_digit_and_the_others_are_counted():
    many = interests_from({"words": [f"word {letter}" for letter in "abcdefghijkl"]})
    offered = chips((), many)
    assert (len(offered.offered), offered.more) == (9, 3)
