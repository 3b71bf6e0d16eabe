"""Forgetting a person: what hangs on others goes on without them, and names them nowhere."""

from __future__ import annotations

import pytest

from linkinbox.decisions import Accept, Done
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.model import View
from tests.builders import ExportBuilder
from tests.store.test_forget import an_export, bytes_beside, forget, ids_of


def all_is_well(inbox: Inbox, clock) -> bool:
    """For the doctor, who looks deep."""
    keeping = Keeping(inbox.path, clock=clock)
    keeping.back_up()
    return keeping.doctor(deep=True, config=inbox.path.parent / "config.toml").ok


@pytest.fixture
def group(filled) -> tuple[Inbox, ExportBuilder]:
    """A thread in which Ana wrote, and Zebedee last; I accepted it for a reason and noted something."""
    export = (
        ExportBuilder()
        .message("Ana Ruiz", "a meeting", thread="2-group==", title="Ana, Zebedee Quist")
        .message("Zebedee Quist", "quaggaword", thread="2-group==")
        .message("Cy Fox", "and me", thread="2-other==", title="Cy Fox, ZEBEDEE QUIST and you")
    )
    inbox = filled(export)
    inbox.apply(Accept(note="a good group", reason="audits"), ids_of(inbox, "Zebedee Quist"))
    return inbox, export


def test_a_note_on_a_thread_that_goes_on_without_them_bears_the_name_of_another(group, store_path, clock):
    inbox, _ = group
    forget(inbox, "Zebedee Quist")
    assert inbox.ids(View.ALL, "good Ana")[:] == ids_of(inbox, "Ana Ruiz")
    assert b"Zebedee" not in bytes_beside(store_path)
    assert all_is_well(inbox, clock)


def test_a_note_from_before_somebody_else_wrote_last_bears_no_name_of_theirs(group, store_path, tmp_path, clock):
    inbox, export = group
    inbox.import_from(export.message("Ben Lee", "later", thread="2-group==").zip(tmp_path, "later.zip"))
    assert inbox.ids(View.ALL, "good Ben")[:] == ids_of(inbox, "Ben Lee")
    assert all_is_well(inbox, clock)
    forget(inbox, "Zebedee Quist")
    assert b"Zebedee" not in bytes_beside(store_path)


def test_a_thread_that_was_new_because_of_them_alone_is_done_again(filled, tmp_path, clock):
    export = ExportBuilder().message("Ana Ruiz", "a meeting", thread="2-group==")
    inbox = filled(export)
    inbox.apply(Done(), ids_of(inbox, "Ana Ruiz"))
    clock.forward(days=2)
    inbox.import_from(
        export.message("Zebedee Quist", "quaggaword", thread="2-group==", at=clock()).zip(tmp_path, "b.zip")
    )
    assert inbox.counts()[View.NEW] == 1
    forget(inbox, "Zebedee Quist")
    assert inbox.counts()[View.NEW] == 0
    assert all_is_well(inbox, clock)


def test_titles_of_others_threads_do_not_name_them(group):
    inbox, _ = group
    forget(inbox, "Zebedee Quist")
    assert inbox.item(ids_of(inbox, "Cy Fox")[0]).title == ""


@pytest.mark.parametrize("file", ["Zebedee Quist.zip", "export_zebedee-quist_2026.zip", "ZebedeeQuist.zip"])
def test_no_name_of_a_file_tells_of_them(inbox, store_path, tmp_path, file):
    inbox.import_from(an_export().zip(tmp_path, file))
    forget(inbox, "Zebedee Quist")
    assert b"zebedee" not in bytes_beside(store_path).lower()
    again = inbox.import_from(an_export().zip(tmp_path, "renamed.zip"))
    assert again.seen_before is not None


def test_problems_that_tell_of_them_go_and_those_of_others_stay(inbox, store_path, tmp_path):
    export = (
        an_export().row("Invitations.csv", "Zebedee Quist", "odd").row("Invitations.csv", "Kzebedee Quistan", "odd")
    )
    inbox.import_from(export.zip(tmp_path))
    before = len(inbox.problems(10))
    assert before >= 2
    forget(inbox, "Zebedee Quist")
    assert ["Kzebedee" in problem.raw for problem in inbox.problems(10)] == [True]
