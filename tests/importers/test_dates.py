from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.importers.dates import connection_day, message_time, us_time
from linkinbox.importers.records import RowError
from tests.builders import us_date

PACIFIC = ZoneInfo("America/Los_Angeles")


def test_a_message_is_in_utc():
    assert message_time("2023-07-03 04:05:06 UTC") == "2023-07-03T04:05:06Z"


def test_an_invitation_is_in_us_pacific_time():
    assert us_time("7/3/23, 4:05 AM") == "2023-07-03T11:05:00Z"  # summer: UTC-7
    assert us_time("1/3/23, 4:05 AM") == "2023-01-03T12:05:00Z"  # winter: UTC-8


def test_an_evening_in_california_is_the_next_day():
    assert us_time("12/31/23, 11:59 PM") == "2024-01-01T07:59:00Z"


def test_noon_and_midnight_are_twelve():
    assert us_time("1/3/23, 12:00 AM") == "2023-01-03T08:00:00Z"
    assert us_time("1/3/23, 12:00 PM") == "2023-01-03T20:00:00Z"


def test_of_the_hour_that_autumn_repeats_the_first_is_meant():
    assert us_time("11/5/23, 12:30 AM") == "2023-11-05T07:30:00Z"
    assert us_time("11/5/23, 1:30 AM") == "2023-11-05T08:30:00Z"
    assert us_time("11/5/23, 2:30 AM") == "2023-11-05T10:30:00Z"


def test_the_clocks_go_forward_in_spring():
    assert us_time("3/12/23, 1:30 AM") == "2023-03-12T09:30:00Z"
    assert us_time("3/12/23, 3:30 AM") == "2023-03-12T10:30:00Z"


def test_the_month_comes_first_even_when_the_day_could_not():
    assert us_time("10/11/12, 4:05 AM") == "2012-10-11T11:05:00Z"
    with pytest.raises(RowError, match="month first"):
        us_time("13/5/23, 4:05 AM")


def test_a_narrow_blank_before_am_does_no_harm():
    assert us_time("7/3/23, 4:05\u202fAM") == us_time("7/3/23, 4:05 AM")


def test_a_connection_has_a_utc_day():
    assert connection_day("03 Jul 2023") == "2023-07-03"


def test_the_connections_of_2018_have_a_time():
    assert connection_day("7/3/18, 4:05 AM") == "2018-07-03"


@pytest.mark.parametrize("text", ["03-Jul-23", "3-Jul-23", "3-Jul-2023", "2023-07-03"])
def test_a_spreadsheets_day_is_understood(text):
    assert connection_day(text) == "2023-07-03"


@pytest.mark.parametrize("text", ["2023-07-03 4:05", "2023-07-03T04:05", "July 3, 2023 4:05 AM", "23 Jul 2023 04:05"])
def test_a_spreadsheets_time_is_understood_where_it_can_mean_one_thing(text):
    day = "23" if text.startswith("23") else "03"
    assert message_time(text) == f"2023-07-{day}T04:05:00Z"
    assert us_time(text) == f"2023-07-{day}T11:05:00Z"


def test_a_zone_that_is_written_wins_over_the_files_own():
    assert us_time("2023-07-03 04:05:06 UTC") == "2023-07-03T04:05:06Z"
    assert message_time("2023-07-03 04:05:06 +02:00") == "2023-07-03T02:05:06Z"


def test_a_day_above_twelve_settles_the_order_of_a_spreadsheets_date():
    assert message_time("23/7/2023 04:05") == message_time("7/23/2023 04:05") == "2023-07-23T04:05:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "10/11/12",
        "3/7/2023 04:05",
        "45110",
        "45110.17",
        "Jul 2023",
        "tomorrow",
        "2023",
        "",
        " ",
        "4:05 AM",
        "2023-13-03 04:05:06 UTC",
        "2023-02-30 04:05:06 UTC",
        "2023-07-03 24:05:06 UTC",
        "2023-07-03 04:05:06 XYZ",
        "7/3/23, 13:05 AM",
        "7/3/23, 0:05 AM",
        "7/3/23, 4:65 AM",
        "2/30/23, 4:05 AM",
        "30 Feb 2023",
        "03 Juli 2023x",
        "9" * 500,
        "3 juillet 2023",
    ],
)
def test_what_could_mean_two_days_or_none_is_refused(text):
    for read in (message_time, us_time, connection_day):
        with pytest.raises(RowError):
            read(text)


@given(st.datetimes(datetime(2003, 5, 5), datetime(2068, 12, 31)))
def test_every_minute_of_california_is_read_as_it_was_written(when):
    wall = when.replace(second=0, microsecond=0, tzinfo=PACIFIC)
    read = datetime.fromisoformat(us_time(us_date(wall)))
    expected = wall.replace(fold=0).astimezone(UTC)
    assert read == expected


@given(st.text(max_size=60) | st.from_regex(r"[0-9/:, -]{1,25}( UTC| AM)?", fullmatch=True))
def test_no_text_breaks_the_dates(text):
    for read in (message_time, us_time, connection_day):
        with suppress(RowError):
            assert read(text)[4] == "-"
