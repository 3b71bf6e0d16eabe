"""Bringing an export into the store: batch by batch, each one transaction, so that it can be cut off anywhere.

Nothing is deleted, no decision is touched. What was cut off is completed by importing the file again: rows
that are there already are the same.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkinbox.errors import NotAnExportError, SourceError
from linkinbox.importers.records import (
    ConnectionRow,
    Ignored,
    InvitationRow,
    MessageRow,
    Owner,
    OwnerRow,
    Quarantined,
    Record,
)
from linkinbox.model import Kind, State
from linkinbox.names import wholly_different
from linkinbox.standing import Stand
from linkinbox.store.connection import Store
from linkinbox.store.connections import close_the_list, write_connections
from linkinbox.store.invitations import write_invitations
from linkinbox.store.people import People
from linkinbox.store.report import FileReport, ImportReport, Progress, from_ledger
from linkinbox.store.run import Run
from linkinbox.store.sql import select_in
from linkinbox.store.threads import write_messages
from linkinbox.store.times import from_text, to_text

if TYPE_CHECKING:
    from linkinbox.importers.export import ExportFile, ExportSource
    from linkinbox.importers.limits import Limits

LARGE, SMALL = 20_000, 500  # rows a transaction: fastest alone; short enough that a decision beside it is not felt
PAUSE = 0.005  # seconds between small transactions: SQLite's waiting writer polls
TOLD_EVERY = 2_000  # rows


def import_export(
    store: Store,
    source: Path,
    now: datetime,
    *,
    progress: Callable[[Progress], None] | None,
    limits: Limits | None,
) -> ImportReport:
    """Import one source; see ``Inbox.import_from``."""
    from linkinbox.importers.export import open_export, source_digest, source_name

    begun = time.perf_counter()
    digest = source_digest(source)
    if report := _seen_before(store, digest, source_name(source)):
        report.seconds = time.perf_counter() - begun
        return report
    owner = read_owner(store)
    pace = nullcontext() if store.is_shared() else _at_full_speed(store.conn)
    with pace, open_export(source, limits, owner=owner) as export:
        _refuse_another_member(export.owner, owner, export.name)
        ingest = Ingest.begin(store, export, digest, now)
        ingest.bring_in(progress or (lambda _: None))
        return ingest.finish(begun, now)


@contextmanager
def _at_full_speed(conn: sqlite3.Connection) -> Iterator[None]:
    """What pays while an import has the process to itself (figures in benchmarks/README.md).

    Foreign keys hold without being looked up: every id was read or made in the transaction that writes it, and
    nothing is ever deleted. Rows are tuples of texts without cycles, which the garbage collector would only walk
    over again and again. Keys and uids come in no order: their indexes want room.
    """
    collecting = gc.isenabled()
    gc.disable()
    conn.executescript("PRAGMA foreign_keys = OFF; PRAGMA cache_size = -32768")
    try:
        yield
    finally:
        conn.executescript("PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000")
        if collecting:
            gc.enable()


def _seen_before(store: Store, digest: str, source: str) -> ImportReport | None:
    row = store.conn.execute(
        "SELECT report, finished_at FROM import_run WHERE digest = ? AND finished_at IS NOT NULL", (digest,)
    ).fetchone()
    return from_ledger(row[0], row[1], source) if row else None


def _refuse_another_member(theirs: Owner | None, ours: Owner | None, source: str) -> None:
    """An import deletes nothing, so two members' data in one store could never be told apart again."""
    if theirs is None or ours is None or theirs.key is None or theirs.keys & ours.keys:
        return
    if wholly_different(theirs.name, ours.name):
        msg = f"{source} is {theirs.name}'s export, and this store holds {ours.name}'s"
        raise SourceError(msg, "Give it a store of its own with --db; nothing was changed")


def read_owner(store: Store) -> Owner | None:
    """The owner as earlier imports told; single files may not tell."""
    rows = store.conn.execute("SELECT key, name FROM owner ORDER BY id").fetchall()
    if not rows:
        return None
    keys = frozenset(key for key, _ in rows)
    return Owner(rows[0][1], rows[0][0], keys)


def _is_listed(store: Store, as_of: str) -> bool:
    """The connections of that time were read before, from a file of their own."""
    row = store.conn.execute("SELECT value FROM meta WHERE name = 'connections_as_of'").fetchone()
    return row is not None and from_text(row[0]) >= from_text(as_of) - timedelta(days=1)


_CUT_OFF = "SELECT id FROM import_run WHERE digest = ? AND finished_at IS NULL"
_MADE = "SELECT kind, state, filed_because, connected, sponsored FROM item WHERE import_id IN ({})"


def _count_again(run: Run, cut_off: Sequence[int]) -> None:
    for kind, state, because, connected, sponsored in select_in(run.conn, _MADE, cut_off):
        stand = Stand(State(state), because, carried_out=False, sort_at=None)
        run.items.count(Kind(kind), stand, connected=connected, sponsored=bool(sponsored))


