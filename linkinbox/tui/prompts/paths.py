"""Completion of typed paths, and where an export is likely to lie. Reads folders, nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from linkinbox.config import at_home

_ENDINGS = (".zip", ".csv")
_SHOWN = 200  # entries looked at: nobody reads more


def completions(typed: str) -> list[str]:
    """What ``typed`` may become: folders (ending in a slash), zips and CSV files, written as the person began."""
    folder, _, begun = typed.rpartition("/")
    folder = f"{folder}/" if "/" in typed else ""
    return [folder + name for name in _names(at_home(Path(folder or ".")), begun)]


def common(candidates: Iterable[str]) -> str:
    """What all of them begin with."""
    return os.path.commonprefix(list(candidates))  # noqa: RUF071  # letter by letter is what is wanted


def likely_exports() -> list[str]:
    """Exports in the folder of downloads and in the current one, the newest first."""
    found = [
        path
        for folder in (Path("~/Downloads").expanduser(), Path())
        for path in _listed(folder)
        if "linkedindataexport" in path.name.casefold()
    ]
    home = str(Path("~").expanduser())
    return [str(path).replace(home, "~", 1) for path in sorted(found, key=_modified, reverse=True)[:5]]


def _names(folder: Path, begun: str) -> list[str]:
    hidden = begun.startswith(".")
    names = [
        path.name + ("/" if _is_folder(path) else "")
        for path in _listed(folder)
        if path.name.casefold().startswith(begun.casefold()) and path.name.startswith(".") == hidden
    ]
    return sorted(name for name in names if name.endswith("/") or name.casefold().endswith(_ENDINGS))[:_SHOWN]


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except (OSError, ValueError):  # none, not for us to read, or no path at all: nothing to offer
        return []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
