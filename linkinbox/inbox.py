"""The one service: everything a person can do to what they imported. Screens and commands talk to nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from linkinbox.errors import LinkinboxError
from linkinbox.model import CallOutcome, Change, Counts, Decision, Entry, Item, Path, Row, Stretch, View
from linkinbox.store import cards, decide, journal, pages, paths, search
from linkinbox.store.booked import touched_calls
from linkinbox.store.connection import Store, plain_errors
from linkinbox.store.journal import Act
from linkinbox.store.pages import LISTINGS, Ids
from linkinbox.store.standings import restand
from linkinbox.store.times import utc_now

if TYPE_CHECKING:
    from linkinbox.importers.limits import Limits
    from linkinbox.store.report import ImportReport, Problem, Progress

FOUND = 300  # hits that a search on the screen shows at most, the newest: found within the beat of a key
SCREENFUL = 64  # rows that a Change carries; the rest of a larger act is read when it comes into sight


class Inbox:
    """Everything a person can do to their imported invitations and messages.

    Args:
        path: the store; made when it is not there.
        clock: tells the time, aware; tests and the demo bring their own.
        calls_folder: where calendar files of calls are written; beside the store when not given.

    Bound to the thread that made it. Each act is one transaction, committed before its method returns.
    """

    def __init__(
        self, path: FilePath, *, clock: Callable[[], datetime] = utc_now, calls_folder: FilePath | None = None
    ) -> None:
        self.path = path
        self._store = Store(path)
        self._clock = clock
        self._calls_folder = calls_folder or path.parent / "calls"
        self._seen_version = self._data_version()
        self.wake()

    @classmethod
    def open(
        cls, path: FilePath, *, clock: Callable[[], datetime] = utc_now, calls_folder: FilePath | None = None
    ) -> Inbox:
        """Open the inbox kept at ``path``.

        Raises:
            StoreError: it cannot be opened, is of a newer version, or is no store.
        """
        return cls(path, clock=clock, calls_folder=calls_folder)

    def close(self) -> None:
        """Close the store; nothing is lost without it."""
        self._store.close()

    def plain_errors(self) -> AbstractContextManager[None]:
        """Within it, what SQLite says of a store that is damaged or gone is a StoreError."""
        return plain_errors(self.path)

    # ── import ──

    def import_from(
        self,
        source: FilePath,
        *,
        progress: Callable[[Progress], None] | None = None,
        limits: Limits | None = None,
    ) -> ImportReport:
        """Bring in an export: a zip, a folder or a CSV file. Never deletes and never touches a decision.

        Args:
            source: what LinkedIn gave.
            progress: called a few times a second.
            limits: against hostile archives.

        Raises:
            SourceError: the source cannot be used; nothing was changed.
        """
        from linkinbox.store.ingest import import_export

        return import_export(self._store, source, self._clock(), progress=progress, limits=limits)

    def problems(self, limit: int = 1000) -> list[Problem]:
        """Rows that could not be understood: kept, never dropped."""
        from linkinbox.store.report import read_problems

        return read_problems(self._store.conn, limit)

    # ── read ──

    def is_empty(self) -> bool:
        """Nothing was ever imported."""
        return self._store.conn.execute("SELECT 1 FROM import_run WHERE finished_at IS NOT NULL").fetchone() is None

    def ids(self, view: View, words: str = "", *, limit: int = FOUND) -> Ids:
        """The items of a view, as a snapshot that never moves.

        With words: those that have all of them, at most ``limit``.
        """
        conn = self._store.conn
        if words.strip():
            return Ids(conn, None, ids=search.search(conn, words, view, limit=limit))
        return Ids(conn, LISTINGS[view], self.counts()[view])

    def rows(self, ids: Sequence[int], *, whole_text: bool = False) -> list[Row]:
        """One page of rows, in the order of ``ids``; their texts cut to an excerpt unless asked whole."""
        return pages.read_rows(self._store.conn, ids, text=1_000_000 if whole_text else pages.EXCERPT)

    def notes_of(self, ids: Sequence[int]) -> dict[int, list[str]]:
        """The user's notes on a page of items, oldest first; items without any are left out."""
        return cards.notes_of(self._store.conn, ids)

    def item(self, id_: int, *, messages: int = 50) -> Item:
        """Everything known of one item, with the newest messages of its thread."""
        return cards.read_item(self._store.conn, id_, messages=messages)

    def find(self, ref: str) -> int:
        """The id of the item that a person named by its id or uid."""
        return cards.find_item(self._store.conn, ref)

    def counts(self) -> Counts:
        """How many items each view holds, and how old the data is."""
        return pages.read_counts(self._store.conn, self._clock())

    def figures(self) -> Path:
        """The path to each valuable contact, and the open one."""
        return paths.read_path(self._store.conn)

    def stretch(self, stretch: Stretch, *, limit: int = 2_000) -> list[Entry]:
        """The journal of one path, oldest first."""
        return paths.read_stretch(self._store.conn, stretch, limit)

    def log(self, limit: int = 50) -> list[Entry]:
        """What was done, newest first, undone entries too."""
        return cards.read_log(self._store.conn, limit)

    # ── decide ──

    def apply(self, decision: Decision, ids: Sequence[int]) -> Change:
        """Decide on items, as one act with one undo.

        Raises:
            NoSuchItemError: an id is no item.
            UsageError: the decision makes no sense there.
            StoreError: it could not be written; nothing changed.
        """
        now = self._clock()
        with self._store.write() as conn:
            act = decide.decide(conn, decision, ids, now)
        return self._change(act)

    def undo(self) -> Change | None:
        """Take back the newest act, also one of an earlier run; None when there is none."""
        now = self._clock()
        with self._store.write() as conn:
            if act := journal.undo(conn, now):
                restand(conn, act, now)
        return self._change(act, undone=True) if act else None

    def redo(self) -> Change | None:
        """Do again what was undone last; None when there is nothing, or something was decided since."""
        now = self._clock()
        with self._store.write() as conn:
            if act := journal.redo(conn, now):
                restand(conn, act, now)
        return self._change(act) if act else None

    def _change(self, act: Act, *, undone: bool = False) -> Change:
        conn = self._store.conn
        ids = tuple(journal.ids_of(conn, act.items))
        file, warnings = self._sync_calls(act)
        return Change(
            verb=act.action, ids=ids, rows=tuple(self.rows(ids[:SCREENFUL])), batch=act.batch, counts=self.counts(),
            path=self.figures(), undone=undone, note=file, warnings=warnings,
        )  # fmt: skip

    def _sync_calls(self, act: Act) -> tuple[str, tuple[str, ...]]:
        """Make the calendar files say what the store says; a failure is told, and changes no decision."""
        touched = touched_calls(self._store.conn, act)
        if not touched:
            return "", ()
        from linkinbox.calls import ics

        written, warnings = "", []
        for uid, item_id, call in touched:
            try:
                if call is None:
                    ics.remove_call(self._calls_folder, uid)
                elif call.outcome in {None, CallOutcome.CANCELLED}:
                    item = self.item(item_id, messages=0)
                    note = " · ".join(item.notes[-3:])
                    path = ics.write_call(self._calls_folder, call, item.row.person, note=note, now=self._clock())
                    written = str(path)
            except (OSError, LinkinboxError) as error:
                warnings.append(f"The calendar file was not written: {error}")
        return written, tuple(warnings)

    # ── time and neighbours ──

    def wake(self) -> int:
        """Bring back what was held until now; how many came back."""
        now = self._clock()
        if not decide.any_due(self._store.conn, now):
            return 0
        with self._store.write() as conn:
            return decide.wake(conn, now)

    def changed_elsewhere(self) -> bool:
        """Another process, or an import in the background, wrote since this was last asked."""
        version = self._data_version()
        changed, self._seen_version = version != self._seen_version, version
        return changed

    def _data_version(self) -> int:
        return int(self._store.conn.execute("PRAGMA data_version").fetchone()[0])

    # ── export ──

    def export(self, destination: FilePath, *, force: bool = False) -> FilePath:
        """Write everything to one file; its suffix says the form.

        Raises:
            UsageError: no such form, or the file is there and ``force`` is not given.
            ExportError: it could not be written; no half file is left.
        """
        from linkinbox.store.export import export

        return export(self._store, destination, force=force)
