"""The weekly second look: which junk is drawn, and what the answers come to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Junk, SecondLook
from linkinbox.errors import UsageError
from linkinbox.inbox import Inbox
from linkinbox.model import State, View
from linkinbox.store.refold import differences
from tests.conftest import Clock
from tests.store.test_selectivity import people

Fill = Callable[..., Inbox]


@pytest.fixture
def junked(filled: Fill, clock: Clock) -> Inbox:
    """Forty junked items among sixty, a week ago."""
    inbox = filled(people(60))
    ids = inbox.ids(View.NEW)[:]
    for id_ in ids[:20]:
        inbox.apply(Junk(), [id_])
    inbox.apply(Accept(), ids[20:30])
    inbox.apply(Junk(), ids[30:50])
    clock.forward(days=7)
    return inbox


def look_at(inbox: Inbox, *, accept: bool = False) -> int:
    look = inbox.second_look()
    inbox.apply(SecondLook(accept, look.week), [look.ids[0]])
    return look.ids[0]


def test_five_are_drawn_from_the_junk_of_earlier_weeks(junked: Inbox, clock: Clock):
    look = junked.second_look()
    assert look.week == "2026-W49"
    assert len(set(look.ids)) == 5
    assert {row.state for row in junked.rows(look.ids)} == {State.JUNK}
    clock.forward(days=-7)
    assert junked.second_look().ids == ()  # nothing was junked before that week


def test_the_same_five_are_drawn_all_week_and_others_the_week_after(junked: Inbox, clock: Clock):
    drawn = junked.second_look().ids
    clock.forward(days=2)
    junked.apply(Junk(), junked.ids(View.NEW)[:3])
    assert junked.second_look().ids == drawn
    clock.forward(days=7)
    assert junked.second_look().ids != drawn


def test_an_interrupted_look_goes_on_where_it_was(junked: Inbox, store_path: Path, clock: Clock):
    drawn = junked.second_look().ids
    look_at(junked)
    look_at(junked, accept=True)
    junked.apply(Accept(), [drawn[1]])  # in truth: it is junk no more
    junked.close()
    with closing(Inbox.open(store_path, clock=clock)) as again:
        assert again.second_look().ids == drawn[2:]
        assert not again.second_look().is_due


def test_an_answer_handles_nothing_and_can_be_taken_back(junked: Inbox):
    before, drawn = junked.counts(), junked.second_look().ids
    id_ = look_at(junked, accept=True)
    assert junked.counts() == before
    assert junked.item(id_).row.state is State.JUNK
    assert junked.second_look()[2:] == (1, 1, 1)
    junked.undo()
    assert junked.second_look() == ("2026-W49", drawn, 0, 0, 0)
    junked.redo()
    assert junked.second_look().ids == drawn[1:]


def test_a_percentage_is_told_from_ten_answers_on(junked: Inbox, clock: Clock):
    for number in range(15):
        if number and number % 5 == 0:
            assert junked.second_look().ids == ()
            clock.forward(days=7)
        look_at(junked, accept=number == 3)
        if number == 4:
            assert junked.second_look().figures == "1 of 5 looked at again you would have accepted"
    look = junked.second_look()
    assert (look.looked, look.regretted, look.percent) == (15, 1, 7)
    assert look.figures == "1 of 15 looked at again you would have accepted: 7 %"


def test_fewer_than_five_are_all_shown(filled: Fill, clock: Clock):
    inbox = filled(people(4))
    inbox.apply(Junk(), inbox.ids(View.NEW)[:2])
    clock.forward(days=7)
    assert set(inbox.second_look().ids) == set(inbox.ids(View.JUNK)[:])


def test_rare_junk_among_many_decisions_is_found(filled: Fill, clock: Clock):
    inbox = filled(people(900))
    ids = inbox.ids(View.NEW)[:]
    inbox.apply(Accept(), ids[:400])
    inbox.apply(Junk(), [ids[400]])
    inbox.apply(Accept(), ids[401:])
    clock.forward(days=7)
    assert inbox.second_look().ids == (ids[400],)


def test_without_junk_there_is_nothing_to_look_at(inbox: Inbox):
    look = inbox.second_look()
    assert (look.ids, look.is_due, look.figures) == ((), False, "Nothing was looked at again so far")


def test_what_is_no_junk_is_given_no_second_look(junked: Inbox):
    with pytest.raises(UsageError, match="Only junk"):
        junked.apply(SecondLook(accept=True, week="2026-W49"), junked.ids(View.NEW)[:1])


def test_who_was_forgotten_is_not_drawn_but_still_counted(junked: Inbox):
    id_ = look_at(junked)
    others = junked.second_look().ids
    for gone in (id_, others[0]):
        junked.forget(junked.item(gone).row.person.id)
    look = junked.second_look()
    assert look.looked == 1
    assert others[0] not in look.ids


def test_it_is_what_a_fold_of_the_journal_gives(junked: Inbox, store_path: Path, clock: Clock):
    look_at(junked)
    look_at(junked, accept=True)
    junked.undo()
    junked.close()
    assert list(differences(store_path, clock())) == []
