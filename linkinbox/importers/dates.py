"""LinkedIn's dates → UTC text, ``2023-07-03T04:05:06Z`` (a day: ``2023-07-03``).

Each file has its one format and its one zone (formats.md §1.8), whatever the member's language. They are read
by slicing, as there are hundreds of thousands of them. Anything else is left to dateutil, and taken only when
it can mean one thing.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from linkinbox.importers.records import RowError

_PACIFIC = ZoneInfo("America/Los_Angeles")
_MONTH_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_MONTHS = {name: f"{number:02d}" for number, name in enumerate(_MONTH_NAMES.split(), start=1)}
_US = re.compile(r"(\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})), (\d{1,2}):(\d{2})(?::\d{2})? ([AP]M)", re.ASCII)
_EXCEL_DAY = re.compile(r"(\d{1,2})-([A-Z][a-z]{2})-(\d{2}|\d{4})", re.ASCII)
_YEAR_FIRST = ((False, True),)  # dateutil's dayfirst and yearfirst
_EVERY_ORDER = (*_YEAR_FIRST, (False, False), (True, False))
_OTHER_WORDS = """
t z utc gmt am pm january february march april may june july august september october november december sept
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
"""
_DATE_WORDS = frozenset(_OTHER_WORDS.split()) | frozenset(_MONTH_NAMES.casefold().split())


def message_time(text: str) -> str:
    """``2023-07-03 04:05:06 UTC``, as every messages.csv with conversation ids has it.

    Raises:
        RowError: it cannot be read, or could mean two days.
    """
    if len(text) == 23 and text[19:] == " UTC" and text[4:19:3] == "-- ::":
        try:
            datetime.fromisoformat(text[:19])
        except ValueError as problem:
            raise RowError(f"no such date: {text!r}") from problem
        return f"{text[:10]}T{text[11:19]}Z"
    return _other_time(text, UTC)


def us_time(text: str) -> str:
    """``7/3/23, 4:05 AM`` in US Pacific time, month first: Sent At of Invitations.csv, and 2018's dates.

    The zone is measured, not documented (formats.md §1.4). Of the hour that autumn repeats, the first is meant.

    Raises:
        RowError: it cannot be read, or could mean two days.
    """
    found = _US.fullmatch(text)
    if not found:
        return _other_time(text, _PACIFIC)
    day, hour, minute, half = found.groups()
    today, tomorrow, offset = _pacific_day(day)
    hours = int(hour)
    if not 1 <= hours <= 12 or minute > "59":
        raise RowError(f"no such time: {text!r}")
    hours = hours % 12 + (12 if half == "PM" else 0)
    if offset is None:
        wall = datetime.fromisoformat(f"{today}T{hours:02d}:{minute}").replace(tzinfo=_PACIFIC)
        return _utc_text(wall)
    hours += offset
    return f"{today}T{hours:02d}:{minute}:00Z" if hours < 24 else f"{tomorrow}T{hours - 24:02d}:{minute}:00Z"


def connection_day(text: str) -> str:
    """``03 Jul 2023``, a UTC day: Connected On of Connections.csv; a spreadsheet's ``3-Jul-23`` too.

    Raises:
        RowError: it cannot be read, or could mean two days.
    """
    day, month, year = text[:2], _MONTHS.get(text[3:6]), text[7:]
    if not (len(text) == 11 and text[2] == " " == text[6] and month):
        found = _EXCEL_DAY.fullmatch(text)
        if not found:
            return us_time(text)[:10]
        day, month, year = found[1].zfill(2), _MONTHS.get(found[2]), f"20{found[3]}"[-4:]
    try:
        return date.fromisoformat(f"{year}-{month}-{day}").isoformat()
    except ValueError as problem:
        raise RowError(f"no such day: {text!r}") from problem


@lru_cache(maxsize=4096)
def _pacific_day(text: str) -> tuple[str, str, int | None]:
    """The day, the next day, and the hours to add for UTC (None on the two days the clocks change)."""
    month, day, year = text.split("/")
    try:
        today = date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
    except ValueError as problem:
        raise RowError(f"no such day (month first): {text!r}") from problem
    tomorrow = today + timedelta(days=1)
    begins, ends = (
        datetime(d.year, d.month, d.day, tzinfo=_PACIFIC).utcoffset() or timedelta() for d in (today, tomorrow)
    )
    return str(today), str(tomorrow), -int(begins.total_seconds()) // 3600 if begins == ends else None


def _utc_text(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@lru_cache(maxsize=4096)
def _other_time(text: str, zone: tzinfo) -> str:
    """A time in no known format, when every reading of it agrees; in ``zone`` unless it names another."""
    plain = text.replace("\u202f", " ").replace("\xa0", " ").strip()
    if plain != text and _US.fullmatch(plain):
        return us_time(plain)
    if not plain:
        raise RowError("no date")
    words = re.findall(r"[^\W\d_]+", plain.casefold())
    if len(plain) > 40 or plain.isalnum() or not plain.isascii() or not _DATE_WORDS.issuperset(words):
        raise RowError(f"not a date: {plain[:40]!r}")
    readings = _readings(plain)
    if len(readings) != 1:
        raise RowError(f"could mean more than one day: {plain!r}" if readings else f"not a date: {plain!r}")
    when = readings.pop()
    return _utc_text(when if when.tzinfo else when.replace(tzinfo=zone))


def _readings(text: str) -> set[datetime]:
    """Every instant a text can mean: day or month first, and with what it leaves out filled in two ways."""
    from dateutil import parser

    # Nobody writes the day after the year; dateutil would.
    orders = _YEAR_FIRST if re.match(r"\d{4}\D", text) else _EVERY_ORDER
    readings = set()
    for fill in (datetime(2001, 1, 1), datetime(2002, 2, 2)):  # noqa: DTZ001 - the zone comes after
        for day_first, year_first in orders:
            try:
                readings.add(parser.parse(text, default=fill, dayfirst=day_first, yearfirst=year_first))
            except (ValueError, OverflowError):
                return set()
    return readings
