"""What a query says of an item, as conditions of SQL with their values bound; None where SQL cannot tell."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from linkinbox.importers.identity import profile_key
from linkinbox.model import View
from linkinbox.query.tree import And, Came, Fact, Node, Not, Number, Or, Text, Where
from linkinbox.store.finding.known import known_values
from linkinbox.store.listings import Listing
from linkinbox.store.times import to_text

if TYPE_CHECKING:
    from linkinbox.store.evidence import Judged
    from linkinbox.store.finding.spelling import Vocabulary

_END = "\U0010ffff"
_OF_PERSON = "EXISTS (SELECT 1 FROM person p WHERE p.id = item.person_id AND {})"
TWINS = "ifnull((SELECT g.people - 1 FROM twin t JOIN twins g ON g.id = t.twins_id WHERE t.item_id = item.id), 0)"
NOTED = "EXISTS (SELECT 1 FROM note n WHERE n.item_id = item.id)"
STATES = ("new", "held", "to-accept", "to-reply", "junk", "done", "filed")  # those that a query can name
_IS = {
    **{state: f"state = '{state}'" for state in STATES},
    "to-accept": "state = 'to-accept' AND carried_out = 0",
    "accepted": "state IN ('to-accept', 'to-reply')",
    "gold": "gold = 1",
    "connected": "connected = 1",
    "invitation": "kind = 'invitation'",
    "message": "kind = 'conversation'",
    "sponsored": "sponsored = 1",
    "call": "call_at IS NOT NULL",
}


class Condition(NamedTuple):
    """A condition over the columns of `item`, and the values of its question marks."""

    sql: str
    values: tuple[Any, ...] = ()


ALWAYS = Condition("1")


class Context(NamedTuple):
    """What a query is understood with.

    Args:
        vocabulary: how words are written in the store.
        listing: tells how a view is read now.
        first_day: the first from which an invitation has believed days left.
        judge: tells what speaks for and against items.
    """

    vocabulary: Vocabulary
    listing: Callable[[View], Listing]
    first_day: date
    judge: Callable[[Sequence[int]], dict[int, Judged]]

    @property
    def conn(self) -> sqlite3.Connection:
        """The store's connection."""
        return self.vocabulary.conn


def condition_of(node: Node, context: Context) -> Condition | None:  # noqa: C901, PLR0911 - one for each kind
    """The condition of a tree or a leaf; None where texts or signals must be read."""
    match node:
        case And(parts):
            return _joined(" AND ", parts, context)
        case Or(parts):
            return _joined(" OR ", parts, context)
        case Not(part):
            inner = condition_of(part, context)
            return inner and Condition(f"(({inner.sql}) IS NOT TRUE)", inner.values)
        case Came(since, before):
            bounds = [("at >= ?", since), ("at < ?", before)]
            return _all([Condition(sql, (to_text(at),)) for sql, at in bounds if at])
        case Number("twins", least, most):
            return _between(TWINS, least, most)
        case Number():
            return _left(node, context)
        case Fact("is" | "view" as operator, value):
            return Condition(_where(operator, value, context))
        case Fact("has", "note"):
            return Condition(f"(kind = 'invitation' AND worded = 1) OR {NOTED}")
        case Text(words, Where.TAG):
            return _tagged(context.conn, words)
        case Text(words, Where.PERSON):
            span = span_of_keys(words)
            return Condition(_OF_PERSON.format("p.key >= ? AND p.key < ?"), span)
    return None


def _joined(sign: str, parts: Sequence[Node], context: Context) -> Condition | None:
    found = [condition_of(part, context) for part in parts]
    told = [each for each in found if each is not None]
    return _all(told, sign) if len(told) == len(found) else None


def _all(parts: Sequence[Condition], sign: str = " AND ") -> Condition:
    if not parts:
        return ALWAYS
    return Condition(sign.join(f"({part.sql})" for part in parts), tuple(v for part in parts for v in part.values))


def both(*parts: Condition) -> Condition:
    """All of some conditions."""
    return _all([part for part in parts if part != ALWAYS])


def _where(operator: str, value: str, context: Context) -> str:
    if operator == "view":
        return context.listing(View(value)).where
    return context.listing(View.TO_REPLY).where if value == "owed" else _IS[value]


def _between(sql: str, least: int | None, most: int | None) -> Condition:
    return Condition(f"{sql} BETWEEN ? AND ?", (least if least is not None else 0, most if most is not None else 2**62))


def _left(number: Number, context: Context) -> Condition:
    """Believed days left of an invitation that waits; 0 when they are over."""
    waits = Condition("kind = 'invitation' AND state IN ('new', 'held')")
    return both(waits, condition_of(came_of(number, context), context) or ALWAYS)


def came_of(number: Number, context: Context) -> Came:
    """When an invitation came of which so many believed days are left."""
    one_left = datetime.fromisoformat(f"{context.first_day}T00:00+00:00")
    least, most = number.least or 0, number.most
    since = one_left + timedelta(days=min(least, 100_000) - 1) if least > 0 else None
    before = None if most is None else one_left + timedelta(days=min(max(most, -1), 100_000))
    if most is not None and most < 0:
        before = datetime.fromisoformat("1970-01-01T00:00+00:00")
    return Came(since, before)


def tags_of(conn: sqlite3.Connection, words: str) -> list[str]:
    """The tags that begin so, at most some."""
    return known_values(conn, "tag", normalize("NFC", words.removeprefix("#").lower()), 100)


def _tagged(conn: sqlite3.Connection, words: str) -> Condition:
    tags = tags_of(conn, words)
    if not tags:
        return Condition("0")
    marks = ",".join("?" * len(tags))
    return Condition(f"EXISTS (SELECT 1 FROM item_tag g WHERE g.tag IN ({marks}) AND g.item_id = item.id)", tuple(tags))


def span_of_keys(slug: str) -> tuple[str, str]:
    """The first key of a person who is named so in the address of their profile, and one behind the last."""
    if "/" in slug or ":" in slug:
        key = profile_key(slug) or slug
        return key, f"{key}\0"
    return f"in:{slug.lower()}", f"in:{slug.lower()}{_END}"
