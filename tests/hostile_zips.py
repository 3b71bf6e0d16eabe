"""Zips that are made to harm, or were harmed: each built in code, with the one right outcome.

An outcome is the number of rows that come out, or the error and a piece of what it says.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from linkinbox.errors import NotAnExportError, SourceError, UnsafeSourceError

HEADER = b"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
ROW = b"2-a==,,Ana Ruiz,https://www.linkedin.com/in/ana-ruiz,Alex,2026-11-01 10:00:00 UTC,,Hello,INBOX\n"
TABLE = HEADER + ROW
MB, GB = 1 << 20, 1 << 30


class Refused(NamedTuple):
    """An error, and a piece of what it says to people."""

    error: type[SourceError]
    words: str


class HostileZip(NamedTuple):
    """A zip as bytes, made when it is needed, and what must become of it."""

    build: Callable[[], bytes]
    outcome: Refused | int


@dataclass(frozen=True)
class Entry:
    """A member; what is None is as it should be, anything else is written as it stands."""

    name: bytes = b"messages.csv"
    content: bytes = TABLE
    method: int = 8
    flags: int = 0
    mode: int = 0
    date: int = 0x5D78  # 24 Nov 2026
    packed: bytes | None = None
    size: int | None = None
    packed_size: int | None = None
    crc: int | None = None
    offset: int | None = None
    local_name: bytes | None = None
    local_signature: bytes = b"PK\x03\x04"
    extra: bytes = b""

    @property
    def body(self) -> bytes:
        """Its bytes in the zip."""
        if self.packed is not None:
            return self.packed
        if self.method == 0:
            return self.content
        deflate = zlib.compressobj(9, wbits=-15)
        return deflate.compress(self.content) + deflate.flush()

    def fields(self, body: bytes) -> bytes:
        """What both of its records say."""
        size = len(self.content) if self.size is None else self.size
        packed_size = len(body) if self.packed_size is None else self.packed_size
        crc = zlib.crc32(self.content) if self.crc is None else self.crc
        return struct.pack("<HHHHIII", self.flags, self.method, 0, self.date, crc, packed_size, size)


def zipped(
    *entries: Entry,
    prefix: bytes = b"",
    comment: bytes = b"",
    contents_size: int | None = None,
    count: int | None = None,
    contents_at: int | None = None,
    before_end: bytes = b"",
) -> bytes:
    """A zip of these members, with an end record that says what it is told to."""
    out, records = [prefix], []
    at = len(prefix)
    for entry in entries:
        body, name = entry.body, entry.name if entry.local_name is None else entry.local_name
        fields = entry.fields(body)
        local = entry.local_signature + b"\x14\0" + fields + struct.pack("<HH", len(name), 0) + name + body
        offset = at if entry.offset is None else entry.offset
        lengths = struct.pack("<HHHHHII", len(entry.name), len(entry.extra), 0, 0, 0, entry.mode << 16, offset)
        records.append(b"PK\x01\x02\x14\x03\x14\0" + fields + lengths + entry.name + entry.extra)
        out.append(local)
        at += len(local)
    contents = b"".join(records)
    number = len(entries) if count is None else count
    size = len(contents) if contents_size is None else contents_size
    where = at if contents_at is None else contents_at
    end = struct.pack("<HHHHIIH", 0, 0, number & 0xFFFF, number & 0xFFFF, size, where, len(comment))
    return b"".join([*out, contents, before_end, b"PK\x05\x06", end, comment])


def table(**how: object) -> HostileZip:
    """A zip of the one table, with one thing wrong with it that does not matter."""
    return HostileZip(lambda: zipped(replace(Entry(), **how)), 1)  # type: ignore[arg-type]


def refused(error: type[SourceError], words: str, **how: object) -> HostileZip:
    """A zip of the one table, with one thing wrong with it."""
    return HostileZip(lambda: zipped(replace(Entry(), **how)), Refused(error, words))  # type: ignore[arg-type]


def zeros(size: int) -> bytes:
    """As many line feeds, deflated as far as it goes."""
    deflate, block = zlib.compressobj(9, wbits=-15), b"\n" * MB
    return b"".join([*(deflate.compress(block) for _ in range(size // MB)), deflate.flush()])


def zip64_end(size: int) -> bytes:
    """The record of a large zip, and what tells where it stands."""
    record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 1, 1, size, 0)
    return record + b"PK\x06\x07" + struct.pack("<IQI", 0, 0, 1)


def kernel_with(many: int) -> bytes:
    """Many names for one and the same bytes: how 42 KB become 4.5 PB."""
    entries = [Entry(), *(Entry(b"Shares_%d.csv" % number, b"", packed=b"", offset=0) for number in range(many))]
    return zipped(*entries)


def swallowing() -> bytes:
    """A member whose bytes reach over the header of the next."""
    second = Entry(b"Shares.csv", b"x" * 50, method=0)
    return zipped(Entry(method=0, packed_size=len(TABLE) + 40, size=len(TABLE) + 40), second)


def header_overlapped() -> bytes:
    """A member that begins within the header of the one before."""
    return zipped(Entry(b"Shares.csv", b"", packed=b""), Entry(offset=20))


def many_members(count: int) -> bytes:
    """More names than any export has."""
    return zipped(Entry(), *(Entry(b"%d" % number, b"", method=0) for number in range(count)))


def like_an_end_record() -> bytes:
    """An end record with another one's signature in it, to mislead who searches for that."""
    return zipped(Entry(), contents_at=int.from_bytes(b"PK\x05\x06", "little"))


