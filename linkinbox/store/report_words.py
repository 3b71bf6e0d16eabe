"""What the report of an import says to people: the same words on the screen and on the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from linkinbox.store.report import FileReport, ImportReport

_COUNTED = {
    "new": "new to decide on",
    "already_connected": "already connected",
    "replied": "answered already",
    "back": "back, since the other wrote again",
    "now_connected": "of earlier invitations connected by now",
    "filed_since": "earlier ones without need of a decision by now",
}


def headline(report: ImportReport, now: datetime) -> str:
    """What an import brought, in one line; days are told where ``now`` is."""
    if report.seen_before:
        return f"This very file was imported on {_day(report.seen_before, now)}: nothing is new"
    return "Nothing is new" if report.nothing_new else " · ".join(counts(report))


def counts(report: ImportReport) -> list[str]:
    """The items that an import made or changed, the new ones first."""
    numbers = report.items.as_json()
    told = [f"{numbers[name]:,} {words}" for name, words in _COUNTED.items() if numbers[name] or name == "new"]
    return [*told, f"{report.items.sponsored:,} sponsored among them"] if report.items.sponsored else told


def origin(report: ImportReport, now: datetime) -> str:
    """Of when and of whom the data is."""
    as_of = f"data of {_day(report.as_of, now)}" if report.as_of else "data of an unknown day"
    return f"{as_of}, of {report.owner.name}" if report.owner else as_of


def meaning(report: ImportReport) -> Iterator[str]:
    """What the counts mean for whoever decides, a sentence or two each."""
    items = report.items
    if items.already_connected or items.replied:
        yield (
            "Who you are connected with already, and threads whose last word is yours, ask for no decision: "
            "they are filed, in view All."
        )
    if items.unknown_status:
        yield _unknown(items.unknown_status, report)
    if any(file.quarantined for file in report.files):
        yield "Rows that were not understood are kept: `linkinbox import --problems` lists them."


def _unknown(count: int, report: ImportReport) -> str:
    who = "the sender of 1 invitation" if count == 1 else f"the senders of {count:,} invitations"
    why = "no Connections file came with it"
    if any("connections" in file.name.casefold() for file in report.files):
        why = f"the Connections file cannot, for want of {'a profile link' if count == 1 else 'profile links'}"
    asked = "It is" if count == 1 else "They are"
    return f"Nothing tells whether you are connected with {who}: {why}. {asked} asked about all the same."


def left_out(file: FileReport) -> list[str]:
    """Rows that are rightly no item, by reason."""
    return _reasons(file.reasons - file.not_understood)


def not_understood(file: FileReport) -> list[str]:
    """Rows that could not be understood, by reason."""
    return _reasons(file.not_understood)


def _reasons(reasons: Counter[str]) -> list[str]:
    return [f"{count:,} × {reason}" for reason, count in reasons.items()]


def _day(at: datetime, now: datetime) -> str:
    here = at.astimezone(now.tzinfo)
    return f"{here.day} {here:%b %Y}"


def nothing_usable(report: ImportReport) -> tuple[str, str]:
    """What is wrong with a source in which no row can be used, and what to do."""
    read = {file.name: dict(file.reasons) or "no rows" for file in report.files}
    told = "; ".join(f"{name}: {reasons}" for name, reasons in read.items())
    expected = "Expected Invitations.csv, messages.csv or Connections.csv as LinkedIn writes them"
    return f"No usable row in {report.source} ({told})", f"{expected}; `linkinbox import --problems` lists the rows"
