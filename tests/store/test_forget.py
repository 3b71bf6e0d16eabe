"""Forgetting a person: nothing of theirs is left, in no byte of the store, and the counts stay."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Call, Gold, Junk, Note, Tag
from linkinbox.errors import DiskFullError, NoSuchItemError, UsageError
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.model import Verb, View
from linkinbox.store import chain
from linkinbox.store.keeping.findings import Severity
from linkinbox.store.lock import FileLock
from tests.builders import ExportBuilder
from tests.powers import small_disk

MARKS = ("Zebedee", "zebedee", "quaggaword", "okapinote", "tapirdraft", "gnutitle", "dikdiktag")


def an_export() -> ExportBuilder:
    return (
        ExportBuilder()
        .invitation("Ana Ruiz", note="hello")
        .invitation("Zebedee Quist", note="let us talk quaggaword")
        .message("Zebedee Quist", "quaggaword again", title="gnutitle")
        .sent("Zebedee Quist", "about your quaggaword")
        .draft("tapirdraft", thread="2-zebedee-quist==")
        .connection("Ben Lee")
    )


@pytest.fixture
def known(filled) -> Inbox:
    """Ana and Zebedee invited me; Ana was junked, Zebedee accepted, noted and made gold."""
    inbox = filled(an_export())
    inbox.apply(Junk(), [inbox.find(uid_of(inbox, "Ana Ruiz"))])
    for id_ in ids_of(inbox, "Zebedee Quist"):
        inbox.apply(Accept(note="okapinote"), [id_])
    inbox.apply(Gold(), ids_of(inbox, "Zebedee Quist")[:1])
    inbox.apply(Tag(("dikdiktag",)), ids_of(inbox, "Zebedee Quist"))
    return inbox


def ids_of(inbox: Inbox, name: str) -> list[int]:
    ids = inbox.ids(View.ALL)
    return [row.id for row in inbox.rows(ids[: len(ids)]) if row.person.name == name]


def uid_of(inbox: Inbox, name: str) -> str:
    return inbox.item(ids_of(inbox, name)[0]).row.uid


def forget(inbox: Inbox, who: str) -> None:
    inbox.forget(inbox.what_is_kept(who).person.id)


def bytes_beside(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def test_no_byte_of_the_person_is_left_in_any_file_of_the_store(known, store_path):
    known.apply(Note("okapinote once more"), ids_of(known, "Zebedee Quist")[:1])
    assert all(mark.encode() in bytes_beside(store_path) for mark in MARKS if mark != "zebedee")
    forget(known, "Zebedee Quist")
    left = bytes_beside(store_path)
    known.close()
    left += bytes_beside(store_path)
    assert [mark for mark in MARKS if mark.encode() in left] == []
    assert [mark for mark in MARKS if mark.encode("utf-16-le") in left] == []


def test_no_word_of_theirs_is_left_in_the_index(known, store_path):
    forget(known, "Zebedee Quist")
    conn = sqlite3.connect(store_path)
    for index in ("message_fts", "note_fts"):
        conn.execute(f"CREATE VIRTUAL TABLE temp.words_{index} USING fts5vocab('main', '{index}', 'row')")
        words = {word for (word,) in conn.execute(f"SELECT term FROM temp.words_{index}")}
        assert not words & {"zebedee", "quist", "quaggaword", "okapinote"}
        conn.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
    assert "ana" in {word for (word,) in conn.execute("SELECT term FROM temp.words_message_fts")}
    conn.close()


def test_no_view_lists_them_and_the_counts_agree(known):
    forget(known, "Zebedee Quist")
    for view in View:
        ids = known.ids(view)
        rows = known.rows(ids[: len(ids)])
        assert len(rows) == known.counts()[view]
        assert "Zebedee" not in str(rows)
    assert known.ids(View.ALL, "quaggaword")[:] == []


def test_the_path_still_counts_what_was_decided(known):
    before = known.figures()
    forget(known, "Zebedee Quist")
    after = known.figures()
    assert [(gold.junk, gold.accepted) for gold in after.golds] == [(gold.junk, gold.accepted) for gold in before.golds]
    assert after.golds[0].person.name == "(forgotten)"


def test_the_journal_keeps_its_acts_without_their_words_and_its_chain_holds(known, store_path):
    acts = len(known.log(100))
    forget(known, "Zebedee Quist")
    log = known.log(100)
    assert len(log) == acts + 1
    assert log[0].action is Verb.FORGET
    assert "okapinote" not in str(log)
    conn = sqlite3.connect(store_path)
    assert list(chain.broken(conn)) == []
    conn.close()


def test_it_cannot_be_taken_back_but_what_was_decided_before_can(known):
    accepted = known.figures().golds[0].accepted
    forget(known, "Zebedee Quist")
    while known.undo():
        pass
    assert known.figures().open.junk == 0
    assert known.ids(View.ALL, "Zebedee")[:] == []
    while known.redo():
        pass
    assert known.figures().golds[0].accepted == accepted


def test_the_next_export_does_not_bring_them_back(known, tmp_path):
    forget(known, "Zebedee Quist")
    later = an_export().message("Zebedee Quist", "quaggaword, once more").message("Cy Fox", "Hi")
    report = known.import_from(later.zip(tmp_path, "later.zip"))
    assert ids_of(known, "Zebedee Quist") == []
    assert ids_of(known, "Cy Fox") != []
    ignored = sum(file.reasons["of somebody you forgot"] for file in report.files)
    assert ignored == 4  # an invitation, two messages of theirs and one to them


def test_in_a_thread_with_others_only_their_own_words_go(filled):
    inbox = filled(
        ExportBuilder()
        .message("Ana Ruiz", "a meeting", thread="2-group==", title="Ana, Zebedee")
        .message("Zebedee Quist", "quaggaword", thread="2-group==")
    )
    forget(inbox, "Zebedee Quist")
    (id_,) = ids_of(inbox, "Ana Ruiz")
    item = inbox.item(id_)
    assert [message.text for message in item.messages] == ["a meeting"]
    assert item.row.messages == 1
    assert item.title == ""


def test_the_calendar_files_of_their_calls_go_too(known, store_path, clock):
    known.apply(Call(clock() + timedelta(days=1), 30), ids_of(known, "Zebedee Quist")[:1])
    calls = store_path.parent / "calls"
    assert len(list(calls.iterdir())) == 1
    forget(known, "Zebedee Quist")
    assert list(calls.iterdir()) == []


@pytest.mark.parametrize("who", ["Zebedee Quist", "zebedee quist", "https://www.linkedin.com/in/zebedee-quist"])
def test_a_person_is_named_by_their_name_or_profile(known, who):
    there = known.what_is_kept(who)
    assert (there.items, there.messages, there.notes) == (2, 3, 2)


def test_a_person_is_named_by_an_item_of_theirs(known):
    assert known.what_is_kept(uid_of(known, "Zebedee Quist")).person.name == "Zebedee Quist"


def test_nobody_and_several_of_a_name_are_refused(filled):
    inbox = filled(ExportBuilder(invitations=0).invitation("Ana Ruiz").invitation("Ana Ruiz"))
    with pytest.raises(NoSuchItemError, match="Nobody is named Eve"):
        inbox.what_is_kept("Eve")
    with pytest.raises(UsageError, match="2 people are named Ana Ruiz"):
        inbox.what_is_kept("Ana Ruiz")


def test_beside_an_open_screen_nothing_is_forgotten(known, store_path):
    screen = Inbox.open(store_path)
    with pytest.raises(UsageError, match="open elsewhere"):
        forget(known, "Zebedee Quist")
    screen.close()
    assert ids_of(known, "Zebedee Quist")


# ── what interrupts it ──

KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from linkinbox.inbox import Inbox
from linkinbox.store.connection import Store
class Dies(Store):
    dies_at = sys.argv[2]
    def write(self):
        if self.dies_at == "index" and self.conn.execute("SELECT 1 FROM meta WHERE name = 'forgetting'").fetchone():
            os._exit(9)
        return super().write()
    def compact(self):
        if self.dies_at == "before compacting":
            os._exit(9)
        super().compact()
        os._exit(9)
inbox = Inbox.open(Path(sys.argv[1]))
inbox._store.__class__ = Dies
inbox.forget(inbox.what_is_kept("Zebedee Quist").person.id)
"""


