"""The gates against strangers that are counted: each takes how many cases, holds every one, and returns its figure.

The usual run takes some hundreds, the long one as many as the plan asks for.
"""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
import sqlite3
import stat
import time
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from linkinbox.decisions import Accept, Gold, Note
from linkinbox.errors import NotAnExportError, SourceError
from linkinbox.inbox import Inbox
from linkinbox.links import open_in_browser, openable
from linkinbox.model import BookedCall, View
from linkinbox.query import QueryError
from linkinbox.text import BODY_LIMIT, LINE_LIMIT, NAME_LIMIT, safe_body, safe_name, safe_text
from tests.builders import CONNECTION_HEADERS, INVITATION_HEADERS, MESSAGE_HEADERS, ExportBuilder, Someone
from tests.conftest import NOW, Clock
from tests.hostile import HOSTILE
from tests.test_text import is_harmless, strange

HEADERS = {
    "Invitations.csv": INVITATION_HEADERS,
    "messages.csv": MESSAGE_HEADERS,
    "Connections.csv": CONNECTION_HEADERS,
}
VERSION_OF = {"Invitations.csv": "invitations", "messages.csv": "messages", "Connections.csv": "connections"}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
PLACES = [
    "https://linkedin.com",
    "https://www.linkedin.com",
    "http://fr.linkedin.com",
    "https://linkedin.com.evil.example",
    "//x",
]
PIECES = [
    "\n",
    "",
    "",
    "",
    "/in/ana",
    "/in/ana-",
    "/in/josé",
    "/comm/in/ana",
    "/company/acme/",
    "/messaging/thread/2-a==",
    "/in/",
    "/comm/in/",
    "/pub/",
    "/company/",
    "/school/",
    "/messaging/thread/",
    "/messaging/compose",
    "/mynetwork/invitation-manager",
    "/redir/\n",
    "",
    "",
    "",
    "/comm/people/invite-accept",
    "ana",
    "é",
    "漢字",
    "?recipient=x",
    "?otpToken=x",
    "#x",
    "%2e%2e",
    "%2f",
    "%5c",
    "%0a",
    "%00",
    "%ff",
    "..",
    ".",
    "//",
    "\\",
    "@",
    ":443",
    ";",
    "'",
    "$(id)\n",
    "",
    "",
    "",
    "--",
    "\x1b",
    "\u202e",
    "ㅤ",
    "\t",
    "\r\n",
    "linkedin.com",
    "evil.example\n",
]


def times(count: int) -> settings:
    """So many examples, the same each time, kept nowhere."""
    return settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


# ── 2: text ──


def texts_are_safe(count: int) -> str:
    @times(count)
    @given(strange)
    def hold(text: str) -> None:
        for made_safe, limit, breaks in (
            (safe_text, LINE_LIMIT, ""),
            (safe_name, NAME_LIMIT, ""),
            (safe_body, BODY_LIMIT, "\n"),
        ):
            safe = made_safe(text)
            assert is_harmless(safe, breaks)
            assert len(safe) <= limit
            assert made_safe(safe) == safe

    hold()
    return f"{count:,} made-up strings: idempotent, 0 forbidden characters, within their limits"


# ── 13: tables ──

CELLS = st.text(alphabet='ab,"\n\0é/🚀0123: APM-=;\t\u202e\x1b', max_size=12)
DATES = st.sampled_from(["7/3/23, 4:05 AM", "03 Jul 2023", "2023-07-03 04:05:06 UTC", "", "x"])


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, int, list[list[str]]]:
    name = draw(st.sampled_from(sorted(HEADERS)))
    version = draw(st.sampled_from(sorted(HEADERS[name])))
    width = HEADERS[name][version].count(",") + 1
    row = st.lists(CELLS | DATES, min_size=width - 1, max_size=width + 1)
    return name, version, draw(st.lists(row, max_size=8))


def imported(inbox: Inbox, path: Path) -> int | None:
    """The rows of an import whose figures add up; None for a table without a usable row, which is refused."""
    try:
        report = inbox.import_from(path)
    except NotAnExportError:
        return None
    (file,) = report.files
    assert file.rows == file.new + file.changed + file.same + file.ignored + file.quarantined
    assert not [reason for reason in file.reasons if reason.startswith("not understood (")], "nothing is unforeseen"
    return file.rows


def tables_add_up(count: int, noise: int, folder: Path) -> str:
    refused = rows_in = 0
    with closing(Inbox.open(folder / "inbox.db")) as inbox:

        @times(count)
        @given(tables())
        def hold(table: tuple[str, int, list[list[str]]]) -> None:
            nonlocal refused, rows_in
            name, version, rows = table
            export = ExportBuilder(**{VERSION_OF[name]: version}, files=[name], profile=False)  # type: ignore[arg-type]
            for row in rows:
                export.row(name, *row)
            told = imported(inbox, export.csv(folder, name))
            assert told in (None, len(rows))
            refused, rows_in = refused + (told is None), rows_in + len(rows)

        @times(noise)
        @given(st.sampled_from(sorted(HEADERS)), st.booleans(), st.binary(max_size=300))
        def hold_noise(name: str, with_header: bool, content: bytes) -> None:
            header = max(HEADERS[name].values(), key=len).encode() + b"\n" if with_header else b""
            (folder / name).write_bytes(header + content + b"x")
            with suppress(SourceError):  # what begins as a zip or a spreadsheet is refused as a damaged one
                imported(inbox, folder / name)

        hold()
        hold_noise()
    return f"{count:,} tables with {rows_in:,} rows and {noise:,} files of noise: every row accounted for, 0 tracebacks"


