"""What other deadline engines got wrong, each as one test under the name of the engine that did."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from casework.examine import examine
from casework.records.record import Record
from casework.records.source import Files
from casework.records.strict_yaml import read_yaml
from casework.state.hours import MICRO, Hours
from casework.state.span import SHIFT, Span, later_day, span_from
from casework.state.state import State
from casework.state.timetable import timetable_from
from timely import (
    NINE_TO_SIX,
    ROOT,
    SHANGHAI,
    at,
    calendar,
    china,
    counting,
    due,
    firm,
    paused,
    reckon,
    stretches,
)

MAKE_UP_DAYS_2026 = ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")
RECEIVED = "- {event: received, at: 2026-11-03T10:00, by: li}\n"  # a Tuesday
CHINA = "calendar: cn\n"
MONDAY_TO_FRIDAY = "calendar: mon-fri\n"


def limit(more: str) -> str:
    return f"limits: {{answer: {{from: received, until: response_given, {more}}}}}"


def only(state: State) -> Any:
    (found,) = state.deadlines
    return found


def printed(found: Any) -> str:
    return found.due.printed.astimezone(SHANGHAI).strftime("%m-%d %H:%M:%S") if found.due else ""


def hours_of(table: Any) -> Hours:
    assert table.hours
    return table.hours


# ── units ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_znuny_a_day_is_not_24_working_hours() -> None:
    """Pitfall 3: a day, 24 hours, a working day and 9 working hours are four things."""
    table = firm(
        weekly=dict.fromkeys(range(5), stretches(("09:00", "18:00"))), made_up=stretches(("09:00", "18:00"))
    )
    spans = ("3 days", "72 hours", "3 working days", "27 working hours", "72 working hours")
    assert [due("2026-02-13T17:00", span, table) for span in spans] == [
        "2026-02-16T23:59:59",
        "2026-02-16T17:00:00",
        "2026-02-25T23:59:59",
        "2026-02-25T17:00:00",
        "2026-03-03T17:00:00",
    ]


@pytest.mark.parametrize("unit", ["minute", "hour", "working hour", "day", "working day", "month", "year"])
def test_froide_fifteen_months_for_fifteen_working_days(unit: str) -> None:
    """Pitfall 3: a span of one unit is of no other, and is never shown as another."""
    span = span_from(f"15 {unit}s")
    assert span == Span(15, unit)
    assert span.text.say("en") == f"15 {unit}s"
    assert (
        len(
            {
                span_from(f"15 {other}s")
                for other in ("minute", "hour", "working hour", "day", "working day", "month", "year")
            }
        )
        == 7
    )


def test_glpi_a_month_is_not_thirty_working_days() -> None:
    """Pitfall 17: months end on the same day of the month, or on its last."""
    assert due("2026-01-31T09:00", "1 month") == "2026-02-28T23:59:59"
    assert due("2028-01-31T09:00", "1 month", firm(calendar())) == "2028-02-29T23:59:59"
    assert due("2026-03-31T09:00", "6 months") == "2026-09-30T23:59:59"
    assert due("2025-08-31T09:00", "6 months") == "2026-02-28T23:59:59"
    assert due("2024-02-29T09:00", "1 year") == "2025-02-28T23:59:59"
    assert later_day(date(2024, 2, 29), Span(1, "year"), "next-day") == date(2025, 3, 1)
    assert later_day(date(2024, 1, 31), Span(13, "month"), "next-day") == date(2025, 3, 1)
    assert later_day(date(2024, 11, 30), Span(1, "month"), "last-day") == date(2024, 12, 30)
    assert later_day(date(2024, 10, 31), Span(2, "month"), "last-day") == date(2024, 12, 31)


def test_moj_months_know_the_firms_own_days_off(tell: Any) -> None:
    """Where a month rolls off a day of rest, the firm's own closing day is one."""
    policy = "counting: {roll: next-working-day}\n" + limit("within: 1 month")
    assert printed(only(tell(policy, RECEIVED, firm=CHINA))) == "12-03 23:59:59"
    closed = "closed_on: {2026-12-03: Founding day}\n"
    assert printed(only(tell(policy, RECEIVED, firm=CHINA + closed))) == "12-04 23:59:59"


# ── day one ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_whatdotheyknow_day_one() -> None:
    """Pitfall 4: day one is the next working day, at whatever hour and on whatever day it was received."""
    for start in (
        "2026-11-06T00:00",
        "2026-11-06T23:59:59",
        "2026-11-06",
        "2026-11-07T12:00",
        "2026-11-08T23:59",
    ):
        assert due(start, "1 working day") == "2026-11-09T23:59:59"


def test_froide_cut_off_for_every_unit_of_days() -> None:
    assert due("2026-11-05T22:00:01", "1 month", cutoff="22:00") == "2026-12-06T23:59:59"
    assert due("2026-11-05T22:00:01", "1 day", cutoff="22:00") == "2026-11-07T23:59:59"
    assert due("2026-11-05T22:00:01", "1 working day", cutoff="22:00") == "2026-11-09T23:59:59"
    assert due("2026-11-05T22:00:00", "1 working day", cutoff="22:00") == "2026-11-06T23:59:59"
    assert due("2026-11-05T22:00:01", "1 hour", cutoff="22:00") == "2026-11-05T23:00:01"


