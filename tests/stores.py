"""Stores that several tests begin with."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from linkinbox.inbox import Inbox
from tests.builders import ExportBuilder
from tests.conftest import Clock


def a_store_of(people: int, folder: Path) -> Path:
    """A store with an invitation from each of so many people."""
    export = ExportBuilder()
    for number in range(people):
        export.invitation(f"Person {number}")
    with closing(Inbox.open(folder / "inbox.db", clock=Clock())) as inbox:
        inbox.import_from(export.zip(folder))
    return folder / "inbox.db"
