"""Where a span ends: days are counted as days, hours as absolute time, working time by the firm's timetable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casework.state.calendar import Calendar, NotAnnounced
from casework.state.counting import Counting, minutes_of
from casework.state.hours import MICRO, Hours
from casework.state.instant import DAY, Instant, clock_on, day_of, midnight
from casework.state.span import CALENDAR, CLOCK, Due, Span, end_of_day, later_day
from casework.state.timetable import Timetable
from casework.words import Text

HOUR = timedelta(hours=1) // MICRO


class Reckoned(NamedTuple):
    """A due, or the problem why there is none; ``awaits`` is the year whose notice may still move it (provisional)."""

    due: Due | None
    problem: Text | None = None
    awaits: int = 0


class _Missing(Exception):
    """The timetable lacks what a unit is counted by."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def reckoned(start: Instant, span: Span, timetable: Timetable, counting: Counting) -> Reckoned:
    """Where a span from ``start`` ends (CR-2 … CR-6, CR-10, CR-16); never for shifts, ``promptly`` and ``unset``."""
    try:
        return _FROM[span.unit](start, span, timetable, counting)
    except (NotAnnounced, _Missing) as missing:
        return _refused(missing)


def moved(
    due: Due, span: Span, pause: tuple[Instant, Instant], timetable: Timetable, counting: Counting
) -> Reckoned:
    """A due in force moved by a pause, measured on the clock of its own span (4.7)."""
    try:
        return _moved(due, span, pause, timetable, counting)
    except (NotAnnounced, _Missing) as missing:
        return _refused(missing)


def _refused(missing: NotAnnounced | _Missing) -> Reckoned:
    if isinstance(missing, _Missing):
        return Reckoned(None, missing.text)
    return Reckoned(None, missing.text)


def _elapsed(start: Instant, span: Span, timetable: Timetable, counting: Counting) -> Reckoned:
    if start.whole_day:
        return Reckoned(None, NO_TIME)
    return Reckoned(Due(start.at + span.n * CLOCK[span.unit], False, counting.boundary == "exclusive"))


def _working_hours(start: Instant, span: Span, timetable: Timetable, counting: Counting) -> Reckoned:
    if start.whole_day:
        return Reckoned(None, NO_TIME)
    hours = hours_of(timetable)
    at = hours.after(start.at, span.n * HOUR)
    return Reckoned(Due(at, False, counting.boundary == "exclusive"), None, hours.awaits(at))


def _working_days(start: Instant, span: Span, timetable: Timetable, counting: Counting) -> Reckoned:
    return _worked(day_zero(start, span, timetable, counting), span.n, timetable, counting)


def _days(start: Instant, span: Span, timetable: Timetable, counting: Counting) -> Reckoned:
    return _counted(day_zero(start, span, timetable, counting), span, timetable, counting)


@lru_cache(maxsize=8192)  # the hour of a start does not matter here, so whole registers ask the same again
def _worked(day: date, n: int, timetable: Timetable, counting: Counting) -> Reckoned:
    """Where ``n`` working days from day zero end."""
    calendar = calendar_of(timetable)
    if counting.first_day == "counted" and calendar.works_on(day):
        n -= 1
    last = calendar.after(day, n) if n else day
    return Reckoned(_ends(last, last, timetable, counting), None, calendar.awaits(last))


@lru_cache(maxsize=8192)
def _counted(day: date, span: Span, timetable: Timetable, counting: Counting) -> Reckoned:
    """Where days, months or years from day zero end."""
    if counting.first_day == "counted":
        day -= timedelta(days=1)
    return _rolled(later_day(day, span, counting.month_end), timetable, counting)


def _rolled(last: date, timetable: Timetable, counting: Counting) -> Reckoned:
    if counting.roll == "none":
        return Reckoned(_ends(last, last, timetable, counting))
    calendar = calendar_of(timetable)
    rolled = rolled_off(last, calendar, counting)
    return Reckoned(_ends(rolled, last, timetable, counting), None, calendar.awaits(max(last, rolled)))


_FROM: dict[str, Callable[[Instant, Span, Timetable, Counting], Reckoned]] = {
    **dict.fromkeys(CLOCK, _elapsed),
    **dict.fromkeys(CALENDAR, _days),
    "working hour": _working_hours,
    "working day": _working_days,
}


