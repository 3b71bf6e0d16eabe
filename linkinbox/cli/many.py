"""Acts on many items from the command line: ids from a pipe, how far it has come, and Ctrl-C between two chunks."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import click

from linkinbox.cli.options import typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linkinbox.decisions import Decision
    from linkinbox.inbox import Inbox
    from linkinbox.model import Change

STDIN = "-"
INTERRUPTED = 130  # exit code


def read_refs() -> list[str]:
    """Ids or uids from standard input, one a line; quoted ones too, as jq prints them."""
    lines = sys.stdin.read().splitlines()
    refs = (typed(line).strip().strip('"') for line in lines)
    return [ref for ref in refs if ref]


def apply(inbox: Inbox, decision: Decision, ids: Sequence[int]) -> Change:
    """Decide; of many it is told how far it has come, and Ctrl-C keeps what is done."""
    from linkinbox.decider import LARGE

    if len(ids) <= LARGE:
        return inbox.apply(decision, ids)
    with _stoppable() as stop, progress() as tell:
        return inbox.apply(decision, ids, progress=tell, stop=stop)


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Yields what tells whether Ctrl-C was pressed; pressed twice it does what it ever does."""
    pressed = []

    def press(_number: int, _frame: FrameType | None) -> None:
        pressed.append(True)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """Yields what shows on a terminal how many items are done."""
    shown = 0  # cells

    def tell(done: int, of: int) -> None:
        nonlocal shown
        if sys.stderr.isatty():
            words = f"{done:,} of {of:,}"
            click.echo(f"\r{words}", nl=False, err=True)
            shown = len(words)

    yield tell
    if shown:
        click.echo(f"\r{' ' * shown}\r", nl=False, err=True)