# ── make-up days and holidays ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("day", MAKE_UP_DAYS_2026)
def test_zammad_make_up_day(day: str) -> None:
    """Pitfall 5: a make-up day counts when adding and when counting what has elapsed, in days and in hours."""
    made_up, before = date.fromisoformat(day), date.fromisoformat(day) - timedelta(days=1)
    assert (
        china().works_on(made_up)
        and china().count(before, made_up) == 1
        and china().after(before, 1) == made_up
    )
    start, end = at(f"{day}T09:00").at, at(f"{day}T18:00").at
    assert hours_of(firm()).between(start, end) == 8 * 3_600_000_000
    assert due(f"{day}T09:00", "8 working hours") == f"{day}T18:00:00"


def test_zendesk_biz_a_working_sunday_of_2019_is_no_nought() -> None:
    start, end = at("2019-04-28T00:00").at, at("2019-04-29T00:00").at
    assert hours_of(firm()).between(start, end) == 8 * 3_600_000_000


@pytest.mark.parametrize(
    ("first", "last", "n"), [("2026-02-09", "2026-02-16", 6), ("2026-02-09", "2026-03-02", 11)]
)
def test_gocardless_counting_and_adding_are_inverse(first: str, last: str, n: int) -> None:
    """Its count loses a make-up day inside a whole week: it says 5 and 9. Both ends are its own: [first, last)."""
    a, b = (date.fromisoformat(each) - timedelta(days=1) for each in (first, last))
    assert china().count(a, b) == n
    assert china().after(a, n) <= b < china().after(a, n + 1)


def test_zammad_5076_a_holiday_of_seven_days_has_seven_days(tell: Any) -> None:
    """Pitfall 8: both ends of a range count, and nothing but the range."""
    closed = "closed_on: {2026-11-04/2026-11-10: Stocktaking}\n"
    policy = limit("within: 1 working day")
    assert printed(only(tell(policy, RECEIVED, firm=CHINA))) == "11-04 23:59:59"
    assert printed(only(tell(policy, RECEIVED, firm=CHINA + closed))) == "11-11 23:59:59"
    assert (
        printed(only(tell(policy, RECEIVED.replace("11-03", "11-02"), firm=CHINA + closed)))
        == "11-03 23:59:59"
    )


def test_glpi_a_holiday_over_the_turn_of_the_year(tell: Any) -> None:
    """There 12-30..01-02 was compared as text and never matched."""
    closed = MONDAY_TO_FRIDAY + "closed_on: {2025-12-30/2026-01-02: Stocktaking}\n"
    state = tell(limit("within: 1 working day"), RECEIVED.replace("2026-11-03", "2025-12-29"), firm=closed)
    assert printed(only(state)) == "01-05 23:59:59"


def test_alaveteli_a_changed_list_of_holidays_counts_at_once(tell: Any) -> None:
    """Pitfall 2, and its class variable: nothing of an earlier calendar is remembered in the same process."""
    policy = limit("within: 3 working days")
    dues = [
        printed(only(tell(policy, RECEIVED, firm=CHINA + own)))
        for own in ("", "closed_on: {2026-11-05: Moving}\n", "open_on: {2026-11-07: Moving}\n", "")
    ]
    assert dues == ["11-06 23:59:59", "11-09 23:59:59", "11-06 23:59:59", "11-06 23:59:59"]


# ── the end of what is known ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "span", "status"),
    [
        ("2026-12-31T10:00", "1 working day", "indeterminate"),
        ("2026-12-31T10:00", "9 working hours", "indeterminate"),
        ("2026-12-31T10:00", "1 day", "running"),
        ("2026-12-28T10:00", "3 working days", "provisional"),
        ("2026-12-31T10:00", "1 working hour", "provisional"),
        ("2026-12-25T10:00", "1 working day", "running"),
    ],
)
def test_alaveteli_the_list_of_holidays_runs_out(tell: Any, start: str, span: str, status: str) -> None:
    """Pitfall 6: beyond the announced years there is no due instant, and the year that lacks is named."""
    state = tell(limit(f"within: {span}"), RECEIVED.replace("2026-11-03T10:00", start), firm=CHINA)
    found = only(state)
    assert found.status(datetime.fromisoformat(f"{start}+08:00")) == status
    if status == "indeterminate":
        assert found.due is None and "2027" in found.problem.say("en") and "2027" in found.problem.say("zh")
    assert found.awaits == (2027 if status == "provisional" else 0)


