"""One item as one line: cursor bar, name, mark, excerpt, age or state, each at its own cell."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import NamedTuple, assert_never

from linkinbox.hits import NOTHING, Hits
from linkinbox.lifetime import SOON, days_left
from linkinbox.model import FiledBecause, Kind, Row, State
from linkinbox.tags import shown as shown_tags
from linkinbox.text import SafeText, age, excerpt, safe_name, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.marking import marked
from linkinbox.tui.widgets.painting import Ink, Line, cells, cut, fit, fit_right
from linkinbox.words.times import short_time

NAME_CELLS = 24
ROOMY = 60  # from here on there is room for a state in full
MARGIN = 1  # cells at the right
_EVER = 10**6  # days
_TAG_CELLS, _ROOM_FOR_TAGS = 24, 24
_BEFORE = 4  # of the excerpt, one part stands before what was found
_NONE = SafeText("")


class Columns(NamedTuple):
    """Cells of each column; a blank stands after the name, the mark and the excerpt."""

    bar: int
    name: int
    mark: int
    excerpt: int
    right: int


@cache
def columns(width: int) -> Columns:
    """Return the columns of a list ``width`` cells wide (20 or more); the excerpt is the first to go."""
    bar, right = (3, 11) if width >= ROOMY else (2, 9)
    mark = 2 if width >= 30 else 0
    room = width - bar - 1 - (mark and mark + 1) - right - MARGIN
    name = min(NAME_CELLS, max(12, room * 2 // 5))
    if room - name < 7:  # too little to tell anything
        return Columns(bar, room, mark, 0, right)
    return Columns(bar, name, mark, room - name - 1, right)


def row_line(  # noqa: PLR0913 - what a line shows
    row: Row,
    at: Columns,
    word: SafeText,
    *,
    cursor: bool,
    flags: int = 0,
    sign: SafeText = _NONE,
    hits: Hits = NOTHING,
    text: str | None = None,
) -> Line:
    """Return ``row`` laid out in the columns ``at``, with a ``word`` at the right: its `state_word`.

    Args:
        row: the item.
        at: the cells there are.
        word: what stands at the right.
        cursor: it is under the cursor.
        flags: how many stand on it.
        sign: that it is marked: in the margin, beside the cursor where that is too.
        hits: what was searched for.
        text: what the excerpt is of, if it is not the row's own text.
    """
    right = cut(word, at.right)
    spare = max(0, at.right - cells(right) - 1) if at.excerpt else 0  # the excerpt's: most words at the right are short
    tags = _tags(row, at.excerpt + spare)
    room = at.excerpt + spare - (cells(tags) + 1 if tags else 0)
    words = SafeText(fit(_words(row, text or row.text, room, hits), room) + " " if at.excerpt else "")
    bar = SafeText((marks().cursor if cursor else sign).rjust(at.bar - 1) + ((sign if cursor else "") or " "))
    name = SafeText(fit(safe_name(row.person.name), at.name) + " ")
    mark, mark_ink = _mark(row, flags)
    return (
        (bar, Ink.STRONG),
        *marked((name, Ink.STRONG if row.state is State.NEW else Ink.MUTED), hits),
        (SafeText(fit_right(mark, at.mark) + " " if at.mark else ""), mark_ink),
        *marked((words, Ink.MUTED), hits),
        (SafeText(f"{tags} " if tags else ""), Ink.WAITING),
        (SafeText(fit_right(right, at.right - spare) + " " * MARGIN), Ink.MUTED),
    )


def _tags(row: Row, room: int) -> SafeText:
    """What of the tags has room beside the words: nothing where those would be left with too little."""
    shown = safe_text(shown_tags(row.tags)) if room >= _ROOM_FOR_TAGS else SafeText("")
    return cut(shown, min(_TAG_CELLS, room // 2))


def _words(row: Row, text: str, width: int, hits: Hits) -> SafeText:
    if not text.strip():
        return SafeText("(no note)" if row.kind is Kind.INVITATION else "(no text)")
    return cut(excerpt(_around(text, width, hits), max(width, 1) + 8), width)


def _around(text: str, width: int, hits: Hits) -> str:
    """Return ``text`` from a little before what was found in it, if that does not stand in its beginning."""
    (begin, end), *_ = hits.spans(text) or [(0, 0)]
    if cells(text[: min(end, width + 1)]) < width:
        return text
    start = max(0, min(begin - width // _BEFORE, len(text) - width))  # as much as there is room for
    blank = re.search(r"\s+", text[start:begin])
    return marks().ellipsis + text[start + blank.end() if blank else begin :]


def _mark(row: Row, flags: int) -> tuple[SafeText, Ink]:
    shown = marks()
    if row.gold:
        return SafeText(shown.gold), Ink.VALUABLE
    if row.call_at is not None:
        return SafeText(shown.call), Ink.WAITING
    if row.state is State.HELD or is_back(row):
        return SafeText(shown.held), Ink.WAITING
    if row.sponsored:
        return SafeText(shown.sponsored), Ink.FLAG
    return SafeText(shown.flag * min(flags, 2)), Ink.FLAG if flags > 1 else Ink.MUTED  # one is quiet


def is_back(row: Row) -> bool:
    """Return whether the item is back from a hold, and was not decided on since."""
    return row.state is State.NEW and row.held_until is not None


def state_word(row: Row, now: datetime, width: int, *, counts_down: bool = False) -> SafeText:
    """Return what stands at the right: the age of what is undecided, else the word of its state.

    Args:
        row: the item.
        now: times are told in its zone.
        width: cells that there are.
        counts_down: believed days left are told, however many.
    """
    if row.call_at is not None:
        return SafeText(f"call {short_time(row.call_at, now)}")
    match row.state:
        case State.NEW | State.SENT:
            return _waiting(row, now, width, SOON if not counts_down else _EVER)
        case State.TO_ACCEPT:
            word = "connected" if row.carried_out else "to accept"
        case State.TO_REPLY:
            word = "replied" if row.carried_out else "to reply"
        case State.JUNK:
            word = "junk"
        case State.DONE:
            word = "done"
        case State.HELD:
            return _held(row, now, width)
        case State.FILED:
            word = "connected" if row.filed_because is FiledBecause.CONNECTED else "replied"
        case _:
            assert_never(row.state)
    return SafeText(word)


def _waiting(row: Row, now: datetime, width: int, soon: int) -> SafeText:
    """What makes haste, else the age: an answer that is owed, or few believed days left (up to ``soon``)."""
    old, left = age(row.at, now), days_left(row, now)
    if is_back(row) and soon == SOON:
        return SafeText("back")
    if row.owed_because is not None:
        return _fitting(width, SafeText(f"owed {old}"), SafeText("owed"))
    if left == 0:
        return _fitting(width, SafeText("may be gone"), SafeText("gone?"))
    return SafeText(f"{left} d left") if left is not None and left <= soon else SafeText(old)


def _fitting(width: int, *words: SafeText) -> SafeText:
    return next(word for word in words if len(word) <= width)


def _held(row: Row, now: datetime, width: int) -> SafeText:
    if row.held_until is None:
        return SafeText("held")
    until = short_time(row.held_until, now)
    return _fitting(width, SafeText(f"held to {until}"), SafeText(f"held {until}"), SafeText(until))
