"""Who vouched for the owner, and whom of the owner's connections a text names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from linkinbox.importers.export import open_export
from linkinbox.inbox import Inbox
from linkinbox.model import View
from tests.builders import ExportBuilder, Someone
from tests.store.test_evidence import of, signals

Fill = Callable[[ExportBuilder], Inbox]


def rows(inbox: Inbox) -> list[tuple[str, ...]]:
    return inbox._store.conn.execute("SELECT person_key, name, kind, skill FROM vouched").fetchall()


def why(inbox: Inbox, name: str) -> str:
    found = signals(of(inbox, name))
    return found["endorsed"].why if "endorsed" in found else ""


def test_who_endorsed_is_told_by_the_profile_else_by_the_name(filled: Fill):
    export = ExportBuilder().endorsement("Ana Ruiz", "Audit").endorsement("Ana Ruiz", "Cold chain")
    export.endorsement("Ben Lee", "Audit", by_name=True).recommendation("Cy Fox").recommendation("Ana Ruiz")
    for name in ("Ana Ruiz", "Ben Lee", "Cy Fox", "Dee Roe"):
        export.invitation(name)
    inbox = filled(export.invitation(Someone("Ana Ruiz", "another-ana"), note="another"))
    assert why(inbox, "Ben Lee") == "somebody of that name endorsed you: Audit"
    assert why(inbox, "Cy Fox") == "somebody of that name recommended you"
    assert why(inbox, "Dee Roe") == ""
    told = {row.person.url: row.id for row in inbox.rows(inbox.ids(View.ALL)[:])}
    ana = inbox.judged([told["https://www.linkedin.com/in/ana-ruiz"]])
    assert "endorsed you: Audit, Cold chain" in [signal.why for one in ana.values() for signal in one.signals]


def test_who_is_known_to_be_no_connection_did_not_vouch_by_that_name(filled: Fill):
    export = ExportBuilder().connection("Eve Sun").recommendation("Ben Lee").invitation("Ben Lee")
    assert why(filled(export), "Ben Lee") == ""


def test_the_same_export_once_more_changes_nothing(filled: Fill, tmp_path: Path):
    export = ExportBuilder().endorsement("Ana Ruiz", "Audit").recommendation("Ben Lee")
    inbox = filled(export)
    before = rows(inbox)
    assert len(before) == 2
    report = inbox.import_from(export.invitation("Cy Fox").zip(tmp_path, "again.zip"))
    assert rows(inbox) == before
    counted = {file.name: (file.new, file.same) for file in report.files}
    assert counted["Endorsement_Received_Info.csv"] == counted["Recommendations_Received.csv"] == (0, 1)


def test_a_row_without_anybody_is_counted_and_left_out(filled: Fill):
    assert rows(filled(ExportBuilder().endorsement(Someone(""), "Audit", by_name=True).invitation("Cy Fox"))) == []


def test_an_export_that_tells_endorsements_twice_is_read_once(tmp_path: Path):
    export = ExportBuilder().endorsement("Ana Ruiz", "Audit").invitation("Cy Fox")
    twin = export.text("Endorsement_Received_Info.csv").replace(",", "\t").encode("utf-16")
    with open_export(export.raw("Endorsement Received Info.csv", twin).zip(tmp_path)) as source:
        assert [file.subject for file in source.files].count("endorsements") == 1
        assert [other.why for other in source.others] == ["not needed"]


@pytest.mark.parametrize("by_name", [False, True])
def test_who_is_forgotten_vouched_for_nobody_and_no_import_says_so_again(
    filled: Fill, tmp_path: Path, *, by_name: bool
):
    export = ExportBuilder().endorsement("Ana Ruiz", "Audit", by_name=by_name).recommendation("Ana Ruiz")
    export.endorsement("Ben Lee", "Audit").invitation("Ana Ruiz")
    inbox = filled(export)
    inbox.forget(inbox.rows(inbox.ids(View.ALL)[:])[0].person.id)
    assert [name for _, name, _, _ in rows(inbox)] == ["Ben Lee"]
    inbox.import_from(export.invitation("Cy Fox").zip(tmp_path, "again.zip"))
    assert [name for _, name, _, _ in rows(inbox)] == ["Ben Lee"]
    inbox.close()
    assert b"Ruiz" not in inbox.path.read_bytes()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hi Alex, Con Two said that I should write to you", "names Con Two, whom you know"),
        ("Greetings from Ana de la Cruz!", "names Ana de la Cruz, whom you know"),
        ("Con, Two of us", ""),
        ("Con and Two", ""),
        ("Nob Ody said that I should write", ""),
        ("con two", ""),
        ("Yours, Writer One", ""),
    ],
)
def test_a_connection_is_named_by_the_whole_name(filled: Fill, text: str, named: str):
    export = ExportBuilder().connection("Con Two").connection("Ana de la Cruz").connection("Writer One")
    found = signals(of(filled(export.message("Writer One", text)), "Writer One"))
    assert (found["mutual"].why if "mutual" in found else "") == named


def test_names_are_looked_up_by_index(filled: Fill):
    inbox = filled(ExportBuilder().connection("Con Two").invitation("Ana Ruiz", note="Con Two told me"))
    asked: list[str] = []
    inbox._store.conn.set_trace_callback(asked.append)
    inbox.judged(inbox.ids(View.ALL)[:])
    inbox._store.conn.set_trace_callback(None)
    looked = [sql for sql in asked if "SELECT DISTINCT name" in sql]
    assert len(looked) == 1
    plan = [row[-1] for row in inbox._store.conn.execute(f"EXPLAIN QUERY PLAN {looked[0]}")]
    assert any("person_namesake (name=?)" in step for step in plan), plan
