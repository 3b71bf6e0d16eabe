"""LinkedIn's "Get a copy of your data": a zip, the folder it unpacks to, or a single table of it.

with open_export(path) as source:
    for file in source.files:
        for row in file.rows(): ...
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Self

from linkinbox.errors import NotAnExportError, UnsafeSourceError
from linkinbox.importers.archive import Member, folder_members, reading
from linkinbox.importers.files import SUBJECTS, base_name, is_not_needed, shown_name, subject_of
from linkinbox.importers.limits import Limits
from linkinbox.importers.owner import infer_owner
from linkinbox.importers.readers import READERS, open_table
from linkinbox.importers.records import Ignored, OtherFile, Owner, Quarantined, Read, Record
from linkinbox.importers.sources import Source, kind_of, open_source
from linkinbox.importers.tables import Build, Table

_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{2})-(\d{2})-(\d{4})(?!\d)", re.ASCII)
_FIRST_YEAR = 2003  # LinkedIn's; an earlier time of a file is a clock that was never set
_NO_OWNER = Owner("", None)
_ABOUT_THE_OWNER = frozenset(
    {"profile", "emails", "positions", "endorsements", "recommendations"}
)  # an inbox can do without


class ExportFile:
    """One table of an export."""

    def __init__(self, member: Member, subject: str, owner: Owner, limits: Limits) -> None:
        self.name = base_name(member.name)
        self.subject = subject
        self.size = member.size
        self.damaged = 0
        """Lines with characters that are lost: here (no UTF-8), or before at LinkedIn. Told after the last row."""
        self._table: Table | None = None  # while it is read
        self._is_read = False
        self._open: Callable[[], Table] = lambda: open_table(member, subject, limits)
        self._owner = owner

    def rows(self) -> Iterator[Record | Ignored | Quarantined]:
        """Every row of the file as exactly one record, ignored or quarantined row; memory stays flat."""
        with self._read() as (table, build):
            yield from table.records(build)

    def rows_but(self, known: Container[bytes]) -> Generator[Read, None, None]:
        """The same but for passages that are known, by their digests, from earlier imports."""
        context = "\0".join([self.subject, self._owner.name, *sorted(self._owner.keys)])
        with self._read() as (table, build):
            yield from table.records_but(known, context, build, READERS[self.subject].anew(table.columns))

    @contextmanager
    def _read(self) -> Iterator[tuple[Table, Build]]:
        with closing(self._open()) as table:
            self._table = table
            try:
                yield table, READERS[self.subject].build(table.columns, self._owner)
                self._is_read = True
            finally:
                self._table, self.damaged = None, table.damaged

    @property
    def bytes_read(self) -> int:
        """How much of the file has been read."""
        return self._table.bytes_read if self._table else self.size * self._is_read


class ExportSource:
    """An export that has been checked whole: a bad one never gets this far.

    ``warnings`` are sentences about what it leaves open.
    """

    def __init__(
        self, path: Path, source: Source, unread: Mapping[str, str], limits: Limits, known: Owner | None
    ) -> None:
        wanted = {subject: member for subject, member in source.wanted.items() if subject not in unread}
        self.name = source_name(path)
        self.kind = source.kind
        self.as_of = _as_of(self.name, list(wanted.values()))
        self.owner, doubt = infer_owner(
            lambda subject: open_table(wanted[subject], subject, limits) if subject in wanted else None, known
        )
        self.warnings: tuple[str, ...] = (doubt,) if doubt else ()
        self.files = tuple(
            ExportFile(wanted[subject], subject, self.owner or _NO_OWNER, limits)
            for subject in SUBJECTS.values()
            if subject in wanted
        )
        self.others = (
            *(OtherFile(source.wanted[subject].name, f"not read: {reason}") for subject, reason in unread.items()),
            *(OtherFile(rest.name, "not needed" if _is_known(rest.name) else "unknown") for rest in source.rest),
        )
        self._close = source.close

    def close(self) -> None:
        """Let go of the zip."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_export(path: Path, limits: Limits | None = None, *, owner: Owner | None = None) -> ExportSource:
    """An export whose every file is there, whole, within the limits and the table it should be.

    Args:
        path: a zip, a folder or a lone table.
        limits: against hostile sources; the default ones when None.
        owner: who earlier imports said it is, for what a lone table leaves open.

    Raises:
        SourceError: it is not; UnsafeSourceError and NotAnExportError say in which way.
    """
    limits = limits or Limits()
    source = open_source(path, limits)
    try:
        return ExportSource(path, source, _check(path, source, limits), limits, owner)
    except BaseException:
        source.close()
        raise


def source_name(path: Path) -> str:
    """What a source is called wherever it is shown or stored."""
    return shown_name(path.resolve().name)


def _is_known(name: str) -> bool:
    return is_not_needed(name) or subject_of(name) is not None


def source_digest(path: Path) -> str:
    """A fingerprint of the bytes that would be read: the same twice means the same source again.

    Of a folder only the files that are read count. Takes a second for a gigabyte.

    Raises:
        SourceError: it cannot be read.
    """
    if kind_of(path) != "folder":
        return _file_digest(path)
    digest = blake2b(digest_size=32)
    for member in folder_members(path, Limits()):
        if subject_of(member.name):
            digest.update(f"{member.name}\0{_file_digest(member.path)}\0".encode())
    return digest.hexdigest()


def _file_digest(path: Path) -> str:
    with reading(path), path.open("rb") as stream:
        return file_digest(stream, lambda: blake2b(digest_size=32)).hexdigest()


def _check(path: Path, source: Source, limits: Limits) -> dict[str, str]:
    """Refuse what cannot be read; gives the tables that are no loss, with the reason why they are not read."""
    if sum(member.size for member in source.wanted.values()) > limits.total_bytes:
        raise UnsafeSourceError(f"{path.name} holds more than {limits.total_bytes / 1e6:,.0f} MB of tables")
    unread: dict[str, str] = {}
    for subject, member in source.wanted.items():
        member.check(limits)
        try:
            open_table(member, subject, limits).close()
        except NotAnExportError as problem:
            if subject not in _ABOUT_THE_OWNER or len(source.wanted) == 1:
                raise
            unread[subject] = problem.message.replace(base_name(member.name), "it", 1)
    return unread


def _as_of(name: str, members: list[Member]) -> datetime | None:
    """When the data was compiled: the members' times, unless the date in the name shows them to be copies'."""
    times = [time for member in members if (time := member.modified) and time.year >= _FIRST_YEAR]
    found = _DATE_IN_NAME.search(name)
    if not found:
        return max(times, default=None)
    try:
        named = datetime(int(found[3]), int(found[1]), int(found[2]), tzinfo=UTC)
    except ValueError:
        return max(times, default=None)
    begins, ends = named - timedelta(days=3), named + timedelta(days=2)
    return max((time for time in times if begins <= time < ends), default=named)
