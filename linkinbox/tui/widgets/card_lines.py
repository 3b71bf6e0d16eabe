"""An item laid out as lines: who, what is known and unknown, the words, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from linkinbox.hits import NOTHING, Hits
from linkinbox.lifetime import SOON, days_left, life_words, owed_words
from linkinbox.model import Item, Kind
from linkinbox.tags import shown as shown_tags
from linkinbox.text import SafeText, looks_alike, safe_body, safe_name, safe_text, suspicious
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.also_words import also_words
from linkinbox.tui.widgets.history_lines import history_lines
from linkinbox.tui.widgets.marking import mark_lines
from linkinbox.tui.widgets.painting import EMPTY, Ink, Line, Piece, cells, cut, fit, inked, width_of
from linkinbox.tui.widgets.quoting import Quoted, body_lines, quoted_in
from linkinbox.tui.widgets.row_line import is_back
from linkinbox.tui.widgets.thread_lines import attached, thread_lines
from linkinbox.tui.widgets.times import distance, moment

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
    kind = "invitation" if row.kind is Kind.INVITATION else "message"
    star: Line = ((SafeText(f"{marks().gold} "), Ink.VALUABLE),) if row.gold else EMPTY
    name: Piece = (safe_name(row.person.name), Ink.STRONG)
    when = f"{kind} {marks().dot} {distance(row.at, now, zone)}"
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
    person = item.row.person
    return safe_text(", ".join(part for part in (person.position, person.company) if part))


def _has_room(item: Item, width: int, at: str) -> bool:
    """Return whether where the person works has room beside the time."""
    return cells(_place(item)) + 2 + cells(at) <= width


def _title(item: Item, measure: int) -> Iterator[Line]:
    title = item.title.strip()
    if title and title != item.row.person.name.strip():
        yield from inked(safe_text(title), measure, Ink.TEXT)


def _about(item: Item, judged: Judged | None, measure: int, now: datetime, zone: tzinfo) -> Iterator[Line]:
    person = item.row.person
    shown = marks()
    if item.others:
        others = ", ".join(safe_name(name) for name in item.others[:5])
        more = f" and {len(item.others) - 5} more" if len(item.others) > 5 else ""
        yield from inked(SafeText(f"with {others}{more}"), measure, Ink.MUTED)
    if person.connected:
        since = f" since {person.connected_on.day} {person.connected_on:%b %Y}" if person.connected_on else ""
        yield from inked(SafeText(f"connected{since}"), measure, Ink.TEXT)
    if item.row.gold:
        yield from inked(SafeText("a valuable contact"), measure, Ink.VALUABLE)
    if item.row.tags:
        yield from inked(safe_text(shown_tags(item.row.tags)), measure, Ink.TEXT)
    yield from _clock(item, measure, now, zone)
    if is_back(item.row) and item.row.held_until:
        words = f"{shown.held} back from a hold since {moment(item.row.held_until, now, zone)}"
        yield from inked(SafeText(words), measure, Ink.WAITING)
    yield from _call(item, measure, now, zone)
    if item.row.sponsored:
        yield from inked(
            SafeText(f"{shown.sponsored} a sponsored message: somebody paid LinkedIn to send it"),
            measure,
            Ink.FLAG,
        )
    yield from _flags(item, judged, measure)
    if item.also:
        yield from inked(also_words(item.also, now.astimezone(zone)), measure, Ink.WAITING)
    for unknown in _unknowns(item, zone):
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
    if any(map(suspicious, _written(item))):
        words = f"{marks().flag} holds characters that cannot be seen, shown as \ufffd"
        yield from inked(SafeText(words), measure, Ink.FLAG)
    told = judged and any(signal.rule == "mixed-script" for signal in judged.signals)
    if not told and looks_alike(item.row.person.name):
        words = f"{marks().flag} the name mixes alphabets, or letters made to look like others"
        yield from inked(SafeText(words), measure, Ink.FLAG)


def _written(item: Item) -> Iterator[str]:
    """All that others wrote, or chose to be called."""
    person = item.row.person
    yield from (person.name, person.position or "", person.company or "", item.title, *item.others)
    for message in item.messages:
        yield from (message.text, message.subject, message.sender)


def _call(item: Item, measure: int, now: datetime, zone: tzinfo) -> Iterator[Line]:
    call = item.call
    if call is None:
        return
    at = moment(call.at, now, zone)
    if call.outcome is not None:
        words = f"call {call.outcome}, {at}"
    elif call.at > now:
        words = f"{at}, {distance(call.at, now, zone)}, {call.minutes} min"
    else:
        words = f"{at}, {distance(call.at, now, zone)}: what became of it? c records it"
    yield from inked(SafeText(f"{marks().call} {words}"), measure, Ink.WAITING)


def _unknowns(item: Item, zone: tzinfo) -> Iterator[str]:
    """What the export did not tell; never a reason against anybody (product.md §1.3)."""
    person = item.row.person
    missing = ["headline", *(["company"] if person.company is None else [])]
    of = ""
    if item.as_of is not None:
        local = item.as_of.astimezone(zone)
        of = f" of {local.day} {local:%b %Y}"
    yield f"{', '.join(missing)}: not in the export{of}"
    if person.connected is None:
        yield "connected or not: the export does not tell"
    if item.namesake is not None:
        since = f"{item.namesake.day} {item.namesake:%b %Y}"
        yield f"a connection of this name since {since}: no profile link tells if it is the same person"


def _text(item: Item, quoted: Quoted, measure: int) -> Iterator[Line]:
    if not any(message.text.strip() or message.attachments for message in item.messages):
        note = "(no note)" if item.row.kind is Kind.INVITATION else "(no text)"
        yield from inked(SafeText(note), measure, Ink.MUTED)
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
