"""Profile.csv, Positions.csv and Email Addresses.csv: what the export says of its owner."""

from __future__ import annotations

from linkinbox.importers.records import OwnerRow
from linkinbox.importers.rows import Cells
from linkinbox.importers.tables import Build, Columns

PROFILE_HEADERS = (("First Name", "Last Name", "Headline"),)
EMAIL_HEADERS = (("Email Address", "Confirmed", "Primary"),)
POSITION_HEADERS = (("Company Name", "Title", "Started On"),)
_KEPT = {
    "profile": ("First Name", "Last Name", "Headline", "Summary", "Industry", "Geo Location"),
    "email": ("Email Address", "Confirmed", "Primary"),
    "position": ("Company Name", "Title", "Started On", "Finished On"),
}


def build(columns: Columns, fact: str) -> Build:
    """A function that makes an OwnerRow of a row under this header; ``fact`` as in OwnerRow."""
    kept = _KEPT[fact]
    pick = columns.pick(*kept)

    def owner_fact(line: int, cells: Cells) -> OwnerRow:
        return OwnerRow(line, fact, dict(zip(kept, pick(cells), strict=True)))

    return owner_fact
