"""The life of the program in its terminal: how it ends, and in which sizes it lives."""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.inbox import Inbox
from linkinbox.model import Verb, View
from tests.builders import ExportBuilder
from tests.gates import Gate
from tests.tui.terminal_driver import COLUMNS, LINES, Terminal

# ── gate 16: signals ──


def stop_and_go_on(terminal: Terminal) -> None:
    """``kill -STOP``, then ``fg``."""
    terminal.send_signal(signal.SIGSTOP)
    terminal.wait_until_stopped()
    go_on_and_quit(terminal)


def suspend(by: Callable[[Terminal], None]) -> Callable[[Terminal], None]:
    """Away to the shell and back again."""

    def act(terminal: Terminal) -> None:
        by(terminal)
        terminal.wait_until_stopped()
        assert terminal.modes_left_on() == set(), "the shell has its terminal"
        assert terminal.termios() == terminal.termios_before
        go_on_and_quit(terminal)

    return act


def go_on_and_quit(terminal: Terminal) -> None:
    written = len(terminal.written)
    terminal.send_signal(signal.SIGCONT)
    terminal.until_written("\x1b[?1049h", after=written)
    quit_by_key(terminal)


def quit_by_key(terminal: Terminal) -> None:
    terminal.until_idle()
    terminal.type("\x11")  # ctrl+q, also out of a prompt


def press_ctrl_c(terminal: Terminal) -> None:
    """It ends nothing: a prompt is left by it as by Esc, elsewhere it says how to leave."""
    typed = [words for words in ("not worth it", "/nowhere") if words in terminal.text]
    in_the_palette = "🔎" in terminal.text
    terminal.type("\x03")
    terminal.until_idle()
    if not (typed or in_the_palette):
        terminal.until("Nothing is lost by ctrl+c: q leaves")
    assert not [words for words in typed if words in terminal.text]
    quit_by_key(terminal)


ENDINGS: dict[str, tuple[Callable[[Terminal], None], int]] = {
    "TERM": (lambda terminal: terminal.send_signal(signal.SIGTERM), 143),
    "HUP": (lambda terminal: terminal.send_signal(signal.SIGHUP), 129),
    "hang-up": (Terminal.hang_up, 129),
    "INT": (lambda terminal: terminal.send_signal(signal.SIGINT), 130),
    "QUIT": (lambda terminal: terminal.send_signal(signal.SIGQUIT), 131),
    "ctrl+c": (press_ctrl_c, 0),
    "STOP, CONT": (stop_and_go_on, 0),
    "ctrl+z, CONT": (suspend(lambda terminal: terminal.type("\x1a")), 0),
    "TSTP, CONT": (suspend(lambda terminal: terminal.send_signal(signal.SIGTSTP)), 0),
    "stray CONT": (go_on_and_quit, 0),
}


def be_idle(terminal: Terminal, _source: Path) -> None:
    """Nothing is going on."""


def be_asked(terminal: Terminal, _source: Path) -> None:
    terminal.type("n")
    terminal.until("why, in one line")
    terminal.type("not worth it")
    terminal.until("not worth it")


def import_something(terminal: Terminal, source: Path) -> None:
    terminal.type("\x0f")
    terminal.until("Import an export")
    terminal.type(str(source))
    terminal.until(source.name)
    terminal.settle(0.2)  # a path typed in one go is a paste, and what comes right behind it belongs to that
    terminal.type("\r")
    terminal.until(f"Importing {source.name}")
    terminal.type("\x1b")
    terminal.until("path to gold")


def be_at_a_path(terminal: Terminal, _source: Path) -> None:
    terminal.type("\x0f")
    terminal.until("Import an export")
    terminal.type("/nowhere")
    terminal.until("/nowhere")


def be_in_the_palette(terminal: Terminal, _source: Path) -> None:
    terminal.type(":")
    terminal.until("What to do?")
    terminal.type("hel")
    terminal.until("The keys of where")


MOMENTS = {"idle": be_idle, "asked": be_asked, "importing": import_something, "at a path": be_at_a_path,
           "in the palette": be_in_the_palette}  # fmt: skip
# The others are tried in the long run, each at every moment.
OFTEN = {
    ("TERM", "asked"),
    ("INT", "importing"),
    ("hang-up", "importing"),
    ("ctrl+z, CONT", "asked"),
    ("ctrl+c", "idle"),
}


