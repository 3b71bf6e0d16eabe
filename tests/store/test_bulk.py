"""Acts on many items: one act, one undo, few statements, and figures as if they had been decided one by one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Decision, Done, Gold, Hold, Junk, Note
from linkinbox.inbox import Inbox
from linkinbox.model import Change, Verb, View
from linkinbox.path import Handled, stretches
from linkinbox.store.sql import AT_ONCE
from tests.conftest import Clock
from tests.stores import a_store_of

MANY = AT_ONCE + 20  # two chunks


@pytest.fixture(scope="module")
def store_of_many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_store_of(MANY, tmp_path_factory.mktemp("many"))


@pytest.fixture
def many(store_of_many: Path, tmp_path: Path, clock: Clock):
    path = tmp_path / "inbox.db"
    path.write_bytes(store_of_many.read_bytes())
    with closing(Inbox.open(path, clock=clock)) as inbox:
        yield inbox


def all_of(inbox: Inbox) -> list[int]:
    return inbox.ids(View.ALL)[:MANY]


def statements(inbox: Inbox, act: Callable[[], object]) -> int:
    """How many statements an act runs, but for the entries that it writes."""
    said: list[str] = []
    inbox._store.conn.set_trace_callback(said.append)
    act()
    inbox._store.conn.set_trace_callback(None)
    return sum(not sql.startswith("INSERT INTO journal") for sql in said)


def picture(inbox: Inbox) -> str:
    ids = all_of(inbox)
    return repr((inbox.rows(ids), inbox.notes_of(ids), inbox.counts().views, inbox.figures()))


@pytest.mark.parametrize("decision", [Junk(), Accept(note="met in Hamburg"), Done(), Note("why")])
def test_one_undo_takes_all_of_it_back_and_one_redo_does_it_again(many: Inbox, decision: Decision):
    before = picture(many)
    change = many.apply(decision, all_of(many))
    assert len(change.ids) == MANY
    after = picture(many)
    assert len({entry.batch for entry in many.log(3 * MANY)}) == 1
    many.undo()
    assert picture(many) == before
    many.redo()
    assert picture(many) == after


def test_what_others_decided_before_comes_back_with_the_undo(many: Inbox, clock: Clock):
    ids = all_of(many)
    many.apply(Accept(), ids[:1])
    many.apply(Hold(clock.now + timedelta(days=1)), ids[1:2])
    many.apply(Note("met in Hamburg"), ids[2:3])
    before = picture(many)
    many.apply(Junk(), ids)
    many.undo()
    assert picture(many) == before


def test_figures_are_those_of_the_arithmetic_wherever_contacts_lie(many: Inbox):
    ids = all_of(many)
    for at in (0, 3, AT_ONCE - 7):
        many.apply(Accept(), [ids[at]])
        many.apply(Gold(), [ids[at]])
        many.apply(Junk(), ids[at + 1 : at + AT_ONCE])
    many.apply(Done(), ids[1 : MANY - 1])  # over what was decided, on four paths
    conn = many._store.conn
    handled = [Handled(s, Verb(v), bool(b)) for s, v, b in conn.execute("SELECT seq, verb, bulk FROM handled")]
    golds = [s for (s,) in conn.execute("SELECT decided_seq FROM gold WHERE decided_seq NOT NULL ORDER BY 1")]
    *paths, open_ = stretches(handled, golds)
    shown = many.figures()
    assert len(paths) == len(golds) > 0
    assert [(g.junk, g.junk_bulk, g.accepted, g.done) for g in shown.golds] == paths
    assert (shown.open.junk, shown.open.junk_bulk, shown.open.accepted, shown.open.done) == open_


def test_many_in_one_act_are_told_apart_from_those_decided_one_by_one(many: Inbox):
    ids = all_of(many)
    many.apply(Junk(), ids[:1])
    many.apply(Junk(), ids[1:])
    assert (many.figures().open.junk, many.figures().open.junk_bulk) == (1, MANY - 1)


def test_an_act_costs_few_statements_however_many_items_it_is_on(many: Inbox):
    ids = all_of(many)
    for trigger in ("item_recounted", "item_new_no_more"):  # what they run would be told with the whole statement
        many._store.conn.execute(f"DROP TRIGGER {trigger}")
    one = statements(many, lambda: many.apply(Junk(), ids[:1]))
    chunk = statements(many, lambda: many.apply(Done(), ids[:AT_ONCE]))
    all_ = statements(many, lambda: many.apply(Junk(), ids))
    undone = statements(many, many.undo)
    assert chunk <= one + 20
    assert all_ <= 2 * one + 30
    assert undone <= 2 * all_


def test_a_large_act_tells_the_screen_of_a_screenful(many: Inbox):
    change: Change = many.apply(Junk(), all_of(many))
    assert 0 < len(change.rows) < 100
    assert change.counts[View.JUNK] == MANY


@pytest.mark.parametrize("view", View)
def test_what_a_view_holds_of_some_items_is_what_it_lists_of_them(many: Inbox, view: View):
    ids = all_of(many)
    many.apply(Junk(), ids[:9])
    many.apply(Accept(), ids[9:12])
    some = ids[5:20]
    listed = many.ids(view)
    assert many.within(view, some) == {*listed[: len(listed)]} & {*some}
