"""A month of the firm: where it begins and ends in the firm's zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casework.state.instant import day_of, midnight


class Month(NamedTuple):
    """A calendar month; instants belong to the month of their local day."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def next(self) -> Month:
        """The month after.

        >>> str(Month(2025, 12).next)
        '2026-01'
        """
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    def ends(self, zone: ZoneInfo) -> datetime:
        """The first instant after the month, in UTC."""
        return midnight(date(*self.next, 1), zone)

    def is_over(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether the whole month lies before an instant."""
        return at >= self.ends(zone)


def month_of(at: datetime, zone: ZoneInfo) -> Month:
    """The month of an instant's local day."""
    day = day_of(at, zone)
    return Month(day.year, day.month)


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """Every month from the first to the last, both included."""
    while first <= last:
        yield first
        first = first.next
