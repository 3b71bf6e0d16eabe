"""The life of a full-screen program in a real terminal, where Textual 8.2 leaves it dirty or dies.

Each shim is a few lines and has its test in a pty, so that an upgrade of Textual which breaks one is seen
(the driver's attributes used here are private: reliability.md §2.4).
"""

from __future__ import annotations

import asyncio
import codecs
import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from time import monotonic

from textual.app import App
from textual.drivers import linux_driver

from linkinbox.errors import UsageError
from linkinbox.tui import marks

_PASTED = 32  # characters in one read that no hand has typed, also where a slow line holds some seconds of it back
_HELD_KEYS = 4  # different ones that may come in any number
_REST_OF_A_PASTE = 0.05  # seconds between two reads of one paste

CRASHED = 70  # EX_SOFTWARE of sysexits.h


class TerminalApp(App[None]):
    """An app that leaves the terminal clean whatever ends it, and whose crash prints nothing private."""

    crash = ""  # what ended it, without the values of variables: they hold private messages

    def on_mount(self) -> None:
        """Listen to the system once the driver has set its own handlers."""
        if not self.is_headless:
            leave_on_signals(self)
            resume_when_continued(self)

    def _fatal_error(self) -> None:
        self.crash = "".join(traceback.format_exception(self._exception or sys.exception()))
        self._exit_renderables.clear()
        self._close_messages_no_wait()
        self._return_code = CRASHED


def run(app: TerminalApp, *, crash_folder: Path) -> int:
    """Run ``app`` full screen and return its exit code; a crash is kept as a file in ``crash_folder``.

    Raises:
        UsageError: there is no terminal to run in.
    """
    require_terminal(os.environ)
    marks.use(marks.choose(sys.__stderr__.encoding if sys.__stderr__ else "", os.environ.get("TERM", "")))
    write_utf8()
    read_forgivingly()
    app.run()
    if app.crash:
        where = keep_crash(app.crash, crash_folder)
        sys.stderr.write(f"linkinbox stopped at an error; all you decided is saved. What happened: {where}\n")
    return app.return_code or 0


def require_terminal(environ: Mapping[str, str]) -> None:
    """Raise UsageError where a full screen cannot be shown: Textual would draw, and wait for ever."""
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)  # Textual draws on the last
    if environ.get("TERM") == "dumb" or not all(stream and stream.isatty() for stream in streams):
        raise UsageError(
            "The screen needs a terminal", "`linkinbox list` prints the inbox, `linkinbox --help` shows the rest"
        )


def write_utf8() -> None:
    """Write UTF-8 whatever the locale says: escaped letters would take more cells than were counted."""
    if isinstance(sys.__stderr__, TextIOWrapper):
        sys.__stderr__.reconfigure(encoding="utf-8", errors="replace")


def read_forgivingly() -> None:
    """Let the driver read keys through a `Keyboard`."""
    linux_driver.getincrementaldecoder = lambda _encoding: Keyboard  # type: ignore[attr-defined, assignment]


class Keyboard:
    """What was typed, read by read: bytes that are no UTF-8 become replacement characters, and a paste stays one.

    The driver's thread would die of such bytes. And a terminal without bracketed paste (the Linux console, some
    multiplexers) sends pasted text as if it were typed, each letter a decision; but nobody types as much in one read.

    Args:
        clock: seconds, as `time.monotonic` tells them.
    """

    def __init__(self, *, clock: Callable[[], float] = monotonic) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._clock = clock
        self._pasted_at = float("-inf")

    def decode(self, read: bytes, final: bool = False) -> str:  # noqa: FBT001, FBT002  # as codecs has it
        """Return the text of one read; a paste in the brackets that the driver knows."""
        text = self._decoder.decode(read, final)
        if not self._is_paste(text):
            return text
        self._pasted_at = self._clock()
        return f"\x1b[200~{text}\x1b[201~"

    def _is_paste(self, text: str) -> bool:
        """Tell a paste, or the rest of one, from keys: long, and of more letters than one that is held down."""
        if not text or "\x1b" in text:
            return False
        at_once = self._clock() - self._pasted_at < _REST_OF_A_PASTE
        return at_once or (len(text) >= _PASTED and len(set(text)) > _HELD_KEYS)


def leave_on_signals(app: App[None]) -> None:
    """Leave tidily when asked to, or when the terminal is gone: exit code 128 and the signal's number."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, partial(app.exit, return_code=128 + number))


def resume_when_continued(app: App[None]) -> None:
    """Repaint after a stop from outside; the driver starts anew only if it was the one that stopped."""
    driver = app._driver  # noqa: SLF001
    if isinstance(driver, linux_driver.LinuxDriver):
        asyncio.get_running_loop().add_signal_handler(signal.SIGCONT, _resume, app, driver)


def _resume(app: App[None], driver: linux_driver.LinuxDriver) -> None:
    if driver._must_signal_resume:  # noqa: SLF001
        driver._sigcont_application()  # noqa: SLF001
    else:
        app.screen.refresh(layout=True)


def keep_crash(text: str, folder: Path) -> Path:
    """Write ``text`` to a new file in ``folder`` that only its owner can read; returns its path."""
    path = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.txt"
    with open(path, "x", encoding="utf-8", opener=partial(os.open, mode=0o600)) as file:
        file.write(text)
    return path