def test_mojs_feed_nothing_is_fetched(tell: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pitfall 7: no network when deadlines are reckoned."""

    def refuse(*_: object) -> None:
        raise AssertionError("something asked the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert printed(only(tell(limit("within: 3 working days"), RECEIVED, firm=CHINA))) == "11-06 23:59:59"


def test_zammad_wrong_statistics_the_next_notice_moves_nothing_of_the_years_before() -> None:
    """Pitfall 1: what was counted within announced years stays; what waited for the notice is counted."""
    new_year = [date(2027, 1, 1)]
    before, after = (firm(calendar(new_year, years=years)) for years in ([2025, 2026], [2025, 2026, 2027]))
    settled = [f"2026-{month:02}-{day:02}T10:00" for month in range(1, 12) for day in (1, 15, 28)]
    assert [due(start, "15 working days", before) for start in settled] == [
        due(start, "15 working days", after) for start in settled
    ]
    assert "2027" in due("2026-12-31T10:00", "1 working day", before)
    assert due("2026-12-31T10:00", "1 working day", after) == "2027-01-04T23:59:59"


def test_business_hours_30_days() -> None:
    """Request Tracker's module gives up after thirty days of the wall: 22 working days, or 16 over a festival."""
    table = firm(calendar(), weekly=dict.fromkeys(range(5), stretches(("09:00", "18:00"))))
    assert due("2026-02-09T09:00", f"{22 * 9} working hours", table) == "2026-03-10T18:00:00"
    china_too = firm(
        weekly=table.hours.weekly if table.hours else None, made_up=stretches(("09:00", "18:00"))
    )
    assert due("2026-02-09T09:00", f"{16 * 9} working hours", china_too) == "2026-03-06T18:00:00".replace(
        "03-07", "03-06"
    )
    assert due("2026-02-09T09:00", f"{45 * 9} working hours", china_too) == "2026-04-17T18:00:00"


def test_znuny_five_seconds_no_cap_but_the_calendar() -> None:
    """Pitfall 20: 400 and 9,999 working days, and as many hours, at once."""
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(700)]
    last = [day for day in days if china().works_on(day)][399]
    assert due("2024-12-31T10:00", "400 working days") == f"{last}T23:59:59"
    endless, weeks, left = firm(calendar()), *divmod(9999, 5)  # from a Thursday, over a weekend
    thursday = date(2026, 1, 1) + timedelta(weeks=weeks, days=left + 2)
    assert due("2026-01-01T00:00", "9999 working days", endless) == f"{thursday}T23:59:59"
    began = time.perf_counter()
    assert due("2026-01-01T00:00", "9999 working hours", endless).startswith("2030-1")
    assert time.perf_counter() - began < 5


def test_ostickets_72_hours_a_long_pause_is_measured_whole() -> None:
    year = [("2025-01-02T10:00", "2026-01-05T10:00")]
    worked = hours_of(firm()).between(at(year[0][0]).at, at(year[0][1]).at)
    days = sum(china().works_on(date(2025, 1, 2) + timedelta(days=n)) for n in range(368))
    assert worked == days * 8 * 3_600_000_000  # without the first hour, with one of the last day
    assert paused("2025-01-02T09:00", "2 working hours", year) == "2026-01-05T11:00:00"
    assert paused("2025-01-01T09:00", "2 working days", year) == "2026-01-06T23:59:59"


# ── calendars that are none ──────────────────────────────────────────────────────────────────────────────────


def timetable_of(hours: str, weekend: str = "[sat, sun]") -> Any:
    register = read_yaml("policies/register.yaml", f"office_hours: {hours}\n".encode())
    days = read_yaml("policies/calendars/c.yaml", f"name: c\nweekend: {weekend}\n".encode())
    assert isinstance(register, Record) and isinstance(days, Record)
    return timetable_from(register, days, SHANGHAI)


@pytest.mark.parametrize(
    "hours",
    [
        "[{days: [sat, sun], from: '09:00', until: '18:00'}]",  # open on days of rest only
        "[{days: [make-up], from: '09:00', until: '18:00'}]",
    ],
)
def test_frappe_hours_that_never_open_are_refused(hours: str) -> None:
    """Pitfall 21: it loops for ever there; Znuny says success and leaves the date as it is."""
    table, flaws = timetable_of(hours)
    assert table.hours is None and [flaw.text.en.split(":")[0] for flaw in flaws] == [
        "these hours never open on a working day"
    ]
    assert "office hours" in due("2026-11-03T10:00", "1 working hour", table)
    assert due("2026-11-03T10:00", "1 working day", table) == "2026-11-04T23:59:59"


def test_znuny_no_hours_is_no_success(tell: Any) -> None:
    found = only(
        tell(
            limit("within: 1 working hour"),
            RECEIVED,
            firm="calendar: cn\noffice_hours:\n  - {days: [mon], from: '09:00', until: '10:00'}\n",
        )
    )
    assert printed(found) == "11-09 10:00:00"
    closed = firm(calendar(years=[2026]), weekly={0: stretches(("09:00", "10:00"))})
    assert "2027" in due("2026-12-28T10:00", "1 working hour", closed)


def test_frappe_a_firm_closed_for_a_whole_year_opens_again() -> None:
    days = calendar([date(2026, 1, 1) + timedelta(days=n) for n in range(365)])
    assert due("2025-12-31T10:00", "1 working day", firm(days)) == "2027-01-01T23:59:59"
    assert due("2025-12-31T18:00", "1 working hour", firm(days)) == "2027-01-01T10:00:00"
    assert (
        hours_of(firm(days)).between(at("2025-12-31T17:00").at, at("2027-01-01T10:00").at)
        == 2 * 3_600_000_000
    )


# ── office hours ─────────────────────────────────────────────────────────────────────────────────────────────


def test_frappe_helpdesk_2212_lunch_break() -> None:
    """Pitfall 22."""
    assert due("2026-11-03T11:30", "1 working hour") == "2026-11-03T13:30:00"
    assert due("2026-11-03T12:30", "1 working hour") == "2026-11-03T14:00:00"
    assert due("2026-11-03T11:00", "1 working hour") == "2026-11-03T12:00:00"


