"""Office hours and shifts, each said once, as lines for a person or as data for a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from casework.state.calendar import WEEKDAYS
from casework.state.hours import Hours, Stretch
from casework.state.shifts import Roster, Shift
from casework.state.timetable import Timetable
from casework.views.width import on_one_line, padded, width_of, wrapped
from casework.words import Lang, Text, joined


def open_as_data(stretch: Stretch) -> dict[str, str]:
    """``{from, until}``, as register.yaml writes it."""
    return {"from": clock(stretch.opens), "until": clock(stretch.closes)}


def shifts_as_data(roster: Roster) -> list[dict[str, Any]]:
    """The shifts as JSON data, in the order of register.yaml."""
    return [
        {
            "title": {"en": shift.title.say("en"), "zh": shift.title.say("zh")},
            "days": [*(WEEKDAYS[day] for day in sorted(shift.weekdays)), *["make-up"] * shift.keeps_calendar],
            "units": sorted(shift.units),
            "from": clock(shift.starts),
            "until": clock(shift.ends),
        }
        for shift in roster.shifts
    ]


def hours_lines(timetable: Timetable, lang: Lang, columns: int) -> Iterator[str]:
    """The office hours, days that have the same together; or that there are none."""
    if timetable.hours is None:
        yield _NO_HOURS.say(lang)
        return
    yield _HOURS.say(lang)
    yield from listed(
        [(days.say(lang), times(stretches)) for days, stretches in _groups(timetable.hours)], columns
    )


def shifts_lines(roster: Roster, lang: Lang, columns: int) -> Iterator[str]:
    """The shifts; nothing where the firm has none."""
    if roster.shifts:
        yield _SHIFTS.say(lang)
        yield from listed([_row(shift, lang) for shift in roster.shifts], columns)


def listed(rows: Sequence[tuple[str, ...]], columns: int) -> Iterator[str]:
    """Rows under each other, indented by two; a last cell that does not fit goes on below, never cut."""
    widths = [max(width_of(cell) for cell in column) for column in zip(*rows, strict=True)][:-1]
    columns = max(40, columns)
    indent = " " * min(sum(widths) + 2 * len(widths) + 2, columns // 2)
    for row in rows:
        cells = [padded(on_one_line(cell), wide) for cell, wide in zip(row, widths, strict=False)]
        yield from wrapped("  " + "  ".join([*cells, on_one_line(row[-1])]), columns, indent)


def clock(minute: int) -> str:
    """``HH:MM`` of a day's minute; 1440 is 24:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def times(stretches: Sequence[Stretch]) -> str:
    """“09:00–12:00, 13:00–18:00”."""
    return ", ".join(f"{clock(each.opens)}–{clock(each.closes)}" for each in stretches)


def days_text(days: Sequence[int]) -> Text:
    """Weekdays from Monday = 0, three and more on end as a range; all seven as “every day”."""
    if len(days) == 7:
        return Text("every day", "每天")
    parts: list[Text] = []
    for run in _runs(days):
        if len(run) > 2:
            first, last = _SHORT[run[0]], _SHORT[run[-1]]
            parts.append(Text(f"{first.en}–{last.en}", f"{first.zh}至{last.zh}"))
        else:
            parts += [_SHORT[day] for day in run]
    return Text("{days}", "{days}", {"days": parts})


def _groups(hours: Hours) -> Iterator[tuple[Text, Sequence[Stretch]]]:
    """The days that have the same hours; make-up days count among those they are like."""
    by_hours: dict[tuple[Stretch, ...], list[int]] = {}
    for day, stretches in sorted(hours.weekly.items()):
        by_hours.setdefault(tuple(stretches), []).append(day)
    made_up = tuple(hours.made_up)
    for stretches, days in by_hours.items():
        told = days_text(days)
        both = Text(_AND_MADE_UP.en, _AND_MADE_UP.zh, {"days": told})
        yield both if stretches == made_up else told, stretches
    if made_up and made_up not in by_hours:
        yield Text("make-up days", "调休上班日"), made_up


def _runs(days: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for day in days:
        if run and day != run[-1] + 1:
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _row(shift: Shift, lang: Lang) -> tuple[str, ...]:
    until = clock(shift.ends)
    next_day = "" if shift.ends > shift.starts else _NEXT_DAY.say(lang)
    times = f"{clock(shift.starts)}–{until}{next_day}"
    units = joined(sorted(shift.units), lang) if shift.units else _EVERYBODY.say(lang)
    days = days_text(sorted(shift.weekdays))
    told = Text(_AND_MADE_UP.en, _AND_MADE_UP.zh, {"days": days}) if shift.keeps_calendar else days
    return shift.title.say(lang), told.say(lang), times, units


_AND_MADE_UP = Text("{days} and make-up days", "{days}及调休上班日")


_SHORT = (
    Text("Mon", "周一"), Text("Tue", "周二"), Text("Wed", "周三"), Text("Thu", "周四"),
    Text("Fri", "周五"), Text("Sat", "周六"), Text("Sun", "周日"),
)  # fmt: skip
_HOURS = Text("Office hours", "办公时间")
_NO_HOURS = Text(
    "No office hours are written down: working hours cannot be counted.",
    "没有写明办公时间：无法计算工作小时。",
)
_SHIFTS = Text("Shifts", "班次")
_NEXT_DAY = Text(" (next day)", "（次日）")
_EVERYBODY = Text("everybody", "全体")
