"""Programs of the user's: the editor, and what an item is piped to. Never by a shell.

A program that has the terminal for itself also has its ctrl+c and ctrl+z: none of them is for us meanwhile.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import termios
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from linkinbox.errors import LinkinboxError, UsageError

_LONGEST = 1_000_000  # bytes that are kept of what a program prints: more than anybody reads on a page
_SECONDS = 60.0  # that one may take whose output is waited for
_OURS = (signal.SIGINT, signal.SIGQUIT, signal.SIGCONT)
_ENDS = (signal.SIGTERM, signal.SIGHUP)


def editor() -> list[str]:
    """The user's editor with its arguments, of ``$VISUAL`` or else ``$EDITOR``.

    Raises:
        UsageError: none is set, or it cannot be told what is meant.
    """
    for name in ("VISUAL", "EDITOR"):
        if not (line := os.environ.get(name, "").strip()):
            continue
        try:
            return shlex.split(line)
        except ValueError as error:
            msg = f"{name} is not understood: {line}"
            raise UsageError(msg, "A quote in it has no end") from error
    msg = "No editor is set"
    raise UsageError(msg, "Set EDITOR in your shell, such as EDITOR=nano, or EDITOR='code -w'")


def run_here(command: Sequence[str], *, given: bytes | None = None) -> None:
    """Run a program in our terminal until it ends; a signal to end is passed on, and heeded afterwards.

    Args:
        command: the program and its arguments.
        given: what it reads; None: what is typed.

    Raises:
        LinkinboxError: it did not start, failed, or was killed.
    """
    with _started(command, stdin=None if given is None else subprocess.PIPE) as process, _lent(process):
        process.communicate(given)
    _require_success(command, process.returncode)


class Printed(NamedTuple):
    """What a program printed, on either stream; the beginning of it if there was too much."""

    text: str
    cut: bool = False


class Capture:
    """Runs a program whose output is waited for, in a thread other than ours; `stop` ends it from any thread.

    Args:
        command: the program and its arguments.
        given: what it reads.
        seconds: how long it may take.
    """

    def __init__(self, command: Sequence[str], given: bytes, *, seconds: float = _SECONDS) -> None:
        self._command, self._given, self._seconds = command, given, seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = ""  # why

    def run(self) -> Printed:
        """Run it to its end.

        Raises:
            LinkinboxError: it did not start, failed, was killed, or took too long.
        """
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        with _started(self._command, start_new_session=True, **streams) as process:
            self._process = process
            if self._stopped:
                self._kill()
            late = threading.Timer(self._seconds, self.stop, [f"took more than {self._seconds:g} seconds"])
            late.start()
            threading.Thread(target=self._feed, args=[process], daemon=True).start()
            read = process.stdout.read(_LONGEST + 1) if process.stdout else b""
            if cut := len(read) > _LONGEST:
                self._kill()
            process.wait()
            late.cancel()
        if self._stopped:
            raise LinkinboxError(f"{self._command[0]} {self._stopped}")
        if not cut:
            _require_success(self._command, process.returncode, read)
        return Printed(read[:_LONGEST].decode("utf-8", "replace"), cut)

    def stop(self, why: str = "was stopped") -> None:
        """End it, with all that it started."""
        self._stopped = why
        self._kill()

    def _kill(self) -> None:
        if self._process and self._process.poll() is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _feed(self, process: subprocess.Popen[bytes]) -> None:
        with suppress(OSError, ValueError):  # it wants no more
            if process.stdin:
                process.stdin.write(self._given)
                process.stdin.close()


@contextmanager
def _started(command: Sequence[str], **how: int | bool | None) -> Iterator[subprocess.Popen[bytes]]:
    try:
        process = subprocess.Popen(command, **how)  # type: ignore[call-overload]
    except (OSError, ValueError) as error:  # a NUL in its name
        why = error.strerror if isinstance(error, OSError) else str(error)
        msg = f"{command[0]} did not start: {why}"
        raise LinkinboxError(msg, "Is it installed, and in PATH?") from error
    with suppress(BrokenPipeError), process:
        yield process


def _require_success(command: Sequence[str], code: int, said: bytes = b"") -> None:
    if code == 0:
        return
    lines = said.decode("utf-8", "replace").strip().splitlines()
    why = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
    raise LinkinboxError(f"{command[0]} {why}" + (f": {lines[-1].strip()}" if lines else ""))


def _line_settings() -> list[Any] | None:
    """How the terminal's line is set; None: there is none."""
    try:
        return termios.tcgetattr(0)
    except (termios.error, OSError):
        return None


@contextmanager
def _lent(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Leave the signals of the terminal to a program; those that end us reach it first, and us afterwards.

    An event loop is told of signals by its own descriptor, also of those that came meanwhile: it is kept out of it.
    """
    heard: list[int] = []

    def pass_on(number: int, _frame: object) -> None:
        heard.append(number)
        process.send_signal(number)

    line = _line_settings()
    descriptor = signal.set_wakeup_fd(-1)
    former = {int(number): signal.signal(number, lambda *_: None) for number in _OURS}
    former |= {int(number): signal.signal(number, pass_on) for number in _ENDS}
    former[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, signal.SIG_DFL)  # stops us with it, as one job
    try:
        yield
    finally:
        if line:  # one that was killed may leave it as it had it: without echo, key by key
            with suppress(termios.error, OSError):
                termios.tcsetattr(0, termios.TCSADRAIN, line)
        for number, handler in former.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(descriptor)
        for number in heard:
            os.kill(os.getpid(), number)
