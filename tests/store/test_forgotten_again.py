"""Restoring and recovering bring nobody back who was forgotten, and say so."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Gold, Junk, Note
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.model import Verb, View
from linkinbox.store.keeping.findings import Severity
from linkinbox.store.keeping.restore_words import restored_lines
from tests.builders import ExportBuilder
from tests.rot import garble
from tests.store.first_schema import make_first_store

MARKS = ("Zebedee", "quaggaword", "okapinote")
AGAIN = "1 person was forgotten again, whom the backup still held"


def an_export(*more: str) -> ExportBuilder:
    export = ExportBuilder().invitation("Zebedee Quist", note="let us talk quaggaword")
    for name in ("Ana Ruiz", "Ben Lee", "Cleo Park", *more):
        export.invitation(name, note=f"hello from {name}").message(name, "a word")
    return export


@pytest.fixture
def store(filled, store_path, keeping, clock) -> Path:
    """Zebedee is accepted and noted; a backup; another note, a decision on Ana; then Zebedee is forgotten."""
    inbox = filled(an_export())
    zebedee, ana = inbox.ids(View.ALL, "Zebedee")[:1], inbox.ids(View.ALL, "Ana")[:1]
    inbox.apply(Accept(note="okapinote"), zebedee)
    inbox.apply(Gold(), zebedee)
    keeping.back_up()
    clock.forward(minutes=1)
    inbox.apply(Note("okapinote once more"), zebedee)
    inbox.apply(Junk(), ana)
    inbox.forget(inbox.what_is_kept("Zebedee Quist").person.id)
    inbox.close()
    return store_path


def opened(store: Path, clock) -> Inbox:
    return Inbox.open(store, clock=clock)


def nothing_is_left(store: Path, clock) -> None:
    """Of Zebedee, after one start."""
    opened(store, clock).close()
    assert [mark for mark in MARKS if mark.encode() in store.read_bytes()] == []
    wrong = [
        finding
        for finding in Keeping(store, clock=clock).doctor(deep=True, config=store.parent / "config.toml").findings
        if finding.severity is not Severity.NOTE and finding.check != "backups"
    ]
    assert wrong == []


@pytest.mark.parametrize("keep_newer", [False, True])
def test_a_backup_from_before_brings_nobody_back(store, keeping, clock, tmp_path, keep_newer):
    restored = keeping.restore(keeping.find("newest"), keep_newer=keep_newer)
    assert (restored.forgotten, restored.unforgotten) == (1, False)
    assert AGAIN in restored_lines(restored, clock())
    nothing_is_left(store, clock)
    with closing(opened(store, clock)) as inbox:
        assert inbox.counts()[View.JUNK] == int(keep_newer)
        assert [gold.person.name for gold in inbox.figures().golds] == ["(forgotten)"]
        inbox.import_from(an_export("Dora Held").zip(tmp_path, "later.zip"))
        assert inbox.ids(View.ALL, "Zebedee")[:] == []


@pytest.mark.parametrize("seen_in_the_backup", [True, False])
def test_a_recovery_brings_nobody_back(store, keeping, clock, tmp_path, seen_in_the_backup):
    if not seen_in_the_backup:
        for made in keeping.backups():
            made.path.unlink()
    garble(store, leaf_of(store, "a word"))
    restored = keeping.recover()
    assert restored.forgotten == int(seen_in_the_backup)
    assert not restored.unforgotten
    nothing_is_left(store, clock)
    with closing(opened(store, clock)) as inbox:
        inbox.import_from(an_export().zip(tmp_path, "again.zip"))
        assert inbox.ids(View.ALL, "Zebedee")[:] == []


def leaf_of(store: Path, words: str) -> int:
    """A page on which the words stand, so that the rest can be read."""
    return store.read_bytes().index(words.encode()) // 4096 + 1


def test_where_it_can_be_read_no_longer_who_was_forgotten_that_is_told(store, keeping, clock):
    raw = store.read_bytes()
    garble(store, 1)
    assert raw != store.read_bytes()
    restored = keeping.recover()
    assert restored.unforgotten
    told = " ".join(restored_lines(restored, clock()))
    assert "Whom you had forgotten can be read no longer" in told


def test_people_forgotten_in_either_store_stay_forgotten(store, keeping, clock, tmp_path):
    """Each of the two has a secret of its own by then."""
    aside = keeping.restore(keeping.find("newest"), keep_newer=False).kept_aside
    assert aside is not None
    earlier = keeping.find("newest")
    store.unlink()
    keeping.restore(earlier, keep_newer=False)
    with closing(opened(store, clock)) as inbox:
        inbox.forget(inbox.what_is_kept("Ben Lee").person.id)
    restored = keeping.restore(aside, keep_newer=False)
    assert restored.forgotten == 1
    with closing(opened(store, clock)) as inbox:
        inbox.import_from(an_export("Dora Held").zip(tmp_path, "later.zip"))
        assert inbox.ids(View.ALL, "Zebedee")[:] == inbox.ids(View.ALL, "Ben")[:] == []
        assert inbox.ids(View.ALL, "Ana")[:] != []


def test_each_time_it_was_done_is_in_the_journal(store, keeping, clock):
    keeping.restore(keeping.find("newest"), keep_newer=True)
    with closing(opened(store, clock)) as inbox:
        assert [entry.action for entry in inbox.log(100)].count(Verb.FORGET) == 2


def test_a_store_of_the_first_version_forgot_nobody(store, keeping, clock, tmp_path):
    first = tmp_path / "first.db"
    make_first_store(first, people=3)
    restored = Keeping(first, clock=clock).restore(keeping.find("newest"), keep_newer=False)
    assert (restored.forgotten, restored.unforgotten) == (0, False)
