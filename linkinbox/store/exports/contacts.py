"""Contacts as vCards, and valuable ones with notes and paths as Markdown."""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime
from typing import TextIO

from linkinbox.calls.vcard import vcards
from linkinbox.links import openable
from linkinbox.model import Person, Stretch
from linkinbox.store.exports.shapes import days
from linkinbox.store.pages import PERSON_COLUMNS, person_of
from linkinbox.store.paths import read_path
from linkinbox.store.times import from_text, utc_now
from linkinbox.text import safe_name, safe_text

_WANTED = f"""SELECT {PERSON_COLUMNS} FROM person p WHERE EXISTS (
    SELECT 1 FROM item i WHERE i.person_id = p.id AND (i.gold = 1 OR i.decision = 'accept')) ORDER BY p.id"""
_WITHOUT_PATH = f"""SELECT g.outcome, g.outcome_at, {PERSON_COLUMNS} FROM gold g JOIN person p ON p.id = g.person_id
    WHERE g.decided_seq IS NULL ORDER BY g.outcome_at"""
_REASONS = "SELECT r.text FROM reason r JOIN item i ON i.id = r.item_id WHERE i.person_id = ? ORDER BY r.id"
_NOTES = "SELECT n.text FROM note n JOIN item i ON i.id = n.item_id WHERE i.person_id = ? ORDER BY n.id"


def write_vcards(conn: sqlite3.Connection, out: TextIO) -> None:
    """Write a vCard for each person who was accepted or is a valuable contact."""
    for columns in conn.execute(_WANTED):
        person = person_of(columns)
        out.write(vcards([(person, _notes(conn, person))]).decode())


def write_markdown(conn: sqlite3.Connection, out: TextIO) -> None:
    """Write the valuable contacts, the newest first, each with its path and notes."""
    path, now = read_path(conn), utc_now()
    out.write(f"# Valuable contacts\n\n{_open_path(path.open, now)}\n")
    for gold in reversed(path.golds):
        if gold.person:
            out.write(_section(conn, gold.person, gold.outcome, gold.outcome_at, _path_line(gold, now)))
    for outcome, outcome_at, *columns in conn.execute(_WITHOUT_PATH):
        known = "No path: nothing was decided on the way."
        out.write(_section(conn, person_of(columns), outcome, from_text(outcome_at), known))


def _section(
    conn: sqlite3.Connection, person: Person, outcome: str | None, outcome_at: datetime | None, path: str
) -> str:
    when = f" on {_day(outcome_at)}" if outcome_at else ""
    lines = [f"\n## {markdown(safe_name(person.name))}\n", *_known(person), f"{(outcome or '').capitalize()}{when}."]
    lines += [path, "", *(f"- Accepted, because: {markdown(safe_text(reason))}" for reason in _reasons(conn, person))]
    lines += (f"- {markdown(safe_text(note))}" for note in _notes(conn, person))
    return "\n".join(lines).rstrip() + "\n"


def _known(person: Person) -> list[str]:
    about = [markdown(safe_text(said)) for said in (person.position, person.company) if said]
    if person.connected_on:
        about.append(f"connected since {person.connected_on.isoformat()}")
    url = openable(person.url)
    lines = [", ".join(about), f"<{url}>" if url else ""]
    return [f"{line}  " for line in lines if line]


def _open_path(stretch: Stretch, now: datetime) -> str:
    return f"Since the last one: {_handled(stretch)}, in {_days(stretch, now)}."


def _path_line(stretch: Stretch, now: datetime) -> str:
    let_in = f", decided on {_day(stretch.decided_at)}" if stretch.decided_at else ""
    return f"On the way: {_handled(stretch)}, in {_days(stretch, now)}{let_in}."


def _handled(stretch: Stretch) -> str:
    bulk = f" and {stretch.junk_bulk:,} in bulk" if stretch.junk_bulk else ""
    return f"{stretch.junk:,} junk{bulk}, {stretch.accepted:,} accepted, {stretch.done:,} done"


def _days(stretch: Stretch, now: datetime) -> str:
    count = days(stretch, now)
    return "1 day" if count == 1 else f"{count:,} days"


def _day(at: datetime) -> str:
    return at.date().isoformat()


def _notes(conn: sqlite3.Connection, person: Person) -> list[str]:
    return [text for (text,) in conn.execute(_NOTES, (person.id,))]


def _reasons(conn: sqlite3.Connection, person: Person) -> list[str]:
    return [text for (text,) in conn.execute(_REASONS, (person.id,))]


_MEANS_SOMETHING = re.compile(r"[\\`*_{}\[\]<>#|~&:@!]|(?<=www)\.", re.IGNORECASE)
_BEGINS_A_LIST = re.compile(r"^([-+=]|\d+(?=[.)]))")


def markdown(text: str) -> str:
    """A stranger's line as plain text in Markdown: no link, no picture, no tag, no heading comes of it."""
    escaped = _MEANS_SOMETHING.sub(r"\\\g<0>", text)
    return _BEGINS_A_LIST.sub(lambda start: _escaped_start(start[1]), escaped)


def _escaped_start(start: str) -> str:
    return f"{start}\\" if start.isdigit() else f"\\{start}"
