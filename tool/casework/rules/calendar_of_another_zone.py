"""The calendar is of a place where the clocks show another time.

A day begins and ends by the firm's own `zone`, whatever the calendar says. Where the two differ, a holiday there does not
fall on the same hours here. Name the calendar of the firm's own place, or write one.

中文：所用日历属于另一个时区。
一天的起止按本单位的 `zone` 计算，与日历无关。两地时差不同，那里的假日与这里的同一天并不对应。请改用本地的日历，或自己写一份。
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from casework.rules import Said
from casework.state.register import Register
from casework.words import Text, text_from

kind = "change"
level = "warning"


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    record, firm = register.calendar, register.firm
    if record is None or "zone" not in record.value:
        return
    told = str(record.value["zone"])
    parts = {"name": text_from(record.value["name"]), "there": told, "here": firm.zone.key}
    try:
        there = ZoneInfo(told)
    except (KeyError, ValueError, OSError):
        yield "", Said(record.place("zone"), Text(_NO_ZONE.en, _NO_ZONE.zh, parts))
        return
    if any(_offset(there, month, at) != _offset(firm.zone, month, at) for month in range(1, 13)):
        yield "", Said(firm.record.place("calendar"), Text(_OTHER.en, _OTHER.zh, parts))


def _offset(zone: ZoneInfo, month: int, at: datetime) -> object:
    return datetime(at.year, month, 1, tzinfo=UTC).astimezone(zone).utcoffset()


_OTHER = Text(
    "{name} is a calendar of {there}, and the firm keeps the time of {here}",
    "“{name}”是 {there} 的日历，而本单位用 {here} 时间",
)
_NO_ZONE = Text("'{there}' is no time zone", "没有“{there}”这个时区")
