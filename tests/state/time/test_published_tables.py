"""The tables of "N working days": six receipts of 2026, counted by every option we have, worked out by hand."""

from __future__ import annotations

import pytest
from casework.state.hours import Stretch
from casework.state.timetable import Timetable
from timely import counting, due, firm

FRI_13_FEB, SAT_14_FEB, SUN_15_FEB = "2026-02-13T17:30", "2026-02-14T10:00", "2026-02-15T10:00"
SUN_8_MAR, SAT_9_MAY, WED_30_SEP = "2026-03-08T10:00", "2026-05-09T10:00", "2026-09-30T16:00"
RECEIPTS = (FRI_13_FEB, SAT_14_FEB, SUN_15_FEB, SUN_8_MAR, SAT_9_MAY, WED_30_SEP)

THREE = {
    # day one is the next working day, make-up days count: the first column of the published table
    "": ("02-25", "02-26", "02-26", "03-11", "05-13", "10-10"),
    # what comes on a day of rest is received on the next working day, which is day nought
    "first_day=after-roll": ("02-25", "02-26", "02-27", "03-12", "05-13", "10-10"),
    # the day of receipt is day one if it is worked
    "first_day=counted": ("02-24", "02-25", "02-26", "03-11", "05-12", "10-09"),
    # 17:30 itself is not late; a day of rest counts as the next working day
    "cutoff=17:30": ("02-25", "02-26", "02-27", "03-12", "05-13", "10-10"),
    "cutoff=17:29": ("02-26", "02-26", "02-27", "03-12", "05-13", "10-10"),
    "cutoff=09:59": ("02-26", "02-27", "02-27", "03-12", "05-14", "10-12"),
    "cutoff=09:59 first_day=counted": ("02-25", "02-26", "02-26", "03-11", "05-13", "10-10"),
    # a roll is for days, months and years: working days need none
    "roll=next-working-day": ("02-25", "02-26", "02-26", "03-11", "05-13", "10-10"),
}
FIFTEEN = {
    "": ("03-12", "03-13", "03-13", "03-27", "05-29", "10-27"),
    "first_day=after-roll": ("03-12", "03-13", "03-16", "03-30", "05-29", "10-27"),
    "first_day=counted": ("03-11", "03-12", "03-13", "03-27", "05-28", "10-26"),
}


@pytest.fixture(scope="module")
def nine_hours() -> Timetable:
    day = (Stretch(540, 1080),)
    return firm(weekly=dict.fromkeys(range(5), day), made_up=day)


def rows(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    return [
        (options, start, f"2026-{day}")
        for options, days in table.items()
        for start, day in zip(RECEIPTS, days, strict=True)
    ]


def read(options: str) -> dict[str, str]:
    return dict(each.split("=") for each in options.split())


@pytest.mark.parametrize(("options", "start", "day"), rows(THREE))
def test_three_working_days(options: str, start: str, day: str) -> None:
    assert due(start, "3 working days", **read(options)) == f"{day}T23:59:59"


@pytest.mark.parametrize(("options", "start", "day"), rows(FIFTEEN))
def test_fifteen_working_days(options: str, start: str, day: str) -> None:
    assert due(start, "15 working days", **read(options)) == f"{day}T23:59:59"


@pytest.mark.parametrize(
    ("ends", "boundary", "clock"),
    [
        ("24:00", "inclusive", "23:59:59"),
        ("24:00", "exclusive", "23:59:59"),
        ("close-of-business", "inclusive", "18:00:00"),
        ("close-of-business", "exclusive", "17:59:59"),
        ("12:00", "inclusive", "12:00:00"),
        ("12:00", "exclusive", "11:59:59"),
    ],
)
@pytest.mark.parametrize(("start", "day"), [*zip(RECEIPTS, THREE[""], strict=True)])
def test_the_same_days_with_another_end_of_day(
    start: str, day: str, ends: str, boundary: str, clock: str
) -> None:
    assert due(start, "3 working days", day_ends=ends, boundary=boundary) == f"2026-{day}T{clock}"


@pytest.mark.parametrize(
    ("start", "end"),
    [  # 27 working hours, nine a day: the fifth column, with make-up days and without a lunch break
        (FRI_13_FEB, "2026-02-25T17:30:00"),
        (SAT_14_FEB, "2026-02-26T10:00:00"),
        (SUN_15_FEB, "2026-02-26T18:00:00"),
        (SUN_8_MAR, "2026-03-11T18:00:00"),
        (SAT_9_MAY, "2026-05-13T10:00:00"),
        (WED_30_SEP, "2026-10-10T16:00:00"),
    ],
)
def test_hours_are_not_days(start: str, end: str, nine_hours: Timetable) -> None:
    assert due(start, "27 working hours", nine_hours) == end


@pytest.mark.parametrize(
    ("start", "end"), [(FRI_13_FEB, "2026-02-16T17:30:00"), (WED_30_SEP, "2026-10-03T16:00:00")]
)
def test_seventy_two_hours_are_neither(start: str, end: str) -> None:
    assert due(start, "72 hours") == end


@pytest.mark.parametrize(
    ("roll", "days"),
    [
        ("none", ("02-16", "02-17", "02-18", "03-11", "05-12", "10-03")),
        ("next-working-day", ("02-24", "02-24", "02-24", "03-11", "05-12", "10-08")),
        ("previous-working-day", ("02-14", "02-14", "02-14", "03-11", "05-12", "09-30")),
    ],
)
def test_three_days_of_the_calendar_rolled(roll: str, days: tuple[str, ...]) -> None:
    assert [due(start, "3 days", roll=roll) for start in RECEIPTS] == [f"2026-{day}T23:59:59" for day in days]


def test_the_defaults_are_the_first_column() -> None:
    how = counting()
    assert (how.first_day, how.day_ends, how.roll) == ("not-counted", "24:00", "none")
    assert (how.month_end, how.boundary, how.cutoff) == ("last-day", "inclusive", "")
