"""The calendars are data: sound, without contradictions, and day for day what others say of the same years."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from casework.records.record import Record
from casework.records.schema import schemas_from
from casework.records.source import WorkTree
from casework.records.strict_yaml import read_yaml

ROOT = Path(__file__).parents[2]
SCHEMAS = schemas_from(WorkTree(ROOT))
NAMES = sorted(path.stem for path in (ROOT / "policies/calendars").glob("*.yaml"))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

COUNTS = {2018: 250, 2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}
MADE_UP_IN_2026 = ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")


class Day(NamedTuple):
    year: int  # of the notice
    works: bool
    day: date


def read(name: str) -> Record:
    path = f"policies/calendars/{name}.yaml"
    record = read_yaml(path, (ROOT / path).read_bytes())
    assert isinstance(record, Record), record
    return record


def set_out(written: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, written.split("/")))


def ends(written: str) -> tuple[date, date]:
    days = set_out(written)
    return days[0], days[-1]


def between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def listed(told: dict[str, Any]) -> list[Day]:
    """Every day a calendar lists, with no help from the product."""
    return [
        Day(int(year), key == "work", day)
        for year, entry in told.get("years", {}).items()
        for key in ("off", "work")
        for written in entry.get(key, {})
        for day in between(*ends(written))
    ]


def works_on(name: str) -> Callable[[date], bool]:
    told = read(name).value
    special = {each.day: each.works for each in listed(told)}
    return lambda day: special.get(day, WEEKDAYS[day.weekday()] not in told["weekend"])


def years_of(name: str) -> range:
    told = read(name).value
    return range(min(map(int, told["years"])), told["announced_through"] + 1)


def whole(years: range) -> Iterator[date]:
    return between(date(years[0], 1, 1), date(years[-1], 12, 31))


def apart(name: str, other: Callable[[date], bool]) -> list[str]:
    """The days of a calendar's years on which somebody else says otherwise."""
    ours = works_on(name)
    return [
        f"{day} {'work' if ours(day) else 'off'}" for day in whole(years_of(name)) if ours(day) != other(day)
    ]


def test_the_four_calendars_are_here() -> None:
    assert NAMES == ["cn", "england-wales", "hong-kong", "mon-fri"]


@pytest.mark.parametrize("name", NAMES)
def test_a_calendar_is_sound_and_its_days_are_read_as_text(name: str) -> None:
    record = read(name)
    assert SCHEMAS.flaws("calendar", record) == ()
    entries = record.value.get("years", {}).values()
    assert all(
        isinstance(written, str)
        for entry in entries
        for key in ("off", "work")
        for written in entry.get(key, {})
    )


@pytest.mark.parametrize("name", NAMES)
def test_no_day_is_listed_twice_or_both_off_and_worked(name: str) -> None:
    days = [each.day for each in listed(read(name).value)]
    assert sorted({day for day in days if days.count(day) > 1}) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_days_of_a_year_stand_in_order(name: str) -> None:
    for entry in read(name).value.get("years", {}).values():
        for key in ("off", "work"):
            assert all(
                a < b for a, b in pairwise(end for written in entry.get(key, {}) for end in set_out(written))
            )


@pytest.mark.parametrize("name", NAMES)
def test_only_weekend_days_are_made_up_and_all_days_lie_near_their_year(name: str) -> None:
    told = read(name).value
    for each in listed(told):
        assert not each.works or WEEKDAYS[each.day.weekday()] in told["weekend"], each
        assert date(each.year - 1, 12, 1) <= each.day <= date(each.year + 1, 1, 31), each


@pytest.mark.parametrize("name", [name for name in NAMES if name != "mon-fri"])
def test_the_years_are_whole_up_to_the_one_announced(name: str) -> None:
    assert [int(year) for year in read(name).value["years"]] == [*years_of(name)]


@pytest.mark.parametrize("name", NAMES)
def test_a_notice_was_issued_before_its_year_and_changed_in_it(name: str) -> None:
    for year, entry in read(name).value.get("years", {}).items():
        notice = entry["notice"]
        assert notice.get("date", "")[:4] in ("", str(int(year) - 1)), notice
        assert all(later["date"][:4] == year for later in notice.get("amended", ())), notice


def test_china_has_twenty_years_each_with_its_numbered_notice() -> None:
    entries = read("cn").value["years"]
    assert list(entries) == [str(year) for year in range(2007, 2027)]
    numbers = [
        each["number"]
        for entry in entries.values()
        for each in (entry["notice"], *entry["notice"].get("amended", ()))
    ]
    assert len(set(numbers)) == len(numbers) == 23


def test_the_make_up_days_of_2026() -> None:
    made_up = [
        each.day.isoformat() for each in listed(read("cn").value) if each.works and each.day.year == 2026
    ]
    assert tuple(made_up) == MADE_UP_IN_2026


