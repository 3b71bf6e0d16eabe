"""Hours at the keyboard: what the program holds after 30,000 keys is what it held after the first 2,000."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from linkinbox.inbox import Inbox
from tests.builders import ExportBuilder
from tests.gates import Gate
from tests.tui.terminal_driver import Terminal

pytestmark = pytest.mark.soak

WARM_UP, KEYS, BURST = 2_000, 30_000, 20
ESC = "\x1b[27u"  # as kitty sends it: a bare one before a letter would be Alt
DOINGS = (
    "jjjjkkjjjjjkjj", "{n}Gjjkk", "ggjjG", "\x04\x04\x15", "\x06\x06\x02",
    "gigmgrgn", "gagjghgn", "gogkgcgn", "\t\tgn",
    "/ana" + ESC, "/writer\rjj" + ESC, "/cold\x7f\x7f" + ESC,
    "{n}Gxu", "{n}Gau", "{n}Geuxu", "{n}G3xu", "{n}G+u", "{n}Gxu\x12u",
    "{n}Gn\x15why not\ru", "{n}Gn\x15begun" + ESC, "{n}Ghtue 9\ru", "{n}Gctomorrow 9\ru", "{n}Gh" + ESC,
    "Pjjk" + ESC, "P\rjj" + ESC + ESC, "?jj" + ESC, ":und" + ESC, "\x0f~/" + ESC, "{n}G\rjj" + ESC,
)  # fmt: skip


class Held(NamedTuple):
    """What a process holds: kilobytes of memory, open files, threads."""

    rss: int
    files: int
    threads: int


def held(pid: int) -> Held:
    process = Path(f"/proc/{pid}")
    status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
    return Held(int(status["VmRSS"].split()[0]), len([*(process / "fd").iterdir()]), int(status["Threads"]))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    export = ExportBuilder()
    for number in range(300):
        export.invitation(f"Ana Number {number}", note=f"Your talk on cold-chain audits, part {number}")
        export.message(f"Writer {number}", f"Are you around on day {number}?")
    with closing(Inbox.open(tmp_path / "inbox.db")) as inbox:
        inbox.import_from(export.zip(tmp_path))
    return tmp_path / "inbox.db"


def bursts(keys: int, chance: random.Random) -> list[str]:
    """Some ``keys`` keys of a day's work, in bursts of at most 20 or so."""
    made = []
    while keys > 0:
        burst = ""
        while len(burst) + 16 < BURST or not burst:
            burst += chance.choice(DOINGS).format(n=chance.randrange(1, 500))
        made.append(burst)
        keys -= len(burst)
    return made


def test_nothing_grows_in_thirty_thousand_keys(store: Path, gate: Gate):
    chance = random.Random(19)
    with Terminal("--db", store, columns=140, lines=40) as terminal:
        terminal.until("path to gold")
        work(terminal, WARM_UP, chance)
        before = held(terminal.pid)
        work(terminal, KEYS, chance)
        after = held(terminal.pid)
        terminal.type("gn")
        terminal.until("Ana Number")
        assert "Pasted text" not in terminal.written, "every burst was read as keys"
        terminal.type("q")
        assert terminal.end() == 0
        assert terminal.modes_left_on() == set()
    grown = (after.rss - before.rss) / 1024
    gate(19, "soak", f"{KEYS:,} keys: RSS {grown:+.1f} MB to {after.rss / 1024:.0f} MB, "
         f"files {before.files} → {after.files}, threads {before.threads} → {after.threads}")  # fmt: skip
    assert grown < 4
    assert (after.files, after.threads) == (before.files, before.threads)


def work(terminal: Terminal, keys: int, chance: random.Random) -> None:
    for burst in bursts(keys, chance):
        terminal.type(burst)
        terminal.until_idle()