# ── 14: the same again, and in another order ──

PEOPLE = [Someone(f"Person {letter}", f"person-{letter.lower()}") for letter in "ABCDE"]
ACTS = st.tuples(
    st.sampled_from(["invitation", "outgoing", "message", "sent", "connection"]),
    st.sampled_from(PEOPLE),
    st.integers(1, 28),
)
TEXTS = ("", "hello", "Hallo, wie geht's?", "=1+1")


def export_of(acts: list[tuple[str, Someone, int]], as_of: date) -> ExportBuilder:
    """An export in which these things happened, each on its day of August.

    What happened is told alike by every export: a person has one invitation with one note, one day of the connection,
    and one message a second (of two in one second none is the last). Where a person works is told as of the export.
    """
    export = ExportBuilder(as_of=as_of, files=["Invitations.csv", "messages.csv", "Connections.csv"])
    seen: set[object] = set()
    for what, who, day in acts:
        at, fixed = datetime(2026, 8, day, 12, tzinfo=UTC), datetime(2026, 8, 1 + PEOPLE.index(who), 12, tzinfo=UTC)
        one_each, text = (what, who.slug, day if what in ("message", "sent") else 0), TEXTS[day % len(TEXTS)]
        if one_each in seen:
            continue
        seen.add(one_each)
        match what:
            case "invitation" | "outgoing":
                export.invitation(who, note=f"I am {who.name}", at=fixed, outgoing=what == "outgoing")
            case "message":
                export.message(who, text, at=at)
            case "sent":
                export.sent(who, text, at=at + timedelta(hours=1))
            case _:
                export.connection(who, on=fixed.date(), company=f"Company of {as_of:%B}")
    return export


def final_state(inbox: Inbox) -> list[Any]:
    """What a store says of every item and person, less the numbers of coming.

    Not connected and not known to be are one: a list of connections that is read after a newer export came cannot say
    who is no connection today, and so leaves open what it would have said before.
    """
    ids = inbox.ids(View.ALL)[:]
    items = [inbox.item(id_) for id_ in ids]
    return sorted(
        (
            (item.row.uid, item.row.kind, item.row.at, item.row.state, str(item.row.filed_because), item.row.text),
            item.row.person._replace(id=0, connected=bool(item.row.person.connected)),
            [(message.at, message.incoming, message.text) for message in item.messages],
        )
        for item in items
    )


def imports_are_idempotent(count: int, folder: Path) -> str:
    turn = 0

    @times(count)
    @given(st.lists(ACTS, min_size=1, max_size=8), st.lists(ACTS, min_size=1, max_size=8))
    def hold(first: list[Any], second: list[Any]) -> None:
        nonlocal turn
        turn += 1
        there = folder / str(turn)
        there.mkdir()
        exports = export_of(first, date(2026, 9, 1)), export_of(second, date(2026, 11, 20))
        one, other = (export.folder(there) for export in exports)
        states = []
        for number, order in enumerate(((one, other), (other, one))):
            with closing(Inbox.open(there / f"{number}.db", clock=Clock())) as inbox:
                for source in order:
                    inbox.import_from(source)
                states.append(final_state(inbox))
                for export in exports:  # another file of the same content, so that it is read again
                    assert inbox.import_from(export.zip(there, f"{export.name} again.zip")).nothing_new
                assert final_state(inbox) == states[-1]
        assert states[0] == states[1]
        shutil.rmtree(there)

    hold()
    return f"{count:,} pairs of exports, in both orders and again: 0 new the second time, one and the same final state"


# ── 21: exports ──


def everybody(count: int, folder: Path) -> Inbox:
    """An inbox of so many people with hostile names and texts, all gold, each with a note."""
    chance, texts = random.Random(21), [text[:300] for text in HOSTILE.values()]
    export = ExportBuilder()
    for number in range(count):
        name, text, title = (chance.choice(FORMULA) * chance.randint(0, 1) + chance.choice(texts) for _ in range(3))
        who = Someone(_storable(name), f"person-{number}")
        export.message(who, _storable(text), title=_storable(title), thread=f"2-{number}==")
        export.connection(who, company=_storable(chance.choice(texts)), position=_storable(chance.choice(texts)))
    inbox = Inbox.open(folder / "inbox.db", clock=Clock())
    inbox.import_from(export.zip(folder))
    ids = inbox.ids(View.ALL)[:]
    for id_ in ids:
        inbox.apply(Note(f"{chance.choice(FORMULA)}n{chance.choice(texts)}"), [id_])
    inbox.apply(Accept(), ids)
    inbox.apply(Gold(), ids)
    return inbox


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def exports_are_safe(count: int, folder: Path) -> str:
    with closing(everybody(count, folder)) as inbox:
        total = len(inbox.ids(View.ALL)[:])
        assert total >= count
        for name in ("items.csv", "contacts.vcf", "copy.db", "gold.md"):
            assert stat.S_IMODE(inbox.export(folder / name).stat().st_mode) == 0o600
        cells = hold_csv(folder / "items.csv", total)
        hold_vcards(folder / "contacts.vcf", inbox)
        hold_database(folder / "copy.db", total)
        calls = hold_calls(inbox, folder / "calls")
    return f"{total:,} people: 0 formulas in {cells:,} cells, {total:,} vCards and {calls:,} calls read back as shown, 1 database"


