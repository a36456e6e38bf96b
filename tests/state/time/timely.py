"""What the tests of time are told in: calendars, office hours, firms and the options of counting."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from casework.records.record import Record
from casework.records.strict_yaml import read_yaml
from casework.state.calendar import Calendar, Special, calendar_from
from casework.state.counting import Counting, counting_from, minutes_of
from casework.state.hours import Hours, Stretch
from casework.state.instant import Instant, instant_from
from casework.state.reckoning import Reckoned, moved, reckoned
from casework.state.shifts import Roster
from casework.state.span import span_from
from casework.state.timetable import Timetable
from casework.words import Text, same

ROOT = Path(__file__).parents[3]
SHANGHAI = ZoneInfo("Asia/Shanghai")
OFF, WORKED = Special(False, same("off")), Special(True, same("worked"))
NINE_TO_SIX = (Stretch(540, 720), Stretch(780, 1080))  # a lunch break from 12 to 13
_OPTIONS = json.loads((ROOT / "schema/policy.json").read_text(encoding="utf-8"))["properties"]["counting"]
DEFAULTS = {name: told["default"] for name, told in _OPTIONS["properties"].items() if "default" in told}
CHOICES: dict[str, tuple[str, ...]] = {
    "first_day": ("not-counted", "counted", "after-roll"),
    "day_ends": ("24:00", "18:00", "12:00", "close-of-business"),
    "roll": ("none", "next-working-day", "previous-working-day"),
    "month_end": ("last-day", "next-day"),
    "boundary": ("inclusive", "exclusive"),
    "cutoff": ("", "17:30", "12:00"),
}


def counting(**options: str) -> Counting:
    """The defaults of the schema, but for what is told."""
    settled = counting_from(DEFAULTS, options)
    assert settled
    return settled


@cache
def china() -> Calendar:
    """The calendar of Mainland China as it ships."""
    path = "policies/calendars/cn.yaml"
    record = read_yaml(path, (ROOT / path).read_bytes())
    assert isinstance(record, Record)
    made = calendar_from(record, {})
    assert isinstance(made, Calendar)
    return made


def calendar(
    off: Iterable[date] = (),
    worked: Iterable[date] = (),
    weekend: Iterable[int] = (5, 6),
    years: Iterable[int] | None = None,
) -> Calendar:
    """A calendar of these days; endless where no years are told."""
    special = dict.fromkeys(off, OFF) | dict.fromkeys(worked, WORKED)
    return Calendar(same("test"), frozenset(weekend), special, None if years is None else frozenset(years))


def stretches(*told: tuple[str, str]) -> tuple[Stretch, ...]:
    return tuple(Stretch(minutes_of(opens), minutes_of(closes)) for opens, closes in told)


def firm(
    days: Calendar | None = None,
    zone: ZoneInfo = SHANGHAI,
    weekly: Mapping[int, Iterable[Stretch]] | None = None,
    made_up: Iterable[Stretch] = NINE_TO_SIX,
    short: Mapping[date, Iterable[Stretch]] | None = None,
) -> Timetable:
    """A firm that counts by China's calendar, open from nine to six with a lunch break, unless told otherwise."""
    days = days or china()
    week = {day: tuple(told) for day, told in (weekly or dict.fromkeys(range(5), NINE_TO_SIX)).items()}
    shorter = {day: tuple(told) for day, told in (short or {}).items()}
    return Timetable(zone, Roster((), zone), days, Hours(week, tuple(made_up), shorter, days, zone))


def at(text: str, zone: ZoneInfo = SHANGHAI) -> Instant:
    told = instant_from(text, zone)
    assert isinstance(told, Instant), told.say("en")
    return told


def reckon(start: Instant, span: str, where: Timetable, how: Counting) -> Reckoned:
    told = span_from(span)
    assert told
    return reckoned(start, told, where, how)


def due(start: str, span: str, where: Timetable | None = None, **options: str) -> str:
    """The last second that keeps a promise, in local time; or the English words why it is none."""
    where = where or firm()
    return shown(reckon(at(start, where.zone), span, where, counting(**options)), where)


def paused(
    start: str, span: str, pauses: Iterable[tuple[str, str]], where: Timetable | None = None, **options: str
) -> str:
    """The same after some pauses."""
    where, told, how = where or firm(), span_from(span), counting(**options)
    assert told
    found = reckoned(at(start, where.zone), told, where, how)
    for begun, ended in pauses:
        assert found.due
        found = moved(found.due, told, (at(begun, where.zone), at(ended, where.zone)), where, how)
    return shown(found, where)


def shown(found: Reckoned, where: Timetable) -> str:
    if found.due is None:
        assert isinstance(found.problem, Text)
        return found.problem.say("en")
    return found.due.printed.astimezone(where.zone).strftime("%Y-%m-%dT%H:%M:%S")


def days_from(first: date, n: int) -> list[date]:
    return [first + timedelta(days=each) for each in range(n)]
