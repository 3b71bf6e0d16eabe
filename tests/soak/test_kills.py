"""kill -9 at any moment loses nothing that was acknowledged, and leaves nothing half done."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Done, Junk, Note
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.store import ingest
from linkinbox.store.refold import differences
from linkinbox.store.schema import VERSION
from linkinbox.store.times import utc_now
from tests.builders import ExportBuilder
from tests.soak.killing import Say, is_sound, journal_of, killed, picture, store_of
from tests.store.first_schema import make_first_store

pytestmark = pytest.mark.soak

DECIDED, IMPORTED, MIGRATED, EXPORTED = 600, 150, 100, 150  # kills: 1,000 in all
LARGE_ACTS = 60  # and these


@pytest.fixture
def store(store_path: Path, tmp_path: Path) -> Path:
    return store_of(50, store_path, tmp_path)


def test_no_acknowledged_decision_or_undo_is_lost(store, gate):
    def decide(say: Say) -> None:
        inbox = Inbox.open(store)
        ids = inbox.ids(View.ALL)[:]
        for turn in count():
            if turn % 7 == 6:
                inbox.undo()
            else:
                inbox.apply([Accept(), Junk(), Done(), Note("why")][turn % 4], [ids[turn % len(ids)]])
            say(inbox.log(1)[0].id)

    chance, acknowledged = random.Random(7), 0
    for turn in range(DECIDED):
        said = killed(decide, after=chance.random() * 0.06)
        assert set(said) <= journal_of(store)
        acknowledged += len(said)
        if turn % 100 == 0:
            assert is_sound(store)
    assert is_sound(store)
    gate(5, "kill -9, deciding and undoing", f"{DECIDED} kills, {acknowledged:,} acknowledged: 0 lost, 0 corrupt")


def test_an_import_killed_anywhere_is_completed_by_the_next_run(tmp_path, gate, monkeypatch):
    monkeypatch.setattr(ingest, "LARGE", 500)
    export, chance = ExportBuilder(), random.Random(11)
    for number in range(1_500):
        export.invitation(f"Person {number}", note=f"note {number}")
        export.message(f"Writer {number % 400}", f"text {number}")
    source = export.zip(tmp_path)
    whole = picture(tmp_path / "whole" / "inbox.db", source)
    path = tmp_path / "killed" / "inbox.db"

    def bring_in(say: Say) -> None:
        inbox = Inbox.open(path)
        say("open")
        inbox.import_from(source)

    halves = 0
    for _ in range(IMPORTED):
        shutil.rmtree(path.parent, ignore_errors=True)
        Inbox.open(path).close()
        killed(bring_in, after=chance.random() * 1.1)
        assert is_sound(path)
        halves += 0 < len(picture(path)) < len(whole)
        assert picture(path, source) == whole
        assert is_sound(path)
    gate(5, "kill -9, importing", f"{IMPORTED} kills, {halves} met it half way: all completed by the next run, equal")


def test_a_migration_killed_anywhere_is_done_or_not_begun(tmp_path, gate):
    first, chance = tmp_path / "first.db", random.Random(13)
    make_first_store(first, people=3_000)
    entries, begun = journal_of(first), 0
    path = tmp_path / "killed" / "inbox.db"

    def migrate(say: Say) -> None:
        say("begin")
        Inbox.open(path).close()

    for _ in range(MIGRATED):
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir()
        shutil.copy(first, path)
        killed(migrate, after=chance.random() * 0.4)
        begun += version_of(path) < VERSION
        Inbox.open(path).close()
        assert journal_of(path) == entries
        assert is_sound(path)
    gate(5, "kill -9, migrating", f"{MIGRATED} kills, {begun} before the end: 0 entries lost, 0 corrupt")


def version_of(path: Path) -> int:
    conn = sqlite3.connect(path)
    try:
        return int(conn.execute("PRAGMA user_version").fetchone()[0])
    finally:
        conn.close()


def test_an_export_killed_anywhere_leaves_a_whole_file_or_none(store, tmp_path, gate):
    folder, chance, wholes = tmp_path / "out", random.Random(17), 0
    out = folder / "out.db"

    def write_out(say: Say) -> None:
        inbox = Inbox.open(store)
        say("open")
        inbox.export(out)

    for _ in range(EXPORTED):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        killed(write_out, after=chance.random() * 0.15)
        if out.exists():
            wholes += 1
            assert sqlite3.connect(out).execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        inbox = Inbox.open(store)
        inbox.export(out, force=True)
        inbox.close()
        assert not list(folder.glob("*.part*"))
    gate(5, "kill -9, exporting", f"{EXPORTED} kills, {wholes} files made: all whole, no remains after the next")


@pytest.mark.parametrize("back", [False, True], ids=["doing", "taking back"])
def test_a_large_act_killed_anywhere_leaves_whole_chunks_and_one_undo(tmp_path, gate, back):
    whole, store, chance = store_of(6_000, tmp_path / "whole.db", tmp_path), tmp_path / "inbox.db", random.Random(13)
    for turn in range(LARGE_ACTS // 2):
        shutil.copy(whole, store)
        with closing(Inbox.open(store)) as inbox:
            ids = inbox.ids(View.ALL)[:]
            if back:
                inbox.apply(Junk(), ids)

        def act(say: Say) -> None:
            with closing(Inbox.open(store)) as inbox:
                say("0")
                turn = inbox.undo if back else partial(inbox.apply, Junk(), ids)  # noqa: B023 - forked at once
                turn(progress=lambda so_many, _of: say(str(so_many)))

        done = int(killed(act, after=chance.random() * 0.5)[-1])
        assert is_sound(store)
        assert not [*differences(store, utc_now())]
        with closing(Inbox.open(store)) as inbox:
            junk = inbox.counts()[View.JUNK]
            assert junk in {0, 6_000} if back else junk % 1_000 == 0 and junk >= done
            if not back:
                inbox.undo()
                assert inbox.counts()[View.JUNK] == 0
        if turn % 10 == 0:
            assert not [*differences(store, utc_now())]
    which = "taking 6,000 back" if back else "junking 6,000"
    gate(5, f"kill -9, {which}", f"{LARGE_ACTS // 2} kills: whole chunks, one undo, nothing differs")
