"""A policy counts by something the firm has not written down.

Working days take a calendar, working hours take office hours, and the end of a shift takes shifts, all named in
`policies/register.yaml`. While they are missing nothing is assumed, and every such promise stays without a due instant.
Write them down there; the guide says how.

中文：制度要用的计算依据，本单位还没有写明。
工作日要有日历，工作小时要有办公时间，班次结束要有班次，都写在 `policies/register.yaml` 中。缺少时不作任何假定，
相关时限也就没有到期时刻。请在该文件中补上，写法见指南。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.counting import Counting
from casework.state.policy import Limit
from casework.state.register import Register
from casework.state.span import CALENDAR, SHIFT, Span
from casework.state.timetable import Timetable
from casework.words import Text

kind = "change"
level = "warning"
FEW = 3  # promises named one by one


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    lacking = _lacking(register.timetable) if register.timetable else {}
    for policy in (edition for editions in register.policies.values() for edition in editions):
        for need, said in lacking.items():
            limits = [each for each in policy.limits if need in set(_needs(each, policy.counting))]
            if limits:
                titles = [each.title for each in limits[:FEW]] + [_MORE] * (len(limits) > FEW)
                parts = {"policy": policy.title, "limits": titles}
                yield "", Said(register.firm.record.place(need), Text(said.en, said.zh, parts))


def _lacking(timetable: Timetable) -> dict[str, Text]:
    """What the firm has not written down, and the sentence for it; no hours are told of where there is no calendar."""
    return {
        need: _SAID[need]
        for need, is_missing in (
            ("calendar", timetable.calendar is None),
            ("office_hours", timetable.calendar is not None and timetable.hours is None),
            ("shifts", not timetable.roster.shifts),
        )
        if is_missing
    }


def _needs(limit: Limit, counting: Counting) -> Iterator[str]:
    """What a limit is counted by: the keys of register.yaml."""
    for span in _spans(limit):
        closes = counting.day_ends == "close-of-business"
        if span.unit == SHIFT:
            yield "shifts"
        elif span.unit == "working hour" or (closes and span.unit in ("working day", *CALENDAR)):
            yield from ("calendar", "office_hours")
        elif span.unit == "working day" or (counting.roll != "none" and span.unit in CALENDAR):
            yield "calendar"


def _spans(limit: Limit) -> Iterator[Span]:
    promises = [limit.promise, *(tier.promise for tier in limit.tiers if tier.promise)]
    spans = [*(promise.within for promise in promises), limit.target, limit.extend and limit.extend.up_to]
    yield from (span for span in spans if span)


_MORE = Text("…", "……")
_SAID = {
    "calendar": Text(
        "'{policy}' counts working days ({limits}), but register.yaml names no sound calendar",
        "“{policy}”按工作日计算（{limits}），但 register.yaml 没有指明可用的日历",
    ),
    "office_hours": Text(
        "'{policy}' counts by office hours ({limits}), but register.yaml has no sound ones",
        "“{policy}”按办公时间计算（{limits}），但 register.yaml 没有可用的办公时间",
    ),
    "shifts": Text(
        "'{policy}' counts by shifts ({limits}), but register.yaml has none: each event then has to say 'shift_end'",
        "“{policy}”按班次计算（{limits}），但 register.yaml 没有班次：只能在每条事件中写明 shift_end",
    ),
}
