"""``python -m benchmarks``: one table, each row measured beside its anchor in the same run."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from platformdirs import user_cache_path

from benchmarks import imports, peers, plot, screen, service
from benchmarks.stores import Shelf
from benchmarks.table import Line, as_markdown, machine, say, write_into
from linkinbox.inbox import Inbox

README = Path(__file__).with_name("README.md")
PLOT = Path(__file__).with_name("scale.svg")
FEW = 1_000
SIZES = (FEW, 10_000, 100_000, 1_000_000)
SLOW = ("peers",)  # takes its time: only where it is asked for
Measure = Callable[[], Iterator[Line]]


def main() -> None:
    """Measure, print, and write down where asked to."""
    options = _options()
    items = options.items or (1_000_000 if options.full else 50_000)
    shelf = Shelf(options.cache)
    say(f"stores of {FEW:,} and {items:,} items in {options.cache}")
    if options.plot:
        plot.write(PLOT, plot.measured(shelf, [size for size in SIZES if size <= items]))
        return
    for size in (FEW, items):
        for store in (shelf.store(size), shelf.decided(size)):
            Inbox.open(store).close()  # of today's schema: else the first to open it is measured changing it
        shelf.later_export(size)
    lines: list[Line] = []
    for name, measure in _measures(shelf, items, full=options.full).items():
        if name in options.only if options.only else (options.full or name not in SLOW):
            begun = time.perf_counter()
            try:
                lines += measure()
            except (OSError, RuntimeError) as error:  # what was measured so far has taken its time too
                say(f"{name} was not measured to its end: {str(error).splitlines()[0]}")
            say(f"{name}: {time.perf_counter() - begun:.0f} s")
    print(f"{machine()}.\n\n{as_markdown(lines)}")
    if options.write:
        write_into(README, f"{items:,} items", lines)


def _measures(shelf: Shelf, items: int, *, full: bool) -> dict[str, Measure]:
    turns, sizes = (9 if full else 3), (FEW, items)
    return {
        "start": lambda: screen.first_frames(shelf, sizes, turns),
        "keys": lambda: screen.keys(shelf, sizes, 300 if full else 60),
        "beside": lambda: screen.beside_the_backup(shelf, items, 100 if full else 20),
        "junk": lambda: screen.decisions(shelf, items, 100 if full else 40),
        "typed": lambda: screen.typed_search(shelf, items, 5 if full else 2),
        "peers": lambda: peers.peers(shelf, items, 3),
        "command": lambda: service.command(shelf, items, turns),
        "decision": lambda: service.decision(shelf, items, 500),
        "many": lambda: service.many(shelf, items, min(items // 2, 100_000)),
        "path": lambda: service.path_figures(shelf, items, 200),
        "search": lambda: service.search(shelf, items, 5),
        "queries": lambda: service.queries(shelf, items, 20),
        "import": lambda: imports.one_file(shelf, items, 3 if full else 2),
        "zip": lambda: imports.whole_export(shelf, items),
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="50,000 items, two minutes (the default)")
    size.add_argument("--full", action="store_true", help="1,000,000 items")
    size.add_argument("--items", type=int, help="another number of items")
    parser.add_argument("--only", action="append", metavar="MEASURE", help="start, keys, import …; may be repeated")
    parser.add_argument("--plot", action="store_true", help="measure at several sizes, and write benchmarks/scale.svg")
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    parser.add_argument(
        "--cache",
        type=Path,
        default=user_cache_path("linkinbox") / "benchmarks",
        help="where exports and stores are kept",
    )
    return parser.parse_args()


main()
