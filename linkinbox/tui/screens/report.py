"""What an import did, to read: counts that add up, with their reasons, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from linkinbox.model import View
from linkinbox.store.report_words import headline, left_out, meaning, not_understood, origin
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.screens.page import PageScreen
from linkinbox.words.key_words import key_of
from linkinbox.words.said import key_of_view

if TYPE_CHECKING:
    from linkinbox.store.report import FileReport, ImportReport

_COUNTS = {  # the column's title and its cells, if its counts need no more; with a name they fit into 80
    "rows": ("rows", 6), "new": ("new", 7), "changed": ("changed", 9), "same": ("same", 7),
    "ignored": ("left out", 10), "quarantined": ("not understood", 16),
}  # fmt: skip
_NAME = 19  # cells of a file's name

Part = Content | tuple[str, str] | str


class ReportScreen(PageScreen):
    """The report of one import.

    Args:
        report: what it did.
        now: in the zone of the person.
        sweep: sweeps the backlog; None: it brought so few that the list will do.
    """

    def __init__(self, report: ImportReport, now: datetime, *, sweep: Callable[[], None] | None = None) -> None:
        self._sweep = sweep
        text = report_text(report, now)
        super().__init__(
            safe_text(f"Imported {report.source}"), text if sweep is None else Content(f"{_offer()}\n\n") + text
        )

    def action_backlog(self) -> None:
        """Sweep what came, step by step."""
        if self._sweep:
            self.dismiss()
            self._sweep()


def _offer() -> SafeText:
    return safe_text(
        f"{key_of('backlog')} sweeps many at once: what is believed expired, the same text from several, "
        "then 25 at a time. Stop whenever you like."
    )


def report_text(report: ImportReport, now: datetime) -> Content:
    """The report in words and a table."""
    where = f"New ones wait in the list; {key_of_view(View.NEW)} opens it afresh."
    told = [*meaning(report), *([where] if report.items.new else [])]
    of = safe_text(f"D{origin(report, now)[1:]}; read in {report.seconds:.1f} s.")
    return Content.assemble(
        (safe_text(headline(report, now)), "bold"),
        "\n\n",
        *_lines(told),
        *_lines(report.warnings, "$flag"),
        *_table(report.files),
        *_section("Left out", _by_file(report, left_out)),
        *_section("Not understood", _by_file(report, not_understood)),
        *_section("Other files", [f"{other.name}: {other.why}" for other in report.other_files]),
        (of, "$muted"),
    )


def _lines(lines: list[str], style: str = "") -> list[Part]:
    return [*((f"{safe_text(line)}\n", style) for line in lines), "\n"] if lines else []


def _section(title: str, lines: list[str]) -> list[Part]:
    return [(f"{title}\n", "$accent"), *_lines([f"  {line}" for line in lines])] if lines else []


def _by_file(report: ImportReport, reasons: Callable[[FileReport], list[str]]) -> list[str]:
    if report.seen_before:  # told when it was imported
        return []
    return [f"{words} ({file.name})" for file in report.files for words in reasons(file)]


def _table(files: list[FileReport]) -> list[Part]:
    names = [safe_text(file.name, limit=_NAME) for file in files]
    width = max(map(len, names), default=0)
    columns = [_column(title, cells, [getattr(file, of) for file in files]) for of, (title, cells) in _COUNTS.items()]
    titles, *counts = zip(*columns, strict=True)
    lines = [(f"{'':{width}}{''.join(titles)}\n", "$muted")]
    lines += [(f"{name:{width}}{''.join(cells)}\n", "") for name, cells in zip(names, counts, strict=True)]
    return [*lines, "\n"] if files else []


def _column(title: str, cells: int, counts: list[int]) -> list[str]:
    """The title and the counts, right-aligned, and two blanks or more from the column before."""
    told = [title, *(f"{count:,}" for count in counts)]
    return [text.rjust(max(cells, max(map(len, told)) + 2)) for text in told]
