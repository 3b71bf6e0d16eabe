"""Invitations.csv: who invited whom, when, and with which note.

The file is a history, not a queue: most of its incoming rows are connections by now, and no column says so.
"""

from __future__ import annotations

from linkinbox.importers.dates import us_time
from linkinbox.importers.identity import clean_name, known_person, weak_key
from linkinbox.importers.records import InvitationRow, RowError, Who
from linkinbox.importers.rows import Cells
from linkinbox.importers.tables import Build, Columns

HEADERS = (("From", "To", "Sent At", "Message", "Direction"),)
# Summer 2023 had urns in place of addresses, the months after it only "https://www.linkedin.com/in".
INVITER, INVITEE = (
    ("inviterProfileUrl", "inviterProfileUrn"),
    ("inviteeProfileUrl", "inviteeProfileUrn"),
)


def address_columns(columns: Columns) -> tuple[str, str]:
    """The columns that identify inviter and invitee, in this header."""
    return (INVITER[0], INVITEE[0]) if INVITER[0] in columns else (INVITER[1], INVITEE[1])


def build(columns: Columns) -> Build:
    """A function that makes an InvitationRow of a row under this header."""
    pick = columns.pick("From", "To", "Sent At", "Message", "Direction", *address_columns(columns))

    def invitation(line: int, cells: Cells) -> InvitationRow:
        sender, recipient, sent_at, note, direction, inviter, invitee = pick(cells)
        incoming = direction == "INCOMING"
        if not incoming and direction != "OUTGOING":
            raise RowError(f"Direction is {direction[:40]!r}, neither INCOMING nor OUTGOING")
        name, url = (sender, inviter) if incoming else (recipient, invitee)
        if not (name or url):
            raise RowError("neither a name nor a profile")
        at = us_time(sent_at)
        who = known_person(name, url) or Who(weak_key(name, "invitation", at, note), clean_name(name))
        return InvitationRow(line, who, incoming, at, note)

    return invitation
