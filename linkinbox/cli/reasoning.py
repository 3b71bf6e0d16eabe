"""``linkinbox reasons``: what came of those who were accepted for each reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from linkinbox.cli.options import examples, json_option
from linkinbox.cli.session import now, open_inbox, say

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox
    from linkinbox.store.reasons import ReasonCounts

_HEAD = ("reason", "to accept", "connected", "call held", "gold")
_REASON_CELLS = 40


@click.command(epilog=examples("reasons", "reasons --json"))
@json_option
def reasons(*, as_json: bool) -> None:
    """Show what came of each reason to accept, in people.

    How many were accepted for it, and of those: how many are connected, had a call with you, are valuable contacts.
    A percentage stands beside the count from 10 accepted on: of fewer, one more or less would turn it over.
    """
    with open_inbox() as inbox:
        counts = inbox.reasons()
        if as_json:
            from linkinbox.cli.output import print_json

            print_json([one._asdict() for one in counts])
        elif counts:
            _print_table(counts)
            say(_as_of(inbox))
        else:
            say("No reason was given so far; `linkinbox accept ID --reason TEXT` gives one, and A on the screen")


def _print_table(counts: list[ReasonCounts]) -> None:
    from linkinbox.cli.columns import table

    for line in table([_HEAD, *map(_cells, counts)]):
        click.echo(line)


def _cells(one: ReasonCounts) -> tuple[str, ...]:
    from linkinbox.cli.columns import cut
    from linkinbox.text import safe_text

    first, *outcomes = _HEAD[1:]
    figures = zip(outcomes, (one.connected, one.call_held, one.gold), strict=True)
    return (
        cut(safe_text(one.reason), _REASON_CELLS),
        f"{one.to_accept:>{len(first)},}",
        *(f"{count:>{len(title)},}{_percent(one, count)}" for title, count in figures),
    )


def _percent(one: ReasonCounts, count: int) -> str:
    percent = one.percent(count)
    return "" if percent is None else f" {percent:>3} %"


def _as_of(inbox: Inbox) -> str:
    from linkinbox.cli.columns import day

    data = inbox.counts().as_of
    return f"In people; connected as of {day(data, now())}, the rest as of now" if data else "In people, as of now"