def of_tables(each: int) -> bytes:
    """Tables that are each within the limit, and together are not."""
    names = (b"messages.csv", b"Invitations.csv", b"Connections.csv")
    return zipped(*(Entry(name, packed=b"\0" * (each // 150), size=each) for name in names))


def _whole_and_cut() -> Iterator[tuple[str, HostileZip]]:
    whole = zipped(Entry())
    cut_off = Refused(SourceError, "cut off or damaged")
    for share in (99, 75, 50, 10):
        yield f"cut off at {share} %", HostileZip(lambda share=share: whole[: len(whole) * share // 100], cut_off)
    for method in (1, 6, 9, 12, 14, 93, 95, 97, 99):
        words = "compressed in a way"
        yield f"method {method}", refused(SourceError, words, method=method, packed=b"x" * 40)
    for flag, name in ((0x1, "password"), (0x41, "password"), (0x20, "damaged")):
        yield f"flag {flag:#x}", refused(SourceError, name, flags=flag)


DAMAGED, CUT = Refused(SourceError, "damaged"), Refused(SourceError, "cut off or damaged")
AGAIN = Refused(SourceError, "Download")
TWICE = Refused(UnsafeSourceError, "messages twice")
OVERLAP = Refused(UnsafeSourceError, "overlap")
TOO_MANY = Refused(UnsafeSourceError, "more than 100,000 files")
NOTHING = Refused(NotAnExportError, "holds none of")

HOSTILE_ZIPS: dict[str, HostileZip] = {
    # the zip itself
    "no zip": HostileZip(lambda: b"<html>Sign in</html>", Refused(SourceError, "is not a zip")),
    "no bytes": HostileZip(lambda: b"", Refused(SourceError, "is empty")),
    "no members": HostileZip(zipped, Refused(NotAnExportError, "is empty")),
    **dict(_whole_and_cut()),
    "a program before it": HostileZip(lambda: b"PK\x03\x04" + zipped(Entry(), prefix=b"MZ" * 500), 1),
    "the longest comment": HostileZip(lambda: zipped(Entry(), comment=b"x" * 65_535), 1),
    "a comment with an escape": HostileZip(lambda: zipped(Entry(), comment=b"\x1b]0;owned\x07"), 1),
    "a comment like an end record": HostileZip(lambda: zipped(Entry(), comment=b"PK\x05\x06" + b"\0" * 18), Refused(NotAnExportError, "is empty")),
    "an end record in an end record": HostileZip(like_an_end_record, AGAIN),
    "a large zip's end record": HostileZip(lambda: zipped(Entry(), before_end=zip64_end(67)), CUT),
    "a large zip's end record that lies": HostileZip(
        lambda: zipped(Entry(), before_end=zip64_end(1 << 60)), TOO_MANY
    ),
    "contents that lie about their size": HostileZip(lambda: zipped(Entry(), contents_size=GB), TOO_MANY),
    "contents that are nowhere": HostileZip(lambda: zipped(Entry(), contents_at=1 << 31), AGAIN),
    "contents that count wrong": HostileZip(lambda: zipped(Entry(), count=60_000), 1),
    "far too many members": HostileZip(lambda: many_members(100_001), TOO_MANY),
    # members
    "a link": refused(UnsafeSourceError, "is a link", mode=0o120777, content=b"/etc/passwd", method=0),
    "a device": table(mode=0o020666),
    "a folder of that name": HostileZip(lambda: zipped(Entry(b"messages.csv/", b"")), Refused(NotAnExportError, "")),
    "a wrong checksum": refused(SourceError, "damaged", crc=1),
    "bytes that are no deflate": refused(SourceError, "damaged", packed=b"\xff" * 60),
    "larger than its bytes": table(size=5_000),
    "smaller than its bytes": refused(SourceError, "damaged", size=50),
    "bytes beyond the end": refused(UnsafeSourceError, "overlap", packed_size=1 << 30),
    "a beginning beyond the end": refused(UnsafeSourceError, "overlap", offset=1 << 30),
    "the last possible beginning": refused(UnsafeSourceError, "overlap", offset=0xFFFFFFFE),
    "no header": HostileZip(lambda: zipped(Entry(b"Shares.csv"), Entry(local_signature=b"PK\0\0")), DAMAGED),
    "two names": refused(SourceError, "damaged", local_name=b"Profile.csv.."),
    "a name that is no UTF-8": refused(SourceError, "damaged", flags=0x800, local_name=b"\xff" * 12),
    "contents with a name that is no UTF-8": HostileZip(lambda: zipped(Entry(b"\xff.csv", flags=0x800)), CUT),
    "a broken extra field": HostileZip(lambda: zipped(Entry(extra=b"\x01\0\x40\0")), CUT),
    "flags as LinkedIn sets them": table(flags=0x800),
    "month 0": table(date=0x5C00),
    "month 15 and day 31": table(date=0x5DFF),
    "the last year there is": table(date=0xFF9F),
    # bombs
    "a bomb": HostileZip(
        lambda: zipped(Entry(packed=zeros(32 * MB), size=32 * MB)), Refused(UnsafeSourceError, "200 times")
    ),
    "a bomb that lies about its size": HostileZip(lambda: zipped(Entry(packed=zeros(100 * MB), size=1000)), DAMAGED),
    "a bomb of a terabyte": refused(UnsafeSourceError, "MB of tables", size=0xFFFFFFFE),
    "a bomb of bzip2": refused(SourceError, "compressed in a way", method=12, packed=b"BZh9" + b"1AY&SY" * 90),
    "a dictionary of 4 GiB": refused(SourceError, "compressed in a way", method=14, packed=b"\x09\x04\x05\0]\xff\xff\xff\xff"),
    "one kernel, many names": HostileZip(lambda: kernel_with(1_000), OVERLAP),
    "a member that swallows the next": HostileZip(swallowing, OVERLAP),
    "a member in the header before": HostileZip(header_overlapped, OVERLAP),
    "bytes that reach into the contents": refused(UnsafeSourceError, "overlap", packed_size=len(Entry().body) + 1),
    "tables that are too large together": HostileZip(
        lambda: of_tables(900 * MB), Refused(UnsafeSourceError, "MB of tables")
    ),
    "a zip in a zip": HostileZip(
        lambda: zipped(Entry(b"export.zip", zipped(Entry()))), Refused(NotAnExportError, "Unpack it")
    ),
    "sixteen zips in a zip": HostileZip(
        lambda: zipped(*(Entry(b"lib %d.zip" % n, zipped(Entry())) for n in range(16))),
        Refused(NotAnExportError, "Unpack it"),
    ),
    "a zip called a table": HostileZip(
        lambda: zipped(Entry(content=zipped(Entry()))), Refused(NotAnExportError, "is no text")
    ),
    "a spreadsheet": HostileZip(
        lambda: zipped(Entry(b"[Content_Types].xml"), Entry(b"xl/workbook.xml")), Refused(NotAnExportError, "spreadsheet")
    ),
    # names
    "a name that climbs out": table(name=b"../../../../../../tmp/messages.csv"),
    "a name from the root": table(name=b"/etc/messages.csv"),
    "a name of Windows": table(name=b"C:\\Windows\\messages.csv"),
    "a name on a network": table(name=b"\\\\evil.example\\c$\\messages.csv"),
    "a name that ends at NUL": table(name=b"messages.csv\0.exe"),
    "a name that acts": HostileZip(lambda: zipped(Entry(), Entry(b"\x1b[2J\x1b]0;owned\x07.csv")), 1),
    "a name that acts alone": HostileZip(lambda: zipped(Entry(b"\x1b[2J.csv")), NOTHING),
    "a folder that acts": refused(SourceError, "damaged", name=b"\x1b[2J/messages.csv", crc=1),
    "a name from right to left": HostileZip(
        lambda: zipped(Entry(), Entry("\u202evsc.segassem".encode(), flags=0x800)), 1
    ),
    "a name of markup": HostileZip(lambda: zipped(Entry(), Entry(b"[@click=app.quit]x[/].csv")), 1),
    "the longest name": HostileZip(lambda: zipped(Entry(), Entry(b"x" * 65_535)), 1),
    "no name": HostileZip(lambda: zipped(Entry(), Entry(b"")), 1),
    "a name of slashes": HostileZip(lambda: zipped(Entry(), Entry(b"///")), 1),
    "a Mac's shadow": HostileZip(lambda: zipped(Entry(), Entry(b"__MACOSX/messages.csv")), 1),
    "two of one name": HostileZip(lambda: zipped(Entry(), Entry()), TWICE),
    "two of one name but for its case": HostileZip(lambda: zipped(Entry(), Entry(b"MESSAGES.CSV")), TWICE),
    "two of one name in two folders": HostileZip(lambda: zipped(Entry(b"a/messages.csv"), Entry(b"b/messages.csv")), TWICE),
    "a second download in it": HostileZip(lambda: zipped(Entry(), Entry(b"messages (1).csv")), TWICE),
    # what is in the table
    "another table": refused(NotAnExportError, "Item, Price", content=b"Item,Price\nTea,2\n"),
    "noise": refused(NotAnExportError, "is no text", content=bytes(range(1, 256)) * 50),
    "a header alone": HostileZip(lambda: zipped(Entry(content=HEADER)), 0),
    "UTF-16": HostileZip(lambda: zipped(Entry(content=TABLE.decode().encode("utf-16"))), 1),
    "NUL in every field": HostileZip(lambda: zipped(Entry(content=HEADER + ROW.replace(b",", b"\0,"))), 1),
    "one line of 20 MB": HostileZip(lambda: zipped(Entry(content=HEADER + b"x" * (20 * MB) + b"\n" + ROW, method=0)), 2),
    "one record of 40 MB": HostileZip(
        lambda: zipped(Entry(content=HEADER + b'"' + b'\n",\n"'.join([b"x" * (8 * MB)] * 5) + b'"\n' + ROW, method=0)), 6
    ),
    "a million columns": HostileZip(lambda: zipped(Entry(content=TABLE + b"," * 1_000_000 + b"\n")), 2),
    "quotes that never close": HostileZip(
        lambda: zipped(Entry(content=TABLE + b'a",",""\n' * 500)), 501
    ),
}  # fmt: skip

HEAVY = frozenset({"far too many members", "one record of 40 MB", "one line of 20 MB", "a million columns"})
"""Those that take a second to make; all others a tenth at most."""
