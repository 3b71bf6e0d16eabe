"""Names and texts with letters that not every keyboard has are found by what people type, and offered."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from linkinbox.decisions import Accept, Note
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.query import Text
from linkinbox.store.finding import matching
from linkinbox.store.finding.spelling import Vocabulary
from linkinbox.store.finding.typed import Words
from tests.builders import ExportBuilder
from tests.conftest import Clock


@pytest.fixture(scope="module")
def some(tmp_path_factory):
    folder = tmp_path_factory.mktemp("letters")
    inbox = Inbox.open(folder / "inbox.db", clock=Clock())
    export = (
        ExportBuilder()
        .invitation("Håkon Ødegaard", note="We hire an auditor", at="2026-11-09 10:00")
        .message("Agnieszka Kłos", "Die Straße nach Łódź", at="2026-11-08 10:00")
        .invitation("Oğuz Aydınlı", note="Coffee?", at="2026-11-07 10:00")
        .message("Emre Yıldız", "about an odometer", at="2026-11-06 10:00")
        .invitation("Þórður Ægisson", at="2026-11-05 10:00")
        .message("Frieda Becker", "our friends in Rotterdam", at="2026-11-04 10:00")
        .invitation("Frieda Möller", at="2026-11-03 10:00")
        .invitation("Zoë Lind", at="2026-11-02 10:00")
        .connection("Frieda Becker", company="Køhl Łódź", position="Straßenmeister")
    )
    inbox.import_from(export.zip(folder))
    ids = {row.person.name.split()[0]: row.id for row in inbox.rows(inbox.ids(View.ALL)[:])}
    inbox.apply(Note("met by the Øresund"), [ids["Zoë"]])
    inbox.apply(Accept(reason="area: Gdańsk and Łeba"), [ids["Håkon"]])
    yield inbox
    inbox.close()


def found(inbox, query):
    return " ".join(row.person.name.split()[0] for row in inbox.rows(inbox.ids(View.ALL, query)[:]))


FOUND = [
    ("odegaard", "Håkon"),
    ("ØDEGAARD", "Håkon"),
    ("od", "Håkon Emre"),
    ("klos", "Agnieszka"),
    ("kłos", "Agnieszka"),
    ("aydinli", "Oğuz"),
    ("yildiz", "Emre"),
    ("yıld", "Emre"),
    ("strasse", "Agnieszka"),
    ("stras", "Agnieszka"),
    ("straße", "Agnieszka"),
    ("thord", "Þórður"),
    ("t", "Þórður Zoë"),
    ("aegi", "Þórður"),
    ("a", "Håkon Agnieszka Oğuz Emre Þórður"),
    ("lodz strasse", "Agnieszka"),
    ("from:odegaard", "Håkon"),
    ("from:yildiz", "Emre"),
    ('"strasse nach lo"', "Agnieszka"),
    ('from:"agnieszka klos"', "Agnieszka"),
    ("oresund", "Zoë"),
    ("note:oresund", "Zoë"),
    ("leba", "Håkon"),
    ("reason:leba", "Håkon"),
    ("company:kohl", "Frieda"),
    ("company:lodz", "Frieda"),
    ('company:"kohl lodz"', "Frieda"),
    ("role:strassen", "Frieda"),
]


@pytest.mark.parametrize(("query", "who"), FOUND)
def test_they_are_found_by_what_is_typed(some, query, who):
    assert found(some, query) == who


@pytest.mark.parametrize("together", [0, 1_000])  # messages of which an index is asked; fewer are read
@pytest.mark.parametrize(("query", "who"), FOUND)
def test_they_are_found_among_what_was_found(some, query, who, together, monkeypatch):
    monkeypatch.setattr(matching, "_TOGETHER", together)
    within = some.among(some.ids(View.ALL)[:], some.query(query))
    names = {row.person.name.split()[0] for row in some.rows(within[:])}
    assert names == set(who.split())


def test_a_name_that_comes_later_is_found_by_what_was_in_vain_before(filled, tmp_path):
    inbox = filled(ExportBuilder().invitation("Ana Ruiz"))
    assert found(inbox, "ostergaard") == ""
    inbox.import_from(ExportBuilder().invitation("Bo Østergaard").zip(tmp_path, "later.zip"))
    assert found(inbox, "ostergaard") == "Bo"


def test_where_nobody_is_written_otherwise_the_indexes_are_asked_as_if_nobody_could_be(filled):
    inbox = filled(ExportBuilder().invitation("Ana Ruiz", note="Logistics, and all the good old ships"))
    words = Words(Vocabulary(inbox._store.conn), [Text("logis"), Text("the"), Text("old")])
    assert [match.query for match in words.matches("message")] == ['("logistics") AND "the"* AND "old"*']
    assert [match.query for match in words.matches("note")] == ['"logis"* AND "the"* AND "old"*']


def test_a_letter_more_asks_for_what_is_new_only(some):
    asked: list[str] = []
    with closing(Inbox.open(some.path, clock=Clock())) as opened:
        opened._store.conn.set_trace_callback(lambda sql: asked.append(sql) if "FROM message_word" in sql else None)
        found(opened, "odega")
        before = {*asked}
        asked.clear()
        found(opened, "odegaa")
        opened._store.conn.set_trace_callback(None)
    assert any("'ø'" in sql for sql in before)
    assert not [sql for sql in asked if sql in before and "\x01" not in sql]


# ── what is offered ──


@pytest.mark.parametrize(
    ("beginning", "names"),
    [
        ("frie", ["Frieda Becker", "Frieda Möller"]),
        ("moll", ["Frieda Möller"]),
        ("frieda m", ["Frieda Möller"]),
        ("zoe", ["Zoë Lind"]),
        ("ZOË", ["Zoë Lind"]),
        ("ode", ["Håkon Ødegaard"]),
        ("becker", ["Frieda Becker"]),
        ("rotterdam", []),
        ("alex", []),
    ],
)
def test_everybody_is_offered_by_any_word_of_their_name(some, beginning, names):
    assert some.known_values("from", beginning) == names


def test_contacts_are_offered_first(filled):
    inbox = filled(
        ExportBuilder()
        .invitation("Ann Abel", at="2026-11-03 10:00")
        .message("Cy Ann", at="2026-10-01 10:00")
        .invitation("Bo Ann", at="2026-11-02 10:00")
        .connection("Cy Ann")
    )
    assert inbox.known_values("from", "ann")[0] == "Cy Ann"
    assert set(inbox.known_values("from", "ann")) == {"Cy Ann", "Ann Abel", "Bo Ann"}


@pytest.mark.parametrize(
    ("operator", "beginning"), [("from", "frie"), ("from", "o"), ("from", "bo l"), ("role", "str")]
)
def test_nothing_is_walked_over_for_an_offer(some, operator, beginning):
    statements: list[str] = []
    with closing(Inbox.open(some.path, clock=Clock())) as opened, closing(sqlite3.connect(some.path)) as conn:
        opened._store.conn.set_trace_callback(statements.append)
        opened.known_values(operator, beginning)
        opened._store.conn.set_trace_callback(None)
        plans = [
            step[3]
            for sql in statements
            if sql.startswith(("SELECT", "WITH")) and "_fts_" not in sql and "temp." not in sql and "'main'" not in sql
            for step in conn.execute(f"EXPLAIN QUERY PLAN {sql}")
        ]
    assert plans
    assert not [plan for plan in plans if "TEMP B-TREE" in plan]
    scans = [plan for plan in plans if plan.startswith("SCAN") and "VIRTUAL" not in plan]
    assert not [scan for scan in scans if scan not in ("SCAN value", "SCAN f", "SCAN CONSTANT ROW")], scans
