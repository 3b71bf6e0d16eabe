"""What commands say of a change and of a journal entry."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import assert_never

from linkinbox.cli.columns import moment
from linkinbox.decisions import overrule_words
from linkinbox.model import Change, Entry, Kind, Row, Verb
from linkinbox.tags import tagging_words
from linkinbox.text import safe_name, safe_text
from linkinbox.when import describe_when


def change_words(change: Change, now: datetime) -> str:
    """A change in one line: ``To accept: Ana Ruiz``."""
    if change.overruled and not change.ids:
        return _did(change, now)
    return f"{_did(change, now)}: {_who(change)}{_because(change)}"


def turned_words(change: Change) -> str:
    """An undo or a redo in one line: ``Taken back: accept, Ana Ruiz``."""
    what = safe_text(change.overruled or f"{change.verb} {change.tagged}".rstrip())
    who = "" if change.overruled and not change.ids else f", {_who(change)}"
    return f"{'Taken back' if change.undone else 'Done again'}: {what}{who}{_because(change)}"


def payload_words(entry: Entry, now: datetime) -> str:
    """What an entry holds beside its action: a note's text, a time, an outcome."""
    said = [str(entry.payload[name]) for name in ("outcome", "text") if name in entry.payload]
    if entry.action is Verb.TAG:
        said.append(tagging_words(entry.payload.get("add", ()), entry.payload.get("drop", ())))
    if reason := entry.payload.get("reason"):
        said.append(f"because: {reason}")
    if entry.payload.get("intro_owed"):
        said.append("intro owed")
    if entry.payload.get("nudge"):
        said.append("only the nudge")
    if entry.action is Verb.OVERRULE:
        said.append(overrule_words(entry.payload))
    times = [entry.payload[name] for name in ("at", "until") if name in entry.payload]
    said += [moment(datetime.fromisoformat(time), now) for time in times]
    if entry.action is Verb.SECOND_LOOK:
        said.append("would accept" if entry.payload.get("accept") else "still junk")
    if entry.action is Verb.GOLD and not entry.payload.get("on", True):
        said.append("off")
    return safe_text(f": {', '.join(said)}") if said else ""


def _because(change: Change) -> str:
    return safe_text(f", because: {change.reason}") if change.reason else ""


def _who(change: Change) -> str:
    if len(change.ids) > 1:
        first = f"{safe_name(change.rows[0].person.name)} and " if change.rows else ""
        return f"{first}{len(change.ids) - 1:,} more"
    if not change.ids:
        return "somebody who is not here"
    return safe_name(change.rows[0].person.name) if change.rows else "1 item"


def _did(change: Change, now: datetime) -> str:  # noqa: C901, PLR0911 - one case for each verb
    row = change.rows[0] if change.rows else None
    match change.verb:
        case Verb.ACCEPT:
            return "To reply" if row and row.kind is Kind.CONVERSATION else "To accept"
        case Verb.JUNK:
            return "Junk"
        case Verb.DONE:
            return "Done"
        case Verb.HOLD:
            return f"Held until {_time(row.held_until, now)}" if row and row.held_until else "Held"
        case Verb.NOTE:
            return "Noted"
        case Verb.TAG:
            return safe_text(f"Tagged {change.tagged}") if change.tagged else "Tagged so already"
        case Verb.GOLD:
            return "Gold" if row and row.gold else "No longer gold"
        case Verb.CALL | Verb.OUTCOME:
            return _call(row, now)
        case Verb.OVERRULE:
            return safe_text(change.overruled)
        case Verb.SECOND_LOOK:
            return "Looked again"
        case Verb.UNDO | Verb.REDO | Verb.FORGET:
            return change.verb.value.capitalize()
        case _:
            assert_never(change.verb)


def _call(row: Row | None, now: datetime) -> str:
    return f"Call on {_time(row.call_at, now)}" if row and row.call_at else "What became of the call is recorded"


def _time(at: datetime, now: datetime) -> str:
    return describe_when(at, now=now, zone=now.tzinfo or UTC)
