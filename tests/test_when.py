from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import tzlocal
from hypothesis import given, settings
from hypothesis import strategies as st

from linkinbox.errors import TimeError
from linkinbox.when import describe_when, parse_when
from linkinbox.zones import local_zone

MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2026, 11, 25, 11, 7, tzinfo=MADRID)  # a Wednesday

UNDERSTOOD = {
    # weekdays
    "tue 9": "2026-12-01 09:00",
    "tue 3pm": "2026-12-01 15:00",
    "3 pm tue": "2026-12-01 15:00",
    "monday": "2026-11-30 09:00",
    "mon.": "2026-11-30 09:00",
    "monday at 9": "2026-11-30 09:00",
    "on monday at 9": "2026-11-30 09:00",
    "next monday": "2026-11-30 09:00",
    "9am on monday": "2026-11-30 09:00",
    "thursday 1530": "2026-11-26 15:30",
    "thurs 0900": "2026-11-26 09:00",
    "fri 930": "2026-11-27 09:30",
    "FRI 16:45": "2026-11-27 16:45",
    "friday noon": "2026-11-27 12:00",
    "this friday 12pm": "2026-11-27 12:00",
    "sat 12am": "2026-11-28 00:00",
    "@ 15:00 sun": "2026-11-29 15:00",
    "wed": "2026-12-02 09:00",  # never today
    "wed 15": "2026-12-02 15:00",
    "next thu 14:30 CET": "2026-11-26 14:30",
    "lundi 14h": "2026-11-30 14:00",
    "lundi prochain 14h30": "2026-11-30 14:30",
    "vendredi midi": "2026-11-27 12:00",
    "lunes a las 15:00": "2026-11-30 15:00",
    "el jueves 17:30": "2026-11-26 17:30",
    "miércoles 10": "2026-12-02 10:00",
    "freitag um 10 uhr": "2026-11-27 10:00",
    "sam 10h": "2026-11-28 10:00",
    # near days
    "today 18": "2026-11-25 18:00",
    "today at 11:30": "2026-11-25 11:30",
    "tonight": "2026-11-25 20:00",
    "tonight 8": "2026-11-25 20:00",
    "tonight 8:30": "2026-11-25 20:30",
    "tonight at 21": "2026-11-25 21:00",
    "tomorrow": "2026-11-26 09:00",
    "tomorrow 10": "2026-11-26 10:00",
    "tomorrow morning": "2026-11-26 09:00",
    "tomorrow, 9:15am": "2026-11-26 09:15",
    "mañana 10": "2026-11-26 10:00",
    "demain à 9h": "2026-11-26 09:00",
    "morgen 14 uhr": "2026-11-26 14:00",
    "day after tomorrow 10:00": "2026-11-27 10:00",
    "end of month": "2026-11-30 09:00",
    "end of the month 17:00": "2026-11-30 17:00",
    # a time alone
    "3pm": "2026-11-25 15:00",
    "9:00": "2026-11-26 09:00",
    "at 9": "2026-11-26 09:00",
    "noon": "2026-11-25 12:00",
    # from now
    "in 2 hours": "2026-11-25 13:07",
    "in 2h": "2026-11-25 13:07",
    "in an hour": "2026-11-25 12:07",
    "in 45 min": "2026-11-25 11:52",
    "dans 2 heures": "2026-11-25 13:07",
    "in 2 weeks": "2026-12-09 09:00",
    "in 3 days 16:00": "2026-11-28 16:00",
    "in 10 days at 8": "2026-12-05 08:00",
    "in two weeks": "2026-12-09 09:00",
    "in 3 months": "2027-02-25 09:00",
    "next week": "2026-12-02 09:00",
    "in 2 wochen": "2026-12-09 09:00",
    "dentro de 2 semanas": "2026-12-09 09:00",
    # dates
    "1 dec": "2026-12-01 09:00",
    "1 dec 15:00": "2026-12-01 15:00",
    "1 dec at 10": "2026-12-01 10:00",
    "1 dec, tuesday": "2026-12-01 09:00",
    "tue 1 dec 15:00": "2026-12-01 15:00",
    "sat, 5 dec 2026, 16h": "2026-12-05 16:00",
    "Dec 1 at 3:30 pm": "2026-12-01 15:30",
    "1 dec 3.30pm": "2026-12-01 15:30",
    "the 1st of december 11:00": "2026-12-01 11:00",
    "December 24th": "2026-12-24 09:00",
    "jan 5": "2027-01-05 09:00",
    "mar 5": "2027-03-05 09:00",
    "1er décembre 14h": "2026-12-01 14:00",
    "5 enero a las 10": "2027-01-05 10:00",
    "5. januar um 14 uhr": "2027-01-05 14:00",
    "25 nov 15:00": "2026-11-25 15:00",  # today
    "29 feb": "2028-02-29 09:00",
    "2026-12-01": "2026-12-01 09:00",
    "2026-12-01 15:00": "2026-12-01 15:00",
    "2026-12-01 3pm": "2026-12-01 15:00",
    "2026-12-01T15:00:30": "2026-12-01 15:00:30",
    # zones
    "2026-12-01T15:00:00-05:00": "2026-12-01 21:00",
    "2026-12-01T15:00Z": "2026-12-01 16:00",
    "2026-12-01 15:00 -0500": "2026-12-01 21:00",
    "1 dec 15:00 +05:30": "2026-12-01 10:30",
    "next monday 10am PST": "2026-11-30 19:00",
    "tue 9 America/New_York": "2026-12-01 15:00",
    "1 jul 2027 15:00": "2027-07-01 15:00",
    "tue 15:00 gmt": "2026-12-01 16:00",
}

