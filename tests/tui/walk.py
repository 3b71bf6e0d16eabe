"""A walk through every screen of the app: how one gets there from the list, and back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import NamedTuple

from textual.widgets import Input

from tests.tui.conftest import User


class Place(NamedTuple):
    """Somewhere to look.

    Args:
        there: keys from the list; words in quotes are typed.
        back: keys to the list.
    """

    there: tuple[str, ...]
    back: tuple[str, ...] = ("escape",)


PLACES = {
    "list": Place(()),
    "card": Place(("enter",)),
    "decided": Place(("x",), ("u",)),
    "note": Place(("n",)),
    "hold, wrong": Place(("h", "'no time'")),
    "call": Place(("c", "'tue 3pm'")),
    "reason": Place(("A",)),
    "overrule": Place(("minus",)),
    "tag": Place(("t",)),
    "search": Place(("slash", "'cold'"), ("escape",)),
    "nothing found": Place(("slash", "'zzzz'"), ("escape",)),
    "junk": Place(("g", "j"), ("g", "n")),
    "no gold": Place(("g", "o"), ("g", "n")),
    "twins": Place(("equals_sign",)),
    "why": Place(("w",)),
    "paths": Place(("P",)),
    "one path": Place(("P", "enter"), ("escape", "escape")),
    "help": Place(("question_mark",)),
    "palette": Place(("colon",)),
    "themes": Place(("g", "T")),
    "import": Place(("ctrl+o",)),
    "import, wrong": Place(("ctrl+o", "'/nowhere'", "enter")),
    "selectivity": Place(("S",)),
    "today": Place(("g", "d")),
    "backlog": Place(("g", "b"), ("escape", "g", "n")),
    "second look": Place(("g", "l"), ("escape", "escape")),
}


async def walk(user: User) -> AsyncIterator[str]:
    """Go to each place, and stay there until asked on."""
    for name, place in PLACES.items():
        for key in place.there:
            await go(user, key)
        yield name
        for key in place.back:
            await go(user, key)
        await user.until(lambda: user.app.screen is user.sweep)


async def go(user: User, key: str) -> None:
    """Press a key, and wait until the screen that it opens is there."""
    if key.startswith("'"):
        if isinstance(user.app.focused, Input):
            user.app.focused.value = key[1:-1]
    else:
        await user.press(key)
    await user.pilot.pause()
    await user.pilot.pause()