def hold_csv(path: Path, total: int) -> int:
    text = path.read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == total + 1
    assert len({len(row) for row in rows}) == 1
    for delimiter in ",;\t":  # also for a spreadsheet that expects another one
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_MINIMAL):
            assert not [cell for cell in row if cell.lstrip(" ").startswith(FORMULA)]
    return sum(map(len, rows))


def hold_vcards(path: Path, inbox: Inbox) -> None:
    unfolded = path.read_bytes().replace(b"\r\n ", b"").decode()
    names = [re.sub(r"\\(.)", r"\1", name) for name in re.findall(r"^FN:(.*?)\r$", unfolded, re.MULTILINE)]
    people = {row.person.id: row.person for row in inbox.rows(inbox.ids(View.ALL)[:])}
    assert sorted(names) == sorted(safe_name(person.name) for person in people.values())
    assert unfolded.count("BEGIN:VCARD\r\n") == unfolded.count("END:VCARD\r\n") == len(names)


def hold_database(path: Path, total: int) -> None:
    assert not [suffix for suffix in ("-wal", "-shm", "-journal") if Path(f"{path}{suffix}").exists()]
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("SELECT count(*) FROM inbox").fetchone() == (total,)
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def hold_calls(inbox: Inbox, folder: Path) -> int:
    from icalendar import Calendar

    from linkinbox.calls.ics import write_call

    rows = inbox.rows(inbox.ids(View.ALL)[:][:200])
    for row in rows:
        call = BookedCall(row.uid, NOW + timedelta(days=row.id), 30, None)
        path = write_call(folder, call, row.person, note=row.text, now=NOW)
        (event,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        assert event["SUMMARY"] == f"Call with {safe_name(row.person.name)}"
        assert not [
            line for line in path.read_text().splitlines() if line.startswith(("ATTENDEE", "ATTACH", "ORGANIZER"))
        ]
    return len(rows)


# ── 22: addresses and searches ──


def only_linkedin_is_opened(count: int, folder: Path, environ: Any) -> str:
    noted, script = folder / "noted", folder / "browser"
    script.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" >> '{noted}'\n")
    script.chmod(0o700)
    environ.setenv("BROWSER", str(script))
    noted.touch()
    chance, opened = random.Random(22), 0
    for _ in range(count):
        url = chance.choice(PLACES) + "".join(chance.choices(PIECES, k=chance.randint(1, 4)))
        if openable(url) and opened < 500:
            open_in_browser(url)
            opened += 1
    lines = settled(noted, 2 * opened)
    assert lines[::2] == ["1"] * opened, "one argument each"
    assert all(re.fullmatch(r"https://([a-z]{2,3}\.)?linkedin\.com/[\x21-\x7e]+", line) for line in lines[1::2])
    assert opened > count // 50
    return (
        f"{count:,} addresses: the {opened:,} that reached the browser are https pages of LinkedIn, one argument each"
    )


def settled(path: Path, lines: int) -> list[str]:
    for _ in range(1_000):
        found = path.read_text().splitlines()
        if len(found) >= lines:
            return found
        time.sleep(0.01)
    return found


TYPED = [
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    '"',
    "*",
    "ana",
    "é",
    "\0",
    "-",
    ":",
    "^",
    "\ud800",
    "{",
    "}",
    "'",
    "漢",
    "\u0301",
    " ",
]


def no_search_fails(count: int, inbox: Inbox) -> str:
    chance = random.Random(22)
    refused = 0
    for _ in range(count):
        pieces = [chance.choice(TYPED), chr(chance.randrange(0x110000)), chr(chance.randrange(0x250))]
        refused += _is_refused(inbox, "".join(chance.choices(pieces, k=chance.randint(1, 12))))
    assert refused < count, "something is understood"
    for text in HOSTILE.values():
        refused += _is_refused(inbox, text)
    return f"{count:,} searches and the {len(HOSTILE)} strings: {refused:,} refused with their place, 0 errors"


def _is_refused(inbox: Inbox, text: str) -> bool:
    """Search; what is no query is told with where it goes wrong."""
    place = None
    try:
        inbox.ids(View.ALL, text)
    except QueryError as error:
        place = error
    assert place is None or 0 <= place.start <= place.end <= len(text)
    return place is not None
