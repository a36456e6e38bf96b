"""A day listed as worked is a working day anyway.

Make-up days, and the firm's own `open_on`, are for days of rest that are worked. An ordinary working day needs no entry:
most likely the date is mistyped, and the day that is meant still counts as a day of rest. Put the date right.

中文：列为上班的日子本来就是工作日。
调休上班日和本单位的 `open_on` 用于休息日上班。平常的工作日不必写；多半是日期写错了，真正要上班的那天仍被当作休息日。请改正日期。
"""

from collections.abc import Iterator
from datetime import date, datetime

from casework.records.record import Record, Steps
from casework.rules import Said
from casework.state.calendar import WEEKDAY_NAMES, WEEKDAYS, days_in
from casework.state.register import Register
from casework.words import Place, Text

kind = "change"
level = "warning"
NOWHERE = Place("")  # what is no day is told as a flaw already


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    record = register.calendar
    if record is None:
        return
    weekend = {*map(WEEKDAYS.index, record.value["weekend"])}
    off = {day for day, _ in _listed(record, "off")}
    for told, listed, rest in (
        (record, _listed(record, "work"), set()),
        (register.firm.record, _open_on(register.firm.record), off),
    ):
        for day, steps in listed:
            if day.weekday() not in weekend and day not in rest:
                parts = {"day": day, "weekday": WEEKDAY_NAMES[day.weekday()]}
                yield "", Said(told.place(*steps), Text(_SAID.en, _SAID.zh, parts))


def _listed(record: Record, key: str) -> Iterator[tuple[date, Steps]]:
    for year, entry in (record.value.get("years") or {}).items():
        for written in entry.get(key) or {}:
            yield from ((day, ("years", year, key, written)) for day in days_in(written, NOWHERE, []))


def _open_on(record: Record) -> Iterator[tuple[date, Steps]]:
    for written in record.value.get("open_on") or {}:
        yield from ((day, ("open_on", written)) for day in days_in(written, NOWHERE, []))


_SAID = Text(
    "{day} is a {weekday}, a working day anyway: is the date right?",
    "{day} 是{weekday}，本来就是工作日：日期是否写错？",
)
