"""What an import may cost, on any machine: flat memory, few questions, and no write where nothing is new."""

from __future__ import annotations

import sqlite3
import tracemalloc

import pytest

from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.store import ingest
from linkinbox.store.ahead import ahead
from linkinbox.store.schema.owing import COUNTED
from tests.builders import ExportBuilder


def an_export(rows: int) -> ExportBuilder:
    """Half invitations, half messages of a few people, so that no cache grows."""
    export = ExportBuilder().connection("Ben Lee")
    for number in range(rows // 2):
        export.invitation(f"Person {number % 50}", note=f"note {number}")
        export.message(f"Person {number % 50}", f"text {number} " * 20, thread=f"2-{number // 3}==")
    return export


def peak_of_import(path, source) -> int:
    inbox = Inbox.open(path)
    tracemalloc.start()
    inbox.import_from(source)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    inbox.close()
    return peak


def test_memory_does_not_grow_with_the_import(tmp_path, monkeypatch, gate):
    monkeypatch.setattr(ingest, "LARGE", 250)
    small, large = (an_export(rows).zip(tmp_path, f"{rows}.zip") for rows in (1_000, 4_000))
    peak_of_import(tmp_path / "warm" / "inbox.db", small)
    once, four = (peak_of_import(tmp_path / source.stem / "inbox.db", source) for source in (small, large))
    assert four < once * 1.3
    gate(25, "memory of an import", f"{once / 1e6:.1f} MB for 1,000 rows, {four / 1e6:.1f} MB for 4,000")


def test_an_import_asks_seldom_and_writes_a_row_once(inbox, tmp_path):
    said: list[str] = []
    conn = inbox._store.conn
    source = an_export(3_000).zip(tmp_path)
    conn.set_trace_callback(said.append)
    before = conn.total_changes
    inbox.import_from(source)
    conn.set_trace_callback(None)
    questions = [sql for sql in said if sql.lstrip().upper().startswith(("SELECT", "UPDATE", "PRAGMA"))]
    assert len(questions) < 40 * 3
    assert [sql for sql in said if "TRIGGER" in sql and "INSERT" in sql] == []
    items, messages = (conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("item", "message"))
    # The index has two rows for a message; the text of an item is in a group, or leaves a sketch of three.
    assert conn.total_changes - before < 5 * items + 3 * messages + 500


@pytest.mark.parametrize("known", [True, False])
def test_an_import_of_nothing_new_writes_only_that_it_was_done(inbox, tmp_path, known):
    export = an_export(600)
    inbox.import_from(export.zip(tmp_path))
    conn = inbox._store.conn
    if not known:
        conn.execute("DELETE FROM passage")
    before, again = conn.total_changes, export.zip(tmp_path, "again.zip", top="again")
    report = inbox.import_from(again)
    passages = 0 if known else conn.execute("SELECT count(*) FROM passage").fetchone()[0]
    assert report.nothing_new
    assert [file.same for file in report.files] == [file.rows for file in report.files]
    assert conn.total_changes - before - passages <= 3


def test_rows_met_before_are_counted_whether_their_passage_is_known_or_not(inbox, tmp_path):
    export = an_export(600)
    inbox.import_from(export.zip(tmp_path))
    later = export.message("Zoë Berg", "new").invitation("Zoë Berg")
    report = inbox.import_from(later.zip(tmp_path, "later.zip"))
    counted = {file.name: (file.rows, file.new, file.same) for file in report.files}
    assert counted["messages.csv"] == (301, 1, 300)
    assert counted["Invitations.csv"] == (301, 1, 300)
    assert len(inbox.ids(View.ALL, "Zoë")) == 2


def test_items_are_counted_though_no_trigger_does_it(inbox, store_path, tmp_path):
    inbox.import_from(an_export(300).zip(tmp_path))
    conn = sqlite3.connect(store_path)
    counted = f"SELECT {COUNTED}, count(*) FROM item GROUP BY 1, 2, 3, 4, 5, 6"
    assert sorted(conn.execute(counted)) == sorted(conn.execute("SELECT * FROM tally WHERE n != 0"))
    by_day = "SELECT substr(at, 1, 10), count(*) FROM item WHERE state = 'new' AND kind = 'invitation' GROUP BY 1"
    assert sorted(conn.execute(by_day)) == sorted(conn.execute("SELECT * FROM new_by_day WHERE n != 0"))
    conn.close()


def test_what_goes_wrong_while_reading_ahead_is_told_when_its_turn_comes():
    def lists():
        yield [1]
        raise KeyboardInterrupt

    with ahead(lists()) as batches:
        assert batches.next() == [1]
        batches.begin()
        with pytest.raises(KeyboardInterrupt):
            batches.next()
