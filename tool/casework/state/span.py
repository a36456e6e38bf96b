"""Spans of time as policies promise them: no unit converts into another. A due is where one ends."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casework.state.instant import Instant, day_of, midnight
from casework.words import Text

CLOCK = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
CALENDAR = ("day", "month", "year")
WORKING = ("working hour", "working day")
SHIFT = "shift"
WORDS = ("promptly", "unset")
_WORDS = {**{word: word for word in WORDS}, "end of shift": SHIFT}


class Span(NamedTuple):
    """``3 working days``, ``end of shift``, ``promptly``, ``unset``; ``n`` is 0 for the words."""

    n: int
    unit: str

    @property
    def text(self) -> Text:
        """The span in words."""
        unit = _UNITS[self.unit]
        if not self.n:
            return unit
        return Text("{n} " + unit.en + "s" * (self.n > 1), "{n} " + unit.zh, {"n": self.n})


_UNITS = {
    "minute": Text("minute", "分钟"),
    "hour": Text("hour", "小时"),
    "working hour": Text("working hour", "个工作小时"),
    "day": Text("day", "日"),
    "working day": Text("working day", "个工作日"),
    "month": Text("month", "个月"),
    "year": Text("year", "年"),
    SHIFT: Text("by the end of the shift", "当班时间内"),
    "promptly": Text("promptly", "及时"),
    "unset": Text("no number set", "未规定期限"),
}


class Due(NamedTuple):
    """The end of a promise, in UTC. Of a day-based one it is 24:00, printed as the last second before (CR-3)."""

    at: datetime
    day_end: bool = False
    is_exclusive: bool = False  # the instant itself no longer keeps the promise (counting: boundary)
    last: date | None = None  # the day that days were counted to, before it rolled off a day of rest

    @property
    def printed(self) -> datetime:
        """The last second that still keeps the promise."""
        return self.at - timedelta(seconds=1) if self.day_end or self.is_exclusive else self.at

    def is_passed(self, at: datetime) -> bool:
        """Whether the promise can no longer be kept; the due instant itself still keeps it (CR-11)."""
        return at >= self.at if self.day_end or self.is_exclusive else at > self.at

    def is_kept_by(self, told: Instant, zone: ZoneInfo) -> bool | None:
        """Whether something done at ``told`` was in time; None where a date without time does not tell (CR-15)."""
        if not told.whole_day or self.day_end:
            return not self.is_passed(told.at)
        if self.is_passed(told.at):
            return False
        return None if self.at < midnight(day_of(told.at, zone) + timedelta(days=1), zone) else True


def span_from(text: str) -> Span | None:
    """Read a span of the policy language; None if it is none."""
    if text in _WORDS:
        return Span(0, _WORDS[text])
    told = re.fullmatch(r"([1-9][0-9]{0,3}) (minute|hour|working hour|day|working day|month|year)s?", text)
    return Span(int(told[1]), told[2]) if told and (told[2] != "year" or int(told[1]) < 1000) else None


def end_of_day(day: date, zone: ZoneInfo) -> Due:
    """24:00 of a local day."""
    return Due(midnight(day + timedelta(days=1), zone), True)


def later_day(day: date, span: Span, month_end: str) -> date:
    """The day ``span`` (days, months or years) after ``day``.

    A day that the month lacks becomes its last (29 Feb → 28 Feb, CR-16), or the first of the next (``next-day``).
    """
    if span.unit == "day":
        return day + timedelta(days=span.n)
    months = day.month - 1 + span.n * (12 if span.unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    if day.day > last and month_end == "next-day":
        return first_of_next
    return date(year, month, min(day.day, last))
