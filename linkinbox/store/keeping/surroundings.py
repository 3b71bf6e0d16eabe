"""What is around a store: who can read it, room, the kind of disk, versions, and the terminal."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from linkinbox.store import opening
from linkinbox.store.keeping import backup
from linkinbox.store.keeping.findings import Finding, Severity

_FIXED_WAL = (3, 51, 3)  # https://sqlite.org/wal.html#walresetbug; also 3.50.7 and 3.44.6
_FIXED_BEFORE = {(3, 50): 7, (3, 44): 6}
_LEAST_WIDTH, _LEAST_HEIGHT = 40, 10


def look_around(store: Path, config: Path) -> tuple[list[Finding], list[str]]:
    """The findings around a store, and the names of the checks."""
    checks: dict[str, Callable[[], Iterator[Finding]]] = {
        "permissions": lambda: _permissions(store, config),
        "disk": lambda: _disk(store),
        "file-system": lambda: _file_system(store),
        "versions": _versions,
        "terminal": _terminal,
    }
    return [finding for look in checks.values() for finding in look()], list(checks)


def _permissions(store: Path, config: Path) -> Iterator[Finding]:
    beside = [*store.parent.glob(f"{store.name}*")] if store.parent.exists() else []
    folder = backup.folder_of(store)
    inside = [*folder.iterdir()] if folder.is_dir() else []
    ours = [file for file in inside if backup.is_named_so(file)]
    for file in (*beside, *ours):
        if file.is_file() and _mode(file) & 0o077:
            yield _open("permissions", file, f"chmod 600 {file}")
    if ours and ours == inside and _mode(folder) & 0o077:  # the user keeps other things in none that we made
        yield _open("permissions", folder, f"chmod 700 {folder}")
    if config.exists() and _mode(config) & 0o022:
        told = "Others can change the settings"
        yield Finding("permissions", Severity.WARNING, told, str(config), f"`chmod go-w {config}` ends that")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _open(check: str, path: Path, command: str) -> Finding:
    return Finding(check, Severity.WARNING, "Others can read or change it", str(path), f"`{command}` ends that")


def _disk(store: Path) -> Iterator[Finding]:
    folder = _existing(store.parent)
    free = shutil.disk_usage(folder).free / 1e6
    if store.exists() and backup.lacks_room(store):
        told = f"{free:,.0f} MB are free: too little for a backup, which needs twice the store"
        do = "Make room, or copy the store elsewhere: `linkinbox backup /other/disk/inbox.db`"
        yield Finding("disk", Severity.WARNING, told, str(folder), do)


def _file_system(store: Path) -> Iterator[Finding]:
    folder = _existing(store.parent)
    if kind := opening.network_of(folder):
        told = f"The store lies on {kind}, which several machines may write to"
        do = "Use it from one machine at a time, or keep it on a disk of this machine: see --db"
        yield Finding("file-system", Severity.WARNING, told, str(folder), do)


def _versions() -> Iterator[Finding]:
    told = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    version = sqlite3.sqlite_version_info
    fixed = version >= _FIXED_WAL or version[2] >= _FIXED_BEFORE.get(version[:2], 1 << 30)
    if fixed:
        yield Finding("versions", Severity.NOTE, told, sys.executable, "")
        return
    told += "; this SQLite can lose a write when two programs checkpoint at once"
    do = "Nothing: linkinbox lets only one write or checkpoint at a time. Other programs should only read the store"
    yield Finding("versions", Severity.NOTE, told, sys.executable, do)


def _terminal() -> Iterator[Finding]:
    if not sys.stdout.isatty():
        return
    term = os.environ.get("TERM", "")
    size = shutil.get_terminal_size()
    colours = os.environ.get("COLORTERM") or ("256 colours" if "256" in term else "16 colours or fewer")
    inside = ", in tmux" if "TMUX" in os.environ else ""
    told = f"{term or 'no TERM'}, {colours}, {sys.stdout.encoding}, {size.columns}×{size.lines}{inside}"
    yield Finding("terminal", Severity.NOTE, told, "this terminal", _advice(term, inside))
    if term in {"", "dumb"}:
        do = "Set TERM to what this terminal is, such as xterm-256color"
        yield Finding("terminal", Severity.WARNING, "The screen cannot be drawn here", "TERM", do)
    if "utf" not in sys.stdout.encoding.lower():
        do = "Set LANG to one in UTF-8, such as C.UTF-8: most names have letters beyond this one"
        yield Finding("terminal", Severity.WARNING, f"The terminal is told {sys.stdout.encoding}", "LANG", do)
    if size.columns < _LEAST_WIDTH or size.lines < _LEAST_HEIGHT:
        do = f"Make the window at least {_LEAST_WIDTH}×{_LEAST_HEIGHT}"
        yield Finding("terminal", Severity.WARNING, "The window is too small for the screen", "this terminal", do)


def _advice(term: str, inside: str) -> str:
    if inside and "256" not in term:
        return 'In tmux, `set -g default-terminal "tmux-256color"` brings all colours'
    return "In tmux, `set -sg escape-time 10` makes Esc quick" if inside else ""


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next(place for place in (folder, *folder.absolute().parents) if place.exists())
