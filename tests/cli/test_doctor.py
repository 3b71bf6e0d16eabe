"""``doctor`` on the command line."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest

from tests.builders import ExportBuilder
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
