"""What lies behind the screen: a durable decision, the path, a search; and a command."""

from __future__ import annotations

import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks.anchors import SyncedWrites
from benchmarks.exports import COMMON, MEDIUM, RARE
from benchmarks.meter import run
from benchmarks.stores import Shelf
from benchmarks.table import Line, at_most, in_turns, median, p50_p95, p95, times
from linkinbox.decider import PATHS_SHOWN
from linkinbox.decisions import Junk
from linkinbox.inbox import Inbox
from linkinbox.model import View


def decision(shelf: Shelf, items: int, decisions: int) -> Iterator[Line]:
    """A decision as a key makes it (journal, state, counters, index, commit), beside a synced write."""
    with shelf.copy(shelf.store(items)) as store, closing(Inbox.open(store)) as inbox:
        disk = SyncedWrites(store.parent)
        ids = inbox.ids(View.NEW)[:decisions]
        ours, raw = [], []
        for id_ in ids:
            ours.append(_ms(partial(inbox.apply, Junk(), [id_])))
            raw.append(_ms(disk.write))
        undone = [_ms(inbox.undo) for _ in ids[: decisions // 2]]
        disk.close()
    what = "decision, durable (Inbox.apply); 4 kB write + fdatasync"
    yield Line(what, p50_p95(ours, digits=2), p50_p95(raw, digits=2), times(ours, raw))
    yield Line("undo, durable; the same", p50_p95(undone, digits=2), p50_p95(raw, digits=2), times(undone, raw))


def many(shelf: Shelf, items: int, decided: int) -> Iterator[Line]:
    """One act on many items, its undo and redo, by CPU; beside as many rows that are only inserted."""
    with shelf.copy(shelf.store(items)) as store, closing(Inbox.open(store)) as inbox:
        ids = inbox.ids(View.NEW)[:decided]
        acts = {"junk of": partial(inbox.apply, Junk(), ids), "undo of": inbox.undo, "redo of": inbox.redo}
        bare = _cpu(partial(_insert, store.with_suffix(".bare"), len(ids)))
        for what, act in acts.items():
            ours = _cpu(act)
            figures = f"{ours:.1f} s CPU", f"{bare:.2f} s CPU", f"**{ours / bare:.0f}×**"
            aim = at_most(ours * 100_000 / len(ids), 6, "s CPU per 100,000")
            yield Line(f"{what} {len(ids):,} at once; as many bare rows", *figures, aim)


def _insert(path: Path, rows: int) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, uid TEXT UNIQUE, said TEXT)")
        conn.executemany(
            "INSERT INTO entry VALUES (?, ?, ?)", ((n, f"{n * 7919 % rows:036}", "x" * 40) for n in range(rows))
        )
        conn.commit()
    path.unlink()


def path_figures(shelf: Shelf, items: int, turns: int) -> Iterator[Line]:
    """The figures of the path, with as many decisions as items, beside counting them."""
    store = shelf.decided(items)
    with closing(Inbox.open(store)) as inbox, closing(sqlite3.connect(store)) as conn:
        count = "SELECT verb, bulk, count(*) FROM handled GROUP BY verb, bulk"
        ours = [_ms(partial(inbox.figures, PATHS_SHOWN)) for _ in range(turns)]
        whole = [_ms(inbox.figures) for _ in range(turns)]
        counted = [_ms(conn.execute(count).fetchall) for _ in range(3)]
        golds = len(inbox.figures().golds)
    what = f"path figures, {items:,} decisions and {golds} contacts; counting them in SQL"
    aim = at_most(p95(ours), 1, "ms p95")
    yield Line(what, p50_p95(ours, digits=2), median(counted, digits=1), times(ours, counted), aim)
    full = p50_p95(whole, digits=2)
    yield Line("the same with each path in full", full, median(counted, digits=1), times(whole, counted))


def _hits(conn: sqlite3.Connection, typed: str) -> list[tuple[int]]:
    sql = "SELECT rowid FROM message_fts WHERE message_fts MATCH ? ORDER BY rowid LIMIT 50"
    return conn.execute(sql, (f'"{typed}"*',)).fetchall()


def search(shelf: Shelf, items: int, turns: int) -> Iterator[Line]:
    """Each word as it is typed, from its second letter, beside the bare index."""
    store = shelf.store(items)
    with closing(Inbox.open(store)) as inbox, closing(sqlite3.connect(store)) as conn:
        for word, named in ((COMMON, "common"), (MEDIUM, "medium"), (RARE, "rare")):
            prefixes = [word[:end] for end in range(2, len(word) + 1)] * turns
            ours = [_ms(partial(inbox.ids, View.ALL, typed)) for typed in prefixes]
            bare = [_ms(partial(_hits, conn, typed)) for typed in prefixes]
            what = f"search as “{word}” ({named}) is typed, all hits by date; 50 rows of the bare index"
            yield Line(what, p50_p95(ours), p50_p95(bare), times(ours, bare), at_most(p95(ours), 5, "ms p95"))


_QUERIES = (
    f"from:ana {COMMON}", "company:acme", "role:engineer age:>1y", "is:junk", f"is:done {MEDIUM}", "is:gold", "is:owed",
    "has:note", "has:link", "age:>5y", f"before:2018 {COMMON}", "left:<30d", "twins:>3", "person:p0000", f"-{COMMON}",
    f"({COMMON} OR {MEDIUM}) -is:new", f'"{COMMON} for"', "지훈", "has:flag", "flag:twins",
)  # fmt: skip


def queries(shelf: Shelf, items: int, turns: int) -> Iterator[Line]:
    """The first page of each operator of a query, and of some together, beside the bare index."""
    store = shelf.decided(items)
    with closing(Inbox.open(store)) as inbox, closing(sqlite3.connect(store)) as conn:
        for query in _QUERIES:
            inbox.ids(View.ALL, query, limit=50)  # the rules of signals are loaded once
            ours = [_ms(partial(inbox.ids, View.ALL, query, limit=50)) for _ in range(turns)]
            bare = [_ms(partial(_hits, conn, COMMON)) for _ in range(turns)]
            what = f"first 50 of `{query}`; 50 rows of the bare index"
            yield Line(what, p50_p95(ours), p50_p95(bare), times(ours, bare), at_most(p95(ours), 10, "ms p95"))


def command(shelf: Shelf, items: int, turns: int) -> Iterator[Line]:
    """A listing as a script reads it, beside the interpreter alone."""
    store = shelf.store(items)

    def listing() -> float:
        return run(*_LIST[:3], "--db", store, *_LIST[3:]).wall * 1e3

    pairs = in_turns(turns, listing, lambda: run(sys.executable, "-c", "pass").wall * 1e3)
    yield Line(
        "linkinbox list --limit 40; python -c pass", median(pairs.ours), median(pairs.anchor), pairs.ratio,
        at_most(statistics.median(pairs.ours), 50, "ms"),
    )  # fmt: skip


_LIST: tuple[str | Path, ...] = (sys.executable, "-m", "linkinbox", "list", "--limit", "40")


def _cpu(act: Callable[[], object]) -> float:
    """Seconds of CPU: an act on many waits for the disk of whoever else is there."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


def _ms(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1e3
