"""Tags: put on and taken away, undone, found by item and by tag, and kept through all that happens to a store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.decisions import Junk, Tag
from linkinbox.errors import UsageError
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.model import State, Verb, View
from linkinbox.store.rebuild import rebuild
from linkinbox.store.refold import differences
from tests.builders import ExportBuilder
from tests.conftest import NOW

Fill = Callable[[ExportBuilder], Inbox]


@pytest.fixture
def three(filled: Fill) -> Inbox:
    return filled(ExportBuilder().invitation("Ana Ruiz", note="Hello").invitation("Ben Lee").invitation("Cy Fox"))


@pytest.fixture
def ids(three: Inbox) -> list[int]:
    return three.ids(View.ALL)[:]


def tags(inbox: Inbox) -> list[tuple[str, ...]]:
    return [row.tags for row in inbox.rows(inbox.ids(View.ALL)[:])]


def test_a_tag_is_an_entry_and_stands_in_the_row_and_on_the_card(three: Inbox, ids: list[int]):
    change = three.apply(Tag(("reefer", "cold")), ids[:1])
    assert (change.verb, change.tagged, change.rows[0].tags) == (Verb.TAG, "#reefer #cold", ("cold", "reefer"))
    assert three.item(ids[0]).row.tags == ("cold", "reefer")
    assert three.log()[0].payload == {"add": ["reefer", "cold"]}


def test_a_tag_handles_nothing(three: Inbox, ids: list[int]):
    before = three.counts(), three.figures()
    three.apply(Tag(("reefer",)), ids)
    assert (three.counts(), three.figures()) == before
    assert three.rows(ids)[0].state is State.NEW


def test_one_is_put_on_and_another_taken_away_in_one_act(three: Inbox, ids: list[int]):
    three.apply(Tag(("cold",)), ids[:1])
    change = three.apply(Tag(("reefer",), ("cold",)), ids)
    assert change.tagged == "#reefer, no longer #cold"
    assert tags(three) == [("reefer",)] * 3
    assert three.tags() == [("reefer", 3)]
    three.undo()
    assert tags(three) == [("cold",), (), ()]
    three.redo()
    assert tags(three) == [("reefer",)] * 3


def test_what_is_tagged_so_already_is_no_act(three: Inbox, ids: list[int]):
    three.apply(Tag(("reefer",)), ids[:2])
    again = three.apply(Tag(("reefer",), ("cold",)), ids[:2])
    assert (again.batch, again.tagged, len(three.log())) == ("", "", 2)
    assert three.apply(Tag(("reefer",)), ids).ids == (ids[2],)


def test_no_tag_is_refused(three: Inbox, ids: list[int]):
    with pytest.raises(UsageError, match="No tag was named"):
        three.apply(Tag(), ids)


def test_they_are_counted_the_most_used_first(three: Inbox, ids: list[int]):
    three.apply(Tag(("port", "cold")), ids[:1])
    three.apply(Tag(("reefer",)), ids)
    assert three.tags() == [("reefer", 3), ("cold", 1), ("port", 1)]


def test_decisions_leave_them_alone(three: Inbox, ids: list[int]):
    three.apply(Tag(("reefer",)), ids[:1])
    three.apply(Junk(), ids)
    assert three.item(ids[0]).row.tags == ("reefer",)


# ── kept ──


def test_a_rebuild_gives_the_same_and_the_doctor_finds_no_difference(three: Inbox, ids: list[int], store_path: Path):
    three.apply(Tag(("reefer", "cold")), ids)
    three.apply(Tag((), ("cold",)), ids[1:])
    before = tags(three)
    three.close()
    with closing(sqlite3.connect(store_path, isolation_level=None)) as conn:
        conn.execute("DELETE FROM item_tag WHERE tag = 'reefer'")
        conn.execute("INSERT INTO item_tag VALUES ('never', 1)")
        assert [table for table, _ in differences(store_path, NOW)] == ["item_tag"]
        conn.execute("BEGIN")
        rebuild(conn, NOW)
        conn.execute("COMMIT")
    assert not [*differences(store_path, NOW)]
    with closing(Inbox.open(store_path)) as again:
        assert tags(again) == before


def test_those_given_after_the_backup_come_along(three: Inbox, ids: list[int], store_path: Path, keeping: Keeping):
    three.apply(Tag(("cold",)), ids)
    keeping.back_up()
    three.apply(Tag(("reefer",), ("cold",)), ids[:2])
    three.close()
    assert keeping.restore(keeping.find("newest"), keep_newer=True).reapplied == 2
    with closing(Inbox.open(store_path)) as again:
        assert tags(again) == [("reefer",), ("reefer",), ("cold",)]


def test_they_leave_with_every_export(three: Inbox, ids: list[int], tmp_path: Path):
    three.apply(Tag(("reefer", "cold")), ids[:1])
    listed = json.loads(three.export(tmp_path / "all.json").read_text())
    assert [item["tags"] for item in listed] == [["cold", "reefer"], [], []]
    assert '"cold reefer"' in three.export(tmp_path / "all.csv").read_text()
    with closing(sqlite3.connect(three.export(tmp_path / "all.db"))) as conn:
        assert conn.execute("SELECT tags FROM inbox").fetchall() == [("cold reefer",), (None,), (None,)]


def test_items_are_found_by_their_tag_by_an_index(three: Inbox):
    for where in ("tag = 'reefer'", "item_id = 1"):
        plan = three._store.conn.execute(f"EXPLAIN QUERY PLAN SELECT item_id FROM item_tag WHERE {where}").fetchall()
        assert "SEARCH" in plan[0][-1]
