"""Two copies of a store become one: each row finds its like by what it is, whatever its number."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Gold, Junk, Note
from linkinbox.errors import UsageError
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.model import Row, State, View
from linkinbox.store.keeping import backup
from linkinbox.store.keeping.restore_words import restored_lines
from tests.builders import ExportBuilder, Someone
from tests.conftest import Clock
from tests.rot import PAGE, garble

CROWD = 240


def letters(*people: str) -> ExportBuilder:
    """An export in which each of these people invites and writes."""
    export = ExportBuilder()
    for name in people:
        export.invitation(name, note=f"an invitation of {name}").message(name, f"a letter of {name}", at="2026-11-01")
    return export


def bring_in(store: Path, export: ExportBuilder, folder: Path, clock: Clock) -> None:
    with closing(Inbox.open(store, clock=clock)) as inbox:
        folder.mkdir(exist_ok=True)
        inbox.import_from(export.zip(folder, f"{len([*folder.iterdir()])}.zip"))


def decide_on(store: Path, name: str, clock: Clock) -> None:
    """An accept with a note, gold, and an undo that leaves it at that."""
    with closing(Inbox.open(store, clock=clock)) as inbox:
        ids = [row.id for row in inbox.rows(inbox.ids(View.ALL)[:]) if row.person.name == name]
        inbox.apply(Accept(note=f"noted of {name}"), ids[:1])
        inbox.apply(Gold(), ids[:1])
        inbox.apply(Junk(), ids[1:])
        inbox.undo()


def begin_a_note_on(store: Path, name: str) -> None:
    with closing(Inbox.open(store)) as inbox:
        (row, *_) = (row for row in inbox.rows(inbox.ids(View.ALL)[:]) if row.person.name == name)
        inbox.keep_note_begun(row.id, "to be finished")


def begun_notes(store: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(store)) as conn:
        return {*conn.execute(
            "SELECT p.name, b.text FROM note_begun b JOIN item i ON i.id = b.item_id JOIN person p ON p.id = i.person_id"
        )}  # fmt: skip


def told(store: Path, clock: Clock) -> dict[str, tuple[object, ...]]:
    """By name, what is shown of a person: texts, notes, states, gold."""
    with closing(Inbox.open(store, clock=clock)) as inbox:
        items = [inbox.item(id_) for id_ in inbox.ids(View.ALL)[:]]
    shown: dict[str, tuple[object, ...]] = {}
    for item in sorted(items, key=lambda item: item.row.uid):
        one = ([message.text for message in item.messages], item.notes, item.row.state, item.row.gold)
        shown[item.row.person.name] = (*shown.get(item.row.person.name, ()), one)
    return shown


def test_copies_that_went_their_own_ways_give_everybody_their_own(store_path, clock, tmp_path):
    keeping = Keeping(store_path, clock=clock)
    bring_in(store_path, letters("Ana Ruiz"), tmp_path / "a", clock)
    decide_on(store_path, "Ana Ruiz", clock)
    early = keeping.back_up()
    clock.forward(minutes=1)
    bring_in(store_path, letters("Ben Lee", "Carla Diaz"), tmp_path / "b", clock)
    decide_on(store_path, "Ben Lee", clock)
    begin_a_note_on(store_path, "Ben Lee")
    before = told(store_path, clock)
    kept = keeping.restore(early, keep_newer=False).kept_aside
    assert kept is not None
    clock.forward(minutes=1)
    bring_in(store_path, letters("Dan Olsen", "Eve Stone"), tmp_path / "c", clock)
    decide_on(store_path, "Eve Stone", clock)
    before |= told(store_path, clock)
    restored = keeping.restore(kept, keep_newer=True)
    assert told(store_path, clock) == before
    assert (restored.newer, restored.reapplied, restored.refused) == (5, 5, None)
    assert restored.items == 4
    assert begun_notes(store_path) == {("Ben Lee", "to be finished")}
    keeping.back_up()
    assert keeping.doctor(deep=True, config=tmp_path / "none").ok


def test_what_another_wrote_last_in_a_thread_comes_under_their_name(store_path, clock, tmp_path):
    keeping = Keeping(store_path, clock=clock)
    group = {"thread": "2-group==", "to": ["Alex Morgan", "Ben Lee"]}
    bring_in(store_path, ExportBuilder().message("Ana Ruiz", "first", **group), tmp_path / "a", clock)
    early = keeping.back_up()
    later = ExportBuilder().message("Ana Ruiz", "first", **group).message("Ben Lee", "last", **group)
    bring_in(store_path, later, tmp_path / "b", clock)
    before = told(store_path, clock)
    assert [*before] == ["Ben Lee"]
    keeping.restore(early, keep_newer=True)
    assert told(store_path, clock) == before


def test_whose_link_was_taken_over_stays_a_person_of_their_own(store_path, clock, tmp_path):
    other = tmp_path / "other" / "inbox.db"
    bring_in(store_path, ExportBuilder().message(Someone("Ana Ruiz", "ana"), "of Ana"), tmp_path / "a", clock)
    bring_in(
        other, ExportBuilder().message(Someone("Zed Quill", "ana"), "of Zed", thread="2-z=="), tmp_path / "b", clock
    )
    Keeping(store_path, clock=clock).restore(other, keep_newer=True)
    assert {name: items[0][0] for name, items in told(store_path, clock).items()} == {
        "Ana Ruiz": ["of Ana"], "Zed Quill": ["of Zed"],
    }  # fmt: skip


def test_two_members_are_never_mixed(store_path, clock, tmp_path):
    other = tmp_path / "other" / "inbox.db"
    bring_in(store_path, letters("Ana Ruiz"), tmp_path / "a", clock)
    kim = ExportBuilder(owner=Someone("Kim Vale", "kim-vale")).invitation("Ben Lee", note="to Kim")
    bring_in(other, kim, tmp_path / "b", clock)
    before = store_path.read_bytes()
    with pytest.raises(UsageError, match=r"Alex Morgan's.*Kim Vale's"):
        Keeping(store_path, clock=clock).restore(other, keep_newer=True)
    assert store_path.read_bytes() == before


def test_a_copy_merged_into_its_like_changes_nothing(store_path, clock, tmp_path):
    keeping = Keeping(store_path, clock=clock)
    bring_in(store_path, letters("Ana Ruiz", "Ben Lee"), tmp_path / "a", clock)
    decide_on(store_path, "Ben Lee", clock)
    before = told(store_path, clock)
    restored = keeping.restore(keeping.back_up(), keep_newer=True)
    assert (restored.items, restored.newer, restored.lost) == (0, 0, 0)
    assert told(store_path, clock) == before


def lose_items(store: Path, name: str) -> None:
    """Take away what a damaged page would: a person's items, with their words."""
    with closing(sqlite3.connect(store)) as conn:
        theirs = "SELECT i.id FROM item i JOIN person p ON p.id = i.person_id WHERE p.name = ?"
        conn.execute(f"DELETE FROM message WHERE item_id IN ({theirs})", (name,))
        conn.execute(f"DELETE FROM item WHERE id IN ({theirs})", (name,))
        conn.commit()


