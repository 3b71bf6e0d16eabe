"""Imports: beside SQLite's own shell and sqlite-utils, again, and a week later. Ratios are of CPU time, or told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import anchors
from benchmarks.meter import Spent, run
from benchmarks.stores import Shelf
from benchmarks.table import Line, Pairs


def one_file(shelf: Shelf, items: int, turns: int) -> Iterator[Line]:
    """messages.csv alone: what the shell and sqlite-utils can do too."""
    csv = shelf.export(items) / "messages.csv"
    ours, shell = [], []
    with shelf.room() as room:
        for turn in range(turns):
            ours.append(_import(csv, room / f"{turn}.db"))
            if beside := anchors.shell_import(csv, room):
                shell.append(beside)
        if shell:
            pairs = Pairs([spent.cpu for spent in ours], [spent.cpu for spent in shell])
            what = "import of messages.csv; sqlite3 .import + FTS5 (speed)"
            yield Line(what, _told(ours[-1]), _told(shell[-1]), pairs.speed)
            clock = Pairs([spent.wall for spent in ours], [spent.wall for spent in shell])
            yield Line("the same, by the clock (speed)", _told(ours[-1]), _told(shell[-1]), clock.speed)
        utils = anchors.sqlite_utils_import(csv, room)
        yield Line(
            "the same; sqlite-utils insert --csv + enable-fts (speed)",
            _told(ours[-1]), _told(utils), Pairs([ours[-1].cpu], [utils.cpu]).speed,
        )  # fmt: skip
        yield Line("the same: peak memory", f"{ours[-1].rss:.0f} MiB", f"{shell[-1].rss:.0f} MiB" if shell else "")


def whole_export(shelf: Shelf, items: int) -> Iterator[Line]:
    """The zip, the same zip again, and the next one, which holds one hundredth of new rows."""
    later, zipped = shelf.later_export(items), shelf.export(items).with_suffix(".zip")
    with shelf.room() as room:
        db = room / "inbox.db"
        first = _import(zipped, db)
        again = _import(zipped, db)
        next_week = _import(later, db)
    yield Line(f"import of the zip, {items:,} items", _told(first), "", f"peak {first.rss:.0f} MiB")
    yield Line("the same zip again; the import (speed)", _told(again), _told(first), _speed(again, first))
    yield Line("the next export, 1 % new; the import (speed)", _told(next_week), _told(first), _speed(next_week, first))


def _import(source: Path, db: Path) -> Spent:
    return run(sys.executable, "-m", "linkinbox", "--db", db, "import", source, "--json", accept=(0, 3))


def _speed(one: Spent, other: Spent) -> str:
    return Pairs([one.cpu], [other.cpu]).speed.split(" ")[0]


def _told(spent: Spent) -> str:
    return f"{spent.cpu:.2f} s CPU, {spent.wall:.2f} s"
