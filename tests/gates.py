"""The gates of reliability and speed: each tells its figure, and all of them stand in one table when a run ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest


class Figure(NamedTuple):
    """What a gate measured: its number in the plan, what it is about, and the figure."""

    number: int
    what: str
    figure: str


def few_or_all(few: object, all_: object) -> list[object]:
    """The parameters of a gate: as many cases as a usual run has time for, and those of the plan in the long run."""
    return [few, pytest.param(all_, marks=pytest.mark.soak)]


Gate = Callable[[int, str, str], None]


@pytest.fixture
def gate(request: pytest.FixtureRequest) -> Gate:
    """Tell the figure of a gate; it travels with the test's report, also from a process of its own."""

    def tell(number: int, what: str, figure: str) -> None:
        request.node.user_properties.append(("gate", [number, what, figure]))

    return tell


def figures_of(reporter: pytest.TerminalReporter) -> Iterator[Figure]:
    """The figures that the tests of a run told, in the order of the plan."""
    told = {
        Figure(*value)
        for reports in reporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "gate" and report.when == "call"
    }
    yield from sorted(told)


def print_figures(reporter: pytest.TerminalReporter) -> None:
    """Print the table of gates, if the run had any."""
    figures = list(figures_of(reporter))
    if not figures:
        return
    wide = max(len(figure.what) for figure in figures)
    reporter.section("gates")
    for number, what, figure in figures:
        reporter.line(f"{number:>3}  {what:<{wide}}  {figure}")