def accepted_of(name: str, inbox: Inbox) -> list[Row]:
    """A person's items that were accepted."""
    accepted = {State.TO_ACCEPT, State.TO_REPLY}
    return [row for row in inbox.rows(inbox.ids(View.ALL)[:]) if row.person.name == name and row.state in accepted]


@pytest.fixture
def bereft(store_path, clock, tmp_path) -> Path:
    """A store whose decisions on Ben, an undone one among them, wait for his items."""
    keeping = Keeping(store_path, clock=clock)
    bring_in(store_path, letters("Ana Ruiz"), tmp_path / "a", clock)
    early = keeping.back_up()
    bring_in(store_path, letters("Ana Ruiz", "Ben Lee"), tmp_path / "a", clock)
    decide_on(store_path, "Ben Lee", clock)
    decide_on(store_path, "Ana Ruiz", clock)
    lose_items(store_path, "Ben Lee")
    restored = keeping.restore(early, keep_newer=True)
    assert (restored.newer, restored.reapplied, restored.waiting, restored.refused) == (10, 6, 4, None)
    assert "4 decisions wait for items that are not here" in " ".join(restored_lines(restored, clock()))
    return store_path


def test_decisions_wait_for_the_import_that_brings_their_items(bereft, clock, tmp_path):
    keeping = Keeping(bereft, clock=clock)
    (found,) = (one for one in keeping.doctor(deep=True, config=tmp_path / "none").findings if one.check == "journal")
    assert "4 decisions wait" in found.what
    with closing(Inbox.open(bereft, clock=clock)) as inbox:
        report = inbox.import_from(tmp_path / "a" / "1.zip")
        assert report.items.new == 1  # he invited too, and that was never decided
        (accepted,) = accepted_of("Ben Lee", inbox)
        assert accepted.gold
        assert inbox.item(accepted.id).notes == ("noted of Ben Lee",)
    keeping.back_up()
    assert keeping.doctor(deep=True, config=tmp_path / "none").ok


