"""``linkinbox sweep``: the daily sweep, on the screen or line by line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

import click

from linkinbox.cli.dashed import QueryCommand
from linkinbox.cli.options import examples, typed, yes_option
from linkinbox.cli.session import open_inbox, settings, zone
from linkinbox.errors import UsageError
from linkinbox.model import View

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox


@click.command(
    cls=QueryCommand,
    epilog=examples(
        "sweep",
        "sweep --plain",
        "sweep --plain --view new --limit 20",
        "sweep --plain cold chain",
        "sweep --plain < answers.txt > said.txt",
    ),
)
@click.argument("words", nargs=-1, type=typed)
@click.option("--plain", is_flag=True, help="Line by line, without a full screen.")
@click.option(
    "--view", type=click.Choice([view.value for view in View]), metavar="VIEW", help="One of those of `linkinbox list`."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many items.")
@yes_option
@click.pass_context
def sweep(  # noqa: PLR0913 - click passes each option
    ctx: click.Context, *, words: Sequence[str], plain: bool, view: str | None, limit: int | None, yes: bool
) -> None:
    """Sweep what is new and what is owed.

    The screen opens at the sweep. With --plain it is asked line by line instead, for screen readers, terminals that
    know no screen, and pipes: the same keys, each followed by Enter, and the same words; no colour, and nothing moves.

    An answer is a key (x) or a name (junk), with a number before it for several (3x); ? tells all keys. Space marks, v
    begins a range, * marks all, and a decision is for what is marked; a full stop repeats the last one. Enter alone
    reads on in a long text and leaves a question; it never decides. ctrl+c leaves a question, twice it quits; the end
    of the input ends the sweep.

    More than 25 items by one line, and from a pipe the same answer more than 25 times in a row, are asked about, unless
    --yes is given. With WORDS, only what `linkinbox list WORDS` finds in the view.
    """
    if plain:
        ctx.exit(_sweep_plainly(View(view or View.SWEEP), " ".join(words), limit, yes=yes))
    if words or limit:
        msg = "The screen opens with all of a view"
        raise UsageError(msg, "WORDS and --limit are for --plain; on the screen / searches")
    from linkinbox.cli.screen import open_screen

    ctx.exit(open_screen(f"view-{view or View.SWEEP}"))


def _sweep_plainly(view: View, words: str, limit: int | None, *, yes: bool) -> int:
    from linkinbox.start import use_keys

    use_keys(settings())
    with open_inbox() as inbox:
        if inbox.is_empty():
            click.echo("Nothing was imported so far: linkinbox import SOURCE")
            return 0
        return _talk(inbox, view, words, limit, yes=yes)


def _talk(inbox: Inbox, view: View, words: str, limit: int | None, *, yes: bool) -> int:
    from linkinbox.plain.conversation import Conversation
    from linkinbox.plain.running import run
    from linkinbox.plain.watch import Watch
    from linkinbox.sitting import Sitting
    from linkinbox.store.times import utc_now

    sitting = Sitting(inbox, clock=utc_now, zone=zone(), day=settings().day, view=view)
    if words:
        sitting.open(view, words)
    watch = None if yes or sys.stdin.isatty() else Watch()
    return run(Conversation(sitting, limit=limit, watch=watch, asks=not yes), _forgiving(sys.stdin), sys.stdout)


def _forgiving(source: TextIO) -> TextIO:
    """Let bytes that are no letters be replaced: no store takes them."""
    if hasattr(source, "reconfigure"):
        source.reconfigure(encoding="utf-8", errors="replace")
    return source
