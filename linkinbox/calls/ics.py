"""A booked call as a calendar file (RFC 5545): one file per call, rewritten when the call moves."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from linkinbox.errors import ExportError
from linkinbox.links import openable
from linkinbox.model import BookedCall, CallOutcome, Person
from linkinbox.text import safe_body, safe_name

if TYPE_CHECKING:
    from icalendar import Alarm, Event

REMINDER = timedelta(minutes=10)

_LONGEST_NAME = 40  # characters of a person's name in a file's name


def write_call(folder: Path, call: BookedCall, person: Person, *, note: str, now: datetime) -> Path:
    """Write the call's file into ``folder`` (made if missing) in place of its earlier one, and return its path.

    The file's name has the call's local time, the person, and a piece of the uid by which it is found again.

    Raises:
        ExportError: it could not be written; the earlier file is still whole.
    """
    path = folder / _file_name(call, person)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_whole(path, _calendar(call, person, note=note, now=now))
        for earlier in _files(folder, call.uid):
            if earlier != path:
                earlier.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(f"{path} could not be written: {error.strerror}", "The call itself is kept") from error
    return path


def remove_call(folder: Path, uid: str) -> None:
    """Delete the call's file, if there is one.

    Raises:
        ExportError: it could not be deleted.
    """
    try:
        for path in _files(folder, uid):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(f"A file in {folder} could not be deleted: {error.strerror}", "Delete it yourself") from error


def _calendar(call: BookedCall, person: Person, *, note: str, now: datetime) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//linkinbox//linkinbox//EN")
    calendar.add_component(_event(call, person, note=note, now=now))
    content: bytes = calendar.to_ical()
    return content


def _event(call: BookedCall, person: Person, *, note: str, now: datetime) -> Event:
    """Return the event; without an attendee, to whom a calendar would send an invitation."""
    from icalendar import Event

    cancelled = call.outcome is CallOutcome.CANCELLED
    about = [safe_body(note).strip(), openable(person.url)]
    event = Event()
    event.add("uid", call.uid)
    event.add("sequence", call.moves)  # a calendar takes the highest, and of equal ones the newest stamp
    begin = call.at.astimezone(UTC)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", begin)
    event.add("dtend", begin + timedelta(minutes=call.minutes))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("summary", f"Call with {safe_name(person.name)}")
    if description := "\n\n".join(filter(None, about)):
        event.add("description", description)
    if not cancelled:
        event.add_component(_alarm())
    return event


def _alarm() -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -REMINDER)
    alarm.add("description", "Your call begins in 10 minutes")
    return alarm


def _file_name(call: BookedCall, person: Person) -> str:
    plain = unicodedata.normalize("NFKD", person.name).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST_NAME].strip("-")
    return f"{call.at.astimezone():%Y-%m-%d-%H%M}-{words or 'call'}-{_piece(call.uid)}.ics"


def _piece(uid: str) -> str:
    return blake2b(uid.encode(), digest_size=4).hexdigest()


def _files(folder: Path, uid: str) -> list[Path]:
    return list(folder.glob(f"*-{_piece(uid)}.ics"))


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, readable by its owner alone."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")  # 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
