"""A disk that is full, that fails, that is shared with another writer: nothing acknowledged is lost, nothing is half there."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Done, Junk, Note
from linkinbox.errors import DiskFullError, ReadOnlyStoreError, StoreError
from linkinbox.inbox import Inbox
from linkinbox.model import View
from tests.builders import ExportBuilder
from tests.gates import Gate
from tests.powers import SmallDisk, small_disk
from tests.soak.killing import is_sound, journal_of

soak = pytest.mark.soak
LONG = "why this one and not another " * 300  # takes some pages of the disk


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of sixty invitations."""
    folder = tmp_path_factory.mktemp("sample")
    export = ExportBuilder()
    for number in range(60):
        export.invitation(f"Person {number}", note="Shall we talk?")
    with closing(Inbox.open(folder / "inbox.db")) as inbox:
        inbox.import_from(export.zip(folder))
    return inbox.path


def a_copy(sample: Path, folder: Path) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    return Path(shutil.copyfile(sample, folder / "inbox.db"))


class Decider:
    """Decides on one item after another, and remembers what it was told to be kept."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.ids = inbox.ids(View.ALL)[:]
        self.kept: list[str] = []
        self.turn = 0

    def decide(self) -> None:
        decision = (Note(LONG), Junk(), Accept(), Note(LONG), Done())[self.turn % 5]
        self.inbox.apply(decision, [self.ids[self.turn % len(self.ids)]])
        self.turn += 1
        self.kept.append(self.inbox.log(1)[0].id)

    def decide_until_refused(self) -> StoreError:
        for _ in range(400):
            try:
                self.decide()
            except StoreError as error:
                return error
        raise AssertionError("never refused")


def is_whole(path: Path, kept: list[str]) -> bool:
    """Nothing acknowledged is missing, and every entry is there with all that belongs to it."""
    with closing(sqlite3.connect(path)) as conn:
        halves = conn.execute("SELECT count(*) FROM journal WHERE batch NOT IN (SELECT id FROM batch)").fetchone()[0]
        halves += conn.execute("SELECT count(*) FROM batch WHERE id NOT IN (SELECT batch FROM journal)").fetchone()[0]
        notes = conn.execute("SELECT count(*) FROM journal WHERE action = 'note'").fetchone()[0]
        halves += notes != conn.execute("SELECT count(*) FROM note").fetchone()[0]
    return set(kept) <= journal_of(path) and not halves and is_sound(path)


# ── full ──


def full_at(path: Path, pages: int) -> int:
    """How much was kept of a store that may grow by so many pages, and goes on when it may grow again."""
    with closing(Inbox.open(path)) as inbox:
        decider, conn = Decider(inbox), inbox._store.conn
        size = conn.execute("PRAGMA page_count").fetchone()[0]
        conn.execute(f"PRAGMA max_page_count = {size + pages}")
        error = decider.decide_until_refused()
        assert isinstance(error, DiskFullError)
        assert "disk is full" in str(error)
        assert len(inbox.rows(decider.ids)) == 60  # reading goes on
        conn.execute(f"PRAGMA max_page_count = {size + 1000}")
        decider.decide()
    assert is_whole(path, decider.kept)
    return len(decider.kept)


@pytest.mark.parametrize("points", [8, pytest.param(240, marks=soak)])
def test_a_store_that_may_not_grow_refuses_in_words_and_goes_on_when_it_may(sample, tmp_path, gate: Gate, points):
    kept = sum(full_at(a_copy(sample, tmp_path / str(pages)), pages) for pages in range(points))
    gate(8, "disk full, by pages", f"{points} points, {kept:,} decisions acknowledged: 0 lost, 0 corrupt")


def full_disk_at(disk: SmallDisk, sample: Path, kib: int) -> tuple[int, bool]:
    """How much was kept on a disk of a size that fills up and then has room again; and if it could only be read."""
    disk.resize(8_000)
    shutil.rmtree(disk.folder / "home", ignore_errors=True)
    path = a_copy(sample, disk.folder / "home")
    disk.resize(kib)
    inbox = Inbox.open(path)
    was_read_only = bool(inbox.read_only)
    decider = Decider(inbox)
    error = decider.decide_until_refused()
    assert isinstance(error, DiskFullError | ReadOnlyStoreError)
    assert "disk is full" in str(error)
    assert len(inbox.rows(decider.ids)) == 60
    disk.resize(8_000)
    decider.decide()
    inbox.close()
    assert is_whole(path, decider.kept)
    return len(decider.kept), was_read_only


@pytest.mark.parametrize("points", [6, pytest.param(260, marks=soak)])
def test_a_full_disk_is_told_and_the_next_decision_after_there_is_room_is_kept(sample, tmp_path, gate: Gate, points):
    least = sample.stat().st_size // 1024 + 4
    with small_disk(tmp_path / "disk", kib=8_000) as disk:
        told = [full_disk_at(disk, sample, least + 4 * (number * 260 // points)) for number in range(points)]
    kept, read_only = sum(count for count, _ in told), sum(only for _, only in told)
    figure = f"{points} sizes, {read_only} of them read-only at first, {kept:,} decisions: 0 lost, 0 corrupt"
    gate(8, "disk full, by size", figure)


@pytest.mark.parametrize("points", [2, pytest.param(40, marks=soak)])
def test_an_import_onto_a_full_disk_leaves_what_the_next_one_completes(sample, tmp_path, gate: Gate, points):
    export = ExportBuilder()
    for number in range(800):
        export.invitation(f"Writer {number}", note=f"A word on matter {number}, at some length: {LONG[:200]}")
    source = export.zip(tmp_path)
    least = sample.stat().st_size // 1024 + 100
    with small_disk(tmp_path / "disk", kib=8_000) as disk:
        for number in range(points):
            disk.resize(8_000)
            shutil.rmtree(disk.folder / "home", ignore_errors=True)
            path = a_copy(sample, disk.folder / "home")
            disk.resize(least + number * 700 // points)
            with closing(Inbox.open(path)) as inbox:
                with pytest.raises(StoreError, match="disk is full"):
                    inbox.import_from(source)
                disk.resize(8_000)
                inbox.import_from(source)
                assert inbox.counts()[View.ALL] == 860
            assert is_whole(path, [])
    gate(8, "disk full, import", f"{points} points: 0 corrupt, each completed by the next import")


# ── failing ──

DECIDER = """
import sys
from pathlib import Path
from linkinbox.errors import StoreError
from linkinbox.inbox import Inbox
from tests.soak.test_disk import Decider
try:
    decider = Decider(Inbox.open(Path(sys.argv[1])))
