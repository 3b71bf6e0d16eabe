"""Reading a query: NOT binds before AND, AND before OR; an error names the wrong word and what is allowed there."""

from __future__ import annotations

from datetime import datetime, tzinfo

from linkinbox.errors import UsageError
from linkinbox.query.lexing import Kind, Token, tokens
from linkinbox.query.operators import OPERATORS, nearest
from linkinbox.query.terms import Unread, read_term
from linkinbox.query.tree import And, Node, Not, Or, Query, Text

DEEPEST = 30  # parentheses and negations within each other
MOST = 100  # terms that are no plain words; SQLite takes some hundreds


class QueryError(UsageError):
    """A query is not understood.

    Args:
        message: what is wrong.
        hint: what is allowed there.
        start: the first character of the wrong word.
        end: the one after its last.

    Attributes:
        text: the query.
    """

    def __init__(self, message: str, hint: str, start: int, end: int) -> None:
        super().__init__(message, hint)
        self.start, self.end = start, end
        self.text = ""


def parse(text: str, *, now: datetime, zone: tzinfo, typing: bool = False) -> Query:
    """Read a query.

    Args:
        text: as typed.
        now: aware; ages and relative days are told from it.
        zone: in which days begin.
        typing: it is still being typed: an unfinished end does not count yet, and is no error.

    Raises:
        QueryError: it is not understood.
    """
    try:
        root = _Reader(text, now, zone, typing=typing).read_all()
    except QueryError as error:
        error.text = text
        raise
    return Query(text, root if isinstance(root, And) else And((root,)))


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, text: str, now: datetime, zone: tzinfo, *, typing: bool) -> None:
        self._tokens = list(tokens(text))
        self._length, self._now, self._zone, self._typing = len(text), now, zone, typing
        self._at = self._depth = self._terms = 0

    def read_all(self) -> Node:
        root = self._either()
        if token := self._next():
            raise _error("This parenthesis was not opened", "Leave it out, or put it in quotes", token)
        return root

    def _next(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _says(self, *words: str) -> Token | None:
        token = self._next()
        return token if token and token.kind is Kind.WORD and token.value in words else None

    def _either(self) -> Node:
        parts = [self._all()]
        while (sign := self._says("OR")) is not None:
            self._at += 1
            if parts[-1] is None or self._ends():
                if not (parts[-1] and self._is_last(sign)):
                    raise _error("OR has nothing on one side", 'Write one OR another; the word itself is "OR"', sign)
                break
            parts.append(self._all())
        found = [part for part in parts if part is not None]
        return Or(tuple(found)) if len(found) > 1 else found[0] if found else And(())

    def _ends(self) -> bool:
        token = self._next()
        return token is None or token.kind is Kind.CLOSE or self._says("OR") is not None

    def _all(self) -> Node | None:
        """Everything up to an OR, a closing parenthesis or the end; None: nothing is there."""
        parts: list[Node] = []
        while not self._ends():
            if self._says("AND"):
                self._at += 1
            elif (part := self._one()) is not None:
                parts += part.parts if isinstance(part, And) else [part]
        return parts[0] if len(parts) == 1 else And(tuple(parts)) if parts else None

    def _one(self) -> Node | None:
        token = self._tokens[self._at]
        self._at += 1
        if token.kind is Kind.MINUS or (token.kind is Kind.WORD and token.value in ("not", "NOT")):
            return self._negation(token)
        if token.kind is Kind.OPEN:
            return self._group(token)
        return self._leaf(token)

    def _negation(self, sign: Token) -> Node | None:
        if self._ends():
            if self._is_last(sign):
                return None
            raise _error(f"{sign.value or '-'} has nothing after it", "Write what is not wanted, as in -pitch", sign)
        self._deeper(sign)
        part = self._one()
        self._depth -= 1
        return None if part is None else Not(part)

    def _group(self, opened: Token) -> Node | None:
        self._deeper(opened)
        part = self._either()
        self._depth -= 1
        if self._next():
            self._at += 1
        elif not self._typing:
            raise _error("This parenthesis is not closed", "Close it, or put it in quotes", opened)
        return None if part == And(()) else part

    def _deeper(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _error("This is too deep", f"{DEEPEST} parentheses within each other are the most", token)

    def _leaf(self, token: Token) -> Node | None:
        if token.is_open and not self._typing:
            raise _error("This quote is not closed", 'Close it with "', token)
        if token.kind is Kind.WORD:
            if token.value == "-" and self._is_last(token):
                return None
            self._count(token, plain=self._depth == 0)
            return Text(token.value)
        if token.kind is Kind.PHRASE:
            self._count(token)
            return Text(token.value, is_phrase=True) if token.value.strip() else None
        return self._term(token)

    def _term(self, token: Token) -> Node | None:
        self._count(token)
        operator = OPERATORS.get(token.operator)
        if operator is None:
            near = nearest(token.operator, OPERATORS)
            hint = f"Did you mean {near}:?" if near else f"There are {', '.join(OPERATORS)};"
            end = token.start + len(token.operator) + 1
            raise QueryError(f"There is no {token.operator}:", f"{hint} In quotes it is only a word", token.start, end)
        try:
            return read_term(operator, token.value, now=self._now, zone=self._zone)
        except Unread as unread:
            if self._is_last(token) and unread.may_go_on:
                return None
            start = min(token.value_start, token.end - 1) if token.value else token.start
            raise QueryError(unread.message, unread.hint, start, token.end) from None

    def _is_last(self, token: Token) -> bool:
        """Whether it stands at the end of what is still being typed."""
        return self._typing and token.end == self._length

    def _count(self, token: Token, *, plain: bool = False) -> None:
        self._terms += not plain
        if self._terms > MOST:
            raise _error("There is too much to look for", f"{MOST} terms are the most", token)


def _error(message: str, hint: str, token: Token) -> QueryError:
    return QueryError(message, hint, token.start, token.end)
