"""The engine against walkers that know no tables: a minute at a time for working hours, a day at a time for days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from casework.state.calendar import Calendar
from casework.state.hours import MICRO, Hours
from casework.state.shifts import OnShift, Roster, Shift
from casework.words import same
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from recount import recount
from timely import SHANGHAI, china, firm
from told_firms import PLACES, Told, firms, moments, promises

MINUTE = timedelta(minutes=1)


def is_before(told: Told) -> bool:
    """Whether every pause begins before the promise was due without it: later ones concern nobody."""
    pauses = told.vector["pauses"]
    for n, (begun, _) in enumerate(pauses):
        found = told._replace(vector={**told.vector, "pauses": pauses[:n]}).due()
        if found.due is None or datetime.fromisoformat(begun) >= found.due.printed:
            return False
    return True


def both(told: Told) -> tuple[tuple[str | None, str], tuple[str | None, str]]:
    found = told.due()
    due = found.due.printed.astimezone(told.table.zone).isoformat(timespec="seconds") if found.due else None
    status = "indeterminate" if due is None else "provisional" if found.awaits else "due"
    return (due, status), recount(told.file, told.vector)


@settings(max_examples=40)
@given(promises(("working hour",)))
def test_working_hours_a_minute_at_a_time(told: Told) -> None:
    assume(is_before(told))
    ours, walked = both(told)
    assert ours == walked


@settings(max_examples=100)
@given(promises(("working day", "day", "month", "year", "hour", "minute")))
def test_days_a_day_at_a_time(told: Told) -> None:
    assume(told.span.unit != "year" or told.vector["counting"]["roll"] == "none" or not told.vector["pauses"])
    assume(is_before(told))
    ours, walked = both(told)
    assert ours == walked


@settings(max_examples=40)
@given(st.data(), st.sampled_from([*PLACES]), st.integers(1, 4000))
def test_open_time_between_two_instants_a_minute_at_a_time(
    data: st.DataObject, zone: str, minutes: int
) -> None:
    start = data.draw(moments(zone)).replace(second=0)
    _, table = data.draw(firms(zone, start.astimezone(ZoneInfo(zone)).date()))
    hours = table.hours
    assert hours
    counted = sum(is_open(hours, start + n * MINUTE) for n in range(minutes))
    assert hours.between(start, start + minutes * MINUTE) == counted * (MINUTE // MICRO)


def is_open(hours: Hours, at: datetime) -> bool:
    local = at.astimezone(hours.zone)
    minute = local.hour * 60 + local.minute
    return any(opens <= minute < closes for opens, closes in hours.of(local.date()))


def test_the_working_minutes_of_a_year_as_workclock_counts_them() -> None:
    workclock = pytest.importorskip("workclock", reason="workclock is not installed here")
    days = china()
    zone, year = SHANGHAI, [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    from datetime import time

    made_up = {day.weekday(): day for day in year if days.works_on(day) and day.weekday() > 4}
    rules = [workclock.WorkDay(time(9), time(18)), workclock.Break(time(12), time(13))]
    rules.append(workclock.Holidays([day for day in year if not days.works_on(day) and day.weekday() < 5]))
    schedule = workclock.Schedule(rules, time_zone=zone)
    plain = Calendar(
        days.name, days.weekend, {day: told for day, told in days.special.items() if not told.works}
    )
    hours = firm(plain).hours  # that package knows no make-up days
    assert hours and made_up
    for n in range(0, 350 * 24, 7):
        start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n, minutes=n % 60, seconds=n % 59)
        stop = start + timedelta(minutes=97 * (n % 200))
        assert hours.between(start, stop) * MICRO == schedule.between(start, stop)
        if n < 300 * 24:
            assert hours.after(start, 13 * 3_600_000_000) == schedule.add(start, hours=13)


@pytest.mark.parametrize("n", [1, 3, 15, 60])
def test_every_receipt_of_twenty_years_as_chinesecalendar_and_holidays_count(n: int) -> None:
    workdays = pytest.importorskip("chinese_calendar", reason="chinesecalendar is not installed here")
    package = pytest.importorskip(
        "holidays", minversion="0.92", reason="holidays is not installed here, or too old"
    )
    others = package.country_holidays("CN", years=range(2018, 2027), expand=False)
    days = china()
    for k in range(0, 365 * 8, 2 * n + 1):
        start = date(2018, 1, 1) + timedelta(days=k)
        day, left = start, n
        while left:
            day += timedelta(days=1)
            left -= workdays.is_workday(day)
        assert days.after(start, n) == day == others.get_nth_working_day(start, n)


SHIFTS = st.builds(
    Shift,
    st.just(same("shift")),
    st.just(frozenset[str]()),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, 23).map(lambda hour: hour * 60),
    st.integers(0, 24).map(lambda hour: hour * 60),
)


@settings(max_examples=50)
@given(SHIFTS, st.sampled_from(["Asia/Shanghai", "UTC", "Asia/Kathmandu"]), st.data())
def test_the_end_of_a_shift_hour_by_hour(shift: Shift, zone: str, data: st.DataObject) -> None:
    now = data.draw(moments(zone)).replace(minute=15, second=0)
    found = Roster((shift,), ZoneInfo(zone)).at(now, ())
    assert isinstance(found, OnShift)
    walk = now
    while not _is_worked(shift, walk.astimezone(ZoneInfo(zone))):
        walk += 15 * MINUTE
    while walk < found.end:
        assert _is_worked(shift, walk.astimezone(ZoneInfo(zone)))
        walk += 15 * MINUTE
    assert found.end - found.start <= timedelta(days=1)
    assert found.start <= now < found.end or found.start > now


def _is_worked(shift: Shift, local: datetime) -> bool:
    minute, yesterday = local.hour * 60 + local.minute, (local.weekday() - 1) % 7
    if shift.ends > shift.starts:
        return local.weekday() in shift.weekdays and shift.starts <= minute < shift.ends
    is_evening = local.weekday() in shift.weekdays and minute >= shift.starts
    return is_evening or (yesterday in shift.weekdays and minute < shift.ends)