def test_working_days_a_year_in_china() -> None:
    works = works_on("cn")
    assert {year: sum(map(works, whole(range(year, year + 1)))) for year in COUNTS} == COUNTS


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2007-12-31", False),  # of the notice for 2008
        ("2011-12-31", True),  # of the notice for 2012
        ("2015-09-04", False),  # the victory day's three days off
        ("2015-09-06", True),
        ("2019-05-02", False),  # Labour Day as changed in March
        ("2019-05-05", True),
        ("2020-02-01", False),  # a make-up day until the Spring Festival was prolonged
        ("2020-02-03", True),
    ],
)
def test_china_where_lists_go_wrong(day: str, works: bool) -> None:
    assert works_on("cn")(date.fromisoformat(day)) is works


def test_monday_to_friday_has_neither_holidays_nor_an_end() -> None:
    told = read("mon-fri").value
    assert set(told) == {"name", "weekend"}
    assert [day for day in WEEKDAYS if day not in told["weekend"]] == ["mon", "tue", "wed", "thu", "fri"]


def test_china_is_what_the_notices_were_parsed_to(shared: Path) -> None:
    told = json.loads(
        (shared / "data/calendars/cn-public-holidays-2007-2026.json").read_text(encoding="utf-8")
    )
    others = {date.fromisoformat(day): not entry["off"] for day, entry in told.items()}
    ours = {each.day: each.works for each in listed(read("cn").value)}
    usual = {day: works for day, works in others.items() if day not in ours}
    assert {day: ours[day] for day in others if day in ours} == {
        day: others[day] for day in others if day in ours
    }
    assert set(ours) <= set(others)
    assert usual == {date(2020, 2, 3): True}  # a plain Monday, which the notice names as the return to work


def test_england_and_wales_is_what_the_government_lists(shared: Path) -> None:
    told = json.loads((shared / "data/calendars/uk-bank-holidays.json").read_text(encoding="utf-8"))
    others = {date.fromisoformat(event["date"]) for event in told["england-and-wales"]["events"]}
    ours = {each.day for each in listed(read("england-wales").value) if each.year <= max(others).year}
    assert ours == others


def test_china_is_what_chinesecalendar_says() -> None:
    others = pytest.importorskip("chinese_calendar", reason="chinesecalendar is not installed here")
    assert apart("cn", others.is_workday) == []


@pytest.mark.parametrize(
    ("name", "country", "more"),
    [
        ("cn", "CN", {}),
        ("england-wales", "GB", {"subdiv": "ENG"}),
        ("hong-kong", "HK", {"categories": ("optional",)}),  # so that package calls the general holidays
    ],
)
def test_a_calendar_is_what_holidays_says(name: str, country: str, more: dict[str, Any]) -> None:
    package = pytest.importorskip(
        "holidays", minversion="0.92", reason="holidays is not installed here, or too old"
    )
    others = package.country_holidays(country, years=years_of(name), expand=False, **more)
    others.weekend = {WEEKDAYS.index(day) for day in read(name).value["weekend"]}
    assert apart(name, others.is_working_day) == []


PLAIN = {"name": {"en": "A", "zh": "甲"}, "weekend": ["sun"]}
NOTICE = {"title": "通知", "verified": "unverified"}


def with_days(**entry: Any) -> dict[str, Any]:
    return {**PLAIN, "announced_through": 2026, "years": {"2026": {"notice": NOTICE, **entry}}}


TAKEN = [
    PLAIN,
    {**PLAIN, "weekend": []},
    with_days(),
    with_days(off={"2026-10-01": "国庆节", "2026-02-15/2026-02-23": {"en": "Spring Festival", "zh": "春节"}}),
    {**with_days(), "notice_due": "11-30", "unsettled_from": "12-29"},
    {
        **with_days(),
        "years": {"2026": {"notice": {**NOTICE, "amended": [{"title": "改", "date": "2026-03-01"}]}}},
    },
]
REFUSED = [
    {**PLAIN, "weekend": [*WEEKDAYS]},
    {**PLAIN, "announced_through": 2026},
    {**PLAIN, "notice_due": "11-30"},
    {**PLAIN, "unsettled_from": "12-29"},
    {key: value for key, value in with_days().items() if key != "announced_through"},
    {**with_days(), "notice_due": "11-31-"},
    {**with_days(), "notice_due": "13-01"},
    {**with_days(), "years": {}},
    {**with_days(), "years": {"2026": {"off": {"2026-10-01": "国庆节"}}}},
    {**with_days(), "years": {"2026": {"notice": {"title": "通知"}}}},
    {**with_days(), "years": {"2026": {"notice": {**NOTICE, "amended": []}}}},
    with_days(off={"2026-10-1": "国庆节"}),
    with_days(off={"2026-10-01/": "国庆节"}),
    with_days(off={"2026-10-01/07": "国庆节"}),
    with_days(off={"2026-10-01/2026-10-02/2026-10-03": "国庆节"}),
    with_days(off={"2026-10-01": " "}),
    with_days(off={"2026-10-01": {"en": "National Day"}}),
    with_days(work={"2026-10-10": None}),
]


@pytest.mark.parametrize("told", TAKEN)
def test_the_schema_takes_what_a_calendar_needs(told: dict[str, Any]) -> None:
    assert SCHEMAS.shapes["calendar"].is_sound(told)


@pytest.mark.parametrize("told", REFUSED)
def test_the_schema_refuses_the_rest(told: dict[str, Any]) -> None:
    assert not SCHEMAS.shapes["calendar"].is_sound(told)
