"""The screen: how soon it is there, how soon it answers, how much it takes."""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks import anchors
from benchmarks.exports import COMMON, FAMILY_NAMES, MEDIUM, RARE
from benchmarks.meter import Answer, Start, Terminal
from benchmarks.stores import Shelf
from benchmarks.table import Line, Pairs, at_most, median, p50_p95, p95, times
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping

_ROWS = "|".join(FAMILY_NAMES)  # a real row shows somebody's name
_AT_THE_LIST = Path(__file__).parent / "settings"
_HELD = 300
_BEGUN_BY = 6  # seconds after which what a start leaves for later has begun
_FAR = (("page down", (b"\x1b[6~",)), ("ctrl+d", (b"\x04",)), ("G, then gg", (b"G", b"gg")))
_PARTS = (("first", "first byte"), ("ms", "last byte"), ("cpu", "CPU"))
Aims = Mapping[str, Callable[[list[float]], str]]


def first_frames(shelf: Shelf, sizes: tuple[int, int], turns: int) -> Iterator[Line]:
    """First frame and settled, at two sizes, beside a bare Textual app; and the first frame of the page of today."""
    with inboxes(shelf, sizes) as (store, large_store):
        commands = ((anchors.BARE, "ready"), screen_of(store), screen_of(large_store), today_of(large_store))
        turn = [[started(*command) for command in commands] for _ in range(turns + 1)]
    small, large = (f"{size:,}" for size in sizes)
    bare, few, ours, today = zip(*turn[1:], strict=True)  # the first one fills caches
    for what in ("first", "settled", "cpu"):
        mine, theirs = [getattr(start, what) for start in ours], [getattr(start, what) for start in bare]
        named = {"first": "first frame", "settled": "settled", "cpu": "CPU of the start"}[what]
        pairs = Pairs(mine, theirs)
        aim = at_most(pairs.middle, 1.15, "×") if what == "first" else ""
        yield Line(f"{named}, {large} items; bare Textual app", median(mine), median(theirs), pairs.ratio, aim)
    pairs = Pairs([start.first for start in ours], [start.first for start in few])
    yield Line(
        f"first frame, {large} items; {small} items", median(pairs.ours), median(pairs.anchor), pairs.ratio,
        at_most(pairs.middle, 1.1, "×"),
    )  # fmt: skip
    pairs = Pairs([start.first for start in today], [start.first for start in ours])
    yield Line(
        f"first frame of today, {large} items; of the list", median(pairs.ours), median(pairs.anchor), pairs.ratio,
        at_most(pairs.middle, 1.05, "×"),
    )  # fmt: skip


