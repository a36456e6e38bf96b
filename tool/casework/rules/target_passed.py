"""The time in which something was wished for has passed, though the limit itself was kept or still can be.

A policy may wish for less than it promises ("two to three hours": the target is two, the limit three). Past the target
there is only a warning; past the limit the deadline is overdue, and that is said instead.

中文：已过希望的时间，但时限本身已守住或仍可守住。

制度可以提出比承诺更早的目标（如“二至三小时”：目标两小时，时限三小时）。过了目标只作提醒；过了时限则报逾期，不再重复提醒。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.state import State
from casework.words import Text

kind = "day"
level = "warning"


def check(state: State, at: datetime) -> Iterator[Said]:
    for deadline in state.deadlines:
        if not deadline.target or not deadline.missed_target(at):
            continue
        parts = {"title": deadline.limit.title, "target": deadline.target.printed}
        if deadline.met:
            said = Text(_LATE.en, _LATE.zh, {**parts, "met": deadline.met.at})
            place, met = state.case.place(deadline.ended_by), deadline.met.at
            yield Said(place, said, deadline.limit, "past", level, met)
        else:
            said = Text(_OPEN.en, _OPEN.zh, {**parts, "due": deadline.due.printed if deadline.due else "–"})
            yield Said(state.case.place(deadline.started_by), said, deadline.limit, level=level)


_OPEN = Text(
    "'{title}' was wished for by {target}; it is due by {due}",
    "“{title}”最好在 {target} 前完成，最迟 {due}",
)
_LATE = Text(
    "'{title}' was wished for by {target} and came at {met}, within the limit",
    "“{title}”最好在 {target} 前完成，实际完成于 {met}，未超时限",
)
