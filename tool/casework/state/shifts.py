"""The roster: which shift somebody is on at an instant, and when it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casework.state.calendar import Calendar, NotAnnounced
from casework.state.instant import clock_on, day_of
from casework.words import Text


class Shift(NamedTuple):
    """A shift of some weekdays (from Monday = 0), in minutes after 00:00; one that ends first runs over midnight."""

    title: Text
    units: frozenset[str]  # empty: everybody's
    weekdays: frozenset[int]
    starts: int
    ends: int
    keeps_calendar: bool = False  # off on days off, and worked on make-up days


class OnShift(NamedTuple):
    """One working of a shift: its start and end in UTC."""

    shift: Shift
    start: datetime
    end: datetime


@dataclass(frozen=True, eq=False)
class Roster:
    """The firm's shifts."""

    shifts: tuple[Shift, ...]
    zone: ZoneInfo
    calendar: Calendar | None = None

    def at(self, at: datetime, units: Iterable[str]) -> OnShift | Text:
        """The shift that members of ``units`` are on at an instant, else their next one (CR-7); or why none can be told.

        A shift runs from its first instant up to its last, which belongs to the next one.
        """
        own, today = frozenset(units), day_of(at, self.zone)
        try:
            ahead = [
                worked
                for number, shift in enumerate(self.shifts)
                if not shift.units or not shift.units.isdisjoint(own)
                if (worked := next((each for each in self._from(number, today) if at < each.end), None))
            ]
        except NotAnnounced as missing:
            return missing.text
        first = min((each.start for each in ahead), default=at)
        chosen = [each for each in ahead if each.start <= max(first, at)]
        if not chosen:
            return _NONE
        if len({each.end for each in chosen}) > 1:
            return Text(_SEVERAL.en, _SEVERAL.zh, {"shifts": [each.shift.title for each in chosen]})
        return chosen[0]

    def _from(self, number: int, today: date) -> Iterator[OnShift]:
        """The workings of a shift from yesterday on; a month ahead is past any holiday."""
        days = (today + timedelta(days=ahead) for ahead in range(-1, 31))
        return (worked for day in days if (worked := self._working(number, day)))

    @lru_cache(maxsize=4096)  # noqa: B019 - a firm has one roster, and many cases of one day
    def _working(self, number: int, day: date) -> OnShift | None:
        """The working of a shift that begins on a day, if there is one."""
        shift = self.shifts[number]
        if not self._is_worked(shift, day):
            return None
        until = day if shift.ends > shift.starts else day + timedelta(days=1)
        return OnShift(shift, clock_on(day, shift.starts, self.zone), clock_on(until, shift.ends, self.zone))

    def _is_worked(self, shift: Shift, day: date) -> bool:
        """Whether a shift is worked on a day; one that keeps the calendar asks it, where the firm has one."""
        calendar = self.calendar if shift.keeps_calendar else None
        if calendar is None:
            return day.weekday() in shift.weekdays
        return calendar.works_on(day) and (
            day.weekday() in shift.weekdays or day.weekday() in calendar.weekend
        )


_NONE = Text(
    "no shift in register.yaml is worked by whoever held the case: write 'shift_end' on the event",
    "register.yaml 中没有案件经手人所在的班次：请在事件中写明 shift_end",
)
_SEVERAL = Text(
    "whoever held the case may be on several shifts ({shifts}): write 'shift_end' on the event",
    "案件经手人可能同时属于几个班次（{shifts}）：请在事件中写明 shift_end",
)
