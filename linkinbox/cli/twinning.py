"""``linkinbox twins``: nearly the same text from several people."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from linkinbox.cli.options import SHOWN, examples, json_option, limit_option, typed
from linkinbox.cli.session import open_inbox, say
from linkinbox.model import State

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox
    from linkinbox.twins import TwinGroup

_NAMED = 3  # people of a group that its line names


@click.command(epilog=examples("twins", "twins 12", "twins --json | jq '.[0].ids'", "junk 12 --twins"))
@click.argument("ref", metavar="[ID]", required=False, type=typed)
@limit_option
@json_option
def twins(*, ref: str | None, limit: int | None, as_json: bool) -> None:
    """List nearly identical texts from different people.

    The largest group comes first. With ID: who wrote nearly the same as that item, and in which words they differ.

    accept, junk, done and hold take --twins: one act for all of the group that are new.
    """
    with open_inbox() as inbox:
        if as_json:
            from linkinbox.store.exports.forms import WRITERS

            WRITERS["json"](map(_group_json, islice(_groups(inbox, ref), limit)), sys.stdout)
            sys.stdout.flush()
        else:
            _print(inbox, ref, limit or SHOWN)


def _groups(inbox: Inbox, ref: str | None) -> Iterator[TwinGroup]:
    if ref is None:
        yield from inbox.each_twin_group()
    elif group := inbox.twins_of(inbox.find(ref)):
        yield group


def _group_json(group: TwinGroup) -> dict[str, Any]:
    return {
        "size": group.size,
        "ids": group.ids,
        "people": group.people,
        "sample": group.sample,
        "differs": group.differs,
    }


def _print(inbox: Inbox, ref: str | None, limit: int) -> None:
    from linkinbox.cli.columns import table

    groups = list(islice(_groups(inbox, ref), limit + 1))
    if not groups:
        say(_none(inbox, ref) if ref else "No two people wrote nearly the same")
    elif ref:
        click.echo("\n".join(_in_full(groups[0], limit)))
    else:
        click.echo("\n".join(table(map(_cells, groups[:limit]))))
        if len(groups) > limit:
            say("There are more; --limit names how many to list")


def _none(inbox: Inbox, ref: str) -> str:
    from linkinbox.store.twin_groups import is_too_short

    short = is_too_short(inbox.rows([inbox.find(ref)])[0])
    return "Too few words to tell who else wrote them" if short else "Nobody else wrote nearly the same"


def _cells(group: TwinGroup) -> tuple[str, ...]:
    from linkinbox.text import excerpt, safe_name

    others = len(group.people) - _NAMED
    people = ", ".join(safe_name(name) for name in group.people[:_NAMED]) + (
        f" and {others:,} more" if others > 0 else ""
    )
    return str(group.ids[0]).rjust(5), f"{group.size:,} alike", _standing(group), people, excerpt(group.sample)


def _standing(group: TwinGroup) -> str:
    counts = ((len(group.ids_in(state)), state.value) for state in (State.NEW, State.JUNK))
    return ", ".join(f"{count:,} {state}" for count, state in counts if count)


def _in_full(group: TwinGroup, limit: int) -> Iterator[str]:
    from linkinbox.cli.columns import table
    from linkinbox.text import safe_body, safe_name, safe_text

    yield safe_body(group.sample)
    differs = f"differs: {_quoted(group.differs)}" if group.differs else "word for word the same, but for names"
    yield f"\n{safe_text(differs)}\n"
    yield from table(
        (str(twin.id).rjust(5), safe_name(twin.name), twin.state.value, safe_text(_quoted(twin.differs)))
        for twin in group.twins[:limit]
    )
    if group.size > limit:
        yield f"and {group.size - limit:,} more; --limit {group.size} lists them all"


def _quoted(pieces: Iterable[str]) -> str:
    return " · ".join(f"“{piece}”" for piece in pieces)
