"""``backup`` and ``restore`` on the command line."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest
import time_machine

from linkinbox.inbox import Inbox
from tests.builders import ExportBuilder
from tests.conftest import NOW


@pytest.fixture
def store(cli, tmp_path):
    cli.fill(ExportBuilder().invitation("Ana Ruiz").invitation("Ben Lee"), tmp_path)
    cli("junk", "1")
    return tmp_path / "home" / "inbox.db"


def test_without_a_file_it_is_one_more_beside_the_store(cli, store):
    said = cli("backup").stderr
    assert "Written and read back" in said
    (made,) = cli.json("backup", "--list")  # that of the day holds no more than this one
    assert made["path"] == str(store.parent / "backups" / "inbox.db-2026-11-24T093001Z-asked.db")
    assert (made["at"], made["reason"]) == ("2026-11-24T09:30:01Z", "asked")
    assert made["bytes"] > 10_000


def test_the_list_for_people_has_their_time(cli, store):
    cli("backup")
    assert cli("backup", "--list").stdout.split()[:4] == ["24", "Nov", "2026", "10:30"]


def test_a_list_of_none_says_so(cli):
    assert cli.json("backup", "--list") == []
    assert "no backup so far" in cli("backup", "--list").stderr


def test_a_file_elsewhere_is_a_store(cli, store, tmp_path):
    copy = tmp_path / "stick.db"
    assert cli.json("backup", copy)["path"] == str(copy)
    assert len(cli.json("--db", copy, "list", "--view", "all")) == 2
    assert "is there already" in cli("backup", copy, code=2).stderr


def test_it_works_while_the_inbox_is_open(cli, store):
    with closing(Inbox.open(store)):
        cli("backup")


def test_a_file_and_a_list_are_not_both_asked_for(cli, store):
    cli("backup", "x.db", "--list", code=2)


def test_without_a_store_there_is_nothing_to_back_up(cli, tmp_path):
    assert "no store" in cli("backup", code=2).stderr
    assert cli.json("backup", "--list") == []
    assert not (tmp_path / "home").exists()


def test_restore_asks_puts_back_and_tells_the_figures(cli, store):
    cli("backup")
    cli("junk", "2")
    assert "Aborted" in cli("restore", "newest", code=1).stderr
    assert len(cli.json("log")) == 2
    told = cli.json("restore", "newest", "--yes")
    assert (told["contents"]["decisions"], told["newer"], told["reapplied"]) == (1, 1, 0)
    assert len(cli.json("log")) == 1
    assert told["kept_aside"].endswith("inbox.db.before-restore-2026-11-24T093000Z")
    assert len(cli.json("--db", told["kept_aside"], "log")) == 2


def test_restore_keeps_newer_decisions_when_asked(cli, store):
    cli("backup")
    cli("junk", "2")
    said = cli("restore", "newest", "--yes", "--keep-newer").stderr
    assert "1 decision made later could be read; 1 of them stand again" in said
    assert len(cli.json("log")) == 2


def test_restore_is_refused_while_the_inbox_is_open(cli, store):
    cli("backup")
    with closing(Inbox.open(store)):
        assert "open in another" in cli("restore", "newest", "--yes", code=1).stderr


def test_a_backup_that_is_none_is_named(cli, store):
    assert "no backup x" in cli("restore", "x", "--yes", code=2).stderr


def test_a_new_machine_begins_with_a_backup(cli, store, tmp_path):
    cli("backup", tmp_path / "stick.db")
    new = tmp_path / "new" / "inbox.db"
    told = cli.json("--db", new, "restore", tmp_path / "stick.db", "--yes")
    assert told["kept_aside"] is None
    assert len(cli.json("--db", new, "log")) == 1


# ── the backup of the day ──


def reasons(cli) -> list[str]:
    return [made["reason"] for made in cli.json("backup", "--list")]


def test_who_only_uses_commands_has_backups_too(cli, store):
    assert reasons(cli) == ["daily"]
    cli("junk", "2")
    cli("undo")
    assert reasons(cli) == ["daily"]
    with time_machine.travel(NOW + timedelta(days=1)):
        cli("list")
        assert reasons(cli) == ["daily"]
        cli("note", "2", "the day after")
        assert reasons(cli) == ["daily", "daily"]


def test_nobody_waits_for_the_copy_of_a_large_store_without_need(cli, store, monkeypatch):
    monkeypatch.setattr("linkinbox.store.keeping.daily.SMALL", 1)
    for days, made in ((1, 1), (6, 1), (8, 2), (9, 2)):
        with time_machine.travel(NOW + timedelta(days=days)):
            cli("note", "1", f"on day {days}")
            assert len(reasons(cli)) == made


def test_a_decision_counts_though_no_backup_can_be_made(cli, store):
    cli("note", "1", "call in May")
    raw = store.read_bytes()
    store.write_bytes(raw.replace(b'{"text": "call in May"}', b'{"text": "call in Mai"}'))
    with time_machine.travel(NOW + timedelta(days=1)):
        said = cli("junk", "2").stderr
    assert "Warning: " in said
    assert "of the journal was changed" in said
    assert store.with_name("inbox.db.damage").exists()
    assert len(cli.json("log")) == 3
