"""The decisions and notes of an item laid out as lines, newest last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import assert_never

from linkinbox.decisions import overrule_words
from linkinbox.model import CallOutcome, Entry, Item, Kind, Verb
from linkinbox.store.times import from_text
from linkinbox.tags import tagging_words
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.painting import Ink, Line, inked, wrap
from linkinbox.tui.widgets.times import moment

_TIME_CELLS = 13  # "12 Mar 08:15", and a blank


def history_lines(item: Item, measure: int, now: datetime, zone: tzinfo) -> list[Line]:
    """Return what was decided on ``item`` and noted of it, in lines of at most ``measure`` cells."""
    return [line for entry in item.entries for line in _entry(entry, item.row.kind, measure, now, zone)]


def _entry(entry: Entry, kind: Kind, measure: int, now: datetime, zone: tzinfo) -> Iterator[Line]:
    local = entry.at.astimezone(zone)
    stamp = f"{local.day} {local:%b %H:%M}" if local.year == now.year else f"{local.day} {local:%b %Y}"
    noted = entry.action is Verb.NOTE
    label = "note  " if noted else ""
    words = entry_words(entry, kind, now, zone)
    ink = Ink.TEXT if noted else Ink.WAITING
    column = _TIME_CELLS + len(label)
    if measure < 2 * column:  # no room beside the time
        yield ((SafeText(f"{stamp} {label}"), Ink.MUTED),)
        yield from inked(words, measure, ink, indent=2)
        return
    for number, text in enumerate(wrap(words, measure - column)):
        head = f"{stamp:<{_TIME_CELLS}}{label}" if number == 0 else " " * column
        yield (SafeText(head), Ink.MUTED), (text, ink)


def entry_words(entry: Entry, kind: Kind | None, now: datetime, zone: tzinfo) -> SafeText:  # noqa: C901 - one a verb
    """Return what ``entry`` did, in words: "held to Tue 1 Dec 09:00 CET"; a note is its own words."""
    payload = entry.payload
    match entry.action:
        case Verb.NOTE:
            words: str = safe_text(str(payload.get("text", "")))
        case Verb.ACCEPT:
            words = _accepted(payload.get("reason"), kind)
        case Verb.JUNK | Verb.DONE:
            words = entry.action.value
        case Verb.HOLD:
            held = "no nudge before" if payload.get("nudge") else "held to"
            words = f"{held} {_moment(payload.get('until'), now, zone)}"
        case Verb.TAG:
            words = safe_text(f"tagged {tagging_words(payload.get('add', ()), payload.get('drop', ()))}")
        case Verb.GOLD:
            words = f"{marks().gold} valuable contact" if payload.get("on", True) else "no longer a valuable contact"
        case Verb.CALL:
            words = f"{marks().call} call {_moment(payload.get('at'), now, zone)}"
        case Verb.OUTCOME:
            words = _outcome(entry, now, zone)
        case Verb.OVERRULE:
            words = safe_text(overrule_words(payload))
        case Verb.SECOND_LOOK:
            words = f"second look: {'would accept' if payload.get('accept') else 'still junk'}"
        case Verb.UNDO | Verb.REDO | Verb.FORGET:
            words = entry.action.value
        case _:
            assert_never(entry.action)
    return SafeText(words)


def _accepted(reason: object, kind: Kind | None) -> str:
    words = "to reply" if kind is Kind.CONVERSATION else "to accept"
    return f"{words}, because: {safe_text(str(reason))}" if reason else words


def _outcome(entry: Entry, now: datetime, zone: tzinfo) -> str:
    outcome = entry.payload.get("outcome")
    if outcome == CallOutcome.MOVED:
        return f"{marks().call} call moved to {_moment(entry.payload.get('at'), now, zone)}"
    owed = ", intro owed" if entry.payload.get("intro_owed") else ""
    return f"{marks().call} call {safe_text(str(outcome))}{owed}"


def _moment(text: object, now: datetime, zone: tzinfo) -> str:
    return moment(from_text(text), now, zone) if isinstance(text, str) else "?"
