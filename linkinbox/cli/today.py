"""``linkinbox today``: what waits, and the calls whose outcome nobody told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from linkinbox.cli.options import examples, json_option
from linkinbox.cli.session import now, open_inbox, say
from linkinbox.model import View

if TYPE_CHECKING:
    from linkinbox.model import Row
    from linkinbox.store.today import Today


@click.command(epilog=examples("today", "today --json | jq .new"))
@json_option
def today(*, as_json: bool) -> None:
    """Show what waits today.

    New items, calls to come, replies owed, what came back from a hold, what is to be carried out on LinkedIn, and how
    old the data are. Then the calls that are over and whose outcome you have not told yet.
    """
    with open_inbox() as inbox:
        found, is_empty = inbox.today(), inbox.is_empty()
    if as_json:
        from linkinbox.cli.output import print_json

        print_json(_json(found, now()))
        return
    click.echo(" · ".join(_parts(found, now())))
    for row in found.ask:
        click.echo(_question(row, now()))
    if is_empty:
        say("Nothing was imported so far: linkinbox import SOURCE")


def _parts(found: Today, at: datetime) -> Iterator[str]:
    counts = found.counts
    yield f"{counts[View.NEW]:,} new"
    if found.calls:
        yield f"{found.calls:,} call{'s' if found.calls > 1 else ''}"
    others = {
        "owed": counts[View.TO_REPLY],
        "back from hold": counts.due,
        "to carry out": counts[View.TO_ACCEPT],
    }
    yield from (f"{number:,} {words}" for words, number in others.items() if number)
    if counts.as_of:
        from linkinbox.text import age

        yield f"data {age(counts.as_of, at)}"


def _question(row: Row, at: datetime) -> str:
    from linkinbox.cli.columns import moment
    from linkinbox.text import safe_name

    when = f", {moment(row.call_at, at)}" if row.call_at else ""
    command = f"linkinbox call {row.id} --outcome held|moved|no-show|cancelled"
    return f"The call with {safe_name(row.person.name)}{when}: what became of it? {command}"


def _json(found: Today, at: datetime) -> dict[str, Any]:
    from linkinbox.store.exports.shapes import person_json
    from linkinbox.store.times import to_text
    from linkinbox.text import age_days

    counts = found.counts
    return {
        "new": counts[View.NEW],
        "calls": found.calls,
        "owed": counts[View.TO_REPLY],
        "held_due": counts.due,
        "to_carry_out": counts[View.TO_ACCEPT],
        "as_of": to_text(counts.as_of) if counts.as_of else None,
        "data_age_days": age_days(counts.as_of, at) if counts.as_of else None,
        "ask": [
            {"id": row.id, "uid": row.uid, "person": person_json(row.person), "call_at": to_text(row.call_at)}
            for row in found.ask
            if row.call_at
        ],
    }
