"""An item laid out as lines: who, what is known and unknown, the words, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from linkinbox.hits import NOTHING, Hits
from linkinbox.lifetime import SOON, days_left, life_words, owed_words
from linkinbox.model import Item
from linkinbox.tags import shown as shown_tags
from linkinbox.text import SafeText, looks_alike, safe_body, safe_name, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.history_lines import history_lines
from linkinbox.tui.widgets.marking import mark_lines
from linkinbox.tui.widgets.painting import EMPTY, Ink, Line, Piece, cells, cut, fit, inked, width_of
from linkinbox.tui.widgets.quoting import Quoted, body_lines, quoted_in
from linkinbox.tui.widgets.row_line import is_back
from linkinbox.tui.widgets.thread_lines import thread_lines
from linkinbox.words.also_words import also_words
from linkinbox.words.card_words import (
    ALIKE,
    SPONSORED,
    UNSEEN,
    VALUABLE,
    attached,
    back_words,
    call_words,
    connected_words,
    has_unseen,
    kind_words,
    no_text,
    others_words,
    place_words,
    title_words,
    unknown_words,
)
from linkinbox.words.times import distance, moment

if TYPE_CHECKING:
    from linkinbox.store.evidence import Judged

HEAD = 3  # lines that stay while the rest scrolls: name, what is known, and how much is out of sight
MEASURE = 76  # cells a line of text has at most
_BEFORE = 2  # lines in sight before found words that a card opens at


class Laid(NamedTuple):
    """The lines of a card, and which one the newest message of a thread begins at (0: no thread)."""

    lines: tuple[Line, ...]
    newest: int

    def top(self, height: int) -> int:
        """How far it is scrolled when it opens in ``height`` lines: so that some of what was found is in sight.

        That is where the newest message begins, else at the nearest found words before it, else at those behind it.
        """
        top = self.newest - HEAD if self.newest else 0
        found = [at for at, line in enumerate(self.lines) if any(ink is Ink.FOUND for _, ink in line)]
        if not found or any(at < HEAD or top + HEAD <= at < top + height for at in found):
            return top
        nearest = max((at for at in found if at < top + HEAD), default=found[0])
        return max(0, nearest - HEAD - _BEFORE)


def lay_out(  # noqa: PLR0913 - what a card shows
    item: Item, width: int, now: datetime, zone: tzinfo, judged: Judged | None = None, *, hits: Hits = NOTHING
) -> Laid:
    """Return the card of ``item`` in lines of at most ``width`` cells, with its signals as far as they are known.

    What was searched for is marked in names, texts and notes, not in what this program says of them.
    """
    measure = min(MEASURE, width)
    lines: list[Line] = [*_head(item, width, now, zone)]
    if not _has_room(item, width, moment(item.row.at, now, zone)):
        lines += inked(_place(item), measure, Ink.TEXT)
    lines += _title(item, measure)
    lines = mark_lines(lines, hits)
    lines += _about(item, judged, measure, now, zone)
    quoted = quoted_in(item, judged) if judged else Quoted()
    lines.append(EMPTY)
    newest = 0
    if item.row.messages > 1 or item.earlier:
        thread = thread_lines(item, quoted, measure, now, zone)
        newest = len(lines) + thread.newest
        words = thread.lines
    else:
        words = list(_text(item, quoted, measure))
    lines += mark_lines([*words, *_drafts(item, measure)], hits)
    lines += _signals(judged, measure) if judged else ()
    history = mark_lines(history_lines(item, measure, now, zone), hits)
    return Laid((*lines, EMPTY, *history) if history else tuple(lines), newest)


def _head(item: Item, width: int, now: datetime, zone: tzinfo) -> Iterator[Line]:
    row = item.row
    star: Line = ((SafeText(f"{marks().gold} "), Ink.VALUABLE),) if row.gold else EMPTY
    name: Piece = (safe_name(row.person.name), Ink.STRONG)
    when = f"{kind_words(row.kind)} {marks().dot} {distance(row.at, now, zone)}"
    yield (*star, *_both(name, when, width - width_of(star)))
    at = moment(row.at, now, zone)
    place = _place(item) if _has_room(item, width, at) else SafeText("")
    yield _both((place, Ink.TEXT), at, width)
    yield EMPTY


def _both(left: Piece, right: str, width: int) -> Line:
    """Return ``left`` at the left and ``right``, muted, at the right; the left one is cut first."""
    text, ink = left
    right_ = cut(SafeText(right), width)
    room = width - cells(right_) - 2
    if room < 8:  # no room for both
        return ((cut(text, width), ink),)
    return (fit(cut(text, room), room + 2), ink), (right_, Ink.MUTED)


def _place(item: Item) -> SafeText:
    return place_words(item.row.person)


def _has_room(item: Item, width: int, at: str) -> bool:
    """Return whether where the person works has room beside the time."""
    return cells(_place(item)) + 2 + cells(at) <= width


def _title(item: Item, measure: int) -> Iterator[Line]:
    if title := title_words(item):
        yield from inked(title, measure, Ink.TEXT)


def _about(item: Item, judged: Judged | None, measure: int, now: datetime, zone: tzinfo) -> Iterator[Line]:
    person = item.row.person
    shown = marks()
    if item.others:
        yield from inked(others_words(item.others), measure, Ink.MUTED)
    if person.connected:
        yield from inked(connected_words(person), measure, Ink.TEXT)
    if item.row.gold:
        yield from inked(SafeText(VALUABLE), measure, Ink.VALUABLE)
    if item.row.tags:
        yield from inked(safe_text(shown_tags(item.row.tags)), measure, Ink.TEXT)
    yield from _clock(item, measure, now, zone)
    if is_back(item.row) and item.row.held_until:
        words = f"{shown.held} {back_words(item.row.held_until, now, zone)}"
        yield from inked(SafeText(words), measure, Ink.WAITING)
    yield from _call(item, measure, now, zone)
    if item.row.sponsored:
        yield from inked(SafeText(f"{shown.sponsored} {SPONSORED}"), measure, Ink.FLAG)
    yield from _flags(item, judged, measure)
    if item.also:
        yield from inked(also_words(item.also, now.astimezone(zone)), measure, Ink.WAITING)
    for unknown in unknown_words(item, zone):
        yield from inked(SafeText(f"{shown.unknown} {unknown}"), measure, Ink.UNKNOWN)


def _clock(item: Item, measure: int, now: datetime, zone: tzinfo) -> Iterator[Line]:
    """How long it may still be there, and what is owed."""
    soon = (days_left(item.row, now) or 0) <= SOON
    if words := life_words(item.row, item.as_of and item.as_of.astimezone(zone), now):
        yield from inked(SafeText(words), measure, Ink.WAITING if soon else Ink.MUTED)
    if words := owed_words(item.row, now):
        yield from inked(SafeText(words), measure, Ink.WAITING)


def _flags(item: Item, judged: Judged | None, measure: int) -> Iterator[Line]:
    """What a filter cannot take away, and eyes may miss."""
    if has_unseen(item):
        yield from inked(SafeText(f"{marks().flag} {UNSEEN}"), measure, Ink.FLAG)
    told = judged and any(signal.rule == "mixed-script" for signal in judged.signals)
    if not told and looks_alike(item.row.person.name):
        yield from inked(SafeText(f"{marks().flag} {ALIKE}"), measure, Ink.FLAG)


def _call(item: Item, measure: int, now: datetime, zone: tzinfo) -> Iterator[Line]:
    if item.call:
        words = SafeText(f"{marks().call} {call_words(item.call, now, zone)}")
        yield from inked(words, measure, Ink.WAITING)


def _text(item: Item, quoted: Quoted, measure: int) -> Iterator[Line]:
    if not any(message.text.strip() or message.attachments for message in item.messages):
        yield from inked(no_text(item.row.kind), measure, Ink.MUTED)
        return
    for message in item.messages:
        if message.subject.strip() and message.subject.strip() != item.title.strip():
            yield from inked(safe_text(message.subject.strip()), measure, Ink.STRONG)
            yield EMPTY
        yield from body_lines(message.text, quoted.spans_in(message), measure, Ink.TEXT)
        if message.attachments:
            yield from inked(attached(message.attachments), measure, Ink.MUTED)


def _signals(judged: Judged, measure: int) -> Iterator[Line]:
    from linkinbox.tui.widgets.signal_lines import signal_lines  # with the rules: not for the first frame

    signals = list(signal_lines(judged, measure))
    yield from (EMPTY, *signals) if signals else ()


def _drafts(item: Item, measure: int) -> Iterator[Line]:
    for draft in item.drafts:
        yield EMPTY
        yield from inked(SafeText("your draft, not sent"), measure, Ink.MUTED)
        yield from inked(safe_body(draft.strip()), measure, Ink.WAITING, indent=2)