REFUSED = [
    *(
        "",
        "   ",
        "9",
        "12",
        "2026",
        "hello",
        "dec",
        "may",
        "mar 9h",
        "x 1 dec",
        "1",
        "\x1b[31m",
        "\0",
        "tue\ud800",
    ),
    *("tue 1", "tomorrow 3", "mon 30", "mon 1 dec", "1/12", "25/12 10:00", "01.12.2026", "10-11"),
    *(
        "a 2",
        "a dec",
        "5 monday dec",
        "monday tuesday",
        "5. 5.",
        "2 mañana",
        "1 dec maybe",
        "after tomorrow",
        "1 dec 14 h 30",
        "5 jan 27",
        "tomorrow night 8",
    ),
    *("tomorrow 25:00", "tue 13pm", "tue 0am", "tue 9:75", "15:00 16:00", "noon 3pm", "tonight 12", "31 nov"),
    *(
        "yesterday",
        "last week",
        "today 9",
        "1 dec 2020",
        "2020-01-01",
        "2026-11-25 11:07",
        "in 0 days",
        "now",
    ),
    *(
        "2026-13-01",
        "2026-02-30 10:00",
        "9999-12-31 23:00",
        "0001-01-01T00:00+14:00",
        "in 999 weeks",
        "1 dec 2060",
    ),
    *("thursday or friday", "every monday", "in 1.5 hours", "2 hours", "friday in two weeks", "1 dec 10 11"),
    *(
        "tue 3pm CST",
        "tue 3pm IST",
        "1 dec gmt+2",
        "tue 9 Mars/Base",
        "tue 9 ../../etc/passwd",
        "tue 9 +99:00",
    ),
    *("tue 9 America/Argentina", "28 mar 2027 2:30", "a" * 100_000, "9" * 5_000, "tomorrow " * 20),
]


def parsed(text: str, now: datetime = NOW, zone=MADRID) -> datetime:
    return parse_when(text, now=now, zone=zone)