@pytest.fixture(scope="session")
def long_export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Messages that take a while to come in."""
    header, _, row = ExportBuilder().message("Sender @", "Text @", thread="2-@").text("messages.csv").partition("\n")
    path = tmp_path_factory.mktemp("long") / "messages.csv"
    path.write_text("\n".join([header, *(row.rstrip().replace("@", str(number)) for number in range(60_000))]))
    return path


def end_it(store: Path, source: Path, ending: str, moment: str) -> float:
    """Begin, decide, and end in one way at one moment; the seconds it took to end."""
    act, code = ENDINGS[ending]
    with Terminal("--db", store) as terminal:
        terminal.until("Mira Novak")
        terminal.type("x")
        terminal.until("Junked LinkedIn Member")
        MOMENTS[moment](terminal, source)
        begun = time.monotonic()
        act(terminal)
        assert terminal.end() == code
        took = time.monotonic() - begun
        assert "Traceback" not in terminal.written
        if terminal.fd >= 0:
            assert terminal.termios() == terminal.termios_before
            assert terminal.modes_left_on() == set()
    with closing(Inbox.open(store)) as inbox:
        assert [entry.action for entry in inbox.log()] == [Verb.JUNK], "what was decided is there"
        drafts = {inbox.note_begun(id_) for id_ in inbox.ids(View.ALL)[:]} - {""}
        assert drafts == ({"not worth it"} if moment == "asked" else set()), "and what was begun"
    return took


@pytest.mark.parametrize(("ending", "moment"), sorted(OFTEN))
def test_however_it_ends_the_terminal_is_as_before_and_nothing_is_lost(
    store: Path, long_export: Path, ending: str, moment: str, gate: Gate
):
    end_it(store, long_export, ending, moment)
    gate(16, "signals", f"{len(OFTEN)} endings: termios as before, 0 modes left on, right exit codes, 0 decisions lost")


@pytest.mark.soak
def test_every_ending_at_every_moment(store: Path, tmp_path: Path, long_export: Path, gate: Gate):
    longest, tried = 0.0, 0
    for moment in MOMENTS:
        for ending in ENDINGS:
            own = tmp_path / f"{tried}" / "inbox.db"
            own.parent.mkdir()
            shutil.copy(store, own)
            took, tried = end_it(own, long_export, ending, moment), tried + 1
            longest = max(longest, took if ENDINGS[ending][1] else 0)  # who goes on first takes the time of a hand
    gate(16, "signals, all", f"{tried} endings: termios as before, 0 modes left on, right exit codes, 0 decisions lost; "
         f"ended within {longest:.1f} s")  # fmt: skip


@pytest.mark.soak
def test_a_signal_at_any_time_of_the_start_leaves_the_terminal_as_before(store: Path, gate: Gate):
    tried = 0
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        for step in range(40):
            with Terminal("--db", store) as terminal:
                time.sleep(0.2 + step * 0.03)  # from the first import to well behind the first frame
                terminal.send_signal(number)
                assert terminal.end() in {128 + number, -number}
                assert (terminal.termios(), terminal.modes_left_on()) == (terminal.termios_before, set()), step
                tried += 1
    gate(16, "signals, at the start", f"{tried} at any time of the first 1.4 s: termios as before, 0 modes left on")


# ── gate 17: sizes ──

# What is typed to come to a screen, and what is to be seen there before the next is typed.
SCREENS: dict[str, list[tuple[str, str]]] = {
    "list": [("j", "▌ Mira")],
    "card": [("j\r", "Mira Novak")],
    "search": [("/", "names, texts"), ("an", "Enter keeps")],
    "note": [("n", "why, in one line"), ("worth it", "worth it")],
    "hold": [("h", "hold until"), ("tue 9", "09:00 UTC, in")],
    "call": [("jc", "call at"), ("tomorrow 9", "in 1 day")],
    "outcome": [("jc", "call at"), ("tomorrow 9\r", "Call with"), ("c", "1 held")],
    "palette": [(":", "what to do: a name"), ("hel", "The keys of where")],
    "help": [("?", "Junk: not wanted.")],
    "path": [("P", "junk handled on the way")],
    "stretch": [("P", "junk handled on the way"), ("\r", "The path since")],
    "import": [("\x0f", "Import an export"), ("/tm", "/tmp/")],
}
EDGES = [(1, 1), (2, 2), (3, 30), (6, 30), (500, 1), (1, 200), (39, 9), (40, 10), (41, 3), (99, 30), (500, 200)]


def sizes(many: int) -> list[tuple[int, int]]:
    """Sizes from 1×1 to 500×200: the edges, small ones, and all kinds."""
    chance = random.Random(17)
    small = [(chance.randint(1, 60), chance.randint(1, 25)) for _ in range((many - len(EDGES)) // 2)]
    return (
        EDGES
        + small
        + [(chance.randint(30, 300), chance.randint(5, 90)) for _ in range(many - len(EDGES) - len(small))]
    )


def survive(store: Path, screen: str, many: int) -> None:
    """Go to a screen, drag the window about, and find the screen as it was."""
    with Terminal("--db", store) as terminal:
        terminal.until("path to gold")
        for keys, seen in SCREENS[screen]:
            terminal.type(keys)
            terminal.until(seen)
        terminal.settle(0.4)  # what speaks for and against is told when the keys rest
        right = terminal.text
        for columns, lines in sizes(many):
            terminal.resize(columns, lines)
            terminal.until_idle()
        terminal.resize(COLUMNS, LINES)
        terminal.settle(0.4)
        assert terminal.text == right
        terminal.send_signal(signal.SIGTERM)
        assert terminal.end() == 143
        assert "Traceback" not in terminal.written


@pytest.mark.parametrize("screen", ["stretch", pytest.param("palette", marks=pytest.mark.soak)])
def test_a_window_of_any_size_is_survived(store: Path, screen: str, gate: Gate):
    survive(store, screen, len(EDGES))
    gate(17, "sizes", f"{len(EDGES)} from 1×1 to 500×200 on the screen of a stretch: alive, no traceback, right again")


@pytest.mark.soak
def test_a_hundred_sizes_on_every_screen_are_survived(store: Path, tmp_path: Path, gate: Gate):
    for screen in SCREENS:
        shutil.copy(store, tmp_path / f"{screen}.db")
        survive(tmp_path / f"{screen}.db", screen, 100)
    gate(17, "sizes, all", f"100 from 1×1 to 500×200 on {len(SCREENS)} screens: alive, no traceback, right again")
