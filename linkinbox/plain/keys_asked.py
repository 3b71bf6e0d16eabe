"""Which keys the line that asks for an answer names."""

from __future__ import annotations

from linkinbox.plain.day_lines import keys_line

_NAMES = {
    "gold": "gold", "down": "skip", "up": "back", "view-sweep": "sweep again",
}  # fmt: skip
_ALL = (
    "accept", "junk", "done", "hold", "note", "call", "gold", "mark", "repeat", "undo", "why", "down", "up", "search",
    "twins", "help", "quit",
)  # fmt: skip
_FEW = ("accept", "junk", "done", "hold", "help")
_OF_TWINS = ("junk", "accept", "done", "hold", "back")
_OF_MARKED = ("accept", "junk", "done", "hold", "back", "help")
_OF_RANGE = ("accept", "junk", "done", "hold", "range", "back", "help")
_AT_THE_END = ("undo", "up", "view-sweep", "help", "quit")


def keys_of_item(*, is_first: bool, has_more: bool) -> str:
    """The keys for an item: all of them at first, later a few."""
    return f"{'Enter more, ' if has_more else ''}{keys_line(_ALL if is_first else _FEW, _NAMES)}:"


def keys_of_twins(marked: int) -> str:
    """The keys for twins, and for what is marked beside them."""
    also = f", and {marked:,} marked" if marked else ""
    return f"For all that are new{also}: {keys_line(_OF_TWINS, {'back': 'leave them'})}:"


def keys_of_marked(*, in_range: bool) -> str:
    """The keys for what is marked, and for a range."""
    names = {"range": "mark it", "back": "leave it"} if in_range else {"back": "unmark"}
    which = "all of it" if in_range else "what is marked"
    return f"For {which}: {keys_line(_OF_RANGE if in_range else _OF_MARKED, names)}:"


def keys_at_the_end() -> str:
    """The keys where there is no item any more."""
    return f"{keys_line(_AT_THE_END, _NAMES)}:"
