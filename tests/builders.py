"""Invented LinkedIn exports, written in code: every header there ever was, zipped, unzipped or as lone files.

    export = ExportBuilder().invitation("Ana Ruiz", note="Hello").connection("Ben Lee")
    export.zip(tmp_path)

Every time given here is UTC; the builder writes it as LinkedIn would (invitations in US Pacific).
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Self
from urllib.parse import quote
from zlib import crc32
from zoneinfo import ZoneInfo

PACIFIC = ZoneInfo("America/Los_Angeles")

_V1 = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER"
_V2 = _V1.replace("TO,", "TO,RECIPIENT PROFILE URLS,")
_V4 = _V2 + ",ATTACHMENTS"
MESSAGE_HEADERS = {
    0: "From,To,Date,Subject,Content,Direction,Folder",
    1: _V1,
    2: _V2,
    3: _V2 + ",IS MESSAGE DRAFT,IS CONVERSATION DRAFT",
    4: _V4,
    5: _V4 + ",IS MESSAGE DRAFT",
    6: _V4,
    7: _V4 + ",IS MESSAGE DRAFT,IS CONVERSATION DRAFT",
}
_INVITED = "From,To,Sent At,Message,Direction"
INVITATION_HEADERS = {
    0: _INVITED,
    1: _INVITED + ",inviterProfileUrn,inviteeProfileUrn",
    2: _INVITED + ",inviterProfileUrl,inviteeProfileUrl",
    3: _INVITED + ",inviterProfileUrl,inviteeProfileUrl",
}
_NO_URL = "First Name,Last Name,Email Address,Company,Position,Connected On"
CONNECTION_HEADERS = {0: _NO_URL, 1: _NO_URL, 2: _NO_URL, 3: _NO_URL.replace("Name,Email", "Name,URL,Email")}
PREAMBLE = (
    'Notes:\n"Some e-mail addresses are missing: a connection may hide theirs, see https://www.linkedin.com/help"\n\n'
)
PROFILE_HEADER = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
    "Twitter Handles,Websites,Instant Messengers"
)
EMAILS_HEADER = "Email Address,Confirmed,Primary,Updated On"
ENDORSEMENTS_HEADER = (
    "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status"
)
RECOMMENDATIONS_HEADER = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
POSITIONS_HEADER = "Company Name,Title,Description,Location,Started On,Finished On"


@dataclass(frozen=True, slots=True)
class Someone:
    """An invented person, with the slug of their profile ("" for a person without one)."""

    name: str
    slug: str = ""

    @property
    def url(self) -> str:
        """As Invitations and messages write it: raw Unicode."""
        return f"https://www.linkedin.com/in/{self.slug}" if self.slug else ""

    @property
    def urn(self) -> str:
        """As the summer of 2023 wrote it."""
        return f"urn:li:member:{crc32(self.slug.encode())}"


ALEX = Someone("Alex Morgan", "alex-morgan")
LINKEDIN_MEMBER = Someone("LinkedIn Member")


def person(name: str | Someone) -> Someone:
    """The person of this name: ``person("Zoë Berg").slug == "zoë-berg"``."""
    if isinstance(name, Someone):
        return name
    if name in ("", "LinkedIn Member"):
        return Someone(name)
    return Someone(name, "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split()))


class ExportBuilder:
    """An export of the given header variants (numbers as in the tables above); the newest by default."""

    def __init__(
        self,
        *,
        messages: int = 7,
        invitations: int = 3,
        connections: int = 3,
        owner: Someone = ALEX,
        as_of: date = date(2026, 11, 20),
        profile: bool = True,
        files: Iterable[str] = (),
    ) -> None:
        self.versions = {
            "messages.csv": messages,
            "Invitations.csv": invitations,
            "Connections.csv": connections,
        }
        self.owner = owner
        self.as_of = as_of
        self._rows: dict[str, list[list[str]]] = {name: [] for name in files}
        self._raw: dict[str, bytes] = {}
        self._clock = datetime(as_of.year, as_of.month, as_of.day, 12, tzinfo=UTC) - timedelta(days=30)
        if profile:
            self.profile(owner.name)

    # ── what is in it ──

    def invitation(
        self,
        other: str | Someone,
        *,
        note: str = "",
        at: str | datetime | None = None,
        outgoing: bool = False,
    ) -> Self:
        """An invitation from the other person, or to them."""
        pair = [self.owner, person(other)] if outgoing else [person(other), self.owner]
        version = self.versions["Invitations.csv"]
        when = us_date(self._time(at).astimezone(PACIFIC))
        cells = [pair[0].name, pair[1].name, when, note, "OUTGOING" if outgoing else "INCOMING"]
        cells += [[], [p.urn for p in pair], ["https://www.linkedin.com/in"] * 2, [p.url for p in pair]][version]
        return self.row("Invitations.csv", *cells)

    def message(
        self,
        sender: str | Someone,
        text: str = "Hello",
        *,
        to: Iterable[str | Someone] = (),
        at: str | datetime | None = None,
        thread: str | None = None,
        title: str = "",
        subject: str = "",
        folder: str = "INBOX",
        attachments: Iterable[str] = (),
        draft: bool = False,
    ) -> Self:
        """A message; to the owner unless said otherwise, in the sender's own thread unless said otherwise."""
        who, recipients = person(sender), [person(p) for p in to]
        if not recipients and who != self.owner:
            recipients = [self.owner]
        when, mine = self._time(at), who == self.owner
        if thread is None:
            other = recipients[0] if mine and recipients else who
            thread = f"2-{other.slug or other.name}=="
        names = ",".join(p.name for p in recipients)
        values = {
            "CONVERSATION ID": thread,
            "CONVERSATION TITLE": title,
            "FROM": who.name,
            "From": who.name,
            "SENDER PROFILE URL": who.url,
            "TO": names,
            "To": names,
            "RECIPIENT PROFILE URLS": ",".join(p.url for p in recipients if p.url),
            "DATE": f"{when:%Y-%m-%d %H:%M:%S} UTC",
            "Date": us_date(when.astimezone(PACIFIC)),
            "SUBJECT": subject,
            "Subject": subject,
            "CONTENT": text,
            "Content": text,
            "Direction": "OUTGOING" if mine else "INCOMING",
            "FOLDER": folder,
            "Folder": "SENT" if mine else folder,
            "ATTACHMENTS": ",".join(attachments),
            "IS MESSAGE DRAFT": "Yes" if draft else "No",
            "IS CONVERSATION DRAFT": "No",
        }
        header = MESSAGE_HEADERS[self.versions["messages.csv"]].split(",")
        return self.row("messages.csv", *(values[column] for column in header))

    def sent(self, to: str | Someone, text: str = "Hello", **more: object) -> Self:
        """A message of the owner's to one person."""
        return self.message(self.owner, text, to=[to], **more)  # type: ignore[arg-type]

    def sponsored(self, text: str = "Buy now", *, sender: str = "LinkedIn Member", **more: object) -> Self:
        """A campaign message, as LinkedIn's editor makes them."""
        html = f'<p class="spinmail-quill-editor__spin-break">{text}</p>'
        more = {"thread": "2-campaign==", "title": "Sponsored Conversation", "folder": "ARCHIVE", **more}
        return self.message(Someone(sender), html, **more)  # type: ignore[arg-type]

    def draft(self, text: str, *, to: str | Someone | None = None, thread: str = "") -> Self:
        """A draft of the owner's; without a conversation id unless given one."""
        return self.message(self.owner, text, to=[to] if to else [], thread=thread, draft=True)

    def connection(
        self,
        other: str | Someone,
        *,
        on: str | date = date(2026, 1, 7),
        company: str = "Acme",
        position: str = "Founder",
        email: str = "",
    ) -> Self:
        """A connection made on a day."""
        who, day = person(other), date.fromisoformat(on) if isinstance(on, str) else on
        first, _, last = who.name.partition(" ")
        url = [f"https://www.linkedin.com/in/{quote(who.slug)}" if who.slug else ""]
        version = self.versions["Connections.csv"]
        when = f"{day.month}/{day.day}/{day:%y}, 4:05 AM" if version == 0 else f"{day:%d %b %Y}"
        cells = [first, last, *(url if version == 3 else []), email, company, position, when]
        return self.row("Connections.csv", *cells)

    def date_only_connection(self, on: str = "07 Jun 2026") -> Self:
        """A hidden or closed member: nothing but a day."""
        width = CONNECTION_HEADERS[self.versions["Connections.csv"]].count(",")
        return self.row("Connections.csv", *[""] * width, on)

    def profile(self, name: str, headline: str = "Founder") -> Self:
        """The owner's profile (replaces an earlier one)."""
        first, _, last = name.partition(" ")
        self._rows["Profile.csv"] = []
        return self.row("Profile.csv", first, last, "", "", "Jul 3", headline, *[""] * 7)

    def email(self, address: str, *, primary: bool = True) -> Self:
        """An address of the owner's."""
        return self.row("Email Addresses.csv", address, "Yes", "Yes" if primary else "No", "7/3/23, 4:05 AM")

    def position(self, company: str, title: str, *, started: str = "Jul 2023", finished: str = "") -> Self:
        """A position of the owner's."""
        return self.row("Positions.csv", company, title, "", "", started, finished)

    def endorsement(self, other: str | Someone, skill: str, *, by_name: bool = False) -> Self:
        """Somebody vouched for a skill of the owner's; ``by_name``: as before 2023, without the profile."""
        who = person(other)
        first, _, last = who.name.partition(" ")
        url = "" if by_name else f"www.linkedin.com/in/{who.slug}"
        cells = ("2023/07/03 04:05:06 UTC", skill, first, last, url, "ACCEPTED")
        return self.row("Endorsement_Received_Info.csv", *cells)

    def recommendation(self, other: str | Someone, text: str = "Knows reefers") -> Self:
        """Somebody recommended the owner."""
        first, _, last = person(other).name.partition(" ")
        cells = (first, last, "Acme", "Founder", text, "07/03/23, 04:05 AM", "VISIBLE")
        return self.row("Recommendations_Received.csv", *cells)

    def row(self, file: str, *cells: str) -> Self:
        """A row as it is, well formed or not."""
        self._rows.setdefault(file, []).append(list(cells))
        return self

    def raw(self, file: str, content: str | bytes) -> Self:
        """A file as it is: a further one, or in place of the built one."""
        self._raw[file] = content.encode() if isinstance(content, str) else content
        return self

    # ── what comes out ──

    def text(self, file: str) -> str:
        """A built file as text, to be bent by a test and put back with `raw`."""
        header, preamble, fully_quoted = self._shape(file)
        out = io.StringIO()
        quoting = csv.QUOTE_ALL if fully_quoted else csv.QUOTE_MINIMAL
        writer = csv.writer(out, lineterminator="\n", quoting=quoting)
        writer.writerow(header.split(","))
        writer.writerows(self._rows.get(file, ()))
        return preamble + out.getvalue()

    def files(self) -> dict[str, bytes]:
        """Every file by name."""
        return {name: self.text(name).encode() for name in self._rows} | self._raw

    @property
    def name(self) -> str:
        """The zip's name, without its ending."""
        return f"Complete_LinkedInDataExport_{self.as_of:%m-%d-%Y}"

    def zip(self, into: Path, name: str | None = None, *, top: str = "", made: datetime | None = None) -> Path:
        """The export zipped; ``top`` is a folder to re-zip it under, ``made`` the members' time (UTC)."""
        path = into / (name or f"{self.name}.zip")
        made = made or datetime(self.as_of.year, self.as_of.month, self.as_of.day, 8, tzinfo=UTC)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in self.files().items():
                info = zipfile.ZipInfo(f"{top}/{member}" if top else member, made.timetuple()[:6])
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
        return path

    def folder(self, into: Path, name: str | None = None) -> Path:
        """The export unzipped."""
        path = into / (name or self.name)
        for member, content in self.files().items():
            (path / member).parent.mkdir(parents=True, exist_ok=True)
            (path / member).write_bytes(content)
        return path

    def csv(self, into: Path, file: str, name: str | None = None) -> Path:
        """One file of it alone, under its own name or another."""
        path = into / (name or file)
        path.write_bytes(self.files()[file])
        return path

    def _shape(self, file: str) -> tuple[str, str, bool]:
        match file:
            case "messages.csv":
                return MESSAGE_HEADERS[self.versions[file]], "", self.versions[file] >= 6
            case "Invitations.csv":
                return INVITATION_HEADERS[self.versions[file]], "", False
            case "Connections.csv":
                version = self.versions[file]
                return CONNECTION_HEADERS[version], PREAMBLE if version >= 2 else "", False
        return (
            {
                "Profile.csv": PROFILE_HEADER,
                "Email Addresses.csv": EMAILS_HEADER,
                "Positions.csv": POSITIONS_HEADER,
                "Endorsement_Received_Info.csv": ENDORSEMENTS_HEADER,
                "Recommendations_Received.csv": RECOMMENDATIONS_HEADER,
            }[file],
            "",
            False,
        )

    def _time(self, at: str | datetime | None) -> datetime:
        """Each next row an hour later, unless told."""
        self._clock += timedelta(hours=1)
        if at is None:
            return self._clock
        when = datetime.fromisoformat(at) if isinstance(at, str) else at
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def us_date(when: datetime) -> str:
    """``7/3/23, 4:05 AM``: as Invitations writes a time."""
    return f"{when.month}/{when.day}/{when:%y}, {when.hour % 12 or 12}:{when:%M} {'AM' if when.hour < 12 else 'PM'}"
