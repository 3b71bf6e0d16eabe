"""Connections whom a text names in full, as in "Con Two said that I should write to you"."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from linkinbox.importers.identity import clean_name
from linkinbox.store.sql import select_in

_LONGEST = 4  # words of a name: Ana de la Cruz
_TRIED = 100  # possible names of a text: what holds more is no letter
_CAPITAL = re.compile(r"(?<![\w'’-])[A-ZÀ-ÖØ-ÞĀ-ɏΑ-ΫЀ-Я][\w'’-]*+")
_BETWEEN = re.compile(r" (?:[\w'’-]+ ){0,2}")  # a comma or a line's end parts names
# By the index of connected namesakes: some microseconds a name, whatever the number of people.
_CONNECTED = "SELECT DISTINCT name FROM person WHERE connected = 1 AND name IN ({})"


def named_in(conn: sqlite3.Connection, texts: Mapping[int, Iterable[str]]) -> dict[int, tuple[str, ...]]:
    """The connections whose whole names stand in texts, by what the texts are given under; a statement for all."""
    possible = {id_: tuple(dict.fromkeys(islice(_names(some), _TRIED))) for id_, some in texts.items()}
    wanted = {name: None for names in possible.values() for name in names}
    known = {name for (name,) in select_in(conn, _CONNECTED, [*wanted])} if wanted else frozenset[str]()
    return {id_: tuple(name for name in names if name in known) for id_, names in possible.items()}


def _names(texts: Iterable[str]) -> Iterator[str]:
    """Up to four words that begin and end with a capital, next to one another."""
    for text in texts:
        capitals = [word.span() for word in _CAPITAL.finditer(text)]
        for number, (begin, end) in enumerate(capitals):
            for other, last in capitals[number + 1 : number + _LONGEST]:
                if not _BETWEEN.fullmatch(text, end, other):
                    break
                yield clean_name(text[begin:last])
