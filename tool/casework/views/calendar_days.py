"""A year or a month of the firm's calendar: which of its days are special, in which way, and by which notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from casework.state.calendar import Calendar, days_in
from casework.state.register import Firm
from casework.state.timetable import Timetable
from casework.views.width import on_one_line
from casework.words import Lang, Place, Text


class Period(NamedTuple):
    """What is looked at: a year, or one month of it."""

    year: int
    month: int = 0  # 0: the whole year

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        day = date(self.year, self.month or 1, 1)
        end = date(self.year + (self.month in (0, 12)), self.month % 12 + 1 if self.month else 1, 1)
        return [day + timedelta(days=n) for n in range((end - day).days)]

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"


class Stretch(NamedTuple):
    """Days on end that are special in the same way; ``kind`` is a key of MARKS."""

    first: date
    last: date
    kind: str
    name: Text
    notice: Text | None  # None for the firm's own days


@dataclass(frozen=True, eq=False)
class Shown:
    """A period of the firm's calendar, ready to be written in ``columns``."""

    firm: Firm
    timetable: Timetable
    calendar: Calendar
    period: Period
    lang: Lang
    columns: int

    @property
    def is_announced(self) -> bool:
        """Whether the days of the year are known."""
        return self.calendar.years is None or self.period.year in self.calendar.years

    @cached_property
    def working_days(self) -> list[date]:
        """The days that are worked."""
        return [day for day in self.period.days if self.calendar.works_on(day)]

    @property
    def unsettled(self) -> tuple[date, int] | None:
        """From which day on the notice of which year may still change what is shown (CR-5)."""
        days = ((day, self.calendar.awaits(day)) for day in self.period.days)
        return next(((day, year) for day, year in days if year), None)

    @cached_property
    def _short(self) -> frozenset[date]:
        told = self.firm.record.value.get("short_days") or {}
        return frozenset(day for written in told for day in days_in(written, Place(""), []))

    def kind_of(self, day: date) -> str:
        """In which way a day is special; empty for an ordinary working day."""
        told, is_rest = self.calendar.special.get(day), day.weekday() in self.calendar.weekend
        match told:
            case None:
                return "rest" if is_rest else ""
            case _ if told.notice:
                return "made_up" if told.works else "off"
            case _ if not told.works:
                return "closed"
        return "short" if day in self._short else "opened"

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The special days, those on end that say the same together."""
        found: list[Stretch] = []
        for day in self.period.days:
            told = self.calendar.special.get(day)
            if told is None:
                continue
            each = Stretch(day, day, self.kind_of(day), told.name, told.notice)
            last = found[-1] if found else None
            if last and last.last == day - timedelta(days=1) and last[2:] == each[2:]:
                found[-1] = last._replace(last=day)
            else:
                found.append(each)
        return tuple(found)

    @cached_property
    def notices(self) -> tuple[Text, ...]:
        """The notices behind the special days, each once."""
        return tuple(dict.fromkeys(each.notice for each in self.stretches if each.notice))

    def say(self, text: Text, **parts: Any) -> str:
        """A sentence in the reader's language."""
        return on_one_line(Text(text.en, text.zh, {**text.parts, **parts}).say(self.lang))