@pytest.mark.parametrize("when", ["index", "before compacting", "after compacting"])
def test_what_was_interrupted_is_finished_by_the_next_start_and_told(known, store_path, clock, when):
    known.apply(Call(clock() + timedelta(days=1), 30), ids_of(known, "Zebedee Quist")[:1])
    known.close()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(store_path), when], check=False)
    assert killed.returncode == 9
    with closing(Inbox.open(store_path, clock=clock)) as inbox:
        assert inbox.repaired == ("What was left of somebody you forgot is removed",)
        assert ids_of(inbox, "Zebedee Quist") == []
    assert [mark for mark in MARKS if mark.encode() in bytes_beside(store_path)] == []
    assert list((store_path.parent / "calls").iterdir()) == []
    with closing(Inbox.open(store_path, clock=clock)) as inbox:
        assert inbox.repaired == ()


def test_beside_another_start_the_rest_waits_and_the_doctor_knows(known, store_path, clock):
    known.close()
    subprocess.run([sys.executable, "-c", KILLED, str(store_path), "index"], check=False)
    only_looks = FileLock(Path(f"{store_path}.open"))
    only_looks.share()
    with closing(Inbox.open(store_path, clock=clock)) as inbox:
        (told,) = inbox.repaired
        assert told.startswith("Words of somebody you forgot may still lie in files (The inbox is open elsewhere)")
    findings = Keeping(store_path, clock=clock).doctor(deep=False, config=store_path.parent / "config.toml").findings
    (found,) = [finding for finding in findings if finding.check == "forgotten"]
    assert found.severity is Severity.WARNING
    only_looks.close()


def test_without_room_to_write_the_file_anew_nobody_is_forgotten(tmp_path, clock):
    with small_disk(tmp_path / "disk", kib=4_000):
        store = tmp_path / "disk" / "inbox.db"
        with closing(Inbox.open(store, clock=clock)) as inbox:
            inbox.import_from(an_export().zip(tmp_path))
            (tmp_path / "disk" / "ballast").write_bytes(bytes(shutil.disk_usage(store.parent).free - 300_000))
            with pytest.raises(DiskFullError, match="Nobody was forgotten"):
                forget(inbox, "Zebedee Quist")
            assert ids_of(inbox, "Zebedee Quist")
