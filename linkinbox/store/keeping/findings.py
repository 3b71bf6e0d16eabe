"""What an examination says: findings, and what was looked at."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"  # something is lost, or will be
    WARNING = "warning"  # something may be lost, or seen by others
    NOTE = "note"  # good to know; all is well with it


class Finding(NamedTuple):
    """One thing that is wrong, where, and what to do about it."""

    check: str
    severity: Severity
    what: str
    where: str
    do: str


class Examination(NamedTuple):
    """What was found, and the names of the checks that were made."""

    findings: tuple[Finding, ...]
    checked: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Nothing is wrong: there is nothing but notes."""
        return all(finding.severity is Severity.NOTE for finding in self.findings)

    def with_doubt(self, what: str, where: str, do: str) -> Examination:
        """The same, and settings that could not be read: what was looked at may not be what is used."""
        finding = Finding("settings", Severity.ERROR, what, where, do)
        return Examination((finding, *self.findings), ("settings", *self.checked))

    def as_json(self) -> dict[str, Any]:
        """For programs: names and meanings are stable."""
        findings = [{**finding._asdict(), "severity": finding.severity.value} for finding in self.findings]
        return {"ok": self.ok, "findings": findings, "checked": list(self.checked)}
