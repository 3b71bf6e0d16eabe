"""Endorsement_Received_Info.csv and Recommendations_Received.csv: who vouched for the owner, and for what."""

from __future__ import annotations

from linkinbox.importers.identity import clean_name, profile_key
from linkinbox.importers.records import Ignored, VouchRow
from linkinbox.importers.rows import Cells
from linkinbox.importers.tables import Build, Columns

ENDORSEMENT_HEADERS = (("Skill Name", "Endorser First Name", "Endorser Last Name"),)
RECOMMENDATION_HEADERS = (("First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date"),)


def build_endorsement(columns: Columns) -> Build:
    """A function that makes a VouchRow of a row under this header; exports before mid-2023 tell no profile."""
    pick = columns.pick("Skill Name", "Endorser First Name", "Endorser Last Name", "Endorser Public Url")

    def endorsement(line: int, cells: Cells) -> VouchRow | Ignored:
        skill, first, last, url = pick(cells)
        return _vouched(line, f"{first} {last}", url, "endorsement", skill.strip())

    return endorsement


def build_recommendation(columns: Columns) -> Build:
    """A function that makes a VouchRow of a row under this header; no export tells a profile."""
    pick = columns.pick("First Name", "Last Name")

    def recommendation(line: int, cells: Cells) -> VouchRow | Ignored:
        return _vouched(line, " ".join(pick(cells)), "", "recommendation", "")

    return recommendation


def _vouched(line: int, name: str, url: str, kind: str, skill: str) -> VouchRow | Ignored:
    key, name = (profile_key(url) if url else None) or "", clean_name(name)
    return VouchRow(line, key, name, kind, skill) if key or name else Ignored(line, "no name")
