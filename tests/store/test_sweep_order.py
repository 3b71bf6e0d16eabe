"""The order of a sweep: words first, then the answers owed, then those who wrote nothing; newest first in each."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from linkinbox.decisions import Accept, Junk
from linkinbox.inbox import Inbox
from linkinbox.model import View
from tests.builders import ExportBuilder
from tests.store.first_schema import make_first_store
from tests.store.test_pages import plan, statements


@pytest.fixture
def mixed(filled):
    """Two notes, two without, a thread and an answer owed, in an order of time that is none of the sweep."""
    export = ExportBuilder().invitation("Ana", note="Enjoyed your talk").invitation("Bob").message("Cy", "Tuesday?")
    export.message("Dan", "Are you around?").invitation("Eve", note="Hello").invitation("Fay")
    inbox = filled(export)
    inbox.apply(Accept(), [id_ for id_ in inbox.ids(View.NEW) if name_of(inbox, id_) == "Cy"])
    return inbox


def name_of(inbox, id_):
    return inbox.rows([id_])[0].person.name


def names(inbox, view=View.SWEEP, words=""):
    return [name_of(inbox, id_) for id_ in inbox.ids(view, words)]


def test_words_come_first_then_answers_owed_then_those_without_words(mixed):
    assert names(mixed) == ["Eve", "Dan", "Ana", "Cy", "Fay", "Bob"]
    assert mixed.counts()[View.SWEEP] == 6


def test_a_search_in_the_sweep_finds_only_what_is_in_it(mixed):
    assert names(mixed, words="tuesday") == ["Cy"]
    mixed.apply(Junk(), [mixed.ids(View.SWEEP)[0]])
    assert names(mixed, words="hello") == []


def test_a_note_that_a_later_export_tells_moves_its_invitation_up(mixed, tmp_path):
    later = ExportBuilder().invitation("Bob", note="We met in Porto", at=mixed.rows([mixed.ids(View.SWEEP)[5]])[0].at)
    mixed.import_from(later.zip(tmp_path, "later.zip"))
    assert names(mixed) == ["Eve", "Dan", "Bob", "Ana", "Cy", "Fay"]


def test_a_thread_counts_by_its_newest_message(mixed, tmp_path):
    later = ExportBuilder().message("Dan", "", attachments=["cv.pdf"], at="2026-11-19T10:00")
    mixed.import_from(later.zip(tmp_path, "later.zip"))
    assert names(mixed) == ["Eve", "Ana", "Cy", "Dan", "Fay", "Bob"]


def test_a_sweep_of_many_is_read_in_pages_without_a_gap(filled):
    export = ExportBuilder()
    for number in range(700):
        export.invitation(f"Person {number:03}", note="hello" if number % 3 else "")
    inbox = filled(export)
    ids = inbox.ids(View.SWEEP)
    assert len(ids) == 700
    while ids.fill(37):
        pass
    rows = inbox.rows(ids[:])
    assert len({row.id for row in rows}) == 700
    assert [bool(row.text) for row in rows] == [True] * 466 + [False] * 234
    assert [row.at for row in rows[466:]] == sorted((row.at for row in rows[466:]), reverse=True)


def test_no_part_of_a_sweep_is_scanned_or_sorted(mixed):
    told = [plan(mixed, sql) for sql in statements(mixed, lambda: mixed.ids(View.SWEEP)[:]) if "FROM item" in sql]
    assert sum("item_sweep (worded=?" in step for step in told) == 2
    in_order = "SCAN item USING INDEX item_owed"  # from its newest end, as far as is asked for
    assert not [step for step in told if "SCAN" in step.replace(in_order, "") or "TEMP B-TREE" in step]


def test_a_store_of_the_first_version_has_its_sweep_too(store_path, clock):
    store_path.parent.mkdir()
    make_first_store(store_path, people=4)
    conn = sqlite3.connect(store_path)
    conn.execute("UPDATE message SET text = '' WHERE id = 3")
    conn.commit()
    conn.close()
    with closing(Inbox.open(store_path, clock=clock)) as inbox:
        assert names(inbox) == ["Person 1", "Person 3"]
