"""Killing a process that works on a store, at any moment, and asking what is left."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.store import chain
from tests.builders import ExportBuilder


def store_of(people: int, path: Path, folder: Path) -> Path:
    """A closed store into which an export of invitations was imported."""
    export = ExportBuilder()
    for number in range(people):
        export.invitation(f"Person {number}")
    with closing(Inbox.open(path)) as inbox:
        inbox.import_from(export.zip(folder))
    return path


Say = Callable[[str], None]


def killed(act: Callable[[Say], None], *, after: float) -> list[str]:
    """What a forked process said, line by line, until kill -9 met it so many seconds after its first word.

    A torn last line is no acknowledgement.
    """
    listen, speak = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            act(lambda words: os.write(speak, f"{words}\n".encode()) and None)
        finally:
            os._exit(0)
    os.close(speak)
    first = os.read(listen, 1)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(listen, "rb") as said:
        return (first + said.read()).decode().split("\n")[:-1]


def is_sound(path: Path) -> bool:
    """The file, its references, its index and its journal are whole."""
    conn = sqlite3.connect(path)
    try:
        told = conn.execute("PRAGMA integrity_check").fetchall()
        orphans = conn.execute("PRAGMA foreign_key_check").fetchall()
        conn.execute("INSERT INTO message_fts (message_fts) VALUES ('integrity-check')")
        return told == [("ok",)] and orphans == [] and not list(chain.broken(conn))
    finally:
        conn.close()


def journal_of(path: Path) -> set[str]:
    """The ids of all entries."""
    conn = sqlite3.connect(path)
    try:
        return {id_ for (id_,) in conn.execute("SELECT id FROM journal")}
    finally:
        conn.close()


def picture(path: Path, source: Path | None = None) -> list[tuple[object, ...]]:
    """What a store shows, after the import of ``source`` was run (again)."""
    inbox = Inbox.open(path)
    if source:
        inbox.import_from(source)
    ids = inbox.ids(View.ALL)
    rows = [row for start in range(0, len(ids), 500) for row in inbox.rows(ids[start : start + 500])]
    told = sorted((row.uid, row.at, row.state, row.text, row.messages, row.person.key) for row in rows)
    inbox.close()
    return told