def day_zero(start: Instant, span: Span, timetable: Timetable, counting: Counting) -> date:
    """The local day a count starts from: the day of the start, or a later one it counts as (CR-3, CR-4).

    What comes after the cut-off counts as received on the next day, for working days on the next working day; so
    does then what comes on a day of rest, or an earlier start could be due later.
    """
    day = day_of(start.at, timetable.zone)
    is_late = bool(counting.cutoff) and not start.whole_day and _is_after(start, day, timetable, counting)
    if span.unit != "working day":
        return day + timedelta(days=1) if is_late else day
    if counting.cutoff or counting.first_day == "after-roll":
        calendar = calendar_of(timetable)
        return calendar.after(day, 1) if is_late else calendar.on_or_after(day)
    return day


def _is_after(start: Instant, day: date, timetable: Timetable, counting: Counting) -> bool:
    return start.at > clock_on(day, minutes_of(counting.cutoff), timetable.zone)


def rolled_off(day: date, calendar: Calendar, counting: Counting) -> date:
    """A due day moved off a day of rest, as the policy counts (CR-10)."""
    if counting.roll == "none" or calendar.works_on(day):
        return day
    return calendar.after(day, 1) if counting.roll == "next-working-day" else calendar.before(day)


def _ends(day: date, last: date, timetable: Timetable, counting: Counting) -> Due:
    """Where a day ends: at 24:00, at a clock time, or at the close of business (24:00 where it has none).

    ``last`` is the day that was counted to, before it rolled off a day of rest.
    """
    told = counting.day_ends
    minute = hours_of(timetable).close_of(day) if told == "close-of-business" else minutes_of(told)
    if minute == DAY:
        return Due(midnight(day + timedelta(days=1), timetable.zone), True, last=last)
    return Due(clock_on(day, minute, timetable.zone), False, counting.boundary == "exclusive", last)


def _moved(
    due: Due, span: Span, pause: tuple[Instant, Instant], timetable: Timetable, counting: Counting
) -> Reckoned:
    if span.unit == "working day" or span.unit in CALENDAR:
        return _moved_by_days(due, span, pause, timetable, counting)
    begun, ended = pause
    if begun.whole_day or ended.whole_day:
        return Reckoned(None, NO_TIME)
    if span.unit != "working hour":
        return Reckoned(Due(due.at + (ended.at - begun.at), False, due.day_end or due.is_exclusive))
    hours = hours_of(timetable)
    open_time = hours.between(begun.at, ended.at)
    if open_time:
        due = Due(hours.after(due.at, open_time), False, due.day_end or due.is_exclusive)
    return Reckoned(due, None, hours.awaits(due.at))


def _moved_by_days(
    due: Due, span: Span, pause: tuple[Instant, Instant], timetable: Timetable, counting: Counting
) -> Reckoned:
    """The day counted to moves; it rolls off a day of rest only then, so that two pauses move as much as one."""
    zone = timetable.zone
    first, last = (day_of(each.at, zone) for each in pause)
    day = due.last or day_of(due.printed, zone)
    if span.unit in CALENDAR:
        then, awaits = day + (last - first), 0
    else:
        calendar = calendar_of(timetable)
        days = calendar.count(first, last)
        then = calendar.after(day, days) if days else day
        awaits = calendar.awaits(then)
    if due.last is None:
        return Reckoned(due if then == day else _agreed_for(then, due, zone), None, awaits)
    if span.unit in CALENDAR:
        return _rolled(then, timetable, counting)
    return Reckoned(_ends(then, then, timetable, counting), None, awaits)


def _agreed_for(day: date, due: Due, zone: ZoneInfo) -> Due:
    """An agreed time that moves to another day stays at its clock time; it was never counted, so it never rolls."""
    if due.day_end:
        return end_of_day(day, zone)
    local = due.at.astimezone(zone)
    at = clock_on(day, local.hour * 60 + local.minute, zone) + timedelta(seconds=local.second)
    return due._replace(at=at)


def calendar_of(timetable: Timetable) -> Calendar:
    """The calendar; refused where the firm names none."""
    if timetable.calendar is None:
        raise _Missing(_NO_CALENDAR)
    return timetable.calendar


def hours_of(timetable: Timetable) -> Hours:
    """The office hours; refused where the firm tells none."""
    if timetable.hours is None:
        raise _Missing(_NO_HOURS if timetable.calendar else _NO_CALENDAR)
    return timetable.hours


NO_TIME = Text(
    "a clock of minutes or hours needs the time of day, and only a date is given",
    "按分钟或小时计算的时限需要具体时刻，此处只写了日期",
)
_NO_CALENDAR = Text(
    "register.yaml names no calendar to count working days by",
    "register.yaml 没有写明用哪个日历（calendar）计算工作日",
)
_NO_HOURS = Text(
    "register.yaml tells no office hours to count working hours by",
    "register.yaml 没有写明办公时间（office_hours），无法计算工作小时",
)
