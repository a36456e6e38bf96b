"""The parts that deadlines are reckoned with, each by itself: calendar, timetable, roster, due, retention."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from casework.records.record import Flaw, Record
from casework.records.strict_yaml import read_yaml
from casework.state.calendar import Calendar, NotAnnounced, Special, calendar_from, days_in
from casework.state.counting import minutes_of
from casework.state.hours import Stretch
from casework.state.instant import Instant, clock_on
from casework.state.reckoning import moved
from casework.state.shifts import OnShift, Roster, Shift
from casework.state.span import Due, Span, span_from
from casework.state.timetable import Timetable, timetable_from
from casework.words import Place, Text, same
from timely import SHANGHAI, at, calendar, china, counting, due, firm, reckon

HOUR = 3_600_000_000


def record(text: str) -> Record:
    read = read_yaml("policies/x.yaml", text.encode())
    assert isinstance(read, Record), read
    return read


# ── calendars ────────────────────────────────────────────────────────────────────────────────────────────────

YEARS = """
name: {en: Test, zh: 测试}
weekend: [sat, sun]
announced_through: 2026
unsettled_from: 12-29
years:
  '2026':
    notice: {title: 通知, number: 第7号}
    off: {2026-10-01/2026-10-07: {en: National Day, zh: 国庆节}}
    work: {2026-10-10: {en: National Day, zh: 国庆节}, 2026-10-09: {en: National Day, zh: 国庆节}}
