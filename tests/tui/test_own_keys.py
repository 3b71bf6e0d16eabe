"""Keys of one's own on the screen: they work, and every word on the screen that names a key names them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linkinbox.actions import ACTIONS
from linkinbox.keymap.profiles import SHIPPED, keymap_from
from linkinbox.tui.keys import KeyReader
from linkinbox.tui.screens import key_screen
from linkinbox.tui.screens.key_screen import KeyScreen
from tests.syntax import PACKAGE, tree_of
from tests.tui.conftest import Sit
from tests.tui.terminal_driver import Terminal

KeysSet = Callable[[str], None]


def screens(of: type[KeyScreen] = KeyScreen) -> Iterator[type[KeyScreen]]:
    """Every screen there is."""
    for path in (PACKAGE / "tui" / "screens").glob("*.py"):
        __import__(f"linkinbox.tui.screens.{path.stem}")
    for screen in of.__subclasses__():
        yield screen
        yield from screens(screen)


@pytest.mark.parametrize("profile", SHIPPED)
def test_no_screen_has_two_meanings_for_a_key(profile: str):
    keymap = keymap_from({"profile": profile}, Path("config.toml"))
    seen = {screen: KeyReader(screen.actions(), keymap) for screen in screens()}
    assert len(seen) > 15


async def test_a_key_of_ones_own_does_it_and_the_one_before_does_not(sit: Sit, keys_set: KeysSet):
    keys_set('junk = "d"\ncopy = []\n')
    async with sit() as user:
        await user.press("x")
        assert user.sweep.sitting.inbox.log() == []
        await user.press("d")
        assert user.status.startswith("Junked")
        await user.press("y")
        assert not user.status.startswith("Copied")


async def test_everything_that_names_a_key_names_ones_own(sit: Sit, keys_set: KeysSet):
    keys_set('undo = "U"\nredo = "R"\njunk = "d"\nimport = "I"\nhold = "H"\ngold = []\nview-held = "zz"\n')
    async with sit((140, 40)) as user:
        assert " d junk " in user.screen.splitlines()[-1]
        assert "gold" not in user.screen.splitlines()[-1], "what has no key is not at the foot"
        await user.press("d")
        assert user.status.endswith("— U undoes")
        await user.press("U")
        assert user.status.endswith("— R does it again")
        await user.press("z", "z")
        assert "H puts an item away" in user.screen
        await user.press("g", "o")
        assert ": Gold marks one" in " ".join(user.screen.replace("│", " ").split())
        await user.press("?")
        assert "zz            What is held" in user.screen
        await user.press("escape")
        await user.type(":what is held")
        assert "zz" in user.screen


async def test_gmails_habits_lead_where_they_should(sit: Sit, keys_set: KeysSet):
    keys_set('profile = "gmail"')
    async with sit() as user:
        first = user.under_cursor
        await user.press("number_sign")
        assert user.status == f"Junked {first} — z undoes"
        await user.press("z")
        assert user.under_cursor == first
        await user.press("s")
        assert user.status.startswith("Gold:")
        await user.press("o")
        assert user.sweep.pane == "card"
        await user.press("u")
        assert user.sweep.pane == "list"
        await user.press("x", "c", "r", "f", "m")
        assert len(user.sweep.sitting.inbox.log()) == 3, "what Gmail does by these is not here: they do nothing"
        await user.press("g", "s")
        assert user.names == [first]
        await user.press("?")
        assert "profile gmail" in user.screen


async def test_vims_habits_lead_where_they_should(sit: Sit, keys_set: KeysSet):
    keys_set('profile = "vim-strict"')
    async with sit() as user:
        first = user.under_cursor
        await user.press("j", "k", "plus", "minus", "d", "d")
        assert user.status == f"Junked {first} — u undoes"
        await user.press("q")
        assert user.app.is_running
        await user.press("u", "Z", "Z")
        assert not user.app.is_running


def test_no_text_names_a_key_before_it_is_shown():
    """What is worked out when a module is read would name the keys of the table for ever."""
    for path in PACKAGE.rglob("*.py"):
        tree = tree_of(path)
        inside = {id(node) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(function)}  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"key_of", "keys_of", "keymap"}:  # fmt: skip
                assert id(node) in inside, f"{path}, line {node.lineno}"


# ── what can be typed next ──


async def test_behind_a_key_that_begins_others_they_are_told_after_a_rest(sit: Sit, monkeypatch):
    monkeypatch.setattr(key_screen, "HINT_AFTER", 0.01)
    async with sit((80, 24)) as user:
        before = user.screen.splitlines()
        await user.press("g")
        await user.until(lambda: "Second look" in user.screen)
        lines = user.screen.splitlines()
        assert "i   Invitations" in user.screen
        assert "1-9 Split" in user.screen
        assert lines[:12] == before[:12], "nothing moved"
        assert max(map(len, lines)) <= 80
        await user.press("escape")
        assert user.screen.splitlines() == before
        await user.press("g")
        await user.until(lambda: "Second look" in user.screen)
        await user.press("i")
        assert "Second look" not in user.screen
        assert user.sweep.sitting.view.value == "invitations"


async def test_who_knows_the_next_key_is_told_nothing(sit: Sit):
    async with sit((80, 24)) as user:
        await user.press("g", "i", "3")
        assert user.sweep._hint is None


# ── the start ──


def test_keys_that_cannot_be_used_end_the_start_before_the_screen(tmp_path):
    config = tmp_path / "linkinbox" / "config.toml"
    config.parent.mkdir()
    config.write_text('[keys]\njunk = "n"\nacept = "a"\n')
    with Terminal("--db", tmp_path / "inbox.db", config=tmp_path) as terminal:
        assert terminal.end() == 2
        said = terminal.written
        assert "\x1b[?1049h" not in said
        assert "line 2: n is both junk and note" in said
        assert "line 3: There is no action acept. Did you mean accept?" in said
    assert not (tmp_path / "inbox.db").exists()


def test_every_action_is_worth_a_key_or_says_that_it_has_none():
    assert [action.id for action in ACTIONS if not action.keys] == ["lesson"]
