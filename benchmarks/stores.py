"""The exports and stores to measure on: made once for each size, through a real import, and kept."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import exports
from benchmarks.meter import run
from linkinbox.decisions import Accept, Decision, Done, Gold, Junk
from linkinbox.inbox import Inbox
from linkinbox.model import View

_ACT = 5_000  # decisions in one act


class Shelf:
    """A folder of exports and stores; what is not there is made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def export(self, items: int) -> Path:
        """The folder of an export, its zip beside it."""
        made = self.folder / f"export-{items}"
        if not made.exists():
            with TemporaryDirectory(dir=self.folder) as scratch:
                new = Path(scratch) / "export"
                exports.write_folder(new, items)
                exports.zip_folder(new, made.with_suffix(".zip"))
                new.rename(made)
        return made

    def later_export(self, items: int) -> Path:
        """The export of a week later: the same, and one hundredth more."""
        made = self.folder / f"later-{items}"
        if not made.exists():
            exports.later_export(self.export(items), made, newer_items=max(100, items // 100))
        return made

    def store(self, items: int) -> Path:
        """A store with that many items, none of them decided on."""
        made = self.folder / f"store-{items}.db"
        if not made.exists():
            with self._scratch() as new:
                zipped = self.export(items).with_suffix(".zip")
                run(sys.executable, "-m", "linkinbox", "--db", new, "import", zipped)
                new.rename(made)
        return made

    def decided(self, items: int) -> Path:
        """The same store with a decision on each item, and a few hundred valuable contacts."""
        made = self.folder / f"decided-{items}.db"
        if not made.exists():
            with self._scratch() as new:
                shutil.copyfile(self.store(items), new)
                inbox = Inbox.open(new)
                _decide_all(inbox)
                inbox.close()
                new.rename(made)
        return made

    @contextmanager
    def copy(self, store: Path) -> Iterator[Path]:
        """A copy of a store that may be written to."""
        with self._scratch() as new:
            shutil.copyfile(store, new)
            yield new

    @contextmanager
    def room(self) -> Iterator[Path]:
        """A folder for what is made on the way."""
        with TemporaryDirectory(dir=self.folder) as scratch:
            yield Path(scratch)

    @contextmanager
    def _scratch(self) -> Iterator[Path]:
        with self.room() as room:
            yield room / "inbox.db"


def _decide_all(inbox: Inbox) -> None:
    """Junk most, accept some, finish some, act by act; every act is followed by one or two valuable contacts."""
    rng = random.Random(2026)
    ids = inbox.ids(View.ALL)[:]
    for start in range(0, len(ids), _ACT):
        for decision, some in _shares(ids[start : start + _ACT]):
            inbox.apply(decision, some)
        for id_ in rng.sample(ids[start : start + _ACT], 2):
            inbox.apply(Gold(), [id_])


def _shares(ids: list[int]) -> list[tuple[Decision, list[int]]]:
    parts: list[tuple[Decision, list[int]]] = [(Junk(), ids[: len(ids) * 9 // 10])]
    parts += [(Accept(), ids[len(ids) * 9 // 10 : len(ids) * 19 // 20]), (Done(), ids[len(ids) * 19 // 20 :])]
    return [(decision, some) for decision, some in parts if some]
