"""The programs that people read mail and tables with, on the same messages; each only where it is installed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from csv import DictReader
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from benchmarks.exports import RARE
from benchmarks.meter import run
from benchmarks.screen import inboxes, screen_of, started
from benchmarks.stores import Shelf
from benchmarks.table import Line, Pairs, in_turns, median

_MOST_MAILS = 100_000  # items: notmuch reads a thousand messages a second, and neomutt all of a mailbox each time


def peers(shelf: Shelf, items: int, turns: int) -> Iterator[Line]:
    """First frames beside neomutt and VisiData, a search beside notmuch."""
    yield from _first_frame_beside_neomutt(shelf, min(items, _MOST_MAILS), turns)
    yield from _first_frame_beside_visidata(shelf, items, turns)
    yield from _search_beside_notmuch(shelf, min(items, _MOST_MAILS), turns)


def _first_frame_beside_neomutt(shelf: Shelf, items: int, turns: int) -> Iterator[Line]:
    with shelf.room() as room:
        if command := mailbox(messages_of(shelf, items), room):
            yield _first_frames(shelf, items, turns, (command, r"Msgs:"), "neomutt on the same messages (mbox)")


def _first_frame_beside_visidata(shelf: Shelf, items: int, turns: int) -> Iterator[Line]:
    if vd := shutil.which("vd"):
        command = (vd, str(messages_of(shelf, items)))
        yield _first_frames(shelf, items, turns, (command, r"20\d\d-\d\d"), "VisiData on messages.csv (part of it)")


def _first_frames(shelf: Shelf, items: int, turns: int, theirs: tuple[tuple[str, ...], str], what: str) -> Line:
    with inboxes(shelf, (items,)) as (store,):
        pairs = in_turns(turns, lambda: started(*screen_of(store)).first, lambda: started(*theirs).first)
    return Line(f"first frame, {items:,} items; {what}", median(pairs.ours), median(pairs.anchor), pairs.ratio)


def _search_beside_notmuch(shelf: Shelf, items: int, turns: int) -> Iterator[Line]:
    """Both as a command; notmuch's index is made first, and its time told."""
    if not shutil.which("notmuch"):
        return
    with shelf.room() as room:
        environ = {"NOTMUCH_CONFIG": str(_maildir(messages_of(shelf, items), room))}
        indexed = run("notmuch", "new", "--quiet", environ=environ)
        store = shelf.store(items)
        ours = (sys.executable, "-m", "linkinbox", "--db", store, "list", RARE, "--limit", "50")
        pairs: Pairs = in_turns(
            turns, lambda: run(*ours).wall * 1e3,
            lambda: run("notmuch", "search", "--limit=50", RARE, environ=environ).wall * 1e3,
        )  # fmt: skip
        mails = sum(1 for _ in (room / "mail" / "cur").iterdir())
    yield Line(
        f"“{RARE}” in {items:,} items, the process; notmuch search in {mails:,} mails", median(pairs.ours),
        median(pairs.anchor), pairs.ratio,
    )  # fmt: skip
    yield Line(f"notmuch new of {mails:,} mails", "", f"{indexed.cpu:.0f} s CPU, {indexed.wall:.0f} s")


def messages_of(shelf: Shelf, items: int) -> Path:
    """The table of messages of an export."""
    return shelf.export(items) / "messages.csv"


def mailbox(csv: Path, folder: Path) -> tuple[str, ...] | None:
    """The command that shows the same messages as mail in neomutt; None where it is not installed."""
    if not shutil.which("neomutt"):
        return None
    box = folder / "box.mbox"
    with box.open("w", encoding="utf-8") as out:
        for mail in _mails(csv):
            quoted = mail.replace("\nFrom ", "\n>From ")
            out.write(f"From a@example.org Thu Jan  1 00:00:00 2026\n{quoted}\n\n")
    return ("neomutt", "-n", "-F", "/dev/null", "-e", f"set folder={folder}", "-R", "-f", str(box))


def _maildir(csv: Path, folder: Path) -> Path:
    """A Maildir of the same messages; returns notmuch's configuration for it."""
    mail = folder / "mail"
    for part in ("cur", "new", "tmp"):
        (mail / part).mkdir(parents=True)
    for number, text in enumerate(_mails(csv)):
        (mail / "cur" / f"{number}:2,S").write_text(text, encoding="utf-8")
    config = folder / "notmuch-config"
    config.write_text(f"[database]\npath={mail}\n[user]\nname=A\nprimary_email=a@example.org\n[new]\ntags=\n")
    return config


def _mails(csv: Path) -> Iterator[str]:
    with csv.open(encoding="utf-8", newline="") as rows:
        for number, row in enumerate(DictReader(rows)):
            sent = format_datetime(datetime.fromisoformat(f"{row['DATE'][:10]}T{row['DATE'][11:19]}+00:00"))
            yield (
                f"From: {row['FROM']} <p{number}@example.org>\nDate: {sent}\nSubject: {row['SUBJECT'] or 'message'}\n"
                f"Message-ID: <{number}@x>\nContent-Type: text/plain; charset=utf-8\n\n{row['CONTENT']}"
            )
