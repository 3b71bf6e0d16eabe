"""Search over names, texts and notes."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing, suppress
from datetime import datetime, timedelta
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.decisions import Junk, Note
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.query import QueryError
from linkinbox.store.finding import planning, sources, typed
from linkinbox.store.schema.searching import TOKENIZER
from tests.builders import ExportBuilder
from tests.conftest import Clock


@pytest.fixture
def some(filled):
    return filled(
        ExportBuilder()
        .invitation("Ana Ruiz", note="Enjoyed your talk on cold-chain audits")
        .invitation("Zoë Søren", note="Logistics in Rotterdam")
        .message("Ben Lee", "About logistics", at="2026-10-01 10:00")
        .sent("Ben Lee", "The Zürich office handles that", at="2026-10-02 10:00")
        .message("田中 美咲", "您好，我想和您建立联系", at="2026-09-01 10:00")
    )


def found(inbox, words, view=View.ALL):
    ids = inbox.ids(view, words)
    return [row.person.name for row in inbox.rows(ids[: len(ids)])]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("ana", {"Ana Ruiz"}),
        ("RUI", {"Ana Ruiz"}),
        ("cold chain", {"Ana Ruiz"}),
        ("cold_chain", {"Ana Ruiz"}),
        ("logis", {"Zoë Søren", "Ben Lee"}),
        ("l", {"Zoë Søren", "Ben Lee"}),
        ("zoe", {"Zoë Søren"}),
        ("zoe\u0308", {"Zoë Søren"}),
        ("ZÜRICH OFFI", {"Ben Lee"}),
        ("zurich", {"Ben Lee"}),
        ("您好", {"田中 美咲"}),
        ("田", {"田中 美咲"}),
        ("logistics rotterdam", {"Zoë Søren"}),
        ("nothing of the kind", set()),
        ("logisticsx", set()),
        ("?!", set()),
        ("   ", {"Ana Ruiz", "Zoë Søren", "Ben Lee", "田中 美咲"}),
    ],
)
def test_every_word_must_be_there_as_a_beginning(some, words, who):
    assert set(found(some, words)) == who


def test_the_newest_is_first(some):
    assert found(some, "logistics") == ["Zoë Søren", "Ben Lee"]


def test_a_view_narrows_a_search(some):
    (ana,) = some.ids(View.ALL, "ana")
    some.apply(Junk(), [ana])
    assert found(some, "ana", View.NEW) == []
    assert found(some, "ana", View.JUNK) == ["Ana Ruiz"]


def test_notes_are_found(some):
    some.apply(Note("Hamburg fair"), some.ids(View.ALL, "ana"))
    assert found(some, "hamburg") == ["Ana Ruiz"]


@given(words=st.text(max_size=40))
def test_what_was_typed_is_written_as_the_index_writes_it(words):
    assert set(typed.typed_beginnings(words)) == indexed(words)


def indexed(words):
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute(f"CREATE VIRTUAL TABLE t USING fts5(x, tokenize='{TOKENIZER}')")
        conn.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, row)")
        conn.execute("INSERT INTO t VALUES (?)", (words,))
        return {term for (term,) in conn.execute("SELECT term FROM v")}


@pytest.mark.parametrize(
    "words",
    ["O'Brien", "say hi", "AND", "NEAR", "a*b", "-x", '"col:y"', "^", "\0", "{}", "\ud800", "½ñ", "word " * 999],
)
def test_what_fts_would_take_for_syntax_is_only_words(some, words):
    found(some, words)


@given(words=st.text(max_size=40))
def test_no_input_is_an_error_of_the_store(grown, words):
    with suppress(QueryError):
        grown.ids(View.ALL, words)


# ── a store that grew: older mail came later, threads went on, and messages of one thread lie far apart ──

VOCABULARY = (
    "all",
    "alloy",
    "fair",
    "fairly",
    "offer",
    "offered",
    "offering",
    "rare",
    "teamwork",
    "team",
    "über",
    "好的",
)
BEGIN = datetime(2024, 1, 1)


def _year(rng, year, texts):
    export = ExportBuilder(as_of=datetime(2026, 11, year).date())
    for number in range(texts):
        at = BEGIN + timedelta(days=365 * (year % 3), minutes=rng.randrange(500_000))
        weights = [30, 5, 20, 5, 10, 5, 5, 0.2, 5, 5, 5, 5]
        text = " ".join(rng.choices(VOCABULARY, weights, k=3))
        if rng.random() < 0.5:
            export.invitation(f"Ann {year}x{number}", note=text, at=at)
        else:
            export.message(f"Bob {rng.randrange(300)}", f"{text} {year} {number}", at=at)
    return export


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    folder, rng = tmp_path_factory.mktemp("grown"), random.Random(7)
    inbox = Inbox.open(folder / "inbox.db")
    for year, texts in ((4, 1200), (2, 900), (3, 600), (5, 100)):
        inbox.import_from(_year(rng, year, texts).zip(folder))
    ids = inbox.ids(View.ALL)[:]
    inbox.apply(Junk(), rng.sample(ids, 600))
    inbox.apply(Note("offer of a rare fair"), rng.sample(ids, 5))
    yield inbox
    inbox.close()


@pytest.fixture(scope="module")
def texts(grown):
    """What each item says, newest item first: its state, and the words of each message and note."""
    with closing(sqlite3.connect(grown.path)) as conn:
        said = conn.execute(
            """SELECT i.at, i.id, i.state, lower(x.text) FROM item i
               JOIN (SELECT item_id, sender || ' ' || text AS text FROM message
                     UNION ALL SELECT item_id, name || ' ' || text FROM note) x ON x.item_id = i.id
               ORDER BY i.at DESC, i.id DESC"""
        ).fetchall()
    return [(id_, state, re.findall(r"\w+", text.replace("ü", "u"))) for _, id_, state, text in said]


def by_looking_at_all(texts, beginnings, state):
    hits = (
        id_
        for id_, its_state, words in texts
        if state in {None, its_state} and all(any(word.startswith(b) for word in words) for b in beginnings)
    )
    return list(dict.fromkeys(hits))


@given(
    words=st.lists(
        st.sampled_from([w[:n] for w in (*VOCABULARY, "bob", "ann") for n in range(1, 9)]), min_size=1, max_size=3
    ),
    limit=st.sampled_from([1, 10, 300, 10_000]),
    view=st.sampled_from([View.ALL, View.ALL, View.JUNK, View.NEW]),
    first=st.sampled_from([1, 2, 16]),
    few=st.sampled_from([0, 20, 500]),
    forms=st.sampled_from([1, 64]),
    bite=st.sampled_from([0, 1]),
)
def test_it_finds_what_looking_at_all_finds(grown, texts, words, limit, view, first, few, forms, bite):
    beginnings = [word.replace("ü", "u") for word in words]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typed, "FORMS", forms)
        patch.setattr(planning, "FEW", few)
        for name, value in (("FIRST", first), ("FEW", few), ("BITE", bite), ("GAP", 1)):
            patch.setattr(sources, name, value)
        ids = grown.ids(view, " ".join(words), limit=limit)[:]
    assert ids == by_looking_at_all(texts, beginnings, {View.ALL: None}.get(view, view.value))[:limit]


def test_a_thread_that_goes_on_is_found_by_its_old_words_as_new(filled, tmp_path):
    start = ExportBuilder(as_of=datetime(2026, 1, 20).date()).message("Ana Ruiz", "zugzwang", at="2020-01-01 10:00")
    for number in range(600):
        start.message(f"Bob {number}", "zugzwang too", at=datetime(2021, 1, 1) + timedelta(hours=number))
    inbox = filled(start)
    inbox.import_from(ExportBuilder().message("Ana Ruiz", "still there?", at="2026-10-01 10:00").zip(tmp_path, "b.zip"))
    assert inbox.rows(inbox.ids(View.ALL, "zugzwang", limit=1)[:])[0].person.name == "Ana Ruiz"


# ── what it costs ──


def traced(inbox, words, view=View.ALL):
    statements: list[str] = []
    with closing(Inbox.open(inbox.path, clock=Clock())) as opened, closing(sqlite3.connect(inbox.path)) as conn:
        opened._store.conn.set_trace_callback(statements.append)
        opened.ids(view, words, limit=10)
        opened._store.conn.set_trace_callback(None)
        statements = [sql for sql in statements if not any(own in sql for own in OF_INDEX)]
        plans = [
            row[3]
            for sql in statements
            if sql.startswith("SELECT")
            for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}")
        ]
    return statements, plans


OF_INDEX = ("_fts_", "'main'", "temp.")  # what the index asks of itself, and its vocabularies
SMALL = ("SCAN gold", "SCAN tally", "SCAN CONSTANT ROW", "SCAN (subquery")  # a few dozen rows, or those of a statement


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("words", ["al", "alloy", "rare", "offer team", "nobody"])
def test_no_statement_walks_over_a_table(grown, words, view):
    statements, plans = traced(grown, words, view)
    scans = [plan for plan in plans if plan.startswith("SCAN") and "VIRTUAL" not in plan]
    assert not [plan for plan in plans if "TEMP B-TREE" in plan]
    assert [scan for scan in scans if "message_zone_newest" not in scan and not scan.startswith(SMALL)] == []
    assert len([sql for sql in statements if sql.startswith("SELECT")]) <= 80


def test_plain_words_are_looked_for_without_a_plan(grown):
    statements, _ = traced(grown, "all team")
    forms = [sql for sql in statements if "FROM message_word" in sql]
    assert not [sql for sql in statements if re.search("FROM (tally|person|gold|item_tag)", sql)]
    assert len(forms) == len(set(forms)), "the words that begin so are looked up once"


def test_no_more_is_asked_for_than_the_hits_need(grown, monkeypatch):
    monkeypatch.setattr(sources, "BITE", 1)
    asked: list[int] = []
    monkeypatch.setattr(sources.Source, "_ask", lambda _self, size: asked.append(size) or [])
    source = sources.Source(grown._store.conn, 8)
    source.ask_more(inf)  # nothing is known of it so far
    source.ask_more(0.5)  # half as much will do
    source.ask_more(inf)  # there were none in it
    assert asked == [8, 4, 64]


def test_messages_are_asked_for_as_if_nothing_had_been_asked_before(grown, monkeypatch):
    monkeypatch.setattr(sources, "BITE", 1)
    asked: list[tuple[str | None, int]] = []
    ask = sources.WordSource._ask
    monkeypatch.setattr(
        sources.WordSource, "_ask", lambda self, size: asked.append((self._own, size)) or ask(self, size)
    )
    grown.ids(View.ALL, "al", limit=1)
    assert [own for own, _ in asked][:2] == ["note", None]
    assert asked[1] == (None, sources.FIRST)


def steps(inbox, words):
    """Hundreds of instructions of SQLite's machine that a search takes."""
    taken = []
    with closing(Inbox.open(inbox.path, clock=Clock())) as opened:
        opened._store.conn.set_progress_handler(lambda: taken.append(1), 100)
        opened.ids(View.ALL, words, limit=100)
    return len(taken)


def test_a_search_costs_the_same_at_any_size(filled, tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "FIRST", 1)
    monkeypatch.setattr(planning, "SOME", 20)
    monkeypatch.setattr(sources, "MORE", 1)
    monkeypatch.setattr(sources, "BITE", 1)
    sizes = []
    for part in range(3):
        export = ExportBuilder(as_of=datetime(2026, 11, 1 + part).date())
        for number in range(1_100):
            note = "all" + (" medium" if number % 4 == 0 else "") + (" rare" if number % 400 == 0 else "")
            export.invitation(f"Ann {part}x{number}", note=note, at=BEGIN + timedelta(hours=1_100 * part + number))
        inbox = filled(export)
        sizes.append([steps(inbox, words) for words in ("a", "all", "medium", "rare")])
    assert all(larger < smaller * 1.3 + 50 for smaller, larger in zip(sizes[1], sizes[2], strict=True)), sizes
