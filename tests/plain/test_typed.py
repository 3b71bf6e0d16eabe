"""What a typed line asks for."""

from __future__ import annotations

import pytest

from linkinbox.actions import ACTIONS
from linkinbox.keymap.names import key_label
from linkinbox.plain.typed import Typed, nearest, understand


def asked(words: str) -> tuple[str, int | None] | None:
    typed = understand(words)
    return (typed.action.id, typed.number) if typed else None


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("x", ("junk", None)), ("!", ("junk", None)), ("3x", ("junk", 3)), ("3 x", ("junk", 3)),
        ("junk", ("junk", None)), ("Junk", ("junk", None)), ("A", ("accept-because", None)),
        ("a", ("accept", None)), ("accept-because", ("accept-because", None)), ("40G", ("last", 40)),
        ("gg", ("first", None)), ("gs", ("view-sweep", None)), ("g3", ("split", 3)), ("Ctrl+R", ("redo", None)),
        ("esc", ("back", None)), ("home", ("first", None)), ("?", ("help", None)), ("+", ("gold", None)),
    ],
)  # fmt: skip
def test_a_key_or_a_name_with_its_number(words, action):
    assert asked(words) == action


@pytest.mark.parametrize("words", ["", "X", "E", "xx", "x x", "a friend", "3", "x3", "GG", "junk it", "9999999x", "g"])
def test_nothing_else_is_one(words):
    assert understand(words) is None


def test_every_key_of_the_table_can_be_typed():
    """Keys without a letter, such as PgDn, by their name."""
    for action in ACTIONS:
        for key in action.keys:
            label = key_label(key.replace("#", "1"))
            assert (typed := understand(label)), label
            assert typed.action is action


def test_every_action_can_be_named():
    for action in ACTIONS:
        assert understand(action.id) == Typed(action)


def test_what_was_nearly_typed_is_guessed():
    near = nearest("jnuk")
    assert near is not None
    assert near.id == "junk"
    assert nearest("zzzzz") is None
