"""A firm's timetable: its zone, working days, office hours and shifts, read from register.yaml and its calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casework.records.record import Flaw, Record
from casework.state.calendar import WEEKDAYS, Calendar, Special, calendar_from, days_in
from casework.state.counting import minutes_of
from casework.state.hours import Hours, Stretch
from casework.state.shifts import Roster, Shift
from casework.words import Text, text_from


class Timetable(NamedTuple):
    """What deadlines are counted by. ``calendar`` and ``hours`` are None where the firm names none: nothing is assumed."""

    zone: ZoneInfo
    roster: Roster
    calendar: Calendar | None = None
    hours: Hours | None = None


def timetable_from(
    register: Record, calendar: Record | None, zone: ZoneInfo
) -> tuple[Timetable, tuple[Flaw, ...]]:
    """The timetable, and what is wrong with it; what is flawed is left out, so that nothing is counted by it."""
    flaws: list[Flaw] = []
    own = dict(_own_days(register, flaws))
    shifts = tuple(map(_shift, (register.value.get("shifts") or {}).values()))
    days = calendar_from(calendar, own) if calendar else None
    if isinstance(days, tuple):
        flaws += days
        days = None
    hours = _hours(register, days, zone, flaws) if days and register.value.get("office_hours") else None
    return Timetable(zone, Roster(shifts, zone, days), days, hours), tuple(flaws)


def _own_days(register: Record, flaws: list[Flaw]) -> Iterator[tuple[date, Special]]:
    """The firm's own days: closed, worked, or short; they stand above the calendar."""
    told = register.value
    for key, works in (("closed_on", False), ("open_on", True)):
        for written, name in (told.get(key) or {}).items():
            for day in days_in(written, register.place(key, written), flaws):
                yield day, Special(works, text_from(name))
    for written, entry in (told.get("short_days") or {}).items():
        for day in days_in(written, register.place("short_days", written), flaws):
            yield day, Special(True, text_from(entry["title"]))


def _hours(register: Record, calendar: Calendar, zone: ZoneInfo, flaws: list[Flaw]) -> Hours | None:
    weekly: dict[int, list[Stretch]] = {}
    made_up: list[Stretch] = []
    for entry in register.value["office_hours"]:
        for name in entry.get("days") or (*WEEKDAYS, "make-up"):
            days = made_up if name == "make-up" else weekly.setdefault(WEEKDAYS.index(name), [])
            days.append(_stretch(entry))
    places = {"office_hours": [*weekly.values(), made_up]}
    short = _short_hours(register)
    for key, stretches in [*places.items(), ("short_days", short.values())]:
        if any(not _in_order(each) for each in stretches):
            flaws.append(Flaw(register.place(key), _OVERLAP))
            return None
    made_up = made_up or _usual(weekly, calendar)
    hours = Hours(
        {day: sorted(each) for day, each in weekly.items() if each}, sorted(made_up), short, calendar, zone
    )
    if hours.is_never_open:
        flaws.append(Flaw(register.place("office_hours"), _NEVER))
        return None
    return hours


def _short_hours(register: Record) -> dict[date, list[Stretch]]:
    return {
        day: sorted(map(_stretch, entry["hours"]))
        for written, entry in (register.value.get("short_days") or {}).items()
        for day in days_in(written, register.place("short_days", written), [])
    }


def _usual(weekly: Mapping[int, Sequence[Stretch]], calendar: Calendar) -> list[Stretch]:
    """The hours of a make-up day where nobody says: those of an ordinary day, if all ordinary days have the same."""
    usual = {tuple(sorted(each)) for day, each in weekly.items() if day not in calendar.weekend}
    return list(usual.pop()) if len(usual) == 1 else []


def _stretch(told: Mapping[str, Any]) -> Stretch:
    return Stretch(minutes_of(told["from"]), minutes_of(told["until"]))


def _in_order(stretches: Sequence[Stretch]) -> bool:
    """Whether each ends after it begins, and none begins before another's end."""
    ordered = sorted(stretches)
    return all(each.opens < each.closes for each in ordered) and all(
        a.closes <= b.opens for a, b in pairwise(ordered)
    )


def _shift(told: Mapping[str, Any]) -> Shift:
    units = told.get("units") or ()
    return Shift(
        text_from(told.get("title") or ""),
        frozenset([units] if isinstance(units, str) else units),
        frozenset(WEEKDAYS.index(day) for day in told.get("days") or WEEKDAYS if day != "make-up"),
        minutes_of(told["from"]),
        minutes_of(told["until"]),
        "make-up" in (told.get("days") or ()),
    )


_OVERLAP = Text(
    "hours of one day must follow one another, each ending after it begins",
    "同一天的各时段须依次排列、互不重叠，且结束晚于开始",
)
_NEVER = Text(
    "these hours never open on a working day: no working hour could ever be counted",
    "这些时段在工作日从不开放：无法计算任何工作小时",
)