def test_chatwoot_half_days_and_other_hours_each_weekday() -> None:
    week = {**dict.fromkeys(range(4), NINE_TO_SIX), 4: stretches(("09:30", "12:15"))}
    table = firm(weekly=week, made_up=stretches(("10:00", "11:00")))
    assert due("2026-11-05T17:00", "2 working hours", table) == "2026-11-06T10:30:00"
    assert due("2026-11-06T12:00", "1 working hour", table) == "2026-11-09T09:45:00"
    assert (
        due("2026-02-13T12:15", "2 working hours", table) == "2026-02-24T10:00:00"
    )  # one on the make-up day
    short = firm(weekly=week, short={date(2026, 11, 6): stretches(("15:00", "15:30"))})
    assert due("2026-11-05T17:00", "2 working hours", short) == "2026-11-09T09:30:00"


def test_osticket_a_due_instant_lies_within_office_hours() -> None:
    hours = hours_of(firm())
    for n in range(200):
        start = at("2026-09-25T00:00").at + timedelta(minutes=97 * n)
        end = hours.after(start, 3 * 3_600_000_000)
        local = end.astimezone(SHANGHAI)
        minute = local.hour * 60 + local.minute
        assert any(opens <= minute <= closes for opens, closes in hours.of(local.date()))


def test_zammad_breaks_in_whole_minutes_lose_seconds() -> None:
    """Pitfall 19: seconds and less are kept; only what is shown is rounded."""
    assert due("2026-11-03T11:59:59", "1 working hour") == "2026-11-03T13:59:59"
    assert due("2026-11-03T17:59:30", "30 minutes") == "2026-11-03T18:29:30"
    start = at("2026-11-03T11:59:59.999999").at
    assert hours_of(firm()).after(start, 2) == at("2026-11-03T13:00:00.000001").at
    assert hours_of(firm()).between(start, start + MICRO) == 1


# ── clocks and zones ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("zone", "start", "day_later", "hours_later"),
    [
        ("Europe/Berlin", "2026-03-28T12:00", "2026-03-29T23:59:59+02:00", "2026-03-29T13:00:00+02:00"),
        ("Europe/Berlin", "2026-10-24T12:00", "2026-10-25T23:59:59+01:00", "2026-10-25T11:00:00+01:00"),
        ("America/New_York", "2006-04-01T12:00", "2006-04-02T23:59:59-04:00", "2006-04-02T13:00:00-04:00"),
        ("America/Sao_Paulo", "2018-11-03T12:00", "2018-11-04T23:59:59-02:00", "2018-11-04T13:00:00-02:00"),
        ("America/Sao_Paulo", "2019-02-16T12:00", "2019-02-17T23:59:59-03:00", "2019-02-17T11:00:00-03:00"),
        ("Asia/Tehran", "2022-03-21T12:00", "2022-03-22T23:59:59+04:30", "2022-03-22T13:00:00+04:30"),
        ("Australia/Lord_Howe", "2026-10-03T12:00", "2026-10-04T23:59:59+11:00", "2026-10-04T12:30:00+11:00"),
        ("Asia/Shanghai", "1988-04-16T12:00", "1988-04-17T23:59:59+09:00", "1988-04-17T13:00:00+09:00"),
        ("Asia/Shanghai", "1986-05-03T12:00", "1986-05-04T23:59:59+09:00", "1986-05-04T13:00:00+09:00"),
        ("Asia/Shanghai", "1991-09-14T12:00", "1991-09-15T23:59:59+08:00", "1991-09-15T11:00:00+08:00"),
    ],
)
def test_dbt_zendesk_86400_second_days(zone: str, start: str, day_later: str, hours_later: str) -> None:
    """Pitfall 9: a day is a day, 24 hours are 24 hours, and history has its own offsets."""
    table = firm(calendar(), ZoneInfo(zone))
    for span, wanted in (("1 day", day_later), ("24 hours", hours_later)):
        found = reckon(at(start, table.zone), span, table, counting()).due
        assert found and found.printed.astimezone(table.zone).isoformat() == wanted


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/New_York"])
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    if hasattr(time, "tzset"):
        time.tzset()
    yield request.param
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def test_glpi_15429_the_zone_of_the_server_is_nothing(tell: Any, server_zone: str) -> None:
    """Pitfall 10: the firm's zone stands in its file."""
    for within, wanted in (
        ("3 working days", "11-06 23:59:59"),
        ("9 working hours", "11-04 11:00:00"),
        ("48 hours", "11-05 10:00:00"),
    ):
        assert printed(only(tell(limit(f"within: {within}"), RECEIVED, firm=CHINA))) == wanted


# ── pauses ───────────────────────────────────────────────────────────────────────────────────────────────────

PAUSE = "pause: {from: supplement_requested, until: supplement_received}"
ASKED = "- {{event: supplement_requested, at: {}, by: li}}\n"
CAME = "- {{event: supplement_received, at: {}, by: li}}\n"
GIVEN = "- {{event: response_given, at: {}, by: li}}\n"


