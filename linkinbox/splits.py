"""Splits: saved searches of the user's, each a view of its own. Pure.

A query is what can be searched for today: words, and ``view:`` with the name of a view.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from linkinbox.errors import UsageError
from linkinbox.model import View

REACHED = 9  # by a digit; further ones by their name
_SORTS = {"newest": False, "oldest": True}
# What a search will know one day: to take it for a word would find something else than was meant.
_LATER = re.compile(
    r"-.|\"|(?:from|company|role|note|tag|is|has|flag|reason|age|before|after|left|twins|person):|(?:OR|NOT)$"
)
_UNDERSTOOD = "words and view: are understood so far"


class Split(NamedTuple):
    """A saved search.

    Args:
        name: the user's.
        view: the items to look among.
        words: that they must have; "" for all of them.
        oldest_first: the order; None: that of the view.
    """

    name: str
    view: View
    words: str = ""
    oldest_first: bool | None = None


def split_from(table: Mapping[str, Any]) -> Split:
    """A split as it is written down: ``name``, ``query`` and, if another order is wanted, ``sort``.

    Raises:
        UsageError: it is not understood.
    """
    name, query, sort = table.get("name", ""), table.get("query", ""), table.get("sort")
    if unknown := table.keys() - {"name", "query", "sort"}:
        raise UsageError(f"a split has no {min(unknown)}; it has name, query and sort")
    if not isinstance(name, str) or not name.strip():
        raise UsageError("a split needs a name")
    if not isinstance(query, str):
        raise UsageError(f"the query of {name} must be in quotes")
    view, words = _understood(query)
    if sort is not None and sort not in _SORTS:
        raise UsageError(f"the sort of {name} must be newest or oldest")
    if words and sort == "oldest":
        raise UsageError(f"{name} searches for words, and finds the newest first; leave its sort out")
    return Split(" ".join(name.split()), view, words, _SORTS[sort] if sort else None)


def _understood(query: str) -> tuple[View, str]:
    view: View | None = None
    words: list[str] = []
    for word in query.split():
        if word.startswith("view:"):
            if view:
                raise UsageError(f"“{query}” names two views")
            view = _view(word.removeprefix("view:"))
        elif _LATER.match(word):
            raise UsageError(f"“{word}” is not understood; {_UNDERSTOOD}")
        else:
            words.append(word)
    return view or (View.ALL if words else View.NEW), " ".join(words)


def _view(name: str) -> View:
    try:
        return View(name)
    except ValueError as error:
        raise UsageError(f"there is no view {name}; there are {', '.join(View)}") from error
