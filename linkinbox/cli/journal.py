"""Taking back, doing again, and the log of all that was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from linkinbox.cli.group import NOTHING_NEW
from linkinbox.cli.many import progress
from linkinbox.cli.options import NO_LIMIT, SHOWN, examples, json_option, limit_option
from linkinbox.cli.session import now, open_inbox, say
from linkinbox.model import Verb

if TYPE_CHECKING:
    from datetime import datetime

    from linkinbox.inbox import Inbox
    from linkinbox.model import Change, Entry

steps_argument = click.argument("steps", metavar="[N]", default=1, type=click.IntRange(min=1))


@click.command(epilog=examples("undo", "undo 3"))
@steps_argument
@json_option
def undo(*, steps: int, as_json: bool) -> None:
    """Take back the last decision, or the last N.

    Those made on the screen too, and those of earlier days.
    """
    with open_inbox() as inbox, progress() as tell:
        _turn(inbox, partial(inbox.undo, progress=tell), steps, "Nothing to undo", as_json=as_json)


@click.command(epilog=examples("redo", "redo 3"))
@steps_argument
@json_option
def redo(*, steps: int, as_json: bool) -> None:
    """Do again what was taken back, or the last N."""
    with open_inbox() as inbox, progress() as tell:
        _turn(inbox, partial(inbox.redo, progress=tell), steps, "Nothing to redo", as_json=as_json)


def _turn(inbox: Inbox, turn: Callable[[], Change | None], steps: int, nothing: str, *, as_json: bool) -> None:
    from linkinbox.cli.words import turned_words

    changed: dict[int, None] = {}
    turned = 0
    for _ in range(steps):
        change = turn()
        if change is None:
            say(nothing if not turned else f"{nothing} beyond that")
            break
        turned += 1
        say(turned_words(change))
        changed |= dict.fromkeys(change.ids)
    if as_json:
        from linkinbox.cli.output import print_items

        print_items(inbox, list(changed), "json")
    if not turned:
        click.get_current_context().exit(NOTHING_NEW)


@click.command(epilog=examples("log", "log --limit 5 --json"))
@limit_option
@json_option
def log(*, limit: int | None, as_json: bool) -> None:
    """List what was done, newest first.

    What was taken back is there too, and marked.
    """
    with open_inbox() as inbox:
        entries = inbox.log(limit or (NO_LIMIT if as_json else SHOWN))
    if as_json:
        from linkinbox.cli.output import print_json
        from linkinbox.store.exports.shapes import entry_json

        print_json([entry_json(entry) for entry in entries])
    else:
        _print_lines(entries)


def _print_lines(entries: list[Entry]) -> None:
    from linkinbox.cli.columns import table

    at = now()
    acts: dict[str, list[Entry]] = {}
    for entry in reversed(entries):
        acts.setdefault(entry.batch, []).append(entry)
    for line in table(_cells(entry, acts, at) for entry in entries) if entries else ():
        click.echo(line)


def _cells(entry: Entry, acts: Mapping[str, Sequence[Entry]], at: datetime) -> tuple[str, ...]:
    from linkinbox.cli.columns import cut, moment
    from linkinbox.cli.words import payload_words
    from linkinbox.text import safe_name

    who = cut(safe_name(entry.person.name), 24) if entry.person else ""
    taken_back = " (taken back)" if entry.undone else ""
    words = payload_words(entry, at).removeprefix(": ")
    if entry.action in {Verb.UNDO, Verb.REDO}:
        words = _act_words(acts.get(entry.payload["of"], ()))
    return moment(entry.at, at), f"{entry.action}{taken_back}", who, words


def _act_words(act: Sequence[Entry]) -> str:
    """Which act was taken back or done again, where it is listed too."""
    from linkinbox.text import safe_name

    if not act:
        return ""
    who = safe_name(act[0].person.name) if act[0].person else ""
    more = f" and {len(act) - 1:,} more" if len(act) > 1 else ""
    return f"{act[0].action} {who}{more}".rstrip()
