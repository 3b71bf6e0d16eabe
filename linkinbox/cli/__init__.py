"""The command line: the same inbox as the screen, for scripts and for a quick look.

Data goes to stdout, talk to stderr. Nothing heavy is imported here: each command brings what it needs.
"""

from __future__ import annotations

from pathlib import Path

import click

from linkinbox import __version__
from linkinbox.cli.group import LazyGroup, db_option

COMMANDS = {
    "import": "importing:import_",
    "today": "today:today",
    "sweep": "sweeping:sweep",
    "list": "listing:list_",
    "show": "showing:show",
    "accept": "deciding:accept",
    "junk": "deciding:junk",
    "done": "deciding:done",
    "hold": "deciding:hold",
    "note": "deciding:note",
    "tag": "tagging:tag",
    "tags": "tagging:tags",
    "gold": "deciding:gold",
    "call": "calling:call",
    "reasons": "reasoning:reasons",
    "rules": "ruling:rules",
    "overrule": "ruling:overrule",
    "twins": "twinning:twins",
    "selectivity": "looking_again:selectivity",
    "second-look": "looking_again:second_look",
    "backlog": "looking_again:backlog",
    "undo": "journal:undo",
    "redo": "journal:redo",
    "log": "journal:log",
    "path": "gold_path:path",
    "export": "exporting:export",
    "backup": "keeping:backup",
    "restore": "keeping:restore",
    "doctor": "doctoring:doctor",
    "forget": "forgetting:forget",
    "paths": "about:paths",
    "config": "configuring:config",
    "keys": "keys:keys",
    "completion": "about:completion",
    "demo": "screen:demo",
}

_EPILOG = """\b
Without a command, the screen opens.

\b
Examples:
  linkinbox import ~/Downloads/Complete_LinkedInDataExport_11-20-2026.zip
  linkinbox list cold chain --json
  linkinbox demo

\b
Exit codes:
  0  done
  1  failed
  2  what was asked for makes no sense
  3  nothing new: all of it was imported before, a query means no item, or there is nothing to undo
"""


@click.group(
    cls=LazyGroup,
    commands_by_module=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EPILOG,
)
@click.version_option(__version__, prog_name="linkinbox", message="%(prog)s %(version)s")
@db_option(envvar="LINKINBOX_DB", show_envvar=True)
@click.pass_context
def main(ctx: click.Context, db: Path | None) -> None:
    """Sweep the LinkedIn invitations and messages you exported, by keyboard."""
    del db  # remembered by its callback, since it may also stand after the command
    if ctx.invoked_subcommand is None:
        from linkinbox.cli.screen import open_screen

        ctx.exit(open_screen())
