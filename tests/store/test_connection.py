"""Opening the store: private, ours, not newer than we are; and writing in one transaction."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from linkinbox.errors import BusyStoreError, NewerStoreError, StoreError
from linkinbox.store import connection
from linkinbox.store.connection import Store


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_files_are_private_whatever_the_umask(store_path, umask):
    before = os.umask(umask)
    try:
        store = Store(store_path)
        with store.write() as conn:
            conn.execute("INSERT INTO meta VALUES ('a', 'b')")
        files = list(store_path.parent.iterdir())
        assert len(files) >= 3
        assert {mode(file) for file in files} == {0o600}
        assert mode(store_path.parent) == 0o700
        store.close()
    finally:
        os.umask(before)


def test_a_closed_store_is_one_file_beside_its_locks(store_path):
    Store(store_path).close()
    assert sorted(f.name for f in store_path.parent.iterdir()) == ["inbox.db", "inbox.db.lock", "inbox.db.open"]


def test_power_cuts_and_neighbours_are_provided_for(store_path):
    store = Store(store_path)
    asked = {name: store.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in
             ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema", "secure_delete")}  # fmt: skip
    store.close()
    assert asked == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "trusted_schema": 0,
        "secure_delete": 1,
    }  # fmt: skip


def test_a_newer_store_is_refused_and_left_as_it_is(store_path):
    Store(store_path).close()
    conn = sqlite3.connect(store_path)
    conn.execute("PRAGMA user_version = 99")
    conn.close()
    before = store_path.read_bytes()
    with pytest.raises(NewerStoreError, match="newer linkinbox"):
        Store(store_path)
    assert store_path.read_bytes() == before


def test_a_database_of_another_program_is_refused(store_path):
    store_path.parent.mkdir()
    conn = sqlite3.connect(store_path)
    conn.execute("CREATE TABLE theirs (a)")
    conn.close()
    store_path.chmod(0o644)
    before = store_path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store(store_path)
    assert (store_path.read_bytes(), mode(store_path)) == (before, 0o644)
    assert list(store_path.parent.iterdir()) == [store_path]


def test_what_is_no_database_is_refused(store_path):
    store_path.parent.mkdir()
    store_path.write_text("a letter to my aunt, long enough to be no header of SQLite" * 20)
    store_path.chmod(0o644)
    with pytest.raises(StoreError, match="not a linkinbox store"):
        Store(store_path)
    assert mode(store_path) == 0o644


def test_a_link_in_the_place_of_the_store_is_refused(store_path, tmp_path):
    store_path.parent.mkdir()
    store_path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="is a link"):
        Store(store_path)
    assert not (tmp_path / "elsewhere").exists()


def test_a_failed_write_leaves_nothing(store_path):
    store = Store(store_path)

    def fail_halfway() -> None:
        with store.write() as conn:
            conn.execute("INSERT INTO meta VALUES ('half', 'done')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert store.conn.execute("SELECT * FROM meta").fetchall() == []
    store.close()


@pytest.mark.parametrize("name", [":memory:", "file:x?mode=ro", "a b%20c.db"])
def test_any_name_is_only_a_name(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    Store(Path(name)).close()
    assert (tmp_path / name).stat().st_size > 0


def test_many_first_starts_at_once_make_one_store(store_path):
    failures = []

    def start() -> None:
        try:
            Store(store_path).close()
        except StoreError as error:
            failures.append(error)

    starts = [threading.Thread(target=start) for _ in range(8)]
    for one in starts:
        one.start()
    for one in starts:
        one.join()
    assert failures == []


def test_closing_does_not_wait_for_one_who_writes(store_path):
    store, other = Store(store_path), Store(store_path)
    with store.write():
        other.close()
    store.close()


def test_every_table_is_strict(store_path):
    store = Store(store_path)
    tables = store.conn.execute("PRAGMA table_list").fetchall()
    loose = [t[1] for t in tables if t[2] == "table" and not t[5] and not t[1].startswith(("sqlite_", "_sqlite"))]
    store.close()
    assert loose == []


def test_a_store_knows_whether_somebody_else_has_it_open(store_path):
    store = Store(store_path)
    assert not store.is_shared()
    other = Store(store_path)
    assert store.is_shared()
    other.close()
    assert not store.is_shared()
    store.close()


def test_a_writer_that_never_ends_is_told_and_not_waited_for_for_ever(store_path, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    store, other = Store(store_path), Store(store_path)
    with store.write(), pytest.raises(BusyStoreError, match="in use"), other.write():
        pass
    other.close()
    store.close()


def test_two_writers_wait_for_one_another(store_path):
    store, failures = Store(store_path), []

    def write_many(name: str) -> None:
        mine = Store(store_path)
        try:
            for number in range(50):
                with mine.write() as conn:
                    conn.execute("SELECT * FROM meta").fetchall()
                    conn.execute("INSERT INTO meta VALUES (?, '')", (f"{name}{number}",))
        except StoreError as error:
            failures.append(error)
        finally:
            mine.close()

    writers = [threading.Thread(target=write_many, args=(name,)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert store.conn.execute("SELECT count(*) FROM meta").fetchone()[0] == 150
    store.close()
