"""Splits: saved searches of the user's, each a view of its own. Pure.

A query is whatever can be searched for; the view that it names beside all else is the one that is opened.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from linkinbox.errors import UsageError
from linkinbox.model import View

REACHED = 9  # by a digit; further ones by their name
_SORTS = {"newest": False, "oldest": True}


class Split(NamedTuple):
    """A saved search.

    Args:
        name: the user's.
        view: the items to look among.
        words: the rest of the query; "" for all of them.
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
    view, words = _understood(query, name)
    if sort is not None and sort not in _SORTS:
        raise UsageError(f"the sort of {name} must be newest or oldest")
    if words and sort == "oldest":
        raise UsageError(f"{name} searches for words, and finds the newest first; leave its sort out")
    return Split(" ".join(name.split()), view, words, _SORTS[sort] if sort else None)


def _understood(query: str, name: str) -> tuple[View, str]:
    """The view that is named beside all else, or else all items, and the rest of the query."""
    from datetime import UTC, datetime

    from linkinbox.query import Fact, QueryError, parse, without_view

    try:
        root = parse(query, now=datetime.now(UTC), zone=UTC).root
    except QueryError as error:
        raise UsageError(
            f"in the query of {name}, “{query[error.start : error.end]}”: {error.message}", error.hint
        ) from error
    views = [part.value for part in root.parts if isinstance(part, Fact) and part.operator == "view"]
    if len(views) > 1:
        raise UsageError(f"“{query}” names two views")
    if views:
        return View(views[0]), without_view(query)
    return View.ALL if root.parts else View.NEW, query.strip()
