"""What must hold for every calendar, every zone, every option: inverse, monotone, holidays, make-up days, pauses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from casework.state.calendar import Calendar
from casework.state.counting import Counting, counting_from
from casework.state.hours import MICRO, Hours
from casework.state.instant import Instant, instant_from
from casework.state.reckoning import Reckoned, moved, reckoned
from casework.state.span import Due, Span
from casework.state.timetable import Timetable
from casework.words import Text
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from timely import CHOICES, DEFAULTS, OFF, SHANGHAI, WORKED, at, china, counting, firm
from told_firms import PLACES, SPANS, Told, firms, moments, promises

MONTHLESS = ("minute", "hour", "day", "working day", "working hour")
IN_CHINA = st.datetimes(datetime(2007, 1, 1), datetime(2025, 6, 1), timezones=st.just(UTC))
COUNTINGS = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in CHOICES.items()})
AMOUNTS = {
    "minute": 2000,
    "hour": 900,
    "working hour": 300,
    "working day": 60,
    "day": 60,
    "month": 3,
    "year": 1,
}
SOME = settings(max_examples=40)


def spans(units: tuple[str, ...] = SPANS) -> st.SearchStrategy[Span]:
    return st.sampled_from(units).flatmap(
        lambda unit: st.integers(1, AMOUNTS[unit]).map(lambda n: Span(n, unit))
    )


def due_of(found: Reckoned) -> Due:
    assert found.due, found.problem and found.problem.say("en")
    return found.due


def with_special(table: Timetable, day: date, works: bool) -> Timetable:
    """The same firm, for which one more day is off or worked."""
    days, hours = table.calendar, table.hours
    assert days and hours
    special = {**days.special, day: WORKED if works else OFF}
    changed = Calendar(days.name, days.weekend, special, days.years, days.unsettled_from)
    again = Hours(hours.weekly, hours.made_up, hours.short, changed, hours.zone)
    return table._replace(calendar=changed, hours=again)


def parts(table: Timetable) -> tuple[Calendar, Hours]:
    assert table.calendar and table.hours
    return table.calendar, table.hours


# ── adding and counting are each other's inverse ─────────────────────────────────────────────────────────────


@SOME
@given(IN_CHINA, st.integers(1, 500 * 3_600_000_000), st.timedeltas(timedelta(0), timedelta(days=60)))
def test_open_time_added_and_counted(start: datetime, amount: int, later: timedelta) -> None:
    hours = parts(firm())[1]
    end = hours.after(start, amount)
    assert hours.between(start, end) == amount
    assert hours.between(start, end - MICRO) == amount - 1
    worked = hours.between(start, start + later)
    if worked:
        assert hours.after(start, worked) <= start + later
        assert hours.between(hours.after(start, worked), start + later) == 0


@SOME
@given(st.data(), st.sampled_from([*PLACES]), st.integers(1, 60 * 3_600_000_000))
def test_open_time_added_and_counted_wherever_the_clock_is_turned(
    data: st.DataObject, zone: str, amount: int
) -> None:
    start = data.draw(moments(zone))
    hours = parts(data.draw(firms(zone, start.date()))[1])[1]
    end = hours.after(start, amount)
    assert hours.between(start, end) == amount and hours.between(start, end - MICRO) == amount - 1
    middle = start + (end - start) / 3
    assert hours.between(start, middle) + hours.between(middle, end) == amount


@SOME
@given(st.dates(date(2007, 1, 1), date(2025, 12, 31)), st.integers(1, 200), st.integers(0, 300))
def test_working_days_added_and_counted(day: date, n: int, later: int) -> None:
    days = china()
    end = days.after(day, n)
    assert (
        days.works_on(end) and days.count(day, end) == n and days.count(day, end - timedelta(days=1)) == n - 1
    )
    other = day + timedelta(days=later)
    worked = days.count(day, other)
    assert worked == sum(days.works_on(day + timedelta(days=k + 1)) for k in range(later))
    if worked:
        assert days.after(day, worked) <= other
    assert days.count(other, day) == 0 or later == 0


# ── monotone ─────────────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=80)
@given(promises(years=False, pauses=0), st.timedeltas(timedelta(0), timedelta(days=4)))
def test_a_later_start_is_never_due_earlier(told: Told, later: timedelta) -> None:
    how = counting(**told.vector["counting"])
    after = Instant(told.start.at + timedelta(seconds=later // timedelta(seconds=1)))
    first, second = (due_of(reckoned(start, told.span, told.table, how)) for start in (told.start, after))
    assert first.at <= second.at and first.printed <= second.printed


@SOME
@given(promises(years=False, pauses=0))
def test_a_longer_promise_is_never_due_earlier(told: Told) -> None:
    how, span = counting(**told.vector["counting"]), told.span
    first, second = (
        due_of(reckoned(told.start, span._replace(n=n), told.table, how)) for n in (span.n, span.n + 1)
    )
    assert first.at <= second.at
    assert first.at < second.at or (span.unit not in MONTHLESS or span.unit == "day")


@SOME
@given(
    IN_CHINA,
    st.timedeltas(timedelta(0), timedelta(hours=40)),
    spans(("working day", "day")),
    st.sampled_from(["17:30", "09:00"]),
    COUNTINGS,
)
def test_a_cut_off_keeps_the_order_of_receipts(
    start: datetime, later: timedelta, span: Span, cutoff: str, options: dict[str, str]
) -> None:
    how = counting(**{**options, "cutoff": cutoff})
    plain = how._replace(cutoff="")
    first, second = (due_of(reckoned(Instant(each), span, firm(), how)) for each in (start, start + later))
    assert first.at <= second.at
    assert due_of(reckoned(Instant(start), span, firm(), plain)).at <= first.at  # and makes nothing earlier


# ── holidays and make-up days ────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=80)
@given(promises(years=False, pauses=0), st.integers(-3, 60), st.booleans())
def test_a_day_off_is_never_to_our_cost_and_a_make_up_day_never_a_gain(
    told: Told, ahead: int, works: bool
) -> None:
    options = told.vector["counting"]
    assume(
        options["roll"] != "previous-working-day"
    )  # there a day off moves the due day forward: that is its meaning
    day = told.start.at.astimezone(told.table.zone).date() + timedelta(days=ahead)
    days = parts(told.table)[0]
    assume(days.works_on(day) != works)
    how = counting(**options)
    before = due_of(reckoned(told.start, told.span, told.table, how)).at
    after = due_of(reckoned(told.start, told.span, with_special(told.table, day, works), how)).at
    assert after <= before if works else after >= before


@SOME
@given(IN_CHINA, spans(("minute", "hour", "day", "month", "year")), COUNTINGS, st.integers(-3, 60))
def test_days_off_move_no_elapsed_clock_and_no_calendar_day(
    start: datetime, span: Span, options: dict[str, str], ahead: int
) -> None:
    how = counting(**{**options, "roll": "none", "day_ends": "24:00"})
    day = start.date() + timedelta(days=ahead)
    without = firm()._replace(calendar=None, hours=None)
    there = reckoned(Instant(start), span, with_special(firm(), day, False), how)
    assert there == reckoned(Instant(start), span, without, how)


# ── pauses ───────────────────────────────────────────────────────────────────────────────────────────────────


@SOME
@given(promises(("working hour",), years=False, pauses=0), st.integers(0, 20))
def test_a_pause_within_closed_time_moves_no_working_hours(told: Told, skip: int) -> None:
    hours, how = parts(told.table)[1], counting(**told.vector["counting"])
    begun = due_of(reckoned(told.start, told.span, told.table, how._replace(boundary="inclusive"))).at
    begun = hours.after(begun, 1 + skip * 1_000_000) if skip else begun
    ended = hours.after(begun, 1) - MICRO  # open time goes on from here
    due = due_of(reckoned(told.start, told.span, told.table, how))
    assert hours.between(begun, ended) == 0
    assert moved(due, told.span, (Instant(begun), Instant(ended)), told.table, how).due == due


@SOME
@given(promises(("working day",), years=False, pauses=0), st.integers(0, 20))
def test_a_pause_within_days_of_rest_moves_no_working_days(told: Told, ahead: int) -> None:
    days, how, zone = parts(told.table)[0], counting(**told.vector["counting"]), told.table.zone
    friday = days.on_or_after(told.start.at.astimezone(zone).date() + timedelta(days=ahead))
    sunday = days.after(friday, 1) - timedelta(days=1)
    pause = tuple(
        Instant(datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC))
        for day, hour in ((friday, 9), (sunday, 22))
    )
    due = due_of(reckoned(told.start, told.span, told.table, how))
    assert moved(due, told.span, (pause[0], pause[1]), told.table, how).due == due


@settings(max_examples=80)
@given(
    promises(years=False, pauses=0),
    st.lists(st.timedeltas(timedelta(0), timedelta(days=9)), min_size=3, max_size=3),
)
def test_two_pauses_that_touch_are_one(told: Told, gaps: list[timedelta]) -> None:
    how = counting(**told.vector["counting"])
    a = Instant(told.start.at + gaps[0])
    b = Instant(a.at + gaps[1])
    c = Instant(b.at + gaps[2])
    due = due_of(reckoned(told.start, told.span, told.table, how))
    once = moved(due, told.span, (a, c), told.table, how)
    twice = moved(due_of(moved(due, told.span, (a, b), told.table, how)), told.span, (b, c), told.table, how)
    assert once == twice and due_of(once).at >= due.at
    assert moved(due, told.span, (b, b), told.table, how).due == due


# ── zones ────────────────────────────────────────────────────────────────────────────────────────────────────


@SOME
@given(IN_CHINA, spans(("minute", "hour")), st.sampled_from([*PLACES]), st.integers(-720, 840))
def test_the_label_of_a_zone_moves_no_elapsed_clock(
    start: datetime, span: Span, zone: str, offset: int
) -> None:
    told = start.replace(microsecond=0).astimezone(ZoneInfo(zone)).isoformat()
    sign, minutes = "-" if offset < 0 else "+", abs(offset)
    other = (start.replace(microsecond=0, tzinfo=None) + timedelta(minutes=offset)).isoformat()
    other += f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    read = {instant_from(text, SHANGHAI) for text in (told, other)}
    assert len(read) == 1
    (instant,) = read
    assert isinstance(instant, Instant)
    ends = {due_of(reckoned(instant, span, firm(zone=ZoneInfo(name)), counting())).at for name in PLACES}
    assert ends == {
        instant.at + span.n * (timedelta(minutes=1) if span.unit == "minute" else timedelta(hours=1))
    }


@SOME
@given(IN_CHINA, spans(), COUNTINGS)
def test_two_names_of_one_zone_are_one_zone(start: datetime, span: Span, options: dict[str, str]) -> None:
    how = counting(**options)
    ours, theirs = (
        reckoned(Instant(start), span, firm(zone=ZoneInfo(name)), how)
        for name in ("Asia/Shanghai", "Asia/Chongqing")
    )
    assert ours == theirs


# ── options ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("option", "value"), [*DEFAULTS.items()])
def test_an_option_told_with_its_default_changes_nothing(option: str, value: str) -> None:
    assert counting(**{option: value}) == counting()


def test_the_defaults_are_those_of_the_rules_of_counting() -> None:
    assert counting() == Counting("not-counted", "24:00", "none", "last-day", "inclusive", "")


def test_later_options_win_and_one_that_nobody_tells_is_none() -> None:
    settled = counting_from(DEFAULTS, None, {"roll": "next-working-day"}, {"roll": "none", "cutoff": "17:30"})
    assert settled == counting(cutoff="17:30")
    assert counting_from({key: value for key, value in DEFAULTS.items() if key != "roll"}) is None


@SOME
@given(IN_CHINA, spans(), COUNTINGS)
def test_exclusive_takes_the_due_instant_itself_and_nothing_else(
    start: datetime, span: Span, options: dict[str, str]
) -> None:
    """CR-11; 24:00 never was in time."""
    first, second = (
        due_of(reckoned(Instant(start), span, firm(), counting(**{**options, "boundary": each})))
        for each in ("inclusive", "exclusive")
    )
    assert first.at == second.at
    assert (
        second.is_passed(second.at)
        and not second.is_passed(second.at - MICRO)
        and not first.is_passed(first.at - MICRO)
    )
    assert first.is_passed(first.at) is first.day_end and first.is_passed(first.at + MICRO)


@SOME
@given(promises(years=False, pauses=0))
def test_microseconds_are_kept(told: Told) -> None:
    how, later = counting(**told.vector["counting"]), Instant(told.start.at + MICRO)
    if told.span.unit in ("minute", "hour"):
        assert (
            due_of(reckoned(later, told.span, told.table, how)).at
            == due_of(reckoned(told.start, told.span, told.table, how)).at + MICRO
        )


@SOME
@given(promises(("month", "year"), years=False, pauses=0))
def test_a_month_end_is_the_last_day_or_the_day_after_it(told: Told) -> None:
    how = counting(month_end="last-day")
    last, following = (
        due_of(reckoned(told.start, told.span, told.table, how._replace(month_end=each))).last
        for each in ("last-day", "next-day")
    )
    assert last and following
    start = told.start.at.astimezone(told.table.zone).date()
    assert (
        following == last
        if last.day == start.day
        else following == last + timedelta(days=1) and following.day == 1
    )


def test_what_no_firm_tells_is_asked_for_in_both_languages() -> None:
    bare = firm()._replace(calendar=None, hours=None)
    for span, word in ((Span(1, "working day"), "calendar"), (Span(1, "working hour"), "calendar")):
        found = reckoned(at("2026-03-02T09:00"), span, bare, counting())
        assert found.due is None and isinstance(found.problem, Text)
        assert word in found.problem.say("en") and found.problem.say("zh") != found.problem.say("en")
    found = reckoned(at("2026-03-02T09:00"), Span(1, "working hour"), firm()._replace(hours=None), counting())
    assert found.problem and "office hours" in found.problem.say("en")
