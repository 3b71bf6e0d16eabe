"""What the end of a sweep says: figures, and people who fell silent, with the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as date_type
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from linkinbox.model import Counts, Path, Row, View
from linkinbox.text import SafeText, safe_name, safe_text
from linkinbox.words.key_words import key_of
from linkinbox.words.said import key_of_view, undoes
from linkinbox.words.signal_words import signal_said
from linkinbox.words.times import date

if TYPE_CHECKING:
    from linkinbox.store.evidence import Judged
    from linkinbox.store.nudges import Nudge
    from linkinbox.store.sweeps import Swept

_MANY = {"call": "calls", "intro": "intros", "call recorded": "calls recorded"}


def end_words(swept: Swept, spent: timedelta) -> SafeText:
    """What was decided, and in which time: "40 in 4 m 10 s: 27 to accept, 10 junk, 2 held, 1 intro."."""
    if not swept.items:
        return SafeText("Nothing was decided.")
    told = ", ".join(f"{count:,} {_MANY.get(what, what) if count > 1 else what}" for what, count in swept.counts)
    return safe_text(f"{swept.items:,} {duration(spent)}: {told}.")


def duration(spent: timedelta) -> str:
    """A time as it is told behind a number: "in 4 m 10 s"; "decided" where no second passed."""
    seconds = int(spent.total_seconds())
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    if hours:
        return f"in {hours} h {minutes} m"
    if minutes:
        return f"in {minutes} m {seconds} s"
    return f"in {seconds} s" if seconds else "decided"


def since_gold(path: Path) -> SafeText:
    """How much junk lies on the open path."""
    junk = f"{path.open.junk:,} junk"
    bulk = f" and {path.open.junk_bulk:,} in bulk" if path.open.junk_bulk else ""
    return SafeText(f"{junk}{bulk} {'since the last gold' if path.golds_count else 'so far'}.")


def end_choices(nudges: Sequence[Nudge], counts: Counts) -> list[tuple[str, SafeText, SafeText]]:
    """The lines of the menu: people by their number, then the carry-out list."""
    lines = [(str(number), safe_name(nudge.row.person.name), _silence(nudge)) for number, nudge in enumerate(nudges)]
    if to_do := counts[View.TO_ACCEPT]:
        about = SafeText(f"{key_of_view(View.TO_ACCEPT)}  accepted here, still to be done on LinkedIn")
        lines.append((View.TO_ACCEPT.value, SafeText(f"{to_do:,} to carry out"), about))
    return lines


def _silence(nudge: Nudge) -> SafeText:
    what = "no call, no exchange" if nudge.spoke else "connected, and no word"
    return SafeText(f"{what} for {(nudge.known_until - nudge.silent_since).days:,} d")


def nudge_words(nudge: Nudge, judged: Judged, now: datetime) -> SafeText:
    """Why somebody is named, in one sentence."""
    person = nudge.row.person
    how = f"{'valuable since' if nudge.row.gold else 'accepted'} {date(nudge.decided_at, now)}"
    reasons = _reasons(nudge, judged)
    why = f" ({'; '.join(reasons)})" if reasons else ""
    connected = f"connected {_day(person.connected_on, now)}" if person.connected_on else "connected"
    silent = f"the last call or exchange was {date(nudge.silent_since, now)}" if nudge.spoke else "no word since then"
    return safe_text(f"{safe_name(person.name)}: {how}{why}, {connected}; {silent}.")


def held_off(row: Row, until: datetime, now: datetime) -> SafeText:
    """Say that somebody is not named before a time, and how to take that back."""
    return safe_text(f"{safe_name(row.person.name)} is not named before {date(until, now)} — {undoes()}")


def nudge_keys() -> SafeText:
    """Name the keys that act on who is named."""
    acts = (("call", "books a call"), ("open", "opens LinkedIn"), ("hold", "not again until"))
    return SafeText(" · ".join(f"{key_of(id_)} {words}" for id_, words in acts))


def _day(on: date_type, now: datetime) -> str:
    return f"{on.day} {on:%b}" + ("" if on.year == now.year else f" {on.year}")


def _reasons(nudge: Nudge, judged: Judged) -> list[str]:
    """The user's own words, then the signals that stood when they were accepted, with theirs."""
    own = [f"“{words}”" for words in nudge.own]
    return own + [signal_said(signal) for signal in judged.standing if signal.rule in nudge.rules]
