"""The decisions and notes of an item laid out as lines, newest last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from linkinbox.model import Entry, Item, Kind, Verb
from linkinbox.text import SafeText
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.painting import Ink, Line, inked, wrap
from linkinbox.words.entry_words import entry_words

_TIME_CELLS = 13  # "12 Mar 08:15", and a blank


def history_lines(item: Item, measure: int, now: datetime, zone: tzinfo) -> list[Line]:
    """Return what was decided on ``item`` and noted of it, in lines of at most ``measure`` cells."""
    return [line for entry in item.entries for line in _entry(entry, item.row.kind, measure, now, zone)]


def _entry(entry: Entry, kind: Kind, measure: int, now: datetime, zone: tzinfo) -> Iterator[Line]:
    local = entry.at.astimezone(zone)
    stamp = f"{local.day} {local:%b %H:%M}" if local.year == now.year else f"{local.day} {local:%b %Y}"
    noted = entry.action is Verb.NOTE
    label = "note  " if noted else ""
    words = SafeText(f"{_mark(entry)}{entry_words(entry, kind, now, zone)}")
    ink = Ink.TEXT if noted else Ink.WAITING
    column = _TIME_CELLS + len(label)
    if measure < 2 * column:  # no room beside the time
        yield ((SafeText(f"{stamp} {label}"), Ink.MUTED),)
        yield from inked(words, measure, ink, indent=2)
        return
    for number, text in enumerate(wrap(words, measure - column)):
        head = f"{stamp:<{_TIME_CELLS}}{label}" if number == 0 else " " * column
        yield (SafeText(head), Ink.MUTED), (text, ink)


def _mark(entry: Entry) -> str:
    """Return what stands before the words of calls and of who is valuable."""
    match entry.action:
        case Verb.CALL | Verb.OUTCOME:
            return f"{marks().call} "
        case Verb.GOLD if entry.payload.get("on", True):
            return f"{marks().gold} "
        case _:
            return ""
