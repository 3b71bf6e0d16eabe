"""The table of results: each row a figure beside its anchor."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

BEGIN, END = "<!-- results -->", "<!-- end of results -->"


class Line(NamedTuple):
    """One measure. ``ratio`` is ours over the anchor's, or as the measure says; empty where there is no anchor."""

    what: str
    ours: str
    anchor: str = ""
    ratio: str = ""
    aim: str = ""  # as `at_most` and `at_least` tell it


def at_most(figure: float, aim: float, unit: str) -> str:
    """What was aimed at, and by how much it is missed."""
    return f"≤ {aim:g} {unit}: " + ("met" if figure <= aim else f"missed by {_short(figure - aim)} {unit}")


def at_least(figure: float, aim: float, unit: str) -> str:
    """The same, where more is better."""
    return f"≥ {aim:g} {unit}: " + ("met" if figure >= aim else f"missed by {_short(aim - figure)} {unit}")


def _short(figure: float) -> str:
    return f"{figure:.2g}" if figure < 100 else f"{figure:,.0f}"


class Pairs(NamedTuple):
    """Figures of ours and of an anchor, taken turn by turn."""

    ours: Sequence[float]
    anchor: Sequence[float]

    @property
    def ratio(self) -> str:
        """Median of the ratios of each turn, and the least and the most of them."""
        ratios = self._ratios
        return f"**{self.middle:.2f}×** ({ratios[0]:.2f}–{ratios[-1]:.2f})"

    @property
    def middle(self) -> float:
        """The median alone."""
        return statistics.median(self._ratios)

    @property
    def _ratios(self) -> list[float]:
        return sorted(a / b for a, b in zip(self.ours, self.anchor, strict=True))

    @property
    def speed(self) -> str:
        """The same turned round: how much work in the anchor's time."""
        return Pairs(self.anchor, self.ours).ratio


def in_turns(turns: int, ours: Callable[[], float], anchor: Callable[[], float]) -> Pairs:
    """Measure both, turn by turn, after one of each that does not count."""
    ours(), anchor()
    pairs = [(ours(), anchor()) for _ in range(turns)]
    return Pairs([a for a, _ in pairs], [b for _, b in pairs])


def p50_p95(values: Iterable[float], unit: str = "ms", digits: int = 1) -> str:
    """Median and 95th percentile."""
    kept = list(values)
    return f"{statistics.median(kept):.{digits}f} / {p95(kept):.{digits}f} {unit}"


def p95(values: Iterable[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def times(ours: Sequence[float], anchor: Sequence[float]) -> str:
    """Median beside median, of figures that were not taken in pairs."""
    return f"{statistics.median(ours) / statistics.median(anchor):.2g}×"


def median(values: Iterable[float], unit: str = "ms", digits: int = 0) -> str:
    """The median, with its unit."""
    return f"{statistics.median(values):.{digits}f} {unit}"


def as_markdown(lines: Iterable[Line]) -> str:
    """The table as Markdown that is readable as it stands."""
    lines = list(lines)
    columns = 5 if any(line.aim for line in lines) else 4
    rows = [line[:columns] for line in (Line("measure", "linkinbox", "beside it", "ratio", "aim"), *lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(columns)]
    text = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(text)


def machine() -> str:
    """When and where: one line."""
    load = os.getloadavg()[0]
    return (
        f"{datetime.now(UTC):%d %b %Y}, {os.cpu_count()} CPUs ({platform.machine()}), {platform.system()} "
        f"{platform.release().split('-')[0]}, load {load:.1f}; Python {platform.python_version()}, SQLite "
        f"{sqlite3.sqlite_version}, Textual {version('textual')}, sqlite-utils {version('sqlite-utils')}"
    )


def write_into(readme: Path, title: str, lines: Sequence[Line]) -> None:
    """Put the table between the markers of the README, in place of an earlier one of the same title."""
    text = readme.read_text("utf-8")
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    kept = [part for part in old.split("\n### ") if part.strip() and not part.startswith(title)]
    new = f"{title}\n\n{machine()}.\n\n{as_markdown(lines)}\n"
    parts = "".join(f"\n### {part.strip()}\n" for part in sorted([*kept, new]))
    readme.write_text(f"{before}{BEGIN}\n{parts}\n{END}{after}", "utf-8")


def say(what: str) -> None:
    """Tell what is being measured."""
    print(f"… {what}", file=sys.stderr, flush=True)
