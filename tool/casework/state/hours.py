"""Office hours: when working hours run, by weekday and by date, and how much open time lies between two instants."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casework.state.calendar import Calendar
from casework.state.instant import DAY, clock_on, midnight

MICRO = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Stretch(NamedTuple):
    """Open from ``opens`` until ``closes`` of one local day, both in minutes after 00:00; 1440 is 24:00."""

    opens: int
    closes: int


class _Year(NamedTuple):
    """The open stretches of a local year in order, in microseconds since 1970 UTC; ``done`` sums them up to each."""

    opens: list[int]
    closes: list[int]
    done: list[int]


class Hours:
    """The firm's office hours. Only working days have any (CR-6); a make-up day has those of ``made_up``."""

    def __init__(
        self,
        weekly: Mapping[int, Sequence[Stretch]],
        made_up: Sequence[Stretch],
        short: Mapping[date, Sequence[Stretch]],
        calendar: Calendar,
        zone: ZoneInfo,
    ) -> None:
        self.weekly, self.made_up, self.short = weekly, made_up, short
        self.calendar, self.zone = calendar, zone
        self._years: dict[int, _Year] = {}

    def of(self, day: date) -> Sequence[Stretch]:
        """The stretches of a local day; none on a day off. NotAnnounced if its year is not."""
        if not self.calendar.works_on(day):
            return ()
        if day in self.short:
            return self.short[day]
        return self.weekly.get(day.weekday(), self.made_up if day.weekday() in self.calendar.weekend else ())

    def after(self, at: datetime, amount: int) -> datetime:
        """When ``amount`` ≥ 1 microseconds of open time have passed since ``at`` (UTC); NotAnnounced beyond the calendar.

        Time that ends exactly with a stretch ends at its closing, not at the next opening.
        """
        now = (at - EPOCH) // MICRO
        number = self._year_of(at)
        year = self._year(number)
        wanted = _passed(year, now) + amount
        while not year.done or wanted > year.done[-1]:
            wanted -= year.done[-1] if year.done else 0
            number += 1
            year = self._year(number)
        index = bisect_left(year.done, wanted)
        return EPOCH + (year.closes[index] - (year.done[index] - wanted)) * MICRO

    def between(self, a: datetime, b: datetime) -> int:
        """Microseconds of open time in [a, b); 0 if b is not later. NotAnnounced beyond the calendar."""
        if b <= a:
            return 0
        first, last = self._year_of(a), self._year_of(b)
        whole = sum(year.done[-1] for n in range(first, last) if (year := self._year(n)).done)
        return (
            whole
            + _passed(self._year(last), (b - EPOCH) // MICRO)
            - _passed(self._year(first), (a - EPOCH) // MICRO)
        )

    def close_of(self, day: date) -> int:
        """The close of business of a local day, in minutes after 00:00; 24:00 of a day without hours."""
        stretches = self.of(day)
        return stretches[-1].closes if stretches else DAY

    def awaits(self, at: datetime) -> int:
        """The year whose notice may still move open time up to an instant; 0 where none can (CR-5)."""
        since = self.calendar.unsettled_since
        if since is None or at <= midnight(since, self.zone):
            return 0
        return self.calendar.awaits(since)

    @cached_property
    def is_never_open(self) -> bool:
        """Whether no ordinary week has an open minute: nothing could ever be counted."""
        days = (
            stretches for weekday, stretches in self.weekly.items() if weekday not in self.calendar.weekend
        )
        return not any(stretches for stretches in days)

    def _year_of(self, at: datetime) -> int:
        """The local year of an instant; only at its turn can it differ from that of UTC, and converting is slow."""
        return at.astimezone(self.zone).year if at.month in (1, 12) else at.year

    def _year(self, number: int) -> _Year:
        year = self._years.get(number)
        if year is None:
            year = self._years[number] = self._made(number)
        return year

    def _made(self, number: int) -> _Year:
        made = _Year([], [], [])
        total = 0
        for ordinal in range(date(number, 1, 1).toordinal(), date(number, 12, 31).toordinal() + 1):
            day = date.fromordinal(ordinal)
            for opens, closes in self.of(day):
                start, end = (
                    (clock_on(day, minute, self.zone) - EPOCH) // MICRO for minute in (opens, closes)
                )
                if end > start:  # nothing is left of a stretch that the clock skipped
                    total += end - start
                    made.opens.append(start)
                    made.closes.append(end)
                    made.done.append(total)
        return made


def _passed(year: _Year, now: int) -> int:
    """How much of the year's open time has passed at an instant."""
    index = bisect_right(year.opens, now) - 1
    return year.done[index] - max(0, year.closes[index] - now) if index >= 0 else 0
