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
    twins_option,
    typed,
    yes_option,
)
from linkinbox.cli.session import find_all, now, open_inbox, say, zone
from linkinbox.decisions import Accept, Decision, Done, Gold, Hold, Junk, Note
from linkinbox.errors import UsageError
from linkinbox.model import State

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox
    from linkinbox.model import Change

UNASKED = 25  # items that are found by --twins: of more it is asked, since nobody has named them


def _deciding(name: str, decide: Callable[[str], Decision], about: str, *lines: str) -> click.Command:
    """A command that decides on items and may note why."""

    @click.command(name, help=about, epilog=examples(*lines))
    @ids_argument
    @note_option
    @twins_option
    @yes_option
    @json_option
    def command(*, refs: Sequence[str], note: str, twins: bool, yes: bool, as_json: bool) -> None:
        _decide(decide(note), refs, twins=twins, yes=yes, as_json=as_json)

    return command


@click.command(
    epilog=examples("accept 12", 'accept 12 --reason "area: logistics"', 'accept 12 15 --note "met at the fair"')
)
@ids_argument
@reason_option
@note_option
@twins_option
@yes_option
@json_option
def accept(*, refs: Sequence[str], reason: str, note: str, twins: bool, yes: bool, as_json: bool) -> None:  # noqa: PLR0913
    """Accept: to be accepted on LinkedIn, or answered.

    A reason replaces the one given before. `linkinbox reasons` shows what came of each.
    """
    _decide(Accept(note, reason), refs, twins=twins, yes=yes, as_json=as_json)


junk = _deciding("junk", Junk, "Junk: not wanted.", "junk 12", "junk 12 15 18", "junk 12 --twins")
done = _deciding("done", Done, "Done: nothing is needed.", "done 12", 'done 12 --note "answered by phone"')


@click.command(epilog=examples('hold 12 --until "tue 9"', "hold 12 15 --until 2026-12-01T09:00"))
@ids_argument
@click.option("--until", metavar="WHEN", required=True, type=typed, help="A time such as “tue 9” or “in 2 weeks”.")
@click.option("--nudge", is_flag=True, help="Only say nothing of the person after a sweep; the item stays as it is.")
@twins_option
@yes_option
@json_option
def hold(*, refs: Sequence[str], until: str, nudge: bool, twins: bool, yes: bool, as_json: bool) -> None:  # noqa: PLR0913
    """Hold until a time, then the item is back by itself."""
    from linkinbox.when import parse_when

    held = Hold(parse_when(until, now=now(), zone=zone()), nudge=nudge or None)
    _decide(held, refs, twins=twins, yes=yes, as_json=as_json)


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


def _decide(decision: Decision, refs: Sequence[str], *, twins: bool = False, yes: bool = False, as_json: bool) -> None:
    with open_inbox() as inbox:
        ids = find_all(inbox, refs)
        if twins:
            ids = _new_twins(inbox, ids)
            if len(ids) > UNASKED and not yes:
                click.confirm(f"{len(ids):,} items: decide on all of them?", abort=True, err=True)
        tell(inbox, inbox.apply(decision, ids), as_json=as_json)


def _new_twins(inbox: Inbox, ids: Sequence[int]) -> list[int]:
    """The new ones among the items and those that wrote nearly the same; what was decided before is left alone."""
    groups = [inbox.twins_of(id_) for id_ in ids]
    alone = [row.id for row, group in zip(inbox.rows(ids), groups, strict=True) if not group and row.state is State.NEW]
    new = [id_ for group in groups if group for id_ in group.ids_in(State.NEW)]
    found = {*alone, *new}
    if not found:
        msg = "None of them is new"
        raise UsageError(msg, "`linkinbox twins ID` lists them; without --twins what was decided is decided anew")
    return list(dict.fromkeys([*(id_ for id_ in ids if id_ in found), *alone, *new]))


def tell(inbox: Inbox, change: Change, *, as_json: bool) -> None:
    """Say what changed, and print the changed rows if asked."""
    from linkinbox.cli.words import change_words

    say(change_words(change, now()))
    for warning in change.warnings:
        say(f"Warning: {warning}")
    if as_json:
        from linkinbox.cli.output import print_items

        print_items(inbox, change.ids, "json")
