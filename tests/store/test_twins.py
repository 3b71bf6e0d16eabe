"""Groups of near-identical texts: filled by imports, whatever comes in which order."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from linkinbox.decisions import Junk
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.store.schema import unparted
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


CHINESE = "您好，我们帮助中小企业在三个月内把销售额提高一倍，{}可以安排十五分钟的通话吗？"


def test_texts_without_blanks_are_twins_too(filled, store_path):
    export = (
        ExportBuilder().invitation("李伟", note=CHINESE.format("下周")).invitation("王芳", note=CHINESE.format("明天"))
    )
    inbox = filled(export.invitation("张敏", note="我读了您关于冷链审计的文章，想请教您怎样检查冬天的冷藏集装箱。"))
    assert groups(store_path) == [(2, 2)]
    ids = inbox.ids(View.ALL)[:]
    assert sum(any(signal.rule == "twins" for signal in judged.signals) for judged in inbox.judged(ids).values()) == 0
    inbox.apply(Junk(), [next(row.id for row in inbox.rows(ids) if row.person.name == "王芳")])
    assert sum(any(signal.rule == "twins" for signal in judged.signals) for judged in inbox.judged(ids).values()) == 1


def test_an_older_store_finds_them_when_it_is_brought_up_to_date(filled, store_path):
    export = (
        ExportBuilder().invitation("李伟", note=CHINESE.format("下周")).invitation("王芳", note=CHINESE.format("明天"))
    )
    filled(export.invitation("Ana Ruiz", note=PITCH).invitation("Ben Lee", note=PITCH)).close()
    with closing(sqlite3.connect(store_path)) as conn:
        for table in ("twin", "twins", "twins_key"):
            conn.execute(f"DELETE FROM {table}")
        unparted.upgrade(conn)
        unparted.upgrade(conn)  # and once more: nothing is there twice
        conn.commit()
    assert groups(store_path) == [(2, 2)]  # the others' groups are left as they were