"""


def read_calendar(text: str = YEARS, own: dict[date, Special] | None = None) -> Calendar:
    made = calendar_from(record(text), own or {})
    assert isinstance(made, Calendar), made
    return made


def flaws_of(text: str) -> list[tuple[int, str]]:
    made = calendar_from(record(text), {})
    assert isinstance(made, tuple)
    return [(flaw.place.line, flaw.text.say("en")) for flaw in made]


@pytest.mark.parametrize(
    ("day", "works", "why", "notice"),
    [
        ("2026-10-01", False, "Thursday, off (National Day)", "通知 (第7号)"),
        ("2026-10-07", False, "Wednesday, off (National Day)", "通知 (第7号)"),
        ("2026-10-08", True, "Thursday", ""),
        ("2026-10-09", True, "Friday, worked (National Day)", "通知 (第7号)"),
        ("2026-10-10", True, "Saturday, a make-up working day (National Day)", "通知 (第7号)"),
        ("2026-10-11", False, "Sunday", ""),
        ("2026-10-12", False, "Monday, off (moving)", ""),
    ],
)
def test_why_a_day_counts_or_not(day: str, works: bool, why: str, notice: str) -> None:
    days = read_calendar(own={date(2026, 10, 12): Special(False, same("moving"))})
    told = days.notice(date.fromisoformat(day))
    assert days.works_on(date.fromisoformat(day)) is works
    assert days.why(date.fromisoformat(day)).say("en") == why
    assert (told.say("en") if told else "") == notice


def test_why_in_chinese_and_a_notice_without_number() -> None:
    assert read_calendar().why(date(2026, 10, 10)).say("zh") == "星期六，调休上班（国庆节）"
    assert read_calendar().name.say("zh") == "测试"
    told = read_calendar(YEARS.replace(", number: 第7号", "")).notice(date(2026, 10, 1))
    assert told and told.say("zh") == "通知"


def test_the_firms_own_days_stand_above_the_calendar() -> None:
    own = {date(2026, 10, 1): Special(True, same("open")), date(2026, 10, 10): Special(False, same("closed"))}
    days = read_calendar(own=own)
    assert days.works_on(date(2026, 10, 1)) and not days.works_on(date(2026, 10, 10))


@pytest.mark.parametrize(
    ("changed", "line", "word"),
    [
        (("2026-10-10:", "2026-10-03:"), 10, "stands here twice"),
        (("2026-10-10:", "2026-02-30:"), 10, "no day of the calendar"),
        (("2026-10-10:", "2026-10-10/2026-10-09:"), 10, "a range runs"),
        (("2026-10-01/2026-10-07", "2026-01-01/2027-01-03"), 9, "a range runs"),
        (("announced_through: 2026", "announced_through: 2027"), 4, "2027"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_told_at_its_line(
    changed: tuple[str, str], line: int, word: str
) -> None:
    told = flaws_of(YEARS.replace(*changed))
    assert told[0][0] == line and word in told[0][1]


def test_a_range_has_both_ends_and_at_most_a_year() -> None:
    flaws: list[Flaw] = []
    assert [*days_in("2026-12-31/2027-01-02", Place("x"), flaws)] == [
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2027, 1, 2),
    ]
    assert [*days_in("2026-12-31", Place("x"), flaws)] == [date(2026, 12, 31)]
    assert len([*days_in("2024-01-01/2025-01-01", Place("x"), flaws)]) == 367 and not flaws
    assert [*days_in("2024-01-01/2025-01-02", Place("x"), flaws)] == [] and len(flaws) == 1


def test_years_beyond_the_announced_one_are_not_known() -> None:
    more = YEARS + "  '2027':\n    notice: {title: draft}\n    off: {2027-01-04: x}\n"
    days = read_calendar(more)
    assert days.years == frozenset([2026])
    for day in (date(2025, 12, 31), date(2027, 1, 4)):
        with pytest.raises(NotAnnounced) as missing:
            days.works_on(day)
        assert missing.value.year == day.year and str(missing.value) == str(day.year)
    assert calendar().years is None and calendar().works_on(date(2300, 1, 1))
    with pytest.raises(NotAnnounced):
        calendar().works_on(date(9999, 1, 1))
    with pytest.raises(NotAnnounced):
        calendar().after(date(9998, 12, 30), 5)


@pytest.mark.parametrize(
    ("day", "before", "on_or_after"),
    [
        ("2026-10-08", "2026-09-30", "2026-10-08"),
        ("2026-10-01", "2026-09-30", "2026-10-08"),
        ("2026-10-11", "2026-10-10", "2026-10-12"),
        ("2026-10-10", "2026-10-09", "2026-10-10"),
    ],
)
def test_the_working_days_beside_a_day(day: str, before: str, on_or_after: str) -> None:
    days = read_calendar()
    assert days.before(date.fromisoformat(day)) == date.fromisoformat(before)
    assert days.on_or_after(date.fromisoformat(day)) == date.fromisoformat(on_or_after)


def test_counting_over_the_turn_of_years() -> None:
    days = calendar()
    assert days.count(date(2023, 12, 29), date(2024, 1, 1)) == 1
    assert days.count(date(2023, 12, 31), date(2026, 12, 31)) == 262 + 261 + 261
    assert (
        days.count(date(2024, 1, 1), date(2024, 1, 1)) == 0 == days.count(date(2024, 1, 2), date(2024, 1, 1))
    )
    assert days.after(date(2023, 12, 29), 1) == date(2024, 1, 1) and days.after(
        date(2023, 12, 31), 263
    ) == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("from_", "since"),
    [("12-29", "2026-12-29"), ("02-29", "2026-03-01"), ("11-31", "2026-12-01"), ("01-01", "2026-01-01")],
)
def test_what_the_next_notice_may_still_change(from_: str, since: str) -> None:
    days = read_calendar(YEARS.replace("12-29", from_))
    first = date.fromisoformat(since)
    assert days.unsettled_since == first
    assert days.awaits(first) == 2027 and days.awaits(first - timedelta(days=1)) == 0
    assert calendar(years=[2026]).awaits(date(2026, 12, 31)) == 0 == calendar().awaits(date(2026, 12, 31))


def test_a_day_rolled_back_from_an_unsettled_one_is_not_settled() -> None:
    days = read_calendar(YEARS.replace("12-29", "12-26"))  # a Saturday
    for roll in ("previous-working-day", "next-working-day"):
        how = counting(roll=roll)
        found = reckon(at("2026-12-24T10:00"), "2 days", firm(days), how)
        assert found.awaits == 2027
        again = (
            moved(
                found.due, Span(2, "day"), (at("2026-12-24T11:00"), at("2026-12-24T12:00")), firm(days), how
            )
            if found.due
            else None
        )
        assert again == found


def test_hours_that_end_with_the_last_settled_day_await_nothing() -> None:
    table = firm(china(), weekly=dict.fromkeys(range(5), (Stretch(0, 1440),)))
    hours = table.hours
    assert hours
    settled = at("2026-12-29T00:00").at
    assert hours.awaits(settled) == 0 and hours.awaits(settled + timedelta(microseconds=1)) == 2027
    always = firm(calendar()).hours
    assert always and always.awaits(settled) == 0


# ── the timetable ────────────────────────────────────────────────────────────────────────────────────────────


def read_timetable(text: str, days: str | None = YEARS) -> tuple[Timetable, list[tuple[int, str]]]:
    made, flaws = timetable_from(record(text), record(days) if days else None, SHANGHAI)
    return made, [(flaw.place.line, flaw.text.say("en")) for flaw in flaws]


LUNCH = "office_hours:\n  - {days: [mon, tue, wed, thu, fri], from: '13:00', until: '18:00'}\n  - {days: [mon, tue, wed, thu, fri], from: '09:00', until: '12:00'}\n"
LUNCH_STRETCHES = [Stretch(540, 720), Stretch(780, 1080)]


def hours_on(text: str, day: str) -> list[Stretch]:
    made, flaws = read_timetable(text)
    assert made.hours and not flaws, flaws
    return list(made.hours.of(date.fromisoformat(day)))


@pytest.mark.parametrize(
    ("more", "day", "stretches"),
    [
        ("", "2026-09-30", LUNCH_STRETCHES),
        ("", "2026-10-01", []),
        ("", "2026-10-10", LUNCH_STRETCHES),  # nobody says what a make-up day has: what every ordinary day has
        ("  - {days: [make-up], from: '10:00', until: '11:00'}\n", "2026-10-10", [Stretch(600, 660)]),
        ("  - {days: [make-up], from: '10:00', until: '11:00'}\n", "2026-10-09", LUNCH_STRETCHES),  # a Friday, as listed
        ("  - {days: [fri], from: '19:00', until: '20:00'}\n", "2026-10-10", []),  # ordinary days differ: nothing is guessed
        ("  - {days: [fri], from: '19:00', until: '20:00'}\n", "2026-10-09", [*LUNCH_STRETCHES, Stretch(1140, 1200)]),
        ("  - {days: [sat], from: '19:00', until: '20:00'}\n", "2026-10-10", [Stretch(1140, 1200)]),
        ("  - {from: '20:00', until: '24:00'}\n", "2026-10-10", [Stretch(1200, 1440)]),
        ("short_days: {2026-09-30: {title: eve, hours: [{from: '14:00', until: '15:00'}, {from: '09:00', until: '10:00'}]}}\n", "2026-09-30", [Stretch(540, 600), Stretch(840, 900)]),
        ("short_days: {2026-10-03/2026-10-04: {title: fair, hours: [{from: '09:00', until: '10:00'}]}}\n", "2026-10-04", [Stretch(540, 600)]),
        ("closed_on: {2026-09-30: moving}\n", "2026-09-30", []),
        ("open_on: {2026-10-03/2026-10-04: fair}\n", "2026-10-04", LUNCH_STRETCHES),
    ],
)  # fmt: skip
def test_the_hours_of_a_day(more: str, day: str, stretches: list[Stretch]) -> None:
    assert hours_on(LUNCH + more, day) == stretches


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (LUNCH.replace("13:00", "11:59"), 1, "follow one another"),
        (LUNCH.replace("18:00", "13:00"), 1, "follow one another"),
        (
            LUNCH + "short_days: {2026-09-30: {title: eve, hours: [{from: '14:00', until: '13:00'}]}}\n",
            4,
            "follow one another",
        ),
        (LUNCH + "  - {days: [make-up], from: '10:00', until: '10:00'}\n", 1, "follow one another"),
        (LUNCH + "closed_on: {2026-02-30: x}\n", 4, "no day of the calendar"),
        (
            LUNCH + "short_days: {2026-02-30: {title: eve, hours: [{from: '09:00', until: '10:00'}]}}\n",
            4,
            "no day of the calendar",
        ),
        ("office_hours: [{days: [sun], from: '09:00', until: '10:00'}]\n", 1, "never open"),
    ],
)
def test_hours_that_cannot_be(text: str, line: int, word: str) -> None:
    made, flaws = read_timetable(text)
    assert [(where, word in said) for where, said in flaws] == [(line, True)]
    assert (made.hours is None) is (word != "no day of the calendar")


def test_touching_stretches_follow_one_another() -> None:
    assert hours_on(LUNCH.replace("13:00", "12:00"), "2026-09-30") == [Stretch(540, 720), Stretch(720, 1080)]


def test_without_a_calendar_or_hours_there_are_none() -> None:
    made, flaws = read_timetable(LUNCH, None)
    assert made.calendar is None and made.hours is None and not flaws
    made, flaws = read_timetable("name: x\n")
    assert made.calendar and made.hours is None and not flaws
    made, flaws = read_timetable(LUNCH, YEARS.replace("2026-10-10:", "2026-10-03:"))
    assert made.calendar is None and made.hours is None and len(flaws) == 1


@pytest.mark.parametrize(("clock", "minutes"), [("00:00", 0), ("09:05", 545), ("24:00", 1440)])
def test_clocks_are_minutes_after_midnight(clock: str, minutes: int) -> None:
    assert minutes_of(clock) == minutes
    assert clock_on(date(2026, 3, 2), minutes, SHANGHAI) == at("2026-03-02T00:00").at + timedelta(
        minutes=minutes
    )


def test_a_clock_time_that_is_skipped_is_the_first_instant_after_it() -> None:
    berlin, beirut = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Beirut")
    change = at("2026-03-29T03:00", berlin).at
    assert [clock_on(date(2026, 3, 29), minute, berlin) for minute in (119, 120, 150, 179, 180)] == [
        change - timedelta(minutes=1),
        change,
        change,
        change,
        change,
    ]
    assert clock_on(date(2025, 3, 30), 0, beirut) == at("2025-03-30T01:00", beirut).at
    first = at("2026-10-25T02:30+02:00").at
    assert clock_on(date(2026, 10, 25), 150, berlin) == first


# ── shifts ───────────────────────────────────────────────────────────────────────────────────────────────────

SHIFTS = """
shifts:
  early: {title: Early, units: [desk], from: '08:00', until: '16:00'}
  late: {title: Late, units: desk, from: '16:00', until: '23:00', days: [mon, tue, wed, thu, fri]}
  night: {title: Night, units: [guard, porter], from: '22:00', until: '06:00', days: [fri]}
  cook: {title: Cook, units: [kitchen], from: '10:00', until: '14:00', days: [sun]}
  baker: {title: Baker, units: [kitchen], from: '10:00', until: '15:00', days: [sun]}
  waiter: {title: Waiter, units: [hall], from: '10:00', until: '14:00', days: [sun]}
  steward: {title: Steward, units: [hall], from: '10:00', until: '14:00', days: [sun]}
