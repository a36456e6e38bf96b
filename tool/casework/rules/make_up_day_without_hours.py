"""A make-up day is worked, but has no office hours.

Working days count it, and working hours pass over it, as if the office stayed closed: a promise in working hours falls due a
day later than it should. Say in `policies/register.yaml` under `office_hours` when the office is open on `make-up` days; where
nobody says, they are open as other days are, if those are all alike.

中文：调休上班日没有办公时间。
按工作日计算时这一天算数，按工作小时计算时却一分钟也不算，好像没有开门，以工作小时承诺的期限会晚一天。
请在 `policies/register.yaml` 的 `office_hours` 中为 `make-up` 写明时间；没有写明的，平日时间全都相同才与平日一样。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.instant import day_of
from casework.state.register import Register
from casework.words import Text

kind = "change"
level = "warning"


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    timetable = register.timetable
    if timetable is None or timetable.calendar is None or timetable.hours is None:
        return
    calendar, hours = timetable.calendar, timetable.hours
    this_year = day_of(at, register.firm.zone).year
    days = [
        day
        for day, told in sorted(calendar.special.items())
        if told.works and day.year >= this_year and day.weekday() in calendar.weekend
    ]
    closed = [
        day for day in days if calendar.years is None or day.year in calendar.years if not hours.of(day)
    ]
    if closed:
        parts = {"day": closed[0], "n": len(closed)}
        said = _ONE if len(closed) == 1 else _SEVERAL
        yield "", Said(register.firm.record.place("office_hours"), Text(said.en, said.zh, parts))


_ONE = Text(
    "{day} is worked and has no office hours: no working hour is counted on it",
    "{day} 上班，却没有办公时间：当天不计任何工作小时",
)
_SEVERAL = Text(
    "{n} days are worked and have no office hours, the first {day}: no working hour is counted on them",
    "{day} 起有 {n} 天上班，却没有办公时间：这些天不计任何工作小时",
)
