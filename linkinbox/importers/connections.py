"""Connections.csv: the people one is connected to, and since which day."""

from __future__ import annotations

from linkinbox.importers.dates import connection_day
from linkinbox.importers.identity import clean_name, known_person, weak_key
from linkinbox.importers.records import ConnectionRow, Ignored, RowError, Who
from linkinbox.importers.rows import Cells
from linkinbox.importers.tables import Build, Columns

HEADERS = (("First Name", "Last Name", "Company", "Position", "Connected On"),)


def build(columns: Columns) -> Build:
    """A function that makes a ConnectionRow of a row under this header."""
    pick = columns.pick("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")

    def connection(line: int, cells: Cells) -> ConnectionRow | Ignored:
        first, last, url, email, company, position, connected_on = pick(cells)
        if not (first or last or url):
            if email or company or position:
                raise RowError("neither a name nor a profile")
            return Ignored(line, "date-only connection")  # a hidden or closed member; never a person
        day = connection_day(connected_on)
        name = clean_name(f"{first} {last}")
        who = known_person(name, url) or Who(weak_key(name, "connection", day, email, company, position), name)
        return ConnectionRow(line, who, email, company, position, day)

    return connection
