"""What a path is: a zip, a folder, a lone table, or something else that deserves a clear word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from linkinbox.errors import NotAnExportError, SourceError, UnsafeSourceError
from linkinbox.importers.archive import FileMember, Member, folder_members, open_zip, reading, zip_members
from linkinbox.importers.files import SUBJECTS, TOLD_TWICE, base_name, is_not_needed, shown_name, subject_of
from linkinbox.importers.limits import Limits
from linkinbox.importers.readers import subject_by_header

_GET_THE_ZIP = "Import the zip that LinkedIn sent (Settings, Data privacy, Get a copy of your data), or its folder"
_SPREADSHEETS = (".xlsx", ".xls", ".ods")
_SPREADSHEET_HINT = "Open your original zip; this was saved by a spreadsheet"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Source:
    """The members of a path: those that are read, by subject, and the rest."""

    kind: str  # "zip", "folder" or "csv"
    wanted: dict[str, Member]
    rest: tuple[Member, ...]
    close: Callable[[], None]


def kind_of(path: Path) -> str:
    """Whether a path is a "zip", a "folder" or a "csv" (any other file), whatever its ending says.

    Raises:
        SourceError: it is none of them: missing, unreadable, empty, a device, an old spreadsheet.
    """
    with reading(path):
        path.stat()
        if path.is_dir():
            return "folder"
        if not path.is_file():
            raise SourceError(f"{path} is neither a file nor a folder", _GET_THE_ZIP)
        with path.open("rb") as stream:
            start = stream.read(4)
    if not start:
        raise SourceError(f"{path.name} is empty", "Download it again")
    if start == _OLD_EXCEL or path.suffix.casefold() in _SPREADSHEETS:  # whole or damaged
        raise NotAnExportError(f"{path.name} is a spreadsheet", _SPREADSHEET_HINT)
    if start.startswith(b"PK") and start[2:] in (b"\x03\x04", b"\x05\x06", b"\x07\x08"):
        return "zip"
    if path.suffix.casefold() == ".zip":
        raise SourceError(f"{path.name} is not a zip, whatever its name says", "Download it again")
    return "csv"


def import_order(path: Path) -> int:
    """Where a source comes among several: whole exports tell most, and lone tables follow as within an export."""
    try:
        if kind_of(path) != "csv":
            return 0
        subject = subject_of(path.name) or subject_by_header(FileMember(path, path.name), Limits())
    except SourceError:
        return 0  # refused soon
    return 1 + [*SUBJECTS.values(), None].index(subject)


def open_source(path: Path, limits: Limits) -> Source:
    """The members of a path, sorted out by name; their content is not looked at yet.

    Raises:
        SourceError: it cannot be opened, holds nothing that is read, or one thing twice.
    """
    match kind_of(path):
        case "folder":
            return _sorted_out(path, "folder", folder_members(path, limits), lambda: None)
        case "zip":
            with reading(path):
                archive = open_zip(path, limits)
            try:
                return _sorted_out(path, "zip", zip_members(archive, path.name, limits), archive.close)
            except BaseException:
                archive.close()
                raise
        case _:
            return _lone_file(path, limits)


def _sorted_out(path: Path, kind: str, members: Sequence[Member], close: Callable[[], None]) -> Source:
    wanted: dict[str, Member] = {}
    rest = []
    for member in members:
        subject = subject_of(member.name)
        if subject is None or is_not_needed(member.name) or (subject in wanted and subject in TOLD_TWICE):
            rest.append(member)
        elif subject in wanted:
            raise UnsafeSourceError(
                f"{path.name} holds {subject} twice: {wanted[subject].name} and {member.name}",
                "Import one export at a time",
            )
        else:
            wanted[subject] = member
    if not wanted:
        raise _nothing_wanted(path, members)
    return Source(kind, wanted, tuple(rest), close)


def _nothing_wanted(path: Path, members: Sequence[Member]) -> SourceError:
    names = [base_name(member.name).casefold() for member in members]
    if "[content_types].xml" in names or "mimetype" in names:
        return NotAnExportError(f"{path.name} is a spreadsheet or document", _SPREADSHEET_HINT)
    if zips := [base_name(member.name) for member in members if member.name.casefold().endswith(".zip")]:
        hint = f"Import {zips[0]}" if path.is_dir() else f"Unpack it and import {zips[0]}"
        return NotAnExportError(f"{path.name} holds another zip", hint)
    if any(name.endswith(_SPREADSHEETS) for name in names):
        return NotAnExportError(f"{path.name} holds spreadsheets", _SPREADSHEET_HINT)
    if not members:
        return NotAnExportError(f"{path.name} is empty", _GET_THE_ZIP)
    return NotAnExportError(
        f"{path.name} holds none of Invitations.csv, messages.csv and Connections.csv", _GET_THE_ZIP
    )


def _lone_file(path: Path, limits: Limits) -> Source:
    member = FileMember(path, shown_name(path.name))
    if is_not_needed(path.name):
        raise NotAnExportError(f"{path.name} is not needed for an inbox", _GET_THE_ZIP)
    with reading(path):
        subject = subject_of(path.name) or subject_by_header(member, limits)
        if subject:
            return Source("csv", {subject: member}, (), lambda: None)
        with path.open("rb") as stream:
            begins = stream.readline(200).decode(errors="replace").strip()
    found = f"it begins with “{begins}”" if begins.isprintable() else "it is no text"
    raise NotAnExportError(
        f"{path.name} is none of the tables of an export: {found}",
        "Wanted are Invitations.csv, messages.csv or Connections.csv, with the columns LinkedIn gave them",
    )
