"""Opening the screen, on the user's inbox or on an invented one."""

from __future__ import annotations

import os
import sys

import click

from linkinbox.cli.options import examples
from linkinbox.cli.session import now, settings
from linkinbox.errors import UsageError


def open_screen() -> int:
    """Open the user's inbox; returns the exit code.

    Raises:
        UsageError: there is no terminal to draw on.
    """
    chosen = settings()
    _require_terminal()
    from linkinbox.tui.app import run_app

    return run_app(
        chosen.db, zone=chosen.zone, calls_folder=chosen.calls_folder, limits=chosen.limits, open_demo=_run_demo
    )


@click.command(epilog=examples("demo"))
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Open an invented inbox that is gone afterwards."""
    _require_terminal()
    ctx.exit(_run_demo())


def _run_demo() -> int:
    from pathlib import Path
    from shutil import rmtree
    from tempfile import mkdtemp

    from linkinbox.demo import make_demo
    from linkinbox.tui.app import run_app

    folder, code = Path(mkdtemp(prefix="linkinbox-demo-")), 0
    try:
        code = run_app(make_demo(folder, now=now()), demo=True, zone=settings().zone)
    finally:
        if code != os.EX_SOFTWARE:  # after a crash, its report lies there
            rmtree(folder)
    return code


def _require_terminal() -> None:
    """Textual would draw into a pipe, and wait for keys for ever."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        msg = "The screen needs a terminal"
        raise UsageError(msg, "`linkinbox list` and the other commands of `linkinbox --help` work without one")
