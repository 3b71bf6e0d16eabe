"""The messages of a thread laid out as lines: days, senders, and who wrote to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from linkinbox.model import Item, Message
from linkinbox.text import SafeText, safe_name, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.painting import EMPTY, Ink, Line, Span, cells, cut, inked
from linkinbox.tui.widgets.quoting import Quoted, body_lines
from linkinbox.words.card_words import attached
from linkinbox.words.times import day


class Thread(NamedTuple):
    """The lines of a thread, and which one its newest message begins at."""

    lines: list[Line]
    newest: int


def thread_lines(item: Item, quoted: Quoted, measure: int, now: datetime, zone: tzinfo) -> Thread:
    """Return the messages of ``item``, oldest first, in lines of at most ``measure`` cells."""
    lines: list[Line] = []
    newest = 0
    if item.earlier:
        lines += inked(SafeText(_earlier(item.earlier)), measure, Ink.MUTED)
        lines.append(EMPTY)
    last: date | None = None
    for message in item.messages:
        local = message.at.astimezone(zone)
        newest = len(lines)
        if local.date() != last:
            lines.append(_separator(day(local, now), measure))
            last = local.date()
        lines += _message(message, quoted.spans_in(message), local, measure, item.title)
        lines.append(EMPTY)
    return Thread(lines[:-1], newest)


def _earlier(count: int) -> str:
    return f"{count:,} earlier messages" if count > 1 else "1 earlier message"


def _separator(words: str, measure: int) -> Line:
    rule = marks().rule
    text = SafeText(f"{rule * 2} {words} ")
    return (text, Ink.MUTED), (SafeText(rule * max(0, measure - cells(text))), Ink.HAIRLINE)


def _message(message: Message, spans: Sequence[Span], local: datetime, measure: int, title: str) -> Iterator[Line]:
    indent = 0 if message.incoming else min(4, measure // 10)
    who = safe_name(message.sender) if message.incoming else "you"
    mark = marks().incoming if message.incoming else marks().outgoing
    time = f"  {local:%H:%M}"
    head = cut(SafeText(f"{' ' * indent}{mark} {who}"), measure - len(time))
    yield (head, Ink.STRONG if message.incoming else Ink.MUTED), (SafeText(time), Ink.MUTED)
    if message.subject.strip() and message.subject.strip() != title.strip():
        yield from inked(safe_text(message.subject.strip()), measure, Ink.STRONG, indent=indent + 2)
    ink = Ink.TEXT if message.incoming else Ink.WAITING
    if message.text.strip():
        yield from body_lines(message.text, spans, measure, ink, indent=indent + 2)
    else:
        yield from inked(SafeText("(no text)"), measure, Ink.MUTED, indent=indent + 2)
    if message.attachments:
        yield from inked(attached(message.attachments), measure, Ink.MUTED, indent=indent + 2)
