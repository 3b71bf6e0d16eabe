"""Giving the terminal to another program for a while, and taking it back whole."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App, SuspendNotSupported

from linkinbox.errors import LinkinboxError, UsageError
from linkinbox.programs import run_here


class NoTerminalError(UsageError):
    """There is none to give away, as in a window of a browser."""


def lend_terminal(app: App[None], command: Sequence[str], *, given: bytes | None = None) -> None:
    """Run a program with the terminal for itself until it ends.

    Args:
        app: what is shown now, and afterwards again.
        command: the program and its arguments.
        given: what it reads; None: what is typed.

    Raises:
        NoTerminalError: nothing was run.
        LinkinboxError: it did not start, failed, or was killed.
    """
    failure: LinkinboxError | None = None
    try:
        with app.suspend():  # an error that leaves it leaves the terminal suspended
            try:
                run_here(command, given=given)
            except LinkinboxError as error:
                failure = error
    except SuspendNotSupported as error:
        msg = f"There is no terminal here that {command[0]} could have"
        raise NoTerminalError(msg) from error
    if failure:
        raise failure
