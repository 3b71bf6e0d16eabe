"""``linkinbox tag`` and ``linkinbox tags``: the user's own words on items."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from linkinbox.cli.options import examples, json_option, typed
from linkinbox.cli.session import find_all, open_inbox, say

_ID = re.compile(r"\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class _Dashed(click.Command):
    """A - begins a tag that is taken away: no letter behind it is an option."""

    ignore_unknown_options = True


@click.command(
    cls=_Dashed,
    context_settings={"help_option_names": ["--help"]},
    epilog=examples("tag 12 reefer", "tag 12 15 reefer cold-chain", "tag 12 -reefer --json"),
)
@click.argument("words", metavar="ID... [-]TAG...", nargs=-1, required=True, type=typed)
@json_option
def tag(*, words: Sequence[str], as_json: bool) -> None:
    """Put tags on items, or take them away with a - before them.

    A tag is a word of letters, digits, - _ and . in lower case. `linkinbox tags` lists them.
    """
    from linkinbox.cli.deciding import tell
    from linkinbox.tags import tagging

    count = next((number for number, word in enumerate(words) if not _ID.fullmatch(word)), len(words))
    decision = tagging(words[count:])
    with open_inbox() as inbox:
        tell(inbox, inbox.apply(decision, find_all(inbox, words[:count])), as_json=as_json)


@click.command(epilog=examples("tags", "tags --json"))
@json_option
def tags(*, as_json: bool) -> None:
    """List the tags, with how many items have each."""
    from linkinbox.cli.columns import table
    from linkinbox.text import safe_text

    with open_inbox() as inbox:
        counts = inbox.tags()
        if as_json:
            from linkinbox.cli.output import print_json

            print_json([{"tag": one.tag, "count": one.items} for one in counts])
        elif counts:
            for line in table([(safe_text(f"#{one.tag}"), f"{one.items:>5,}") for one in counts]):
                click.echo(line)
        else:
            say("There are no tags so far; `linkinbox tag ID WORD` gives one, and t on the screen")