@pytest.mark.parametrize(
    ("within", "wanted"),
    [
        ("30 working hours", "11-09 10:00:00"),  # two hours: Friday's last and Monday's first
        ("3 working days", "11-09 23:59:59"),  # one working day, Monday
        ("5 days", "11-11 23:59:59"),  # three days
        ("90 hours", "11-09 21:00:00"),  # sixty-five hours
        ("5400 minutes", "11-09 21:00:00"),
        ("1 month", "12-06 23:59:59"),  # three days
    ],
)
def test_glpi_pause_in_another_unit(tell: Any, within: str, wanted: str) -> None:
    """Pitfall 11: what lies between Friday 17:00 and Monday 10:00 is measured as the limit itself is."""
    events = RECEIVED + ASKED.format("2026-11-06T17:00") + CAME.format("2026-11-09T10:00")
    assert printed(only(tell(limit(f"within: {within}, {PAUSE}"), events, firm=CHINA))) == wanted


def test_helpdesk_2449_a_pause_over_a_closed_weekend_moves_nothing(tell: Any) -> None:
    events = RECEIVED + ASKED.format("2026-11-06T18:00") + CAME.format("2026-11-08T20:00")
    for within, wanted in (("4 working days", "11-09 23:59:59"), ("32 working hours", "11-09 10:00:00")):
        assert printed(only(tell(limit(f"within: {within}, {PAUSE}"), events, firm=CHINA))) == wanted


def test_glpi_24481_nothing_is_late_while_it_is_paused(tell: Any) -> None:
    """Pitfall 13: while paused there is no due instant, whatever the day; the first one stays known."""
    state = tell(limit(f"within: 3 days, {PAUSE}"), RECEIVED + ASKED.format("2026-11-04T10:00"))
    found = only(state)
    assert found.due is None and found.status(at("2029-01-01").at) == "paused"
    assert (
        not found.has_lapsed(at("2029-01-01").at)
        and printed(found._replace(due=found.first)) == "11-06 23:59:59"
    )


def test_hocs_9999_a_pause_that_ends_gives_the_due_instant_back(tell: Any) -> None:
    events = RECEIVED + ASKED.format("2026-11-04T10:00") + CAME.format("2026-11-04T12:00")
    found = only(tell(limit(f"within: 3 days, {PAUSE}"), events))
    assert printed(found) == "11-06 23:59:59" and found.status(at("2026-11-07").at) == "overdue"
    assert [change.what for change in found.changes] == ["paused", "resumed"]
    assert found.changes[0].due is None and found.changes[1].due == found.first


def test_alga_psa_3091_a_pause_from_before_the_start_is_none(tell: Any) -> None:
    policy = f"limits: {{answer: {{from: accepted, until: response_given, within: 3 days, {PAUSE}}}}}"
    events = (
        RECEIVED + ASKED.format("2026-11-03T11:00") + "- {event: accepted, at: 2026-11-04T10:00, by: li}\n"
    )
    found = only(tell(policy, events + CAME.format("2026-11-06T10:00")))
    assert printed(found) == "11-07 23:59:59" and found.changes == ()


def test_a_pause_that_begins_too_late_is_none(tell: Any) -> None:
    events = RECEIVED + ASKED.format("2026-11-07T00:00") + CAME.format("2026-11-09T10:00")
    found = only(tell(limit(f"within: 3 days, {PAUSE}"), events))
    assert printed(found) == "11-06 23:59:59" and found.changes == ()
    in_time = RECEIVED + ASKED.format("2026-11-06T23:59:59") + CAME.format("2026-11-07T10:00")
    assert printed(only(tell(limit(f"within: 3 days, {PAUSE}"), in_time))) == "11-07 23:59:59"


def test_what_is_done_while_paused_is_in_time(tell: Any) -> None:
    events = RECEIVED + ASKED.format("2026-11-04T10:00") + GIVEN.format("2026-12-30T10:00")
    assert only(tell(limit(f"within: 3 days, {PAUSE}"), events)).status(at("2029-01-01").at) == "met"


TIERS = "tiers: [{when: {severity: major}, within: 24 hours, force: should}]"
MAJOR = "- {{event: severity_set, at: {}, by: li, severity: major, reason: r}}\n"


def test_glpi_6902_a_pause_survives_a_change_of_tier(tell: Any) -> None:
    """Pitfall 12: pauses are events of the case, not totals of one clock."""
    policy = limit(f"within: 48 hours, {PAUSE}, {TIERS}")
    rest = ASKED.format("2026-11-03T11:00") + CAME.format("2026-11-03T16:00")
    after = only(tell(policy, RECEIVED + rest + MAJOR.format("2026-11-03T17:00")))
    assert printed(after) == "11-04 15:00:00" and after.force == "should"
    assert printed(after._replace(due=after.first)) == "11-05 10:00:00"


def test_glpi_15605_a_change_of_tier_while_paused(tell: Any) -> None:
    """The clock stands: a tier set after its own due instant would have passed still counts from what was left."""
    policy = limit(f"within: 48 hours, {PAUSE}, {TIERS}")
    mid = ASKED.format("2026-11-03T11:00") + MAJOR.format("2026-11-05T12:00")
    found = only(tell(policy, RECEIVED + mid))
    assert found.due is None and found.is_paused and found.force == "should"
    resumed = only(tell(policy, RECEIVED + mid + CAME.format("2026-11-05T16:00")))
    assert printed(resumed) == "11-06 15:00:00"


