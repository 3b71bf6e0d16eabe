"""What the tests of the readers share: every row of one file of an export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from linkinbox.importers.export import open_export
from linkinbox.importers.limits import Limits


def rows_of(path: Path, subject: str, limits: Limits | None = None) -> list[Any]:
    """Every row of the file about `subject`, in order."""
    with open_export(path, limits) as source:
        return [row for file in source.files if file.subject == subject for row in file.rows()]
