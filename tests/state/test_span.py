"""Spans: minutes elapse, days end at 24:00, months are cut to what the month has, and nothing converts."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from casework.state.counting import counting_from
from casework.state.instant import Instant, instant_from
from casework.state.reckoning import reckoned
from casework.state.shifts import Roster
from casework.state.span import Due, Span, later_day, span_from
from casework.state.timetable import Timetable
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.time
SHANGHAI = ZoneInfo("Asia/Shanghai")
OPTIONS = json.loads((Path(__file__).parents[2] / "schema/policy.json").read_text(encoding="utf-8"))[
    "properties"
]
COUNTING = counting_from(
    {key: told["default"] for key, told in OPTIONS["counting"]["properties"].items() if "default" in told}
)


def due_of(start: Instant, span: Span, zone: ZoneInfo) -> Due | None:
    """The end of a span by the defaults, for a firm that has a zone and nothing else."""
    assert COUNTING
    return reckoned(start, span, Timetable(zone, Roster((), zone)), COUNTING).due


def at(text: str, zone: ZoneInfo = SHANGHAI) -> Instant:
    told = instant_from(text, zone)
    assert isinstance(told, Instant)
    return told


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("30 minutes", Span(30, "minute")),
        ("1 minute", Span(1, "minute")),
        ("48 hours", Span(48, "hour")),
        ("3 days", Span(3, "day")),
        ("6 months", Span(6, "month")),
        ("2 years", Span(2, "year")),
        ("promptly", Span(0, "promptly")),
        ("unset", Span(0, "unset")),
        ("3 working days", Span(3, "working day")),
        ("1 working hour", Span(1, "working hour")),
        ("end of shift", Span(0, "shift")),
        ("0 days", None),
        ("9999 years", None),
        ("3 fortnights", None),
        ("-3 days", None),
        ("３ days", None),
    ],
)
def test_a_span_is_read_or_refused(text: str, span: Span | None) -> None:
    assert span_from(text) == span


@pytest.mark.parametrize(
    ("start", "span", "zone", "printed"),
    [
        ("2026-03-02T09:00", "30 minutes", "Asia/Shanghai", "2026-03-02T09:30:00+08:00"),
        ("2026-03-02T23:50", "3 days", "Asia/Shanghai", "2026-03-05T23:59:59+08:00"),
        ("2026-03-02T00:00", "3 days", "Asia/Shanghai", "2026-03-05T23:59:59+08:00"),
        ("2026-03-02", "3 days", "Asia/Shanghai", "2026-03-05T23:59:59+08:00"),
        ("2026-02-28T09:00", "1 day", "Asia/Shanghai", "2026-03-01T23:59:59+08:00"),
        ("2026-01-31T09:00", "1 month", "Asia/Shanghai", "2026-02-28T23:59:59+08:00"),
        ("2028-01-31T09:00", "1 month", "Asia/Shanghai", "2028-02-29T23:59:59+08:00"),
        ("2026-08-31T09:00", "6 months", "Asia/Shanghai", "2027-02-28T23:59:59+08:00"),
        ("2028-02-29T09:00", "1 year", "Asia/Shanghai", "2029-02-28T23:59:59+08:00"),
        ("2028-02-29T09:00", "4 years", "Asia/Shanghai", "2032-02-29T23:59:59+08:00"),
        # 24 hours are 24 hours, a day is a day: the night of the clock change tells them apart
        ("2026-03-28T12:00", "24 hours", "Europe/Berlin", "2026-03-29T13:00:00+02:00"),
        ("2026-10-24T12:00", "24 hours", "Europe/Berlin", "2026-10-25T11:00:00+01:00"),
        ("2026-03-28T12:00", "1 day", "Europe/Berlin", "2026-03-29T23:59:59+02:00"),
        ("2026-10-24T12:00", "1 day", "Europe/Berlin", "2026-10-25T23:59:59+01:00"),
        ("2026-03-07T12:00", "24 hours", "America/New_York", "2026-03-08T13:00:00-04:00"),
    ],
)
def test_where_a_span_ends(start: str, span: str, zone: str, printed: str) -> None:
    where = ZoneInfo(zone)
    told = span_from(span)
    assert told is not None
    due = due_of(at(start, where), told, where)
    assert due is not None
    assert due.printed.astimezone(where).isoformat() == printed


def test_a_clock_of_minutes_cannot_start_on_a_bare_date() -> None:
    assert due_of(at("2026-03-02"), Span(30, "minute"), SHANGHAI) is None
    assert due_of(at("2026-03-02"), Span(2, "hour"), SHANGHAI) is None


@pytest.mark.parametrize(
    ("done", "kept"),
    [
        ("2026-03-02T09:30:00", True),
        ("2026-03-02T09:30:01", False),
        ("2026-03-01", True),  # the day before: whenever it was, it was in time
        ("2026-03-02", None),  # that very day: a bare date does not tell
        ("2026-03-03", False),
    ],
)
def test_the_due_second_itself_keeps_an_elapsed_promise(done: str, kept: bool | None) -> None:
    assert Due(at("2026-03-02T09:30").at).is_kept_by(at(done), SHANGHAI) is kept


@pytest.mark.parametrize(
    ("done", "kept"),
    [
        ("2026-03-05T23:59:59", True),
        ("2026-03-06T00:00:00", False),
        ("2026-03-05", True),
        ("2026-03-06", False),
    ],
)
def test_a_promise_of_days_ends_with_midnight(done: str, kept: bool) -> None:
    due = due_of(at("2026-03-02T09:00"), Span(3, "day"), SHANGHAI)
    assert due is not None
    assert due.is_kept_by(at(done), SHANGHAI) is kept


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2150, 1, 1)),
    st.integers(0, 5000),
    st.sampled_from(["minute", "hour"]),
)
def test_elapsed_time_is_the_same_in_every_zone(start: datetime, n: int, unit: str) -> None:
    told = Instant(start.replace(tzinfo=ZoneInfo("UTC")))
    ends = {
        due_of(told, Span(n, unit), ZoneInfo(zone)) for zone in ("Asia/Shanghai", "America/New_York", "UTC")
    }
    assert len(ends) == 1


@given(
    st.dates(date(1990, 1, 1), date(2150, 1, 1)),
    st.integers(0, 400),
    st.sampled_from(["day", "month", "year"]),
)
def test_more_is_never_earlier(day: date, n: int, unit: str) -> None:
    assert later_day(day, Span(n, unit), "last-day") < later_day(day, Span(n + 1, unit), "last-day")
    assert later_day(day, Span(n, unit), "last-day") <= later_day(
        day + timedelta(days=1), Span(n, unit), "last-day"
    )
