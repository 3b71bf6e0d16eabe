"""What can be typed where the cursor stands: operators, and their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from linkinbox.query.folding import Sought, fold
from linkinbox.query.lexing import Kind, Token, tokens
from linkinbox.query.operators import OPERATORS

SHOWN = 20  # candidates at most


class Completion(NamedTuple):
    """What may stand there, and what it means in a few words."""

    text: str
    says: str = ""


class Completions(NamedTuple):
    """The part of a query that a candidate takes the place of, and the candidates.

    Args:
        start: the first character that is replaced.
        end: the one after the last.
        candidates: the best first.
        operator: whose values they are; "" where they are operators.
        beginning: what of the value stands there: with it the store is asked for more that is known.
    """

    start: int
    end: int
    candidates: tuple[Completion, ...] = ()
    operator: str = ""
    beginning: str = ""


def completions(text: str, cursor: int, *, known: Mapping[str, Sequence[str]]) -> Completions:
    """What can be typed at a cursor.

    Args:
        text: the query so far.
        cursor: 0 to its length.
        known: further values by operator: companies, tags, and what else only the store or the settings know.
    """
    token = _token_at(text, cursor)
    if token is None:
        return Completions(cursor, cursor)
    if token.kind is Kind.WORD:
        typed = text[token.start : cursor].lower()
        found = [Completion(f"{each.name}:", each.says) for each in OPERATORS.values() if each.name.startswith(typed)]
        return Completions(token.start, token.end, tuple(found))
    if token.operator not in OPERATORS or cursor < token.value_start:
        return Completions(cursor, cursor)
    beginning = text[token.value_start : cursor].lstrip('"“„')
    candidates = tuple(_unique(_values(token.operator, beginning.lower(), known)))[:SHOWN]
    return Completions(token.value_start, token.end, candidates, token.operator, beginning)


def _token_at(text: str, cursor: int) -> Token | None:
    """The word or the term in which, or behind which, the cursor stands."""
    for token in tokens(text):
        if token.kind in (Kind.WORD, Kind.TERM) and token.start < cursor <= token.end:
            return token
    return None


def _values(operator: str, beginning: str, known: Mapping[str, Sequence[str]]) -> Iterator[Completion]:
    told, sought = OPERATORS[operator].values(), Sought(beginning)
    for value in known.get(operator, ()):
        if value.lower().startswith(beginning) or sought.is_in(fold(value)):
            yield Completion(_quoted(value), told.get(value, ""))
    for value, says in told.items():
        if value.strip('"').startswith(beginning):
            yield Completion(value, says)


def _quoted(value: str) -> str:
    plain = " ".join(value.replace('"', " ").split())
    return plain if plain and not set(plain) & set(" ()") else f'"{plain}"'


def _unique(found: Iterator[Completion]) -> Iterator[Completion]:
    seen: set[str] = set()
    for completion in found:
        if completion.text not in seen:
            seen.add(completion.text)
            yield completion
