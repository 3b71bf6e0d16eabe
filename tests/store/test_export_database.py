import json
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlite_utils import Database

from linkinbox.decisions import Accept, Call, Done, Gold, Junk, Note
from linkinbox.errors import UsageError
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.store.exports.database import VIEWS
from tests.builders import ExportBuilder


@pytest.fixture
def exported(filled, clock, tmp_path):
    """The path of the exported database of a small sweep."""
    export = ExportBuilder()
    for number in range(8):
        export.invitation(f"Person {number}", note=f"cold chain {number}", at=f"2026-11-0{9 - number} 10:00")
    inbox = filled(export.connection("Person 7", company="Reefer Ltd").sent("Only Mine"))
    ids = list(inbox.ids(View.ALL))
    inbox.apply(Junk(), ids[:1])
    inbox.apply(Junk(), ids[1:3])
    clock.forward(days=4)
    inbox.apply(Accept(note="fair"), ids[3:4])
    inbox.apply(Note("wrote a book"), ids[3:4])
    inbox.apply(Gold(), ids[3:4])
    inbox.apply(Done(), ids[4:5])
    inbox.undo()
    inbox.apply(Call(clock() + timedelta(days=1)), ids[5:6])
    return inbox.export(tmp_path / "my inbox.db")


@pytest.fixture
def db(exported):
    database = Database(exported, execute_plugins=False)
    yield database
    database.close()


def rows(db, sql):
    return list(db.query(sql))


def test_it_is_one_plain_file(exported, db):
    assert db.journal_mode == "delete"
    assert rows(db, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert rows(db, "PRAGMA foreign_key_check") == []
    assert {path.name for path in exported.parent.glob("my inbox.db*")} == {"my inbox.db"}


def test_the_inbox_has_every_item_newest_first_with_its_state(db):
    inbox = rows(db, "SELECT * FROM inbox")
    assert [row["name"] for row in inbox] == [f"Person {number}" for number in range(8)]
    assert [row["state"] for row in inbox] == [
        "junk", "junk", "junk", "to-accept", "new", "to-accept", "new", "filed",
    ]  # fmt: skip
    assert (inbox[3]["notes"], inbox[3]["gold"], inbox[3]["text"]) == ("fair\nwrote a book", 1, "cold chain 3")
    assert inbox[5]["call_at"] == "2026-11-29T09:30:00Z"
    assert (inbox[7]["company"], inbox[7]["connected"], inbox[7]["filed_because"]) == ("Reefer Ltd", 1, "connected")


def test_junk_per_contact_is_the_path_to_each(db):
    (gold,) = rows(db, "SELECT * FROM junk_per_contact")
    assert (gold["name"], gold["outcome"]) == ("Person 3", "marked")
    assert (gold["junk"], gold["junk_bulk"], gold["accepted"], gold["done"], gold["days"]) == (1, 2, 1, 0, 4)


def test_decisions_are_the_journal_newest_first(db):
    decisions = rows(db, "SELECT * FROM decisions")
    assert [row["action"] for row in decisions] == [
        "call", "done", "gold", "note", "note", "accept", "junk", "junk", "junk",
    ]  # fmt: skip
    assert [row["undone"] for row in decisions] == [0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert (decisions[3]["note"], decisions[3]["name"]) == ("wrote a book", "Person 3")
    assert decisions[6]["items"] == 2


def test_contacts_are_connections_accepted_and_gold(db):
    contacts = {row["name"]: row for row in rows(db, "SELECT * FROM contacts")}
    assert set(contacts) == {"Person 3", "Person 5", "Person 7"}
    assert (contacts["Person 3"]["gold"], contacts["Person 3"]["notes"]) == ("marked", "fair\nwrote a book")
    assert contacts["Person 7"]["connected_on"] == "2026-01-07"


def test_the_full_text_index_is_in_it(db):
    found = rows(db, "SELECT rowid FROM message_fts WHERE message_fts MATCH 'cold'")
    assert len(found) == 8
    assert [row["text"] for row in rows(db, "SELECT text FROM note_fts WHERE note_fts MATCH 'book'")] == [
        "wrote a book"
    ]


def test_every_table_and_view_is_described_and_every_column_named_is_there(exported, db):
    described = read_metadata(exported.with_name("metadata.yml"))
    assert list(described) == ["my inbox"]
    tables = described["my inbox"]["tables"]
    assert set(tables) >= set(VIEWS)
    for name, about in tables.items():
        columns = {column["name"] for column in rows(db, f"PRAGMA table_info([{name}])")}
        assert about["description"]
        assert set(about.get("columns", {})) | set(about.get("units", {})) <= columns, name
        assert about.get("label_column", next(iter(columns))) in columns, name
        if "fts_table" in about:
            assert about["fts_table"] in db.table_names()
            assert about["fts_pk"] in columns


def read_metadata(path):
    """The little of YAML that it is written in: nested keys, and values on one line."""
    lines = [line for line in path.read_text().splitlines() if line.startswith((" ", "databases"))]
    root: dict = {}
    stack = [(-1, root)]
    for line in lines[lines.index("databases:") + 1 :]:
        indent, (key, _, value) = len(line) - len(line.lstrip()), line.strip().partition(":")
        while stack[-1][0] >= indent:
            stack.pop()
        here = stack[-1][1]
        here[json.loads(key) if key.startswith('"') else key] = value.strip() or (inner := {})
        if not value.strip():
            stack.append((indent, inner))
    return root


def test_a_foreign_metadata_file_is_kept_unless_forced(inbox, tmp_path):
    foreign = tmp_path / "metadata.yml"
    foreign.write_text("title: mine\n")
    with pytest.raises(UsageError, match=r"metadata\.yml"):
        inbox.export(tmp_path / "out.db")
    assert not (tmp_path / "out.db").exists()
    assert foreign.read_text() == "title: mine\n"
    inbox.export(tmp_path / "out.csv")
    inbox.export(tmp_path / "out.db", force=True)
    inbox.export(tmp_path / "next.db")
    assert '"next"' in foreign.read_text()


def test_a_stale_log_beside_a_replaced_file_is_gone(inbox, tmp_path):
    for suffix in ("", "-wal", "-shm", "-journal"):
        (tmp_path / f"out.db{suffix}").write_bytes(b"stale")
    inbox.export(tmp_path / "out.db", force=True)
    assert {path.name for path in tmp_path.glob("out.db*")} == {"out.db"}


def test_the_exported_file_is_a_whole_store(exported):
    with closing(Inbox.open(exported)) as copy:
        assert copy.counts()[View.ALL] == 8
        assert copy.undo().verb == "call"


def test_a_second_export_of_a_copy_has_the_views_anew(exported, tmp_path):
    with closing(Inbox.open(exported)) as copy:
        again = copy.export(tmp_path / "again.db")
    with closing(sqlite3.connect(again)) as conn:
        assert conn.execute("SELECT count(*) FROM inbox").fetchone() == (8,)
