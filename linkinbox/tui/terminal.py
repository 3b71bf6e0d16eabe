"""The life of a full-screen program in a real terminal, where Textual 8.2 leaves it dirty or dies.

Each shim is a few lines and has its test in a pty, so that an upgrade of Textual which breaks one is seen
(the driver's attributes used here are private: reliability.md §2.4).
"""

from __future__ import annotations

import asyncio
import codecs
import os
import re
import signal
import sys
import termios
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from io import StringIO, TextIOWrapper
from pathlib import Path
from time import monotonic
from typing import Any, TextIO

from rich.console import Console, RenderableType
from textual import events
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.drivers import linux_driver
from textual.worker import WorkerFailed

from linkinbox.text import safe_body, safe_text
from linkinbox.tui import marks

_PASTED = 32  # characters in one read that no hand has typed, also where a slow line holds some seconds of it back
_HELD_KEYS = 4  # different ones that may come in any number
_REST_OF_A_PASTE = 0.05  # seconds between two reads of one paste
_PASTE, _PASTE_END = "\x1b[200~", "\x1b[201~"  # the brackets that the driver knows
_BRACKET = re.compile(r"\x1b\[20[01]~")
_CUT_BRACKET = re.compile(r"\x1b(?:\[(?:2(?:01?)?)?)?\Z")
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.)")  # a key without a letter, the mouse, an answer

CRASHED = 70  # EX_SOFTWARE of sysexits.h


class TerminalApp(App[None]):
    """An app that leaves the terminal clean whatever ends it, and whose crash prints nothing private."""

    DEFAULT_CSS = "OptionList { min-width: 8; }"  # in less, wrapping its options fails
    crash = ""  # what ended it, without the values of variables: they hold private messages

    def get_driver_class(self) -> type[Driver]:
        """Return Textual's own, which is to notice that the terminal is gone."""
        driver = super().get_driver_class()
        return _Driver if driver is linux_driver.LinuxDriver else driver

    def on_mount(self) -> None:
        """Take over from the driver, which has set its own handlers by now."""
        if not self.is_headless:
            resume_when_continued(self)

    def _fatal_error(self) -> None:
        error = self._exception or sys.exception()
        if isinstance(error, WorkerFailed):
            error = error.error  # where in the thread it happened
        self._crash("".join(traceback.format_exception(error)))

    def panic(self, *renderables: RenderableType) -> None:
        """Stop as at any other error: the driver's thread, which reads the keys, reports its own by this."""
        console = Console(file=StringIO(), color_system=None, width=120)
        console.print(*renderables)
        self._crash(console.file.getvalue())  # type: ignore[attr-defined]

    def _crash(self, what: str) -> None:
        self.crash = what
        self._exit_renderables.clear()
        self._close_messages_no_wait()
        self._return_code = CRASHED


