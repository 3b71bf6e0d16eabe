"""Groups of twins as people read them: who, how many are open, and which words differ."""

from __future__ import annotations

import pytest

from linkinbox.decisions import Done, Junk
from linkinbox.inbox import Inbox
from linkinbox.model import State, View
from tests.builders import ExportBuilder

PITCH = "Hi Alex, we help founders at {} book {} qualified calls a month, guaranteed, without any cold calling."


def pitch(export: ExportBuilder, name: str, company: str = "Acme", count: str = "thirty") -> ExportBuilder:
    return export.invitation(name, note=PITCH.format(company, count))


@pytest.fixture
def inbox_of_pitches(filled) -> Inbox:
    export = ExportBuilder().invitation("Dee Oh", note="I enjoyed your talk in Hamburg.")
    for name, company in [("Ana Ruiz", "Acme"), ("Ben Lee", "Acme"), ("Cy Fox", "Blue Harbor Logistics")]:
        pitch(export, name, company)
    for name in ("Eva Kim", "Fay Low"):
        export.message(name, "I saw your profile and thought that you may like our new webinar on freight audits.")
    return filled(export)


def id_of(inbox: Inbox, name: str) -> int:
    ids = inbox.ids(View.ALL)
    return next(row.id for row in inbox.rows(ids[:100]) if row.person.name == name)


def test_groups_come_largest_first_with_people_a_sample_and_what_differs(inbox_of_pitches: Inbox):
    largest, other = inbox_of_pitches.twin_groups(10)
    assert (largest.size, largest.people) == (3, ("Cy Fox", "Ben Lee", "Ana Ruiz"))
    assert largest.sample == PITCH.format("Blue Harbor Logistics", "thirty")
    assert largest.differs == ("Blue Harbor Logistics", "Acme")
    assert (other.size, other.people, other.differs) == (2, ("Fay Low", "Eva Kim"), ())
    assert inbox_of_pitches.twin_groups(1) == [largest]


def test_an_item_is_compared_with_its_own_text(inbox_of_pitches: Inbox):
    group = inbox_of_pitches.twins_of(id_of(inbox_of_pitches, "Ana Ruiz"))
    assert group
    assert group.sample == PITCH.format("Acme", "thirty")
    assert [twin.differs for twin in group.twins] == [("Blue Harbor Logistics",), (), ()]


def test_who_is_like_nobody_has_no_group(inbox_of_pitches: Inbox):
    assert inbox_of_pitches.twins_of(id_of(inbox_of_pitches, "Dee Oh")) is None
    assert inbox_of_pitches.twins_of(10**6) is None


def test_it_tells_which_are_open_and_which_were_junked(inbox_of_pitches: Inbox):
    inbox_of_pitches.apply(Junk(), [id_of(inbox_of_pitches, "Ana Ruiz")])
    inbox_of_pitches.apply(Done(), [id_of(inbox_of_pitches, "Ben Lee")])
    group = inbox_of_pitches.twins_of(id_of(inbox_of_pitches, "Ana Ruiz"))
    assert group
    assert group.ids_in(State.NEW) == (id_of(inbox_of_pitches, "Cy Fox"),)
    assert group.ids_in(State.JUNK) == (id_of(inbox_of_pitches, "Ana Ruiz"),)
    assert [group.size for group in inbox_of_pitches.twin_groups(10, least_new=2)] == [2]


def test_one_person_who_writes_it_twice_is_named_once(filled):
    inbox = filled(
        pitch(pitch(ExportBuilder(), "Ana Ruiz"), "Ben Lee").message("Ana Ruiz", PITCH.format("Acme", "ten"))
    )
    (group,) = inbox.twin_groups(10)
    assert (group.size, sorted(group.people)) == (3, ["Ana Ruiz", "Ben Lee"])


def test_an_empty_store_has_none(inbox: Inbox):
    assert inbox.twin_groups(10) == []


def test_what_somebody_is_called_is_no_difference(filled):
    export = ExportBuilder()
    for name in ("Ana Ruiz", "Ben Lee"):
        export.invitation(name, note=f"{PITCH.format('Acme', 'ten')} Best, {name.split()[0]}.")
    (group,) = filled(export).twin_groups(10)
    assert group.differs == ()
