"""Options and arguments that several commands take."""

from __future__ import annotations

import click


def typed(text: str) -> str:
    """Text as it was typed, without lone surrogates (bytes that are no UTF-8): no store and no terminal takes them."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def one_line(text: str) -> str:
    """Typed text on one line, however it was pasted: a note is a line."""
    return " ".join(typed(text).split())


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
limit_option = click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="At most so many; people see 50, programs all of them."
)
note_option = click.option("--note", metavar="TEXT", default="", type=one_line, help="Why, in one line.")
reason_option = click.option(
    "--reason", metavar="TEXT", default="", type=one_line, help="For what reason; what comes of each is counted."
)
twins_option = click.option(
    "--twins", is_flag=True, help="And all new ones with nearly the same text, in the same act."
)
yes_option = click.option("--yes", is_flag=True, help="Do not ask, however many there are.")
ids_argument = click.argument("refs", metavar="ID...|QUERY", nargs=-1, required=True, type=typed)
dry_run_option = click.option("--dry-run", is_flag=True, help="Only say, or print, which items it would be.")
id_argument = click.argument("ref", metavar="ID", type=typed)

SHOWN = 50  # lines that people see when they name no limit
NO_LIMIT = 1 << 40


def examples(*lines: str) -> str:
    """The epilog that shows how a command is called."""
    return "\b\nExamples:\n" + "\n".join(f"  linkinbox {line}" for line in lines)
