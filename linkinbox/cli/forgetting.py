"""``linkinbox forget``: removing a person for good."""

from __future__ import annotations

import click

from linkinbox.cli.options import examples, json_option, typed
from linkinbox.cli.session import open_inbox, say


@click.command(epilog=examples("forget 12", "forget https://www.linkedin.com/in/ana-ruiz", 'forget "Ana Ruiz" --yes'))
@click.argument("who", metavar="PERSON", type=typed)
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def forget(*, who: str, yes: bool, as_json: bool) -> None:
    """Remove a person for good.

    What they wrote goes, and what is known and noted of them.

    PERSON is an item's id, a profile link, or the whole name. Your decisions stay as numbers that name nobody, so
    that the path still counts them, and later imports leave the person out. This cannot be taken back. Backups made
    before still hold the person, until newer ones have replaced them.
    """
    from linkinbox.text import safe_name

    with open_inbox() as inbox:
        there = inbox.what_is_kept(who)
        name = safe_name(there.person.name)
        held = f"items {there.items:,}, messages {there.messages:,}, notes {there.notes:,}, calls {len(there.calls):,}"
        say(f"{name}: {held}")
        if not yes:
            click.confirm("Remove all of it for good?", abort=True, err=True)
        inbox.forget(there.person.id)
        say(f"{name} is forgotten. Backups made before still hold them; `linkinbox backup --list` shows those")
    if as_json:
        from linkinbox.cli.output import print_json

        figures = {"items": there.items, "messages": there.messages, "notes": there.notes}
        print_json({**figures, "calls": len(there.calls), "decisions": there.entries})
