"""What an import did: counts that add up, with reasons, for people and for programs."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from linkinbox.importers.records import OtherFile, Owner
from linkinbox.model import FiledBecause, Kind, State
from linkinbox.standing import Stand
from linkinbox.store.times import from_text, maybe_from_text, to_text


class Progress(NamedTuple):
    """How far an import has come."""

    file: str
    rows: int  # of this file
    bytes: int  # of all files
    total_bytes: int


class Problem(NamedTuple):
    """A row that could not be understood."""

    file: str
    line: int
    reason: str
    raw: str
    source: str
    at: datetime


@dataclass(slots=True)
class FileReport:
    """What became of each row of one file: rows = new + changed + same + ignored + quarantined."""

    name: str
    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    ignored: int = 0
    quarantined: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    not_understood: Counter[str] = field(default_factory=Counter)  # those of the quarantined rows among them

    @property
    def usable(self) -> int:
        """Rows that say something."""
        return self.new + self.changed + self.same

    def ignore(self, reason: str, rows: int = 1) -> None:
        """Count rows that are rightly no items."""
        if rows:
            self.ignored += rows
            self.reasons[reason] += rows

    def quarantine(self, reason: str) -> None:
        """Count a row that could not be understood."""
        self.quarantined += 1
        self.reasons[reason] += 1
        self.not_understood[reason] += 1

    def as_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        counts = {name: getattr(self, name) for name in ("rows", "new", "changed", "same", "ignored", "quarantined")}
        return {"name": self.name, **counts, "reasons": dict(self.reasons)}


@dataclass(slots=True)
class ItemCounts:
    """The items that an import made. ``unknown_status`` are new ones of which no export tells if you are connected."""

    new: int = 0
    already_connected: int = 0
    replied: int = 0
    unknown_status: int = 0
    sponsored: int = 0
    back: int = 0  # earlier items that were filed or done; the other wrote again
    now_connected: int = 0  # earlier invitations of which this export shows the connection
    filed_since: int = 0  # earlier items that need no decision any more

    def count(self, kind: Kind, stand: Stand, *, connected: bool | None, sponsored: bool, step: int = 1) -> None:
        """Count one item that was made."""
        new = stand.state is State.NEW
        self.new += step * new
        self.already_connected += step * (stand.filed_because == FiledBecause.CONNECTED)
        self.replied += step * (stand.filed_because == FiledBecause.REPLIED)
        self.unknown_status += step * (new and kind is Kind.INVITATION and connected is None)
        self.sponsored += step * sponsored

    def as_json(self) -> dict[str, int]:
        """As the command line prints it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class ImportReport:
    """What an import did."""

    source: str
    kind: str
    as_of: datetime | None
    owner: Owner | None
    files: list[FileReport]
    other_files: tuple[OtherFile, ...]
    items: ItemCounts
    seconds: float = 0.0
    warnings: list[str] = field(default_factory=list)
    seen_before: datetime | None = None  # the same file was imported then

    @property
    def nothing_new(self) -> bool:
        """Nothing changed in the store."""
        return all(file.new == file.changed == 0 for file in self.files)

    def as_json(self) -> dict[str, Any]:
        """The contract of ``import --json``."""
        return {
            "source": self.source,
            "kind": self.kind,
            "as_of": to_text(self.as_of) if self.as_of else None,
            "owner": {"name": self.owner.name, "key": self.owner.key} if self.owner else None,
            "files": [file.as_json() for file in self.files],
            "other_files": [{"name": other.name, "why": other.why} for other in self.other_files],
            "items": self.items.as_json(),
            "warnings": self.warnings,
            "seen_before": to_text(self.seen_before) if self.seen_before else None,
            "seconds": round(self.seconds, 3),
        }


def from_ledger(text: str, finished_at: str, name: str) -> ImportReport:
    """The report of an import that was done before: every usable row is there already."""
    kept = json.loads(text)
    files = []
    for file in kept["files"]:
        again = FileReport(file["name"], file["rows"], reasons=Counter(file["reasons"]))
        again.ignored, again.quarantined = file["ignored"], file["quarantined"]
        again.same = file["new"] + file["changed"] + file["same"]
        files.append(again)
    owner = kept["owner"] and Owner(kept["owner"]["name"], kept["owner"]["key"])
    others = tuple(OtherFile(other["name"], other["why"]) for other in kept["other_files"])
    return ImportReport(
        name, kept["kind"], maybe_from_text(kept["as_of"]), owner, files, others, ItemCounts(),
        warnings=[], seen_before=from_text(finished_at),
    )  # fmt: skip


def read_problems(conn: sqlite3.Connection, limit: int) -> list[Problem]:
    """The quarantined rows, those of the newest import first; one that came again is told as it came last."""
    rows = conn.execute(
        """SELECT file, line, reason, raw, source, started_at FROM (
             SELECT q.*, r.source, r.started_at, max(import_id) OVER (PARTITION BY file, reason, raw) AS newest
             FROM quarantine q JOIN import_run r ON r.id = q.import_id)
           WHERE import_id = newest ORDER BY import_id DESC, id LIMIT ?""",
        (limit,),
    )
    return [Problem(file, line, reason, raw, source, from_text(at)) for file, line, reason, raw, source, at in rows]