@dataclass(slots=True)
class Ingest:
    """An import of one export into one store."""

    store: Store
    export: ExportSource
    run: Run
    report: ImportReport

    @classmethod
    def begin(cls, store: Store, export: ExportSource, digest: str, now: datetime) -> Ingest:
        """Write the run down; what a run of the same file made that was cut off is counted with it."""
        as_of = to_text(export.as_of) if export.as_of else to_text(now)
        cut_off = [id_ for (id_,) in store.conn.execute(_CUT_OFF, (digest,))]
        with store.write() as conn:
            cursor = conn.execute(
                "INSERT INTO import_run (source, kind, digest, as_of, started_at) VALUES (?, ?, ?, ?, ?)",
                (export.name, export.kind, digest, as_of, to_text(now)),
            )
        own = frozenset([int(cursor.lastrowid or 0), *cut_off])
        run = Run(
            store.conn, max(own), own, as_of, to_text(now), People(store.conn, own, listed=_is_listed(store, as_of))
        )
        _count_again(run, cut_off)
        report = ImportReport(
            export.name,
            export.kind,
            export.as_of,
            export.owner,
            [],
            export.others,
            run.items,
            warnings=[*export.warnings],
        )
        return cls(store, export, run, report)

    def bring_in(self, progress: Callable[[Progress], None]) -> None:
        """Read every file once and write its rows, connections before those they tell about."""
        total, before = sum(file.size for file in self.export.files), 0
        for file in self.export.files:
            report = FileReport(file.name)
            self.report.files.append(report)
            strong = False
            for rows in self._batches(file, report, before, total, progress):
                with self.store.write():
                    self._write(rows, report)
                strong = strong or any(isinstance(row, ConnectionRow) and row.who.url for row in rows)
                if self.store.is_shared():
                    time.sleep(PAUSE)
            if damaged := file.damaged:
                self.report.warnings.append(f"{file.name}: {damaged} lines hold characters that were lost before")
            before += file.size
            if file.subject == "connections" and strong and self._is_newest_list():
                with self.store.write():
                    close_the_list(self.run)

    def _batches(
        self, file: ExportFile, report: FileReport, before: int, total: int, progress: Callable[[Progress], None]
    ) -> Iterator[Sequence[Record | Quarantined]]:
        batch: list[Record | Quarantined] = []
        size = self._size()
        for row in file.rows():
            report.rows += 1
            if isinstance(row, Ignored):
                report.ignore(row.reason)
            else:
                batch.append(row)
            if report.rows % TOLD_EVERY == 0:
                progress(Progress(file.name, report.rows, before + file.bytes_read, total))
            if len(batch) >= size:
                yield batch
                batch, size = [], self._size()
        if batch:
            yield batch
        progress(Progress(file.name, report.rows, before + file.size, total))

    def _size(self) -> int:
        """Rows a transaction: few beside a screen, also one that was opened since, so that its keys do not wait."""
        return SMALL if self.store.is_shared() else LARGE

    def _write(self, rows: Sequence[Record | Quarantined], report: FileReport) -> None:
        kinds: defaultdict[type, list[Any]] = defaultdict(list)
        for row in rows:
            kinds[type(row)].append(row)
        write_connections(self.run, kinds[ConnectionRow], report)
        write_invitations(self.run, kinds[InvitationRow], report)
        write_messages(self.run, kinds[MessageRow], report)
        self._write_owner_facts(kinds[OwnerRow], report)
        self._quarantine(kinds[Quarantined], report)

    def _write_owner_facts(self, rows: Sequence[OwnerRow], report: FileReport) -> None:
        for row in rows:
            detail = json.dumps(row.values, ensure_ascii=False, sort_keys=True)
            cursor = self.run.conn.execute(
                "INSERT OR IGNORE INTO owner_fact (fact, detail) VALUES (?, ?)", (row.fact, detail)
            )
            report.new += cursor.rowcount
            report.same += 1 - cursor.rowcount

    def _quarantine(self, rows: Sequence[Quarantined], report: FileReport) -> None:
        for row in rows:
            report.quarantine(row.reason)
            self.run.conn.execute(
                "INSERT OR IGNORE INTO quarantine (import_id, file, line, reason, raw) VALUES (?, ?, ?, ?, ?)",
                (self.run.id, report.name, row.line, row.reason, row.raw),
            )

    def _is_newest_list(self) -> bool:
        """Nothing newer was read before: an old list cannot say who is no connection today."""
        newest = self.run.conn.execute("SELECT max(as_of) FROM import_run WHERE finished_at IS NOT NULL").fetchone()[0]
        if newest and from_text(newest) > from_text(self.run.as_of) + timedelta(days=1):
            return False
        with self.store.write() as conn:
            conn.execute("INSERT OR REPLACE INTO meta VALUES ('connections_as_of', ?)", (self.run.as_of,))
        return True

    def finish(self, begun: float, now: datetime) -> ImportReport:
        """Enter the import in the ledger; one without a usable row is an error and can be tried again."""
        report = self.report
        report.warnings += [*self.run.people.warnings]
        if not any(file.usable for file in report.files):
            raise NotAnExportError(*_nothing_usable(report))
        report.seconds = time.perf_counter() - begun
        with self.store.write() as conn:
            if owner := self.export.owner:
                told = [(key, owner.name) for key in sorted(owner.keys, key=lambda key: key != owner.key)]
                conn.executemany("INSERT OR IGNORE INTO owner (key, name) VALUES (?, ?)", told)
            conn.execute("UPDATE item SET gold = 1 WHERE gold = 0 AND person_id IN (SELECT person_id FROM gold)")
            conn.execute(
                "UPDATE import_run SET finished_at = ?, report = ? WHERE id = ?",
                (to_text(now), json.dumps(report.as_json(), ensure_ascii=False), self.run.id),
            )
        return report


def _nothing_usable(report: ImportReport) -> tuple[str, str]:
    read: dict[str, Any] = {file.name: dict(file.reasons) or "no rows" for file in report.files}
    told = "; ".join(f"{name}: {reasons}" for name, reasons in read.items())
    return (
        f"No usable row in {report.source} ({told})",
        (
            "Expected Invitations.csv, messages.csv or Connections.csv as LinkedIn writes them; "
            "`linkinbox import --problems` lists the rows"
        ),
    )