# ── starting again, more time, other policies ────────────────────────────────────────────────────────────────


def test_osticket_5206_reopening_begins_anew_and_keeps_what_was(tell: Any) -> None:
    """Pitfall 14: the old result stays, and time between the runs belongs to neither."""
    policy = "limits: {answer: {from: [received, reopened], until: response_given, within: 3 days}}"
    events = (
        RECEIVED
        + GIVEN.format("2026-11-08T10:00")
        + "- {event: reopened, at: 2026-11-20T10:00, by: li}\n"
        + GIVEN.format("2026-11-21T10:00")
    )
    state = tell(policy, events)
    assert [(printed(each), each.status(at("2029-01-01").at)) for each in state.deadlines] == [
        ("11-06 23:59:59", "breached"),
        ("11-23 23:59:59", "met"),
    ]


EXTEND = "extend: {with: extension_approved, where: {by: partner}, up_to: 10 days}"
MORE = "- {{event: extension_approved, at: {}, by: {}, due_at: {}, reason: r}}\n"


def test_froide_729_an_extension_never_overwrites_the_first_due(tell: Any) -> None:
    """Pitfall 15: the first due instant, every extension, its giver and its day stay."""
    policy = limit(f"within: 3 days, {EXTEND}")
    events = (
        RECEIVED
        + MORE.format("2026-11-05T10:00", "wang", "2026-11-09")
        + MORE.format("2026-11-08T10:00", "wang", "2026-11-10T12:00")
    )
    found = only(tell(policy, events))
    assert printed(found) == "11-10 12:00:00" and printed(found._replace(due=found.first)) == "11-06 23:59:59"
    assert [(each.what, each.event.by, printed(found._replace(due=each.due))) for each in found.changes] == [
        ("extended", "wang", "11-09 23:59:59"),
        ("extended", "wang", "11-10 12:00:00"),
    ]


@pytest.mark.parametrize(
    ("granted", "by", "until", "what", "wanted", "word"),
    [
        ("2026-11-06T23:59:59", "wang", "2026-11-09", "extended", "11-09 23:59:59", ""),
        ("2026-11-07T00:00", "wang", "2026-11-09", "void", "11-06 23:59:59", "after the due instant"),
        ("2026-11-05T10:00", "li", "2026-11-09", "void", "11-06 23:59:59", "not entitled"),
        ("2026-11-05T10:00", "wang", "2026-12-24", "cut", "11-13 23:59:59", ""),
        ("2026-11-05T10:00", "wang", "2026-11-13", "extended", "11-13 23:59:59", ""),
        ("2026-11-05T10:00", "wang", "2026-11-06", "void", "11-06 23:59:59", "no more time"),
        ("2026-11-05T10:00", "wang", "2026-11-05T18:00", "void", "11-06 23:59:59", "no more time"),
    ],
)
def test_hocs_an_extension_is_granted_in_time_by_the_right_role_and_up_to_its_cap(
    tell: Any, granted: str, by: str, until: str, what: str, wanted: str, word: str
) -> None:
    found = only(tell(limit(f"within: 3 days, {EXTEND}"), RECEIVED + MORE.format(granted, by, until)))
    (change,) = found.changes
    assert (change.what, printed(found)) == (what, wanted)
    assert word in (change.why.say("en") if change.why else "")
    assert bool(change.why) is (what == "void")


def test_an_extension_moves_with_a_pause_and_so_does_its_cap(tell: Any) -> None:
    policy = limit(f"within: 3 days, {EXTEND}, {PAUSE}")
    rest = ASKED.format("2026-11-05T10:00") + CAME.format("2026-11-07T10:00")
    granted_first = only(
        tell(policy, RECEIVED + MORE.format("2026-11-04T10:00", "wang", "2026-11-10") + rest)
    )
    assert printed(granted_first) == "11-12 23:59:59"
    assert [each.what for each in granted_first.changes] == ["extended", "paused", "resumed"]
    cut = only(tell(policy, RECEIVED + rest + MORE.format("2026-11-08T10:00", "wang", "2026-12-24")))
    assert printed(cut) == "11-15 23:59:59"
    instant = only(
        tell(policy, RECEIVED + MORE.format("2026-11-04T10:00", "wang", "2026-11-10T15:30:20") + rest)
    )
    assert printed(instant) == "11-12 15:30:20"


def test_an_extension_stays_when_the_tier_changes_unless_the_tier_gives_more(tell: Any) -> None:
    tiers = "tiers: [{when: {severity: major}, within: 8 days}]"
    policy = limit(f"within: 3 days, {EXTEND}, {tiers}")
    short = (
        RECEIVED + MORE.format("2026-11-04T10:00", "wang", "2026-11-13") + MAJOR.format("2026-11-05T10:00")
    )
    assert printed(only(tell(policy, short))) == "11-13 23:59:59"
    long = RECEIVED + MORE.format("2026-11-04T10:00", "wang", "2026-11-09") + MAJOR.format("2026-11-05T10:00")
    assert printed(only(tell(policy, long))) == "11-11 23:59:59"


