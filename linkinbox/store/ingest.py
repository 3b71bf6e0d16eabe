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
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkinbox.errors import NotAnExportError
from linkinbox.importers.records import (
    ConnectionRow,
    Ignored,
    InvitationRow,
    MessageRow,
    OwnerRow,
    Passage,
    Quarantined,
    Read,
    VouchRow,
)
from linkinbox.model import Kind, State, Verb
from linkinbox.standing import Stand
from linkinbox.store import ledger
from linkinbox.store.ahead import Ahead, ahead
from linkinbox.store.connection import Store
from linkinbox.store.connections import close_the_list, write_connections
from linkinbox.store.forgotten import KnownAgain
from linkinbox.store.invitations import write_invitations
from linkinbox.store.journal import Act, ids_of
from linkinbox.store.keeping.backup import back_up_before_import
from linkinbox.store.people import People, next_id
from linkinbox.store.report import FileReport, ImportReport, Progress
from linkinbox.store.report_words import nothing_usable
from linkinbox.store.run import Run, index_messages
from linkinbox.store.sql import select_in
from linkinbox.store.standings import name_words, restand
from linkinbox.store.threads import write_messages
from linkinbox.store.times import from_text, to_text
from linkinbox.store.twins import Groups
from linkinbox.store.vouching import write_vouched
from linkinbox.store.waiting import note_waiting, waiting

if TYPE_CHECKING:
    from linkinbox.importers.export import ExportFile, ExportSource
    from linkinbox.importers.limits import Limits

LARGE, SMALL = 20_000, 300  # rows a transaction: fastest alone; short enough that a decision beside it is not felt
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
    if report := ledger.seen_before(store.conn, digest, source_name(source)):
        report.seconds = time.perf_counter() - begun
        return report
    owner = ledger.read_owner(store.conn)
    pace = nullcontext() if store.is_shared() else _at_full_speed(store.conn)
    with pace, open_export(source, limits, owner=owner) as export:
        ledger.refuse_another_member(export.owner, owner, export.name)
        warnings = back_up_before_import(store.path, now)
        ingest = Ingest.begin(store, export, digest, now)
        ingest.report.warnings += warnings
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


_CUT_OFF = "SELECT id FROM import_run WHERE digest = ? AND finished_at IS NULL"
_OF_RUNS = "SELECT kind, state, filed_because, connected, sponsored FROM item WHERE import_id IN ({})"
_OF_UIDS = _OF_RUNS.replace("import_id", "uid")


def _count(run: Run, which: str, by: Sequence[int | str], *, step: int = 1) -> None:
    """Count items as they stand; a step of -1 takes them out again."""
    for kind, state, because, connected, sponsored in select_in(run.conn, which, by):
        stand = Stand(State(state), because, carried_out=False, sort_at=None)
        run.items.count(Kind(kind), stand, connected=connected, sponsored=bool(sponsored), step=step)


@dataclass(slots=True)
class Ingest:
    """An import of one export into one store."""

    store: Store
    export: ExportSource
    run: Run
    report: ImportReport
    known: frozenset[bytes]  # passages; some 2 MB a million rows
    forgotten: KnownAgain
    groups: Groups
    waiting: dict[str, int]  # uids that decisions wait for

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
            first_message = next_id(conn, "message")
        own = frozenset([int(cursor.lastrowid or 0), *cut_off])
        people = People(store.conn, own, listed=ledger.is_listed(store.conn, as_of))
        run = Run(store.conn, max(own), own, as_of, to_text(now), people, first_message)
        _count(run, _OF_RUNS, cut_off)
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
        return cls(
            store, export, run, report, ledger.known_passages(store.conn), KnownAgain(store.conn), Groups(store.conn),
            waiting(store.conn),
        )  # fmt: skip

    def bring_in(self, progress: Callable[[Progress], None]) -> None:
        """Read every file once and write its rows, connections before those they tell about."""
        total, before = sum(file.size for file in self.export.files), 0
        for file in self.export.files:
            report = FileReport(file.name)
            self.report.files.append(report)
            strong = False
            with ahead(self._batches(file, report, before, total, progress)) as batches:
                while rows := batches.next():
                    strong = strong or any(isinstance(row, ConnectionRow) and row.who.url for row in rows)
                    self._write(rows, report, batches)
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
    ) -> Iterator[list[Read]]:
        batch: list[Read] = []
        size = self._size()
        with closing(file.rows_but(self.known)) as rows:
            while some := list(islice(rows, min(TOLD_EVERY, size - len(batch)))):
                report.rows += _rows_in(some)
                batch += some
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

    def _write(self, rows: list[Read], report: FileReport, batches: Ahead[Read]) -> None:
        """Write a batch in one transaction; the next one is read while SQLite indexes this one."""
        with self.store.write() as conn:
            first, first_item = next_id(conn, "message"), next_id(conn, "item")
            self._write_rows(rows, report)
            self._meet_decisions(first_item)
            self.groups.add(range(first_item, next_id(conn, "item")))
            rows.clear()  # one batch in memory is enough
            batches.begin()
            index_messages(conn, first)

    def _meet_decisions(self, first_item: int) -> None:
        """Bring new items in line with decisions that waited for them."""
        if not self.waiting:
            return
        made = self.run.conn.execute("SELECT uid FROM item WHERE id >= ?", (first_item,))
        uids = [uid for (uid,) in made if uid in self.waiting]
        _count(self.run, _OF_UIDS, uids, step=-1)
        restand(self.run.conn, Act("", Verb.GOLD, ids_of(self.run.conn, uids)), from_text(self.run.now))
        _count(self.run, _OF_UIDS, uids)

    def _write_rows(self, rows: Sequence[Read], report: FileReport) -> None:
        kinds: defaultdict[type, list[Any]] = defaultdict(list)
        for row in self.forgotten.leave_out(rows, report):
            kinds[type(row)].append(row)
        write_connections(self.run, kinds[ConnectionRow], report)
        write_invitations(self.run, kinds[InvitationRow], report)
        write_messages(self.run, kinds[MessageRow], report)
        write_vouched(self.run.conn, kinds[VouchRow], report)
        self._write_owner_facts(kinds[OwnerRow], report)
        for row in kinds[Ignored]:
            report.ignore(row.reason)
        self._quarantine(kinds[Quarantined], report)
        report.same += sum(passage.unread for passage in kinds[Passage])
        ledger.remember_passages(self.run.conn, kinds[Passage])

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
            raise NotAnExportError(*nothing_usable(report))
        report.seconds = time.perf_counter() - begun
        with self.store.write() as conn:
            if owner := self.export.owner:
                told = [(key, owner.name) for key in sorted(owner.keys, key=lambda key: key != owner.key)]
                conn.executemany("INSERT OR IGNORE INTO owner (key, name) VALUES (?, ?)", told)
            name_words(conn)
            conn.execute("UPDATE item SET gold = 1 WHERE gold = 0 AND person_id IN (SELECT person_id FROM gold)")
            conn.execute(
                "UPDATE import_run SET finished_at = ?, report = ? WHERE id = ?",
                (to_text(now), json.dumps(report.as_json(), ensure_ascii=False), self.run.id),
            )
            if self.waiting:
                note_waiting(conn)
        return report


def _rows_in(some: Sequence[Read]) -> int:
    """How many rows of the file these are."""
    passages = [row for row in some if isinstance(row, Passage)]
    return len(some) - len(passages) + sum(passage.unread for passage in passages)
