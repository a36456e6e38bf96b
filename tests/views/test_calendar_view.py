"""The calendar as a person sees it: grid, marks, special days, hours and shifts, in both languages and by any width."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from casework.house import house_of
from casework.records.source import Files
from casework.views.calendar import json_of, text_of
from casework.views.calendar_days import Period, Shown
from casework.views.hours import days_text
from casework.views.width import width_of
from casework.words import Lang

pytestmark = pytest.mark.time
REPO = Path(__file__).parents[2]
SCHEMA = {path.relative_to(REPO).as_posix(): path.read_bytes() for path in (REPO / "schema").rglob("*.json")}
FIRM = """\
name: {en: Test Office, zh: 测试事务所}
zone: Asia/Shanghai
language: en
policy: standard
personal: plain
since: 2026-01-01
"""
HOURS = """\
office_hours:
  - {days: [mon, tue, wed, thu], from: '09:00', until: '12:00'}
  - {days: [mon, tue, wed, thu], from: '13:00', until: '18:00'}
  - {days: [fri], from: '09:00', until: '15:00'}
  - {days: [make-up], from: '09:00', until: '12:00'}
"""
OWN = """\
calendar: cn
closed_on:
  2026-10-12: {en: Anniversary, zh: 店庆}
open_on:
  2026-10-17: {en: Sale, zh: 促销}
short_days:
  2026-10-30: {title: {en: Stock-taking, zh: 盘点}, hours: [{from: '09:00', until: '11:30'}]}
"""
SHIFTS = """\
shifts:
  late: {title: {en: Late shift, zh: 晚班}, units: [floor, cashier], days: [mon, wed, thu, fri, sun], from: '22:00', until: '06:00'}
  day: {title: {en: Day shift, zh: 白班}, from: '09:00', until: '24:00'}
"""


def shown(
    period: Period, register: str = OWN + HOURS + SHIFTS, lang: Lang = "en", columns: int = 100
) -> Shown:
    calendars = {
        f"policies/calendars/{name}.yaml": (REPO / f"policies/calendars/{name}.yaml").read_bytes()
        for name in ("cn", "mon-fri", "hong-kong")
    }
    files = {
        **SCHEMA,
        **calendars,
        "policies/register.yaml": FIRM + register,
        "policies/staff.yaml": (REPO / "tests/firm/policies/staff.yaml").read_bytes(),
    }
    house = house_of(Files(files))
    assert not house.flaws and house.timetable.calendar
    return Shown(house.firm, house.timetable, house.timetable.calendar, period, lang, columns)


OCTOBER = """\
October 2026 · Mainland China: 18 working days

   Mon       Tue       Wed       Thu       Fri       Sat       Sun
                                 1 off     2 off     3 off     4 off
   5 off     6 off     7 off     8         9        10 work   11 –
  12 shut   13        14        15        16        17 open   18 –
  19        20        21        22        23        24 –      25 –
  26        27        28        29        30 short  31 –

Special days
  10-01 – 10-07  Thu – Wed  off            National Day
  10-10          Sat        worked         National Day
  10-12          Mon        we are closed  Anniversary
  10-17          Sat        we are open    Sale
  10-30          Fri        shorter hours  Stock-taking  09:00–11:30
  by notice: 国务院办公厅关于2026年部分节假日安排的通知 (国办发明电〔2025〕7号)

Office hours
  Mon–Thu       09:00–12:00, 13:00–18:00
  Fri           09:00–15:00
  make-up days  09:00–12:00

Shifts
  Late shift  Mon, Wed–Fri, Sun  22:00–06:00 (next day)  cashier, floor
  Day shift   every day          09:00–24:00             everybody"""

OCTOBER_ZH = """\
2026年10月 · 中国内地：18 个工作日

   一     二     三     四     五     六     日
                        1 休   2 休   3 休   4 休
   5 休   6 休   7 休   8      9     10 班  11 –
  12 停  13     14     15     16     17 开  18 –
  19     20     21     22     23     24 –   25 –
  26     27     28     29     30 短  31 –

特殊安排
  10-01 至 10-07  周四 至 周三  放假          国庆节
  10-10           周六          调休上班      国庆节
  10-12           周一          本单位放假    店庆
  10-17           周六          本单位上班    促销
  10-30           周五          缩短办公时间  盘点  09:00–11:30
  依据：国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）
