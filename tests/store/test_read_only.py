"""A store that cannot be written is read all the same: nothing is refused but deciding, and that says why."""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from linkinbox.decisions import Hold, Junk
from linkinbox.errors import DiskFullError, NewerStoreError, ReadOnlyStoreError
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.store.keeping.checking import QuickCheck
from tests.builders import ExportBuilder
from tests.conftest import Clock
from tests.powers import NEEDS_POWERLESS, POWERLESS, small_disk

READER = """
import json, sys
from pathlib import Path
from linkinbox.errors import StoreError
from linkinbox.inbox import Inbox
from linkinbox.decisions import Junk
from linkinbox.model import View
inbox = Inbox.open(Path(sys.argv[1]))
ids = inbox.ids(View.ALL)[:]
told = {"why": inbox.read_only, "names": [row.person.name for row in inbox.rows(ids)], "found": len(inbox.ids(View.ALL, "audit"))}
told["exported"] = inbox.export(Path(sys.argv[2]) / "out.json").stat().st_size > 0
try:
    inbox.apply(Junk(), ids[:1])
except StoreError as error:
    told["refused"] = str(error)
inbox.close()
print(json.dumps(told))
"""
NAMES = ["Ben Lee", "Ana Ruiz"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    """A closed store with two invitations in it."""
    folder = tmp_path_factory.mktemp("sample")
    export = ExportBuilder().invitation("Ana Ruiz", note="Your talk on audits").invitation("Ben Lee")
    with closing(Inbox.open(folder / "inbox.db", clock=Clock())) as inbox:
        inbox.import_from(export.zip(folder))
    return inbox.path


@pytest.fixture
def kept(sample, store_path) -> Path:
    """A copy of it, to be changed."""
    store_path.parent.mkdir(mode=0o700)
    return Path(shutil.copy(sample, store_path))


def read_without_power(path, tmp_path, **more) -> dict[str, object]:
    """What a program tells of a store for which the modes of files hold."""
    argv = [*POWERLESS, sys.executable, "-c", READER, path, tmp_path]
    return json.loads(subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=True, **more).stdout)


def leave_a_log(path) -> None:
    """Decide on the newest item in a process that is killed: what it decided is in the log only."""
    if (child := os.fork()) == 0:
        inbox = Inbox.open(path)
        inbox.apply(Junk(), inbox.ids(View.ALL)[:1])
        os._exit(9)
    os.waitpid(child, 0)
    assert Path(f"{path}-wal").stat().st_size


def picture(folder) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@NEEDS_POWERLESS
@pytest.mark.parametrize("what", ["file", "folder", "both"])
def test_without_permission_to_write_it_is_read(kept, tmp_path, what):
    if what != "folder":
        kept.chmod(0o400)
    if what != "file":
        kept.parent.chmod(0o500)
    before = picture(kept.parent)
    told = read_without_power(kept, tmp_path)
    assert told == {
        "why": "no permission to write", "names": NAMES, "found": 1, "exported": True,
        "refused": "Read-only: no permission to write. Check the permissions of the file and its folder",
    }  # fmt: skip
    assert {name: content for name, content in picture(kept.parent).items() if name in before} == before


@NEEDS_POWERLESS
def test_a_log_that_was_left_behind_is_read_where_nothing_can_be_written(kept, tmp_path):
    leave_a_log(kept)
    Path(f"{kept}-shm").unlink()
    kept.parent.chmod(0o500)
    before = picture(kept.parent)
    argv = [*POWERLESS, sys.executable, "-c", READER.replace("View.ALL)[:]", "View.JUNK)[:]"), kept, tmp_path]
    told = json.loads(subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=True).stdout)
    assert told["names"] == NAMES[:1]
    assert picture(kept.parent) == before


def test_where_files_cannot_grow_it_is_read(kept, tmp_path):
    told = read_without_power(
        kept, tmp_path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, 16_384))
    )
    assert (told["why"], told["names"]) == ("the disk reports errors", NAMES)


def test_a_store_on_a_disk_that_is_mounted_read_only_is_read(kept, tmp_path):
    with small_disk(tmp_path / "disk", kib=2_000) as disk:
        path = moved(kept, disk.folder)
        disk.make_read_only()
        with closing(Inbox.open(path)) as inbox:
            assert inbox.read_only == "its disk is mounted read-only"
            assert names(inbox) == NAMES


