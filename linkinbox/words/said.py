"""What the status line says of a change, and what an empty view says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, assert_never

from linkinbox.actions import ACTIONS
from linkinbox.model import Change, Counts, Kind, Verb, View
from linkinbox.text import SafeText, safe_name, safe_text
from linkinbox.words.key_words import key_of

if TYPE_CHECKING:
    from linkinbox.looking import Shown

_REASON = 40  # letters, so that how to take it back has room
_SEARCHED = 18  # letters

TITLES = {action.view: action.title for action in ACTIONS if action.view}


def key_of_view(view: View) -> str:
    """The key that opens a view."""
    return key_of(f"view-{view}")


def undoes() -> str:
    """How what was said is taken back."""
    return f"{key_of('undo')} undoes"


def _redoes() -> str:
    return f"{key_of('redo')} does it again"


def said(change: Change, now: datetime) -> SafeText:
    """Say what was done, or taken back, and how to go back from there."""
    who = _who(change)
    if change.undone and change.overruled:
        return safe_text(f"Taken back: {change.overruled}{', ' if who else ''}{who} — {_redoes()}")
    if change.undone:
        return safe_text(
            f"Taken back: {_TAKEN_BACK[change.verb]} {who}{_because(change)}{_tagged(change)} — {_redoes()}"
        )
    left = f"stopped: {change.left:,} are left as they were" if change.left else ""
    more = [left, PurePath(change.note).name, *change.warnings]
    return safe_text(" · ".join([_done(change, who, now), *filter(None, more)]) + f" — {undoes()}")


_TAKEN_BACK = {
    Verb.ACCEPT: "accepting", Verb.JUNK: "junking", Verb.DONE: "done with", Verb.HOLD: "holding",
    Verb.NOTE: "the note on", Verb.TAG: "tagging", Verb.GOLD: "the word on", Verb.CALL: "the call with",
    Verb.OUTCOME: "what became of the call with", Verb.UNDO: "", Verb.REDO: "", Verb.FORGET: "",
    Verb.OVERRULE: "", Verb.SECOND_LOOK: "the second look at",
}  # fmt: skip


def _because(change: Change) -> str:
    limit = _REASON // 2 if change.undone else _REASON
    return f", because: {safe_text(change.reason, limit=limit)}" if change.reason else ""


def _tagged(change: Change) -> str:
    return f" {safe_text(change.tagged, limit=_REASON)}" if change.tagged else ""


def _who(change: Change) -> str:
    if not change.rows and change.overruled:
        return ""  # a rule as a whole is nobody's
    if not change.rows:
        return f"{len(change.ids):,} items" if change.ids else "somebody who is not here"
    first, others = safe_name(change.rows[0].person.name), len(change.ids) - 1
    return f"{first} and {others:,} more" if others else first


def _done(change: Change, who: str, now: datetime) -> str:  # noqa: C901 - one case for each verb
    row = change.rows[0] if change.rows else None
    match change.verb:
        case Verb.ACCEPT:
            words = f"To reply: {who}" if row and row.kind is Kind.CONVERSATION else f"To accept: {who}"
            words += _because(change)
        case Verb.JUNK:
            words = f"Junked {who}"
        case Verb.DONE:
            words = f"Done with {who}"
        case Verb.HOLD:
            words = f"Held {who} to {_time(row.held_until, now)}" if row and row.held_until else f"Held {who}"
        case Verb.NOTE:
            words = f"Noted on {who}"
        case Verb.TAG:
            words = f"Tagged {who}{_tagged(change)}" if change.tagged else f"{who}: tagged so already"
        case Verb.GOLD:
            words = f"Gold: {who}" if row and row.gold else f"No longer gold: {who}"
        case Verb.CALL | Verb.OUTCOME:
            booked = row and row.call_at
            words = f"Call with {who} on {_time(booked, now)}" if booked else f"Recorded the call with {who}"
            words += ", now gold" if not booked and row and row.gold else ""
        case Verb.OVERRULE:
            words = f"{who}: {change.overruled}" if who else change.overruled
        case Verb.SECOND_LOOK:
            words = f"Looked again at {who}"
        case Verb.UNDO | Verb.REDO | Verb.FORGET:
            words = who
        case _:
            assert_never(change.verb)
    return words


def _time(at: datetime, now: datetime) -> str:
    here = at.astimezone(now.tzinfo)
    year = f" {here.year}" if here.year != now.year else ""
    return f"{here:%a} {here.day} {here:%b}{year} {here:%H:%M}"


def end_of(shown: Shown) -> SafeText:
    """Say that what is shown is at its end, or so far, while more comes in."""
    return safe_text(f"End of {place_words(shown)}{'' if shown.ids.is_complete else ' so far'}")


def decided_here(decided: int) -> str:
    """How many items were decided on until here, to be said behind something else."""
    return f" — {decided:,} decided in this sitting" if decided else ""


def warning_words(warnings: Sequence[str], about: str) -> tuple[SafeText, ...]:
    """Say that there are warnings: a single one as it is, where there is room for it; then where they stand."""
    count, help_ = len(warnings), key_of("help")
    there = f"{about}1 warning — {help_} shows it" if count == 1 else f"{about}{count:,} warnings — {help_} shows them"
    return (*map(safe_text, warnings if count == 1 else ()), safe_text(there))


def no_split(number: int) -> SafeText:
    """Say that there is none of this number, and how one is made."""
    return SafeText(f"There is no split {number}: each [[split]] in config.toml is one")


def found_words(shown: Shown) -> str:
    """Say how many were found in what is searched; of more than are wanted, that they are the newest."""
    count, so_far = len(shown.ids), "" if shown.ids.is_complete else " so far"
    if shown.ids.may_be_more:
        return f"The newest {count:,}"
    if shown.outer and shown.outer.narrowed:
        return f"{count:,} of {len(shown.outer.shown.ids):,} in {place_words(shown.outer.shown)}{so_far}"
    return f"{count:,} found{so_far}"


def order_words(shown: Shown) -> str:
    """Say how those that were found stand, if there are several."""
    return f", {shown.order}" if shown.order and len(shown.ids) > 1 else ""


def place_words(shown: Shown) -> str:
    """Say what is shown: a view, a split, a batch of the backlog, or a search in one."""
    where = "this batch" if shown.is_batch else shown.split.name if shown.split else TITLES[shown.view]
    return f"{where} with “{safe_text(shown.words, limit=_SEARCHED)}”" if shown.words and not shown.split else where


def search_words(shown: Shown, counts: Counts) -> str:
    """Say in a few letters what is searched for, and how many of how many were found."""
    narrowed = shown.outer and shown.outer.narrowed
    of = len(shown.outer.shown.ids) if shown.outer and narrowed else counts[shown.view]
    so_far = "" if shown.ids.is_complete else " so far"
    return f"“{safe_text(shown.words, limit=_SEARCHED)}” {len(shown.ids):,} of {of:,}{so_far}"


_EMPTY = {
    View.SWEEP: "Nothing new and no answers owed: all is decided. {import} imports a newer export.",
    View.NEW: "Nothing new: all is decided. {import} imports a newer export.",
    View.INVITATIONS: "No new invitations. {import} imports a newer export.",
    View.MESSAGES: "No new messages. {import} imports a newer export.",
    View.TO_REPLY: "No answers owed. Here are messages that you {accept}, and threads in which it is your turn.",
    View.EXPIRING: "No new invitations that may still be there. {view-new} shows all that is new.",
    View.HELD: "Nothing is held. {hold} puts an item away until a time; then it is back by itself.",
    View.CALLS: "No calls are booked. {call} schedules one with the person under the cursor.",
    View.TO_ACCEPT: "Nothing to carry out. Invitations you {accept} wait here until an export shows them accepted.",
    View.JUNK: "No junk. {junk} puts an item here.",
    View.GOLD: "No valuable contacts so far. {gold} marks one; a call that was held does it too.",
    View.CONNECTED: "Nobody you are connected with. The export's Connections file tells.",
    View.ALL: "Nothing was imported so far. {import} imports an export.",
}


def empty(shown: Shown) -> SafeText:
    """Say what would be in an empty view, and the key that brings it."""
    if shown.words:
        narrowed = shown.outer and shown.outer.narrowed
        place = place_words(shown.outer.shown) if shown.outer and narrowed else TITLES[shown.view]
        where = "" if shown.view is View.ALL else f" {key_of_view(View.ALL)} looks everywhere."
        return safe_text(f"Nothing in {place} has “{shown.words}”.{where} {key_of('back')} goes back.")
    keys = {action.id: key_of(action.id) for action in ACTIONS}
    return safe_text(_EMPTY[shown.view].format_map(keys))
