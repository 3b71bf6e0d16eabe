"""A small app in a real pty: what its user's terminal and shell see when it ends, well or not."""

import signal
import sys
import termios
import weakref
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache
from textual.color import Color

from linkinbox.tui import terminal
from tests.tui.terminal_driver import Terminal

APP = """
import sys
from pathlib import Path
from textual.widgets import Static
from linkinbox.tui import terminal

class Small(terminal.TerminalApp):
    BINDINGS = [("q", "quit"), ("b", "break"), ("ctrl+z", "suspend_process"), ("w", "work")]
    def compose(self):
        yield Static("ready")
        if "compose" in sys.argv:
            self.action_break()
    def on_key(self, event):
        self.query_one(Static).update(f"typed {ascii(event.character)}")
    def action_break(self, *_, **__):
        private = "a private message"
        raise RuntimeError("it broke of \\x1b]0;what a stranger wrote\\x07")
    def action_work(self):
        self.run_worker(self.action_break, thread=True)

if "keyboard" in sys.argv:
    terminal.Keyboard.decode = Small.action_break
sys.exit(terminal.run(Small(), crash_folder=Path(sys.argv[1])))
"""
IMPORT = """
import sys
from pathlib import Path
from linkinbox.inbox import Inbox
from linkinbox.config import Settings
from linkinbox.tui.running import run_app

def broken(self, source, **more):
    private = "a private message"
    raise ZeroDivisionError("it broke of \\x1b]0;what a stranger wrote\\x07")

Inbox.import_from = broken
sys.exit(run_app(Settings(db=Path(sys.argv[1]) / "inbox.db")))
"""


def start(folder: Path, *more: str, program: str = APP, begun: str = "ready") -> Terminal:
    app = Terminal(folder, *more, command=(sys.executable, "-c", program), environ={"LANG": "C"})
    if begun:
        app.until(begun)
    return app


@pytest.fixture
def small(tmp_path):
    with start(tmp_path) as app:
        yield app


def left_clean(app: Terminal) -> bool:
    return app.modes_left_on() == set() and app.termios() == app.termios_before


def test_an_app_told_that_the_line_hung_up_leaves_it_clean(small):
    small.send_signal(signal.SIGHUP)
    assert small.end() == 129
    assert left_clean(small)


WITHOUT_SIGNALS = """
import os, signal, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
if child := os.fork():
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
os.setsid()
"""


def test_a_line_that_is_gone_without_a_word_is_a_hang_up_and_no_error(tmp_path):
    app = start(tmp_path, program=WITHOUT_SIGNALS + APP)
    app.hang_up()
    assert app.end() == 129
    assert not list(tmp_path.iterdir()), "nothing crashed"


def assert_crashed_in_private(app: Terminal, folder: Path) -> None:
    """One line was written, and the rest kept for the owner alone, harmless to look at."""
    assert app.end() == 70
    assert left_clean(app)
    assert "a private message" not in app.written
    assert "a stranger" not in app.written
    assert "linkinbox stopped at an error; all you decided is saved. What happened: " in app.written
    assert "Traceback" not in app.written
    (kept,) = folder.glob("crash-*.txt")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "it broke of ␛]0;what a stranger wrote" in kept.read_text()
    assert "Traceback" in kept.read_text(), "where it broke, also in a thread"
    assert "a private message" not in kept.read_text().replace('private = "a private message"', "")


@pytest.mark.parametrize("key", ["b", "w"])
def test_a_crash_prints_one_line_and_keeps_the_rest_private(small, tmp_path, key):
    small.type(key)
    assert_crashed_in_private(small, tmp_path)


def test_a_crash_before_anything_is_shown_is_no_different(tmp_path):
    with start(tmp_path, "compose", begun="") as app:
        assert_crashed_in_private(app, tmp_path)


def test_a_crash_of_the_thread_that_reads_keys_is_no_different(tmp_path):
    with start(tmp_path, "keyboard") as app:
        app.type("x")
        assert_crashed_in_private(app, tmp_path)


def test_a_crash_of_an_import_is_no_different(tmp_path):
    with start(tmp_path, program=IMPORT, begun="Import an export") as app:
        app.type("\r")
        app.until("path")
        app.type("/\r")
        assert_crashed_in_private(app, tmp_path)


def test_a_crash_that_cannot_be_written_down_is_still_told(tmp_path):
    with start(tmp_path / "not there") as app:
        app.type("b")
        assert app.end() == 70
        assert "What happened could not be written down: No such file or directory" in app.written


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


def test_the_end_of_a_bracketed_paste_is_no_keys_however_many_reads_it_took():
    reads = ["\x1b[200~" + "xa e\r" * 800, "xa e\r" * 800, "xa e\r" * 20 + "\x1b[20", "1~", "x"]
    driven = read(*reads)
    assert "".join(driven) == "".join(reads)
    assert driven[-1] == "x"


def test_an_escape_in_a_paste_makes_no_keys_of_the_letters_behind_it():
    assert read("\x1b[200~a\x1bxxx\x1b[0m\x1b[201~j") == ["\x1b[200~a␛xxx␛[0m\x1b[201~j"]
    assert read("\x1b[20", "0~he\x1bllo", "more\x1b", "xx\x1b", "[201~j") == [
        "\x1b[20", "0~he␛llo", "more", "␛xx", "\x1b[201~j",
    ]  # fmt: skip


def test_a_paste_is_one_though_it_holds_a_strange_sequence():
    assert read(PASTED + "\x1b[1mDear Tom") == [f"\x1b[200~{PASTED}␛[1mDear Tom\x1b[201~"]


@pytest.mark.parametrize(
    "typed", ["jxnwrote at night\rGauq", "j" * 90, "\x1b[A" * 30, f"\x1b[200~{PASTED}\x1b[201~", "\x1b[<35;20;10M" * 9]
)
def test_keys_are_no_paste_though_they_come_at_once(typed):
    assert read(typed) == [typed]


def test_bytes_that_are_no_utf8_end_nothing(small):
    small.type(b"\xff")
    small.until("ufffd")
    small.type("q")
    assert small.end() == 0


def test_what_a_shell_set_during_a_stop_does_not_stay(small):
    raw = small.termios()
    small.send_signal(signal.SIGSTOP)
    small.wait_until_stopped()
    termios.tcsetattr(small.fd, termios.TCSANOW, small.termios_before)
    small.send_signal(signal.SIGCONT)
    small.until_written("\x1b[?1049h", after=len(small.written))
    small.type("x")
    small.until("typed 'x'")
    assert small.termios() == raw


def test_nothing_holds_the_lines_of_a_widget_that_is_gone(monkeypatch):
    monkeypatch.setattr(StylesCache, "get_inner_outer", StylesCache.get_inner_outer)
    terminal.let_go_of_closed_screens()
    lines = StylesCache()
    assert lines.get_inner_outer(Color(1, 2, 3), Color(4, 5, 6))
    gone = weakref.ref(lines)
    del lines
    assert gone() is None


def test_a_second_crash_in_the_same_second_overwrites_nothing(tmp_path):
    terminal.keep_crash("first", tmp_path)
    with pytest.raises(FileExistsError):
        terminal.keep_crash("second", tmp_path)
