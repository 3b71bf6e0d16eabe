"""Overruling a rule: here, for a person, as a whole; what that counts; and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Done, Junk, Note, Overrule, Scope
from linkinbox.errors import UsageError
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.model import State, Verb, View
from linkinbox.store.overrules import Said
from linkinbox.store.refold import differences
from tests.builders import ExportBuilder
from tests.conftest import NOW, Clock

PITCH = "I help founders book 30 calls a month. Do you have 15 minutes this week?"
Fill = Callable[[ExportBuilder], Inbox]


@pytest.fixture
def pitched(filled: Fill) -> Inbox:
    """Two pitches of Ana's and twelve of others."""
    export = ExportBuilder().message("Ana Ruiz", PITCH, thread="2-a==").message("Ana Ruiz", PITCH, thread="2-b==")
    for number in range(12):
        export.invitation(f"Seller {number:02}", note=PITCH)
    return filled(export)


def items(inbox: Inbox, name: str) -> list[int]:
    return [row.id for row in inbox.rows(inbox.ids(View.ALL)[:]) if row.person.name.startswith(name)]


def overruled(inbox: Inbox, id_: int, rule: str = "pitch") -> Scope | None:
    return next(signal.overruled for signal in inbox.judged([id_])[id_].signals if signal.rule == rule)


def said(inbox: Inbox, id_: str = "pitch") -> Said:
    return next(said for rule, said in inbox.rules() if rule.id == id_)


def test_an_overrule_counts_on_the_item_alone(pitched: Inbox):
    one, other = items(pitched, "Ana Ruiz")
    change = pitched.apply(Overrule("pitch"), [one])
    assert (change.verb, change.ids, change.overruled) == (Verb.OVERRULE, (one,), "pitch does not count here")
    assert (overruled(pitched, one), overruled(pitched, other)) == (Scope.ITEM, None)
    assert "pitch" not in [signal.rule for signal in pitched.judged([one])[one].standing_flags]


def test_an_overrule_for_a_person_counts_on_all_they_send(pitched: Inbox):
    one, other = items(pitched, "Ana Ruiz")
    pitched.apply(Overrule("pitch", Scope.PERSON), [one])
    assert overruled(pitched, other) is Scope.PERSON
    assert overruled(pitched, items(pitched, "Seller 00")[0]) is None


def test_a_rule_is_switched_off_from_an_item_or_without_one(pitched: Inbox):
    one, other = items(pitched, "Ana Ruiz")
    pitched.apply(Overrule("pitch", Scope.RULE), [one])
    assert overruled(pitched, other) is Scope.RULE
    change = pitched.apply(Overrule("pitch", Scope.RULE, on=False), [])
    assert (change.ids, change.overruled) == ((), "pitch is switched on")
    assert overruled(pitched, other) is None


def test_each_is_taken_back_and_done_again_after_a_restart(pitched: Inbox, store_path: Path, clock: Clock):
    one, other = items(pitched, "Ana Ruiz")
    pitched.apply(Overrule("pitch"), [one])
    pitched.apply(Overrule("pitch", Scope.PERSON), [other])
    pitched.apply(Overrule("pitch", Scope.RULE), [])
    pitched.close()
    with closing(Inbox.open(store_path, clock=clock)) as inbox:
        for scope in (Scope.RULE, Scope.PERSON, Scope.ITEM):
            assert overruled(inbox, one) is scope
            assert inbox.undo().verb is Verb.OVERRULE
        assert overruled(inbox, one) is None
        assert {said for _, said in inbox.rules()} == {Said()}
        for scope in (Scope.ITEM, Scope.PERSON, Scope.RULE):
            inbox.redo()
            assert overruled(inbox, one) is scope


def test_it_handles_nothing_and_is_no_part_of_the_path(pitched: Inbox):
    one = items(pitched, "Ana Ruiz")[0]
    before = pitched.figures()
    change = pitched.apply(Overrule("pitch"), [one])
    assert change.rows[0].state is State.NEW
    assert pitched.figures() == before
    assert [entry.action for entry in pitched.item(one).entries] == [Verb.OVERRULE]


def test_what_was_overruled_counts_again(pitched: Inbox):
    one, other = items(pitched, "Ana Ruiz")
    pitched.apply(Overrule("pitch", Scope.PERSON), [one])
    pitched.apply(Overrule("pitch", Scope.PERSON, on=False), [other])
    assert overruled(pitched, one) is None
    assert said(pitched) == Said(raised=1, overruled=0)
    with pytest.raises(UsageError, match="was not overruled here"):
        pitched.apply(Overrule("pitch", on=False), [one])