def test_a_tier_never_falls_before_what_brought_it(tell: Any) -> None:
    policy = limit(f"within: 48 hours, {TIERS}")
    late = only(tell(policy, RECEIVED + MAJOR.format("2026-11-04T10:00:01")))
    assert printed(late) == "11-05 10:00:00" and late.force == "must" and late.changes == ()
    just = only(tell(policy, RECEIVED + MAJOR.format("2026-11-04T10:00")))
    assert printed(just) == "11-04 10:00:00" and [each.what for each in just.changes] == ["tier"]
    lapsed = only(tell(policy, RECEIVED + MAJOR.format("2026-11-05T10:00:01")))
    assert printed(lapsed) == "11-05 10:00:00" and lapsed.force == "must"


def test_an_extension_of_working_hours_keeps_its_clock_through_closed_time(tell: Any) -> None:
    policy = limit(f"within: 4 working hours, {EXTEND}, {PAUSE}")
    granted = RECEIVED + MORE.format("2026-11-03T11:00", "wang", "2026-11-06")
    night = ASKED.format("2026-11-03T19:00") + CAME.format("2026-11-03T20:00")
    found = only(tell(policy, granted + night, firm=CHINA))
    assert printed(found) == "11-06 23:59:59" and found.due.day_end
    day = ASKED.format("2026-11-04T09:00") + CAME.format("2026-11-04T10:00")
    assert printed(only(tell(policy, granted + day, firm=CHINA))) == "11-09 09:59:59"  # an hour of Monday


def test_a_pause_told_by_its_day_alone_moves_days_and_nothing_else(tell: Any) -> None:
    rest = ASKED.format("2026-11-03") + CAME.format("2026-11-05")
    assert printed(only(tell(limit(f"within: 3 days, {PAUSE}"), RECEIVED + rest))) == "11-08 23:59:59"
    for within in ("40 hours", "30 working hours"):
        found = only(tell(limit(f"within: {within}, {PAUSE}"), RECEIVED + rest, firm=CHINA))
        assert found.due is None and "only a date" in found.problem.say("en")
        begun = only(
            tell(
                limit(f"within: {within}, {PAUSE}"),
                RECEIVED + ASKED.format("2026-11-04T10:00") + CAME.format("2026-11-05"),
                firm=CHINA,
            )
        )
        assert begun.due is None


def test_an_extension_granted_before_a_pause_counts_when_the_tier_changes_after_it(tell: Any) -> None:
    tiers = "tiers: [{when: {severity: major}, within: 4 days}]"
    policy = limit(f"within: 3 days, {EXTEND}, {PAUSE}, {tiers}")
    events = (
        RECEIVED
        + MORE.format("2026-11-04T10:00", "wang", "2026-11-10")
        + ASKED.format("2026-11-05T10:00")
        + CAME.format("2026-11-07T10:00")
    )
    assert printed(only(tell(policy, events + MAJOR.format("2026-11-08T10:00")))) == "11-12 23:59:59"


def test_an_extension_whose_cap_cannot_be_told_does_not_count(tell: Any) -> None:
    extend = EXTEND.replace("10 days", "60 working days")
    found = only(
        tell(
            limit(f"within: 3 days, {extend}"),
            RECEIVED + MORE.format("2026-11-05T10:00", "wang", "2026-11-09"),
            firm=CHINA,
        )
    )
    assert printed(found) == "11-06 23:59:59" and "2027" in found.changes[0].why.say("en")


def test_an_extension_gives_an_instant_where_there_was_none(tell: Any) -> None:
    policy = limit(f"within: 60 working days, {EXTEND}")
    found = only(tell(policy, RECEIVED + MORE.format("2026-11-05T10:00", "wang", "2026-11-09"), firm=CHINA))
    assert found.first is None and printed(found) == "11-09 23:59:59" and found.problem is None


def test_a_target_that_cannot_be_told_survives_a_pause(tell: Any) -> None:
    events = (
        "- {event: received, at: 2026-11-03, by: li}\n"
        + ASKED.format("2026-11-04T10:00")
        + CAME.format("2026-11-05T10:00")
    )
    found = only(tell(limit(f"within: 3 days, target: 2 hours, {PAUSE}"), events))
    assert found.target is None and printed(found) == "11-07 23:59:59"


def test_an_extension_needs_its_facts(tell: Any) -> None:
    extend = EXTEND.replace("up_to", "when: {severity: major}, up_to")
    policy, more = limit(f"within: 3 days, {extend}"), MORE.format("2026-11-05T10:00", "wang", "2026-11-09")
    found = only(tell(policy, RECEIVED + more))
    assert found.changes[0].what == "void" and "does not show" in found.changes[0].why.say("en")
    assert printed(only(tell(policy, RECEIVED + MAJOR.format("2026-11-05T10:00") + more))) == "11-09 23:59:59"


def test_a_tier_that_comes_after_the_due_instant_gives_no_more_time(tell: Any) -> None:
    policy = limit("within: 2 days, tiers: [{when: {severity: major}, within: 9 days}]")
    assert printed(only(tell(policy, RECEIVED + MAJOR.format("2026-11-05T23:59:59")))) == "11-12 23:59:59"
    assert printed(only(tell(policy, RECEIVED + MAJOR.format("2026-11-06T00:00")))) == "11-05 23:59:59"


