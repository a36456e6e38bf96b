"""Writes the published due-date vectors, each counted by recount.py: python tests/state/time/published.py"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from recount import DAY, Recount, recount
from timely import DEFAULTS, china

FILE = Path(__file__).parents[3] / "site/pages/vectors/due-dates.json"
YEARS = (2024, 2025, 2026)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ABOUT = {
    "en": "When a promise is due: vectors for any program that counts deadlines. See index.html beside this file.",
    "zh": "时限何时届满：供任何计算时限的程序核对。用法见同一文件夹的 index.zh.html。",
}
TURNS = {  # an ordinary weekend with a turn of the clock, forward and back
    "Europe/Berlin": ("2026-03-27", "2026-10-23"),
    "America/New_York": ("2026-03-06", "2026-10-30"),
}


class Asked(NamedTuple):
    """A vector without its answer."""

    id: str
    start: str
    span: str
    en: str
    zh: str
    more: dict[str, Any] = {}  # noqa: RUF012 - never written to


def told() -> dict[str, Any]:
    """The whole file."""
    lunch = [["09:00", "12:00"], ["13:00", "18:00"]]
    week = dict.fromkeys(WEEK[:5], lunch)
    found: dict[str, Any] = {
        "about": ABOUT,
        "defaults": {**DEFAULTS, "cutoff": ""},
        "calendars": {
            "china": {
                "weekend": ["sat", "sun"],
                "years": [*YEARS],
                "unsettled_from": "2026-12-29",
                **_days_of_china(),
            },
            "monday-to-friday": {"weekend": ["sat", "sun"], "years": None, "off": [], "work": []},
        },
        "office_hours": {
            "nine-to-six": {**week, "make-up": lunch},
            "always": {day: [["00:00", "24:00"]] for day in (*WEEK, "make-up")},
            "short-friday": {
                **week,
                "fri": [["09:00", "12:00"]],
                "make-up": [["10:00", "15:00"]],
                "2026-09-29": [["09:00", "10:30"]],
            },
        },
    }
    return {**found, "vectors": [_answered(each, found) for each in _asked(found)]}


def _days_of_china() -> dict[str, list[str]]:
    days = sorted((day, each.works) for day, each in china().special.items() if day.year in YEARS)
    return {
        key: [str(day) for day, works in days if works is told]
        for key, told in (("off", False), ("work", True))
    }


def _answered(asked: Asked, found: dict[str, Any]) -> dict[str, Any]:
    usual = {"calendar": "china", "office_hours": "nine-to-six", "zone": "Asia/Shanghai"}
    vector = {"id": asked.id, **usual, "from": asked.start, "span": asked.span, **asked.more}
    if len(asked.start) > 10:
        vector["from"] = _with_offset(asked.start, vector["zone"])
    if "pauses" in vector:
        vector["pauses"] = [
            [_with_offset(each, vector["zone"]) for each in pause] for pause in vector["pauses"]
        ]
    due, status = recount(found, vector)
    return {**vector, "due": due, "status": status, "why": {"en": asked.en, "zh": asked.zh}}


def _with_offset(text: str, zone: str) -> str:
    told = datetime.fromisoformat(text)
    return (told if told.tzinfo else told.replace(tzinfo=ZoneInfo(zone))).isoformat(timespec="seconds")


def _asked(found: dict[str, Any]) -> Iterator[Asked]:
    for year in YEARS:
        yield from _make_up_days(year, found)
    yield from _long_holidays(found)
    yield from _months()
    yield from _turns_of_the_clock()
    yield from _pauses()
    yield from _options()
    yield from _end_of_2026()


def _make_up_days(year: int, found: dict[str, Any]) -> Iterator[Asked]:
    made_up = [date.fromisoformat(each) for each in found["calendars"]["china"]["work"]]
    for day in (each for each in made_up if each.year == year):
        before = _worked_before(day, 1, found)
        name = f"make-up-{day}"
        yield Asked(
            f"{name}-on-1",
            f"{day}T10:00",
            "1 working day",
            "received on a make-up day, which is not counted",
            "调休上班日收到，当日不计入",
        )
        yield Asked(
            f"{name}-on-3",
            f"{day}T10:00",
            "3 working days",
            "received on a make-up day, which is not counted",
            "调休上班日收到，当日不计入",
        )
        yield Asked(
            f"{name}-counted",
            f"{day}T23:59",
            "1 working day",
            "a first day that counts: the make-up day itself",
            "首日计入：就是调休上班日当天",
            {"counting": {"first_day": "counted"}},
        )
        yield Asked(
            f"{name}-before-1",
            f"{before}T17:30",
            "1 working day",
            "received on the working day before: the make-up day is day one",
            "前一工作日收到：调休上班日为第一日",
        )
        yield Asked(
            f"{name}-over",
            f"{_worked_before(day, 4, found)}T09:00",
            "10 working days",
            "the make-up day lies in between and counts",
            "期间含调休上班日，计入",
        )
        yield Asked(
            f"{name}-hours",
            f"{day}T16:00",
            "8 working hours",
            "two hours of the make-up day, then the next working day",
            "调休上班日两小时，其余在次一工作日",
        )


def _worked_before(day: date, n: int, found: dict[str, Any]) -> date:
    vector = {"calendar": "china", "office_hours": "always", "zone": "UTC", "span": "1 day", "from": str(day)}
    walk = Recount(found, vector)
    while n:
        day = walk.step(day, -DAY)
        n -= 1
    return day


HOLIDAYS = {
    "spring-festival": (
        ("2024-02-10", "2024-02-17"),
        ("2025-01-28", "2025-02-04"),
        ("2026-02-15", "2026-02-23"),
    ),
    "national-day": (
        ("2024-10-01", "2024-10-07"),
        ("2025-10-01", "2025-10-08"),
        ("2026-10-01", "2026-10-07"),
    ),
}


def _long_holidays(found: dict[str, Any]) -> Iterator[Asked]:
    for name, years in HOLIDAYS.items():
        for first, last in years:
            eve = str(_worked_before(date.fromisoformat(first), 1, found))
            middle = str(date.fromisoformat(first) + 3 * DAY)
            for where, start in (
                ("eve", f"{eve}T16:00"),
                ("first-day", f"{first}T08:00"),
                ("middle", f"{middle}T12:00"),
                ("last-day", f"{last}T23:59:59"),
            ):
                for span in ("3 working days", "15 working days", "5 days"):
                    en, zh = f"received on the {where} of a long holiday", "长假前夕或长假期间收到"
                    yield Asked(f"{name}-{first[:4]}-{where}-{span.replace(' ', '-')}", start, span, en, zh)
            yield Asked(
                f"{name}-{first[:4]}-hours",
                f"{eve}T17:59:30",
                "1 working hour",
                "thirty seconds before the holiday, the rest after it",
                "节前三十秒，其余在节后",
            )


def _months() -> Iterator[Asked]:
    for start, span in (
        ("2024-01-31T09:00", "1 month"), ("2025-01-31T09:00", "1 month"), ("2025-03-31T09:00", "1 month"), ("2025-05-31T09:00", "18 months"),
        ("2025-08-31T09:00", "6 months"), ("2023-08-31T09:00", "6 months"), ("2024-02-29T09:00", "1 year"), ("2024-02-29T09:00", "4 years"),
        ("2025-02-28T09:00", "1 year"), ("2025-02-28T09:00", "1 month"), ("2025-12-31T23:59:59", "2 months"), ("2025-01-30T09:00", "1 month"),
    ):  # fmt: skip
        for end in ("last-day", "next-day"):
            more = {"counting": {"month_end": end}}
            yield Asked(
                f"month-{start[:10]}-{span.replace(' ', '-')}-{end}",
                start,
                span,
                "months and years end on the same day of the month, or as told",
                "按月、按年计，到对应日为止；当月没有该日的，依约定",
                more,
            )
    for start, span in (
        ("2024-01-29T09:00", "1 month"),
        ("2024-01-01T00:00", "1 month"),
        ("2026-11-03T10:00", "6 months"),
        ("2026-03-15T10:00", "2 years"),
    ):
        yield Asked(
            f"month-{start[:10]}-{span.replace(' ', '-')}",
            start,
            span,
            "months need no calendar: no year is unknown to them",
            "按月、按年计的，无须日历",
        )


def _turns_of_the_clock() -> Iterator[Asked]:
    for zone, (spring, autumn) in TURNS.items():
        for season, friday in (("spring", spring), ("autumn", autumn)):
            for hours, span in (
                ("nine-to-six", "1 day"),
                ("nine-to-six", "2 days"),
                ("nine-to-six", "48 hours"),
                ("nine-to-six", "2880 minutes"),
                ("nine-to-six", "1 working day"),
                ("nine-to-six", "9 working hours"),
                ("always", "9 working hours"),
            ):
                more = {"calendar": "monday-to-friday", "zone": zone, "office_hours": hours}
                yield Asked(
                    f"clock-{zone.split('/')[1].lower()}-{season}-{hours}-{span.replace(' ', '-')}",
                    f"{friday}T16:00",
                    span,
                    "hours are absolute time, days are days, whatever the clock does",
                    "小时按实际经过的时间计，日按日历计，与拨钟无关",
                    more,
                )
        more = {"calendar": "monday-to-friday", "zone": zone, "counting": {"day_ends": "12:00"}}
        yield Asked(
            f"clock-{zone.split('/')[1].lower()}-noon",
            f"{spring}T23:30",
            "3 days",
            "noon of the last day, after the turn",
            "拨钟之后，最后一天正午",
            more,
        )
    for id_, zone, start, span, en, zh in (
        ("sao-paulo-midnight", "America/Sao_Paulo", "2018-11-03T12:00", "1 day", "the day of 4 November 2018 began at 01:00", "2018年11月4日从01:00开始"),
        ("sao-paulo-eve", "America/Sao_Paulo", "2018-11-02T12:00", "1 day", "the last second before a midnight that never was", "午夜不存在，到其前一秒为止"),
        ("lord-howe-half-hour", "Australia/Lord_Howe", "2026-10-03T12:00", "24 hours", "the clock moves by half an hour", "拨钟半小时"),
        ("shanghai-1988-summer-time", "Asia/Shanghai", "1988-04-16T12:00", "24 hours", "China had summer time from 1986 to 1991", "中国1986至1991年实行夏令时"),
        ("shanghai-1988-autumn", "Asia/Shanghai", "1988-09-10T12:00", "1 day", "China had summer time from 1986 to 1991", "中国1986至1991年实行夏令时"),
        ("tehran-midnight", "Asia/Tehran", "2022-03-20T12:00", "2 days", "summer time began at midnight", "夏令时从零点开始"),
    ):  # fmt: skip
        yield Asked(f"clock-{id_}", start, span, en, zh, {"calendar": "monday-to-friday", "zone": zone})


def _pauses() -> Iterator[Asked]:
    weekend = [["2026-11-06T18:00", "2026-11-09T09:00"]]
    for id_, start, span, pauses, en, zh in (
        ("open-hours", "2026-11-03T10:00", "9 working hours", [["2026-11-03T11:00", "2026-11-04T11:00"]], "nine open hours lie in the pause", "中止期间有九个工作小时"),
        ("lunch", "2026-11-03T10:00", "9 working hours", [["2026-11-03T12:00", "2026-11-03T13:00"]], "a pause over lunch moves nothing", "中止仅在午休，不顺延"),
        ("night", "2026-11-03T10:00", "9 working hours", [["2026-11-03T18:00", "2026-11-04T09:00"]], "a pause by night moves nothing", "中止仅在夜间，不顺延"),
        ("weekend-hours", "2026-11-06T10:00", "9 working hours", weekend, "a pause over a closed weekend moves nothing", "中止仅在周末，不顺延"),
        ("weekend-days", "2026-11-05T10:00", "3 working days", [["2026-11-06T18:00", "2026-11-08T20:00"]], "no working day ends the pause", "中止期间没有工作日"),
        ("weekend-days-monday", "2026-11-05T10:00", "3 working days", weekend, "Monday is the one working day in it", "中止期间只有周一是工作日"),
        ("weekend-calendar-days", "2026-11-05T10:00", "3 days", weekend, "three days of the calendar", "中止三日"),
        ("elapsed", "2026-11-06T17:00", "2 hours", weekend, "elapsed hours: the whole weekend", "按实际小时计：整个周末"),
        ("minutes", "2026-11-06T17:00", "30 minutes", [["2026-11-06T17:10", "2026-11-06T17:40"]], "half an hour", "中止半小时"),
        ("festival-days", "2026-02-13T10:00", "5 working days", [["2026-02-14T10:00", "2026-02-25T10:00"]], "two working days in eleven", "中止十一天，其中两个工作日"),
        ("festival-hours", "2026-02-13T10:00", "27 working hours", [["2026-02-14T10:00", "2026-02-25T10:00"]], "the working hours of a make-up day and of two days after the festival", "中止期间含调休上班日与节后的工作小时"),
        ("same-day", "2026-11-05T10:00", "3 working days", [["2026-11-06T09:00", "2026-11-06T17:00"]], "begun and ended on one day: no day", "当日中止、当日恢复：不计日"),
        ("two", "2026-11-02T10:00", "5 working days", [["2026-11-03T10:00", "2026-11-05T10:00"], ["2026-11-05T10:00", "2026-11-09T10:00"]], "two pauses that touch are as long as one", "前后相接的两次中止等于一次"),
        ("one", "2026-11-02T10:00", "5 working days", [["2026-11-03T10:00", "2026-11-09T10:00"]], "the same as one", "合为一次"),
        ("month", "2026-01-31T10:00", "1 month", [["2026-02-10T10:00", "2026-02-15T09:00"]], "five days more than the month", "一个月之外再加五日"),
        ("two-hours", "2026-11-03T10:00", "9 working hours", [["2026-11-03T11:00", "2026-11-03T14:00"], ["2026-11-04T09:30", "2026-11-04T09:45"]], "two hours and a quarter", "两小时一刻"),
    ):  # fmt: skip
        yield Asked(f"pause-{id_}", start, span, en, zh, {"pauses": pauses})
    more = {"pauses": [["2026-09-23T10:00", "2026-09-24T10:00"]], "counting": {"roll": "next-working-day"}}
    yield Asked(
        "pause-before-roll",
        "2026-09-22T10:00",
        "3 days",
        "the pause moves the day, then it rolls",
        "先因中止顺延，再逢休息日顺延",
        more,
    )
    for span in ("9 working hours", "26 hours", "90 minutes", "2 working days"):
        ends = {"boundary": "exclusive", "day_ends": "close-of-business"}
        more = {"pauses": [["2026-11-03T10:30", "2026-11-04T11:00"]], "counting": ends}
        en, zh = (
            "after the pause the due instant itself is still too late",
            "中止之后，恰在到期时刻完成的仍算逾期",
        )
        yield Asked(f"pause-exclusive-{span.replace(' ', '-')}", "2026-11-03T10:00", span, en, zh, more)


def _options() -> Iterator[Asked]:
    cut = {"counting": {"cutoff": "17:30"}}
    for start in (
        "2026-11-05T17:30:00",
        "2026-11-05T17:30:01",
        "2026-11-06T17:31:00",
        "2026-11-07T10:00:00",
        "2026-02-14T18:00:00",
        "2026-09-30T17:31:00",
        "2026-11-05",
    ):
        for span in ("2 working days", "2 days"):
            yield Asked(
                f"cutoff-{start.replace(':', '')}-{span.replace(' ', '-')}",
                start,
                span,
                "what comes after 17:30 is received the next day, for working days the next working day",
                "17:30 以后收到的视为次日收到，按工作日计的视为次一工作日收到",
                cut,
            )
    for first in ("counted", "after-roll"):
        for start in ("2026-11-05T10:00", "2026-11-07T10:00", "2026-02-14T10:00", "2026-02-16T10:00"):
            yield Asked(
                f"first-day-{first}-{start[:10]}",
                start,
                "2 working days",
                "which day is day one",
                "哪一天是第一日",
                {"counting": {"first_day": first}},
            )
    for start, span in (
        ("2026-11-05T10:00", "2 working days"),
        ("2026-09-28T10:00", "1 working day"),
        ("2026-05-08T10:00", "1 working day"),
        ("2026-11-05T10:00", "2 days"),
        ("2026-11-05T19:00", "1 working day"),
    ):
        for boundary in ("inclusive", "exclusive"):
            more = {
                "counting": {"day_ends": "close-of-business", "boundary": boundary},
                "office_hours": "short-friday",
            }
            yield Asked(
                f"close-{start[:13]}-{span.replace(' ', '-')}-{boundary}",
                start,
                span,
                "the last day ends at its close of business, 24:00 where it has none",
                "最后一天到下班为止；当天不办公的到 24:00",
                more,
            )
    for roll in ("next-working-day", "previous-working-day"):
        for start, span in (
            ("2026-11-05T10:00", "2 days"),
            ("2026-11-05T10:00", "4 days"),
            ("2026-09-28T10:00", "3 days"),
            ("2026-09-07T10:00", "1 month"),
            ("2026-05-07T10:00", "2 days"),
            ("2025-12-27T10:00", "5 days"),
        ):
            yield Asked(
                f"roll-{roll}-{start[:10]}-{span.replace(' ', '-')}",
                start,
                span,
                "a due day that is a day of rest moves",
                "到期日逢休息日的，顺延或提前",
                {"counting": {"roll": roll}},
            )
    for span in ("30 minutes", "2 hours", "2 working hours"):
        yield Asked(
            f"exclusive-{span.replace(' ', '-')}",
            "2026-11-05T10:00",
            span,
            "the due instant itself is too late",
            "恰在到期时刻完成的算逾期",
            {"counting": {"boundary": "exclusive"}},
        )
    for start, hours, span in (
        ("2026-11-05T12:30", "nine-to-six", "1 working hour"),
        ("2026-11-05T11:00", "nine-to-six", "1 working hour"),
        ("2026-11-05T11:00:01", "nine-to-six", "1 working hour"),
        ("2026-11-05T17:00", "nine-to-six", "1 working hour"),
        ("2026-11-07T09:00", "nine-to-six", "8 working hours"),
        ("2026-11-05T11:00", "short-friday", "12 working hours"),
        ("2026-05-08T11:30", "short-friday", "5 working hours"),
        ("2026-09-28T17:00", "short-friday", "3 working hours"),
        ("2026-01-05T08:00", "nine-to-six", "400 working hours"),
    ):
        yield Asked(
            f"hours-{hours}-{start.replace(':', '')}-{span.split()[0]}",
            start,
            span,
            "only open time counts; what ends with a stretch ends at its close",
            "只计办公时间；恰在一段结束时用完的，到该段结束为止",
            {"office_hours": hours},
        )
    yield Asked(
        "date-only-days",
        "2026-11-05",
        "3 working days",
        "a date without time is enough for days",
        "按日计的，只写日期即可",
    )
    for span in ("30 minutes", "2 hours", "2 working hours"):
        yield Asked(
            f"date-only-{span.replace(' ', '-')}",
            "2026-11-05",
            span,
            "a clock of minutes or hours needs the time of day",
            "按分钟、小时计的，须有时刻",
        )


def _end_of_2026() -> Iterator[Asked]:
    en, zh = (
        "2027 is not announced: what reaches it is not known, what comes near it may still move",
        "2027年尚未公布：数到该年的无法计算，接近该年的只是暂定",
    )
    for start, span in (
        ("2026-12-25T10:00", "1 working day"), ("2026-12-25T10:00", "2 working days"), ("2026-12-28T10:00", "3 working days"), ("2026-12-28T10:00", "4 working days"),
        ("2026-12-31T10:00", "1 working day"), ("2026-12-15T10:00", "15 working days"), ("2026-12-28T10:00", "8 working hours"), ("2026-12-28T17:30", "1 working hour"),
        ("2026-12-31T17:00", "1 working hour"), ("2026-12-31T17:01", "1 working hour"), ("2026-12-31T10:00", "3 days"), ("2026-12-31T10:00", "24 hours"), ("2026-12-31T10:00", "1 month"),
        ("2027-01-04T10:00", "1 working day"),
    ):  # fmt: skip
        yield Asked(f"end-{start.replace(':', '')}-{span.replace(' ', '-')}", start, span, en, zh)
    for start, span in (
        ("2026-12-28T10:00", "3 days"),
        ("2026-12-30T10:00", "2 days"),
        ("2026-12-20T10:00", "5 days"),
    ):
        yield Asked(
            f"end-roll-{start[:10]}-{span.replace(' ', '-')}",
            start,
            span,
            en,
            zh,
            {"counting": {"roll": "next-working-day"}},
        )


def written() -> str:
    """The file as it stands: one vector a line, so that a change shows as the lines it changes."""
    found = told()
    vectors = found.pop("vectors")
    head = "".join(
        f" {json.dumps(key)}: {json.dumps(each, ensure_ascii=False)},\n" for key, each in found.items()
    )
    lines = ",\n".join(f"  {json.dumps(each, ensure_ascii=False)}" for each in vectors)
    return f'{{\n{head} "vectors": [\n{lines}\n ]\n}}\n'


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(written(), encoding="utf-8")
