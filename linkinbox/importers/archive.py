"""The files of a source, wherever they lie: in a zip, in a folder, or alone.

Nothing is ever extracted: members are read as streams and their names are only compared and shown.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import IO, Protocol

from linkinbox.errors import SourceError, UnsafeSourceError
from linkinbox.importers.files import shown_name
from linkinbox.importers.limits import Limits

_CHUNK = 1 << 16
_ENTRY_BYTES = 160  # of the table of contents for one file, its name included
_END_WITHIN = 66_000  # bytes: the end records and the longest comment
_END, _END_SIZE = b"PK\x05\x06", 22  # the record at the end, without its comment
_END_64, _END_64_SIZE, _LOCATOR_SIZE = b"PK\x06\x06", 56, 20  # what may stand just before it
_HEADER_SIZE = 30  # of what stands before a member's bytes, without its name
_ENCRYPTED = 0x1
# All that LinkedIn and the usual tools write. zipfile inflates the others without bound, a gigabyte from 600 bytes.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


# What zipfile raises for a member whose record, checksum or bytes are not what they should be.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Member(Protocol):
    """A file of a source."""

    @property
    def name(self) -> str:
        """Its path inside the source, with forward slashes, to be shown."""

    @property
    def size(self) -> int:
        """Bytes, uncompressed."""

    @property
    def modified(self) -> datetime | None:
        """When it was written, aware UTC; None when that is not told."""

    def open(self) -> IO[bytes]:
        """Its bytes from the beginning."""

    def check(self, limits: Limits) -> None:
        """Raise SourceError unless it can be read whole and within the limits."""


@dataclass(frozen=True, slots=True)
class ZipMember:
    """A file inside a zip."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    @property
    def name(self) -> str:
        """Its path inside the zip."""
        return self.info.filename

    @property
    def size(self) -> int:
        """Bytes, uncompressed, as declared; zipfile never reads more than that."""
        return self.info.file_size

    @property
    def modified(self) -> datetime | None:
        """LinkedIn writes when the file was compiled; the zone is not told and taken as UTC."""
        try:
            return datetime(*self.info.date_time, tzinfo=UTC)
        except ValueError:
            return None

    def open(self) -> IO[bytes]:
        """Its bytes from the beginning, inflated on the way."""
        return self.archive.open(self.info)

    def check(self, limits: Limits) -> None:
        """Read it once, to nowhere, so that a bad checksum or a cut-off zip shows before anything is stored."""
        _check_size(self, limits)
        info = self.info
        if info.flag_bits & _ENCRYPTED:
            raise SourceError(f"{info.filename} is protected by a password", "Unpack the zip and import the folder")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise UnsafeSourceError(f"{info.filename} is a link, not a file")
        if info.compress_type not in _METHODS:
            raise SourceError(
                f"{info.filename} is compressed in a way that an export never is",
                "Unpack the zip and import the folder",
            )
        if info.file_size > limits.ratio_above and info.file_size > limits.ratio * max(1, info.compress_size):
            raise UnsafeSourceError(
                f"{info.filename} would grow to more than {limits.ratio} times its size in the zip",
                "A real export never does: is this the zip that LinkedIn sent?",
            )
        try:
            with self.open() as stream:
                while stream.read(_CHUNK):
                    pass
        except _DAMAGE as problem:
            raise SourceError(f"{info.filename} is damaged inside the zip", "Download the zip again") from problem


@dataclass(frozen=True, slots=True)
class FileMember:
    """A file on disk."""

    path: Path
    name: str

    @property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size

    @property
    def modified(self) -> datetime | None:
        """When it was last written; None for a time that no calendar has."""
        try:
            return datetime.fromtimestamp(self.path.stat().st_mtime, tz=UTC)
        except (ValueError, OverflowError):
            return None

    def open(self) -> IO[bytes]:
        """Its bytes from the beginning."""
        return self.path.open("rb")

    def check(self, limits: Limits) -> None:
        """Whether it may be read; its rows are judged one by one later."""
        with reading(self.path):
            _check_size(self, limits)
            self.open().close()


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the system says about a path into a SourceError for people."""
    if "\0" in str(path):
        raise SourceError(f"{path} is no path", "Check the path")
    try:
        yield
    except FileNotFoundError as problem:
        raise SourceError(f"{path} does not exist", "Check the path") from problem
    except PermissionError as problem:
        raise SourceError(f"{path} may not be read", "Check its permissions") from problem
    except OSError as problem:
        raise SourceError(f"{path} cannot be read: {problem.strerror or problem}") from problem


def open_zip(path: Path, limits: Limits) -> zipfile.ZipFile:
    """A zip that has its table of contents, which stands at its end.

    Raises:
        SourceError: it is cut off or damaged; UnsafeSourceError when the table alone would fill the memory.
    """
    if _contents_size(path) > limits.members * _ENTRY_BYTES:
        raise UnsafeSourceError(f"{path.name} holds more than {limits.members:,} files")
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise SourceError(f"{path.name} is a zip that is cut off or damaged", "Download it again") from problem


def zip_members(archive: zipfile.ZipFile, name: str, limits: Limits) -> list[Member]:
    """The files of a zip, none lying over another (which is how small zips grow without end)."""
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    if len(infos) > limits.members:
        raise UnsafeSourceError(f"{name} holds more than {limits.members:,} files")
    begins = [*(info.header_offset for info in infos), archive.start_dir]
    for info, (begin, end) in zip(infos, pairwise(begins), strict=True):
        if begin + _HEADER_SIZE + len(info.orig_filename) + info.compress_size > end:
            raise UnsafeSourceError(f"{name} holds files that overlap one another")
    return [ZipMember(archive, info) for info in infos if not info.filename.endswith("/")]


def _contents_size(path: Path) -> int:
    """Bytes of a zip's table of contents as the end record declares them that zipfile will find and read whole."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _END_WITHIN))
        tail = stream.read()
    last = tail[-_END_SIZE:]
    without_comment = last.startswith(_END) and last.endswith(b"\0\0")
    at = len(tail) - _END_SIZE if without_comment else tail.rfind(_END)
    if at < 0:
        return 0
    before = max(0, at - _LOCATOR_SIZE - _END_64_SIZE)
    if tail.startswith(_END_64, before):
        return int.from_bytes(tail[before + 40 : before + 48], "little")
    return int.from_bytes(tail[at + 12 : at + 16], "little")


def folder_members(folder: Path, limits: Limits) -> list[FileMember]:
    """The files of a folder and of the folders in it; links are not followed."""
    members: list[FileMember] = []
    for path in _files_below(folder):
        members.append(FileMember(path, shown_name(path.relative_to(folder).as_posix())))
        if len(members) > limits.members:
            raise UnsafeSourceError(f"{folder.name} holds more than {limits.members:,} files")
    return sorted(members, key=lambda member: member.name)


def _files_below(folder: Path) -> Iterator[Path]:
    folders = [folder]
    while folders:
        inner = folders.pop()
        with reading(inner):
            for entry in inner.iterdir():
                if entry.is_symlink():
                    continue
                if entry.is_dir():
                    folders.append(entry)
                elif entry.is_file():
                    yield entry


def _check_size(member: Member, limits: Limits) -> None:
    if member.size > limits.member_bytes:
        raise UnsafeSourceError(
            f"{member.name} has {member.size / 1e6:,.0f} MB, more than the {limits.member_bytes / 1e6:,.0f} allowed"
        )
