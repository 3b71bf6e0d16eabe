"""Words of a query as the indexes of texts are asked for them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cached_property
from typing import NamedTuple

from linkinbox.query.folding import Sought, fold, pairs_in, runs_in
from linkinbox.query.tree import Text, Where
from linkinbox.store.finding.spelling import Vocabulary
from linkinbox.store.schema.searching import READY, TOKENIZER

WORDS = 50  # of a query that count: whoever has more pasted a letter, and no key is to wait for that
FORMS = 64  # words with a longer beginning that are asked for one by one; of more, the index merges the lists


class Match(NamedTuple):
    """An index, and what it is asked."""

    of: str
    query: str


class Words:
    """Texts of a query that must all stand in one message, note or reason.

    Args:
        vocabulary: how words are written in the store.
        texts: what was typed, all to be looked for in the same place.
    """

    def __init__(self, vocabulary: Vocabulary, texts: Sequence[Text]) -> None:
        self._vocabulary = vocabulary
        self.where = texts[0].where
        self._sought = [Sought(text.words) for text in texts[:WORDS]]
        self._phrases = [
            sought
            for sought, text in zip(self._sought, texts, strict=False)
            if sought.runs or self.where is not Where.ANY or (text.is_phrase and len(sought.words) > 1)
        ]
        self._telling = [sought for sought in self._sought if sought.words or sought.runs]
        self.beginnings = _telling(typed_beginnings(" ".join(_spaced(text.words) for text in texts[:WORDS])))
        self._pairs = [pair for sought in self._sought for run in sought.runs for pair in _asked(run)][:WORDS]

    @property
    def is_empty(self) -> bool:
        """Nothing was typed that a text could have: only signs."""
        return not self.beginnings and not self._pairs

    @property
    def is_exact(self) -> bool:
        """Whatever the index finds is meant: nothing needs to be read."""
        return not self._phrases

    def matches(self, table: str) -> list[Match]:
        """What the indexes of a table are asked; all of it must be found."""
        own = table != "message"
        asked = [self._in_own(table, beginning) for beginning in self.beginnings] if own else self._forms
        found = [Match(f"{table}_fts", " AND ".join(asked))] if asked else []
        if self._pairs and not own:
            found.append(Match("message_pair", " AND ".join(dict.fromkeys(self._pairs))))
        return found

    def each(self) -> list[Match]:
        """The words one by one, as messages are asked for them."""
        return [
            *(Match("message_fts", forms) for forms in self._forms),
            *(Match("message_pair", pair) for pair in self._pairs),
        ]

    def newest(self) -> list[Match]:
        """What the newest messages are asked for that may have them: where one word is meant, each that begins so."""
        if len(self.beginnings) == 1 and not self._pairs:
            return [Match("message_fts", term) for term in self._terms(self.beginnings[0])]
        return self.matches("message")[:1]

    def are_in(self, name: str, about: str, text: str, *, whole: bool) -> bool:
        """Whether they stand in a text.

        Args:
            name: the sender's.
            about: the subject of a message.
            text: the message, the note or the reason.
            whole: all are to be looked for; or else only what no index tells.
        """
        match self.where:
            case Where.FROM:
                seen = name
            case Where.ANY:
                seen = f"{name}\n{about}\n{text}"
            case _:
                seen = text
        folded = fold(seen)
        return all(sought.is_in(folded) for sought in (self._telling if whole else self._phrases))

    @cached_property
    def _forms(self) -> list[str]:
        return [self._forms_of(beginning) for beginning in self.beginnings]

    def _forms_of(self, beginning: str) -> str:
        terms = self._terms(beginning)
        return f"({' OR '.join(terms)})" if len(terms) > 1 or not terms[0].endswith("*") else terms[0]

    def _terms(self, beginning: str) -> list[str]:
        """The words that begin so, however they are written: told one by one, no lists need to be merged."""
        terms: list[str] = []
        for spelling in self._vocabulary.spellings("message", beginning):
            words = self._vocabulary.longer(spelling, FORMS + 1) if len(spelling) > READY else ()
            terms += [f'"{word}"' for word in words] if 0 < len(words) <= FORMS else [f'"{spelling}"*']
        return terms

    def _in_own(self, table: str, beginning: str) -> str:
        asked = [f'"{spelling}"*' for spelling in self._vocabulary.spellings(table, beginning)]
        return f"({' OR '.join(asked)})" if len(asked) > 1 else asked[0]


def typed_beginnings(words: str) -> list[str]:
    """What was typed as the index writes it, each word once: operators and signs mean nothing.

    Beyond ASCII its own tokenizer is asked: which signs are letters, and how they are folded, differs from
    Python's to SQLite's version of Unicode.
    """
    if words.isascii():
        return list(dict.fromkeys(re.findall("[a-z0-9]+", words.lower())))[:WORDS]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        conn.execute(f"CREATE VIRTUAL TABLE typed USING fts5(words, content='', tokenize='{TOKENIZER}')")
        conn.execute("CREATE VIRTUAL TABLE word USING fts5vocab(typed, row)")
        conn.execute("INSERT INTO typed VALUES (?)", (words.encode("utf-8", "replace").decode(),))
        return [term for (term,) in conn.execute("SELECT term FROM word LIMIT ?", (WORDS,))]


def _spaced(typed: str) -> str:
    """What was typed but for the pieces that hold letters of scripts without blanks: no word begins or ends there."""
    return typed if typed.isascii() else " ".join(piece for piece in typed.split() if not runs_in(fold(piece)))


def _telling(beginnings: Sequence[str]) -> list[str]:
    """Those that are not the beginning of another one: where that is, they are too."""
    return [one for one in beginnings if not any(other != one and other.startswith(one) for other in beginnings)]


def _asked(run: str) -> list[str]:
    """How the index of pairs is asked for a run; one letter begins a pair, or stands alone."""
    return [f'"{pair}"' for pair in pairs_in(run)] or [f'"{run}"*']
