"""What was searched for, marked in the lines in which it stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from linkinbox.hits import Hits
from linkinbox.tui.widgets.painting import Ink, Line, Piece, Span, split

_LABELS = {Ink.MUTED, Ink.UNKNOWN, Ink.HAIRLINE, Ink.FLAG}


def marked(piece: Piece, hits: Hits) -> Iterator[Piece]:
    """Return a piece of a line with what was searched for marked in it."""
    text, ink = piece
    return split(text, hits.spans(text), ink, Ink.FOUND)


def mark_lines(lines: Sequence[Line], hits: Hits) -> list[Line]:
    """Return lines with what was searched for marked in them, phrases also where they go on in the next line.

    Labels are left alone: whoever searches for "note" looks for the word in texts.
    """
    found = hits.spans("\n".join("".join(map(_searched, line)) for line in lines)) if hits else []
    return list(_marked(lines, found)) if found else list(lines)


def _searched(piece: Piece) -> str:
    text, ink = piece
    return "\n" * len(text) if ink in _LABELS else text


def _marked(lines: Iterable[Line], found: Sequence[Span]) -> Iterator[Line]:
    begins, ends = [begin for begin, _ in found], [end for _, end in found]
    at = 0
    for line in lines:
        pieces: list[Piece] = []
        for text, ink in line:
            near = found[bisect_right(ends, at) : bisect_left(begins, at + len(text))]
            pieces += split(text, [(begin - at, end - at) for begin, end in near], ink, Ink.FOUND)
            at += len(text)
        yield tuple(pieces)
        at += 1
