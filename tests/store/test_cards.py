"""What a card tells beside its own item."""

from __future__ import annotations

from datetime import timedelta

from linkinbox.decisions import Accept, Call, Outcome
from linkinbox.model import CallOutcome, Kind, State, View
from tests.builders import ExportBuilder
from tests.conftest import NOW


def test_a_card_tells_of_the_persons_other_items_and_of_nobody_elses(filled, clock):
    inbox = filled(ExportBuilder().invitation("Ana Ruiz").message("Ana Ruiz", "Are you there?").invitation("Ben Lee"))
    by_kind = {row.kind: row.id for row in inbox.rows(inbox.ids(View.ALL)[:]) if row.person.name == "Ana Ruiz"}
    inbox.apply(Accept(), [by_kind[Kind.INVITATION]])
    inbox.apply(Call(NOW + timedelta(hours=1)), [by_kind[Kind.INVITATION]])
    clock.forward(days=1)
    inbox.apply(Outcome(CallOutcome.HELD), [by_kind[Kind.INVITATION]])
    (other,) = inbox.item(by_kind[Kind.CONVERSATION]).also
    assert (other.row.kind, other.row.state, other.row.text) == (Kind.INVITATION, State.TO_ACCEPT, "")
    assert other.decided_at is not None
    assert other.call_held_at == NOW + timedelta(hours=1)
    (back,) = inbox.item(by_kind[Kind.INVITATION]).also
    assert (back.row.id, back.decided_at) == (by_kind[Kind.CONVERSATION], None)


def test_of_many_other_items_a_card_tells_of_five(filled):
    export = ExportBuilder()
    for day in range(1, 10):
        export.message("Ana Ruiz", f"letter {day}", thread=f"2-thread{day}", at=f"2026-11-{day:02} 08:00")
    inbox = filled(export)
    assert len(inbox.item(inbox.ids(View.ALL)[0]).also) == 5
