"""The screen: how soon it is there, how soon it answers, how much it takes."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import anchors
from benchmarks.exports import FAMILY_NAMES
from benchmarks.meter import Answer, Start, Terminal
from benchmarks.stores import Shelf
from benchmarks.table import Line, Pairs, median, p50_p95, times

_ROWS = "|".join(FAMILY_NAMES)  # a real row shows somebody's name
_HELD = 300


def first_frames(shelf: Shelf, sizes: tuple[int, int], turns: int) -> Iterator[Line]:
    """First frame and settled, at two sizes, beside a bare Textual app."""
    starts: dict[str, list[Start]] = {"bare": [], **{f"{size:,}": [] for size in sizes}}
    with _inboxes(shelf, sizes) as inboxes:
        for _ in range(turns + 1):
            starts["bare"].append(_started(anchors.BARE, "ready"))
            for size, store in zip(sizes, inboxes, strict=True):
                starts[f"{size:,}"].append(_started(*_screen(store)))
    small, large = (f"{size:,}" for size in sizes)
    ours, few, bare = starts[large][1:], starts[small][1:], starts["bare"][1:]
    for what in ("first", "settled", "cpu"):
        mine, theirs = [getattr(start, what) for start in ours], [getattr(start, what) for start in bare]
        named = {"first": "first frame", "settled": "settled", "cpu": "CPU of the start"}[what]
        yield Line(f"{named}, {large} items; bare Textual app", median(mine), median(theirs), Pairs(mine, theirs).ratio)
    pairs = Pairs([start.first for start in ours], [start.first for start in few])
    yield Line(f"first frame, {large} items; {small} items", median(pairs.ours), median(pairs.anchor), pairs.ratio)


def keys(shelf: Shelf, sizes: tuple[int, int], presses: int) -> Iterator[Line]:
    """Answers to keys at the larger size, beside ``j`` in a bare Textual app; memory at both sizes."""
    with _inboxes(shelf, sizes) as (few, many):
        ours, bare = _opened(*_screen(many)), _opened(anchors.BARE, "ready")
        mine, theirs = [], []
        for _ in range(presses):
            mine.append(ours.press(b"j"))
            theirs.append(bare.press(b"j"))
        bare.close()
        yield from _compared("j", mine, theirs)
        yield Line("j: bytes written", median([float(answer.size) for answer in mine], "B"))
        for name, key in (("page down", b"\x1b[6~"), ("ctrl+d", b"\x04"), ("G, then gg", b"")):
            answers = [ours.press(key or (b"G", b"gg")[turn % 2]) for turn in range(presses // 3)]
            yield from _compared(name, answers, theirs)
        held = ours.press(b"j" * _HELD, quiet=0.2)
        yield Line(
            f"held key: {_HELD} j at once, a key", f"{held.ms / _HELD:.2f} ms (CPU {held.cpu / _HELD:.2f})",
            f"j {statistics.median(answer.ms for answer in theirs):.1f} ms",
        )  # fmt: skip
        memory = ours.rss_mib()
        ours.close()
        small = _opened(*_screen(few))
        for _ in range(20):
            small.press(b"j")
        yield Line(
            f"memory after these keys, {sizes[1]:,} items; {sizes[0]:,} items",
            f"{memory:.0f} MiB", f"{small.rss_mib():.0f} MiB", Pairs([memory], [small.rss_mib()]).ratio,
        )  # fmt: skip
        small.close()


def decisions(shelf: Shelf, items: int, presses: int) -> Iterator[Line]:
    """A decision from the key to the last byte of its repaint."""
    with _inboxes(shelf, (items,)) as (store,):
        ours, bare = _opened(*_screen(store)), _opened(anchors.BARE, "ready")
        theirs = [bare.press(b"j") for _ in range(presses // 2)]
        bare.close()
        yield from _compared("x (junk): durable and repainted", [ours.press(b"x") for _ in range(presses)], theirs)
        ours.close()


def neomutt(shelf: Shelf, items: int, turns: int) -> Iterator[Line]:
    """First frame beside neomutt on the same messages as an mbox, where it is installed."""
    with shelf.room() as room, _inboxes(shelf, (items,)) as (store,):
        command = anchors.mailbox(shelf.export(items) / "messages.csv", room)
        if command:
            ours = [_started(*_screen(store)).first for _ in range(turns)]
            theirs = [_started(command, r"Msgs:").first for _ in range(turns)]
            yield Line(
                "first frame; neomutt on the same messages (mbox)",
                median(ours),
                median(theirs),
                Pairs(ours, theirs).ratio,
            )


def _compared(what: str, mine: list[Answer], theirs: list[Answer]) -> Iterator[Line]:
    for part, named in (("first", "first byte"), ("ms", "last byte"), ("cpu", "CPU")):
        ours, bare = [getattr(answer, part) for answer in mine], [getattr(answer, part) for answer in theirs]
        yield Line(f"{what}: {named}; j in a bare app", p50_p95(ours), p50_p95(bare), times(ours, bare))


@contextmanager
def _inboxes(shelf: Shelf, sizes: tuple[int, ...]) -> Iterator[list[Path]]:
    """Copies of the stores, so that keys which decide change nothing that is kept."""
    with shelf.room() as room:
        copies = []
        for size in sizes:
            copies.append(room / f"{size}.db")
            shutil.copyfile(shelf.store(size), copies[-1])
        yield copies


def _screen(store: Path) -> tuple[tuple[str, ...], str]:
    return (sys.executable, "-m", "linkinbox", "--db", str(store)), _ROWS


def _opened(argv: tuple[str, ...], first: str) -> Terminal:
    terminal = Terminal(argv)
    terminal.start(first)
    return terminal


def _started(argv: tuple[str, ...], first: str) -> Start:
    terminal = Terminal(argv)
    start = terminal.start(first)
    terminal.close()
    return start
