"""The report of an import, for people: counts that add up, with reasons, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from linkinbox.cli.columns import day
from linkinbox.text import safe_text

if TYPE_CHECKING:
    from linkinbox.store.report import FileReport, ImportReport

_WORDS = {
    "new": "new to decide on",
    "already_connected": "already connected: filed, not asked about",
    "replied": "where the last word is yours: filed",
    "back": "back, since the other wrote again",
    "now_connected": "of earlier invitations are connected now",
    "filed_since": "earlier ones need no decision any more",
    "sponsored": "sponsored",
}


def report_lines(report: ImportReport, now: datetime) -> Iterator[str]:
    """What an import did, line by line."""
    as_of = f"data of {day(report.as_of, now)}" if report.as_of else "its day is unknown"
    owner = f", of {report.owner.name}" if report.owner else ""
    yield safe_text(f"{report.source}{owner} ({as_of})")
    if report.seen_before:
        yield f"This very file was imported on {day(report.seen_before, now)}: nothing is new."
    for file in report.files:
        yield from _file(file)
    yield from (safe_text(f"  {other.name}: {other.why}") for other in report.other_files)
    yield from _items(report)
    yield from (safe_text(f"Note: {warning}") for warning in report.warnings)
    if any(file.quarantined for file in report.files):
        yield "Rows that were not understood are kept: `linkinbox import --problems` lists them."


def _file(file: FileReport) -> Iterator[str]:
    yield safe_text(
        f"  {file.name}: {file.rows:,} rows = {file.new:,} new + {file.changed:,} changed + {file.same:,} same"
        f" + {file.ignored:,} ignored + {file.quarantined:,} not understood"
    )
    for reason, count in file.reasons.items():
        yield safe_text(f"    {count:,} × {reason}")


def _items(report: ImportReport) -> Iterator[str]:
    counts = report.items.as_json()
    told = [f"  {counts[name]:,} {words}" for name, words in _WORDS.items() if counts[name]]
    if told:
        yield "Items:"
    yield from told
    if unknown := counts["unknown_status"]:
        yield (
            f"  {unknown:,} of them with unknown status: nothing in the export tells whether you are connected."
            " Its Connections file would."
        )
