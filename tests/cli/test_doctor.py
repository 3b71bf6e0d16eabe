"""``doctor`` on the command line."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.builders import ExportBuilder
from tests.powers import NEEDS_POWERLESS, POWERLESS
from tests.rot import garble


@pytest.fixture
def store(cli, tmp_path):
    cli.fill(ExportBuilder().invitation("Ana Ruiz").invitation("Ben Lee"), tmp_path)
    cli("junk", "1")
    cli("backup")
    return tmp_path / "home" / "inbox.db"


def test_when_all_is_well_it_says_so(cli, store):
    assert "All is well. Looked at: store, journal" in cli("doctor").stdout
    told = cli.json("doctor", "--deep")
    assert told["ok"]
    assert {finding["severity"] for finding in told["findings"]} == {"note"}


def test_a_finding_says_what_to_do_and_the_exit_code_tells(cli, store):
    store.chmod(0o644)
    said = cli("doctor", code=1).stdout
    assert f"`chmod 600 {store}`" in said
    assert "Something is wrong" in said
    assert not cli.json("doctor", code=1)["ok"]


def test_what_is_derived_is_made_anew(cli, store):
    with closing(sqlite3.connect(store)) as conn:
        conn.execute("UPDATE open_path SET junk = 7")
        conn.commit()
    assert "--repair" in cli("doctor", "--deep", code=1).stdout
    cli("doctor", "--repair")
    cli("doctor", "--deep")


def test_a_damaged_store_is_told_everywhere_and_recovered(cli, store):
    cli("junk", "2")
    garble(store, 1)
    assert "doctor --recover" in cli("list", code=1).stderr
    assert "doctor --recover" in cli("doctor", code=1).stdout
    assert "Aborted" in cli("doctor", "--recover", code=1).stderr
    told = cli.json("doctor", "--recover", "--yes")
    assert (told["newer"], told["reapplied"], told["lost"]) == (1, 1, 0)
    assert len(cli.json("log")) == 2
    assert ".damaged-" in told["kept_aside"]
    cli("doctor", "--deep")


def test_a_rotten_value_is_a_sentence_and_no_traceback(cli, store):
    raw = store.read_bytes()
    rows = re.sub(rb"(?<=[0-9a-f]{12}invitatio)n", b"m", raw)
    assert rows != raw
    store.write_bytes(rows)
    assert "is damaged" in cli("list", "--view", "all", code=1).stderr


def test_without_a_store_there_is_nothing_wrong(cli, tmp_path):
    assert cli.json("doctor")["ok"]
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("spoil", ["gone", "empty"])
def test_a_store_that_is_lost_is_no_new_inbox(cli, store, spoil):
    store.unlink() if spoil == "gone" else store.write_bytes(b"")
    for command in (("list",), ("backup",), ("log",), ("import", store.parent.parent / "x.zip")):
        said = cli(*command, code=1).stderr
        assert f"was a store, and is {spoil}" in said
        assert "doctor --recover" in said
        assert "To begin anew" in said
    assert f"was a store, and is {spoil}" in cli("doctor", code=1).stdout
    assert cli.json("doctor", "--recover", "--yes")["contents"]["decisions"] == 1
    assert len(cli.json("log")) == 1


def test_a_lost_store_without_a_backup_is_told_too(cli, store):
    for made in (store.parent / "backups").iterdir():
        made.unlink()
    store.unlink()
    assert "is gone" in cli("list", code=1).stderr
    (store.parent / "inbox.db.open").unlink()
    assert cli.json("list") == []


@pytest.mark.parametrize("how", ["--recover", "--repair"])
def test_where_no_store_is_none_is_made(cli, tmp_path, how):
    assert "There is no store" in cli("--db", tmp_path / "none" / "inbox.db", "doctor", how, "--yes", code=2).stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("how", ["--recover", "--repair"])
def test_what_never_was_a_store_stays(cli, tmp_path, how):
    letter = tmp_path / "notes.txt"
    letter.write_text("dear aunt " * 1000)
    cli("--db", letter, "doctor", how, "--yes", code=1)
    assert letter.read_text() == "dear aunt " * 1000
    assert not [*tmp_path.glob("notes.txt?*")]


def test_of_a_healthy_store_nothing_is_recovered(cli, store):
    assert "is not damaged: there is nothing to recover" in cli("doctor", "--recover", "--yes", code=2).stderr
    assert not [*store.parent.glob("*.damaged-*")]


def test_a_store_that_lacks_its_newest_decisions_can_be_recovered(cli, store):
    cli("junk", "2")
    cli("backup")
    with closing(sqlite3.connect(store)) as conn:
        conn.execute("DROP TRIGGER journal_no_delete")
        conn.execute("DELETE FROM journal WHERE seq = 2")
        conn.execute(
            "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal"
            " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        )
        conn.commit()
    assert "lacks entry 2" in cli("doctor", code=1).stdout
    assert cli.json("doctor", "--recover", "--yes")["contents"]["decisions"] == 2


def test_what_cannot_be_asked_together_is_refused(cli, store):
    for also in ("--deep", "--repair"):
        assert "stands alone" in cli("doctor", also, "--recover", "--yes", code=2).stderr
    cli("doctor", "--repair", "--deep")


def test_a_file_that_is_no_backup_is_not_the_stores_damage(cli, store, tmp_path):
    (tmp_path / "a.csv").write_text("First Name,Last Name\n" * 100)
    said = cli("restore", tmp_path / "a.csv", "--yes", code=1).stderr
    assert "a.csv is not a linkinbox store" in said
    assert "backup --list" in said
    assert "--recover" not in said


def test_a_restore_that_fails_leaves_nothing_where_no_store_was(cli, store, tmp_path):
    cli("backup", tmp_path / "stick.db")
    garble(tmp_path / "stick.db", 5, 6, 7)
    cli("--db", tmp_path / "new" / "inbox.db", "restore", tmp_path / "stick.db", "--yes", code=1)
    assert cli.json("--db", tmp_path / "new" / "inbox.db", "list") == []


def test_a_store_of_a_newer_linkinbox_is_not_well(cli, store):
    with closing(sqlite3.connect(store)) as conn:
        conn.execute("PRAGMA user_version = 99")
    said = cli("doctor", code=1).stdout
    assert "Every decision is refused: made by a newer linkinbox" in said
    assert "Update linkinbox" in said


@NEEDS_POWERLESS
def test_a_store_that_cannot_be_written_is_not_well(cli, store):
    store.chmod(0o400)
    doctor = [*POWERLESS, sys.executable, "-m", "linkinbox", "doctor", "--db", str(store)]
    told = subprocess.run(doctor, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "Every decision is refused: no permission to write" in told.stdout


def test_settings_that_cannot_be_read_are_a_finding(cli, store, tmp_path):
    (tmp_path / "config" / "linkinbox" / "config.toml").write_text("db = [")
    said = cli("--db", store, "doctor", code=1).stdout
    assert "settings: " in said
    assert "this is not TOML: Invalid value, at the end of the file" in said
    assert "Looked at: settings, store, journal" in said
    assert "TOML" in cli("--db", store, "doctor", "--repair", code=1).stderr
