"""Opening the store: private, ours, not newer than we are; and writing in one transaction."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.errors import BusyStoreError, StoreError
from linkinbox.store import connection, filesystem
from linkinbox.store.connection import Store
from linkinbox.store.schema import VIEWS
from tests.powers import BORROWED, ROOT_ONLY


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


def test_power_cuts_and_neighbours_are_provided_for(store_path, synced):
    store = Store(store_path)
    asked = {name: store.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in
             ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema", "secure_delete")}  # fmt: skip
    store.close()
    assert asked == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "trusted_schema": 0,
        "secure_delete": 1,
    }  # fmt: skip


def test_a_store_that_is_thrown_away_need_not_wait_for_the_disk(store_path, synced):
    with closing(Store(store_path)) as store:
        store.do_without_sync()
        assert store.conn.execute("PRAGMA synchronous").fetchone() == (0,)
    with closing(Store(store_path)) as store:
        assert store.conn.execute("PRAGMA synchronous").fetchone() == (2,), "for as long as it is open"


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


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal", ".lock", ".open"])
def test_a_link_in_the_place_of_what_lies_beside_it_is_refused(store_path, tmp_path, suffix):
    Store(store_path).close()
    Path(f"{store_path}{suffix}").unlink(missing_ok=True)
    (tmp_path / "theirs").write_text("dear diary")
    Path(f"{store_path}{suffix}").symlink_to(tmp_path / "theirs")
    with pytest.raises(StoreError, match=f"{suffix} is a link"):
        Store(store_path)
    assert (tmp_path / "theirs").read_text() == "dear diary"


def test_what_is_no_file_is_refused_without_waiting_for_it(store_path):
    store_path.parent.mkdir()
    os.mkfifo(store_path)
    with pytest.raises(StoreError, match="is no file"):
        Store(store_path)


def test_a_folder_in_which_everybody_may_replace_the_store_is_refused(store_path):
    Store(store_path).close()
    store_path.parent.chmod(0o777)
    with pytest.raises(StoreError, match="Everybody may replace") as refused:
        Store(store_path)
    assert "chmod o-w" in refused.value.hint


def test_on_a_disk_of_windows_where_all_may_do_everything_that_is_no_reason(mounted):
    folder = mounted("9p")
    folder.chmod(0o777)
    Store(folder / "inbox.db").close()


def test_a_folder_for_all_in_which_each_keeps_their_own_will_do(store_path):
    store_path.parent.mkdir()
    store_path.parent.chmod(0o1777)
    Store(store_path).close()
    assert mode(store_path.parent) == 0o1777


@ROOT_ONLY
def test_a_store_of_another_user_is_refused(store_path):
    Store(store_path).close()
    told = subprocess.run(
        [*BORROWED, sys.executable, "-c", OPENER, store_path], capture_output=True, text=True, check=True
    )
    assert "belongs to another user" in told.stdout


OPENER = """
import sys
from pathlib import Path
from linkinbox.errors import StoreError
from linkinbox.store.connection import Store
try:
    store = Store(Path(sys.argv[1]))
    with store.write() as conn:
        conn.execute("INSERT INTO meta VALUES (?, '')", (sys.argv[2],))
    print(*(name for (name,) in store.conn.execute("SELECT name FROM meta")))
    store.close()
except StoreError as error:
    print(error)
