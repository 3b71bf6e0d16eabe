"""What linkinbox is measured beside: the least that does the job, on the same machine in the same minute."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.meter import Spent, run

BARE_APP = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    BINDINGS = [("j", "bump", "j")]
    n = 0
    def compose(self):
        yield Static("ready", id="said")
    def action_bump(self):
        self.n += 1
        self.query_one("#said").update(f"ready {self.n}")
Bare().run()
"""
BARE = (sys.executable, "-c", BARE_APP)
"""The smallest Textual app: one line of text, one key. Nothing built on Textual starts or answers faster."""


def shell_import(csv: Path, folder: Path) -> Spent | None:
    """SQLite's own shell, in C: ``.import`` and a full-text index; None where it is not installed."""
    if not shutil.which("sqlite3"):
        return None
    db = folder / "shell.db"
    db.unlink(missing_ok=True)
    return run(
        "sqlite3",
        db,
        given=f"""
.import --csv "{csv}" messages
CREATE VIRTUAL TABLE found USING fts5("FROM", "SUBJECT", "CONTENT", content=messages,
  tokenize='unicode61 remove_diacritics 2');
INSERT INTO found(found) VALUES ('rebuild');
""",
    )


def sqlite_utils_import(csv: Path, folder: Path) -> Spent:
    """``sqlite-utils insert --csv`` and ``enable-fts``."""
    db = folder / "sqlite-utils.db"
    db.unlink(missing_ok=True)
    tool = (sys.executable, "-m", "sqlite_utils")
    insert = run(*tool, "insert", db, "messages", csv, "--csv", "--silent")
    index = run(*tool, "enable-fts", db, "messages", "FROM", "SUBJECT", "CONTENT")
    return Spent(insert.wall + index.wall, insert.cpu + index.cpu, max(insert.rss, index.rss))


class SyncedWrites:
    """The least a durable commit can cost: 4 kB written and synced."""

    def __init__(self, folder: Path) -> None:
        self._fd, name = tempfile.mkstemp(dir=folder)
        self._path = Path(name)

    def write(self) -> None:
        """Append one page and wait for the disk."""
        os.write(self._fd, b"\0" * 4096)
        os.fdatasync(self._fd)

    def close(self) -> None:
        """Remove the file."""
        os.close(self._fd)
        self._path.unlink()
