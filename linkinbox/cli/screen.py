"""Opening the screen, on the user's inbox or on an invented one."""

from __future__ import annotations

import click

from linkinbox import start
from linkinbox.cli.options import examples
from linkinbox.cli.session import screen_settings


def open_screen(begin: str = "") -> int:
    """Open the user's inbox, beginning with the action of that id; returns the exit code."""
    return start.open_screen(screen_settings(), begin)


@click.command(epilog=examples("demo"))
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Open an invented inbox that is gone afterwards."""
    start.require_terminal()
    ctx.exit(start.open_demo(screen_settings()))
