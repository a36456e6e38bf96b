"""How a table writes dates and times: a pattern a person can read (``D/M/YYYY hh:mm``), and cells read by it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from casework.words import Text

Twice = Literal["first", "second", "refuse"]

_TOKENS = {
    "YYYY": "(?P<year>[0-9]{4})",
    "MM": "(?P<month>[0-9]{2})",
    "M": "(?P<month>[0-9]{1,2})",
    "DD": "(?P<day>[0-9]{2})",
    "D": "(?P<day>[0-9]{1,2})",
    "±hh:mm": "(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})",
    "Z": "(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})",  # whoever writes it means an offset, not the letter
    "hh": "(?P<hour>[0-9]{2})",
    "h": "(?P<hour>[0-9]{1,2})",
    "mm": "(?P<minute>[0-9]{2})",
    "ss": "(?P<second>[0-9]{2})",
    "AM": "(?P<half>[AaPp][Mm]|上午|下午)",
}
_TOKEN = re.compile("|".join(map(re.escape, sorted(_TOKENS, key=len, reverse=True))))
_LATE = ("pm", "下午")

INCOMPLETE = Text(
    "a format needs YYYY, MM (or M) and DD (or D); a time of day also hh (or h) and mm",
    "格式须含 YYYY、MM（或 M）和 DD（或 D）；有时刻的还须含 hh（或 h）和 mm",
)
TWICE_TOLD = Text("a format may name each part only once", "格式中每一部分只能出现一次")
MISFIT = ("“{cell}” does not fit the format {format}", "“{cell}”不符合格式 {format}")
NOT_REAL = ("“{cell}” is no real date or time", "“{cell}”不是真实存在的日期或时间")
NOT_OF_THIS_AGE = (
    "“{cell}” is not of this age: years run from 1900 to 2199",
    "“{cell}”的年份应在 1900 至 2199 之间",
)
SKIPPED = (
    "“{cell}” never was: the clock in {zone} skipped it",
    "“{cell}”并不存在：{zone} 的时钟跳过了这一时刻",
)
AMBIGUOUS = (
    "“{cell}” came twice in {zone}, when summer time ended; say in the map which is meant: "
    "clock_shown_twice: first (or second)",
    "“{cell}”在 {zone} 出现过两次（夏令时结束）；请在对照表中写明按哪一次：clock_shown_twice: first（或 second）",
)


class Format(NamedTuple):
    """A way to write an instant; ``parts`` are the parts it names: year, month, day, hour, …."""

    written: str
    pattern: re.Pattern[str]
    parts: frozenset[str]


class Clock(NamedTuple):
    """Whose local time a table tells, whose the register keeps, and which of two equal times is meant."""

    table: ZoneInfo
    register: ZoneInfo
    twice: Twice = "refuse"


def format_from(written: str) -> Format | Text:
    """What a format says; or why it says nothing sound.

    >>> sorted(format_from("D/M/YYYY").parts)
    ['day', 'month', 'year']
    """
    pattern = "".join(_TOKENS.get(piece, re.escape(piece)) for piece in _pieces(written))
    try:
        compiled = re.compile(pattern)
    except re.error:  # a group named twice
        return TWICE_TOLD
    parts = frozenset(compiled.groupindex)
    clock = parts - {"year", "month", "day"}
    if not {"year", "month", "day"} <= parts or (clock and not {"hour", "minute"} <= parts):
        return INCOMPLETE
    return Format(written, compiled, parts)


def instant_text_of(cell: str, form: Format, clock: Clock) -> str | Text:
    """A cell as case files write it: ISO 8601 with the register's offset; a date alone stays a date.

    Seconds are kept where the format names them. A text says why the cell is no instant.
    """
    found = form.pattern.fullmatch(cell)
    if not found:
        return Text(*MISFIT, {"cell": shortened(cell), "format": form.written})
    told = found.groupdict()
    if not 1900 <= int(told["year"]) < 2200:
        return Text(*NOT_OF_THIS_AGE, {"cell": cell})
    try:
        day = date(int(told["year"]), int(told["month"]), int(told["day"]))
        if "hour" not in told:
            return day.isoformat()
        local = datetime(
            day.year, day.month, day.day, _hour(told), int(told["minute"]), int(told.get("second") or 0)
        )
    except ValueError:
        return Text(*NOT_REAL, {"cell": cell})
    at = _placed(local, told.get("offset"), clock)
    if isinstance(at, tuple):
        return Text(*at, {"cell": cell, "zone": clock.table.key})
    return at.astimezone(clock.register).isoformat(timespec="seconds" if "second" in told else "minutes")


def shortened(cell: str, most: int = 60) -> str:
    """A cell as a sentence repeats it: on one line, its beginning only if it is long."""
    line = " ".join(cell.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _pieces(written: str) -> list[str]:
    """Tokens, and the text between them."""
    return re.split(f"({_TOKEN.pattern})", written)


def _hour(told: Mapping[str, str | None]) -> int:
    hour, half = int(told["hour"] or 0), told.get("half")
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half.lower() in _LATE else 0)


def _placed(local: datetime, offset: str | None, clock: Clock) -> datetime | tuple[str, str]:
    """The instant a local time means, in UTC; or the pair of sentences that says why it means none."""
    if offset:
        return local.replace(tzinfo=_zone_of(offset)).astimezone(UTC)
    first, second = (local.replace(tzinfo=clock.table, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    if first.astimezone(clock.table).replace(tzinfo=None) != local:
        return SKIPPED
    return AMBIGUOUS if clock.twice == "refuse" else first if clock.twice == "first" else second


def _zone_of(offset: str) -> timezone:
    if offset == "Z":
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
