"""``linkinbox show``: the card of one item."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from linkinbox.cli.options import NO_LIMIT, examples, id_argument, json_option
from linkinbox.cli.session import now, open_inbox
from linkinbox.model import State

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox
    from linkinbox.model import Entry, Item, Message, Row

_SHOWN = 50  # messages of a thread that people see


@click.command(epilog=examples("show 12", "show 12 --json"))
@id_argument
@json_option
def show(*, ref: str, as_json: bool) -> None:
    """Show everything known of one item.

    Who, the texts, what was decided, and what the export does not tell.
    """
    with open_inbox() as inbox:
        item = inbox.item(inbox.find(ref), messages=NO_LIMIT if as_json else _SHOWN)
        if as_json:
            from linkinbox.cli.output import print_json
            from linkinbox.store.exports.shapes import clock_json, item_json, judged_json

            judged = inbox.judged([item.row.id])
            seen = judged_json(judged[item.row.id]) if judged else {}
            print_json({**item_json(item), **clock_json(item.row, now()), **seen})
        else:
            click.echo("\n".join([*_card(item, now()), *_signals(inbox, item), *_history(item, now())]))


def _card(item: Item, at: datetime) -> Iterator[str]:
    from linkinbox.text import safe_name, safe_text

    row = item.row
    yield safe_name(row.person.name)
    yield from (f"  {line}" for line in _facts(item, at))
    if item.title:
        yield f"\n{safe_text(item.title)}"
    if item.earlier:
        yield f"\n({item.earlier:,} earlier messages; --json has them all)"
    for message in item.messages:
        yield from _message(message, at)
    for draft in item.drafts:
        yield from ("\nYour draft", *_indented(draft))


def _signals(inbox: Inbox, item: Item) -> Iterator[str]:
    from linkinbox.cli.ruling import signal_lines

    lines = list(signal_lines(inbox, item.row.id))
    if lines:
        yield "\nSignals"
    yield from (f"  {line}" for line in lines)


def _history(item: Item, at: datetime) -> Iterator[str]:
    if item.entries:
        yield "\nHistory"
    yield from (f"  {_entry(entry, at)}" for entry in item.entries)


def _facts(item: Item, at: datetime) -> Iterator[str]:
    from linkinbox.cli.columns import day, moment
    from linkinbox.lifetime import life_words, owed_words
    from linkinbox.tags import shown
    from linkinbox.text import age, safe_text

    row, person = item.row, item.row.person
    known: list[str] = [safe_text(fact) for fact in (person.position, person.company) if fact]
    if person.connected_on:
        known.append(f"connected since {person.connected_on.day} {person.connected_on:%b %Y}")
    if known:
        yield " · ".join(known)
    if unknown := list(_unknown(row)):
        yield f"not in the export: {', '.join(unknown)}"
    if item.namesake:
        yield f"you are connected with somebody of this name, since {item.namesake}"
    if row.tags:
        yield safe_text(shown(row.tags))
    if url := item.url or person.url:
        yield safe_text(url)
    yield f"{row.kind} {row.id} · {moment(row.at, at)} · {age(row.at, at)} old · {_standing(row, at)}"
    yield from filter(None, (life_words(row, item.as_of and item.as_of.astimezone(at.tzinfo), at), owed_words(row, at)))
    if item.call:
        yield f"call {moment(item.call.at, at)}, {item.call.minutes} minutes: {item.call.outcome or 'booked'}"
    if item.others:
        yield f"also in the thread: {safe_text(', '.join(item.others))}"
    if item.as_of:
        yield f"data of {day(item.as_of, at)}"


def _unknown(row: Row) -> Iterator[str]:
    if not row.person.position and not row.person.company:
        yield "headline, company"
    if row.person.connected is None:
        yield "whether you are connected"


def _standing(row: Row, at: datetime) -> str:
    from linkinbox.cli.columns import moment

    words = row.state.value
    if row.filed_because:
        words += f" ({row.filed_because.value})"
    if row.state is State.HELD and row.held_until:
        words += f" until {moment(row.held_until, at)}"
    if row.carried_out:
        words += ", done on LinkedIn"
    return words + (" · ★ gold" if row.gold else "") + (" · sponsored" if row.sponsored else "")


def _message(message: Message, at: datetime) -> Iterator[str]:
    from linkinbox.cli.columns import moment
    from linkinbox.text import safe_name, safe_text

    subject = f" · {safe_text(message.subject)}" if message.subject else ""
    files = f" · {message.attachments} attached" if message.attachments else ""
    yield f"\n{moment(message.at, at)}  {safe_name(message.sender)}{subject}{files}"
    yield from _indented(message.text or "(no text)")


def _indented(text: str) -> Iterator[str]:
    from linkinbox.text import safe_body

    return (f"  {line}".rstrip() for line in safe_body(text).split("\n"))


def _entry(entry: Entry, at: datetime) -> str:
    from linkinbox.cli.columns import moment
    from linkinbox.cli.words import payload_words

    return f"{moment(entry.at, at)}  {entry.action}{payload_words(entry, at)}"
