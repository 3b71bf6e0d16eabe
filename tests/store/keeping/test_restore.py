"""Restoring: a backup takes the store's place, what was there is kept, and later decisions can come along."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Call, Gold, Hold, Junk, Note, Outcome
from linkinbox.errors import BusyStoreError, NewerStoreError, NoSuchItemError, StoreError, UsageError
from linkinbox.inbox import Inbox
from linkinbox.model import CallOutcome, View
from linkinbox.store import chain
from linkinbox.store.keeping import backup
from linkinbox.store.keeping.reapply import reapply
from linkinbox.store.keeping.restore_words import restored_lines
from linkinbox.store.keeping.salvage import Said
from tests.builders import ExportBuilder
from tests.rot import garble
from tests.store.first_schema import make_first_store

PEOPLE = ("Ana Ruiz", "Ben Lee", "Carla Diaz", "Dan Olsen", "Eve Stone", "Finn Berg")


def an_export(*people: str) -> ExportBuilder:
    export = ExportBuilder()
    for name in people:
        export.invitation(name, note=f"hello from {name}").message(name, f"a message of {name}")
    return export


@pytest.fixture
def store(filled, store_path, keeping, clock) -> Path:
    """Three decisions, a backup, then ten more entries of every kind, an undo and a redo among them."""
    inbox = filled(an_export(*PEOPLE))
    ids = inbox.ids(View.ALL)[:]
    inbox.apply(Junk(), ids[:2])
    inbox.apply(Accept(note="before"), ids[2:3])
    keeping.back_up()
    clock.forward(minutes=1)
    inbox.apply(Junk(), ids[3:5])
    inbox.apply(Note("after"), ids[2:3])
    inbox.apply(Hold(clock() + timedelta(days=3)), ids[5:6])
    inbox.apply(Call(clock() + timedelta(days=1)), ids[6:7])
    inbox.apply(Outcome(CallOutcome.HELD), ids[6:7])
    inbox.apply(Gold(), ids[7:8])
    inbox.undo()
    inbox.redo()
    inbox.undo()
    inbox.close()
    return store_path


def picture(path: Path) -> tuple[object, ...]:
    """All that a store shows."""
    with closing(Inbox.open(path)) as inbox:
        items = [inbox.item(id_) for id_ in inbox.ids(View.ALL)[:]]
        return items, inbox.log(1000), inbox.figures(), inbox.counts()


def journal(path: Path) -> list[str]:
    with closing(Inbox.open(path)) as inbox:
        return [entry.id for entry in inbox.log(1000)]


def test_the_backup_takes_the_place_and_the_former_store_is_kept_whole(store, keeping):
    before = picture(store)
    restored = keeping.restore(keeping.find("newest"), keep_newer=False)
    assert len(journal(store)) == restored.contents.decisions == 4
    assert restored.newer == 10
    assert restored.kept_aside is not None
    assert stat.S_IMODE(restored.kept_aside.stat().st_mode) == stat.S_IMODE(store.stat().st_mode) == 0o600
    assert picture(restored.kept_aside) == before


def test_later_decisions_come_along_and_lead_to_the_same(store, keeping):
    before = picture(store)
    restored = keeping.restore(keeping.find("newest"), keep_newer=True)
    assert (restored.newer, restored.reapplied, restored.refused, restored.lost) == (10, 10, None, 0)
    assert picture(store) == before
    assert keeping.doctor(deep=True, config=store).findings[0].check in {"backups", "versions"}


def test_undo_goes_on_where_it_was(store, keeping):
    keeping.restore(keeping.find("newest"), keep_newer=True)
    with closing(Inbox.open(store)) as inbox:
        redone = inbox.redo()
        assert redone is not None
        assert redone.verb == "gold"


def test_what_was_imported_since_comes_along_and_can_be_completed(store, keeping, tmp_path, clock):
    later = an_export(*PEOPLE, "Gus Hill").message("Ana Ruiz", "one more word").zip(tmp_path, "later.zip")
    earlier = Path(shutil.copy(keeping.find("newest"), tmp_path / "earlier.db"))
    with closing(Inbox.open(store, clock=clock)) as inbox:
        inbox.import_from(later)
        inbox.apply(Junk(), inbox.ids(View.NEW, "Gus")[:])
    before = picture(store)
    restored = keeping.restore(earlier, keep_newer=True)
    assert restored.items == 2
    assert picture(store) == before
    with closing(Inbox.open(store, clock=clock)) as inbox:
        assert inbox.ids(View.ALL, "one more word")[:]
        again = inbox.import_from(later)
        assert (again.seen_before, again.items.new) == (None, 0)


def test_a_store_that_is_open_is_not_restored(store, keeping):
    before = store.read_bytes()
    with closing(Inbox.open(store)), pytest.raises(BusyStoreError, match="open in another"):
        keeping.restore(keeping.find("newest"), keep_newer=False)
    assert store.read_bytes() == before


def test_a_damaged_backup_is_refused_and_nothing_is_changed(store, keeping):
    source = keeping.find("newest")
    garble(source, *range(10, 16))
    before = store.read_bytes()
    with pytest.raises(StoreError):
        keeping.restore(source, keep_newer=True)
    assert store.read_bytes() == before
    assert not list(store.parent.glob("*.before-restore-*"))


def test_what_is_no_store_is_refused(store, keeping, tmp_path):
    (tmp_path / "letter.txt").write_text("dear aunt" * 100)
    for other in (tmp_path / "letter.txt", tmp_path / "empty"):
        other.touch()
        with pytest.raises(StoreError):
            keeping.restore(other, keep_newer=False)


def test_the_store_itself_is_no_backup(store, keeping):
    with pytest.raises(UsageError, match="the store itself"):
        keeping.restore(store, keep_newer=False)


def test_a_backup_of_a_newer_program_is_refused(store, keeping):
    source = keeping.find("newest")
    with closing(sqlite3.connect(source)) as conn:
        conn.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerStoreError):
        keeping.restore(source, keep_newer=False)


def test_a_name_that_is_none_is_told(store, keeping):
    with pytest.raises(NoSuchItemError, match="no backup yesterday"):
        keeping.find("yesterday")


def test_a_backup_is_found_by_path_and_by_name(store, keeping):
    (made,) = keeping.backups()
    assert keeping.find(str(made.path)) == keeping.find(made.path.name) == keeping.find(made.path.stem) == made.path


def test_an_old_backup_is_brought_to_this_version(store_path, keeping, tmp_path):
    make_first_store(tmp_path / "old.db", people=6)
    restored = keeping.restore(tmp_path / "old.db", keep_newer=False)
    assert restored.contents.decisions == 3
    assert restored.kept_aside is None
    with closing(Inbox.open(store_path)) as inbox:
        assert len(inbox.log()) == 3
    with closing(sqlite3.connect(tmp_path / "old.db")) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (1,)


def test_what_was_kept_aside_is_never_replaced(store, keeping):
    kept = [keeping.restore(keeping.find("newest"), keep_newer=False).kept_aside for _ in range(3)]
    assert len({*kept}) == 3
    assert all(one is not None and one.exists() for one in kept)


def test_restoring_deletes_no_backup(store, keeping):
    backup.back_up(store, backup.Reason.MIGRATION, keeping._clock())
    before = keeping.backups()
    keeping.restore(keeping.find("newest"), keep_newer=True)
    assert keeping.backups() == before


def said(seq: int, action: str, uid: str | None, payload: object, id_: str = "") -> Said:
    return Said(
        seq, id_ or f"e{seq}", "2026-11-24T09:00:00Z", "here", action, uid, json.dumps(payload), f"b{seq}", True
    )


def test_a_decision_that_makes_no_sense_here_is_told_and_not_written(filled, clock):
    inbox = filled(an_export("Ana Ruiz"))
    uid = inbox.rows(inbox.ids(View.ALL)[:1])[0].uid
    known, unknown = said(1, "junk", uid, {"seen": None}), said(2, "junk", "elsewhere", {})
    odd = [said(3, "jumk", uid, {}), said(4, "hold", uid, {"until": "soon"}), said(5, "note", uid, {}), said(6, "note", uid, []),
           said(7, "outcome", uid, {"outcome": "held"}), said(8, "call", uid, {"at": "2026-11-24T09:00:00Z"})]  # fmt: skip
    turns = [
        said(9, "undo", None, {"of": "nothing"}),
        said(10, "forget", None, {}),
        said(11, "undo", None, {"of": "b1"}),
    ]
    with inbox._store.write() as conn:
        outcome = reapply(conn, [known, unknown, *odd, *turns], clock(), touched=[])
        assert not list(chain.broken(conn))
    assert [one.seq for one in outcome.applied] == [1, 10, 11]
    assert [one.seq for one, _ in outcome.refused] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert inbox.counts()[View.JUNK] == 0


def test_what_could_not_be_decided_again_is_kept_in_a_file_of_its_own(store, keeping, clock):
    with closing(sqlite3.connect(store)) as conn:  # somebody's other program
        conn.execute("INSERT INTO journal (id, at, device, action, item_uid, payload, batch) VALUES"
                     " ('odd', '2026-11-24T09:00:00Z', 'x', 'junk', 'nowhere', '{}', 'b')")  # fmt: skip
        conn.commit()
    restored = keeping.restore(keeping.find("newest"), keep_newer=True)
    assert restored.refused is not None
    assert stat.S_IMODE(restored.refused.stat().st_mode) == 0o600
    (line,) = restored.refused.read_text().splitlines()
    assert json.loads(line)["id"] == "odd"
    assert "not in this store" in json.loads(line)["why"]
    told = " ".join(restored_lines(restored, clock()))
    assert "11 decisions made later" in told
    assert "10 of them stand again" in told
    assert str(restored.refused) in told


def test_a_rotten_copy_of_what_the_backup_has_is_no_later_decision(store, keeping):
    with closing(sqlite3.connect(store)) as conn:
        conn.execute("DROP TRIGGER journal_no_update")
        conn.execute("UPDATE journal SET id = 'x' || id WHERE seq = 2")
        conn.commit()
    restored = keeping.restore(keeping.find("newest"), keep_newer=True)
    assert restored.newer == restored.reapplied == 10


def test_a_store_that_is_too_new_is_not_recovered(store, keeping):
    with closing(sqlite3.connect(store)) as conn:
        conn.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerStoreError):
        keeping.recover()