def test_a_tier_may_change_the_force_alone(tell: Any) -> None:
    policy = limit("within: 48 hours, tiers: [{when: {severity: major}, force: should}]")
    found = only(tell(policy, RECEIVED + MAJOR.format("2026-11-04T10:00")))
    assert (
        found.force == "should"
        and found.level == "warning"
        and printed(found) == "11-05 10:00:00"
        and found.changes == ()
    )
    late = only(tell(policy, RECEIVED + MAJOR.format("2026-11-05T10:00:01")))
    assert late.force == "must" and late.level == "error"


EDITIONS = """\
policy: short
title: {en: Short, zh: 短}
in_force_from: %s
source: {document: none, heading: none}
limits: {answer: {from: received, until: response_given, within: %s}}
"""


def test_ef_cms_9576_a_new_policy_re_times_no_old_case(schema: dict[str, bytes]) -> None:
    """Pitfall 16: a case is judged by the edition in force when it was received."""
    base = ROOT / "tests/firm/policies"
    register = (base / "register.yaml").read_text("utf-8").replace("policy: standard", "policy: short")
    files: dict[str, str | bytes] = {
        **schema,
        "policies/register.yaml": register,
        "policies/staff.yaml": (base / "staff.yaml").read_bytes(),
        "policies/calendars/test.yaml": (base / "calendars/test.yaml").read_bytes(),
        "policies/short.yaml": EDITIONS % ("2026-11-05", "9 days"),
        "policies/short@2026-01-01.yaml": EDITIONS % ("2026-01-01", "3 days"),
    }
    for serial, day in enumerate(("2026-11-04", "2026-11-05"), 1):
        received = RECEIVED.replace("2026-11-03", day)
        files[f"cases/2026/11/2026-11-000{serial}.yaml"] = (
            f"case: 2026-11-000{serial}\npolicy: short\nevents:\n  {received}"
        )
    now = at("2026-11-30").at
    register_, _ = examine(Files(files), now, now)
    assert not register_.flaws
    assert [printed(only(state)) for state in register_.states] == ["11-07 23:59:59", "11-14 23:59:59"]


def test_globaleaks_one_broken_case_stops_nobody_else(schema: dict[str, bytes]) -> None:
    """Pitfall 24: the first file is broken, the second overdue: both are told."""
    firm_files = {
        f"policies/{path.relative_to(ROOT / 'tests/firm/policies').as_posix()}": path.read_bytes()
        for path in (ROOT / "tests/firm/policies").rglob("*.yaml")
    }
    files = {
        **schema,
        **firm_files,
        "cases/2026/11/2026-11-0001.yaml": b"case: [",
        "cases/2026/11/2026-11-0002.yaml": f"case: 2026-11-0002\npolicy: standard\nevents:\n  {RECEIVED}".encode(),
    }
    now = at("2026-11-30").at
    _, findings = examine(Files(files), now, now)
    told = {(each.rule, Path(each.place.path).stem) for each in findings}
    assert {("file-flawed", "2026-11-0001"), ("deadline-overdue", "2026-11-0002")} <= told


# ── boundaries and bare dates ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("within", "options", "done", "status"),
    [
        ("2 hours", "", "12:00:00", "met"),
        ("2 hours", "", "12:00:01", "breached"),
        ("2 hours", "counting: {boundary: exclusive}\n", "11:59:59", "met"),
        ("2 hours", "counting: {boundary: exclusive}\n", "12:00:00", "breached"),
        ("2 working hours", "", "12:00:00", "met"),
        ("2 working hours", "", "12:00:01", "breached"),
        ("1 day", "counting: {first_day: counted, day_ends: '18:00'}\n", "18:00:00", "met"),
        ("1 day", "counting: {first_day: counted, day_ends: '18:00'}\n", "18:00:01", "breached"),
        ("1 day", "counting: {first_day: counted}\n", "23:59:59", "met"),
    ],
)
def test_biz_37_the_due_second_itself(tell: Any, within: str, options: str, done: str, status: str) -> None:
    """Pitfall 18: what is done exactly when it is due is in time, everywhere, unless the policy says otherwise."""
    events = RECEIVED + GIVEN.format(f"2026-11-03T{done}")
    assert (
        only(tell(options + limit(f"within: {within}"), events, firm=CHINA)).status(at("2029-01-01").at)
        == status
    )


@pytest.mark.parametrize(
    ("within", "status"),
    [
        ("2 hours", "indeterminate"),
        ("2 working hours", "indeterminate"),
        ("1 day", "met"),
        ("1 working day", "met"),
        ("1 month", "met"),
    ],
)
def test_a_bare_date_is_enough_for_days_only(tell: Any, within: str, status: str) -> None:
    events = "- {event: received, at: 2026-11-03, by: li}\n" + GIVEN.format("2026-11-04T10:00")
    assert only(tell(limit(f"within: {within}"), events, firm=CHINA)).status(at("2029-01-01").at) == status


def test_promptly_and_unset_have_no_instant() -> None:
    assert [span_from(word) for word in ("promptly", "unset", "end of shift")] == [
        Span(0, "promptly"),
        Span(0, "unset"),
        Span(0, SHIFT),
    ]
