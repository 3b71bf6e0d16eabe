"""Typed days and ages of the past: absolute and relative, never a wrong one, rather none.

`linkinbox.when` reads times to come; here "monday" is the last one, and "1 mar" the last first of March.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from linkinbox.when import weekday_of

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_UNITS = {"hour": "h", "day": "d", "week": "w", "month": "mo", "year": "y"}
_AGE = re.compile(r"(\d{1,4}) ?(?:(h|d|w|mo|y)|(hour|day|week|month|year)s?)(?: ago)?")
_ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?")
_DAY = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9})\.?(?: (\d{1,2})(?:st|nd|rd|th)?)?(?: (\d{4}))?")
EARLIEST = date(1970, 1, 1)


def read_age(typed: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The time that lies so long before now: ``30d``, ``2w``, ``3mo``, ``1y``, ``12h``; None: not understood."""
    if not (found := _AGE.fullmatch(typed.strip().lower())):
        return None
    count, unit = int(found[1]), found[2] or _UNITS[found[3]]
    try:
        if unit in ("mo", "y"):
            here = now.astimezone(zone)
            day = _months_before(here.date(), count * (12 if unit == "y" else 1))
            return datetime.combine(day, here.time(), zone).astimezone(UTC)
        return now - {"h": timedelta(hours=count), "d": timedelta(count), "w": timedelta(weeks=count)}[unit]
    except (ValueError, OverflowError):
        return None


def read_day(typed: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The beginning of the day, month or year that was typed, or a time so long ago; None: not understood."""
    phrase = " ".join(typed.lower().replace(",", " ").split())
    if ago := read_age(phrase, now, zone):
        return ago
    try:
        day = _day(phrase, now.astimezone(zone).date())
        return datetime.combine(day, time(), zone).astimezone(UTC) if day and day >= EARLIEST else None
    except (ValueError, OverflowError):  # 30 February; a year that no zone can shift
        return None


def _day(phrase: str, today: date) -> date | None:
    if phrase in ("today", "yesterday"):
        return today - timedelta(phrase == "yesterday")
    if found := _ISO.fullmatch(phrase):
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    weekday = weekday_of(phrase.removeprefix("last "))
    if weekday is not None:
        return today - timedelta((today.weekday() - weekday - 1) % 7 + 1)
    return _named_month(phrase, today)


def _named_month(phrase: str, today: date) -> date | None:
    if not (found := _DAY.fullmatch(phrase)) or (found[1] and found[3]):
        return None
    name, day, year = found[2], int(found[1] or found[3] or 1), found[4]
    month = next((number for number, full in enumerate(_MONTHS, 1) if full.startswith(name)), None)
    if month is None:
        return None
    if year:
        return date(int(year), month, day)
    for back in range(9):  # 29 February: not in each year
        if month == 2 and day == 29 and not _is_leap(today.year - back):
            continue
        if (then := date(today.year - back, month, day)) <= today:
            return then
    return None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _months_before(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            if year < 1:
                raise
    raise ValueError(day)
