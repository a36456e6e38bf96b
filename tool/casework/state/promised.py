"""Where a limit's promise falls in one case: a span from an event, an agreed instant, or the end of a shift."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casework.state.case import Event
from casework.state.conditions import Step, post_of
from casework.state.counting import Counting
from casework.state.fold import Posts
from casework.state.instant import Instant, day_of, instant_from
from casework.state.policy import Promise
from casework.state.reckoning import NO_TIME, Reckoned, reckoned
from casework.state.shifts import OnShift
from casework.state.span import SHIFT, WORDS, Due, end_of_day
from casework.state.timetable import Timetable
from casework.words import Text


class Course(NamedTuple):
    """What a limit is followed through: the steps of a case, the posts after the last, and how time is counted."""

    steps: Sequence[Step]
    posts: Posts
    timetable: Timetable
    counting: Counting


def promised(promise: Promise, count: int, course: Course, whose: str = "") -> Reckoned:
    """Where a promise falls that begins with the step numbered ``count``; empty for ``promptly`` and ``unset``.

    ``whose`` is the receiver whose shift counts, where each has a clock of his own.
    """
    event = course.steps[count].event
    if promise.within is not None:
        if promise.within.unit in WORDS:
            return Reckoned(None)
        if promise.within.unit == SHIFT:
            return _end_of_shift(count, course, whose)
        return reckoned(event.when, promise.within, course.timetable, course.counting)
    naming = naming_of(promise, count, course)
    told = _read(naming, promise.due_field, course) if naming else None
    if not isinstance(told, Instant):
        return Reckoned(None, field_missing(naming or event, promise.due_field))
    return Reckoned(agreed(told, course.timetable, promise.clock))


def naming_of(promise: Promise, count: int, course: Course) -> Event | None:
    """The event whose field gives the due instant: the starting one, else the last such before it."""
    earlier = reversed(course.steps[: count + 1])
    return next((each.event for each in earlier if promise.due_event in each.event.kinds), None)


def agreed(told: Instant, timetable: Timetable, clock: str = "") -> Due:
    """An agreed time; a date without time is 24:00 of it (CR-8); ``12:00 on F`` is the earlier of the two (CR-9)."""
    zone = timetable.zone
    due = end_of_day(day_of(told.at, zone), zone) if told.whole_day else Due(told.at)
    if not clock:
        return due
    at = instant_from(f"{day_of(told.at, zone).isoformat()}T{clock}", zone)
    return Due(min(at.at, due.at)) if isinstance(at, Instant) else due


def shift_of(count: int, course: Course, whose: str = "") -> OnShift | Text:
    """The shift that ``whose`` (else whoever holds the case just after a step) is on, or their next; or why none can be told."""
    step = course.steps[count]
    later = course.steps[count + 1].posts if count + 1 < len(course.steps) else course.posts
    holders = (whose,) if whose else post_of(later, "holder")
    units = {each for who in holders for each in (who, *step.people.units_of(who, step.event.day))}
    return course.timetable.roster.at(step.event.at, units)


def _end_of_shift(count: int, course: Course, whose: str) -> Reckoned:
    """The end of the shift: as the event says, else of the holder's just after it."""
    event = course.steps[count].event
    told = _read(event, "shift_end", course)
    if isinstance(told, Instant):
        return Reckoned(agreed(told, course.timetable))
    if event.when.whole_day:
        return Reckoned(None, NO_TIME)
    shift = shift_of(count, course, whose)
    return Reckoned(None, shift) if isinstance(shift, Text) else Reckoned(Due(shift.end))


def _read(event: Event, name: str, course: Course) -> Instant | None:
    told = event.told.get(name)
    at = instant_from(str(told), course.timetable.zone) if told is not None else None
    return at if isinstance(at, Instant) else None


def field_missing(event: Event, name: str) -> Text:
    """That an event does not give the instant it was asked for."""
    return Text(
        "the agreed time '{field}' is not given on '{event}'",
        "“{event}”没有写明约定时间 {field}",
        {"field": name, "event": event.type.title},
    )
