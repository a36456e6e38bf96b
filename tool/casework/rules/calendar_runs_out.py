"""The calendar ends, and the notice for the next year has not been entered.

Working days are never guessed: what would have to be counted beyond the last year announced cannot be judged. From the
day by which the notice is usually out (`notice_due`) this is a warning; once the last year is over, an error. Enter the
days of the next year with their notice in `policies/calendars/` and move `announced_through`; `casework calendar update`
can fetch them. A year left out in between is told as well.

中文：日历快用完了，次年的放假通知还没有录入。
工作日绝不推算：超出已公布年份的，一概无法判断。过了通知一般应到的日子（`notice_due`）为警告，最后一年过完仍未录入则为错误。
请在 `policies/calendars/` 中录入次年的日子及通知，并把 `announced_through` 改为次年；也可用 `casework calendar update` 取得。
中间漏录的年份也会提示。
"""

from collections.abc import Iterator
from datetime import date, datetime

from casework.rules import Said
from casework.state.instant import day_of
from casework.state.register import Register
from casework.words import Text, text_from

kind = "day"


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    record = register.calendar
    if record is None or "announced_through" not in record.value:
        return
    name, last = text_from(record.value["name"]), int(record.value["announced_through"])
    today, due = day_of(at, register.firm.zone), _due(last, record.value.get("notice_due"))
    parts = {"name": name, "year": last, "next": last + 1, "due": due}
    if today.year > last:
        yield "", Said(record.place("announced_through"), Text(_OVER.en, _OVER.zh, parts))
    elif due and today > due:
        yield "", Said(record.place("announced_through"), Text(_LATE.en, _LATE.zh, parts), level="warning")
    years = {int(year) for year in record.value["years"]}
    for year in sorted({*range(min(years), last)} - years):
        parts = {"name": name, "year": year}
        yield "", Said(record.place("years"), Text(_GAP.en, _GAP.zh, parts), kind="change")


def _due(last: int, told: str | None) -> date | None:
    """The day of the last year by which the next notice is usually out; 29 February counts as the 28th."""
    if told is None:
        return None
    month, day = map(int, told.split("-"))
    try:
        return date(last, month, day)
    except ValueError:
        return date(last, month, 28)


_LATE = Text(
    "{name}: the notice for {next} is usually out by {due}, and its days are not here yet",
    "{name}：{next} 年的通知一般在 {due} 前发布，至今没有录入",
)
_OVER = Text(
    "{name} ends with {year}: no working day after it can be counted until the notice for {next} is entered",
    "{name}只录到 {year} 年：在录入 {next} 年的通知之前，其后的工作日都无法计算",
)
_GAP = Text(
    "{name} leaves out {year}: no working day of that year can be counted",
    "{name}缺少 {year} 年：该年的工作日无法计算",
)