def test_a_flag_that_stood_when_one_decided_was_raised(pitched: Inbox):
    sellers = items(pitched, "Seller")
    pitched.apply(Junk(), sellers[:1], raised=["pitch"])
    pitched.apply(Accept(), sellers[:1], raised=["pitch"])
    assert said(pitched) == Said(raised=1)  # an item, not a decision
    pitched.apply(Junk(), sellers[1:4], raised=["pitch"])
    assert said(pitched) == Said(raised=1)  # nobody looked at each
    pitched.undo(), pitched.undo(), pitched.undo()
    assert said(pitched) == Said()


def test_what_stood_counts_as_raised_though_nobody_says_so(pitched: Inbox):
    sellers = items(pitched, "Seller")
    for id_ in sellers[:7]:
        pitched.apply(Accept(), [id_])
    warnings = [pitched.apply(Overrule("pitch"), [id_]).warnings for id_ in sellers[7:10]]
    assert said(pitched) == Said(raised=10, overruled=3)
    assert warnings == [(), (), ()]
    pitched.apply(Accept(), sellers[10:12])
    assert said(pitched) == Said(raised=10, overruled=3)  # nobody looked at each
    pitched.apply(Note("a note"), sellers[10:11])
    assert said(pitched) == Said(raised=10, overruled=3)


def test_a_rule_that_is_often_overruled_mutes_itself_and_says_so_once(pitched: Inbox):
    sellers = items(pitched, "Seller")
    for id_ in sellers[:6]:
        pitched.apply(Done(), [id_], raised=["pitch"])
    news = [pitched.apply(Overrule("pitch"), [id_]).warnings for id_ in sellers[6:9]]
    assert news == [(), (), ()]
    change = pitched.apply(Overrule("pitch"), [sellers[9]])
    assert change.warnings == ("the rule pitch is silent from now on: 4 of 10 were overruled",)
    assert overruled(pitched, sellers[0]) is Scope.MUTED
    assert pitched.apply(Overrule("link-first"), [sellers[0]]).warnings == ()
    pitched.undo(), pitched.undo()
    assert overruled(pitched, sellers[0]) is None


def test_a_rule_switched_on_by_hand_never_mutes_itself(pitched: Inbox):
    sellers = items(pitched, "Seller")
    pitched.apply(Overrule("pitch", Scope.RULE, on=False), [])
    for id_ in sellers:
        pitched.apply(Overrule("pitch"), [id_])
    assert said(pitched) == Said(raised=12, overruled=12, on=True)
    assert overruled(pitched, items(pitched, "Ana Ruiz")[0]) is None


@pytest.mark.parametrize(
    ("decision", "on_items"),
    [
        (Overrule("no-such-rule"), True),
        (Overrule("pitch"), False),
        (Overrule("pitch", Scope.PERSON), False),
        (Overrule("pitch", Scope.MUTED), True),
        (Overrule("pitch", Scope.RULE, on=False), True),
    ],
)
def test_what_makes_no_sense_is_refused(pitched: Inbox, decision: Overrule, *, on_items: bool):
    with pytest.raises(UsageError):
        pitched.apply(decision, items(pitched, "Ana Ruiz") if on_items else [])
    assert pitched.log() == []


def test_all_of_it_can_be_made_anew_from_the_journal(pitched: Inbox, store_path: Path):
    sellers, ana = items(pitched, "Seller"), items(pitched, "Ana Ruiz")
    pitched.apply(Junk(), sellers[:1], raised=["pitch", "question"])
    pitched.apply(Overrule("pitch", Scope.PERSON), ana)
    pitched.apply(Overrule("twins", Scope.RULE), sellers[:1])
    pitched.apply(Overrule("twins", Scope.RULE, on=False), [])
    pitched.apply(Overrule("no-answer", Scope.RULE), [])
    pitched.undo()
    assert list(differences(store_path, NOW)) == []


def test_what_was_said_of_rules_comes_along_into_a_restored_store(pitched: Inbox, store_path: Path, clock: Clock):
    keeping, ana = Keeping(store_path, clock=clock), items(pitched, "Ana Ruiz")
    pitched.apply(Junk(), ana[:1])
    keeping.back_up()
    clock.forward(minutes=1)
    pitched.apply(Overrule("twins", Scope.RULE), [])
    pitched.apply(Overrule("pitch", Scope.PERSON), ana[:1])
    pitched.close()
    keeping.restore(keeping.find("newest"), keep_newer=True)
    with closing(Inbox.open(store_path, clock=clock)) as inbox:
        assert overruled(inbox, ana[1]) is Scope.PERSON
        assert said(inbox, "twins").on is False
    assert list(differences(store_path, clock())) == []


def test_the_counts_of_somebody_forgotten_stay(pitched: Inbox, store_path: Path):
    ana = items(pitched, "Ana Ruiz")
    pitched.apply(Overrule("pitch", Scope.PERSON), ana[:1])
    pitched.forget(pitched.item(ana[0]).row.person.id)
    assert said(pitched) == Said(raised=1, overruled=1)
    assert list(differences(store_path, NOW)) == []
    assert pitched.undo().overruled == "pitch does not count for this person"
    assert said(pitched) == Said()