"""


def elsewhere(path, name) -> str:
    """What another program sees of the store after it wrote there and closed."""
    return subprocess.run([sys.executable, "-c", OPENER, path, name], capture_output=True, text=True, check=True).stdout


def test_an_import_in_the_screens_own_process_takes_no_lock_away_from_it(store_path):
    screen = Store(store_path)
    Store(store_path).close()  # an import beside it
    assert elsewhere(store_path, "first").split() == ["first"]
    with screen.write() as conn:
        conn.execute("INSERT INTO meta VALUES ('second', '')")
    assert elsewhere(store_path, "third").split() == ["first", "second", "third"]
    screen.close()


def test_files_that_others_could_read_are_theirs_no_longer_and_that_is_said(store_path):
    Store(store_path).close()
    for file in store_path.parent.iterdir():
        file.chmod(0o644)
    store_path.parent.chmod(0o755)
    store = Store(store_path)
    assert store.repaired == [f"Others could read {store_path}; now only you can"]
    assert {mode(file) for file in store_path.parent.iterdir()} == {0o600}
    assert mode(store_path.parent) == 0o755  # it may be somebody's own
    store.close()
    again = Store(store_path)
    assert again.repaired == []
    again.close()


def test_the_folder_that_is_made_for_the_store_is_kept_private(tmp_path):
    path = tmp_path / "linkinbox" / "inbox.db"
    Store(path).close()
    path.parent.chmod(0o755)
    store = Store(path)
    assert store.repaired == [f"Others could look into {path.parent}; now only you can"]
    assert mode(path.parent) == 0o700
    store.close()


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TRIGGER theirs AFTER INSERT ON journal BEGIN DELETE FROM note; END",
        "CREATE VIEW person_of AS SELECT * FROM person",
        "PRAGMA user_version = -7",
    ],
)
def test_a_store_whose_tables_somebody_changed_is_refused(store_path, change):
    Store(store_path).close()
    conn = sqlite3.connect(store_path)
    conn.execute(change)
    conn.close()
    before = store_path.read_bytes()
    with pytest.raises(StoreError, match="Somebody changed the tables"):
        Store(store_path)
    assert store_path.read_bytes() == before


def test_the_views_of_an_exported_file_are_ours(inbox, tmp_path):
    Store(inbox.export(tmp_path / "out.db")).close()
    conn = sqlite3.connect(tmp_path / "out.db")
    assert {name for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")} == VIEWS
    conn.close()


@pytest.fixture
def mounted(tmp_path, monkeypatch):
    """A folder on what the system says to be a mount of a kind."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or os.major(memory.stat().st_dev):
        pytest.skip("there is no file system here that is no disk")
    with tempfile.TemporaryDirectory(dir=memory) as folder:

        def mount(kind: str) -> Path:
            device = memory.stat().st_dev
            lines = (
                "22 27 0:9999 / /proc rw,relatime shared:5 - proc proc rw",
                f"35 22 {os.major(device)}:{os.minor(device)} /a\\040b /home/me rw - {kind} server:/home rw,vers=4.2",
            )
            monkeypatch.setattr(filesystem, "MOUNTS", tmp_path / "mountinfo")
            filesystem.MOUNTS.write_text("\n".join(lines))
            return Path(folder)

        yield mount


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs"])
def test_on_a_network_disk_there_is_no_log_that_needs_shared_memory(mounted, kind, synced):
    store = Store(mounted(kind) / "inbox.db")
    with store.write() as conn:
        conn.execute("INSERT INTO meta VALUES ('a', 'b')")
    assert store.network == kind
    assert [store.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")] == [
        "truncate",
        2,
    ]
    assert sorted(file.name for file in store.path.parent.iterdir()) == [
        "inbox.db",
        "inbox.db-journal",
        "inbox.db.lock",
        "inbox.db.open",
    ]
    assert mode(store.path.parent / "inbox.db-journal") == 0o600
    store.close()


def test_a_store_that_is_moved_to_a_network_disk_and_back_changes_its_journal(mounted):
    for kind, journal in (("tmpfs", "wal"), ("nfs", "truncate"), ("ext4", "wal")):
        store = Store(mounted(kind) / "inbox.db")
        assert store.conn.execute("PRAGMA journal_mode").fetchone()[0] == journal
        store.close()


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


def test_what_a_killed_program_left_in_the_log_is_there_again(store_path):
    if (child := os.fork()) == 0:
        with Store(store_path).write() as conn:
            conn.execute("INSERT INTO meta VALUES ('kept', '')")
        os._exit(9)
    os.waitpid(child, 0)
    assert Path(f"{store_path}-wal").stat().st_size
    store = Store(store_path)
    assert store.conn.execute("SELECT name FROM meta").fetchall() == [("kept",)]
    store.close()


def test_of_two_that_close_the_second_leaves_one_file_that_is_the_whole_store(store_path):
    store, other = Store(store_path), Store(store_path)
    with store.write() as conn:
        conn.execute("INSERT INTO meta VALUES ('a', '')")
    store.close()
    assert Path(f"{store_path}-wal").exists()
    other.close()
    assert not Path(f"{store_path}-wal").exists()
    conn = sqlite3.connect(f"{store_path.as_uri()}?immutable=1", uri=True)
    assert conn.execute("SELECT name FROM meta").fetchall() == [("a",)]
    conn.close()


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
