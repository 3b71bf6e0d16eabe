"""Measures: a program behind a terminal of our own, and a command from its start to its end.

What a program writes is stamped when it arrives and fed to the emulator only while the program is quiet, so that
the emulator's own cost lies in no measured interval.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyte

COLUMNS, LINES = 140, 40
QUIET = 0.03  # seconds without output that end the answer to a key
_SETTLED = 0.3  # and those that end a start
_NOT_FOR_PYTE = re.compile(
    rb"\x1b[\]P_^X].*?(?:\x07|\x1b\\)|\x1b\[[<>=?]?[0-9;:]*[$>=<u ]+[a-zA-Z]?|\x1b\[>[0-9;]*[a-zA-Z]", re.DOTALL
)
# Compiled modules are part of every installation; without them a start is twice as long.
_ENV = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_ANSWERS = (
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b[?2048$p", b"\x1b[?2048;0$y"),
)


class Start(NamedTuple):
    """From exec to the first screen with something to read, and to the last change of the start. Milliseconds."""

    first: float
    settled: float
    cpu: float  # of the whole program, when it settled


class Answer(NamedTuple):
    """What a program does about a key, until it is quiet."""

    first: float  # from the key to the first bytes of the answer
    ms: float  # and to the last
    cpu: float
    size: int


class Terminal:
    """A program in a pty of 140×40."""

    def __init__(self, argv: Sequence[str]) -> None:
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._chunks: list[tuple[float, bytes]] = []
        self._arrived = threading.Condition()
        self._alive = True
        self._begun = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], list(argv), _ENV | {"TERM": "xterm-256color", "COLORTERM": "truecolor"})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                data = b""
            with self._arrived:
                if data:
                    self._chunks.append((time.perf_counter(), data))
                self._alive = bool(data)
                self._arrived.notify()
            if not data:
                return
            for query, answer in _ANSWERS:
                if query in data:
                    os.write(self._fd, answer)

    def start(self, first: str, timeout: float = 60) -> Start:
        """Wait until the screen matches ``first`` and the program has settled."""
        wanted, seen = re.compile(first), None
        deadline = self._begun + timeout
        while seen is None:
            if time.perf_counter() > deadline or not self._alive:
                raise TimeoutError(f"no screen with {first!r}:\n" + "\n".join(self._screen.display))
            self._wait(0.004, deadline)
            for stamp, data in self._taken():
                self._stream.feed(_NOT_FOR_PYTE.sub(b"", data))
                if seen is None and wanted.search("\n".join(self._screen.display)):
                    seen = stamp
        last = self._wait(_SETTLED, deadline) or seen
        self._taken()
        return Start((seen - self._begun) * 1e3, (last - self._begun) * 1e3, self.cpu_ms())

    def press(self, keys: bytes, *, quiet: float = QUIET, timeout: float = 30) -> Answer:
        """Send keys in one write and wait until the program has answered them."""
        self._taken()
        cpu, sent = self.cpu_ms(), time.perf_counter()
        os.write(self._fd, keys)
        with self._arrived:
            self._arrived.wait_for(lambda: self._chunks or not self._alive, timeout)
        last = self._wait(quiet, sent + timeout) or sent
        spent, chunks = self.cpu_ms() - cpu, self._taken()
        first = chunks[0][0] if chunks else sent
        return Answer((first - sent) * 1e3, (last - sent) * 1e3, spent, sum(len(data) for _, data in chunks))

    def _wait(self, quiet: float, deadline: float) -> float | None:
        """Wait for that much quiet; when the last output came."""
        with self._arrived:
            count = -1
            while self._alive and len(self._chunks) != count and time.perf_counter() < deadline:
                count = len(self._chunks)
                self._arrived.wait(quiet)
            return self._chunks[-1][0] if self._chunks else None

    def _taken(self) -> list[tuple[float, bytes]]:
        with self._arrived:
            chunks, self._chunks = self._chunks, []
        return chunks

    def cpu_ms(self) -> float:
        """CPU the program's threads have used."""
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            with contextlib.suppress(OSError):
                total += int((task / "schedstat").read_text().split()[0])
        return total / 1e6

    def rss_mib(self) -> float:
        """Memory in use."""
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0

    def close(self) -> None:
        """Hang up."""
        for number in (signal.SIGHUP, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)
            for _ in range(100):
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    os.close(self._fd)
                    return
                time.sleep(0.02)


class Spent(NamedTuple):
    """What a command cost."""

    wall: float  # seconds
    cpu: float  # seconds, user and system
    rss: float  # MiB, its peak; never less than this process's own


def run(
    *argv: str | Path, given: str = "", accept: Sequence[int] = (0,), environ: Mapping[str, str] | None = None
) -> Spent:
    """Run a command to its end."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [str(arg) for arg in argv],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**_ENV, **(environ or {})},
    ) as process:
        assert process.stdin
        process.stdin.write(given.encode())
        process.stdin.close()
        assert process.stderr
        told = process.stderr.read().decode(errors="replace")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accept:
        raise RuntimeError(f"{argv[0]} ended with {process.returncode}: {told[-500:]}")
    return Spent(time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