"""


def on_shift(start: str, *units: str, text: str = SHIFTS) -> str:
    made, flaws = read_timetable(text)
    found = made.roster.at(at(start).at, units)
    assert not flaws
    if isinstance(found, Text):
        return found.say("en")
    return f"{found.shift.title.say('en')} {found.end.astimezone(SHANGHAI):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("start", "unit", "wanted"),
    [  # 6 November 2026 is a Friday
        ("2026-11-06T08:00", "desk", "Early 11-06 16:00"),
        ("2026-11-06T15:59:59", "desk", "Early 11-06 16:00"),
        ("2026-11-06T16:00", "desk", "Late 11-06 23:00"),  # its last instant belongs to the next
        ("2026-11-06T23:00", "desk", "Early 11-07 16:00"),  # nobody's: the next one
        ("2026-11-07T16:00", "desk", "Early 11-08 16:00"),  # nobody works late on a Saturday
        ("2026-11-06T07:59", "desk", "Early 11-06 16:00"),
        ("2026-11-06T21:59", "guard", "Night 11-07 06:00"),
        ("2026-11-07T05:59", "porter", "Night 11-07 06:00"),
        ("2026-11-07T06:00", "guard", "Night 11-14 06:00"),  # a week later
        ("2026-11-06T22:30", "guard", "Night 11-07 06:00"),
    ],
)
def test_the_shift_somebody_is_on(start: str, unit: str, wanted: str) -> None:
    assert on_shift(start, unit) == wanted
    assert on_shift(start, "office", unit) == wanted


def test_a_shift_that_cannot_be_told() -> None:
    assert "no shift" in on_shift("2026-11-06T10:00", "office") and "no shift" in on_shift("2026-11-06T10:00")
    several = on_shift("2026-11-06T10:00", "kitchen")
    assert "several shifts" in several and "Cook" in several and "Baker" in several
    assert on_shift("2026-11-08T14:30", "kitchen") == "Baker 11-08 15:00"  # only one of them is still on
    assert (
        on_shift("2026-11-06T10:00", "hall") == "Waiter 11-08 14:00"
    )  # of two that end together either will do
    assert "several shifts" in on_shift("2026-11-06T22:30", "desk", "guard")


def test_a_shift_of_no_unit_is_everybodys() -> None:
    text = "shifts: {day: {from: '08:00', until: '08:00'}}\n"
    assert on_shift("2026-11-06T07:59", text=text) == " 11-06 08:00"
    assert on_shift("2026-11-06T08:00", "any", text=text) == " 11-07 08:00"
    zone = ZoneInfo("Europe/Berlin")
    found = Roster((Shift(same("n"), frozenset(), frozenset(range(7)), 1320, 360),), zone).at(
        at("2026-03-29T01:00", zone).at, ()
    )
    assert isinstance(found, OnShift) and found.end - found.start == timedelta(
        hours=7
    )  # the clock skipped one


# ── a due and what is done ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("told", "kind", "kept"),
    [
        ("2026-11-05T12:00", "instant", True),
        ("2026-11-05T12:00:01", "instant", False),
        ("2026-11-05T11:59:59", "exclusive", True),
        ("2026-11-05T12:00", "exclusive", False),
        ("2026-11-04", "instant", True),
        ("2026-11-05", "instant", None),
        ("2026-11-06", "instant", False),
        ("2026-11-05", "midnight", True),  # 00:00 of the 6th, as an instant: the whole 5th was before it
        ("2026-11-05", "day", True),
        ("2026-11-06", "day", False),
    ],
)
def test_what_keeps_a_promise(told: str, kind: str, kept: bool | None) -> None:
    noon, midnight = at("2026-11-05T12:00").at, at("2026-11-06T00:00").at
    dues = {
        "instant": Due(noon),
        "exclusive": Due(noon, False, True),
        "midnight": Due(midnight),
        "day": Due(midnight, True),
    }
    assert dues[kind].is_kept_by(at(told), SHANGHAI) is kept


def test_the_last_second_that_keeps_a_promise() -> None:
    noon = at("2026-11-05T12:00").at
    assert Due(noon).printed == noon
    assert Due(noon, True).printed == Due(noon, False, True).printed == noon - timedelta(seconds=1)


@pytest.mark.parametrize(
    "text",
    [
        "0 days",
        "-1 days",
        "10000 days",
        "1000 years",
        "1 weeks",
        "1.5 days",
        "1  day",
        "day",
        "1 days ",
        "1 shift",
    ],
)
def test_what_is_no_span(text: str) -> None:
    assert span_from(text) is None


@pytest.mark.parametrize(
    ("text", "span"),
    [("9999 days", Span(9999, "day")), ("999 years", Span(999, "year")), ("1 year", Span(1, "year"))],
)
def test_the_longest_spans(text: str, span: Span) -> None:
    assert span_from(text) == span
    assert "2" in due("2026-01-01T00:00", text, firm(calendar()))


# ── what a clock looks like as time goes by ──────────────────────────────────────────────────────────────────

RECEIVED = "- {event: received, at: 2026-11-03T10:00, by: li}\n"
GIVEN = "- {{event: response_given, at: {}, by: li}}\n"


def only(state: Any) -> Any:
    (found,) = state.deadlines
    return found


@pytest.mark.parametrize(
    ("within", "as_of", "status"),
    [
        ("4 hours", "2026-11-03T09:59:59", "not_started"),
        ("4 hours", "2026-11-03T10:00", "running"),
        ("4 hours", "2026-11-03T12:59:59", "running"),
        ("4 hours", "2026-11-03T13:00", "due_soon"),  # the last quarter
        ("4 hours", "2026-11-03T14:00", "due_soon"),
        ("4 hours", "2026-11-03T14:00:01", "overdue"),
        ("10 days", "2026-11-12T23:59:59", "running"),
        ("10 days", "2026-11-13T00:00", "due_soon"),  # the last day
    ],
)
def test_an_open_clock(tell: Any, within: str, as_of: str, status: str) -> None:
    found = only(
        tell(f"limits: {{a: {{from: received, until: response_given, within: {within}}}}}", RECEIVED)
    )
    assert found.status(at(as_of).at) == status


BREAK = "- {event: supplement_requested, at: 2026-11-03T11:00, by: li}\n- {event: supplement_received, at: 2026-11-03T17:00, by: li}\n"
TARGET = "limits: {a: {from: received, until: response_given, target: 2 hours, within: 2 days, pause: {from: supplement_requested, until: supplement_received}}}"


@pytest.mark.parametrize(
    ("events", "as_of", "missed"),
    [
        ("", "2026-11-03T12:00", False),
        ("", "2026-11-03T12:00:01", True),
        ("", "2026-11-06T00:00", False),  # overdue: that is told instead
        (GIVEN.format("2026-11-03T12:00"), "2029-01-01", False),
        (GIVEN.format("2026-11-03T12:01"), "2029-01-01", True),
        (GIVEN.format("2026-11-09T12:00"), "2029-01-01", False),
        ("- {event: supplement_requested, at: 2026-11-03T11:00, by: li}\n", "2026-11-03T18:00", False),
        (BREAK, "2026-11-03T18:00", False),
        (BREAK, "2026-11-03T18:00:01", True),
    ],
)  # fmt: skip
def test_a_target_missed(tell: Any, events: str, as_of: str, missed: bool) -> None:
    found = only(tell(TARGET, RECEIVED + events))
    assert found.missed_target(at(as_of).at) is missed


def test_a_target_moves_with_a_pause_on_its_own_clock(tell: Any) -> None:
    rest = "- {event: supplement_requested, at: 2026-11-03T11:00, by: li}\n- {event: supplement_received, at: 2026-11-04T11:00, by: li}\n"
    found = only(tell(TARGET, RECEIVED + rest))
    assert found.target.at == at("2026-11-04T12:00").at and found.due.at == at("2026-11-07T00:00").at


def test_an_unset_limit_and_one_that_is_only_prompt(tell: Any) -> None:
    policy = "limits: {{a: {{from: received, until: response_given, within: {}}}}}"
    now = at("2029-01-01").at
    assert only(tell(policy.format("unset"), RECEIVED)).status(now) == "unset"
    assert only(tell(policy.format("promptly"), RECEIVED)).status(now) == "running"
    assert (
        only(tell(policy.format("promptly"), RECEIVED + GIVEN.format("2028-01-01T00:00"))).status(now)
        == "met"
    )


def test_the_end_of_a_shift_as_told_and_as_the_roster_has_it(tell: Any) -> None:
    policy = "limits: {a: {from: received, until: response_given, within: end of shift}}"
    assert only(tell(policy, RECEIVED)).due.at == at("2026-11-03T16:00").at
    told = RECEIVED.replace("by: li", "by: li, shift_end: 2026-11-03T12:30")
    assert only(tell(policy, told)).due.at == at("2026-11-03T12:30").at
    assert only(tell(policy, RECEIVED.replace("T10:00", ""))).status(at("2029-01-01").at) == "indeterminate"


# ── what begins when a due instant passes ────────────────────────────────────────────────────────────────────

LAPSE = """limits:
  a: {from: received, until: response_given, within: 2 days}
  b: {from: {event: lapsed, where: {limit: a}}, until: escalated, within: 1 day%s}
