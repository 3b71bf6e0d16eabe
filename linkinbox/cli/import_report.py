"""The report of an import, for people: counts that add up, with reasons, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from linkinbox.text import safe_text

if TYPE_CHECKING:
    from linkinbox.store.report import FileReport, ImportReport


def report_lines(report: ImportReport, now: datetime) -> Iterator[str]:
    """What an import did, line by line."""
    from linkinbox.store.backlog import MANY
    from linkinbox.store.report_words import counts, headline, meaning, origin

    yield safe_text(f"{report.source}: {origin(report, now)}")
    if report.nothing_new:
        yield f"{headline(report, now)}."
    for file in report.files:
        yield from _file(file, report)
    yield from (safe_text(f"  {other.name}: {other.why}") for other in report.other_files)
    if not report.nothing_new:
        yield "Items:"
        yield from (f"  {words}" for words in counts(report))
    yield from (safe_text(f"Note: {warning}") for warning in report.warnings)
    yield from meaning(report)
    if report.items.new > MANY:
        yield "So many are swept in steps: `linkinbox backlog` lists them, “Backlog” on the screen goes through them."


def _file(file: FileReport, report: ImportReport) -> Iterator[str]:
    from linkinbox.store.report_words import left_out, not_understood

    rows = "1 row" if file.rows == 1 else f"{file.rows:,} rows"
    yield safe_text(
        f"  {file.name}: {rows} = {file.new:,} new + {file.changed:,} changed + {file.same:,} same"
        f" + {file.ignored:,} left out + {file.quarantined:,} not understood"
    )
    if report.seen_before:  # told when it was imported
        return
    yield from (safe_text(f"    left out: {words}") for words in left_out(file))
    yield from (safe_text(f"    not understood: {words}") for words in not_understood(file))
