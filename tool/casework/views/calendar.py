"""The firm's calendar as a person wants to see it: a month or a year, its special days, and when the firm is open."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from casework.views.calendar_days import Shown, Stretch
from casework.views.hours import hours_lines, listed, open_as_data, shifts_as_data, shifts_lines, times
from casework.views.width import padded, width_of, wrapped
from casework.words import Text


def text_of(shown: Shown) -> str:
    """A month as a grid, or a year month by month; then the special days and when the firm is open."""
    if not shown.is_announced:
        lines = [*_wrapped(shown, _unknown(shown))]
    else:
        body = _grid(shown) if shown.period.month else _months(shown)
        lines = [_title(shown), "", *body, *_special(shown), *_still_open(shown)]
    hours = hours_lines(shown.timetable, shown.lang, shown.columns)
    shifts = shifts_lines(shown.timetable.roster, shown.lang, shown.columns)
    return "\n".join([*lines, "", *hours, *([""] if shifts else []), *shifts])


def json_of(shown: Shown) -> str:
    """Day by day; none where the year is not announced."""
    open_ = shown.unsettled if shown.is_announced else None
    document = {
        "calendar": shown.firm.record.value.get("calendar"),
        "name": _both(shown.calendar.name),
        "zone": shown.timetable.zone.key,
        "period": str(shown.period),
        "announced": shown.is_announced,
        "working_days": len(shown.working_days) if shown.is_announced else None,
        "unsettled_from": open_[0].isoformat() if open_ else None,
        "days": [_day_as_data(shown, day) for day in shown.period.days] if shown.is_announced else [],
        "shifts": shifts_as_data(shown.timetable.roster),
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


FORMS: Mapping[str, Callable[[Shown], str]] = {"text": text_of, "json": json_of}


def _day_as_data(shown: Shown, day: date) -> dict[str, Any]:
    calendar, hours = shown.calendar, shown.timetable.hours
    notice = calendar.notice(day)
    return {
        "date": day.isoformat(),
        "works": calendar.works_on(day),
        "why": _both(calendar.why(day)),
        "notice": _both(notice) if notice else None,
        "hours": [open_as_data(each) for each in hours.of(day)] if hours else None,
    }


def _both(text: Text) -> dict[str, str]:
    return {"en": text.say("en"), "zh": text.say("zh")}


def _title(shown: Shown) -> str:
    year, month = shown.period
    when = Text(f"{_MONTHS[month]} {year}", f"{year}年{month}月") if month else Text(f"{year}", f"{year}年")
    parts = {"when": when, "name": shown.calendar.name, "n": len(shown.working_days)}
    return shown.say(_TITLE, **parts)


def _unknown(shown: Shown) -> str:
    years = shown.calendar.years or {0}
    before = shown.period.year < min(years)
    parts = {"name": shown.calendar.name, "year": shown.period.year, "first": min(years), "last": max(years)}
    return shown.say(_BEFORE if before else _NOT_YET, **parts)


def _grid(shown: Shown) -> Iterator[str]:
    """Seven columns from Monday; behind each day its mark."""
    marks = [shown.say(mark) for mark in MARKS.values()]
    wide = 5 + max(map(width_of, marks))
    days = shown.period.days
    yield _row([f" {shown.say(name)}" for name in _WEEKDAYS], wide)
    cells = [""] * days[0].weekday() + [_cell(shown, day) for day in days]
    for start in range(0, len(cells), 7):
        yield _row(cells[start : start + 7], wide)


def _row(cells: list[str], wide: int) -> str:
    return ("  " + "".join(padded(cell, wide) for cell in cells)).rstrip()


def _cell(shown: Shown, day: date) -> str:
    kind = shown.kind_of(day)
    return f"{day.day:>2} {shown.say(MARKS[kind]) if kind else ''}"


def _months(shown: Shown) -> Iterator[str]:
    """Working days of each month, six months in a line."""
    counts = [sum(day.month == month for day in shown.working_days) for month in range(1, 13)]
    cells = [
        f"{shown.say(Text(_MONTHS[month][:3], f'{month}月'))} {counts[month - 1]:>2}"
        for month in range(1, 13)
    ]
    wide = 4 + max(map(width_of, cells))
    yield shown.say(_EACH_MONTH)
    for start in (0, 6):
        yield _row(cells[start : start + 6], wide)


def _special(shown: Shown) -> Iterator[str]:
    """The special days in order, and the notices they come from."""
    if not shown.stretches:
        return
    yield from ("", shown.say(_SPECIAL))
    yield from listed([_told(shown, each) for each in shown.stretches], shown.columns)
    for number, notice in enumerate(shown.notices, 1):
        mark = f"[{number}] " if len(shown.notices) > 1 else ""
        yield from _wrapped(shown, shown.say(_NOTICE, mark=mark, notice=notice), "  ")


def _told(shown: Shown, each: Stretch) -> tuple[str, str, str, str]:
    days = Text("{first}", "{first}") if each.first == each.last else _RANGE
    dates = shown.say(days, first=f"{each.first:%m-%d}", last=f"{each.last:%m-%d}")
    weekdays = shown.say(days, first=_weekday(shown, each.first), last=_weekday(shown, each.last))
    hours = shown.timetable.hours if each.kind == "short" else None
    name = shown.say(each.name) + (f"  {times(hours.of(each.first))}" if hours else "")
    if each.notice and len(shown.notices) > 1:
        name += f"  [{shown.notices.index(each.notice) + 1}]"
    return dates, weekdays, shown.say(KINDS[each.kind]), name


def _weekday(shown: Shown, day: date) -> str:
    name = _WEEKDAYS[day.weekday()]
    return shown.say(Text(name.en, f"周{name.zh}"))


def _still_open(shown: Shown) -> Iterator[str]:
    if open_ := shown.unsettled:
        yield ""
        yield from _wrapped(shown, shown.say(_UNSETTLED, day=open_[0], year=open_[1]))


def _wrapped(shown: Shown, sentence: str, indent: str = "") -> Iterator[str]:
    return wrapped(sentence, max(40, shown.columns), indent)


MARKS = {
    "rest": Text("–", "–"),
    "off": Text("off", "休"),
    "made_up": Text("work", "班"),
    "closed": Text("shut", "停"),
    "opened": Text("open", "开"),
    "short": Text("short", "短"),
}
KINDS = {
    "off": Text("off", "放假"),
    "made_up": Text("worked", "调休上班"),
    "closed": Text("we are closed", "本单位放假"),
    "opened": Text("we are open", "本单位上班"),
    "short": Text("shorter hours", "缩短办公时间"),
}
_WEEKDAYS = (
    Text("Mon", "一"), Text("Tue", "二"), Text("Wed", "三"), Text("Thu", "四"),
    Text("Fri", "五"), Text("Sat", "六"), Text("Sun", "日"),
)  # fmt: skip
_MONTHS = (
    "", "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_TITLE = Text("{when} · {name}: {n} working days", "{when} · {name}：{n} 个工作日")
_EACH_MONTH = Text("Working days in each month", "各月工作日")
_SPECIAL = Text("Special days", "特殊安排")
_NOTICE = Text("  {mark}by notice: {notice}", "  {mark}依据：{notice}")
_RANGE = Text("{first} – {last}", "{first} 至 {last}")
_NOT_YET = Text(
    "{year} is not announced yet: {name} goes up to {last}, and nothing beyond it is guessed.",
    "{year} 年的安排尚未公布：{name}只录到 {last} 年，之后的日子不作推算。",
)
_BEFORE = Text(
    "{year} is not here: {name} begins with {first}, and nothing before it is guessed.",
    "没有 {year} 年的安排：{name}从 {first} 年起，此前的日子不作推算。",
)
_UNSETTLED = Text(
    "From {day} on, the notice for {year} may still change these days: what is counted as far as this is provisional.",
    "自 {day} 起的日子仍可能因 {year} 年的通知而变动：数到这里的期限都是暂定的。",
)
