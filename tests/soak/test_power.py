"""A power cut at any system call loses no acknowledged decision and breaks no store."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from linkinbox.inbox import Inbox
from tests.builders import ExportBuilder
from tests.soak.killing import is_sound, journal_of, picture, store_of
from tests.soak.power import Disk, trace
from tests.store.first_schema import make_first_store

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to see the system calls"),
]

DECIDE = """
import os, sys
from itertools import islice
from pathlib import Path
from linkinbox.inbox import Inbox
from linkinbox.decisions import Accept, Done, Junk, Note
from linkinbox.model import View
inbox = Inbox.open(Path(sys.argv[1]))
ids = inbox.ids(View.ALL)[:]
for turn in range(60):
    if turn % 7 == 6:
        inbox.undo()
    else:
        inbox.apply([Accept(), Junk(), Done(), Note("why")][turn % 4], [ids[turn % len(ids)]])
    os.write(1, f"{inbox.log(1)[0].id}\\n".encode())
inbox.close()
"""

IMPORT = """
import sys
from pathlib import Path
from linkinbox.inbox import Inbox
from linkinbox.store import ingest
ingest.LARGE = 100
inbox = Inbox.open(Path(sys.argv[1]))
inbox.import_from(Path(sys.argv[2]))
inbox.close()
"""

MIGRATE = """
import sys
from pathlib import Path
from linkinbox.inbox import Inbox
Inbox.open(Path(sys.argv[1])).close()
"""


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.iterdir() if path.is_file()}


def put(files: dict[str, bytes], home: Path, folder: Path) -> Path:
    """Write what a cut left into a folder of its own; shared memory is gone with the power."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, content in files.items():
        if not path.endswith(("-shm", ".lock", ".open")):
            left = folder / Path(path).relative_to(home)
            left.parent.mkdir(exist_ok=True)
            left.write_bytes(content)
    return folder / "inbox.db"


def cut_everywhere(home, before, events, tmp_path):
    """The store as each cut leaves it, with what was acknowledged by then."""
    disk, chance = Disk(before), random.Random(5)
    for event in events:
        disk.take(event)
        for files in disk.after_a_cut(chance):
            yield put(files, home, tmp_path / "cut"), list(disk.said)


@pytest.fixture
def store(store_path: Path, tmp_path: Path) -> Path:
    return store_of(30, store_path, tmp_path)


def test_a_cut_while_deciding_loses_nothing_that_was_acknowledged(store, tmp_path, gate):
    before = files_in(store.parent)
    events = trace(DECIDE, store, folder=store.parent)
    cuts = acknowledged = 0
    for path, said in cut_everywhere(store.parent, before, events, tmp_path):
        assert is_sound(path)
        assert set(said) <= journal_of(path)
        cuts, acknowledged = cuts + 1, max(acknowledged, len(said))
    assert acknowledged == 60
    gate(6, "power cut, deciding", f"60 decisions, {cuts:,} cuts: 0 lost, 0 corrupt")


def test_a_cut_while_importing_is_completed_by_the_next_run(store, tmp_path, gate):
    export = ExportBuilder()
    for number in range(200):
        export.invitation(f"Newcomer {number}", note=f"note {number}").message(f"Writer {number % 40}", "hello")
    source = export.zip(tmp_path, "later.zip")
    before = files_in(store.parent)
    events = trace(IMPORT, store, source, folder=store.parent)
    whole = picture(store, source)
    cuts = 0
    for path, _ in cut_everywhere(store.parent, before, events, tmp_path):
        assert is_sound(path)
        cuts += 1
        if cuts % 50 == 0:
            assert picture(path, source) == whole
    gate(6, "power cut, importing", f"400 rows, {cuts:,} cuts: 0 corrupt; every 50th completed, equal")


def test_a_cut_while_migrating_leaves_the_old_store_or_the_new(tmp_path, gate):
    path = tmp_path / "old" / "inbox.db"
    path.parent.mkdir()
    make_first_store(path, people=200)
    entries, before = journal_of(path), files_in(path.parent)
    events = trace(MIGRATE, path, folder=path.parent)
    cuts = 0
    for left, _ in cut_everywhere(path.parent, before, events, tmp_path):
        assert journal_of(left) == entries
        cuts += 1
        if cuts % 10 == 0:
            Inbox.open(left).close()
            assert is_sound(left)
            assert journal_of(left) == entries
    gate(6, "power cut, migrating", f"{cuts:,} cuts: 0 entries lost; every 10th migrated afterwards")
