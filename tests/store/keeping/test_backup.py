"""Backups: made when something could be lost, read back, kept for a while, and never given up for a worse one."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkinbox.decisions import Junk
from linkinbox.errors import DamagedStoreError, ExportError, NoSuchItemError, StoreError, UsageError
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.model import View
from linkinbox.store.keeping import backup
from linkinbox.store.keeping.backup import DAYS, WEEKS, Backup, Reason, backups, spare
from linkinbox.store.keeping.copying import Stopper
from tests.builders import ExportBuilder
from tests.store.first_schema import make_first_store

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def used(filled, store_path) -> Inbox:
    """An inbox with an import and a decision in it."""
    inbox = filled(ExportBuilder().invitation("Ana Ruiz").invitation("Ben Lee"))
    inbox.apply(Junk(), inbox.ids(View.ALL)[:1])
    return inbox


def reasons(store: Path) -> list[Reason]:
    return [made.reason for made in backups(store)]


def spoil_an_entry(store: Path) -> None:
    with closing(sqlite3.connect(store)) as conn:
        conn.execute("DROP TRIGGER journal_no_update")
        conn.execute("UPDATE journal SET payload = '{}'")
        conn.execute(
            "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal"
            " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        )
        conn.commit()


# ── when ──


def test_the_first_import_needs_no_backup(used, store_path):
    assert backups(store_path) == []


def test_an_import_that_brings_something_makes_one_before(used, store_path, tmp_path):
    used.import_from(ExportBuilder().invitation("Zoë Berg").zip(tmp_path, "later.zip"))
    (made,) = backups(store_path)
    assert made.reason is Reason.IMPORT
    with closing(sqlite3.connect(made.path)) as conn:
        assert conn.execute("SELECT count(*) FROM item").fetchone() == (2,)


def test_an_import_of_a_file_seen_before_makes_none(used, store_path, tmp_path):
    used.import_from(ExportBuilder().invitation("Ana Ruiz").invitation("Ben Lee").zip(tmp_path))
    assert backups(store_path) == []


def test_where_nothing_changed_since_the_newest_none_is_made(used, store_path, tmp_path):
    Keeping(store_path).back_up()
    used.import_from(ExportBuilder().invitation("Zoë Berg").zip(tmp_path, "later.zip"))
    assert reasons(store_path) == [Reason.ASKED]


def test_an_update_of_the_store_makes_one_before(store_path):
    store_path.parent.mkdir()
    make_first_store(store_path, people=4)
    Inbox.open(store_path).close()
    (made,) = backups(store_path)
    assert made.reason is Reason.MIGRATION
    with closing(sqlite3.connect(made.path)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_damaged_store_is_not_updated(store_path):
    store_path.parent.mkdir()
    make_first_store(store_path, people=200)
    raw = bytearray(store_path.read_bytes())
    raw[-4096 * 3 : -4096] = b"\xa5" * 8192
    store_path.write_bytes(raw)
    with pytest.raises(StoreError):
        Inbox.open(store_path)
    with closing(sqlite3.connect(store_path)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (1,)


def test_the_backup_of_the_day_is_made_once(used, store_path, clock):
    for _ in range(3):
        assert Keeping(store_path, clock=clock).daily().run() == ""
    assert reasons(store_path) == [Reason.DAILY]
    used.apply(Junk(), used.ids(View.ALL)[1:])
    clock.forward(days=1)
    Keeping(store_path, clock=clock).daily().run()
    clock.forward(days=1)  # on which nothing changed
    Keeping(store_path, clock=clock).daily().run()
    assert reasons(store_path) == [Reason.DAILY, Reason.DAILY]


def test_an_empty_inbox_needs_none(inbox, store_path, clock):
    assert Keeping(store_path, clock=clock).daily().run() == ""
    assert backups(store_path) == []


# ── what ──


def test_a_backup_is_private_and_one_plain_file(used, store_path):
    made = Keeping(store_path).back_up()
    assert {stat.S_IMODE(made.stat().st_mode), stat.S_IMODE(made.parent.stat().st_mode)} == {0o600, 0o700}
    assert [file.name for file in made.parent.iterdir()] == [made.name]
    with closing(sqlite3.connect(f"{made.as_uri()}?immutable=1", uri=True)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_backup_opens_as_a_store(used, store_path, tmp_path):
    copy = Keeping(store_path).back_up(tmp_path / "copy.db")
    with closing(Inbox.open(copy)) as copied:
        assert copied.counts() == used.counts()
        assert [entry.id for entry in copied.log()] == [entry.id for entry in used.log()]


def test_of_a_damaged_store_none_is_made_and_none_is_given_up(used, store_path, clock):
    keeping = Keeping(store_path, clock=clock)
    good = keeping.back_up()
    used.close()
    spoil_an_entry(store_path)
    with pytest.raises(DamagedStoreError, match="entry 1 of the journal"):
        keeping.back_up()
    assert list(good.parent.iterdir()) == [good]


def test_a_backup_that_is_stopped_leaves_nothing(used, store_path):
    stopper = Stopper()
    stopper.stop()
    with pytest.raises(StoreError, match="stopped"):
        backup.back_up(store_path, Reason.DAILY, NOON, stop=stopper)
    assert list(backup.folder_of(store_path).iterdir()) == []


def test_a_daily_backup_that_is_stopped_says_nothing(used, store_path, clock):
    daily = Keeping(store_path, clock=clock).daily()
    daily.stop()
    assert daily.run() == ""


def test_a_file_that_is_there_is_not_replaced(used, store_path, tmp_path):
    (tmp_path / "mine.db").write_text("mine")
    with pytest.raises(UsageError, match="there already"):
        Keeping(store_path).back_up(tmp_path / "mine.db")
    assert (tmp_path / "mine.db").read_text() == "mine"


def test_a_folder_that_is_not_there_is_told(used, store_path, tmp_path):
    with pytest.raises(ExportError, match="was not written"):
        Keeping(store_path).back_up(tmp_path / "nowhere" / "copy.db")


def test_there_is_nothing_to_back_up_without_a_store(tmp_path):
    with pytest.raises(NoSuchItemError, match="no store"):
        Keeping(tmp_path / "none.db").back_up()


# ── how many ──


def made_at(*days: float, reason: Reason = Reason.DAILY, size: int = 10) -> list[Backup]:
    return [Backup(Path(f"{day}-{reason}"), NOON - timedelta(days=day), reason, size) for day in days]


def kept(made: list[Backup], free: int = 10**9) -> list[Backup]:
    gone = spare(made, free)
    return [one for one in made if one not in gone]


def test_seven_days_and_four_weeks_are_kept():
    ages = [(NOON - one.at).days for one in kept(made_at(*range(60)))]
    assert ages == [0, 1, 2, 3, 4, 5, 6, 9, 16]  # today is a Tuesday; the newest of a week is its Sunday's


def test_of_a_day_the_newest_is_kept():
    assert kept(made_at(0, 0.1, 0.2)) == made_at(0)


def test_days_without_a_backup_do_not_count():
    made = made_at(0, 100, 200, 300)
    assert kept(made) == made


def test_little_room_leaves_the_newest_two_that_before_an_update_and_that_asked_for():
    before = made_at(30, reason=Reason.MIGRATION) + made_at(40, reason=Reason.ASKED)
    assert kept(made_at(0, 1, 2, 3) + before, free=0) == made_at(0, 1) + before


def test_they_take_a_tenth_of_the_free_room():
    assert kept(made_at(0, 1, 2, 3, 4, 5), free=300) == made_at(0, 1, 2)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.floats(0, 400), st.sampled_from(Reason), st.integers(0, 10**9)), max_size=40), st.integers(0)
)
def test_what_is_kept_is_never_nothing_and_never_too_much(told, free):
    made = sorted((one for day, reason, size in told for one in made_at(day, reason=reason, size=size)),
                  key=lambda one: one.at, reverse=True)  # fmt: skip
    left = kept(made, free)
    assert left[:1] == made[:1]
    assert len(left) <= DAYS + WEEKS + 2
    updates = [one for one in made if one.reason is Reason.MIGRATION]
    assert set(updates[:1]) <= set(left)
    freed = sum(one.size for one in made) - sum(one.size for one in left)
    assert set(kept(left, free + freed)) == set(left)  # nothing more goes


def test_an_older_backup_goes_when_a_newer_one_is_good(used, store_path, clock):
    keeping = Keeping(store_path, clock=clock)
    first = keeping.back_up()
    used.apply(Junk(), used.ids(View.ALL)[1:])
    clock.forward(minutes=5)
    second = keeping.back_up()
    assert list(second.parent.iterdir()) == [second]
    assert not first.exists()


def test_an_update_gives_up_no_backup(store_path, clock):
    store_path.parent.mkdir()
    make_first_store(store_path, people=2)
    for minutes in range(3):
        backup.back_up(store_path, Reason.MIGRATION, NOON + timedelta(minutes=minutes))
    assert len(backups(store_path)) == 3


# ── room ──


@pytest.fixture
def full(monkeypatch):
    """A disk with next to no room."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))


