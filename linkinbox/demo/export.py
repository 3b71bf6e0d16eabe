"""What happened, written as LinkedIn's newest export has it (formats of 2026): the demo imports it like anyone's."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote
from zoneinfo import ZoneInfo

OWNER = "Robin Vale"
MEMBER = "LinkedIn Member"  # what LinkedIn calls whom it does not name
_SENT_AT_ZONE = ZoneInfo("America/Los_Angeles")
_SITE = "https://www.linkedin.com/in/"

_INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
_MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,"
    "ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
)
_CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
_PREAMBLE = 'Notes:\n"Some addresses are missing: a connection may hide theirs."\n\n'
_PROFILE = """\
First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,\
Websites,Instant Messengers
Robin,Vale,,,,Independent cold-chain auditor,,Food,,Bremen,,,
"""
_POSITIONS = """\
Company Name,Title,Description,Location,Started On,Finished On
Vale Cold Chain,Owner,,Bremen,Jan 2021,
"""
_SPOILED = ("Fay Wrenfield", OWNER, "########", "", "INCOMING", f"{_SITE}fay-wrenfield", f"{_SITE}robin-vale")


class Invitation(NamedTuple):
    """From someone to the owner, or the other way."""

    at: datetime
    name: str
    note: str = ""
    outgoing: bool = False


class Message(NamedTuple):
    """One message of a thread; the owner's when ``sender`` is OWNER."""

    at: datetime
    thread: str
    sender: str
    to: tuple[str, ...]
    text: str
    title: str = ""
    subject: str = ""
    draft: bool = False


class Connection(NamedTuple):
    """Someone the owner is connected with."""

    at: datetime
    name: str
    work: tuple[str, str]


@dataclass(slots=True)
class Account:
    """Everything that happened in one LinkedIn account."""

    invitations: list[Invitation] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    advertisers: set[str] = field(default_factory=set)  # names without a profile


def write_export(account: Account, folder: Path, as_of: datetime) -> Path:
    """Write the zip that LinkedIn would have made at a time, and return its path."""
    path = folder / f"Complete_LinkedInDataExport_{as_of:%m-%d-%Y}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _files(account, as_of).items():
            archive.writestr(zipfile.ZipInfo(name, as_of.timetuple()[:6]), text)
    return path


def _files(account: Account, as_of: datetime) -> dict[str, str]:
    return {
        "Profile.csv": _PROFILE,
        "Positions.csv": _POSITIONS,
        "Connections.csv": _PREAMBLE + _table(_CONNECTIONS, _connections(account, as_of)),
        "Invitations.csv": _table(_INVITATIONS, _invitations(account, as_of)),
        "messages.csv": _table(_MESSAGES, _messages(account, as_of), quoting=csv.QUOTE_ALL),
        "Skills.csv": "Name\nHACCP\nCold chain\n",
        "learning_role_play_messages.csv": "CONVERSATION ID,FROM,TO,DATE,CONTENT\n",
    }


def _invitations(account: Account, as_of: datetime) -> Iterable[Sequence[str]]:
    for at, name, note, outgoing in sorted(account.invitations, reverse=True):
        if at <= as_of:
            pair = (OWNER, name) if outgoing else (name, OWNER)
            direction = "OUTGOING" if outgoing else "INCOMING"
            yield (*pair, _us_date(at), note, direction, *(_url(account, one) for one in pair))
    yield _SPOILED  # a spreadsheet's doing: kept, and listed as a problem


def _messages(account: Account, as_of: datetime) -> Iterable[Sequence[str]]:
    yield ("2-none==", *[""] * 5, f"{as_of:%Y-%m-%d} 00:00:00 UTC", "", "", "INBOX", "", "No", "No")  # as LinkedIn does
    for message in sorted(account.messages, key=lambda one: (one.thread, one.at), reverse=True):
        if message.at <= as_of:
            yield (
                message.thread, message.title, message.sender, _url(account, message.sender), ",".join(message.to),
                ",".join(_url(account, name) for name in message.to), f"{message.at:%Y-%m-%d %H:%M:%S} UTC",
                message.subject, message.text, "INBOX", "", "Yes" if message.draft else "No", "No",
            )  # fmt: skip


def _connections(account: Account, as_of: datetime) -> Iterable[Sequence[str]]:
    for at, name, work in sorted(account.connections, reverse=True):
        if at <= as_of:
            first, _, last = name.partition(" ")
            yield (first, last, quote(_url(account, name), safe=":/"), "", *work, f"{at:%d %b %Y}")
    yield from [("", "", "", "", "", "", "07 Jun 2026")] * 2  # closed accounts: nothing but a day


def _table(header: str, rows: Iterable[Sequence[str]], *, quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return out.getvalue()


def _url(account: Account, name: str) -> str:
    """The profile's address with its slug raw, as all tables but Connections have it."""
    return "" if name == MEMBER or name in account.advertisers else _SITE + _slug(name)


@cache
def _slug(name: str) -> str:
    letters = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in name.casefold())
    return "-".join(letters.split()) or "ACoAABr7kQsB2nameless"


def _us_date(at: datetime) -> str:
    """``7/3/26, 4:05 AM``: Pacific time, as Invitations.csv has it."""
    at = at.astimezone(_SENT_AT_ZONE)
    return f"{at.month}/{at.day}/{at:%y}, {at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"
