"""Decisions from the command line: on items by id, or on all that a query means; one command is one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

import click

from linkinbox.cli.choosing import Chosen, How, agree, choose, how_options
from linkinbox.cli.dashed import QueryCommand
from linkinbox.cli.group import NOTHING_NEW
from linkinbox.cli.many import INTERRUPTED, apply
from linkinbox.cli.options import (
    examples,
    ids_argument,
    note_option,
    one_line,
    reason_option,
    twins_option,
    typed,
)
from linkinbox.cli.session import now, open_inbox, say, zone
from linkinbox.decisions import Accept, Decision, Done, Gold, Hold, Junk, Note
from linkinbox.model import State

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox
    from linkinbox.model import Change


_DOES: dict[type, str] = {Accept: "accept", Junk: "junk", Done: "close", Hold: "hold", Note: "note on", Gold: "mark"}


def _deciding(name: str, decide: Callable[[str], Decision], about: str, *lines: str) -> click.Command:
    """A command that decides on items and may note why."""

    @click.command(name, cls=QueryCommand, help=about, epilog=examples(*lines))
    @ids_argument
    @note_option
    @twins_option
    @how_options
    def command(*, refs: Sequence[str], note: str, twins: bool, **how: bool) -> None:
        _decide(decide(note), refs, How(**how), twins=twins)

    return command


@click.command(
    cls=QueryCommand,
    epilog=examples("accept 12", 'accept 12 --reason "area: logistics"', 'accept 12 15 --note "met at the fair"'),
)
@ids_argument
@reason_option
@note_option
@twins_option
@how_options
def accept(*, refs: Sequence[str], reason: str, note: str, twins: bool, **how: bool) -> None:
    """Accept: to be accepted on LinkedIn, or answered.

    A reason replaces the one given before. `linkinbox reasons` shows what came of each. A QUERY, as for `linkinbox
    list`, means all new items that it finds; more than 25 are asked about first.
    """
    _decide(Accept(note, reason), refs, How(**how), twins=twins)


_QUERY = """

    A QUERY, as for `linkinbox list`, means all new items that it finds; where it names a state (is:junk) or a view:,
    those that are decided too. More than 25 are asked about first. One undo takes all of it back.
"""
junk = _deciding(
    "junk", Junk, f"Junk: not wanted.{_QUERY}", "junk 12", "junk 12 15 18", "junk 12 --twins",
    "list cold chain --nl | jq .id | linkinbox junk -",
    "junk 'note:\"book a call\" age:>90d' --dry-run", "junk 'flag:scam has:link' --yes --json",
)  # fmt: skip
done = _deciding(
    "done", Done, f"Done: nothing is needed.{_QUERY}", "done 12", 'done 12 --note "answered by phone"',
    "done 'is:owed age:>1y'",
)  # fmt: skip


@click.command(cls=QueryCommand, epilog=examples('hold 12 --until "tue 9"', "hold 12 15 --until 2026-12-01T09:00"))
@ids_argument
@click.option("--until", metavar="WHEN", required=True, type=typed, help="A time such as “tue 9” or “in 2 weeks”.")
@click.option("--nudge", is_flag=True, help="Only say nothing of the person after a sweep; the item stays as it is.")
@twins_option
@how_options
def hold(*, refs: Sequence[str], until: str, nudge: bool, twins: bool, **how: bool) -> None:
    """Hold until a time, then the item is back by itself.

    A QUERY, as for `linkinbox list`, means all new items that it finds; more than 25 are asked about first.
    """
    from linkinbox.when import parse_when

    held = Hold(parse_when(until, now=now(), zone=zone()), nudge=nudge or None)
    _decide(held, refs, How(**how), twins=twins)


@click.command(
    cls=QueryCommand,
    epilog=examples(
        'note 12 "knows the port of Rotterdam"', "note 'company:acme is:connected' \"met their CEO\" --dry-run"
    ),
)
@click.argument("ref", metavar="ID|QUERY", type=typed)
@click.argument("text", type=one_line)
@how_options
def note(*, ref: str, text: str, **how: bool) -> None:
    """Note a line of your own.

    It is about an item, or about all that a QUERY finds, decided or not.
    """
    _decide(Note(text), [ref], How(**how), decided_too=True)


@click.command(cls=QueryCommand, epilog=examples("gold 12", "gold 12 --off", "gold 'tag:customer' --dry-run"))
@ids_argument
@click.option("--off", is_flag=True, help="No longer.")
@how_options
def gold(*, refs: Sequence[str], off: bool, **how: bool) -> None:
    """Mark a valuable contact, or no longer.

    A QUERY, as for `linkinbox list`, means all that it finds, decided or not.
    """
    _decide(Gold(on=not off), refs, How(**how), decided_too=True)


def _decide(
    decision: Decision, refs: Sequence[str], how: How, *, twins: bool = False, decided_too: bool = False
) -> None:
    with open_inbox() as inbox:
        chosen = choose(inbox, refs, decided_too=decided_too)
        if twins:
            chosen = _with_twins(inbox, chosen)
        if not chosen.ids:
            _say_nothing(chosen, how)
        if agree(inbox, chosen, how, _DOES[type(decision)]):
            tell(inbox, apply(inbox, decision, chosen.ids), as_json=how.as_json)


def _say_nothing(chosen: Chosen, how: How) -> NoReturn:
    """Say why there is nothing to act on; a program reads an empty list."""
    say(chosen.missing)
    if how.as_json:
        from linkinbox.cli.output import print_json

        print_json([])
    click.get_current_context().exit(NOTHING_NEW)


def _with_twins(inbox: Inbox, chosen: Chosen) -> Chosen:
    """The new ones among the items and those that wrote nearly the same; what was decided before is left alone."""
    ids = chosen.ids
    groups = [inbox.twins_of(id_) for id_ in ids]
    alone = [row.id for row, group in zip(inbox.rows(ids), groups, strict=True) if not group and row.state is State.NEW]
    new = [id_ for group in groups if group for id_ in group.ids_in(State.NEW)]
    found = {*alone, *new}
    if ids and not found:
        missing = "None of them is new; `linkinbox twins ID` lists them, and without --twins they are decided anew"
        return Chosen([], named=False, missing=missing)
    meant = list(dict.fromkeys([*(id_ for id_ in ids if id_ in found), *alone, *new]))
    return chosen._replace(ids=meant, named=False, undecided=True)


def tell(inbox: Inbox, change: Change, *, as_json: bool) -> None:
    """Say what changed, and print the changed rows if asked."""
    from linkinbox.cli.words import change_words

    say(change_words(change, now()))
    for warning in change.warnings:
        say(f"Warning: {warning}")
    if as_json:
        from linkinbox.cli.output import print_items

        print_items(inbox, change.ids, "json")
    if change.left:
        say(f"Stopped: {change.left:,} are left as they were. `linkinbox undo` takes back what was done")
        click.get_current_context().exit(INTERRUPTED)
