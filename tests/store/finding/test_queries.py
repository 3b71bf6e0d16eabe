"""What a query finds: each operator, and any of them together."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkinbox.decisions import Accept, Gold, Hold, Junk, Note, Tag
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.query import OPERATORS, QueryError
from linkinbox.store.finding import matching, planning, search, sources
from linkinbox.store.finding.matching import Matching
from tests.builders import ExportBuilder
from tests.conftest import NOW, Clock


@pytest.fixture(scope="module")
def some(tmp_path_factory):
    """An inbox with an item for each operator."""
    folder = tmp_path_factory.mktemp("some")
    inbox = Inbox.open(folder / "inbox.db", clock=Clock(), zone=UTC)
    pitch = "We help founders grow and I would love to book a call: https://calendly.com/x"
    export = (
        ExportBuilder()
        .invitation("Ana Ruiz", note="Enjoyed your talk on cold-chain audits", at="2026-11-20 10:00")
        .invitation("Bo Lind", note=pitch, at="2026-06-01 10:00")
        .invitation("Cy Doe", note=f"{pitch} ", at="2026-06-02 10:00")
        .invitation("Di Fox", at="2026-11-01 10:00")
        .message("Eve Gray", "Which port do you use in Rotterdam, and why that one?", at="2026-10-01 10:00")
        .sent("Eve Gray", "Rotterdam, for the cold chain", at="2026-10-02 10:00")
        .message("Eve Gray", "Which of the reefers do you rent out in winter?", at="2026-10-03 10:00")
        .message("Flo Hill", "Thanks", at="2026-09-01 10:00")
        .message("田中 美咲", "您好，我想和您建立联系", at="2026-08-01 10:00")
        .invitation("สมชาย ใจดี", note="ยินดีที่ได้รู้จัก", at="2026-08-02 10:00")
        .connection("Flo Hill", company="Reefer & Søn Ltd", position="Head of Supply")
        .connection("Gus Iver", company="東京海上", position="Captain")
        .message("Gus Iver", "2026 it is", at="2026-07-01 10:00")
    )
    inbox.import_from(export.zip(folder))
    ids = {row.person.name.split()[0]: row.id for row in inbox.rows(inbox.ids(View.ALL)[:])}
    inbox.apply(Junk(), [ids["Bo"]])
    inbox.apply(Accept(reason="area: cold chain"), [ids["Ana"]])
    inbox.apply(Hold(NOW + timedelta(days=3)), [ids["Di"]])
    inbox.apply(Note("met at the Hamburg fair"), [ids["Di"]])
    inbox.apply(Gold(), [ids["Flo"]])
    inbox.apply(Tag(("follow-up",), ()), [ids["Flo"], ids["Eve"]])
    yield inbox
    inbox.close()


def found(inbox, query, view=View.ALL):
    return "".join(row.person.name.split()[0] + " " for row in inbox.rows(inbox.ids(view, query)[:])).strip()


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("from:ana", "Ana"),
        ("from:rotterdam", ""),
        ('from:"eve gr"', "Eve"),
        ("from:美咲", "田中"),
        ("company:reef", "Flo"),
        ("company:sön", "Flo"),
        ('company:"reefer søn"', "Flo"),
        ("company:海上", "Gus"),
        ("role:supply", "Flo"),
        ("role:reefer", ""),
        ('note:"book a call"', "Cy Bo"),
        ('note:"a book"', ""),
        ("note:port", ""),  # a message is no note
        ("note:hamburg", "Di"),
        ("note:ana", ""),
        ("tag:follow", "Eve Flo"),
        ("tag:up", ""),
        ("tag:#FOLLOW-UP -is:gold", "Eve"),
        ("is:new -from:gus", "Eve Flo สมชาย 田中 Cy"),
        ("is:held", "Di"),
        ("is:to-accept", "Ana"),
        ("is:accepted", "Ana"),
        ("is:junk", "Bo"),
        ("is:filed", ""),
        ("is:gold", "Flo"),
        ("is:owed", "Eve"),
        ("is:connected", "Flo Gus"),
        ("is:message -is:connected", "Eve 田中"),
        ("is:invitation is:new", "สมชาย Cy"),
        ("is:sponsored", ""),
        ("is:call", ""),
        ("has:note", "Ana Di สมชาย Cy Bo"),
        ("has:link", "Cy Bo"),
        ("has:question", "Eve"),
        ("has:flag is:new", "Cy"),
        ("flag:twins", "Cy"),
        ("flag:template", ""),
        ("has:reason -is:gold", "Ana Eve"),
        ("reason:cold", "Ana"),
        ("reason:question", "Eve"),
        ("age:<30d", "Ana Di"),
        ("age:>4mo", "Gus Cy Bo"),
        ("before:2026-06-02", "Bo"),
        ("after:2026-06-02 before:2026-07-02", "Gus Cy"),
        ("left:<30d", "Cy"),
        ("left:>100d", "Di"),
        ("twins:1", "Cy Bo"),
        ("twins:>1", ""),
        ("twins:0 is:held", "Di"),
        ("person:ana", "Ana"),
        ("person:https://www.linkedin.com/in/ana-ruiz", "Ana"),
        ("view:held", "Di"),
        ("view:messages -rotterdam -is:connected", "田中"),
        ('"cold chain"', "Ana Eve"),
        ('"chain cold"', ""),
        ('"cold ch" -audits', "Eve"),
        ("(ana OR bo) -talk", "Cy Bo"),
        ("rotterdam reefers", ""),  # not in one text
        ("rotterdam (reefers OR x)", "Eve"),  # each in one of its own
        ("联系", "田中"),
        ("想和", "田中"),
        ("系", "田中"),
        ("和我", ""),
        ("รู้จัก", "สมชาย"),
        ("-联系 is:message is:new", "Eve Flo Gus"),
        ('2026 OR "no such"', "Gus"),
        ('"?!"', ""),
        ("not is:new not is:filed", "Ana Di Bo"),
    ],
)
def test_an_operator_finds(some, query, who):
    assert found(some, query) == who


def test_a_role_is_found_where_no_company_is_told(tmp_path):
    export = ExportBuilder().message("Hua Li", "Ahoy").connection("Hua Li", company="", position="船長")
    with closing(Inbox.open(tmp_path / "inbox.db", clock=Clock(), zone=UTC)) as inbox:
        inbox.import_from(export.zip(tmp_path))
        assert (found(inbox, "role:船"), found(inbox, "company:船")) == ("Hua", "")


def test_a_view_narrows_a_query(some):
    assert found(some, "age:>1d", View.HELD) == "Di"
    assert found(some, "-cy", View.INVITATIONS) == "สมชาย"


def test_a_view_alone_keeps_its_own_order_and_its_count(some):
    assert some.ids(View.ALL, "view:expiring")[:] == some.ids(View.EXPIRING)[:]
    assert len(some.ids(View.ALL, "view:new")) == some.counts()[View.NEW]


def test_what_may_follow_an_operator_is_known(some):
    assert some.known_values("company", "ree") == ["Reefer & Søn Ltd"]
    assert some.known_values("from", "flo") == ["Flo Hill"]
    assert some.known_values("role", "sup") == ["Head of Supply"]
    assert some.known_values("role", "head of s") == ["Head of Supply"]
    assert some.known_values("role", "reef") == some.known_values("role", "") == []
    assert some.known_values("tag", "FOLL") == ["follow-up"]
    assert some.known_values("person", "ana") == ["ana-ruiz"]
    assert some.known_values("reason", "AREA") == ["area: cold chain"]
    assert some.known_values("age", "") == []


# ── many items, and whatever can be asked of them ──


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder, rng = tmp_path_factory.mktemp("many"), random.Random(5)
    inbox = Inbox.open(folder / "inbox.db", clock=Clock(), zone=UTC)
    words = ["offer", "offered", "team", "cold", "chain", "rare", "https://x.io/a", "why?", "東京都", "über"]
    for part in range(2):
        export = ExportBuilder(as_of=datetime(2026, 11, 10 + part).date())
        for number in range(250):
            text = " ".join(rng.choices(words, [9, 3, 5, 5, 5, 0.3, 1, 1, 1, 1], k=4))
            at = datetime(2026, 1, 1) + timedelta(hours=rng.randrange(7_000))
            if rng.random() < 0.6:
                export.invitation(f"Ann {part}x{number}", note=text if rng.random() < 0.7 else "", at=at)
            else:
                export.message(f"Bob {rng.randrange(60)}", f"{text} {part} {number}", at=at)
        for number in range(20):
            export.connection(f"Bob {number}", company=rng.choice(["Acme", "Bolt Cold"]), position="Captain")
        inbox.import_from(export.zip(folder, f"{part}.zip"))
    ids = inbox.ids(View.ALL)[:]
    inbox.apply(Junk(), rng.sample(ids, 150))
    new = inbox.ids(View.NEW)[:]
    inbox.apply(Accept(reason="cold fair"), new[:20])
    inbox.apply(Hold(NOW + timedelta(days=2)), new[20:40])
    inbox.apply(Note("a rare offer"), rng.sample(ids, 5))
    inbox.apply(Gold(), rng.sample(ids, 3))
    inbox.apply(Tag(("cold",), ()), rng.sample(ids, 30))
    yield inbox
    inbox.close()


TERMS = [
    "offer", "off", "rare", "cold", '"cold chain"', "東京", "uber", "from:bob", '"ann 1x1"', "note:offer", "company:acme",
    "company:cold", "role:cap", "tag:cold", "is:new", "is:junk", "is:held", "is:accepted", "is:gold", "is:owed",
    "is:connected", "is:message", "has:note", "has:link", "has:question", "reason:cold", "age:>3mo", "age:<100d",
    "before:2026-05-01", "after:2026-06-01", "left:<90d", "left:>10d", "twins:>0", "twins:0", "person:ann-1",
    "view:sweep", "view:expiring", "view:held", "view:to-reply", "flag:twins",
]  # fmt: skip
TREES = st.recursive(
    st.sampled_from(TERMS),
    lambda inner: st.one_of(
        inner.map("-({})".format),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
    ),
    max_leaves=5,
)


@settings(max_examples=60)
@given(
    query=TREES,
    view=st.sampled_from([View.ALL, View.ALL, View.NEW, View.JUNK]),
    limit=st.sampled_from([3, 1_000]),
    bite=st.sampled_from([0, 1]),
    set_size=st.sampled_from([0, 4_000]),
)
def test_wherever_a_search_begins_it_finds_what_asking_of_each_item_finds(many, query, view, limit, bite, set_size):
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in (
            (sources, "FIRST", 1), (sources, "FIRST_ROWS", 7), (sources, "BITE", bite), (search, "BITE", bite),
            (planning, "A_SET", set_size), (planning, "FEW", set_size // 100), (matching, "_TOGETHER", set_size // 100),
        ):  # fmt: skip
            patch.setattr(module, name, value)
        ids = many.ids(view, f"{query} -view:gold", limit=limit)[:]
    assert ids == by_asking_each(many, f"{query} -view:gold", view)[:limit]


def by_asking_each(inbox, query, view):
    """The items of a view that a query holds of, each asked alone, the newest first."""
    every = sorted(inbox.rows(inbox.ids(view)[:]), key=lambda row: (row.at, row.id), reverse=True)
    holds = Matching(inbox.query(query).root, inbox.context())
    kept = holds.among([row.id for row in every])
    return [row.id for row in every if row.id in kept]


PIECES = [*(f"{name}:" for name in OPERATORS), *TERMS, "(", ")", '"', "'", ";--", "%", "*", " OR ", "-", "\0", "\ud800"]


@given(
    query=st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=6).map(" ".join),
    typing=st.booleans(),
)
def test_no_text_is_an_error_of_the_store(many, query, typing):
    with suppress(QueryError):
        many.ids(View.ALL, many.query(query, typing=typing), limit=20)


@settings(max_examples=15)
@given(text=st.text(st.characters(exclude_characters='"“”„', exclude_categories=["Cs"]), min_size=1, max_size=12))
def test_no_text_of_a_query_reaches_the_store_but_as_a_value(many, text):
    mark = f"zq{text}qz"
    said: list[str] = []
    conn = many._store.conn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(many, "_store", Listening(conn, said))
        for operator in ("", "from:", "company:", "note:", "tag:", "reason:", "person:"):
            many.ids(View.ALL, f'{operator}"{mark}" OR -{operator}"{mark}"', limit=5)
    assert said
    assert not [sql for sql in said if "zq" in sql]


class Listening:
    """A store whose connection tells the text of each statement, without its values."""

    def __init__(self, conn: sqlite3.Connection, said: list[str]) -> None:
        self.conn = self
        self._conn, self._said = conn, said

    def execute(self, sql, *values):
        self._said.append(sql)
        return self._conn.execute(sql, *values)

    def __getattr__(self, name):
        return getattr(self._conn, name)


@pytest.mark.parametrize("term", TERMS)
def test_no_term_is_looked_for_in_one_long_bite(many, term, monkeypatch):
    monkeypatch.setattr(sources, "FIRST_ROWS", 10)
    monkeypatch.setattr(sources, "FIRST", 1)
    for module in (sources, search):
        monkeypatch.setattr(module, "BITE", 0)
    taken: list[int] = []
    conn = many._store.conn
    conn.set_progress_handler(lambda: taken.append(1), 1_000)
    ids = many.ids(View.ALL, f"{term} -view:gold", seconds=0)
    bites = [len(taken)]
    while not ids.is_complete:
        taken.clear()
        ids.fill()
        bites.append(len(taken))
    conn.set_progress_handler(None, 0)
    assert max(bites) <= 60  # thousands of instructions; all of it takes hundreds


def test_what_is_found_by_pairs_follows_forgetting_and_making_anew(filled):
    inbox = filled(ExportBuilder().message("田中 美咲", "您好建立").message("李 小龙", "建立联系"))
    assert found(inbox, "建立") in ("田中 李", "李 田中")
    inbox.forget(inbox.what_is_kept("田中 美咲").person.id)
    assert found(inbox, "建立") == "李"
    with closing(sqlite3.connect(inbox.path)) as conn:
        conn.execute("CREATE VIRTUAL TABLE temp.pair USING fts5vocab('main', 'message_pair', 'row')")
        assert not {"田中", "您好"} & {term for (term,) in conn.execute("SELECT term FROM temp.pair")}
        assert "联系" in {term for (term,) in conn.execute("SELECT term FROM temp.pair")}


def test_where_somebody_works_follows_later_exports_and_forgetting(filled):
    def employed(company, day):
        return ExportBuilder(as_of=datetime(2026, 11, day).date()).message("Ana Ruiz").connection("Ana Ruiz", company=company)  # fmt: skip

    inbox = filled(employed("Acme", 1))
    filled(employed("Bolt", 2))
    assert (found(inbox, "company:acme"), found(inbox, "company:bolt")) == ("", "Ana")
    inbox.forget(inbox.what_is_kept("Ana Ruiz").person.id)
    assert found(inbox, "company:bolt") == ""
    with closing(sqlite3.connect(inbox.path)) as conn:
        conn.execute("INSERT INTO person_fts (person_fts, rank) VALUES ('integrity-check', 1)")