def keys(shelf: Shelf, sizes: tuple[int, int], presses: int) -> Iterator[Line]:
    """Answers to keys at the larger size, beside ``j`` in a bare Textual app; memory at both sizes."""
    with inboxes(shelf, sizes) as (few, many):
        ours, bare = opened(*screen_of(many)), opened(anchors.BARE, "ready")
        mine, theirs = [], []
        for _ in range(presses):
            mine.append(ours.press(b"j"))
            theirs.append(bare.press(b"j"))
        bare.close()
        yield from _compared("j", mine, theirs, {"ms": _median_at_most(5), "cpu": _p95_at_most(8)})
        yield Line("j: bytes written", median([float(answer.size) for answer in mine], "B"))
        for name, answers in _far(ours, presses // 3).items():
            yield from _compared(name, answers, theirs, {"ms": _p95_at_most(25)})
        held = ours.press(b"j" * _HELD, quiet=0.2)
        yield Line(
            f"held key: {_HELD} j at once, a key", f"{held.ms / _HELD:.2f} ms (CPU {held.cpu / _HELD:.2f})",
            f"j {statistics.median(answer.ms for answer in theirs):.1f} ms", "", at_most(held.ms / _HELD, 0.5, "ms"),
        )  # fmt: skip
        memory = ours.rss_mib()
        ours.close()
        yield _memory(memory, _memory_after_the_same(few, presses), sizes)


def beside_the_backup(shelf: Shelf, items: int, presses: int) -> Iterator[Line]:
    """Keys while the store is looked through and backed up, as at the first start of a day."""
    with inboxes(shelf, (items,), day_begun=False) as (store,):
        ours, bare = opened(*screen_of(store)), opened(anchors.BARE, "ready")
        time.sleep(_BEGUN_BY)
        mine, theirs = [], []
        for _ in range(presses):
            mine.append(ours.press(b"j"))
            theirs.append(bare.press(b"j"))
        bare.close()
        ours.close()
    yield from _compared("j beside the daily check and backup", mine, theirs, {})


def _far(terminal: Terminal, turns: int) -> dict[str, list[Answer]]:
    """The answers to keys that go further than a line, each from the top; at the end of a short list there are none."""
    pressed = {}
    for name, keys in _FAR:
        terminal.press(b"gg", timeout=1)
        answers = [terminal.press(keys[turn % len(keys)], timeout=1) for turn in range(turns)]
        pressed[name] = [answer for answer in answers if answer.size]
    return pressed


def _memory_after_the_same(store: Path, presses: int) -> float:
    terminal = opened(*screen_of(store))
    for _ in range(presses):
        terminal.press(b"j", quiet=0.005)
    _far(terminal, presses // 3)
    terminal.press(b"k" * _HELD, quiet=0.2, timeout=1)
    memory = terminal.rss_mib()
    terminal.close()
    return memory


def _memory(many: float, few: float, sizes: tuple[int, int]) -> Line:
    aims = [at_most(many, 55, "MiB"), at_most(many - few, 5, "MiB more")]
    return Line(
        f"memory after these keys, {sizes[1]:,} items; {sizes[0]:,} items",
        f"{many:.0f} MiB", f"{few:.0f} MiB", Pairs([many], [few]).ratio, ", ".join(aims),
    )  # fmt: skip


def decisions(shelf: Shelf, items: int, presses: int) -> Iterator[Line]:
    """A decision from the key to the last byte of its repaint."""
    with inboxes(shelf, (items,)) as (store,):
        ours, bare = opened(*screen_of(store)), opened(anchors.BARE, "ready")
        theirs = [bare.press(b"j") for _ in range(presses // 2)]
        bare.close()
        mine = [ours.press(b"x") for _ in range(presses)]
        yield from _compared("x (junk): durable and repainted", mine, theirs, {"ms": _p95_at_most(20)})
        ours.close()


def typed_search(shelf: Shelf, items: int, turns: int) -> Iterator[Line]:
    """A search from each letter, the second on, to the last byte of its repaint."""
    with inboxes(shelf, (items,)) as (store,):
        ours, bare = opened(*screen_of(store)), opened(anchors.BARE, "ready")
        theirs = [bare.press(b"j") for _ in range(20)]
        bare.close()
        for word, named in ((COMMON, "common"), (MEDIUM, "medium"), (RARE, "rare")):
            mine = [answer for _ in range(turns) for answer in search_for(ours, word)]
            yield from _compared(f"“{word}” ({named}) is typed, a letter", mine, theirs, {"ms": _p95_at_most(25)})
        ours.close()


def search_for(terminal: Terminal, word: str) -> list[Answer]:
    """The answers to the letters of a word, from the second on; the list is as before afterwards."""
    terminal.press(b"/")
    terminal.press(word[0].encode())
    answers = [terminal.press(letter.encode()) for letter in word[1:]]
    terminal.press(b"\x1b", quiet=0.4)  # alone it waits for what may follow
    return answers


def _compared(what: str, mine: list[Answer], theirs: list[Answer], aims: Aims) -> Iterator[Line]:
    for part, named in _PARTS:
        ours, bare = [getattr(answer, part) for answer in mine], [getattr(answer, part) for answer in theirs]
        aim = aims[part](ours) if part in aims else ""
        yield Line(f"{what}: {named}; j in a bare app", p50_p95(ours), p50_p95(bare), times(ours, bare), aim)


def _median_at_most(ms: float) -> Callable[[list[float]], str]:
    return lambda figures: at_most(statistics.median(figures), ms, "ms p50")


def _p95_at_most(ms: float) -> Callable[[list[float]], str]:
    return lambda figures: at_most(p95(figures), ms, "ms p95")


@contextmanager
def inboxes(shelf: Shelf, sizes: tuple[int, ...], *, day_begun: bool = True) -> Iterator[list[Path]]:
    """Copies of the stores, so that keys which decide change nothing that is kept.

    ``day_begun``: what the first start of a day does beside the screen was done.
    """
    with shelf.room() as room:
        copies = []
        for size in sizes:
            copies.append(room / f"{len(copies)}.db")
            shutil.copyfile(shelf.store(size), copies[-1])
            if day_begun:
                begin_day(copies[-1])
        yield copies


def begin_day(store: Path) -> None:
    """Look through a store and back it up, as the first start of a day does beside the screen."""
    with closing(Inbox.open(store)) as inbox:
        inbox.quick_check().run()
    Keeping(store).daily().run()


def screen_of(store: Path) -> tuple[tuple[str, ...], str]:
    """The command that shows a store's list, and what its first frame shows."""
    return _with_settings(_AT_THE_LIST, store), _ROWS


def today_of(store: Path) -> tuple[tuple[str, ...], str]:
    """The command that shows the page of today, and what its first frame shows."""
    return _with_settings(_AT_THE_LIST / "none", store), "Today, "


def _with_settings(folder: Path, store: Path) -> tuple[str, ...]:
    return ("env", f"XDG_CONFIG_HOME={folder}", sys.executable, "-m", "linkinbox", "--db", str(store))


def opened(argv: tuple[str, ...], first: str) -> Terminal:
    """A program whose first frame is there."""
    terminal = Terminal(argv)
    terminal.start(first)
    return terminal


def started(argv: tuple[str, ...], first: str) -> Start:
    """How soon a program is there; it is left afterwards."""
    terminal = Terminal(argv)
    start = terminal.start(first)
    terminal.close()
    return start
