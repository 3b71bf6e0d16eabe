"""Stores that several tests begin with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
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


def made_once(kept: Path, make: Callable[[Path], object], path: Path) -> Path:
    """A store at ``path``: made at the first time and kept at ``kept``, from then on a copy of that one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if kept.exists():
        shutil.copy(kept, path)
    else:
        make(path)
        shutil.copy(path, kept)
    return path
