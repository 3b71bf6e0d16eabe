"""Looking at one's own deciding: selectivity, the weekly second look, and what has piled up."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from linkinbox.cli.options import examples, json_option
from linkinbox.cli.session import open_inbox, say, settings
from linkinbox.model import State

if TYPE_CHECKING:
    from linkinbox.selectivity import Selectivity

_GROUPS = 100  # the largest; each takes some milliseconds to compare


@click.command(epilog=examples("selectivity", "selectivity --json | jq .percent"))
@json_option
def selectivity(*, as_json: bool) -> None:
    """Show how much you accept of what you decide.

    A band, not a grade, from 30 decisions on: accepted or junked one by one, the newest 1,000. `selectivity = false` in
    config.toml switches it off.
    """
    if not settings().day.selectivity:
        _say_off(as_json=as_json)
        return
    with open_inbox() as inbox:
        found = inbox.selectivity()
    from linkinbox.selectivity import LEAST, LIMITS, band

    if as_json:
        _print({**_figures(found), "shown": found.percent is not None, "least": LEAST, "words": found.words})
        return
    shown = [found.share, *([band(found.percent, cells=5)] if found.percent is not None else []), found.size]
    click.echo(" │ ".join(shown))
    if found.words:
        click.echo(found.words)
    say(LIMITS)


def _say_off(*, as_json: bool) -> None:
    say("Selectivity is switched off in config.toml")
    if as_json:
        _print({"shown": False})


def _figures(found: Selectivity) -> dict[str, Any]:
    return {
        "decided": found.decided,
        "accepted": found.accepted,
        "percent": found.percent,
        "network": found.network,
        "junked_with_reasons": found.junked_with_reasons,
        "accepted_with_flags": found.accepted_with_flags,
    }


@click.command("second-look", epilog=examples("second-look", "second-look --json"))
@json_option
@click.pass_context
def second_look(ctx: click.Context, *, as_json: bool) -> None:
    """Look again at five junked items of earlier weeks, blind.

    On a terminal the screen opens on them. With --json, and where there is no terminal, the figures are printed and
    nothing is asked: how many you would have accepted, of all that you looked at again.
    """
    if not as_json and _is_at_terminal():
        ctx.exit(_open("second-look"))
    with open_inbox() as inbox:
        look = inbox.second_look()
    if as_json:
        waiting = {"week": look.week, "answered": look.answered, "ids": list(look.ids)}
        _print({**waiting, "looked": look.looked, "regretted": look.regretted, "percent": look.percent})
    else:
        click.echo(look.figures)


@click.command(epilog=examples("backlog", "backlog --json", "backlog --json | jq '.expired[]' | xargs linkinbox done"))
@json_option
@click.pass_context
def backlog(ctx: click.Context, *, as_json: bool) -> None:
    """Sweep what has piled up, step by step.

    On a terminal the screen opens on the first step. With --json, and where there is no terminal, it is told what each
    step would ask about: the ids believed expired, the largest groups of the same text, the next 25.
    """
    if not as_json and _is_at_terminal():
        ctx.exit(_open("backlog"))
    with open_inbox() as inbox:
        found, batch = inbox.backlog(), inbox.batch()
        groups = [list(group.ids_in(State.NEW)) for group in inbox.twin_groups(_GROUPS, least_new=2)]
        expired = found.expired[:]
    if as_json:
        _print({"filed": found.filed, "new": found.new, "expired": expired, "twins": groups, "next": batch})
        return
    click.echo(f"{found.filed:,} of people you are connected with: filed")
    click.echo(f"{len(expired):,} believed expired")
    click.echo(f"{len(groups):,} groups of the same text from several, {sum(map(len, groups)):,} new items in them")
    click.echo(f"{found.new:,} new in all")


def _is_at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _open(begin: str) -> int:
    from linkinbox.cli.screen import open_screen

    return open_screen(begin)


def _print(value: dict[str, Any]) -> None:
    from linkinbox.cli.output import print_json

    print_json(value)
