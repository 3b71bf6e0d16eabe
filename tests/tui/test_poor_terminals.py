"""Terminals that are none, know little or send rubbish: it says so, or shows the inbox; it never decides by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.inbox import Inbox
from tests.gates import Gate, few_or_all
from tests.tui.terminal_driver import Terminal

POOR = (
    {"TERM": ""}, {"TERM": None}, {"TERM": "vt100"}, {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
    {"NO_COLOR": "1"}, {"PYTHONIOENCODING": "latin-1"}, {"PYTHONIOENCODING": "ascii"},
)  # fmt: skip
# No UTF-8, cut off, sequences that are none or say nonsense.
RUBBISH = (
    b"\xff", b"\xc3", b"\x80\xfe", b"\x00", b"\x1b[\xff", b"\x1b[200~\xff\xfe\x1b[201~", b"\x1b]52;c;zzz", b"\x1bP+q\xff",
    b"\x1b[<0;0;0M", b"\x1b[<9;99999;99999M", b"\x1b[M\xff\xff\xff", b"\x1b[48;0;0;0;0t", b"\x1b[1114112u",
    b"\x1b[55296u", b"\x1b[?2026;99$y", b"\x1b[99999999999999999999u",
)  # fmt: skip


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_stream_that_is_no_terminal_is_told_at_once(tmp_path: Path, stream: str, gate: Gate):
    """Two of the three are a terminal; the third is not."""
    instead = {"stdin": "< /dev/null", "stdout": f"> {tmp_path}/out", "stderr": f"2> {tmp_path}/out"}[stream]
    command = f"{sys.executable} -m linkinbox --db {tmp_path}/inbox.db {instead}"
    with Terminal(command=("/bin/sh", "-c", command)) as terminal:
        assert terminal.end() == 2
        told = terminal.written + ((tmp_path / "out").read_text() if stream != "stdin" else "")
    assert "The screen needs a terminal" in told
    assert "\x1b" not in told
    assert not (tmp_path / "inbox.db").exists()
    gate(18, "no terminal", "each of stdin, stdout, stderr alone: exit 2, nothing drawn, no store made")


@pytest.mark.parametrize("environ", [pytest.param(poor, marks=pytest.mark.soak) for poor in POOR[1:]] + [POOR[0]])
def test_a_poor_terminal_shows_the_inbox(store: Path, environ: dict[str, str | None], gate: Gate):
    with Terminal("--db", store, environ=environ) as terminal:
        terminal.until("Mira Novak")
        terminal.until("path to gold")
        terminal.type("q")
        assert terminal.end() == 0
        assert terminal.modes_left_on() == set()
    told = " ".join(f"{name}={'' if value is None else value}" for name, value in environ.items())
    gate(18, f"poor terminal, {told}", "shown, 0 modes left on")


def test_a_dumb_terminal_is_told_at_once(store: Path):
    with Terminal("--db", store, environ={"TERM": "dumb"}) as terminal:
        assert terminal.end() == 2
        assert "\x1b" not in terminal.written


def test_rubbish_from_the_keyboard_is_survived(store: Path, gate: Gate):
    with Terminal("--db", store) as terminal:
        terminal.until("Mira Novak")
        for typed in RUBBISH:
            terminal.type(typed)
            terminal.until_idle()
            time.sleep(0.12)  # a sequence that was begun is given up
        terminal.type("\x1b")
        time.sleep(0.12)
        terminal.until_idle()
        terminal.send_signal(signal.SIGTERM)
        assert terminal.end() == 143
        assert "Traceback" not in terminal.written
    gate(18, "rubbish typed", f"{len(RUBBISH)} kinds of bytes that are no keys: alive, no traceback")


BRACKETS = {"in brackets": "\x1b[200~{}\x1b[201~", "without brackets": "{}"}
PLACES = {"list": "", "note": "n", "search": "/", "hold": "h"}


@pytest.mark.parametrize("brackets", BRACKETS)
def test_a_long_paste_decides_nothing(store: Path, brackets: str, gate: Gate):
    assert_decides_nothing(store, "", BRACKETS[brackets], 100)
    gate(18, f"100 kB pasted {brackets}", "0 decisions")


@pytest.mark.soak
@pytest.mark.parametrize("brackets", BRACKETS)
@pytest.mark.parametrize("place", PLACES)
def test_a_megabyte_pasted_anywhere_decides_nothing(store: Path, place: str, brackets: str, gate: Gate):
    assert_decides_nothing(store, PLACES[place], BRACKETS[brackets], 1_000)
    gate(18, f"1 MB pasted {brackets}, {place}", "0 decisions")


def assert_decides_nothing(store: Path, keys: str, brackets: str, kilobytes: int) -> None:
    with Terminal("--db", store) as terminal:
        terminal.until("path to gold")
        terminal.type(keys)
        terminal.until_idle()
        terminal.type(brackets.format("Junk xa e uq, 1234\r" * 50 * kilobytes))
        terminal.until_idle()
        terminal.send_signal(signal.SIGTERM)
        assert terminal.end() == 143
    with closing(Inbox.open(store)) as inbox:
        assert inbox.log() == []


COMMANDS = (("accept", "1"), ("list",), ("list", "--json"), ("show", "1"), ("log",), ("path",))


@pytest.mark.parametrize(
    "environ",
    few_or_all({"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "latin-1"}),
    ids=str,
)
def test_commands_print_into_a_pipe_in_any_encoding(store: Path, environ: dict[str, str], gate: Gate):
    for command in COMMANDS:
        argv = [sys.executable, "-m", "linkinbox", "--db", str(store), *command]
        done = subprocess.run(argv, capture_output=True, check=False, env=os.environ | environ)
        assert done.returncode == 0, done.stderr
        assert b"\x1b" not in done.stdout + done.stderr
        assert b"Traceback" not in done.stderr
        assert done.stdout or command[0] == "accept", "data goes there, talk elsewhere"
    told = " ".join(f"{name}={value}" for name, value in environ.items())
    gate(18, f"commands, {told}", f"{len(COMMANDS)} commands into a pipe: no traceback, no ESC")
