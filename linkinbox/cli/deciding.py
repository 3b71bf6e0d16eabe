"""Decisions from the command line; several ids in one command are one act, and count as bulk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from linkinbox.cli.options import (
    examples,
    id_argument,
    ids_argument,
    json_option,
    note_option,
    one_line,
    reason_option,
    typed,
)
from linkinbox.cli.session import find_all, now, open_inbox, say, zone
from linkinbox.decisions import Accept, Decision, Done, Gold, Hold, Junk, Note

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox
    from linkinbox.model import Change


def _deciding(name: str, decide: Callable[[str], Decision], about: str, *lines: str) -> click.Command:
    """A command that decides on items and may note why."""

    @click.command(name, help=about, epilog=examples(*lines))
    @ids_argument
    @note_option
    @json_option
    def command(*, refs: Sequence[str], note: str, as_json: bool) -> None:
        _decide(decide(note), refs, as_json=as_json)

    return command


@click.command(
    epilog=examples("accept 12", 'accept 12 --reason "area: logistics"', 'accept 12 15 --note "met at the fair"')
)
@ids_argument
@reason_option
@note_option
@json_option
def accept(*, refs: Sequence[str], reason: str, note: str, as_json: bool) -> None:
    """Accept: to be accepted on LinkedIn, or answered.

    A reason replaces the one given before. `linkinbox reasons` shows what came of each.
    """
    _decide(Accept(note, reason), refs, as_json=as_json)


junk = _deciding("junk", Junk, "Junk: not wanted.", "junk 12", "junk 12 15 18")
done = _deciding("done", Done, "Done: nothing is needed.", "done 12", 'done 12 --note "answered by phone"')


@click.command(epilog=examples('hold 12 --until "tue 9"', "hold 12 15 --until 2026-12-01T09:00"))
@ids_argument
@click.option("--until", metavar="WHEN", required=True, type=typed, help="A time such as “tue 9” or “in 2 weeks”.")
@click.option("--nudge", is_flag=True, help="Only say nothing of the person after a sweep; the item stays as it is.")
@json_option
def hold(*, refs: Sequence[str], until: str, nudge: bool, as_json: bool) -> None:
    """Hold until a time, then the item is back by itself."""
    from linkinbox.when import parse_when

    _decide(Hold(parse_when(until, now=now(), zone=zone()), nudge=nudge or None), refs, as_json=as_json)


@click.command(epilog=examples('note 12 "knows the port of Rotterdam"'))
@id_argument
@click.argument("text", type=one_line)
@json_option
def note(*, ref: str, text: str, as_json: bool) -> None:
    """Note a line of your own about an item."""
    _decide(Note(text), [ref], as_json=as_json)


@click.command(epilog=examples("gold 12", "gold 12 --off"))
@ids_argument
@click.option("--off", is_flag=True, help="No longer.")
@json_option
def gold(*, refs: Sequence[str], off: bool, as_json: bool) -> None:
    """Mark a valuable contact, or no longer."""
    _decide(Gold(on=not off), refs, as_json=as_json)


def _decide(decision: Decision, refs: Sequence[str], *, as_json: bool) -> None:
    with open_inbox() as inbox:
        tell(inbox, inbox.apply(decision, find_all(inbox, refs)), as_json=as_json)


def tell(inbox: Inbox, change: Change, *, as_json: bool) -> None:
    """Say what changed, and print the changed rows if asked."""
    from linkinbox.cli.words import change_words

    say(change_words(change, now()))
    for warning in change.warnings:
        say(f"Warning: {warning}")
    if as_json:
        from linkinbox.cli.output import print_items

        print_items(inbox, change.ids, "json")
