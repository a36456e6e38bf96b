"""What was promised was done, or given up, after its due instant.

No edit undoes it. If the policy says must, whoever may answer for it records `irregularity_noted` with the reason and
the measure taken; from then on it is information. If it says should, special circumstances recorded before
the due instant would have excused it.

中文：承诺的事项逾期才完成，或逾期后不了了之。
任何修改都不能抹去这一事实。制度为“应当必须”的，由有权人员记录“违规说明”（irregularity_noted），写明原因与措施，此后仅作提示；
为“一般应当”的，须在到期前记录特殊情况方可免责。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.deadline import Deadline
from casework.state.instant import day_of
from casework.state.state import State
from casework.words import Text

kind = "past"


def check(state: State, at: datetime) -> Iterator[Said]:
    for deadline in state.deadlines:
        if deadline.status(at) == "breached" and deadline.due:
            event = deadline.ended_by or deadline.started_by
            happened = deadline.met.at if deadline.met else deadline.due.at
            yield Said(
                state.case.place(event),
                _said(state, deadline),
                deadline.limit,
                level=deadline.level,
                happened=happened,
            )


def _said(state: State, deadline: Deadline) -> Text:
    assert deadline.due
    met = deadline.met
    parts = {"title": deadline.limit.title, "due": deadline.due.printed}
    if met is None:
        return Text(
            "'{title}' was due by {due} and was never done", "“{title}”应于 {due} 前完成，始终未办", parts
        )
    parts["met"] = day_of(met.at, state.case.zone) if met.whole_day else met.at
    if _is_agreed(state, deadline):
        return Text(
            "'{title}': the time agreed, {met}, lies after {due}",
            "“{title}”：约定时间 {met} 晚于期限 {due}",
            parts,
        )
    return Text(
        "'{title}' was due by {due} and came on {met}"
        if met.whole_day
        else "'{title}' was due by {due} and came at {met}",
        "“{title}”应于 {due} 前完成，实际完成于 {met}",
        parts,
    )


def _is_agreed(state: State, deadline: Deadline) -> bool:
    """Whether what came too late is a time that was agreed, and not the event that settled it."""
    names = {name for ref in deadline.limit.until if ref.reading for name in ref.names}
    until = deadline.ended_by.at if deadline.ended_by else deadline.start.at
    agreements = {
        event.when
        for event in state.case.events
        if not names.isdisjoint(event.kinds) and deadline.start.at <= event.at <= until
    }
    return bool(agreements) and deadline.met not in agreements
