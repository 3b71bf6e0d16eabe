"""A program in a pty: what it writes, what a terminal would show of it, and what it leaves behind."""

from __future__ import annotations

import atexit
import codecs
import os
import pty
import re
import select
import shutil
import signal
import sys
import tempfile
import termios
import time
from collections.abc import Mapping, Sequence
from fcntl import ioctl
from functools import cache
from pathlib import Path
from struct import pack
from types import TracebackType
from typing import Self

import pyte

COLUMNS, LINES = 100, 30
LIMIT = 30  # seconds that anything may take before it is called hung, also on a busy machine

# Runs the commands it is given, one after the other, in one process.
RUN_EACH = """
import json, sys
from linkinbox.cli import main
for argv in json.loads(sys.argv[1]):
    try:
        main(argv, prog_name="linkinbox")
    except SystemExit:
        pass
"""
_ENVIRON: dict[str, str | None] = {
    "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "TZ": "UTC",
    "XDG_STATE_HOME": "/nowhere", "TMUX": None, "DISPLAY": None, "WAYLAND_DISPLAY": None,  # nothing of the user's own
    "COLUMNS": None, "LINES": None,  # those of the window that the tests run in would go before the terminal's
}  # fmt: skip
_MODE = re.compile(r"\x1b\[(?:\?(?P<modes>[0-9;]+)(?P<set>[hl])|(?P<kitty>[<>])[0-9;]*u)")
_ON_BEFORE = {7, 25}  # lines wrap, the cursor is shown
_UNKNOWN_TO_PYTE = re.compile(r"\x1b\[[<>=?][0-9;:$]*[a-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_CUT_OFF = re.compile(r"\x1b(?:[\[\]][^\x1b\x07A-Za-z]{0,64})?\Z")


@cache
def _at_the_list() -> Path:
    """A folder of settings, and of what is remembered, for as long as the tests run."""
    folder = Path(tempfile.mkdtemp(prefix="linkinbox-tests-"))
    atexit.register(shutil.rmtree, folder)
    (folder / "linkinbox").mkdir()
    (folder / "linkinbox" / "config.toml").write_text("[today]\nat_start = false\n")
    (folder / "linkinbox" / "screen.json").write_text('{"lesson": true}')
    return folder


class Terminal:
    """linkinbox, or another program, in a pty.

    Args:
        arguments: of linkinbox.
        config: the folder of its configuration; without one it opens at the list, not at the page of today.
        command: what runs instead of linkinbox.
        environ: variables beside or instead of the usual ones; None takes one away.
        columns, lines: the size of the window.

    Use it in a ``with`` where a test may end before the program does.
    """

    def __init__(
        self,
        *arguments: str | Path,
        config: Path | None = None,
        command: Sequence[str] = (),
        environ: Mapping[str, str | None] | None = None,
        columns: int = COLUMNS,
        lines: int = LINES,
    ) -> None:
        self._written: list[str] = []
        self._count = 0  # characters written: a long run writes many megabytes
        self.exit_code: int | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._unseen: list[str] = []  # written, and not yet drawn: pyte is slow
        self._drawn = ""
        home = {"XDG_CONFIG_HOME": str(config or _at_the_list()), "XDG_STATE_HOME": str(_at_the_list())}
        wanted = {**os.environ, **_ENVIRON, **home, **(environ or {})}
        argv = [*(command or (sys.executable, "-m", "linkinbox")), *map(str, arguments)]
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            ioctl(0, termios.TIOCSWINSZ, pack("HHHH", lines, columns, 0, 0))
            os.execve(argv[0], argv, {name: value for name, value in wanted.items() if value is not None})
        os.set_blocking(self.fd, False)
        self.termios_before = self.termios()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    # ── what is seen ──

    @property
    def written(self) -> str:
        """All that it wrote."""
        self._written[:] = ["".join(self._written)]
        return self._written[0]

    @property
    def text(self) -> str:
        """What stands on the screen."""
        unseen = "".join(self._unseen)
        begun = cut.group() if (cut := _CUT_OFF.search(unseen)) else ""
        self._unseen = [begun]
        if unseen != begun or not self._drawn:
            self._stream.feed(_UNKNOWN_TO_PYTE.sub("", unseen.removesuffix(begun)))
            self._drawn = "\n".join(line.rstrip() for line in self._screen.display)
        return self._drawn

    @property
    def is_running(self) -> bool:
        """The program has not ended."""
        return self.exit_code is None and os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def until(self, text: str) -> None:
        """Read until ``text`` is on the screen."""
        deadline = time.monotonic() + LIMIT
        while text not in self.text:
            self._read(0.1)
            if time.monotonic() > deadline or not self.is_running:
                self._read(0.1)
                self._give_up(f"{text!r} never came")

    def until_written(self, text: str, *, after: int = 0) -> None:
        """Read until ``text`` was written, visible or not, behind the first ``after`` characters."""
        deadline = time.monotonic() + LIMIT
        while text not in self.written[after:]:
            self._read(0.1)
            if time.monotonic() > deadline:
                self._give_up(f"{text!r} was never written")

    def settle(self, quiet: float = 0.3) -> None:
        """Read until nothing was written for ``quiet`` seconds."""
        deadline = time.monotonic() + LIMIT
        while self._is_readable(quiet) and self._read(0):
            if time.monotonic() > deadline:
                self._give_up("It never stops writing")

    def until_idle(self) -> None:
        """Read until it has done all that was typed, and waits for more: it writes nothing and does nothing."""
        deadline = time.monotonic() + LIMIT
        before = None
        while before != (before := self._busyness()) or before[0] != "S":
            while self._is_readable(0.03) and self._read(0):
                pass
            if time.monotonic() > deadline or not self.is_running:
                self._give_up("It has ended" if not self.is_running else "It is never idle")

    def _busyness(self) -> tuple[str, str, str, int]:
        """Whether its main thread sleeps, and what it used and wrote so far (as Linux tells)."""
        state = Path(f"/proc/{self.pid}/stat").read_text().rpartition(") ")[2].split()
        return state[0], state[11], state[12], self._count

    # ── what is done to it ──

    def type(self, keys: str | bytes) -> None:
        """Type; what the program does not take at once is waited for, as its output is read."""
        rest = keys.encode() if isinstance(keys, str) else keys
        deadline = time.monotonic() + LIMIT
        while rest:
            readable, writable, _ = select.select([self.fd], [self.fd], [], 1)
            if readable and not self._read(0):
                return
            if writable:
                rest = rest[os.write(self.fd, rest[:4096]) :]
            if time.monotonic() > deadline:
                self._give_up("It does not read what is typed")

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size, and wipe it: what is to be seen must be written anew."""
        ioctl(self.fd, termios.TIOCSWINSZ, pack("HHHH", lines, columns, 0, 0))
        self._unseen, self._drawn = [], ""
        self._screen.resize(lines, columns)
        self._screen.reset()

    def send_signal(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a window or a line does; its modes go with it."""
        os.close(self.fd)
        self.fd = -1

    def wait_until_stopped(self) -> None:
        """Read until the program is stopped, as by ctrl+z."""
        deadline = time.monotonic() + LIMIT
        while os.waitid(os.P_PID, self.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is None:
            self._read(0.05)
            if time.monotonic() > deadline or not self.is_running:
                self._give_up("It is never stopped")
        self.settle(0.05)

    # ── how it ends ──

    def end(self) -> int:
        """Read to the end; returns the exit code."""
        deadline = time.monotonic() + LIMIT
        while self.fd >= 0 and self._read(0.1):
            if time.monotonic() > deadline:
                self._give_up("It does not end")
        while self.is_running:
            time.sleep(0.01)
            if time.monotonic() > deadline:
                self._give_up("It does not end")
        if self.exit_code is None:
            self.exit_code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.exit_code

    def kill(self) -> None:
        """End the program if it runs still, and close the terminal."""
        if self.exit_code is None:
            os.kill(self.pid, signal.SIGKILL)
            self.exit_code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        if self.fd >= 0:
            self.hang_up()

    def termios(self) -> list[object]:
        """The settings of the line: echo, line by line or raw, which keys are signals."""
        return termios.tcgetattr(self.fd)

    def modes_left_on(self) -> set[str]:
        """The private modes that differ from those of a fresh terminal, by what was written so far.

        Among them the pushed levels of kitty's keyboard protocol: it keeps one stack for each of its two screens.
        """
        on, pushed = set(_ON_BEFORE), {False: 0, True: 0}
        for found in _MODE.finditer(self.written):
            if found["modes"]:
                change = on.update if found["set"] == "h" else on.difference_update
                change(map(int, found["modes"].split(";")))
            else:
                alternate = 1049 in on
                pushed[alternate] = max(0, pushed[alternate] + {"<": -1, ">": 1}[found["kitty"]])
        keys = {f"{levels} of kitty's keys" for levels in pushed.values() if levels}
        return keys | {f"?{mode}h" for mode in on - _ON_BEFORE} | {f"?{mode}l" for mode in _ON_BEFORE - on}

    # ── reading ──

    def _is_readable(self, seconds: float) -> bool:
        return bool(select.select([self.fd], [], [], seconds)[0])

    def _read(self, seconds: float) -> bool:
        """Read what there is; False: the other side is gone."""
        if not self._is_readable(seconds):
            return True
        try:
            got = os.read(self.fd, 65536)
        except OSError:  # Linux: the other side is closed
            return False
        text = self._decoder.decode(got)
        self._written.append(text)
        self._count += len(text)
        self._unseen.append(text)
        return bool(got)

    def _give_up(self, why: str) -> None:
        seen = self.text
        self.kill()
        raise AssertionError(f"{why}:\n{seen}\n{self.written[-500:]!r}")
