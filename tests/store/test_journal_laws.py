"""Laws of the journal, held to by machines that decide at random: undo takes back, redo brings back, figures agree."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from linkinbox.decisions import Accept, Call, Done, Gold, Hold, Junk, Note, Outcome, Overrule, Scope, SecondLook, Tag
from linkinbox.inbox import Inbox
from linkinbox.model import CallOutcome, Item, State, Verb, View
from linkinbox.path import Handled, stretches
from tests.builders import ExportBuilder
from tests.conftest import Clock

PEOPLE = ["Ana Ruiz", "Ben Lee", "Cy Fox", "Dan Poe", "Eva Kim", "Fay Low", "Gil Roe"]
REASONS = [Accept(reason="area: ports"), Accept(reason="met in person")]
some = st.lists(st.integers(0, len(PEOPLE) - 1), min_size=1, max_size=len(PEOPLE), unique=True)
which = st.integers(0, len(PEOPLE) - 1)


def picture(inbox: Inbox) -> str:
    """All that a person can see of the inbox, but for the log."""
    ids = inbox.ids(View.ALL)
    cards = [inbox.item(id_) for id_ in sorted(ids)]
    rows = [(card.row, card.notes, card.call, card.reason) for card in cards]
    sweep = inbox.ids(View.SWEEP)
    of_the_day = sweep[: len(sweep)], inbox.today()[1:], inbox.nudges(1)
    figures = (inbox.tags(), inbox.figures(), inbox.reasons(), inbox.second_look()[3:], inbox.selectivity())
    return repr((rows, inbox.counts().views, figures, of_the_day))


def calls_of(inbox: Inbox, card: Item) -> list[tuple[int, str | None]]:
    """Whose calls an item has, and what became of each."""
    calls = inbox._store.conn.execute("SELECT outcome FROM call WHERE item_id = ?", (card.row.id,))
    return [(card.row.person.id, outcome) for (outcome,) in calls]


class AnyDecisions(RuleBasedStateMachine):
    """Decides, undoes, redoes, restarts; remembers what the inbox looked like before each act."""

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.home = Path(self.folder.name)
        self.clock = Clock()
        self.inbox = Inbox.open(self.home / "inbox.db", clock=self.clock)
        export = ExportBuilder()
        for number, name in enumerate(PEOPLE):
            export.invitation(name) if number % 2 else export.message(name, "Hi")
        export.message(PEOPLE[1], "and a message of one who invited")
        for name, text in ((PEOPLE[6], "Thanks!"), (PEOPLE[0], "Which day?"), (PEOPLE[0], "See you then")):
            thread = f"2-{text}=="
            export.sent(name, "Tuesday?", thread=thread).message(name, text, thread=thread)
        export.connection(PEOPLE[3]).connection(PEOPLE[5])
        self.inbox.import_from(export.zip(self.home))
        ids = self.inbox.ids(View.ALL)
        self.ids = sorted(ids[: len(ids)])
        self.before: list[str] = []
        self.undone: list[str] = []

    def teardown(self):
        self.inbox.close()
        self.folder.cleanup()

    def decide(self, decision, numbers):
        before = picture(self.inbox)
        self.clock.forward(seconds=61)
        if self.inbox.apply(decision, [self.ids[number] for number in numbers]).batch:
            self.before.append(before)
            self.undone = []
        else:
            assert picture(self.inbox) == before

    @rule(decision=st.sampled_from([Accept(), Junk(), Done(), Note("why"), Accept(note="yes"), *REASONS]), numbers=some)
    def decides(self, decision, numbers):
        self.decide(decision, numbers)

    @rule(days=st.integers(1, 9), numbers=some)
    def holds(self, days, numbers):
        self.decide(Hold(self.clock.now + timedelta(days=days + 300)), numbers)

    @rule(numbers=some)
    def holds_nudges_off(self, numbers):
        self.decide(Hold(self.clock.now + timedelta(days=300), nudge=True), numbers)

    @rule(add=st.sampled_from([("reefer",), ("reefer", "cold")]), drop=st.sampled_from([(), ("port",)]), numbers=some)
    def tags(self, add, drop, numbers):
        self.decide(Tag(add, drop), numbers)

    @rule(drop=st.sampled_from(["reefer", "cold"]), numbers=some)
    def tags_no_longer(self, drop, numbers):
        self.decide(Tag(("port",), (drop,)), numbers)

    @rule(number=which, on=st.booleans())
    def marks(self, number, on):
        self.decide(Gold(on=on), [number])

    @rule(number=which, days=st.integers(1, 9))
    def books(self, number, days):
        self.decide(Call(self.clock.now + timedelta(days=days)), [number])

    @rule(number=which, accept=st.booleans(), week=st.sampled_from(["2026-W47", "2026-W48"]))
    def looks_again(self, number, accept, week):
        if self.inbox.item(self.ids[number]).row.state is State.JUNK:
            self.decide(SecondLook(accept, week), [number])

    @rule(number=which)
    def has_a_call(self, number):
        self.decide(Outcome(CallOutcome.HELD, intro_owed=True), [number])

    @rule(number=st.integers(0, 99), scope=st.sampled_from([Scope.ITEM, Scope.PERSON, Scope.RULE]))
    def overrules_that_last_words_close(self, number, scope):
        self.decide(Overrule("closer", scope), [number % len(self.ids)])

    @precondition(lambda self: self.before)
    @rule()
    def undoes(self):
        now = picture(self.inbox)
        self.inbox.undo()
        self.undone.append(now)
        assert picture(self.inbox) == self.before.pop()

    @precondition(lambda self: self.undone)
    @rule()
    def redoes(self):
        self.before.append(picture(self.inbox))
        self.inbox.redo()
        assert picture(self.inbox) == self.undone.pop()

    @rule()
    def restarts(self):
        before = picture(self.inbox)
        self.inbox.close()
        self.inbox = Inbox.open(self.home / "inbox.db", clock=self.clock)
        assert picture(self.inbox) == before

    @invariant()
    def figures_are_what_the_arithmetic_says(self):
        conn = self.inbox._store.conn
        handled = [Handled(s, Verb(v), bool(b)) for s, v, b in conn.execute("SELECT seq, verb, bulk FROM handled")]
        golds = [s for (s,) in conn.execute("SELECT decided_seq FROM gold WHERE decided_seq NOT NULL ORDER BY 1")]
        *paths, open_ = stretches(handled, golds)
        shown = self.inbox.figures()
        assert [(g.junk, g.junk_bulk, g.accepted, g.done) for g in shown.golds] == paths
        assert (shown.open.junk, shown.open.junk_bulk, shown.open.accepted, shown.open.done) == open_

    @invariant()
    def reasons_count_the_people_who_are_accepted_for_them(self):
        cards = [self.inbox.item(id_) for id_ in self.ids]
        held = {person for card in cards for person, call in calls_of(self.inbox, card) if call == "held"}
        told = {}
        for card in cards:
            if card.reason:
                told.setdefault(card.reason, set()).add(card.row.person)
        counted = {one.reason: one[1:] for one in self.inbox.reasons()}
        assert counted == {
            reason: (
                len(people),
                sum(person.connected is True for person in people),
                sum(person.id in held for person in people),
                len({card.row.person for card in cards if card.row.gold} & people),
            )
            for reason, people in told.items()
        }

    @invariant()
    def tags_are_counted_by_the_items_that_have_them(self):
        had = [tag for row in self.inbox.rows(self.ids) for tag in row.tags]
        assert dict(self.inbox.tags()) == Counter(had)

    @invariant()
    def counts_are_what_the_views_hold(self):
        counts = self.inbox.counts()
        for view in View:
            listed = self.inbox.ids(view)
            assert counts[view] == len(listed[: len(listed) + 1]), view

    @invariant()
    def the_journal_is_json_with_ids_in_order(self):
        rows = self.inbox._store.conn.execute("SELECT id, payload FROM journal ORDER BY seq").fetchall()
        assert len({id_ for id_, _ in rows}) == len(rows)
        assert all(isinstance(json.loads(payload), dict) for _, payload in rows)


TestAnyDecisions = AnyDecisions.TestCase
TestAnyDecisions.settings = settings(max_examples=6, stateful_step_count=25, deadline=None)


@pytest.mark.soak
class TestManyDecisions(AnyDecisions.TestCase):
    settings = settings(max_examples=100, stateful_step_count=25, deadline=None)