"""


def named(state: Any) -> list[tuple[str, datetime]]:
    return [(each.limit.name, each.start.at) for each in state.deadlines if each.limit.name != "a"]


@pytest.mark.parametrize(
    ("events", "begins"),
    [
        ("", True),
        (GIVEN.format("2026-11-05T23:59:59"), False),
        (GIVEN.format("2026-11-06T00:00"), True),  # done late: it lapsed all the same
        ("- {event: held, at: 2026-11-04T10:00, by: li}\n", False),
    ],
)
def test_a_lapse_begins_what_waits_for_it(tell: Any, events: str, begins: bool) -> None:
    assert named(tell(LAPSE % "", RECEIVED + events)) == (
        [("b", at("2026-11-06T00:00").at)] if begins else []
    )


@pytest.mark.parametrize(("set_on", "begins"), [("2026-11-05T23:59:59", True), ("2026-11-06T00:00", False)])
def test_a_lapse_sees_the_case_as_it_then_stood(tell: Any, set_on: str, begins: bool) -> None:
    major = f"- {{event: severity_set, at: {set_on}, by: li, severity: major, reason: r}}\n"
    assert bool(named(tell(LAPSE % ", when: {severity: major}", RECEIVED + major))) is begins


def test_lapses_stand_in_the_order_of_time_and_begin_no_lapse_of_their_own(tell: Any) -> None:
    policy = (LAPSE % "") + "  c: {from: received, until: response_given, within: 1 day}\n"
    policy += "  d: {from: [{event: lapsed, where: {limit: c}}, {event: lapsed, where: {limit: b}}], until: escalated, within: 1 day}\n"
    assert {*named(tell(policy, RECEIVED))} == {
        ("b", at("2026-11-06T00:00").at),
        ("c", at("2026-11-03T10:00").at),
        ("d", at("2026-11-05T00:00").at),
    }


def test_a_duty_may_wait_for_a_lapse(tell: Any) -> None:
    policy = "limits: {a: {from: received, until: response_given, within: 2 days}}\nduties: {d: {before: {event: lapsed, where: {limit: a}}, need: {event: escalated}}}\n"
    assert [each.duty.name for each in tell(policy, RECEIVED).unmet] == ["d"]
    told = "- {event: escalated, at: 2026-11-04T10:00, by: li, to: partner}\n"
    assert tell(policy, RECEIVED + told).unmet == ()
    assert tell(policy, RECEIVED + GIVEN.format("2026-11-05T10:00")).unmet == ()


def test_the_same_promise_with_another_end_begins_with_the_first_event_too(tell: Any) -> None:
    policy = "limits: {a: {from: received, until: response_given, within: 2 days}, b: {same_as: a, until: escalated}}"
    state = tell(
        policy,
        RECEIVED
        + GIVEN.format("2026-11-04T10:00")
        + "- {event: escalated, at: 2026-11-06T10:00, by: li, to: partner}\n",
    )
    assert [(each.limit.name, each.outcome) for each in state.deadlines] == [("a", "met"), ("b", "breached")]


@pytest.mark.parametrize(
    ("told_at", "excused"),
    [("2026-11-03T09:59", False), ("2026-11-03T10:00", True), ("2026-11-03", True), ("2026-11-02", False), ("2026-11-05T23:59:59", True), ("2026-11-06T00:00", False)],
)  # fmt: skip
def test_circumstances_excuse_from_the_start_to_the_due_instant(
    tell: Any, told_at: str, excused: bool
) -> None:
    policy = "limits: {a: {from: registered, until: response_given, within: 2 days, force: should}}"
    events = RECEIVED.replace("11-03", "11-01") + "- {event: registered, at: 2026-11-03T10:00, by: li}\n"
    events += f"- {{event: special_circumstances, at: {told_at}, by: li, reason: storm}}\n"
    assert only(tell(policy, events)).excused is excused


@pytest.mark.parametrize(
    "event",
    [
        "acceptance_decided, outcome: accepted",
        "closed, outcome: sustained",
        "closed",
        "transferred_out, to: office, part: true",
    ],
)
def test_what_is_not_given_up_ends_no_clock(tell: Any, event: str) -> None:
    events = RECEIVED + f"- {{event: {event}, at: 2026-11-04T10:00, by: li}}\n"
    found = only(tell("limits: {a: {from: received, until: response_given, within: 2 days}}", events))
    assert found.status(at("2029-01-01").at) == "overdue"


# ── how long records are kept ────────────────────────────────────────────────────────────────────────────────

KEEP = "retention: {a: {from: archived, keep: 3 years}}\n"
ARCHIVED = "- {event: archived, at: 2024-02-29T10:00, by: li}\n"
OPEN = "- {event: received, at: 2024-02-01T10:00, by: li}\n"


def kept(state: Any) -> tuple[str, tuple[str, ...]]:
    found = state.retention
    return str(found.kept.until) if found.kept else "", found.holds


def test_records_are_kept_to_the_same_day_of_a_later_year(tell: Any) -> None:
    """CR-16: 29 February becomes the 28th; they may go from the day after."""
    state = tell(KEEP, OPEN + ARCHIVED)
    assert kept(state) == ("2027-02-28", ())
    assert not state.retention.is_due(date(2027, 2, 28)) and state.retention.is_due(date(2027, 3, 1))
    assert kept(tell("counting: {month_end: next-day}\n" + KEEP, OPEN + ARCHIVED)) == ("2027-03-01", ())
    assert kept(tell(KEEP.replace("3 years", "4 years"), OPEN + ARCHIVED)) == ("2028-02-29", ())


def test_papers_never_filed_are_kept_from_the_closing(tell: Any) -> None:
    closed = "- {event: closed, at: 2024-03-01T10:00, by: li}\n"
    assert kept(tell(KEEP, OPEN + closed)) == ("2027-03-01", ())
    assert kept(tell(KEEP, OPEN + closed + ARCHIVED.replace("02-29", "05-02"))) == ("2027-05-02", ())
    assert kept(tell(KEEP, OPEN)) == ("", ())
    assert kept(tell(KEEP.replace("archived", "completed"), OPEN + closed)) == ("", ())


def test_the_longest_promise_holds_and_unset_is_longest(tell: Any) -> None:
    both = "retention: {a: {from: archived, keep: 3 years}, b: {from: archived, keep: 10 years, when: {severity: major}}}\n"
    major = "- {event: severity_set, at: 2024-03-05T10:00, by: li, severity: major, reason: r}\n"
    assert kept(tell(both, OPEN + ARCHIVED)) == ("2027-02-28", ())
    assert kept(tell(both, OPEN + ARCHIVED + major)) == ("2034-02-28", ())
    unset = tell(both.replace("10 years", "unset"), OPEN + ARCHIVED + major)
    assert kept(unset) == ("None", ()) and not unset.retention.is_due(date(2100, 1, 1))


def test_a_hold_keeps_what_would_go(tell: Any) -> None:
    placed = "- {{event: hold_placed, at: 2024-03-{:02}T10:00, by: li, matter: {}, reason: r}}\n"
    lifted = "- {{event: hold_lifted, at: 2024-04-{:02}T10:00, by: li, matter: {}, reason: r}}\n"
    two = OPEN + ARCHIVED + placed.format(1, "suit") + placed.format(2, "audit")
    state = tell(KEEP, two)
    assert kept(state) == ("2027-02-28", ("suit", "audit")) and not state.retention.is_due(date(2030, 1, 1))
    one = tell(KEEP, two + lifted.format(1, "suit"))
    assert kept(one)[1] == ("audit",) and not one.retention.is_due(date(2030, 1, 1))
    none = tell(KEEP, two + lifted.format(1, "suit") + lifted.format(2, "audit"))
    assert kept(none)[1] == () and none.retention.is_due(date(2030, 1, 1))


def test_an_instant_is_told_apart_from_a_day() -> None:
    assert at("2026-11-03") == Instant(at("2026-11-03T00:00").at, True)
    assert at("2026-11-03T00:00") == Instant(datetime(2026, 11, 3, tzinfo=SHANGHAI))
