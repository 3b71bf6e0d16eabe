"""linkinbox speaks with nobody, and what a message says stays in the store."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import ExportBuilder
from tests.tui.terminal_driver import RUN_EACH, Terminal

MARKER = "zqsecretzq"
# A crash while a message is in hand, and what this process tells of itself by then.
CRASH = """
import sys
from pathlib import Path
from linkinbox.tui.screens.sweep import SweepScreen
from linkinbox.config import Settings
from linkinbox.tui.running import run_app
def action_done(self):
    item = self.sitting.inbox.item(self.list.cursor_id)
    text = item.messages[0].text
    Path(sys.argv[2]).write_bytes(Path("/proc/self/cmdline").read_bytes() + Path("/proc/self/environ").read_bytes())
    assert len(text) < 0
SweepScreen.action_done = action_done
sys.exit(run_app(Settings(db=Path(sys.argv[1]))))
"""


@pytest.fixture
def filled_store(tmp_path: Path) -> Path:
    from contextlib import closing

    from linkinbox.inbox import Inbox

    with closing(Inbox.open(tmp_path / "home" / "inbox.db")) as inbox:
        inbox.import_from(ExportBuilder().invitation("Ana Ruiz", note=MARKER).zip(tmp_path))
    return tmp_path / "home" / "inbox.db"


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_nothing_ever_connects(filled_store: Path, tmp_path: Path, gate):
    traces, out = [tmp_path / "commands", tmp_path / "screen"], tmp_path / "out"
    out.mkdir()
    source = str(next(tmp_path.glob("*.zip")))
    commands = [
        ["import", source], ["list"], ["show", "1"], ["accept", "1", "--note", "why"], ["undo"], ["log"], ["path"],
        ["call", "1", "--at", "2030-12-01 15:00"], *(["export", str(out / name)] for name in ("a.csv", "a.vcf", "a.db")),
    ]  # fmt: skip
    environ = os.environ | {"LINKINBOX_DB": str(filled_store), "XDG_CONFIG_HOME": str(tmp_path)}
    trace = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o"]
    subprocess.run(
        [*trace, traces[0], sys.executable, "-c", RUN_EACH, json.dumps(commands)],
        env=environ, check=True, capture_output=True,
    )  # fmt: skip
    strace = shutil.which("strace") or ""
    command = [strace, *trace[1:], str(traces[1]), sys.executable, "-m", "linkinbox", "--db", str(filled_store)]
    with Terminal(command=command) as terminal:
        terminal.until("path to gold")
        terminal.type("xu")
        terminal.until("Taken back")
        terminal.type("q")
        assert terminal.end() == 0
    calls = [line for path in traces for line in path.read_text().splitlines() if re.search(r"\d \w+\(", line)]
    assert not [line for line in calls if "AF_UNIX" not in line and re.search(r"connect\(|AF_INET|AF_PACKET", line)]
    assert len(list(out.iterdir())) == 4
    gate(23, "no network", f"{len(commands)} commands and a sitting under strace: 0 connections")


def test_a_crash_tells_nothing_of_what_a_message_says(filled_store: Path, tmp_path: Path, gate):
    told, spare = tmp_path / "told", tmp_path / "spare"
    spare.mkdir()
    command = [sys.executable, "-c", CRASH, str(filled_store), str(told)]
    with Terminal(command=command, environ={"TMPDIR": str(spare)}) as terminal:
        terminal.until("Today")
        terminal.type("\r")
        terminal.until(MARKER)
        before = len(terminal.written)
        terminal.type("e")
        assert terminal.end() == 70
    after = terminal.written[before:].split("\x1b[?1049l")[-1]  # what stays when the screen is left
    (crash,) = filled_store.parent.glob("crash-*.txt")
    assert "action_done" in crash.read_text()
    for where in (after, crash.read_text(), told.read_bytes().decode(errors="replace")):
        assert MARKER not in where
    assert [path for path in spare.rglob("*") if path.is_file()] == []
    gate(24, "secrets", "a message's words after a crash: 0 times in terminal, crash file, arguments, temporary files")