def test_on_a_full_disk_it_is_read_and_the_next_decision_after_there_is_room_is_kept(kept, tmp_path):
    with small_disk(tmp_path / "disk", kib=2_000) as disk:
        path = moved(kept, disk.folder)
        fill(disk.folder)
        inbox = Inbox.open(path)
        assert (inbox.read_only, names(inbox)) == ("the disk is full", NAMES)
        ids = inbox.ids(View.NEW)
        with pytest.raises(ReadOnlyStoreError, match="the disk is full"):
            inbox.apply(Junk(), ids[:1])
        (disk.folder / "filler").unlink()
        assert inbox.apply(Junk(), ids[:1]).rows[0].person.name == "Ben Lee"
        assert inbox.read_only == ""
        inbox.close()
        with closing(Inbox.open(path)) as again:
            assert names(again, View.JUNK) == ["Ben Lee"]


def test_on_a_full_disk_a_log_that_was_left_behind_is_read(kept, tmp_path):
    leave_a_log(kept)
    with small_disk(tmp_path / "disk", kib=2_000) as disk:
        path = moved(kept, disk.folder)
        fill(disk.folder)
        before = picture(disk.folder)
        with closing(Inbox.open(path)) as inbox:
            assert (inbox.read_only, names(inbox, View.JUNK)) == ("the disk is full", ["Ben Lee"])
        assert {name: content for name, content in picture(disk.folder).items() if name in before} == before


def test_no_store_is_made_on_a_full_disk(tmp_path):
    with small_disk(tmp_path / "disk", kib=64) as disk:
        with pytest.raises(DiskFullError, match="disk is full"):
            Inbox.open(disk.folder / "inbox.db")
        disk.resize(2_000)
        Inbox.open(disk.folder / "inbox.db").close()


def test_what_was_held_until_now_keeps_nobody_from_reading(kept, tmp_path, clock):
    with closing(Inbox.open(kept, clock=clock)) as inbox:
        inbox.apply(Hold(clock.now + timedelta(days=1)), inbox.ids(View.NEW)[:1])
    clock.forward(days=2)
    make_newer(kept)
    with closing(Inbox.open(kept, clock=clock)) as inbox:
        assert names(inbox, View.HELD) == ["Ben Lee"]


# ── a newer store ──


def make_newer(path, *changes) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA user_version = 99")
        for change in changes:
            conn.execute(change)


def test_a_newer_store_is_read_and_stays_as_it_is(kept, tmp_path):
    make_newer(
        kept, "ALTER TABLE item ADD COLUMN mood TEXT", "CREATE TRIGGER newer AFTER INSERT ON item BEGIN SELECT 1; END"
    )
    before = kept.read_bytes()
    inbox = Inbox.open(kept)
    assert inbox.read_only == "made by a newer linkinbox"
    assert (names(inbox), len(inbox.ids(View.ALL, "audit")), inbox.figures().open.junk) == (NAMES, 1, 0)
    for act in (lambda: inbox.apply(Junk(), inbox.ids(View.NEW)[:1]), inbox.undo, lambda: inbox.import_from(tmp_path)):
        with pytest.raises(ReadOnlyStoreError, match="newer linkinbox"):
            act()
    assert inbox.export(tmp_path / "out.db").exists()
    inbox.close()
    assert kept.read_bytes() == before


def test_a_newer_store_whose_tables_we_cannot_read_is_refused(kept):
    make_newer(kept, "ALTER TABLE item RENAME COLUMN state TO standing")
    before = kept.read_bytes()
    with pytest.raises(NewerStoreError, match="newer linkinbox") as refused:
        Inbox.open(kept)
    assert "Update linkinbox" in refused.value.hint
    assert kept.read_bytes() == before


# ── the daily look through the file ──


def test_a_sound_store_is_looked_through_once_a_day(kept, clock):
    with closing(Inbox.open(kept, clock=clock)) as inbox:
        assert inbox.quick_check().run() == ""
        spoil(kept)
        assert inbox.quick_check().run() == ""  # not again today
        clock.forward(days=1)
        assert "linkinbox doctor" in inbox.quick_check().run()


def test_a_look_that_is_stopped_finds_nothing_and_is_taken_again(kept, clock):
    spoil(kept)
    stopped = QuickCheck(kept, clock())
    stopped.stop()
    assert stopped.run() == ""
    assert "damaged" in QuickCheck(kept, clock()).run()


def spoil(path) -> None:
    """Put the pages of an index in the place of others."""
    with closing(sqlite3.connect(path)) as conn:
        page = conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'message_thread'").fetchone()[0]
        size = conn.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x0a" + bytes(size - 1))


def names(inbox, view=View.ALL) -> list[str]:
    return [row.person.name for row in inbox.rows(inbox.ids(view)[:])]


def moved(path, folder) -> Path:
    """A copy of a store, and of the log it left, in another folder."""
    for suffix in ("", "-wal"):
        if (file := Path(f"{path}{suffix}")).exists():
            (folder / file.name).write_bytes(file.read_bytes())
    return folder / path.name


def fill(folder) -> None:
    """Leave no room on a disk."""
    with (folder / "filler").open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
