"""Passages of a table: some rows together, that a later export is likely to hold again to the letter.

LinkedIn writes everything anew into each export. What an earlier import read is known by the digest of its text and
costs no reading of cells, dates and people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from linkinbox.importers.records import Ignored, InvitationRow, MessageRow, Quarantined, Record
from linkinbox.importers.rows import Row

_READERS = "1"  # one more when readers take more, or something else, from a row
_CUT = 31  # rows on average, and a prime: lengths that are divisible by it are as rare
_MOST_ROWS, _MOST_CHARS = 250, 1 << 20


def passages(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in passages that end where their text says so: new rows before or between them move no other end."""
    passage: list[Row] = []
    chars = 0
    for row in rows:
        lines = row[1]
        passage.append(row)
        chars += len(lines[-1]) if len(lines) == 1 else sum(map(len, lines))
        if not len(lines[-1]) % _CUT or len(passage) == _MOST_ROWS or chars > _MOST_CHARS:
            yield passage
            passage, chars = [], 0
    if passage:
        yield passage


def passage_digest(context: str, rows: Iterable[Row]) -> bytes:
    """What a passage is known by; ``context`` is whatever else decides on what its rows say."""
    text = "".join([f"{_READERS}\0{context}\0", *(line for _, lines, _ in rows for line in lines)])
    return sha256(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).digest()[:16]


def is_lasting(row: Record | Ignored | Quarantined) -> bool:
    """An equal row in a later export brings nothing: true of messages and invitations, not of who is connected.

    A message without words is not: such are told apart by how many came before them.
    """
    if isinstance(row, MessageRow):
        return not row.draft and not row.text.isspace() and row.text != ""
    return isinstance(row, InvitationRow)
