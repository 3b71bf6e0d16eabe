"""``linkinbox path``: how much was handled on the way to each valuable contact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click

from linkinbox.cli.options import examples, json_option
from linkinbox.cli.session import now, open_inbox
from linkinbox.model import Path, Stretch

_BAR = 24  # cells of the longest


@click.command(epilog=examples("path", "path --json"))
@json_option
def path(*, as_json: bool) -> None:
    """Show the path to each valuable contact.

    How much was handled on the way, and since the last one.
    """
    with open_inbox() as inbox:
        figures = inbox.figures()
    if as_json:
        from linkinbox.cli.output import print_json
        from linkinbox.store.exports.shapes import path_json

        print_json(path_json(figures, now()))
    else:
        click.echo("\n".join(_lines(figures, now())))


def _lines(figures: Path, at: datetime) -> Iterator[str]:
    from linkinbox.cli.columns import table
    from linkinbox.store.exports.shapes import days

    so_far = figures.open
    yield f"now  {so_far.junk:,} junk{_bulk(so_far)} · {so_far.handled:,} handled · {days(so_far, at):,} d"
    longest = max((_junk(gold) for gold in figures.golds), default=0)
    if figures.golds:
        yield from table(_cells(gold, longest, at) for gold in reversed(figures.golds))
    elif not figures.without_path:
        yield "No valuable contact so far; `linkinbox gold ID` marks one."
    if figures.without_path:
        yield _without_path(figures.without_path, more=bool(figures.golds))
    if figures.median_junk is not None and figures.junk_range:
        least, most = figures.junk_range
        yield f"median {figures.median_junk:g} · {least:,} to {most:,} · {len(figures.golds):,} golds"


def _without_path(count: int, *, more: bool) -> str:
    who = f"{count:,} more" if more else f"{count:,} valuable contact{'s' if count > 1 else ''}"
    return f"{who} {'have' if count > 1 else 'has'} no path: nothing was decided on the way."


def _cells(gold: Stretch, longest: int, at: datetime) -> tuple[str, ...]:
    from linkinbox.cli.columns import day
    from linkinbox.text import safe_name, safe_text

    whole = round(_BAR * _junk(gold) / longest) if longest else 0
    bulk = round(whole * gold.junk_bulk / _junk(gold)) if whole else 0
    name = safe_name(gold.person.name) if gold.person else ""
    when = f" {day(gold.outcome_at, at)}" if gold.outcome_at else ""
    bar = "▇" * (whole - bulk) + "▁" * bulk
    return bar.ljust(_BAR), f"{gold.junk:,}{_bulk(gold)}", f"★ {name}", f"{safe_text(gold.outcome or '')}{when}"


def _junk(stretch: Stretch) -> int:
    return stretch.junk + stretch.junk_bulk


def _bulk(stretch: Stretch) -> str:
    return f" + {stretch.junk_bulk:,} in bulk" if stretch.junk_bulk else ""
