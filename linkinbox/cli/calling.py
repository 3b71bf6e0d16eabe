"""``linkinbox call``: booking a call, and recording what became of it."""

from __future__ import annotations

from datetime import datetime

import click

from linkinbox.cli.deciding import tell
from linkinbox.cli.options import examples, id_argument, json_option, note_option, typed
from linkinbox.cli.session import now, open_inbox, zone
from linkinbox.decisions import Call, Decision, Outcome
from linkinbox.errors import UsageError
from linkinbox.model import CallOutcome
from linkinbox.text import safe_text


@click.command(
    epilog=examples(
        'call 12 --at "tue 3pm"',
        "call 12 --at 2026-12-01T15:00 --minutes 45",
        'call 12 --outcome held --note "wants the audit"',
        'call 12 --outcome moved --at "thu 10:00"',
    )
)
@id_argument
@click.option("--at", metavar="WHEN", type=typed, help="A time such as “tue 3pm” or “1 dec 15:00 CET”.")
@click.option("--minutes", type=click.IntRange(1, 24 * 60), metavar="N", help="How long; 30 unless said.")
@click.option("--outcome", type=click.Choice([outcome.value for outcome in CallOutcome]), help="What became of it.")
@click.option("--intro-owed", is_flag=True, help="In a call that was held you promised an introduction.")
@note_option
@json_option
def call(  # noqa: PLR0913 - click passes each option
    *, ref: str, at: str | None, minutes: int | None, outcome: str | None, intro_owed: bool, note: str, as_json: bool
) -> None:
    """Book a call, or record what became of it.

    A booked call accepts the item, a held one makes gold. Prints the path of the calendar file that was written.
    """
    if intro_owed and outcome != CallOutcome.HELD:
        msg = "An introduction can only be promised in a call that was held"
        raise UsageError(msg, "Give --outcome held with it")
    decision: Decision = _recorded(outcome, at, minutes, note) if outcome else _booked(at, minutes, note)
    if isinstance(decision, Outcome) and intro_owed:
        decision = decision._replace(intro_owed=True)
    with open_inbox() as inbox:
        change = inbox.apply(decision, [inbox.find(ref)])
        tell(inbox, change, as_json=as_json)
        if change.note:
            click.echo(safe_text(change.note, limit=4_096), err=as_json)


def _booked(at: str | None, minutes: int | None, note: str) -> Call:
    if at is None:
        msg = "When is the call?"
        raise UsageError(msg, "Give --at WHEN to book one, or --outcome to record what became of it")
    return Call(_to_come(at), minutes or 30, note)


def _recorded(outcome: str, at: str | None, minutes: int | None, note: str) -> Outcome:
    if minutes is not None:
        msg = "--minutes goes with a new call"
        raise UsageError(msg, "Leave it out, or leave out --outcome")
    kind = CallOutcome(outcome)
    if at is None:
        return Outcome(kind, None, note)
    return Outcome(kind, _to_come(at) if kind is CallOutcome.MOVED else _when_it_was(at), note)


def _to_come(text: str) -> datetime:
    from linkinbox.when import parse_when

    return parse_when(text, now=now(), zone=zone())


def _when_it_was(text: str) -> datetime:
    """A time that may be past, which only an ISO date can name."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return _to_come(text)
    return at if at.tzinfo else at.replace(tzinfo=zone())
