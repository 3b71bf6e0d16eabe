"""A query as a tree: what an item must be, in words that neither SQL nor a screen has a part in."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from linkinbox.hits import words_in
from linkinbox.query.operators import STATES


class Where(StrEnum):
    """Where words are looked for."""

    ANY = "any"  # names, texts, notes and reasons
    FROM = "from"  # who wrote
    NOTE = "note"  # an invitation's note, or one of the user's
    COMPANY = "company"
    ROLE = "role"
    REASON = "reason"  # why it was accepted
    TAG = "tag"
    PERSON = "person"  # the name in the address of a profile


class Text(NamedTuple):
    """Words as typed; the last one may go on, and those of a phrase follow each other."""

    words: str
    where: Where = Where.ANY
    is_phrase: bool = False


class Fact(NamedTuple):
    """Something that holds of an item: ``is:``, ``has:``, ``flag:`` and ``view:`` with one of their values."""

    operator: str
    value: str


class Came(NamedTuple):
    """When an item came: from a time on, and before another; both aware."""

    since: datetime | None = None
    before: datetime | None = None


class Number(NamedTuple):
    """A number between two bounds, both included: ``left`` (days) or ``twins`` (other senders)."""

    operator: str
    least: int | None = None
    most: int | None = None


class And(NamedTuple):
    """All of them hold; of none, everything."""

    parts: "tuple[Node, ...]"


class Or(NamedTuple):
    """At least one of them holds."""

    parts: "tuple[Node, ...]"


class Not(NamedTuple):
    """It does not hold."""

    part: "Node"


Node: TypeAlias = And | Or | Not | Text | Fact | Came | Number


class Query(NamedTuple):
    """A query as it was typed, and what it means."""

    text: str
    root: And = And(())

    @property
    def words(self) -> tuple[str, ...]:
        """The words and phrases that a hit holds, as typed: to be highlighted."""
        return tuple(dict.fromkeys(_words(self.root)))

    def within(self, outer: "Query") -> "Query":
        """This one, looked for among what another one finds."""
        return self._replace(root=And((*outer.root.parts, *self.root.parts)))

    def means(self, other: "Query") -> bool:
        """Whether it means the same as another one; tuples of different kinds are equal to each other."""
        return repr(self.root) == repr(other.root)

    @property
    def is_plain(self) -> bool:
        """Only words, all of which must be there."""
        return all(isinstance(part, Text) and part.where is Where.ANY for part in self.root.parts)

    @property
    def view(self) -> str | None:
        """The name of the view that is all that was asked for."""
        match self.root.parts:
            case (Fact("view", name),):
                return name
        return None

    @property
    def says_where(self) -> bool:
        """Whether all that it means is in a state or a view that it names: then what is decided is meant too."""
        return _says_where(self.root)


def _says_where(node: Node) -> bool:
    match node:
        case And(parts):
            return any(map(_says_where, parts))
        case Or(parts):
            return all(map(_says_where, parts))
        case Fact("is", value):
            return value in STATES
        case Fact("view", _):
            return True
    return False  # what is no junk may be anything


def _words(node: Node) -> Iterator[str]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part)
        case Text(words, where, is_phrase) if where not in (Where.TAG, Where.PERSON):
            if where is Where.ANY and not is_phrase:
                yield from words_in(words)
            else:
                yield words
