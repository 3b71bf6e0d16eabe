"""A damaged store: what can be read of it is found, the newest backup restored, and nothing deleted."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Gold, Junk, Note
from linkinbox.errors import DamagedStoreError
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.model import View
from linkinbox.store import chain
from linkinbox.store.keeping import backup
from linkinbox.store.keeping.carve import carved_entries
from linkinbox.store.keeping.restore_words import plan_words, restored_lines
from linkinbox.store.keeping.salvage import Rows, readable_entries
from tests.builders import ExportBuilder
from tests.conftest import Clock
from tests.gates import few_or_all
from tests.rot import PAGE, entries_of, garble, pages_of_journal, some_pages


def used_store(folder: Path, clock: Clock, *, backed_up: bool = True) -> Path:
    """120 people, 150 entries, a backup, and 60 more entries, an undo among them."""
    export = ExportBuilder()
    for number in range(120):
        export.invitation(f"Person {number}", note=f"note {number}, long enough to fill a page some day " * 4)
    folder.mkdir(parents=True, exist_ok=True)
    with closing(Inbox.open(folder / "inbox.db", clock=clock)) as inbox:
        inbox.import_from(export.zip(folder))
        ids = inbox.ids(View.ALL)[:]
        for id_ in ids[:50]:
            inbox.apply(Accept(note="worth it"), [id_])
        inbox.apply(Junk(), ids[50:99])
        inbox.apply(Gold(), ids[:1])
        if backed_up:
            Keeping(inbox.path, clock=clock).back_up()
        clock.forward(minutes=1)
        for number in range(58):
            inbox.apply(Note(f"later {number}"), [ids[number]])
        inbox.apply(Junk(), ids[100:101])
        inbox.undo()
    return folder / "inbox.db"


@pytest.fixture(scope="session")
def sound(tmp_path_factory) -> Path:
    return used_store(tmp_path_factory.mktemp("sound"), Clock())


@pytest.fixture
def store(sound, tmp_path) -> Path:
    """A store of one's own, with its backup."""
    return shutil.copytree(sound.parent, tmp_path / "home") / sound.name


@pytest.fixture
def keeping(store) -> Keeping:
    clock = Clock()
    clock.forward(hours=1)
    return Keeping(store, clock=clock)