def test_without_room_the_day_has_no_backup_and_says_so(used, store_path, clock, full):
    assert "less than twice the store" in Keeping(store_path, clock=clock).daily().run()
    assert backups(store_path) == []


def test_without_room_an_import_goes_on_and_says_so(used, tmp_path, full):
    report = used.import_from(ExportBuilder().invitation("Zoë Berg").zip(tmp_path, "later.zip"))
    assert any("No backup was made" in warning for warning in report.warnings)
    assert report.items.new == 1


def test_without_room_an_update_goes_on(store_path, full):
    store_path.parent.mkdir()
    make_first_store(store_path, people=2)
    with closing(Inbox.open(store_path)) as inbox:
        assert len(inbox.log()) == 1


# ── whose ──


def a_store(path: Path, name: str, folder: Path) -> Keeping:
    """A store of its own, with a decision on somebody, and a backup."""
    with closing(Inbox.open(path)) as inbox:
        inbox.import_from(ExportBuilder().invitation(name).zip(folder, f"{name}.zip"))
        inbox.apply(Junk(), inbox.ids(View.ALL)[:1])
    keeping = Keeping(path)
    keeping.back_up()
    return keeping


def test_stores_of_one_name_and_two_endings_have_their_own_backups(tmp_path):
    one, other = (a_store(tmp_path / name, who, tmp_path) for name, who in (("my.db", "Ana"), ("my.sqlite", "Ben")))
    assert len(one.backups()) == len(other.backups()) == 1
    assert one.backups() != other.backups()


