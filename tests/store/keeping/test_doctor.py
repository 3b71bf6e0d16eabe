"""The doctor: names what is wrong, says what to do, and changes nothing but what it is asked to make anew."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Call, Gold, Hold, Junk, Note, Outcome
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.model import CallOutcome, View
from linkinbox.store.keeping.findings import Examination, Finding, Severity
from tests.builders import ExportBuilder
from tests.rot import garble, pages_of_journal


@pytest.fixture
def store(filled, store_path, keeping, clock) -> Path:
    """A store with something of everything in it, backed up."""
    export = ExportBuilder()
    for number in range(12):
        export.invitation(f"Person {number}", note=f"hello {number}").message(f"Person {number}", f"a word {number}")
    inbox = filled(export)
    ids = inbox.ids(View.ALL)[:]
    inbox.apply(Junk(), ids[:3])
    inbox.apply(Accept(note="good"), ids[3:4])
    inbox.apply(Gold(), ids[3:4])
    inbox.apply(Hold(clock() + timedelta(hours=1)), ids[4:5])
    inbox.apply(Call(clock() + timedelta(days=1)), ids[5:6])
    inbox.apply(Outcome(CallOutcome.HELD), ids[5:6])
    inbox.apply(Note("a note"), ids[6:7])
    inbox.undo()
    inbox.close()
    keeping.back_up()
    clock.forward(hours=2)  # the hold is due, and nobody has looked since
    return store_path


def wrong(examined: Examination) -> list[Finding]:
    return [finding for finding in examined.findings if finding.severity is not Severity.NOTE]


def look(keeping: Keeping, *, deep: bool = False) -> list[Finding]:
    return wrong(keeping.doctor(deep=deep, config=keeping.path.parent / "config.toml"))


def change(store: Path, *statements: str) -> None:
    with closing(sqlite3.connect(store, isolation_level=None)) as conn:
        trigger = conn.execute("SELECT sql FROM sqlite_schema WHERE name = 'journal_no_update'").fetchone()[0]
        no_delete = conn.execute("SELECT sql FROM sqlite_schema WHERE name = 'journal_no_delete'").fetchone()[0]
        for statement in (
            "DROP TRIGGER journal_no_update",
            "DROP TRIGGER journal_no_delete",
            *statements,
            trigger,
            no_delete,
        ):
            conn.execute(statement)


# ── all is well ──


def test_a_sound_store_has_nothing_but_notes(store, keeping):
    before = store.read_bytes()
    examined = keeping.doctor(deep=True, config=store.parent / "config.toml")
    assert wrong(examined) == []
    assert examined.ok
    assert examined.checked == (
        "store", "journal", "derived", "backups", "forgotten", "permissions", "disk", "file-system", "versions", "terminal",
    )  # fmt: skip
    assert store.read_bytes() == before


def test_a_store_that_is_not_there_is_no_finding(keeping):
    assert look(keeping, deep=True) == []
    assert not keeping.path.parent.exists()


def test_what_it_says_to_programs_is_stable(store, keeping):
    change(store, "UPDATE journal SET payload = '{}' WHERE seq = 2")
    told = keeping.doctor(deep=False, config=store.parent / "none").as_json()
    assert set(told) == {"ok", "findings", "checked"}
    assert told["ok"] is False
    assert all(set(finding) == {"check", "severity", "what", "where", "do"} for finding in told["findings"])
    assert {finding["severity"] for finding in told["findings"]} <= {"error", "warning", "note"}


def test_it_looks_also_while_the_inbox_is_open(store, keeping):
    with closing(Inbox.open(store)) as inbox:
        inbox.apply(Note("now"), inbox.ids(View.ALL)[:1])
        assert look(keeping, deep=True) == []


def test_forgetting_somebody_is_no_damage(store, keeping):
    with closing(Inbox.open(store)) as inbox:
        for number in (11, 9, 8):
            inbox.forget(inbox.what_is_kept(f"Person {number}").person.id)
    assert look(keeping, deep=True) == []
    keeping.repair()
    assert look(keeping, deep=True) == []


# ── the journal ──


def test_a_changed_entry_is_named_with_its_item(store, keeping):
    with closing(sqlite3.connect(store)) as conn:
        uid = conn.execute("SELECT item_uid FROM journal WHERE seq = 5").fetchone()[0]
    change(store, "UPDATE journal SET at = '2026-11-24T09:30:01Z' WHERE seq = 5")
    (finding,) = look(keeping)
    assert finding.check == "journal"
    assert finding.where == f"entry 5, note of item {uid}"
    assert "--recover" in finding.do


def test_entries_that_are_gone_are_named(store, keeping):
    change(store, "DELETE FROM journal WHERE seq IN (3, 4, 7)")
    told = {finding.where.partition(",")[0] for finding in look(keeping)}
    assert told == {"entries 3 to 4", "entry 5", "entry 7", "entry 8"}


def test_the_newest_entry_is_missed_too(store, keeping):
    change(store, "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)")
    assert [finding.where for finding in look(keeping)] == ["entry 11"]


def test_entries_on_a_page_that_cannot_be_read_are_named(store, keeping):
    garble(store, *pages_of_journal(store))
    found = look(keeping)
    assert {finding.check for finding in found} >= {"store", "journal"}
    assert any("to" in finding.where for finding in found if finding.check == "journal")


def test_a_file_that_is_no_store_any_more_is_told(store, keeping):
    garble(store, 1)
    found = look(keeping, deep=True)
    assert {"store", "journal"} <= {finding.check for finding in found}
    assert all(finding.do for finding in found)


# ── what is derived ──


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        (
            "UPDATE item SET state = 'junk' WHERE state = 'new' AND id = (SELECT min(id) FROM item WHERE state = 'new')",
            "item",
        ),
        ("UPDATE open_path SET junk = junk + 1", "open_path"),
        ("UPDATE gold SET junk_bulk = 99", "gold"),
        ("DELETE FROM handled WHERE item_id = (SELECT min(item_id) FROM handled)", "handled"),
        ("UPDATE tally SET n = n + 1", "tally"),
        ("UPDATE batch SET undone = 1 WHERE seq = 3", "batch"),
        ("DELETE FROM call", "call"),
        ("UPDATE note SET text = 'another'", "note"),
        ("UPDATE message SET text = 'another' WHERE id = 1", "message_fts"),
        ("DELETE FROM message_zone", "message_zone"),
        ("DELETE FROM note_fts_data WHERE id > 10", "note_fts"),
    ],
)
def test_what_is_not_as_the_journal_says_is_found_and_made_anew(store, keeping, statement, where):
    change(store, statement)
    found = look(keeping, deep=True)
    assert where in {finding.where for finding in found}
    assert all("--repair" in finding.do for finding in found if finding.check == "derived")
    keeping.repair()
    assert look(keeping, deep=True) == []


def test_a_damaged_store_is_not_made_anew(store, keeping):
    change(store, "UPDATE journal SET payload = '{}' WHERE seq = 2")
    before = store.read_bytes()
    with pytest.raises(Exception, match="entry 2"):
        keeping.repair()
    assert store.read_bytes()[100:] == before[100:]


# ── around it ──


def test_what_others_can_read_is_told_with_the_command_that_ends_it(store, keeping):
    made = keeping.backups()[0].path
    made.chmod(0o644)
    store.chmod(0o640)
    found = look(keeping)
    assert {finding.where for finding in found} >= {str(made), str(store)}
    assert all("chmod 600" in finding.do for finding in found)


def test_a_config_that_others_can_change_is_told(store, keeping):
    config = store.parent / "config.toml"
    config.write_text("")
    config.chmod(0o666)
    (finding,) = look(keeping)
    assert (finding.check, finding.where) == ("permissions", str(config))


def test_without_a_backup_it_says_so(store, keeping):
    for made in keeping.backups():
        made.path.unlink()
    (finding,) = look(keeping)
    assert (finding.check, finding.what) == ("backups", "There is no backup")


def test_an_old_backup_is_a_finding_only_when_something_changed(store, keeping, clock):
    clock.forward(days=30)
    assert look(keeping) == []
    with closing(Inbox.open(store)) as inbox:
        inbox.apply(Note("new"), inbox.ids(View.ALL)[:1])
    (finding,) = look(keeping)
    assert "30 d old" in finding.what


def test_damage_that_a_sitting_met_is_told_until_it_is_looked_at(store, keeping):
    keeping.note_damage("malformed")
    assert "found damaged" in look(keeping)[0].what
    keeping.refuse_damage()  # it is sound after all
    assert look(keeping) == []
    assert not os.path.lexists(f"{store}.damage")
