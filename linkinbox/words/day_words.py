"""What the page of today and the end of a sweep say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import NamedTuple

from linkinbox.model import Counts, Row, View
from linkinbox.store.backlog import MANY
from linkinbox.store.today import Today
from linkinbox.text import SafeText, age, safe_name, safe_text
from linkinbox.words.key_words import key_of
from linkinbox.words.said import key_of_view
from linkinbox.words.times import day, moment


class Waits(NamedTuple):
    """Something that waits, and the view that shows it."""

    view: View
    number: int
    what: str
    about: str = ""


def waiting(today: Today, now: datetime) -> list[Waits]:
    """What waits, the most urgent last but the sweep first: Enter starts it."""
    counts = today.counts
    to_record = counts.calls_due
    told = (
        Waits(View.SWEEP, counts[View.NEW], "new", _about_new(counts)),
        Waits(View.CALLS, to_record, "calls to record" if to_record > 1 else "call to record"),
        Waits(View.CALLS, today.calls, "calls" if today.calls > 1 else "call", _next(today.next_call, now)),
        Waits(View.TO_REPLY, counts[View.TO_REPLY], "replies owed" if counts[View.TO_REPLY] > 1 else "reply owed"),
        Waits(View.HELD, counts[View.HELD], "held", "each is back at its time"),
        Waits(View.TO_ACCEPT, counts[View.TO_ACCEPT], "to carry out", "accepted here, still to be done on LinkedIn"),
    )
    return [one for one in told if one.number]


def _about_new(counts: Counts) -> str:
    new, swept_too = counts[View.NEW], counts[View.SWEEP] - counts[View.NEW]
    if new > MANY:
        return f"{key_of('backlog')} sweeps many at once"
    if counts.due:
        return f"{counts.due:,} of them back from a hold"
    if swept_too > 0:
        return f"with the {swept_too:,} owed among them" if swept_too > 1 else "with the one owed among them"
    return "those who wrote something come first" if new > 1 else ""


def _next(call: Row | None, now: datetime) -> str:
    if call is None or call.call_at is None:
        return ""
    local = call.call_at.astimezone(now.tzinfo)
    when = f"today {local:%H:%M}" if local.date() == now.date() else f"{day(local, now)} {local:%H:%M}"
    return f"{when}, {safe_name(call.person.name)}"


def choices(waits: list[Waits]) -> Iterator[tuple[str, SafeText, SafeText]]:
    """The lines of the page: the view's name, how many of what, its key and more of it."""
    width = max((len(f"{one.number:,}") for one in waits), default=0)
    for one in waits:
        about = safe_text(f"{key_of_view(one.view)}  {one.about}".rstrip())
        yield one.view.value, safe_text(f"{one.number:>{width},} {one.what}"), about


def title(now: datetime) -> SafeText:
    """The day."""
    return SafeText(f"Today, {now:%A} {now.day} {now:%B}")


def calm(today: Today) -> SafeText:
    """What is to be said where nothing is new; "" where something is."""
    if today.counts.as_of is None:
        return SafeText(f"Nothing was imported so far. {key_of('import')} imports an export.")
    if today.counts[View.NEW]:
        return SafeText("")
    if not today.counts[View.ALL]:
        return SafeText(f"Nothing to decide on was in the data. {key_of('import')} imports another export.")
    return SafeText(f"Nothing new: all is decided. {key_of('import')} imports a newer export.")


def question(call: Row, now: datetime, zone: tzinfo, more: int) -> SafeText:
    """Which call is asked about, and how many more are."""
    when = f", {moment(call.call_at, now, zone)}" if call.call_at else ""
    after = f"; {more:,} more after it" if more else ""
    return safe_text(f"Your call with {safe_name(call.person.name)}{when}{after}")


def data_age(as_of: datetime | None, now: datetime) -> tuple[SafeText, SafeText]:
    """Return how old the data are, in full and in short."""
    if as_of is None:
        return SafeText("nothing imported yet"), SafeText("no data yet")
    local = as_of.astimezone(now.tzinfo)
    old = age(as_of, now)
    old = "new" if old == "now" else f"{old} old"
    return SafeText(f"data of {local.day} {local:%b}, {old}"), SafeText(f"data {old}")
