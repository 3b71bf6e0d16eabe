"""What was decided on an item and noted of it, in words."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import assert_never

from linkinbox.decisions import overrule_words
from linkinbox.model import CallOutcome, Entry, Kind, Verb
from linkinbox.store.times import from_text
from linkinbox.tags import tagging_words
from linkinbox.text import SafeText, safe_text
from linkinbox.words.times import moment


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
            words = "valuable contact" if payload.get("on", True) else "no longer a valuable contact"
        case Verb.CALL:
            words = f"call {_moment(payload.get('at'), now, zone)}"
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
        return f"call moved to {_moment(entry.payload.get('at'), now, zone)}"
    owed = ", intro owed" if entry.payload.get("intro_owed") else ""
    return f"call {safe_text(str(outcome))}{owed}"


def _moment(text: object, now: datetime, zone: tzinfo) -> str:
    return moment(from_text(text), now, zone) if isinstance(text, str) else "?"