def test_what_waits_can_be_undone_and_stays_so(bereft, clock, tmp_path):
    with closing(Inbox.open(bereft, clock=clock)) as inbox:
        undone = []
        while change := inbox.undo():
            undone.append((change.verb, len(change.ids)))
        assert undone[-2:] == [("gold", 0), ("accept", 0)]
        inbox.import_from(tmp_path / "a" / "1.zip")
        assert not accepted_of("Ben Lee", inbox)
        inbox.redo()
        assert accepted_of("Ben Lee", inbox)
    Keeping(bereft, clock=clock).back_up()
    assert Keeping(bereft, clock=clock).doctor(deep=True, config=tmp_path / "none").ok


def test_what_waits_is_backed_up_and_waits_in_the_copy_too(bereft, clock, tmp_path):
    keeping = Keeping(bereft, clock=clock)
    keeping.restore(keeping.back_up(), keep_newer=True)
    with closing(Inbox.open(bereft, clock=clock)) as inbox:
        inbox.import_from(tmp_path / "a" / "1.zip")
        assert {row.person.name for row in inbox.rows(inbox.ids(View.ALL)[:]) if row.gold} == {"Ana Ruiz", "Ben Lee"}


# ── damage ──


@pytest.fixture(scope="session")
def crowded(tmp_path_factory) -> Path:
    """A crowd, each decided on, and no backup."""
    folder, clock = tmp_path_factory.mktemp("crowded"), Clock()
    export = ExportBuilder()
    for number in range(CROWD):
        export.invitation(f"Person {number}", note=f"note {number}, " + "long enough to fill a page " * 3)
        export.invitation(f"Invited {number}", outgoing=True)
    with closing(Inbox.open(folder / "inbox.db", clock=clock)) as inbox:
        inbox.import_from(export.zip(folder))
        for number, id_ in enumerate(inbox.ids(View.ALL)[:]):
            inbox.apply(Note(f"noted {number}") if number % 8 == 0 else Junk(), [id_])
    shutil.rmtree(backup.folder_of(folder / "inbox.db"), ignore_errors=True)
    return folder


def leaves_of(store: Path, table: str) -> list[int]:
    """The pages that hold a table's rows, in their order."""
    with closing(sqlite3.connect(store)) as conn:
        (root,) = conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    return [*_leaves(store.read_bytes(), root)]


def _leaves(raw: bytes, number: int) -> list[int]:
    page = raw[(number - 1) * PAGE : number * PAGE]
    if page[0] in {0x0D, 0x0A}:
        return [number]
    cells = [int.from_bytes(page[12 + 2 * n :][:2], "big") for n in range(int.from_bytes(page[3:5], "big"))]
    below = [int.from_bytes(page[cell:][:4], "big") for cell in cells] + [int.from_bytes(page[8:12], "big")]
    return [leaf for one in below for leaf in _leaves(raw, one)]


@pytest.mark.parametrize(
    ("table", "which"), [("item", 0), ("item", -1), ("person", 0), ("message", 0), ("sent_invitation", 0)]
)
def test_one_bad_page_costs_what_lies_on_it_and_no_more(table, which, crowded, tmp_path):
    store = shutil.copytree(crowded, tmp_path / "home") / "inbox.db"
    leaves = leaves_of(store, table)
    garble(store, leaves[min(which, len(leaves) - 1)])
    restored = Keeping(store, clock=Clock()).recover()
    assert restored.reapplied + restored.waiting == restored.newer == CROWD
    assert (restored.lost, restored.refused) == (0, None)
    assert restored.reapplied > CROWD * 0.7
    with closing(Inbox.open(store, clock=Clock())) as inbox:
        assert inbox.counts()[View.ALL] > CROWD * 0.7
        assert len(inbox.log(1000)) == CROWD
        (source,) = crowded.glob("*.zip")
        inbox.import_from(source)
        counts = inbox.counts()
        assert (counts[View.ALL], counts[View.JUNK], counts[View.NEW]) == (CROWD, CROWD * 7 // 8, CROWD // 8)
    with closing(sqlite3.connect(store)) as conn:
        assert conn.execute("SELECT count(*) FROM sent_invitation").fetchone()[0] == CROWD
    Keeping(store, clock=Clock()).back_up()
    assert Keeping(store, clock=Clock()).doctor(deep=True, config=tmp_path / "none").ok
