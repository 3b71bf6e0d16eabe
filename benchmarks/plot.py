"""``scale.svg``: first frame, ``j``, search and memory from 1,000 items to a million, beside the peers."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from math import log10
from pathlib import Path
from typing import NamedTuple

from benchmarks import anchors, peers
from benchmarks.exports import COMMON, RARE
from benchmarks.screen import inboxes, opened, screen_of, search_for, started
from benchmarks.stores import Shelf

Points = dict[int, float]
PANELS = {"first": "first frame, ms", "j": "j, ms", "search": "search, ms", "memory": "memory, MiB"}
ELSEWHERE_ON = "23 Nov 2026"  # on another run and as many messages; here they are not installed
ELSEWHERE: dict[str, dict[str, Points]] = {
    "aerc": {"first": {700: 296, 7_000: 323, 70_000: 773}, "j": {70_000: 2.9}, "memory": {70_000: 66}},
    "alot": {"first": {700: 436, 7_000: 319, 70_000: 349}, "j": {70_000: 7.5}, "memory": {70_000: 68}},
    "VisiData": {
        "first": {700: 388, 7_000: 293, 70_000: 770, 700_000: 6_490}, "j": {70_000: 8.2},
        "memory": {70_000: 127, 700_000: 853},
    },
    "notmuch": {"search": {70_000: 12.4}},
}  # fmt: skip
MAILBOX = 100_000  # items, whose messages neomutt opens in seconds
WIDTH, HEIGHT, LEFT, TOP, GAP = 400, 260, 60, 40, 90
COLOURS = ("#b07d00", "#666", "#2a6f97", "#7a9e7e", "#9a6a9c", "#c0705a", "#5a5a5a")
STYLE = (
    "text{font:12px sans-serif;fill:#444}.t{font-weight:bold}.g{stroke:#8884;stroke-width:1}"
    "@media(prefers-color-scheme:dark){text{fill:#bbb}}"
)


class Series(NamedTuple):
    """One program in one panel."""

    name: str
    points: Points
    elsewhere: bool = False


def measured(shelf: Shelf, sizes: Sequence[int], presses: int = 40) -> dict[str, list[Series]]:
    """The panels: ours, the bare app and neomutt measured now, the others as they were measured elsewhere."""
    found: dict[str, dict[str, Points]] = {}
    for size in sizes:
        with inboxes(shelf, (size,)) as (store,), shelf.room() as room:
            _measure(found.setdefault("linkinbox", {}), size, screen_of(store), presses, COMMON)
            _measure(found.setdefault("bare Textual", {}), size, (anchors.BARE, "ready"), presses)
            if size <= MAILBOX and (mail := peers.mailbox(peers.messages_of(shelf, size), room)):
                _measure(found.setdefault("neomutt", {}), size, (mail, "Msgs:"), presses, RARE)
    found.get("bare Textual", {}).pop("memory", None)
    named = [(found, False), (ELSEWHERE, True)]
    return {
        panel: [Series(name, of[panel], then) for some, then in named for name, of in some.items() if panel in of]
        for panel in PANELS
    }


def _measure(
    into: dict[str, Points], size: int, command: tuple[tuple[str, ...], str], presses: int, word: str = ""
) -> None:
    into.setdefault("first", {})[size] = statistics.median(started(*command).first for _ in range(3))
    terminal = opened(*command)
    into.setdefault("j", {})[size] = statistics.median(terminal.press(b"j").ms for _ in range(presses))
    if word and command[0][0] == "neomutt":
        into.setdefault("search", {})[size] = terminal.press(f"l~b {word}\r".encode(), quiet=0.7, timeout=120).ms
    elif word:
        letters = [answer.ms for _ in range(3) for answer in search_for(terminal, word)]
        into.setdefault("search", {})[size] = statistics.median(letters)
    into.setdefault("memory", {})[size] = terminal.rss_mib()
    terminal.close()


def write(path: Path, panels: dict[str, list[Series]]) -> None:
    """Draw the panels into an SVG file."""
    names = list(dict.fromkeys(series.name for panel in panels.values() for series in panel))
    colours = dict(zip(names, COLOURS, strict=False))
    width, height = 2 * (WIDTH + GAP) + LEFT, 2 * (HEIGHT + GAP) + TOP
    drawn = [
        part
        for place, (panel, all_) in enumerate(panels.items())
        for part in _panel(place, PANELS[panel], all_, colours)
    ]
    foot = f"Solid: measured {datetime.now(UTC):%d %b %Y}. Dashed: measured elsewhere, {ELSEWHERE_ON}."
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><style>{STYLE}</style>'
    text = "\n".join([svg, *drawn, f'<text x="{LEFT}" y="{height - 8}">{foot}</text>', "</svg>\n"])
    path.write_text(text, "utf-8")


def _panel(place: int, title: str, all_: Sequence[Series], colours: dict[str, str]) -> Iterator[str]:
    left, top = LEFT + place % 2 * (WIDTH + GAP), TOP + place // 2 * (HEIGHT + GAP)
    values = [value for series in all_ for value in series.points.values()]
    low, high = int(log10(max(min(values), 0.1))) - (min(values) < 1), int(log10(max(values))) + 1

    def at(items: int, value: float) -> tuple[float, float]:
        across = (log10(items) - 2.7) / (6.1 - 2.7)
        return left + across * WIDTH, top + HEIGHT * (1 - (log10(max(value, 10**low)) - low) / (high - low))

    yield f'<text class="t" x="{left}" y="{top - 12}">{title}</text>'
    for power in range(low, high + 1):
        y = at(1, 10**power)[1]
        yield f'<path class="g" d="M{left} {y:.0f}h{WIDTH}"/>'
        yield f'<text x="{left - 50}" y="{y + 4:.0f}">{10**power:,g}</text>'
    for items, label in ((1_000, "1k"), (10_000, "10k"), (100_000, "100k"), (1_000_000, "1M items")):
        yield f'<text x="{at(items, 1)[0]:.0f}" y="{top + HEIGHT + 18}" text-anchor="middle">{label}</text>'
    names: list[tuple[float, float]] = []
    for series in all_:
        spots = [at(items, value) for items, value in sorted(series.points.items())]
        line, colour = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots), colours[series.name]
        dash = ' stroke-dasharray="4 4"' if series.elsewhere else ""
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in spots)
        x, y = spots[-1]
        while any(abs(x - x_) < 90 and abs(y - y_) < 12 for x_, y_ in names):
            y += 3  # no name stands on another
        names.append((x, y))
        yield f'<text x="{x + 6:.0f}" y="{y - 5:.0f}" style="fill:{colour}">{series.name}</text>'
