"""Running a plain sweep between two streams, until it is over or something ends it."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType
from typing import TextIO

from linkinbox.plain.conversation import Conversation
from linkinbox.plain.lines import Lines

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Came(Exception):  # noqa: N818 - nothing failed
    """A signal, while lines were written or waited for."""


class _Signals:
    """Lets signals wait until what is being decided is on the disk."""

    def __init__(self) -> None:
        self._is_waiting = False
        self._came: list[int] = []

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Take the signals that end a program, and give them back."""
        before = {number: signal.signal(number, self._on) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def let_in(self) -> Iterator[None]:
        """Let a signal in, also one that came before.

        Raises:
            _Came: there is one; `last` tells which.
        """
        self._is_waiting = True
        try:
            if self._came:
                raise _Came
            yield
        finally:
            self._is_waiting = False

    def is_any(self) -> bool:
        """Whether one waits."""
        return bool(self._came)

    def last(self) -> int:
        """The gravest of those that came; a word by hand is less than the end of the terminal."""
        came, self._came = self._came, []
        return next((number for number in came if number != signal.SIGINT), signal.SIGINT)

    def _on(self, number: int, _frame: FrameType | None) -> None:
        self._came.append(number)
        if self._is_waiting:
            raise _Came


def run(conversation: Conversation, source: TextIO, sink: TextIO) -> int:
    """Talk until it is over; returns the exit code, of a signal 128 and its number.

    Raises:
        BrokenPipeError: nobody reads any more.
    """
    lines, signals = Lines(source, sink, os.environ), _Signals()
    with signals.taken():
        try:
            conversation.attend(partial(_write_meanwhile, lines), signals.is_any)
            conversation.begin()
            while not _talk(conversation, lines, signals):
                pass
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return 128 + signal.SIGHUP  # the terminal is gone, and the signal may come later
    return conversation.exit_code or 0


def _write_meanwhile(lines: Lines, words: str) -> None:
    """Write what is no answer; who reads no more ends an act only when it is done."""
    with suppress(OSError):
        lines.write(words)


def _talk(conversation: Conversation, lines: Lines, signals: _Signals) -> bool:
    """Say what there is to say, and wait for an answer; a signal is one too. True: it is over."""
    try:
        with signals.let_in():
            for words in conversation.take():
                lines.write(words)
            if conversation.exit_code is not None:
                return True
            line = lines.read(conversation.asked)
    except _Came:
        lines.end()
        _take_signal(conversation, signals.last(), is_typed=lines.is_typed)
    else:
        _take_line(conversation, line, lines)
    return False


def _take_signal(conversation: Conversation, number: int, *, is_typed: bool) -> None:
    """Let ctrl+c leave a question, where somebody is there to be asked on; any other ends it."""
    if number == signal.SIGINT and is_typed:
        conversation.interrupt()
    else:
        conversation.exit_code = 128 + number


def _take_line(conversation: Conversation, line: str | None, lines: Lines) -> None:
    if line is not None and line.endswith("\n"):
        conversation.hear(line)
    else:
        lines.end()
        conversation.end(line or "")
