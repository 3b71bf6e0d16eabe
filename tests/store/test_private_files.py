"""Whatever linkinbox writes, only its user can read; and it writes through no link that somebody has laid."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from linkinbox.decisions import Call
from linkinbox.errors import LinkinboxError
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.model import View
from linkinbox.store import reading
from linkinbox.tui.terminal import keep_crash
from tests.builders import ExportBuilder
from tests.conftest import NOW, Clock
from tests.gates import Gate

FORMS = ("csv", "json", "db", "vcf", "md")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """The mode of every file and folder below."""
    return {str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode) for path in folder.rglob("*")}


def write_everything(home: Path, source: Path) -> dict[str, int]:
    """Do all that writes a file; the modes of what was there meanwhile or is there at the end."""
    path = home / "linkinbox" / "inbox.db"
    (home / "exports").mkdir(mode=0o700, parents=True, exist_ok=True)
    with time_machine.travel(NOW, tick=False), closing(Inbox.open(path, clock=Clock())) as inbox:
        inbox.import_from(source)
        inbox.apply(Call(NOW + timedelta(days=1)), inbox.ids(View.NEW)[:1])
        for form in FORMS:
            inbox.export(home / "exports" / f"out.{form}", force=True)
        seen = modes(home)
        Keeping(path, clock=Clock()).back_up()
        keep_crash("what happened", path.parent)
    return seen | modes(home)


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_every_file_is_0600_and_every_folder_0700(tmp_path, gate: Gate, mask):
    source = ExportBuilder().invitation("Ana Ruiz").connection("Ben Lee").zip(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    with umask(mask):
        seen = write_everything(home, source)
    folders = {name for name in seen if (home / name).is_dir()}
    files = set(seen) - folders
    assert {name: oct(seen[name]) for name in files if seen[name] != 0o600} == {}
    assert {name: oct(seen[name]) for name in folders if seen[name] != 0o700} == {}
    assert {Path(name).suffix for name in files} >= {".db-wal", ".db-shm", ".lock", ".open", ".ics", ".txt", ".yml"}
    gate(20, f"permissions, umask {mask:03o}", f"{len(files)} kinds of files 0600, {len(folders)} folders 0700")


def test_a_copy_made_to_read_from_is_private_and_gone_at_once(tmp_path, store_path, monkeypatch):
    if (child := os.fork()) == 0:
        inbox = Inbox.open(store_path)
        inbox.quick_check().run()
        os._exit(9)  # and leaves its log
    os.waitpid(child, 0)
    copies: list[dict[str, int]] = []
    remove = reading.rmtree
    monkeypatch.setattr(reading, "rmtree", lambda folder: (copies.append(modes(folder)), remove(folder)))
    with umask(0):
        conn = reading._connect_to_copy(store_path)
    conn.close()
    assert set(copies[0].values()) == {0o600}
    assert "inbox.db-wal" in copies[0]


# ── links that somebody has laid ──


@pytest.fixture
def theirs(tmp_path) -> Path:
    """A file that must stay as it is."""
    path = tmp_path / "theirs"
    path.write_text("dear diary")
    return path


def test_a_link_at_any_path_that_is_written_leaves_its_target_alone(tmp_path, theirs, gate: Gate):
    source = ExportBuilder().invitation("Ana Ruiz").connection("Ben Lee").zip(tmp_path)
    (tmp_path / "first").mkdir()
    written = write_everything(tmp_path / "first", source)
    names = [
        name for name in written if (tmp_path / "first" / name).is_file() and not name.endswith(".ics")
    ]  # no guess
    ours = [name for name in names if Path(name).name.startswith("inbox.db")]  # refused at once; the rest in one go
    for number, laid in enumerate([*([name] for name in ours), [name for name in names if name not in ours]]):
        home = tmp_path / str(number)
        for name in laid:
            (home / name).parent.mkdir(parents=True, mode=0o700, exist_ok=True)
            (home / name).symlink_to(theirs)
        with suppress(LinkinboxError, FileExistsError):
            write_everything(home, source)
        assert theirs.read_text() == "dear diary", laid
        assert stat.S_IMODE(theirs.stat().st_mode) != 0o600, laid
    gate(20, "links", f"{len(names)} laid at {len(names)} paths: no target touched")


# ── the one way to the file ──


def test_the_stores_file_is_opened_by_nobody_but_sqlite(tmp_path):
    # To close a file takes away all locks that a process holds on it: what is decided after that can be lost.
    source = ExportBuilder().invitation("Ana Ruiz").connection("Ben Lee").zip(tmp_path)
    argv = [sys.executable, "-c", WATCHED, tmp_path / "home", source]
    told = subprocess.run(argv, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert told.stdout.splitlines() == ["made"]


WATCHED = """
import os, sys
from pathlib import Path

def watch(event, args):
    if event == "open" and str(args[0]).endswith(("inbox.db", "inbox.db-wal", "inbox.db-shm")):
        print("made" if args[2] & os.O_EXCL else f"opened {args}")

sys.addaudithook(watch)
from linkinbox.keeping import Keeping
from tests.store.test_private_files import write_everything
write_everything(Path(sys.argv[1]), Path(sys.argv[2]))
path = Path(sys.argv[1]) / "linkinbox" / "inbox.db"
Keeping(path).daily().run()
Keeping(path).doctor(deep=True, config=path.parent / "config.toml")
from linkinbox.inbox import Inbox
screen, beside = Inbox.open(path), Inbox.open(path)
screen.quick_check().run()
beside.close()
screen.close()
"""
