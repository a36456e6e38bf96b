"""Counts a due date again, a day or a minute at a time, from the published file alone: shares nothing with the tool."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


class Unknown(Exception):
    """A day of a year that the calendar does not have, or a time of day that is not told."""


class Recount:
    """One vector, and the calendar and office hours it names."""

    def __init__(self, told: dict[str, Any], vector: dict[str, Any]) -> None:
        self.calendar = told["calendars"][vector["calendar"]]
        self.hours = told["office_hours"][vector["office_hours"]]
        self.how, self.zone = told["defaults"] | vector.get("counting", {}), ZoneInfo(vector["zone"])
        n, self.unit = vector["span"].split(" ", 1)
        self.n, self.unit, self.is_date = int(n), self.unit.rstrip("s"), len(vector["from"]) == 10
        start = datetime.fromisoformat(vector["from"])
        self.start = (start.replace(tzinfo=self.zone) if self.is_date else start).astimezone(self.zone)
        self.pauses = [(*map(datetime.fromisoformat, each),) for each in vector.get("pauses", ())]
        self.days = [tuple(each.astimezone(self.zone).date() for each in pause) for pause in self.pauses]

    def works(self, day: date) -> bool:
        if self.calendar["years"] and day.year not in self.calendar["years"]:
            raise Unknown
        named, weekend = str(day), f"{day:%a}".lower() in self.calendar["weekend"]
        return named in self.calendar["work"] or (named not in self.calendar["off"] and not weekend)

    def hours_on(self, day: date) -> list[list[str]]:
        named = next(each for each in (str(day), f"{day:%a}".lower(), "make-up") if each in self.hours)
        return self.hours[named] if self.works(day) else []

    def worked(self) -> datetime:
        """The end of so many working hours: second by second of open minutes, but for paused ones."""
        at, left, day = self.start.astimezone(UTC), self.n * 3600, date.min
        while left:
            clock, length = at.astimezone(self.zone), 60 - at.second
            if clock.date() != day:
                day, hours = clock.date(), self.hours_on(clock.date())
            opens = any(a <= clock.isoformat()[11:16] < b for a, b in hours)
            if opens and not any(a <= at < b for a, b in self.pauses):
                length = min(length, left)
                left -= length
            at += length * SECOND
        return at

    def step(self, day: date, by: timedelta = DAY) -> date:
        return day + by if self.works(day + by) else self.step(day + by, by)

    def last_day(self) -> date:
        day, n, works = self.start.date(), self.n, self.unit == "working day"
        late = bool(self.how["cutoff"]) and f"{self.start:%H:%M:%S.%f}" > f"{self.how['cutoff']}:00.000000"
        if not works:
            day += (late and not self.is_date) * DAY - (self.how["first_day"] == "counted") * DAY
            return self.later(day, n) + sum((b - a for a, b in self.days), 0 * DAY)
        if (self.how["cutoff"] or self.how["first_day"] == "after-roll") and (late or not self.works(day)):
            day = self.step(day)
        n -= self.how["first_day"] == "counted" and self.works(day)
        n += sum(self.works(a + k * DAY) for a, b in self.days for k in range(1, (b - a).days + 1))
        while n:
            day, n = self.step(day), n - 1
        return day

    def later(self, day: date, n: int) -> date:
        if self.unit == "day":
            return day + n * DAY
        months = day.year * 12 + day.month - 1 + n * (12 if self.unit == "year" else 1)
        for missing in range(4):
            try:
                found = date(months // 12, months % 12 + 1, day.day - missing)
            except ValueError:
                continue
            return found + DAY if missing and self.how["month_end"] == "next-day" else found
        raise AssertionError(day)

    def end(self) -> tuple[datetime, date]:
        """The last second that keeps the promise, and the last day whose being worked it hangs on."""
        tick = SECOND if self.how["boundary"] == "exclusive" else 0 * SECOND
        if self.unit in ("minute", "hour", "working hour"):
            if self.is_date:
                raise Unknown
            if self.unit == "working hour":
                at = self.worked()
                return at - tick, (at - SECOND).astimezone(self.zone).date()
            elapsed = self.n * SECOND * (60 if self.unit == "minute" else 3600)
            return self.start.astimezone(UTC) + sum((b - a for a, b in self.pauses), elapsed) - tick, date.min
        last = day = self.last_day()
        rolls = self.how["roll"] != "none" and self.unit != "working day"
        if rolls and not self.works(day):
            day = self.step(day, DAY if self.how["roll"] == "next-working-day" else -DAY)
        hangs_on = max(last, day) if rolls or self.unit == "working day" else date.min
        clock = self.how["day_ends"]
        if clock == "close-of-business":
            clock = max((b for _, b in self.hours_on(day)), default="24:00")
        if clock == "24:00":
            return datetime.combine(day + DAY, datetime.min.time(), self.zone).astimezone(
                UTC
            ) - SECOND, hangs_on
        return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=self.zone).astimezone(
            UTC
        ) - tick, hangs_on


def recount(told: dict[str, Any], vector: dict[str, Any]) -> tuple[str | None, str]:
    """(due, status) of a vector of the file."""
    try:
        case = Recount(told, vector)
        at, hangs_on = case.end()
    except Unknown:
        return None, "indeterminate"
    is_settled = str(hangs_on) < case.calendar.get("unsettled_from", "9")
    return at.astimezone(case.zone).isoformat(timespec="seconds"), "due" if is_settled else "provisional"