class _Driver(linux_driver.LinuxDriver):
    """Textual's, to which a terminal that is gone is a hang-up, and no error: the signal may come later."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # whatever Textual gives it
        super().__init__(*arguments, **options)
        if self._file:
            self._file = _Losable(self._file)  # type: ignore[assignment]  # no more of it is used

    def run_input_thread(self) -> None:
        try:
            super().run_input_thread()
        except EOFError:
            self._app.call_later(self._app.exit, return_code=128 + signal.SIGHUP)


class _Losable:
    """What is written to, also when it is gone: the thread that writes would die, and with it who waits for it."""

    def __init__(self, file: TextIO) -> None:
        self.fileno, self.isatty = file.fileno, file.isatty
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()


def run(app: TerminalApp, *, crash_folder: Path, mouse: bool = True) -> int:
    """Run ``app`` full screen and return its exit code.

    Args:
        app: what runs.
        crash_folder: where a crash is kept, as a file.
        mouse: clicks and the wheel are the app's; else the terminal's, which selects text by them.
    """
    marks.use(marks.choose(sys.__stderr__.encoding if sys.__stderr__ else "", os.environ.get("TERM", "")))
    write_utf8()
    read_forgivingly()
    let_go_of_closed_screens()
    asyncio.run(_run(app, mouse=mouse))
    if app.crash:
        words = f"linkinbox stopped at an error; all you decided is saved. {_kept(app.crash, crash_folder)}"
        with suppress(OSError):  # the terminal is gone as well
            sys.stderr.write(f"{safe_text(words, limit=4_096)}\n")
    return app.return_code or 0


def _kept(crash: str, folder: Path) -> str:
    try:
        return f"What happened: {keep_crash(crash, folder)}"
    except OSError as error:  # a full disk, a folder of somebody else's
        return f"What happened could not be written down: {error.strerror}"


async def _run(app: TerminalApp, *, mouse: bool) -> None:
    leave_on_signals(app)  # before the terminal is touched
    await app.run_async(mouse=mouse)


def write_utf8() -> None:
    """Write UTF-8 whatever the locale says: escaped letters would take more cells than were counted."""
    if isinstance(sys.__stderr__, TextIOWrapper):
        sys.__stderr__.reconfigure(encoding="utf-8", errors="replace")


def read_forgivingly() -> None:
    """Let the driver read keys through a `Keyboard`, and pass over keys that cannot be."""
    linux_driver.XTermParser = _Parser  # type: ignore[attr-defined]
    linux_driver.getincrementaldecoder = lambda _encoding: Keyboard  # type: ignore[attr-defined, assignment]


def let_go_of_closed_screens() -> None:
    """Remember two colours by the colours alone: Textual's cache of them also holds a thousand widgets' lines."""
    if isinstance(StylesCache.get_inner_outer, partial):
        return  # the app before this one did: from the demo one comes back
    by_colours = partial(StylesCache.get_inner_outer, StylesCache)  # not bound: no widget's own cache is in its key
    StylesCache.get_inner_outer = by_colours  # type: ignore[method-assign, assignment]


class _Parser(XTermParser):
    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterator[events.Key]:  # noqa: FBT001, FBT002
        try:
            yield from super()._sequence_to_key_events(sequence, alt)
        except (ValueError, OverflowError):  # the number of no character
            return


def _visible(pasted: str) -> str:
    return pasted.replace("\x1b", "\u241b")


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
        self._in_brackets = False
        self._tail = ""  # of the last read, which was no paste: the bracket that opens one may be cut in two
        self._held = ""  # back, from the last read of a paste: the bracket that closes it may be cut in two

    def decode(self, read: bytes, final: bool = False) -> str:  # noqa: FBT001, FBT002  # as codecs has it
        """Return the text of one read; a paste in the brackets that the driver knows.

        Raises:
            EOFError: nothing was read, as of a terminal that is gone (the driver would ask again without end).
        """
        if not read:
            raise EOFError
        text = self._decoder.decode(read, final)
        if (marked := self._marked(text)) is not None:
            return marked
        if not self._is_paste(text):
            return text
        self._pasted_at = self._clock()
        return f"{_PASTE}{_visible(text)}{_PASTE_END}"

    def _marked(self, text: str) -> str | None:
        """What the terminal marked as pasted, at least in part, its escapes made visible; None: nothing of it is.

        Of an escape within the brackets the driver would take the letters behind it for keys. A long paste comes in
        many reads, and a bracket may be cut in two.
        """
        was_in, known = self._in_brackets, self._tail
        joined = known + self._held + text
        self._held, at, out = "", len(known), []
        for bracket in _BRACKET.finditer(joined):
            if self._in_brackets == (bracket[0] == _PASTE):
                continue
            begin = max(bracket.start(), at)
            out += [self._plain(joined[at:begin]), joined[begin : bracket.end()]]
            self._in_brackets, at = not self._in_brackets, bracket.end()
        rest = joined[at:]
        if self._in_brackets and (cut := _CUT_BRACKET.search(rest)):
            self._held, rest = cut[0], rest[: cut.start()]
        out.append(self._plain(rest))
        self._tail = "" if self._in_brackets else joined[1 - len(_PASTE) :]
        return "".join(out) if was_in or len(out) > 1 else None

    def _plain(self, text: str) -> str:
        return _visible(text) if self._in_brackets else text

    def _is_paste(self, text: str) -> bool:
        """Tell a paste, or the rest of one, from keys: long, and of more letters than one that is held down."""
        letters = _SEQUENCE.sub("", text)
        at_once = self._clock() - self._pasted_at < _REST_OF_A_PASTE
        return bool(letters) and (at_once or (len(letters) >= _PASTED and len(set(letters)) > _HELD_KEYS))


def leave_on_signals(app: App[None]) -> None:
    """Leave tidily when asked to, or when the terminal is gone: exit code 128 and the signal's number."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
        loop.add_signal_handler(number, partial(app.exit, return_code=128 + number))


def resume_when_continued(app: App[None]) -> None:
    """Take the terminal anew after a stop, also one from outside, during which a shell used it in its own way.

    Both signals are heeded by the event loop: Textual's handler of a stop from outside may find its own thread holding
    the lock of what it writes to, and would wait for that for ever.
    """
    driver = app._driver  # noqa: SLF001
    if isinstance(driver, linux_driver.LinuxDriver):
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGCONT, _resume, app, driver)
        loop.add_signal_handler(signal.SIGTSTP, driver._sigtstp_application)  # noqa: SLF001


def _resume(app: App[None], driver: linux_driver.LinuxDriver) -> None:
    if not driver._must_signal_resume:  # noqa: SLF001
        termios.tcsetattr(driver.fileno, termios.TCSANOW, termios.tcgetattr(driver.fileno))  # stops in the background
        driver.suspend_application_mode()  # else it would take its own settings for those to leave behind
    driver.resume_application_mode()
    app.screen.refresh(layout=True)


def keep_crash(text: str, folder: Path) -> Path:
    """Write ``text`` to a new file in ``folder`` that only its owner can read; returns its path."""
    path = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}.txt"
    with open(path, "x", encoding="utf-8", opener=partial(os.open, mode=0o600)) as file:
        file.write(safe_body(text))  # an error may quote what a stranger wrote
    return path