@pytest.mark.parametrize(("text", "here"), UNDERSTOOD.items(), ids=UNDERSTOOD.keys())
def test_a_phrase_means_this_time_in_madrid(text, here):
    assert parsed(text) == datetime.fromisoformat(here).replace(tzinfo=MADRID)


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text)[:30])
def test_rather_no_time_than_a_wrong_one(text):
    with pytest.raises(TimeError) as refusal:
        parsed(text)
    assert refusal.value.message
    assert refusal.value.hint


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "No time was typed"),
        ("9", "9 alone is an hour or a day"),
        ("yesterday", "This time is past"),
        ("soonish", "This time is not understood"),
        ("1 dec 2060", "This time is over ten years away"),
        ("mon 1 dec", "1 Dec 2026 is a Tuesday"),
        ("28 mar 2027 2:30", "There is no 02:30 on that day: the clocks go forward"),
        ("tue 3", "3 can be in the morning or in the afternoon"),
        ("1/12", "Figures alone can be read two ways"),
        ("tue 9 Mars/Base", "This time zone is not known"),
    ],
)
def test_a_refusal_says_why(text, why):
    with pytest.raises(TimeError) as refusal:
        parsed(text)
    assert refusal.value.message == why


def test_a_day_is_counted_in_the_zone_that_was_said():
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    assert parsed("tomorrow 10 UTC", now=late) == datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert parsed("tomorrow 10", now=late) == datetime(2026, 11, 27, 10, tzinfo=MADRID)


def test_hours_from_now_count_through_a_change_of_clocks():
    before = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    assert parsed("in 2 hours", now=before) == before + timedelta(hours=2)


def test_an_hour_that_comes_twice_is_the_first():
    assert parsed("31 oct 2027 2:30") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


VOCABULARY = """
tue monday next in 2 weeks hours at 9 3pm 15:00 1530 dec jan 1 31 2027 tomorrow tonight today noon end of month CET +02:00
2026-12-01 lundi 14h mañana um el 5. . : / - yesterday ago 29 feb a
"""
phrases = st.lists(st.sampled_from(VOCABULARY.split()), max_size=5).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.one_of(phrases, st.text(max_size=12)))
def test_whatever_is_typed_gives_a_future_time_in_utc_or_a_refusal(text):
    with suppress(TimeError):
        at = parsed(text)
        assert at > NOW
        assert at.tzinfo is UTC


futures = st.datetimes(datetime(2026, 11, 26), datetime(2036, 11, 1))
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(futures, offsets)
def test_an_iso_time_means_exactly_what_it_says(at, offset):
    said = at.replace(tzinfo=offset)
    assert parsed(said.isoformat()) == said


@settings(max_examples=30, deadline=None)
@given(futures.map(lambda at: at.replace(minute=at.minute, second=0, microsecond=0, tzinfo=UTC)))
def test_what_is_described_can_be_typed_back(at):
    said, _ = describe_when(at, now=NOW, zone=UTC).split(", ")
    assert parsed(said) == at


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("tue 3pm", "Tue 1 Dec 15:00 CET, in 6 days"),
        ("tomorrow", "Thu 26 Nov 09:00 CET, in 1 day"),
        ("in 45 min", "Wed 25 Nov 11:52 CET, in 45 minutes"),
        ("in an hour", "Wed 25 Nov 12:07 CET, in 1 hour"),
        ("tonight 8", "Wed 25 Nov 20:00 CET, in 8 hours"),
        ("in 3 weeks", "Wed 16 Dec 09:00 CET, in 3 weeks"),
        ("1 jul 2027", "Thu 1 Jul 2027 09:00 CEST, in 7 months"),
        ("1 dec 15:00 +0530", "Tue 1 Dec 10:30 CET, in 6 days"),
    ],
)
def test_a_time_is_described_in_the_users_zone(text, shown):
    assert describe_when(parsed(text), now=NOW, zone=MADRID) == shown


def test_a_time_gone_by_is_described_too():
    assert describe_when(NOW - timedelta(days=2), now=NOW, zone=MADRID) == "Mon 23 Nov 11:07 CET, 2 days ago"


def test_the_local_zone_is_one_that_times_can_be_shown_in():
    assert NOW.astimezone(local_zone()) == NOW


def test_without_a_usable_zone_it_is_utc(monkeypatch):
    monkeypatch.setenv("TZ", "Mars/Base")
    monkeypatch.setattr(tzlocal.unix, "_cache_tz", None)
    assert local_zone() is UTC
