"""Spans of time as policies promise them, and where they end: no unit converts into another."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casework.state.instant import Instant, day_of, midnight

CLOCK = {"minute": 60, "hour": 3600}
CALENDAR = ("day", "month", "year")
WORDS = ("promptly", "unset")


class Span(NamedTuple):
    """``3 days``, ``30 minutes``, ``promptly``, ``unset``; ``n`` is 0 for the words."""

    n: int
    unit: str


class Due(NamedTuple):
    """The end of a promise, in UTC. Of a day-based one it is 24:00, printed as the last second before (CR-3)."""

    at: datetime
    day_end: bool = False

    @property
    def printed(self) -> datetime:
        """The last second that still keeps the promise."""
        return self.at - timedelta(seconds=1) if self.day_end else self.at

    def is_passed(self, at: datetime) -> bool:
        """Whether the promise can no longer be kept; the due instant itself still keeps it (CR-11)."""
        return at >= self.at if self.day_end else at > self.at

    def is_kept_by(self, told: Instant, zone: ZoneInfo) -> bool | None:
        """Whether something done at ``told`` was in time; None where a date without time does not tell (CR-15)."""
        if not told.whole_day or self.day_end:
            return not self.is_passed(told.at)
        if self.is_passed(told.at):
            return False
        return None if self.at < midnight(day_of(told.at, zone) + timedelta(days=1), zone) else True


def span_from(text: str) -> Span | None:
    """Read a span of the policy language; None if it is not one that can be counted yet."""
    if text in WORDS:
        return Span(0, text)
    told = re.fullmatch(r"([0-9]{1,4}) (minute|hour|day|month|year)s?", text)
    return Span(int(told[1]), told[2]) if told and (told[2] != "year" or int(told[1]) < 1000) else None


def due_of(start: Instant, span: Span, zone: ZoneInfo) -> Due | None:
    """Where ``span`` from ``start`` ends: minutes and hours elapse (CR-2), days end at 24:00 (CR-3).

    None when a clock of minutes or hours starts on a date without time (CR-15).
    """
    if span.unit in CLOCK:
        return None if start.whole_day else Due(start.at + timedelta(seconds=span.n * CLOCK[span.unit]))
    return end_of_day(later_day(day_of(start.at, zone), span), zone)


def end_of_day(day: date, zone: ZoneInfo) -> Due:
    """24:00 of a local day."""
    return Due(midnight(day + timedelta(days=1), zone), True)


def later_day(day: date, span: Span) -> date:
    """The day ``span`` after ``day``; a missing day of the month becomes its last (29 Feb → 28 Feb, CR-16)."""
    if span.unit == "day":
        return day + timedelta(days=span.n)
    months = day.month - 1 + span.n * (12 if span.unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (first_of_next - timedelta(days=1)).day))
