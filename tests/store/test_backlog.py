"""What a backlog is made of, and in which order its rest is swept."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from linkinbox.decisions import Done, Hold
from linkinbox.inbox import Inbox
from linkinbox.model import View
from tests.builders import ExportBuilder
from tests.conftest import Clock

Fill = Callable[[ExportBuilder], Inbox]


def names(inbox: Inbox, ids: Sequence[int]) -> list[str]:
    return [row.person.name for row in inbox.rows(ids)]


def piled_up() -> ExportBuilder:
    return (
        ExportBuilder()
        .invitation("Connected Cy", at="2026-01-01")
        .connection("Connected Cy")
        .invitation("Gone Gia", at="2026-05-20")
        .invitation("Older Olga", note="Hello", at="2025-05-20")
        .invitation("Silent Sam", at="2026-06-20")
        .invitation("Writing Wim", note="A question", at="2026-10-20")
        .invitation("Writing Wes", note="Another", at="2026-09-20")
        .message("Old Ola", "A thread does not lapse", at="2024-09-20")
    )


def test_the_expired_are_invitations_older_than_they_are_believed_to_live(filled: Fill):
    found = filled(piled_up()).backlog()
    assert (found.filed, found.new, len(found.expired)) == (1, 6, 2)
    assert names(filled(piled_up()), found.expired[:]) == ["Gone Gia", "Older Olga"]


def test_the_rest_is_swept_by_note_then_age_and_what_is_believed_gone_last(filled: Fill):
    inbox = filled(piled_up())
    ordered = ["Old Ola", "Writing Wes", "Writing Wim", "Silent Sam", "Older Olga", "Gone Gia"]
    assert names(inbox, inbox.batch()) == ordered
    seen = frozenset(inbox.batch()[:2])
    assert names(inbox, inbox.batch(seen)) == ordered[2:]


def test_a_batch_is_twenty_five(filled: Fill):
    export = ExportBuilder()
    for number in range(60):
        export.invitation(f"Person {number}")
    inbox = filled(export)
    first = inbox.batch()
    assert len(first) == 25
    inbox.apply(Done(), first)
    assert len(inbox.batch()) == 25
    assert not {*first} & {*inbox.batch()}
    inbox.apply(Done(), inbox.batch())
    assert len(inbox.batch()) == 10


def test_what_is_back_from_a_hold_is_not_believed_to_be_gone(filled: Fill, clock: Clock):
    inbox = filled(piled_up())
    gone = inbox.backlog().expired[:]
    inbox.apply(Hold(clock.now.replace(hour=12)), gone)
    clock.forward(days=1)
    inbox.wake()
    assert len(inbox.backlog().expired) == 0


def test_an_empty_inbox_has_no_backlog(inbox: Inbox):
    found = inbox.backlog()
    assert (found.filed, found.new, len(found.expired), inbox.batch()) == (0, 0, 0, [])


def test_nothing_of_it_is_read_by_going_through_a_table(filled: Fill):
    inbox = filled(piled_up())
    inbox.apply(Done(), inbox.backlog().expired[:])
    conn, asked = inbox._store.conn, list[str]()
    conn.set_trace_callback(asked.append)
    inbox.backlog().expired[:]
    inbox.batch(), inbox.selectivity(), inbox.second_look()
    conn.set_trace_callback(None)
    plans = {step[3] for sql in asked for step in conn.execute(f"EXPLAIN QUERY PLAN {sql}")}
    scans = {step for step in plans if re.match(r"SCAN (i|h|item|handled|journal|message|person)\b", step)}
    assert scans == {"SCAN person USING INDEX person_namesake"}  # of connections, and it ends at LinkedIn's own limit
    assert any("handled_verb" in step for step in plans)


def test_what_was_decided_is_gone_from_it_and_an_undo_brings_it_back(filled: Fill):
    inbox = filled(piled_up())
    inbox.apply(Done(), inbox.backlog().expired[:])
    assert len(inbox.backlog().expired) == 0
    assert inbox.counts()[View.NEW] == 4
    inbox.undo()
    assert len(inbox.backlog().expired) == 2