except StoreError as error:
    print("no", error)
    raise SystemExit(0)
for _ in range(15):
    try:
        decider.decide()
    except StoreError as error:
        decider.turn += 1
        print("no", error, flush=True)
    else:
        print("ok", decider.kept[-1], flush=True)
decider.inbox.close()
"""
CALLS = "pwrite64,fdatasync,fsync"


def traced(path: Path, log: Path, when: str) -> list[list[str]]:
    """What a program that decides fifteen times said, one of whose writes to the disk failed; a word and the rest."""
    argv = ["strace", "-f", "-qq", "-o", log, "-e", f"trace={CALLS}", "-e", f"inject={CALLS}:error=EIO:when={when}"]
    argv += [sys.executable, "-c", DECIDER, path]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return [line.split(maxsplit=1) for line in done.stdout.splitlines()]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize("points", [3, pytest.param(300, marks=soak)])
def test_a_write_that_fails_is_told_and_nothing_is_said_to_be_kept_that_is_not(sample, tmp_path, gate: Gate, points):
    traced(a_copy(sample, tmp_path / "calls"), tmp_path / "log", "65535")  # never
    calls = sum(name in line for line in (tmp_path / "log").read_text().splitlines() for name in ("pwrite64(", "sync("))
    kept = refused = unsaid = 0
    for number in range(points):
        path = a_copy(sample, tmp_path / "point")
        forever = "+" if number % 5 == 4 else ""
        said = traced(path, tmp_path / "log", f"{1 + number * calls // points}{forever}")
        oks = [rest for word, rest in said if word == "ok"]
        nos = [rest for word, rest in said if word == "no"]
        assert all("disk" in words for words in nos), nos
        assert is_whole(path, oks)
        kept, refused, unsaid = kept + len(oks), refused + len(nos), unsaid + len(journal_of(path)) - len(oks)
        shutil.rmtree(path.parent)
    assert refused
    figure = (
        f"EIO at {points} of {calls} calls: {refused} decisions refused, {kept:,} acknowledged, 0 lost, 0 half there"
    )
    gate(9, "I/O errors", figure + (f", {unsaid} refused ones there after all" if unsaid else ""))


# ── shared ──

IMPORTER = """
import sys
from pathlib import Path
from linkinbox.inbox import Inbox
inbox = Inbox.open(Path(sys.argv[1]))
print("begins", flush=True)
print(inbox.import_from(Path(sys.argv[2])).seconds)
inbox.close()
"""


@pytest.mark.parametrize("rows", [2_000, pytest.param(200_000, marks=soak)])
def test_decisions_beside_an_import_all_succeed(sample, tmp_path, gate: Gate, rows):
    export = ExportBuilder()
    for number in range(rows):
        export.invitation(f"Writer {number}", note=f"A word on matter {number}")
    source, path = export.zip(tmp_path), a_copy(sample, tmp_path / "home")
    waits = []
    with closing(Inbox.open(path)) as inbox:
        decider = Decider(inbox)
        argv = [sys.executable, "-c", IMPORTER, path, source]
        with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as importer:
            assert importer.stdout
            assert importer.stdout.readline() == "begins\n"
            while importer.poll() is None:
                begun = time.perf_counter()
                decider.decide()
                waits.append(time.perf_counter() - begun)
                time.sleep(0.03)
            seconds = float(importer.stdout.read())
        assert inbox.counts()[View.ALL] == rows + 60
    assert importer.returncode == 0
    assert is_whole(path, decider.kept)
    waits.sort()
    middle, high, most = (1000 * waits[int(part * (len(waits) - 1))] for part in (0.5, 0.99, 1))
    figure = f"{len(waits):,} decisions beside {rows:,} rows in {seconds:.1f} s: 0 errors, p50 {middle:.0f}, p99 {high:.0f}, most {most:.0f} ms"
    gate(12, "two writers", figure)
