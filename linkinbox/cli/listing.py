"""``linkinbox list``: a view, or what a query finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from linkinbox.cli.dashed import QueryCommand
from linkinbox.cli.options import NO_LIMIT, SHOWN, examples, limit_option, typed
from linkinbox.cli.session import now, open_inbox, say, settings
from linkinbox.errors import UsageError
from linkinbox.model import OwedBecause, State, View

if TYPE_CHECKING:
    from datetime import datetime

    from linkinbox.inbox import Inbox
    from linkinbox.model import Row
    from linkinbox.splits import Split


class _Searching(QueryCommand):
    """Its help tells what can be searched for."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the operators, then the examples."""
        from linkinbox.query.operators import OPERATORS, SIGNS

        with formatter.section("Search"):
            formatter.write_dl([*SIGNS.items(), *((each.example, each.meaning()) for each in OPERATORS.values())])
        super().format_epilog(ctx, formatter)


@click.command(
    "list",
    cls=_Searching,
    epilog=examples(
        "list",
        "list --view to-accept --csv > to-do.csv",
        "list --view expiring",
        "list --split Reefers",
        "list cold chain --json | jq '.[].person.name'",
        "list 'is:new has:link age:>90d -flag:pitch' --count",
        "list '(from:ana OR company:acme) after:\"last monday\"'",
        "list '-flag:pitch reefer'",
    ),
)
@click.argument("words", nargs=-1, type=typed)
@click.option(
    "--view", type=click.Choice([view.value for view in View]), help="Default: new; with WORDS: all.", metavar="VIEW"
)
@click.option("--split", metavar="NAME", help="A saved search of your config.toml, in place of WORDS and --view.")
@limit_option
@click.option("--json", "form", flag_value="json", help="Print a JSON array.")
@click.option("--nl", "form", flag_value="ndjson", help="Print a JSON object a line.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV, safe for a spreadsheet.")
@click.option("--count", "form", flag_value="count", help="Print how many there are.")
def list_(*, words: Sequence[str], view: str | None, split: str | None, limit: int | None, form: str | None) -> None:
    """List a view, or the items that WORDS mean.

    WORDS are words that an item has, and is:, from: and other operators. Put them in quotes, so that the shell leaves
    them whole.

    Views: sweep, new, invitations, messages, expiring, held, calls, to-accept, to-reply, junk, gold, connected, all.
    The newest come first; an item that was held counts as of when it came back. In views held and calls, the
    soonest come first. In expiring, those with the fewest believed days left: in the last week, and then month by
    month, those with a reason before those without one. To-reply holds the answers you owe, and says why.
    """
    chosen = View(view) if view else (View.ALL if words else View.NEW)
    query, oldest_first = " ".join(words), None
    if split is not None:
        _, chosen, query, oldest_first = _saved(split, alone=not words and not view)
    with open_inbox() as inbox:
        ids = inbox.ids(chosen, query, limit=NO_LIMIT, oldest_first=oldest_first)
        if form == "count":
            click.echo(len(ids[: limit or len(ids)]))
        elif form:
            from linkinbox.cli.output import print_items

            print_items(inbox, ids, form, limit)
        else:
            _print_lines(inbox, ids[: limit or SHOWN])
            _say_more(inbox, len(ids), limit or SHOWN, f"{chosen} has “{query}”" if query else chosen)


def _saved(name: str, *, alone: bool) -> Split:
    """The split of a name."""
    if not alone:
        msg = "A split has its own words and its own view"
        raise UsageError(msg, "Give either --split, or WORDS and --view")
    splits = {split.name.casefold(): split for split in settings().day.splits}
    if found := splits.get(name.casefold()):
        return found
    msg = f"There is no split {name}"
    names = ", ".join(split.name for split in splits.values())
    raise UsageError(msg, f"There are {names}" if names else "Each [[split]] in config.toml is one")


def _print_lines(inbox: Inbox, ids: Sequence[int]) -> None:
    from linkinbox.cli.columns import table

    at = now()
    rows = [_cells(row, at) for row in inbox.rows(ids)]
    for line in table(rows) if rows else ():
        click.echo(line)


def _cells(row: Row, at: datetime) -> tuple[str, ...]:
    from linkinbox.cli.columns import cut
    from linkinbox.text import age, excerpt, safe_name

    text = excerpt(row.text) or ("(no note)" if row.kind == "invitation" else "(no text)")
    name = cut(safe_name(row.person.name), 24)
    return str(row.id).rjust(5), name, " ".join(_marks(row, at)), age(row.at, at).rjust(5), text


def _marks(row: Row, at: datetime) -> Iterator[str]:
    from linkinbox.cli.columns import moment
    from linkinbox.lifetime import SOON, days_left

    yield row.state.value if row.filed_because is None else f"{row.state.value} ({row.filed_because.value})"
    if row.gold:
        yield "★"
    if row.sponsored:
        yield "ad"
    if row.state is State.HELD and row.held_until:
        yield f"to {moment(row.held_until, at)}"
    if row.call_at:
        yield f"call {moment(row.call_at, at)}"
    left = days_left(row, at)
    if left is not None and left <= SOON:
        yield f"{left} d left" if left else "may be gone"
    if row.owed_because is OwedBecause.YOUR_TURN:
        yield "owed"


def _say_more(inbox: Inbox, count: int, shown: int, where: str) -> None:
    if count > shown:
        say(f"{shown:,} of {count:,}; --limit {count} lists them all")
    elif not count:
        say("Nothing was imported so far: linkinbox import SOURCE" if inbox.is_empty() else f"Nothing in {where}")
