"""Typed times, "tue 3pm" or "in 2 weeks", as aware datetimes: never a wrong one, rather none.

A phrase is taken apart: its zone, its time of day, and what remains, the day. Near days have rules here; only
the rest is dateparser's, and its answer must account for every number typed. Bare hours and 14h are read here
because dateparser takes "monday at 9" for September and "lundi 14h" for the 14th.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from linkinbox.errors import TimeError

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

LANGUAGES = ["en", "es", "fr", "de"]
MORNING = time(9)  # what a day without a time means

_HINT = "Try “tue 15:00”, “tomorrow 10”, “in 2 weeks” or “1 dec 15:00”"
_LONGEST = 60  # characters
_FURTHEST = timedelta(days=3653)

# Only abbreviations that mean one offset; CST and IST mean several, so they are not understood.
_HOURS_EAST = {"Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2}
_HOURS_EAST |= {"EEST": 3, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}

# Without accents. No "mar": it is a Tuesday in Spanish and French, and March in English.
_WEEKDAY_NAMES = (
    "monday mon lunes lun lundi montag",
    "tuesday tue tues martes mardi dienstag",
    "wednesday wed miercoles mie mercredi mer mittwoch",
    "thursday thu thur thurs jueves jue jeudi jeu donnerstag",
    "friday fri viernes vie vendredi ven freitag",
    "saturday sat sabado sab samedi sam samstag",
    "sunday sun domingo dom dimanche dim sonntag",
)
_WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}
_DAYS_AHEAD = dict.fromkeys(("today", "tonight", "hoy", "heute", "aujourd'hui"), 0)
_DAYS_AHEAD |= dict.fromkeys(("tomorrow", "tmrw", "manana", "demain", "morgen"), 1)
_FILLERS = {"on", "next", "this", "coming", "el", "le", "am", "proximo", "prochain", "nachsten"}
_NAMED_TIMES = {"morning": MORNING} | dict.fromkeys(("noon", "midday", "mediodia", "midi"), time(12))

_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*", re.IGNORECASE)
_OFFSET = re.compile(r"(?<=[\d\s])([+-])(\d{2}):?(\d{2})$")
_AT = r"(?:(?P<at>\bat|@|\ba las|\ba la|\blas|\bà|\bum)\s*)?"
_CLOCK = re.compile(
    _AT + r"(?<![\w:./+-])(?P<hour>\d{1,2})(?:(?P<mark>[:.h])(?P<minute>\d\d))?"
    r"\s?(?P<suffix>am|pm|h|uhr)?(?![\w:./-])"
)
_BARE_HOUR = re.compile(_AT + r"(?<![\w:./+-])(?P<hour>\d{1,2}?)(?P<minute>\d\d)?$")
_IN_TIME = re.compile(r"(?:in|en|dans|dentro de) (\d{1,3}|an?) ?(m|min|mins|minutes?|h|hrs?|hours?|horas?|heures?)")
_IN_DAYS = re.compile(r"in (\d{1,3}) ?(d|days?|w|weeks?)")


def parse_when(text: str, *, now: datetime, zone: tzinfo) -> datetime:
    """Return the future time in UTC that ``text`` means to someone in ``zone``.

    A zone or offset in the text wins over ``zone``, a day without a time means 9:00, a weekday is the
    next of its name and never today.

    Raises:
        TimeError: empty, only a number, not understood, more than one meaning, past, or over ten years away.
    """
    phrase = " ".join(text.replace(",", " ").split())
    if not phrase:
        raise TimeError("No time was typed", _HINT)
    if phrase.isdecimal():
        raise TimeError(f"{phrase[:_LONGEST]} alone is an hour or a day", "Name the day: “tue 9”, “9 dec”")
    try:
        at = _read(phrase, now=now, zone=zone) if len(phrase) <= _LONGEST else None
    except (ValueError, OverflowError):  # 25:00, or a year that no zone can shift
        at = None
    if at is None:
        raise TimeError("This time is not understood", _HINT)
    if at <= now:
        raise TimeError("This time is past", _HINT)
    if at - now > _FURTHEST:
        raise TimeError("This time is over ten years away", _HINT)
    return at.astimezone(UTC)


def get_ready(today: date) -> None:
    """Load what is needed to understand a day in words: 10 MB in half a second, for a thread beside a prompt."""
    _spoken_day("1 december", today)


def describe_when(at: datetime, *, now: datetime, zone: tzinfo) -> str:
    """Return ``at`` as people in ``zone`` say it: "Tue 1 Dec 15:00 CET, in 6 days"."""
    here, today = at.astimezone(zone), now.astimezone(zone).date()
    year = f" {here.year}" if here.year != today.year else ""
    distance = _distance(abs(at - now), abs((here.date() - today).days))
    relative = f"in {distance}" if at > now else f"{distance} ago"
    return f"{here:%a} {here.day} {here:%b}{year} {here:%H:%M %Z}, {relative}"


def _distance(passed: timedelta, days: int) -> str:
    minutes = passed // timedelta(minutes=1)
    if minutes < 60:
        return _counted(minutes, "minute")
    if days == 0:
        return _counted(minutes // 60, "hour")
    if days < 14:
        return _counted(days, "day")
    return _counted(days // 7, "week") if days < 60 else _counted(days * 12 // 365, "month")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _read(phrase: str, *, now: datetime, zone: tzinfo) -> datetime | None:
    if _ISO.fullmatch(phrase) and (at := _iso(phrase)):
        return at if at.tzinfo else _local(at.date(), at.time(), zone)
    phrase, said = _without_zone(phrase)
    zone = said or zone
    here = now.astimezone(zone)
    phrase = phrase.lower()
    if ahead := _IN_TIME.fullmatch(phrase):
        count = int(ahead[1]) if ahead[1].isdecimal() else 1
        return now + (timedelta(minutes=count) if ahead[2].startswith("m") else timedelta(hours=count))
    phrase, clock = _without_clock(phrase, here.date())
    if not phrase and clock:
        today = here.date()
        return _local(today if clock > here.time() else today + timedelta(days=1), clock, zone)
    day = _day(phrase, here.date())
    return _local(day, clock or _default_clock(phrase), zone) if day else None


def _iso(phrase: str) -> datetime | None:
    try:
        return datetime.fromisoformat(phrase.upper())
    except ValueError:  # "2026-12-01 15:00 CET": the date is, the rest is not
        return None


def _local(day: date, clock: time, zone: tzinfo) -> datetime:
    at = datetime.combine(day, clock, zone)
    back = at.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None, fold=0) != at.replace(tzinfo=None):
        raise TimeError(f"There is no {clock:%H:%M} on that day: the clocks go forward", "Take an hour later")
    return at


def _without_zone(phrase: str) -> tuple[str, tzinfo | None]:
    if offset := _OFFSET.search(phrase):
        sign, hours, minutes = offset.groups()
        east = timedelta(hours=int(hours), minutes=int(minutes))
        return phrase[: offset.start()].strip(), timezone(-east if sign == "-" else east)
    rest, _, name = phrase.rpartition(" ")
    if name.upper() in _HOURS_EAST:
        return rest, timezone(timedelta(hours=_HOURS_EAST[name.upper()]))
    if "/" in name and name[0].isalpha():
        try:
            return rest, ZoneInfo(name)
        except (LookupError, OSError):  # OSError: a folder of zones, as "America/Argentina"
            raise TimeError("This time zone is not known", "Write it as “Europe/Madrid” or “+02:00”") from None
    return phrase, None


def _without_clock(phrase: str, today: date) -> tuple[str, time | None]:
    """Take the time of day off a phrase; a bare hour is one only after "at" or a day that needs no number."""
    tonight = "tonight" in phrase.split()
    found = [clock for clock in _CLOCK.finditer(phrase) if clock["suffix"] or clock["mark"] in (":", "h")]
    named = [word for word in phrase.split() if _plain(word) in _NAMED_TIMES]
    if len(found) + len(named) > 1:
        raise ValueError(phrase)
    if named:
        return " ".join(word for word in phrase.split() if word not in named), _NAMED_TIMES[_plain(named[0])]
    if found:
        rest = f"{phrase[: found[0].start()]} {phrase[found[0].end() :]}"
        return " ".join(rest.split()), _clock(found[0], tonight=tonight)
    bare = _BARE_HOUR.search(phrase)
    if bare and (bare["at"] or _near_day(phrase[: bare.start()], today)):
        return phrase[: bare.start()].strip(), _bare_clock(bare, tonight=tonight)
    return phrase, None


def _clock(found: re.Match[str], *, tonight: bool) -> time:
    hour, minute, suffix = int(found["hour"]), int(found["minute"] or 0), found["suffix"]
    if suffix in ("am", "pm"):
        if not 1 <= hour <= 12:
            raise ValueError(found[0])
        hour = hour % 12 + (12 if suffix == "pm" else 0)
    elif tonight:
        hour = _evening(hour)
    return time(hour, minute)


def _bare_clock(bare: re.Match[str], *, tonight: bool) -> time:
    hour = _evening(int(bare["hour"])) if tonight else int(bare["hour"])
    if hour < 7 and not bare["minute"]:
        raise TimeError(f"{hour} can be in the morning or in the afternoon", f"Write {hour}pm or {hour:02}:00")
    return time(hour, int(bare["minute"] or 0))


def _evening(hour: int) -> int:
    if hour == 12:
        raise TimeError("Tonight at 12 is already tomorrow", "Write “tomorrow 0:00”")
    return hour + 12 if hour < 12 else hour


def _default_clock(phrase: str) -> time:
    return time(20) if phrase == "tonight" else MORNING


def _day(phrase: str, today: date) -> date | None:
    if day := _near_day(phrase, today):
        return day
    words = phrase.split()
    weekdays = {weekday_of(word) for word in words} - {None}
    rest = " ".join(word for word in words if weekday_of(word) is None)
    day = _near_day(rest, today) or _spoken_day(rest, today)
    if day and weekdays - {day.weekday()}:
        raise TimeError(f"{day.day} {day:%b %Y} is a {day:%A}", "Leave out the weekday or the date")
    return day


def weekday_of(word: str) -> int | None:
    """The number of a weekday, 0 for Monday, by its name in English, Spanish, French or German; None: it is none."""
    return _WEEKDAYS.get(_plain(word).strip("."))


def _near_day(phrase: str, today: date) -> date | None:
    """Return the day for a weekday, today, tomorrow, "in 3 days", "end of month" or an ISO date, or None."""
    phrase = phrase.strip()
    if ahead := _IN_DAYS.fullmatch(phrase):
        return today + timedelta(days=int(ahead[1]) * (7 if ahead[2].startswith("w") else 1))
    if phrase in ("end of month", "end of the month"):
        return (today.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", phrase):
        return date.fromisoformat(phrase)
    words = [word for word in map(_plain, phrase.split()) if word not in _FILLERS]
    if len(words) != 1:
        return None
    if words[0] in _DAYS_AHEAD:
        return today + timedelta(days=_DAYS_AHEAD[words[0]])
    weekday = weekday_of(words[0])
    return None if weekday is None else today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _spoken_day(phrase: str, today: date) -> date | None:
    """Return the day as dateparser reads it, if that explains each number and names no time of its own."""
    if re.fullmatch(r"[\d\s/.-]+", phrase):  # 1/12: December or January?
        raise TimeError("Figures alone can be read two ways", "Name the month: “1 dec”, or write 2026-12-01")
    if "after" in phrase.split() and phrase != "day after tomorrow":  # dateparser skips the word
        return None
    numbers = set(map(int, re.findall(r"\d+", phrase)))
    if day := _dateparsed(phrase, "relative-time", today):
        return day if numbers <= _distances(day, today) else None
    day = _dateparsed(phrase, "absolute-time", today)
    if day is None or not re.search(r"[^\W\d]{3}", phrase):  # no month's name is shorter
        return None
    if numbers == {today.day} and (day.month, day.day) == (today.month, today.day):
        return today  # to dateparser the future begins tomorrow
    return day if {day.day} <= numbers <= {day.day, day.year} else None  # no year 27


def _distances(day: date, today: date) -> set[int]:
    days = (day - today).days
    months = (day.year - today.year) * 12 + day.month - today.month
    return {days, days // 7 if days % 7 == 0 else days, months, months // 12 if months % 12 == 0 else months}


def _dateparsed(phrase: str, parser: str, today: date) -> date | None:
    found = _dateparser(parser, datetime.combine(today, time())).get_date_data(phrase).date_obj
    return found.date() if found and found.time() == time() and not found.tzinfo else None


@lru_cache(maxsize=4)
def _dateparser(parser: str, midnight: datetime) -> DateDataParser:
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=LANGUAGES,
        settings={
            "PARSERS": [parser],
            "PREFER_DATES_FROM": "future",
            "RELATIVE_BASE": midnight,
            "REQUIRE_PARTS": ["day", "month"],
        },
    )


def _plain(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
