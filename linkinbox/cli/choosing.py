"""Which items a command acts on: those named by id or uid, or all that a query means."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from linkinbox.cli.many import STDIN
from linkinbox.cli.options import NO_LIMIT, dry_run_option, json_option, yes_option
from linkinbox.cli.session import find_all, say
from linkinbox.errors import UsageError
from linkinbox.model import View

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox

F = TypeVar("F", bound=Callable[..., Any])

NAMED = 3  # people who are named before it is
ID = re.compile(r"\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class How(NamedTuple):
    """How a command acts.

    Args:
        as_json: print what changed.
        yes: ask nothing.
        dry_run: change nothing.
    """

    as_json: bool = False
    yes: bool = False
    dry_run: bool = False


class Chosen(NamedTuple):
    """The items to act on.

    Args:
        ids: of them.
        named: one by one.
        undecided: nobody decided on any of them so far.
        missing: why there are none.
    """

    ids: list[int]
    named: bool
    undecided: bool = False
    missing: str = ""


def how_options(command: F) -> F:
    """The options of a command that acts on what a query means; each is an argument of `How`."""
    for option in (json_option, dry_run_option, yes_option):
        command = option(command)
    return command


def choose(inbox: Inbox, refs: Sequence[str], *, decided_too: bool = False) -> Chosen:
    """The items that are meant.

    Args:
        inbox: where they are.
        refs: ids and uids, or ``-`` for those on standard input; or a query.
        decided_too: a query means what is decided too; or else only if it says where: a state (``is:junk``) or a view.

    Raises:
        UsageError: the query is empty, or there are ids beside it.
        QueryError: it is not understood.
    """
    if list(refs) == [STDIN] or all(ID.fullmatch(ref) for ref in refs):
        return Chosen(find_all(inbox, refs), named=True, missing="No item was named on standard input")
    if any(ID.fullmatch(ref) for ref in refs) and len(refs) > 1:
        msg = "Some of these are ids, and others are none"
        raise UsageError(msg, "Give either ids, or a query; a number to be searched for stands in quotes: '\"2026\"'")
    text = " ".join(refs)
    query = inbox.query(text)
    view = View.ALL if decided_too or query.says_where else View.NEW
    if not query.root.parts:
        msg = "The query is empty"
        raise UsageError(msg, "Name what is meant; view:new is all that is new")
    is_new = view is View.NEW
    hint = "is:junk, view:all and others look elsewhere" if is_new else "`linkinbox list` lists what there is"
    missing = f"Nothing {'new' if is_new else 'here'} is meant by “{text}”; {hint}"
    return Chosen(inbox.ids(view, query, limit=NO_LIMIT)[:], named=False, undecided=is_new, missing=missing)


def agree(inbox: Inbox, chosen: Chosen, how: How, what: str) -> bool:
    """Say what will be done where items were not named one by one, and ask if they are many; False: do nothing.

    Raises:
        UsageError: there is nobody to be asked.
    """
    from linkinbox.decider import UNASKED

    if how.dry_run:
        words = f"{what} {_told(inbox, chosen)}"
        say(f"Would {words}; nothing was changed")
        if how.as_json:
            from linkinbox.cli.output import print_items

            print_items(inbox, chosen.ids, "json")
        return False
    if chosen.named or how.yes or len(chosen.ids) <= UNASKED:
        return True
    words = f"{what} {_told(inbox, chosen)}"
    try:
        agreed = click.confirm(f"{words[0].upper()}{words[1:]}?", err=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        click.echo(err=True)
        msg = f"{len(chosen.ids):,} items, and there is no terminal to ask at"
        raise UsageError(msg, "--yes acts on all of them, --dry-run --json prints them") from None
    if not agreed:
        raise click.Abort
    return True


def _told(inbox: Inbox, chosen: Chosen) -> str:
    """How many items, whose the first few are, and how many are decided already."""
    from linkinbox.text import safe_name

    ids = chosen.ids
    names = [str(safe_name(row.person.name)) for row in inbox.rows(ids[:NAMED])]
    more = f" and {len(ids) - len(names):,} more" if len(ids) > len(names) else ""
    return f"{len(ids):,} item{'s' if len(ids) != 1 else ''} ({', '.join(names)}{more}){_decided(inbox, chosen)}"


def _decided(inbox: Inbox, chosen: Chosen) -> str:
    ids = chosen.ids
    count = 0 if chosen.undecided else len(ids) - len(inbox.among(ids, inbox.query("is:new OR is:filed")))
    if not count:
        return ""
    some = "" if len(ids) == 1 else "all of them " if count == len(ids) else f"{count:,} of them "
    return f", {some}decided already"
