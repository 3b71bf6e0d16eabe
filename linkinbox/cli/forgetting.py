"""``linkinbox forget``: removing a person for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from linkinbox.cli.options import examples, json_option, typed
from linkinbox.cli.session import open_inbox, say, settings
from linkinbox.keeping import Keeping

if TYPE_CHECKING:
    from linkinbox.store.removing import Forgotten


@click.command(
    epilog=examples(
        "forget 12", "forget https://www.linkedin.com/in/ana-ruiz", 'forget "Ana Ruiz" --copies', "forget --copies"
    )
)
@click.argument("who", metavar="[PERSON]", required=False, type=typed)
@click.option("--copies", is_flag=True, help="Delete backups and stores kept aside from before, too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def forget(*, who: str | None, copies: bool, yes: bool, as_json: bool) -> None:
    """Remove a person for good.

    What they wrote goes, and what is known and noted of them.

    PERSON is an item's id, a profile link, or the whole name. Your decisions stay as numbers that name nobody, so
    that the path still counts them, and later imports leave the person out. This cannot be taken back.

    Backups from before, and stores that a restore kept aside, still hold the person: they are listed, and --copies
    deletes them, after it made a new backup. Without PERSON it deletes those from before whoever was forgotten.
    """
    if who is None and not copies:
        msg = "Name a person, or --copies alone"
        raise click.UsageError(msg)
    keeping = Keeping(settings().db)
    told = {} if who is None else _figures(_forget(who, yes=yes, also=" and delete the copies" if copies else ""))
    told |= _delete_copies(keeping, yes=yes or who is not None) if copies else _tell_copies(keeping)
    if as_json:
        from linkinbox.cli.output import print_json

        print_json(told)


def _forget(who: str, *, yes: bool, also: str) -> Forgotten:
    from linkinbox.text import safe_name

    with open_inbox() as inbox:
        there = inbox.what_is_kept(who)
        name = safe_name(there.person.name)
        held = f"items {there.items:,}, messages {there.messages:,}, notes {there.notes:,}, calls {len(there.calls):,}"
        say(f"{name}: {held}")
        if not yes:
            click.confirm(f"Remove all of it for good{also}?", abort=True, err=True)
        inbox.forget(there.person.id)
        say(f"{name} is forgotten")
    return there


def _figures(there: Forgotten) -> dict[str, Any]:
    figures = {"items": there.items, "messages": there.messages, "notes": there.notes}
    return {**figures, "calls": len(there.calls), "decisions": there.entries}


def _tell_copies(keeping: Keeping) -> dict[str, Any]:
    left = keeping.copies_holding()
    if left:
        say("These copies from before may still hold them; `linkinbox forget --copies` deletes them:")
        for copy in left:
            say(f"  {copy}")
    return {"copies": [str(copy) for copy in left], "deleted": [], "backup": None}


def _delete_copies(keeping: Keeping, *, yes: bool) -> dict[str, Any]:
    with open_inbox():  # what an earlier forgetting left goes first
        left = keeping.copies_holding()
    if not left:
        say("No copy from before is here")
        return {"copies": [], "deleted": [], "backup": None}
    if not yes:
        for copy in left:
            say(f"  {copy}")
        copies = "this copy" if len(left) == 1 else f"these {len(left)} copies"
        click.confirm(f"Make a new backup, and delete {copies} for good?", abort=True, err=True)
    deleted = keeping.delete_copies_holding()
    say(f"Written and read back: {deleted.backup}")
    for file in deleted.files:
        say(f"Deleted: {file}")
    return {"copies": [], "deleted": [str(file) for file in deleted.files], "backup": str(deleted.backup)}
