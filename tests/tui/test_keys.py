"""Typed keys become actions, with their counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.actions import ACTIONS, BY_ID, Action, Group
from linkinbox.tui.keys import Act, KeyReader, Unknown, Waiting


def typed(keys: str) -> object:
    """What the last of these keys means, after the others."""
    reader = KeyReader(ACTIONS)
    return [reader.read(key) for key in keys.split()][-1]


def test_every_key_of_every_action_leads_to_it():
    for action in ACTIONS:
        for keys in action.keys:
            assert typed(keys) == Act(action)


def test_a_number_before_a_key_is_its_count():
    assert typed("4 0 G") == Act(BY_ID["last"], 40)
    assert typed("3 x") == Act(BY_ID["junk"], 3)


def test_a_count_is_spent_by_the_key_after_it():
    assert typed("3 x j") == Act(BY_ID["down"])


def test_zero_begins_no_count():
    assert typed("0") == Unknown("0", alone=True)
    assert typed("1 0 j") == Act(BY_ID["down"], 10)


def test_what_was_begun_is_shown():
    assert typed("1 2") == Waiting("12")
    assert typed("g") == Waiting("g")
    assert typed("5 g") == Waiting("5g")


def test_two_keys_are_typed_one_after_the_other():
    assert typed("g i") == Act(BY_ID["view-invitations"])
    assert typed("5 g g") == Act(BY_ID["first"], 5)


def test_escape_takes_back_what_was_begun_and_nothing_more():
    assert typed("3 escape") == Waiting("")
    assert typed("g escape") == Waiting("")
    assert typed("g escape x") == Act(BY_ID["junk"])
    assert typed("escape") == Act(BY_ID["back"])


def test_a_begun_pair_that_is_none_decides_nothing():
    assert typed("g x") == Unknown("gx", alone=False)
    assert typed("g x x") == Act(BY_ID["junk"])


def test_a_key_nobody_has_is_told_apart():
    assert typed("ctrl+c") == Unknown("ctrl+c", alone=True)


def test_a_key_that_would_be_two_actions_is_refused():
    keys = {"a": "x", "b": "x", "c": "x y"}
    one, other, longer = (Action(name, name, "", (typed,), Group.MOVE) for name, typed in keys.items())
    with pytest.raises(ValueError, match="x is both a and b"):
        KeyReader([one, other])
    with pytest.raises(ValueError, match="begin others"):
        KeyReader([one, longer])


@given(st.lists(st.sampled_from([*"0123456789gGjxqO", "escape", "ctrl+c", "é"]), max_size=40))
def test_no_key_is_lost_and_escape_always_leads_out(keys):
    reader = KeyReader(ACTIONS)
    for key in keys:
        reader.read(key)
    reader.read("escape")
    assert reader.read("x") == Act(BY_ID["junk"])
