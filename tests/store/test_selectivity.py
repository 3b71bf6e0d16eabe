"""The figures of selectivity, as the journal tells them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from linkinbox.decisions import Accept, Call, Done, Junk
from linkinbox.inbox import Inbox
from linkinbox.model import View
from tests.builders import ExportBuilder
from tests.conftest import Clock

Fill = Callable[[ExportBuilder], Inbox]


def people(number: int) -> ExportBuilder:
    export = ExportBuilder()
    for each in range(number):
        export.invitation(f"Person {each}")
    return export


def test_only_what_was_accepted_or_junked_one_by_one_counts(filled: Fill, clock: Clock):
    inbox = filled(people(50).connection("Dana Levi").connection("Evi Low"))
    ids = inbox.ids(View.NEW)[:]
    for id_ in ids[:6]:
        inbox.apply(Accept(), [id_])
    for id_ in ids[6:30]:
        inbox.apply(Junk(), [id_])
    inbox.apply(Junk(), ids[30:40])  # in bulk nobody looks at each
    inbox.apply(Done(), [ids[40]])
    inbox.apply(Call(clock.now + timedelta(days=1)), [ids[41]])
    found = inbox.selectivity()
    assert (found.decided, found.accepted, found.percent, found.network) == (31, 7, 23, 2)


def test_what_was_taken_back_was_never_decided(filled: Fill):
    inbox = filled(people(3))
    inbox.apply(Junk(), inbox.ids(View.NEW)[:1])
    inbox.undo()
    assert inbox.selectivity().decided == 0
    inbox.redo()
    assert inbox.selectivity().decided == 1


def test_without_connections_the_network_is_unknown(filled: Fill):
    assert filled(people(1)).selectivity().network is None


def test_contradictions_are_counted_by_what_stood_before_the_users_eyes(filled: Fill):
    inbox = filled(people(5))
    ids = inbox.ids(View.NEW)[:]
    inbox.apply(Junk(), [ids[0]], raised=["question"])
    inbox.apply(Junk(), [ids[1]], raised=["question", "pitch"])
    inbox.apply(Junk(), [ids[2]])
    inbox.apply(Accept(), [ids[3]], raised=["pitch"])
    inbox.apply(Accept(), [ids[4]], raised=["pitch", "question"])
    found = inbox.selectivity()
    assert (found.junked_with_reasons, found.accepted_with_flags) == (1, 1)


def test_an_empty_inbox_has_one_too(inbox: Inbox):
    assert inbox.selectivity()[:3] == (0, 0, None)
