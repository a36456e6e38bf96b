"""Instants are UTC inside and the firm's local time outside; a date without time is kept as such."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casework.words import Text

DAY = 1440  # minutes: 24:00 on the clock


class Instant(NamedTuple):
    """A point in time as told in a file: ``at`` in UTC; ``whole_day`` if only a date was given (``at`` = its start)."""

    at: datetime
    whole_day: bool = False


def instant_from(text: str, zone: ZoneInfo) -> Instant | Text:
    """Read ``2026-11-03T09:12+08:00``, ``2026-11-03T09:12`` (in ``zone``) or ``2026-11-03``; else say what is wrong.

    A local time that the clock skipped or showed twice is refused: it needs its offset.
    """
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return Text("'{text}' is not a date and time", "“{text}”不是有效的日期和时间", {"text": text})
    if not 1900 <= told.year < 2200:
        return Text(
            "'{text}' is not of this age: years run from 1900 to 2199",
            "“{text}”的年份应在 1900 至 2199 之间",
            {"text": text},
        )
    if len(text) == 10:
        return Instant(midnight(told.date(), zone), True)
    if told.tzinfo is not None:
        return Instant(told.astimezone(UTC))
    return _local(told, zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a local day, in UTC (later than 00:00 where the clock skips it)."""
    return clock_on(day, 0, zone)


@lru_cache(maxsize=8192)
def clock_on(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """When the clock shows a minute of a local day, in UTC; 1440 is 24:00.

    A time shown twice is the first; one that the clock skips is the first instant after the gap.
    """
    if minute >= DAY:
        return midnight(day + timedelta(days=1), zone)
    told = datetime.combine(day, time(minute // 60, minute % 60))
    at = told.replace(tzinfo=zone).astimezone(UTC)
    return at if at.astimezone(zone).replace(tzinfo=None) == told else _first_after_gap(told, at, zone)


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """The local day of an instant."""
    return at.astimezone(zone).date()


def _local(told: datetime, zone: ZoneInfo) -> Instant | Text:
    first, second = (told.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return Instant(first)
    if first.astimezone(zone).replace(tzinfo=None) == told:
        en, zh = "shown twice by the clock in {zone}", "在 {zone} 出现了两次"
    else:
        en, zh = "skipped by the clock in {zone}", "在 {zone} 并不存在（时钟跳过）"
    return Text(
        f"{{text}} is {en}; write it with its offset, such as +01:00",
        f"{{text}} {zh}；请写明时差，如 +01:00",
        {"text": told.isoformat(timespec="minutes"), "zone": zone.key},
    )


def _first_after_gap(told: datetime, at: datetime, zone: ZoneInfo) -> datetime:
    low, high = at - timedelta(days=1), at + timedelta(days=1)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).replace(tzinfo=None) < told:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
