"""The program in a real terminal: what its user sees, types and is left with."""

from __future__ import annotations

import re
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.inbox import Inbox
from linkinbox.model import View
from tests.builders import ExportBuilder, Someone
from tests.hostile import HOSTILE
from tests.tui.terminal_driver import Terminal

# What Textual itself writes: modes, colours, cursor moves, the pointer's shape; never a title, a link or a clipboard.
OURS = re.compile(r"\x1b\[[<>=?]?[0-9;:]*\$?[A-Za-z]|\x1b\]22;[a-z]*\x07|\x1b\(B")


def test_a_sweep_typed_in_one_go_is_on_the_disk_when_it_ends(store: Path, tmp_path: Path):
    config = tmp_path / "config" / "linkinbox" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('calls_folder = "calendar"\n[today]\nat_start = false\n')
    terminal = Terminal("--db", store, config=tmp_path / "config")
    terminal.until("Mira Novak")
    terminal.type("jxnwrote at night\rGau")
    terminal.until("Taken back")
    terminal.type("ctomorrow 9:00\ruq")
    assert terminal.end() == 0
    with closing(Inbox.open(store)) as inbox:
        assert inbox.counts()[View.JUNK] == 1
        assert [entry.action for entry in inbox.log()] == ["undo", "call", "undo", "accept", "note", "junk"]
    assert config.with_name("calendar").is_dir(), "calls go where the command line writes them"


def test_without_colours_everything_is_in_the_terminals_own(store: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = Terminal("--db", store)
    terminal.until("Mira Novak")
    terminal.type("xq")
    assert terminal.end() == 0
    styles = {number for style in re.findall(r"\x1b\[([0-9;]*)m", terminal.written) for number in style.split(";")}
    assert styles <= {"", "0", "1", "2", "7", "39", "49"}


def test_a_search_typed_without_colours_is_underlined_decided_on_and_left(store: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = Terminal("--db", store)
    terminal.until("Mira Novak")
    terminal.type("/zo")
    terminal.until("1 found")
    terminal.type("\rx")
    terminal.until("Junked Zoë Berg")
    terminal.type("\x1b")
    terminal.until("Mira Novak")
    terminal.type("q")
    assert terminal.end() == 0
    assert re.search(r"\x1b\[[0-9;]*\b4\b[0-9;]*mZoë", terminal.written), "underlined where it was found"
    with closing(Inbox.open(store)) as inbox:
        (junked,) = inbox.rows(inbox.ids(View.JUNK)[:])
        assert junked.person.name == "Zoë Berg"


def test_what_is_typed_behind_q_does_nothing_however_early(store: Path):
    for keys in ("xuq", "qn", "qx"):
        terminal = Terminal("--db", store)
        terminal.type(keys)
        assert terminal.end() == 0, keys
    with closing(Inbox.open(store)) as inbox:
        assert [entry.action for entry in inbox.log()] == ["undo", "junk"]


def test_a_paste_into_the_list_decides_nothing_bracketed_or_not(store: Path):
    terminal = Terminal("--db", store)
    terminal.until("Mira Novak")
    terminal.type("\x1b[200~xxaa\ruuq\x1b[201~")
    terminal.until("Pasted text does nothing here")
    terminal.type("j")
    terminal.until("▌ Mira Novak")
    terminal.type("Dear Ana, quite a pleasure to have met you all in Hamburg\r")
    time.sleep(0.1)
    terminal.type("G")
    terminal.until("▌ Li Wei")
    terminal.type("q")
    assert terminal.end() == 0
    with closing(Inbox.open(store)) as inbox:
        assert inbox.log() == []


def test_killed_in_the_middle_it_leaves_terminal_and_store_whole(store: Path):
    terminal = Terminal("--db", store)
    terminal.until("Mira Novak")
    terminal.type("x")
    terminal.until("Junked LinkedIn Member")
    terminal.send_signal(signal.SIGTERM)
    assert terminal.end() == 128 + signal.SIGTERM
    assert "\x1b[?1049l" in terminal.written, "the screen from before is back"
    with closing(Inbox.open(store)) as inbox:
        assert inbox.counts()[View.JUNK] == 1


def test_what_strangers_wrote_never_reaches_the_terminal_as_a_command(tmp_path: Path):
    export = ExportBuilder()
    for number, raw in enumerate(HOSTILE.values()):
        text = raw[:200].encode(errors="replace").decode()
        export.invitation(Someone(text, f"hostile-{number}"), note=text)
    with closing(Inbox.open(tmp_path / "inbox.db")) as inbox:
        inbox.import_from(export.zip(tmp_path))
    terminal = Terminal("--db", tmp_path / "inbox.db")
    terminal.until("path to gold")
    for keys in ("j" * 40, "xau+P\rqqGnwhy\rq"):
        terminal.type(keys)
        time.sleep(0.2)  # apart, as a hand types: as one they would be a paste
    assert terminal.end() == 0
    rest = OURS.sub("", terminal.written)
    assert not set(rest) & ({*map(chr, range(32)), *map(chr, range(0x80, 0xA0)), *"\x7f\u202e\u2066"} - {*"\r\n"})