"""


def test_a_month_in_english() -> None:
    assert text_of(shown(Period(2026, 10))) == OCTOBER


def test_a_month_in_chinese_keeps_its_columns() -> None:
    told = text_of(shown(Period(2026, 10), lang="zh"))
    assert told.startswith(OCTOBER_ZH)
    assert "  晚班  周一、周三至周五、周日  22:00–06:00（次日）  cashier、floor\n" in told
    heads, *weeks = told.splitlines()[2:8]
    starts = [width_of(heads[: heads.index(name)]) for name in "一二三四五六日"]
    assert [width_of(weeks[1][: weeks[1].index(each)]) for each in ("10", "11")] == [
        starts[5] - 1,
        starts[6] - 1,
    ]


def test_a_year_counts_each_month_and_the_months_make_the_year() -> None:
    lines = text_of(shown(Period(2026), "calendar: cn\n")).splitlines()
    assert lines[0] == "2026 · Mainland China: 248 working days"
    counts = [int(word) for line in lines[3:5] for word in line.split()[1::2]]
    assert len(counts) == 12 and sum(counts) == 248


def test_days_of_two_notices_name_each() -> None:
    told = text_of(shown(Period(2006 + 1, 12), "calendar: cn\n"))
    assert "[1]" not in told  # the year's last days, off by the notice for 2008 alone
    told = text_of(shown(Period(2007), "calendar: cn\n"))
    assert "12-30 – 12-31  Sun – Mon  off     New Year's Day  [2]" in told
    assert "[1] by notice: 国务院办公厅关于2007年" in told and "[2] by notice: 国务院办公厅关于2008年" in told


@pytest.mark.parametrize(
    ("year", "lang", "said"),
    [
        (
            2027,
            "en",
            "2027 is not announced yet: Mainland China goes up to 2026, and nothing beyond it is guessed.",
        ),
        (2027, "zh", "2027 年的安排尚未公布：中国内地只录到 2026 年，之后的日子不作推算。"),
        (2006, "en", "2006 is not here: Mainland China begins with 2007, and nothing before it is guessed."),
        (2006, "zh", "没有 2006 年的安排：中国内地从 2007 年起，此前的日子不作推算。"),
    ],
)
@pytest.mark.parametrize("month", [0, 12])
def test_a_year_that_is_not_announced_is_said_so(year: int, lang: Lang, said: str, month: int) -> None:
    assert text_of(shown(Period(year, month), "calendar: cn\n", lang)).splitlines()[0] == said


def test_the_last_days_of_the_last_year_may_still_change() -> None:
    told = text_of(shown(Period(2026, 12), lang="zh"))
    assert "自 2026-12-29 起的日子仍可能因 2027 年的通知而变动" in told
    assert "may still change" not in text_of(shown(Period(2025, 12)))


def test_no_office_hours_is_said_and_no_shifts_is_not() -> None:
    lines = text_of(shown(Period(2026, 3), "calendar: cn\n")).splitlines()
    assert lines[-1] == "No office hours are written down: working hours cannot be counted."
    assert not [line for line in lines if "Shifts" in line]


def test_a_calendar_without_an_end_shows_any_year() -> None:
    lines = text_of(shown(Period(2150, 2), "calendar: mon-fri\n")).splitlines()
    assert lines[0] == "February 2150 · Monday to Friday: 20 working days"
    assert "Special days" not in lines


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_told_in_words_fits_the_terminal(columns: int, lang: Lang) -> None:
    lines = text_of(shown(Period(2026), OWN + HOURS, lang, columns)).splitlines()
    special = lines[5:]
    assert "18:00" in "".join(special)  # nothing is cut
    assert [line for line in special if width_of(line) > columns] == []


def data_of(period: Period, register: str = OWN + HOURS + SHIFTS) -> Any:
    return json.loads(json_of(shown(period, register)))


def test_day_by_day_as_json() -> None:
    told = data_of(Period(2026, 10))
    days = {day["date"]: day for day in told.pop("days")}
    shifts = told.pop("shifts")
    assert told == {
        "calendar": "cn",
        "name": {"en": "Mainland China", "zh": "中国内地"},
        "zone": "Asia/Shanghai",
        "period": "2026-10",
        "announced": True,
        "working_days": 18,
        "unsettled_from": None,
    }
    assert len(days) == 31 and sum(day["works"] for day in days.values()) == 18
    assert days["2026-10-10"] == {
        "date": "2026-10-10",
        "works": True,
        "why": {
            "en": "Saturday, a make-up working day (National Day)",
            "zh": "星期六，调休上班（国庆节）",
        },
        "notice": {
            "en": "国务院办公厅关于2026年部分节假日安排的通知 (国办发明电〔2025〕7号)",
            "zh": "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）",
        },
        "hours": [{"from": "09:00", "until": "12:00"}],
    }
    assert days["2026-10-30"]["hours"] == [{"from": "09:00", "until": "11:30"}]
    assert (days["2026-10-12"]["works"], days["2026-10-12"]["notice"], days["2026-10-12"]["hours"]) == (
        False,
        None,
        [],
    )
    assert shifts[0] == {
        "title": {"en": "Late shift", "zh": "晚班"},
        "days": ["mon", "wed", "thu", "fri", "sun"],
        "units": ["cashier", "floor"],
        "from": "22:00",
        "until": "06:00",
    }


def test_json_without_hours_or_days() -> None:
    assert data_of(Period(2026, 12), "calendar: cn\n")["days"][0]["hours"] is None
    assert data_of(Period(2026), "calendar: cn\n")["unsettled_from"] == "2026-12-29"
    unknown = data_of(Period(2027))
    assert (unknown["announced"], unknown["days"], unknown["working_days"], unknown["unsettled_from"]) == (
        False,
        [],
        None,
        None,
    )


@pytest.mark.parametrize(
    ("days", "en", "zh"),
    [
        ([0, 1, 2, 3, 4, 5, 6], "every day", "每天"),
        ([0, 1, 2, 3, 4], "Mon–Fri", "周一至周五"),
        ([0, 1], "Mon, Tue", "周一、周二"),
        ([0, 2, 3, 4, 6], "Mon, Wed–Fri, Sun", "周一、周三至周五、周日"),
        ([6], "Sun", "周日"),
    ],
)
def test_days_of_the_week(days: list[int], en: str, zh: str) -> None:
    assert (days_text(days).say("en"), days_text(days).say("zh")) == (en, zh)
