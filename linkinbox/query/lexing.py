"""A query taken apart into words, phrases, operators with their values, and signs, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a piece of a query is."""

    OPEN = "("
    CLOSE = ")"
    MINUS = "-"
    WORD = "word"
    PHRASE = "phrase"
    TERM = "term"  # an operator with its value


class Token(NamedTuple):
    """A piece of a query.

    Args:
        kind: what it is.
        start: its first character.
        end: the one after its last.
        value: the word, the words of a phrase, or the value of a term.
        operator: of a term, in lower case.
        value_start: where the value of a term begins, its quotes included.
        is_open: its quotes are not closed.
    """

    kind: Kind
    start: int
    end: int
    value: str = ""
    operator: str = ""
    value_start: int = 0
    is_open: bool = False


_CURLY = str.maketrans("“”„", '"""')  # as phones and mails write them
_PIECE = re.compile(
    r"""(?P<open>\() | (?P<close>\)) | (?P<minus>-(?=[^\s)])) | "(?P<phrase>[^"]*)(?P<shut>"?)
    | (?P<operator>[A-Za-z][A-Za-z-]*):(?!//) (?: "(?P<quoted>[^"]*)(?P<closed>"?) | (?P<value>[^\s()"]*) )
    | (?P<word>[^\s()"]+)""",
    re.VERBOSE,
)


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a query, in their order; whatever was typed."""
    for found in _PIECE.finditer(text.translate(_CURLY)):
        start, end = found.span()
        if found["open"]:
            yield Token(Kind.OPEN, start, end)
        elif found["close"]:
            yield Token(Kind.CLOSE, start, end)
        elif found["minus"]:
            yield Token(Kind.MINUS, start, end)
        elif found["phrase"] is not None:
            yield Token(Kind.PHRASE, start, end, found["phrase"], is_open=not found["shut"])
        elif found["operator"]:
            value = found["quoted"] if found["quoted"] is not None else found["value"]
            is_open = found["quoted"] is not None and not found["closed"]
            name = found["operator"].lower()
            yield Token(Kind.TERM, start, end, value, name, start + len(name) + 1, is_open=is_open)
        else:
            yield Token(Kind.WORD, start, end, found["word"])


def without_view(text: str) -> str:
    """A query without the view that it names beside all else."""
    depth, before = 0, None
    for token in tokens(text):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        is_negated = before is not None and (before.kind is Kind.MINUS or before.value in ("not", "NOT"))
        if token.operator == "view" and depth == 0 and not is_negated:
            return f"{text[: token.start].rstrip()} {text[token.end :].lstrip()}".strip()
        before = token
    return text
