"""How words are written whose letters not every keyboard has, as far as an index holds them so."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice, product

from linkinbox.query.folding import SPELLINGS, spellings

_OF_MESSAGES = "message_word"
_MAKE = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.{0}_word USING fts5vocab(main, {0}_fts, instance)"


class Vocabulary:
    """The words of the indexes of a store.

    Which beginnings live is remembered until the store changes: with each letter that is typed all before it are
    asked for again.

    Args:
        conn: the store's connection.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self._lives: dict[tuple[str, str], bool] = {}
        self._as_of = (0, 0)
        self._made: set[str] = set()

    def spellings(self, table: str, beginning: str) -> list[str]:
        """The ways in which words of a table's index may be written that begin so; itself comes first."""
        as_of = (self.conn.execute("PRAGMA data_version").fetchone()[0], self.conn.total_changes)
        if as_of != self._as_of:
            self._lives, self._as_of = {}, as_of
        words = _OF_MESSAGES if table == "message" else self._words_of(table)
        with suppress(sqlite3.OperationalError):  # of a version that had no such index
            return spellings(beginning, lambda start: self._has(words, start))
        return [beginning]

    def phrase(self, column: str, words: Sequence[str]) -> str:
        """What the index of contacts is asked for a phrase whose last word may go on."""
        ways = product(*(self.spellings("person", word) for word in words))
        phrases = [f'"{" ".join(way)}" *' for way in islice(ways, SPELLINGS)]
        return f"{column} : {phrases[0]}" if len(phrases) == 1 else f"{column} : ({' OR '.join(phrases)})"

    def longer(self, beginning: str, most: int) -> list[str]:
        """The words of messages that begin so, at most so many."""
        words: list[str] = []
        least = beginning
        while len(words) < most:
            word = self._next(_OF_MESSAGES, least)
            if word is None or not word.startswith(beginning):
                break
            words.append(word)
            least = f"{word}\x01"  # ">" would walk over all the places of the word
        return words

    def _words_of(self, table: str) -> str:
        if table not in self._made:
            self.conn.execute(_MAKE.format(table))
            self._made.add(table)
        return f"temp.{table}_word"

    def _has(self, words: str, start: str) -> bool:
        lives = self._lives.get((words, start))
        if lives is None:
            word = self._next(words, start)
            lives = self._lives[words, start] = word is not None and word.startswith(start)
        return lives

    def _next(self, words: str, least: str) -> str | None:
        sql = f"SELECT term FROM {words} WHERE term >= ? LIMIT 1"
        row: tuple[str] | None = self.conn.execute(sql, (least,)).fetchone()
        return row and row[0]
