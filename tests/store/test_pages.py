"""Views as stable snapshots, read a page at a time; nothing that grows with the store on the path of a key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Gold, Junk
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.store import pages
from tests.builders import ExportBuilder
from tests.conftest import Clock
from tests.stores import made_once


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("many") / "inbox.db"


@pytest.fixture
def many(kept: Path, store_path: Path, tmp_path: Path, clock: Clock) -> Iterator[Inbox]:
    def make(path: Path) -> None:
        export = ExportBuilder()
        for number in range(700):
            export.invitation(f"Person {number:03}", note=f"note {number}")
        with closing(Inbox.open(path, clock=clock)) as inbox:
            inbox.import_from(export.zip(tmp_path))

    with closing(Inbox.open(made_once(kept, make, store_path), clock=clock)) as inbox:
        yield inbox


def test_the_newest_is_first(many):
    (row,) = many.rows(many.ids(View.NEW)[:1])
    assert row.person.name == "Person 699"


def test_the_length_is_known_before_the_tail_is_loaded(many):
    ids = many.ids(View.NEW)
    assert len(ids._loaded) == pages.FIRST_PAGE
    assert len(ids) == 700


def test_any_place_can_be_read_and_slices_agree_with_single_ids(many):
    ids = many.ids(View.NEW)
    last = ids[699]
    assert ids[-1] == last
    assert ids[690:] == [ids[number] for number in range(690, 700)]
    with pytest.raises(IndexError):
        ids[700]


def test_an_id_is_found_wherever_it_stands(many):
    every = many.ids(View.NEW)[:]
    assert many.ids(View.NEW).index(every[3]) == 3
    assert many.ids(View.NEW).index(every[-1]) == 699
    with pytest.raises(ValueError, match="12345678"):
        many.ids(View.NEW).index(12345678)


def test_filling_in_small_steps_ends_with_everything(many):
    ids = many.ids(View.NEW)
    steps = 0
    while ids.fill(100):
        steps += 1
    assert steps == 4
    assert len(set(ids)) == 700


def test_a_decision_moves_no_row_of_an_open_view(many):
    ids = many.ids(View.NEW)
    before = ids[:10]
    many.apply(Junk(), [before[3]])
    assert ids[:10] == before
    assert before[3] not in many.ids(View.NEW)[:10]


def test_rows_come_in_the_order_asked_and_missing_ones_are_left_out(many):
    ids = many.ids(View.NEW)[:3]
    assert [row.id for row in many.rows([ids[2], 10**9, ids[0]])] == [ids[2], ids[0]]


def test_a_list_reads_only_the_beginning_of_a_text(inbox, tmp_path):
    inbox.import_from(ExportBuilder().message("Ana Ruiz", "x" * 5000).zip(tmp_path))
    (id_,) = inbox.ids(View.NEW)
    assert len(inbox.rows([id_])[0].text) == pages.EXCERPT
    assert len(inbox.rows([id_], whole_text=True)[0].text) == 5000


# ── guards that hold on any machine: what is asked of SQLite, and how it answers ──


def statements(inbox, act) -> list[str]:
    conn, told = inbox._store.conn, []
    conn.set_trace_callback(told.append)
    try:
        act()
    finally:
        conn.set_trace_callback(None)
    return told


def plan(inbox, statement: str) -> str:
    return " | ".join(row[3] for row in inbox._store.conn.execute(f"EXPLAIN QUERY PLAN {statement}"))


@pytest.mark.parametrize("view", [view for view in View if view is not View.GOLD])
def test_no_view_scans_or_sorts_the_items(many, view):
    for statement in statements(many, lambda: many.ids(view)[:]):
        if "FROM item" in statement and "DISTINCT" not in statement:  # what is judged is a page, by key
            told = plan(many, statement)
            assert "SCAN item USING" in told or "SCAN item" not in told, (statement, told)
            assert "TEMP B-TREE" not in told, (statement, told)


def test_starting_asks_for_no_count_of_the_items(many):
    def start():
        many.counts()
        many.rows(many.ids(View.NEW)[:40])
        many.figures()
        many.item(many.ids(View.NEW)[0])

    for statement in statements(many, start):
        if re.search(r"count\(\*\)", statement):
            told = plan(many, statement)
            assert re.search(r"USING (COVERING )?INDEX|FROM tally|gold", told), (statement, told)
            assert "SCAN item" not in told.replace("SCAN item USING COVERING INDEX item_back", ""), (statement, told)


def test_a_decision_asks_as_much_in_a_small_store_as_in_a_large_one(many, tmp_path, clock):
    from linkinbox.inbox import Inbox

    small = Inbox.open(tmp_path / "small" / "inbox.db", clock=clock)
    small.import_from(ExportBuilder().invitation("Ana Ruiz").invitation("Ben Lee").zip(tmp_path, "small.zip"))
    told = []
    for one in (many, small):
        (id_,) = one.ids(View.NEW)[:1]
        told.append(len(statements(one, lambda one=one, id_=id_: one.apply(Accept(), [id_]))))
    small.close()
    assert told[0] == told[1]


def test_figures_read_as_many_rows_as_there_are_golds(many):
    many.apply(Junk(), many.ids(View.NEW)[:400])
    many.apply(Accept(), many.ids(View.NEW)[:1])
    many.apply(Gold(), many.ids(View.TO_ACCEPT)[:1])
    for statement in statements(many, many.figures):
        told = plan(many, statement)
        assert "SCAN journal" not in told
        assert "SCAN h" not in told or "LIMIT 1" in statement, (statement, told)
