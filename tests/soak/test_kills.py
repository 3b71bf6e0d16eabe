"""kill -9 at any moment loses nothing that was acknowledged, and leaves an import that the next run completes."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from linkinbox.inbox import Inbox
from linkinbox.model import View
from tests.builders import ExportBuilder

pytestmark = pytest.mark.soak

DECIDER = """
import sys
from pathlib import Path
from linkinbox.inbox import Inbox
from linkinbox.model import Accept, Done, Junk, Note, View
inbox = Inbox.open(Path(sys.argv[1]))
ids = inbox.ids(View.ALL)[:]
for turn in range(10**9):
    if turn % 7 == 6:
        change = inbox.undo()
    else:
        change = inbox.apply([Accept(), Junk(), Done(), Note("why")][turn % 4], [ids[turn % len(ids)]])
    print(inbox.log(1)[0].id, flush=True)
"""


IMPORTER = """
import sys
from pathlib import Path
from linkinbox.inbox import Inbox
from linkinbox.store import ingest
ingest.LARGE = 500
Inbox.open(Path(sys.argv[1])).import_from(Path(sys.argv[2]))
"""


def killed_after(argv: list[str], seconds: float) -> list[str]:
    """What a process said before it was killed; a torn last line is no acknowledgement."""
    process = subprocess.Popen([sys.executable, *argv], stdout=subprocess.PIPE, text=True)
    time.sleep(seconds)
    process.kill()
    said, _ = process.communicate()
    return said.split("\n")[:-1]


def is_sound(path: Path) -> bool:
    conn = sqlite3.connect(path)
    told = conn.execute("PRAGMA integrity_check").fetchall()
    orphans = conn.execute("PRAGMA foreign_key_check").fetchall()
    conn.execute("INSERT INTO message_fts (message_fts) VALUES ('integrity-check')")
    conn.close()
    return told == [("ok",)] and orphans == []


def test_no_acknowledged_decision_is_lost(store_path, tmp_path):
    export = ExportBuilder()
    for number in range(50):
        export.invitation(f"Person {number}")
    inbox = Inbox.open(store_path)
    inbox.import_from(export.zip(tmp_path))
    inbox.close()
    chance, acknowledged = random.Random(7), 0
    for _ in range(60):
        said = killed_after(["-c", DECIDER, str(store_path)], 0.25 + chance.random() * 0.5)
        conn = sqlite3.connect(store_path)
        kept = {id_ for (id_,) in conn.execute("SELECT id FROM journal")}
        conn.close()
        assert set(said) <= kept
        acknowledged += len(said)
    assert is_sound(store_path)
    print(f"60 kills, {acknowledged} acknowledged decisions, 0 lost")


def test_an_import_killed_anywhere_is_completed_by_the_next_run(tmp_path):
    export, chance = ExportBuilder(), random.Random(11)
    for number in range(4_000):
        export.invitation(f"Person {number}", note=f"note {number}")
        export.message(f"Writer {number % 900}", f"text {number}")
    source = export.zip(tmp_path)
    whole = picture(tmp_path / "whole" / "inbox.db", source)
    for turn in range(25):
        path = tmp_path / str(turn) / "inbox.db"
        Inbox.open(path).close()
        argv = ["-c", IMPORTER, str(path), str(source)]
        killed_after(argv, 0.2 + chance.random() * 1.5)
        assert picture(path, source) == whole
        assert is_sound(path)


def picture(path: Path, source: Path) -> list[tuple[object, ...]]:
    """What a store shows after the import was run (again)."""
    inbox = Inbox.open(path)
    inbox.import_from(source)
    ids = inbox.ids(View.ALL)
    rows = [row for start in range(0, len(ids), 500) for row in inbox.rows(ids[start : start + 500])]
    told = sorted((row.uid, row.at, row.state, row.text, row.messages, row.person.key) for row in rows)
    inbox.close()
    return told