def test_a_backup_named_as_they_were_once_is_found(tmp_path):
    keeping = a_store(tmp_path / "my.db", "Ana", tmp_path)
    (made,) = keeping.backups()
    once = made.path.rename(made.path.with_name(made.path.name.replace("my.db-", "my-")))
    assert keeping.find("newest") == once
    assert [backup.path for backup in keeping.backups()] == [once]


def test_another_stores_backup_under_the_old_name_is_neither_restored_nor_given_up(tmp_path, clock):
    one, other = (a_store(tmp_path / name, who, tmp_path) for name, who in (("my.db", "Ana"), ("my.sqlite", "Ben")))
    for keeping in (one, other):
        (made,) = keeping.backups()
        stamp = "T080000" if keeping is one else "T230000"
        made.path.rename(made.path.with_name(f"my-2026-11-20{stamp}Z-daily.db"))
    assert one.plan().source == one.find("newest") == tmp_path / "backups" / "my-2026-11-20T080000Z-daily.db"
    raw = (tmp_path / "my.db").read_bytes()
    (tmp_path / "my.db").write_bytes(b"\0" * 4096 + raw[4096:])
    assert one.recover().source == tmp_path / "backups" / "my-2026-11-20T080000Z-daily.db"
    for _ in range(3):
        clock.forward(days=30)
        Keeping(tmp_path / "my.db", clock=clock).back_up()
    assert (tmp_path / "backups" / "my-2026-11-20T230000Z-daily.db").exists()


def test_a_store_may_begin_beside_old_backups_of_another_ending(tmp_path):
    keeping = a_store(tmp_path / "my.sqlite", "Ana", tmp_path)
    (made,) = keeping.backups()
    made.path.rename(made.path.with_name(made.path.name.replace("my.sqlite-", "my-")))
    with closing(Inbox.open(tmp_path / "my.db")) as inbox:
        assert inbox.is_empty()


# ── a folder of the name ──


def test_a_folder_of_the_users_stays_as_it_is(used, store_path, tmp_path):
    folder = backup.folder_of(store_path)
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "photos.zip").touch(mode=0o644)
    keeping = Keeping(store_path)
    assert stat.S_IMODE(keeping.back_up().stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    assert keeping.doctor(deep=False, config=tmp_path / "none").ok


def test_a_link_is_not_followed(used, store_path, tmp_path):
    (tmp_path / "elsewhere").mkdir(mode=0o755)
    backup.folder_of(store_path).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ExportError, match="is a link"):
        Keeping(store_path).back_up()
    assert "is a link" in Keeping(store_path).daily().run()
    assert [*(tmp_path / "elsewhere").iterdir()] == []


def test_a_file_in_its_place_is_a_finding_and_stops_no_import(used, store_path, tmp_path):
    backup.folder_of(store_path).write_text("mine")
    report = used.import_from(ExportBuilder().invitation("Zoë Berg").zip(tmp_path, "later.zip"))
    assert any("is no folder" in warning for warning in report.warnings)
    findings = Keeping(store_path).doctor(deep=False, config=tmp_path / "none").findings
    (found,) = (one for one in findings if one.check == "backups")
    assert found.what.endswith("is no folder")
