"""Groups of near-identical texts: filled by imports, whatever comes in which order."""

from __future__ import annotations

import sqlite3

import pytest

from linkinbox.inbox import Inbox
from tests.builders import ExportBuilder

PITCH = "Hi {}, we help founders like you book thirty qualified calls a month, guaranteed, without any cold calling."


def with_pitches(*names: str) -> ExportBuilder:
    export = ExportBuilder()
    for name in names:
        export.invitation(name, note=PITCH.format("Alex"))
    return export


def groups(store_path) -> list[tuple[int, int]]:
    """(texts, people) of each group, the largest first."""
    conn = sqlite3.connect(store_path)
    try:
        return conn.execute("SELECT size, people FROM twins ORDER BY people DESC, size DESC").fetchall()
    finally:
        conn.close()


def test_the_same_text_from_several_senders_is_one_group(filled, store_path):
    filled(with_pitches("Ana Ruiz", "Ben Lee", "Cy Fox").invitation("Dee Oh", note="I enjoyed your talk in Hamburg."))
    assert groups(store_path) == [(3, 3)]


def test_a_note_and_a_first_message_can_be_twins(filled, store_path):
    filled(with_pitches("Ana Ruiz").message("Ben Lee", PITCH.format("Alexander")).message("Ben Lee", "Are you there?"))
    assert groups(store_path) == [(2, 2)]


def test_a_later_import_adds_to_the_group(filled, tmp_path, store_path):
    inbox: Inbox = filled(with_pitches("Ana Ruiz", "Ben Lee"))
    inbox.import_from(with_pitches("Ana Ruiz", "Ben Lee", "Cy Fox").zip(tmp_path, "later.zip"))
    assert groups(store_path) == [(3, 3)]


def test_one_person_who_writes_it_twice_is_nobodys_twin(filled, store_path):
    filled(with_pitches("Ana Ruiz").message("Ana Ruiz", PITCH.format("Alex")))
    assert groups(store_path) == [(2, 1)]


@pytest.mark.parametrize("note", ["", "Hi", "I'd like to join your LinkedIn network."])
def test_nothing_and_what_linkedin_offers_make_no_group(filled, store_path, note):
    filled(ExportBuilder().invitation("Ana Ruiz", note=note).invitation("Ben Lee", note=note))
    assert groups(store_path) == []


def test_an_import_beside_an_open_screen_makes_groups_too(filled, tmp_path, store_path):
    inbox: Inbox = filled(ExportBuilder())
    screen = Inbox.open(store_path)
    inbox.import_from(with_pitches("Ana Ruiz", "Ben Lee").zip(tmp_path, "later.zip"))
    screen.close()
    assert groups(store_path) == [(2, 2)]


def test_who_is_forgotten_is_nobodys_twin_any_more(filled, store_path):
    inbox: Inbox = filled(with_pitches("Ana Ruiz", "Ben Lee", "Cy Fox"))
    inbox.forget(inbox.what_is_kept("Ben Lee").person.id)
    assert groups(store_path) == [(2, 2)]
