"""The firm says two things of one of its own days.

A day on which the firm is closed cannot be one on which it is open, or works shorter hours. Until one of the two is taken
out of `policies/register.yaml`, nobody can know by which of them deadlines are counted.

中文：本单位对自己的同一天有两种说法。
放假的日子不能同时又上班，也不能同时又是缩短的工作日。请在 `policies/register.yaml` 中删去其一，否则无从得知期限按哪种计算。
"""

from collections.abc import Iterator
from datetime import date, datetime

from casework.records.record import Record
from casework.rules import Said
from casework.state.calendar import days_in
from casework.state.register import Register
from casework.words import Place, Text

kind = "change"
OWN = ("closed_on", "open_on", "short_days")


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    record = register.firm.record
    seen: dict[date, tuple[str, str]] = {}
    for day, key, written in _days(record):
        before, where = seen.setdefault(day, (key, written))
        if (before, where) == (key, written) or {before, key} == {"open_on", "short_days"}:
            continue  # a day of rest may be worked, and for fewer hours
        said = _AGAIN if before == key else _TWO
        parts = {"day": day, "one": before, "other": key}
        yield "", Said(record.place(key, written), Text(said.en, said.zh, parts))


def _days(record: Record) -> Iterator[tuple[date, str, str]]:
    """Every day of the firm's own, and the two keys it stands under."""
    for key in OWN:
        for written in record.value.get(key) or {}:
            yield from ((day, key, written) for day in days_in(written, Place(""), []))


_TWO = Text(
    "{day} stands under '{one}' and under '{other}': only one of them can be true",
    "{day} 既写在 {one} 下，又写在 {other} 下：只能取其一",
)
_AGAIN = Text("{day} stands under '{one}' twice", "{day} 在 {one} 下写了两次")
