"""A small app in a real pty: what its user's terminal and shell see when it ends, well or not."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from linkinbox.errors import UsageError
from linkinbox.tui import terminal

APP = """
import sys
from pathlib import Path
from textual.widgets import Static
from linkinbox.tui import terminal

class Small(terminal.TerminalApp):
    BINDINGS = [("q", "quit"), ("b", "break"), ("ctrl+z", "suspend_process"), ("w", "work")]
    def compose(self):
        yield Static("ready")
    def on_key(self, event):
        self.query_one(Static).update(f"typed {ascii(event.character)}")
    def action_break(self):
        private = "a private message"
        raise RuntimeError("it broke")
    def action_work(self):
        self.run_worker(self.fail, thread=True)
    def fail(self):
        private = "a private message"
        raise RuntimeError("it broke in a thread")

sys.exit(terminal.run(Small(), crash_folder=Path(sys.argv[1])))
"""
CLEAN = (
    "\x1b[?1049l",
    "\x1b[?25h",
    "\x1b[<u",
    "\x1b[?2004l",
    "\x1b[?1000l",
)  # left: screen, cursor, keys, paste, mouse


class Terminal:
    """The app in a pty, with what it wrote."""

    def __init__(self, folder: Path) -> None:
        self.output = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            environ = {**os.environ, "TERM": "xterm-256color", "LANG": "C"}
            os.execve(sys.executable, [sys.executable, "-c", APP, str(folder)], environ)
        self.until("ready")

    def until(self, text: str) -> None:
        end = time.monotonic() + 20
        while text not in self.output:
            assert time.monotonic() < end, f"{text!r} never came: {self.output[-500:]!r}"
            self._read()

    def _read(self) -> bool:
        if not select.select([self.fd], [], [], 0.2)[0]:
            return True
        try:
            piece = os.read(self.fd, 65536)
        except OSError:  # Linux: the other side is closed
            return False
        self.output += piece.decode(errors="replace")
        return bool(piece)

    def type(self, keys: bytes) -> None:
        os.write(self.fd, keys)

    def send(self, number: int) -> None:
        os.kill(self.pid, number)

    def exit_code(self) -> int:
        end = time.monotonic() + 20
        while self._read():
            assert time.monotonic() < end, "it does not end"
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)


@pytest.fixture
def small(tmp_path):
    app = Terminal(tmp_path)
    yield app
    try:
        os.kill(app.pid, signal.SIGKILL)
        os.waitpid(app.pid, 0)
    except (ProcessLookupError, ChildProcessError):
        pass  # it has ended, as it should


def left_clean(output: str) -> bool:
    return all(output.rfind(off) > output.rfind("ready") for off in CLEAN)


def test_a_terminal_that_hangs_up_is_left_clean(small):
    small.send(signal.SIGHUP)
    assert small.exit_code() == 129
    assert left_clean(small.output)


@pytest.mark.parametrize("key", [b"b", b"w"])
def test_a_crash_prints_one_line_and_keeps_the_rest_private(small, tmp_path, key):
    small.type(key)
    assert small.exit_code() == 70
    assert left_clean(small.output)
    assert "a private message" not in small.output
    last = small.output.replace("\x1b[?1004l", "").rsplit("\r\n", 2)[-2]
    assert "linkinbox stopped at an error; all you decided is saved" in last
    (kept,) = tmp_path.glob("crash-*.txt")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "it broke" in kept.read_text()
    assert "a private message" not in kept.read_text().replace('private = "a private message"', "")


def read(*pieces, apart=0.0):
    """What the driver is given of pieces read one after the other, that many seconds apart."""
    times = iter(number * apart for number in range(99))
    keyboard = terminal.Keyboard(clock=lambda: next(times))
    return [keyboard.decode(piece.encode()) for piece in pieces]


PASTED = "Dear Ana, it was a pleasure to meet you all in Hamburg"


def test_a_long_text_in_one_read_is_a_paste_also_without_brackets():
    assert read(PASTED) == [f"\x1b[200~{PASTED}\x1b[201~"]


def test_the_rest_of_a_paste_belongs_to_it_and_keys_after_it_do_not():
    assert read(PASTED, " x")[1] == "\x1b[200~ x\x1b[201~"
    assert read(PASTED, "x", apart=0.5)[1] == "x"


@pytest.mark.parametrize("typed", ["jxnwrote at night\rGauq", "j" * 90, "\x1b[A" * 30, f"\x1b[200~{PASTED}\x1b[201~"])
def test_keys_are_no_paste_though_they_come_at_once(typed):
    assert read(typed) == [typed]


def test_bytes_that_are_no_utf8_and_a_stop_from_outside_end_nothing(small):
    small.type(b"\xff")
    small.until("ufffd")
    small.send(signal.SIGSTOP)
    small.output = ""
    small.send(signal.SIGCONT)
    small.until("typed")
    small.type(b"q")
    assert small.exit_code() == 0
    assert all(off in small.output for off in CLEAN)


def test_a_suspended_app_gives_the_terminal_back_and_takes_it_again(small):
    small.type(b"\x1a")
    small.until("\x1b[?1049l")
    os.waitpid(small.pid, os.WUNTRACED)
    small.output = ""
    small.send(signal.SIGCONT)
    small.until("\x1b[?1049h")
    small.until("typed")
    small.type(b"q")
    assert small.exit_code() == 0


def test_without_a_terminal_the_command_line_is_pointed_at(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", APP, str(tmp_path)], check=False, capture_output=True, input="", text=True
    )
    assert done.returncode == 1
    assert "UsageError: The screen needs a terminal. `linkinbox list` prints the inbox" in done.stderr
    assert done.stdout == ""


def test_a_dumb_terminal_is_no_terminal():
    with pytest.raises(UsageError, match="needs a terminal"):
        terminal.require_terminal({"TERM": "dumb"})


def test_a_second_crash_in_the_same_second_overwrites_nothing(tmp_path):
    terminal.keep_crash("first", tmp_path)
    with pytest.raises(FileExistsError):
        terminal.keep_crash("second", tmp_path)
