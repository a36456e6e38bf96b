"""Instants: what files write, what the clock skipped or showed twice, and local days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from casework.state.instant import Instant, day_of, instant_from, midnight
from casework.words import Text
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.time


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2026-11-03T09:12+08:00", "Europe/London", "2026-11-03T01:12"),
        ("2026-11-03T09:12", "Asia/Shanghai", "2026-11-03T01:12"),
        ("2026-11-03T09:12:30", "Asia/Shanghai", "2026-11-03T01:12:30"),
        ("2026-11-03T09:12Z", "Asia/Shanghai", "2026-11-03T09:12"),
        ("1988-07-01T12:00", "Asia/Shanghai", "1988-07-01T03:00"),  # summer time of 1986–1991
        ("2026-07-01T12:00", "Europe/Berlin", "2026-07-01T10:00"),
        ("2026-01-01T12:00", "Europe/Berlin", "2026-01-01T11:00"),
    ],
)
def test_an_instant_is_read_in_its_zone(text: str, zone: str, utc: str) -> None:
    assert instant_from(text, ZoneInfo(zone)) == Instant(datetime.fromisoformat(utc).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "zone", "words"),
    [
        ("2026-03-29T02:30", "Europe/Berlin", "skipped"),
        ("2026-10-25T02:30", "Europe/Berlin", "twice"),
        ("2011-11-06T01:30", "America/New_York", "twice"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "skipped"),  # half an hour only
        ("2026-02-30T10:00", "Asia/Shanghai", "not a date"),
        ("2026-02-30", "Asia/Shanghai", "not a date"),
        ("0001-01-01T00:00", "Asia/Shanghai", "1900"),
        ("9999-12-31", "Asia/Shanghai", "1900"),
        ("yesterday", "Asia/Shanghai", "not a date"),
        ("", "Asia/Shanghai", "not a date"),
    ],
)
def test_what_is_no_single_instant_is_refused_in_both_languages(text: str, zone: str, words: str) -> None:
    told = instant_from(text, ZoneInfo(zone))
    assert isinstance(told, Text)
    assert words in told.say("en")
    assert told.say("zh") != told.say("en")


def test_an_offset_settles_a_time_shown_twice() -> None:
    first, second = (
        instant_from(f"2026-10-25T02:30+0{hours}:00", ZoneInfo("Europe/Berlin")) for hours in (2, 1)
    )
    assert isinstance(first, Instant) and isinstance(second, Instant)
    assert (second.at - first.at).total_seconds() == 3600


def test_a_date_alone_is_its_whole_day() -> None:
    told = instant_from("2026-11-03", ZoneInfo("Asia/Shanghai"))
    assert told == Instant(datetime(2026, 11, 2, 16, tzinfo=UTC), True)


def test_a_day_that_begins_late_begins_when_the_clock_says_so() -> None:
    # Beirut went from 00:00 to 01:00 on 30 March 2025, so that day began at 01:00 summer time.
    start = midnight(date(2025, 3, 30), ZoneInfo("Asia/Beirut"))
    assert start == datetime(2025, 3, 29, 22, tzinfo=UTC)
    assert day_of(start, ZoneInfo("Asia/Beirut")) == date(2025, 3, 30)


@given(
    st.dates(date(1950, 1, 1), date(2199, 12, 30)),
    st.sampled_from(
        ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "America/Sao_Paulo"]
    ),
)
def test_midnight_is_the_first_second_of_its_day(day: date, name: str) -> None:
    from datetime import timedelta

    zone = ZoneInfo(name)
    start = midnight(day, zone)
    assert day_of(start, zone) == day
    assert day_of(start - timedelta(seconds=1), zone) < day