def entries(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as conn:
        return {id_ for (id_,) in conn.execute("SELECT id FROM journal")}


# ── reading around damage ──


def test_of_a_sound_store_every_row_is_read(store):
    with closing(sqlite3.connect(store)) as conn:
        rows = Rows(conn, "journal", "seq", "id")
        assert [row[0] for row in rows] == list(range(1, 211))
        assert not rows.damaged


def test_only_what_lies_on_a_damaged_page_is_passed_over(store):
    before, pages = entries_of(store), pages_of_journal(store)
    garble(store, *pages[1:3])
    expected = sorted(row[0] for row in before & entries_of(store))
    with closing(sqlite3.connect(store)) as conn:
        rows = Rows(conn, "journal", "seq", "id")
        assert [row[0] for row in rows] == expected
        assert rows.damaged
    assert 100 < len(expected) < 210


def test_raw_pages_tell_the_same_entries_as_the_store(store):
    with closing(sqlite3.connect(store)) as conn:
        told = set(conn.execute(f"SELECT {chain.COLUMNS} FROM journal"))
    assert set(carved_entries(store)) == told


def test_raw_pages_tell_entries_without_header_and_root(store):
    with closing(sqlite3.connect(store)) as conn:
        root = conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'journal'").fetchone()[0]
        told = {id_ for (id_,) in conn.execute("SELECT id FROM journal")}
    garble(store, 1, root)
    assert {said.id for said in readable_entries(store)} == told


def test_the_log_of_a_store_that_died_is_read_too(store):
    kept = store.parent / "died.db"
    with closing(Inbox.open(store)) as inbox:
        inbox.apply(Note("in the log only"), inbox.ids(View.ALL)[:1])
        for suffix in ("", "-wal"):
            shutil.copy(f"{store}{suffix}", f"{kept}{suffix}")
    garble(kept, 1)
    Path(f"{kept}-shm").unlink(missing_ok=True)
    assert "in the log only" in readable_entries(kept)[-1].payload


@pytest.mark.parametrize("noise", range(3))
def test_noise_is_no_entry_and_no_crash(tmp_path, noise):
    file = tmp_path / "noise.db"
    pages = bytearray(random.Random(noise).randbytes(PAGE * 40))
    for page in range(40):
        pages[page * PAGE] = 0x0D
    file.write_bytes(pages)
    assert readable_entries(file) == []


# ── recovering ──


def test_the_backup_is_restored_with_what_was_decided_later(store, keeping):
    before = entries(store)
    garble(store, 1)
    with pytest.raises(DamagedStoreError):
        Inbox.open(store)
    restored = keeping.recover()
    assert (restored.contents.decisions, restored.newer, restored.reapplied, restored.lost) == (150, 60, 60, 0)
    assert entries(store) == before
    assert keeping.doctor(deep=True, config=store.parent / "none").ok


def test_the_damaged_store_is_kept_as_it_was(store, keeping):
    garble(store, 1, 7)
    before = store.read_bytes()
    first, second = keeping.recover().kept_aside, None
    garble(store, 1)
    second = keeping.recover().kept_aside
    assert first is not None
    assert second is not None
    assert first != second
    assert first.read_bytes() == before
    assert ".damaged-2026-11-24T103000Z" in first.name


def test_a_backup_that_has_rotted_too_is_passed_over(store, keeping):
    newest = keeping.backups()[0].path
    older = newest.with_name("inbox-2026-11-23T090000Z-daily.db")
    shutil.copy(newest, older)
    garble(newest, *pages_of_journal(newest)[:2])
    garble(store, 1)
    assert keeping.recover().source == older


def test_without_a_backup_a_store_is_made_of_what_can_be_read(store, keeping, tmp_path):
    shutil.rmtree(backup.folder_of(store))
    garble(store, *pages_of_journal(store)[1:2])
    restored = keeping.recover()
    assert restored.source is None
    assert restored.items == 120
    assert restored.lost > 0
    assert restored.newer + restored.lost == 210
    assert keeping.doctor(deep=True, config=store).findings[0].check == "backups"
    with closing(Inbox.open(store)) as inbox:
        assert inbox.counts()[View.ALL] == 120


def test_what_was_lost_of_an_import_comes_back_with_the_same_file(store, keeping):
    shutil.rmtree(backup.folder_of(store))
    with closing(sqlite3.connect(store)) as conn:
        rows = conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'message'").fetchone()[0]
    raw = store.read_bytes()
    first_leaf = int.from_bytes(raw[(rows - 1) * PAGE + 12 : (rows - 1) * PAGE + 14], "big")
    garble(store, int.from_bytes(raw[(rows - 1) * PAGE + first_leaf :][:4], "big"))
    keeping.recover()
    with closing(Inbox.open(store)) as inbox:
        ids = inbox.ids(View.ALL)[:]
        silent = [row for row in inbox.rows(ids) if not row.text]
        assert silent
        (source,) = store.parent.glob("*.zip")
        report = inbox.import_from(source)
        assert report.seen_before is None
        assert all(row.text for row in inbox.rows(ids))
        assert inbox.counts()[View.ALL] == 120


def test_the_words_tell_the_figures(store, keeping, clock):
    plan = plan_words(keeping.plan(), clock())
    assert plan == "the backup of 24 Nov 2026, 09:30 (150 decisions)"
    garble(store, 1)
    told = "\n".join(restored_lines(keeping.recover(), clock()))
    assert "150 decisions" in told
    assert "60 decisions made later could be read; 60 of them stand again" in told
    assert "damaged-2026-11-24T103000Z" in told


# ── gate 11 ──


def recover_all(sound: Path, folder: Path, many: int) -> str:
    """Recover stores with three garbled pages each; returns the figure."""
    with closing(sqlite3.connect(next((sound.parent / "backups").iterdir()))) as conn:
        backed_up = {id_ for (id_,) in conn.execute("SELECT id FROM journal")}
    later = readable = back = 0
    for seed in range(many):
        store = shutil.copytree(sound.parent, folder / str(seed)) / sound.name
        all_ = entries(store)
        pages = some_pages(store, seed)
        garble(store, *pages, seed=seed)
        could_read = {said.id for said in readable_entries(store)}
        clock = Clock()
        clock.forward(hours=1)
        restored = Keeping(store, clock=clock).recover()
        now = entries(store)
        assert backed_up <= now
        assert could_read <= now
        assert now <= all_
        assert restored.lost == len(all_ - now) or 1 in pages  # without its header nobody knows how many there were
        with closing(Inbox.open(store, clock=clock)) as inbox:
            assert inbox.counts()[View.ALL] == 120
        later, readable, back = (
            later + len(all_ - backed_up),
            readable + len(could_read - backed_up),
            back + len(now - backed_up),
        )
        shutil.rmtree(folder / str(seed))
    assert back == readable
    return f"{many} stores: all restored, {back:,} of {later:,} later decisions back"


@pytest.mark.parametrize("stores", few_or_all(4, 50))
def test_recovery_loses_nothing_that_can_be_read(stores, sound, tmp_path, gate):
    gate(11, "recovery", recover_all(sound, tmp_path, stores))


def test_of_a_store_that_is_empty_the_log_is_still_read_and_kept(store, clock):
    with closing(Inbox.open(store, clock=clock)) as inbox:
        inbox.apply(Note("in the log only"), inbox.ids(View.ALL)[:1])
        log = Path(f"{store}-wal").read_bytes()
    store.write_bytes(b"")
    Path(f"{store}-wal").write_bytes(log)
    clock.forward(hours=1)
    restored = Keeping(store, clock=clock).recover()
    assert restored.reapplied >= 1
    assert Path(f"{restored.kept_aside}-wal").read_bytes() == log
    with closing(Inbox.open(store, clock=clock)) as inbox:
        assert inbox.ids(View.ALL, "in the log only")[:]


# ── an entry that rotted ──


def test_a_rotten_decision_is_kept_as_it_can_be_read_and_named(store, keeping, clock):
    raw = store.read_bytes()
    assert raw.count(b'"later 7"') == 1
    store.write_bytes(raw.replace(b'"later 7"', b'"later 8"'))
    restored = keeping.recover()
    assert (restored.newer, restored.reapplied, restored.lost) == (60, 60, 0)
    (named,) = restored.unsound
    assert named.startswith("entry 158, note of item ")
    assert f"1 decision kept as can be read, which is not what was written: {named}" in restored_lines(
        restored, clock()
    )


def test_a_rotten_decision_that_the_backup_has_comes_from_there(store, keeping):
    raw = store.read_bytes()
    at = raw.index(b'"worth it"')
    store.write_bytes(raw[:at] + b'"worth if"' + raw[at + 10 :])
    restored = keeping.recover()
    assert (restored.newer, restored.reapplied, restored.lost, restored.unsound) == (60, 60, 0, ())
    with closing(sqlite3.connect(store)) as conn:
        assert not conn.execute("SELECT 1 FROM journal WHERE payload LIKE '%worth if%'").fetchall()


def test_what_is_left_of_somebody_forgotten_is_sound(store, keeping, clock):
    with closing(Inbox.open(store, clock=clock)) as inbox:
        inbox.forget(inbox.rows(inbox.ids(View.ALL)[:1])[0].person.id)
        figures = inbox.figures()
    shutil.rmtree(backup.folder_of(store))
    restored = keeping.recover()
    assert restored.unsound == ()
    with closing(Inbox.open(store, clock=clock)) as inbox:
        assert inbox.figures() == figures
    keeping.back_up()
    assert keeping.doctor(deep=True, config=store.parent / "none").ok
