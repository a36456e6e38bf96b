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
from casework.state.deadlines import Deadline
from casework.state.state import State
from casework.words import Text

kind = "past"


def check(state: State, at: datetime) -> Iterator[Said]:
    for deadline in state.deadlines:
        if deadline.status(at) == "breached" and deadline.due:
            event = deadline.ended_by or deadline.started_by
            happened = deadline.met.at if deadline.met else deadline.due.at
            yield Said(state.case.place(event), _said(deadline), deadline.limit, happened=happened)


def _said(deadline: Deadline) -> Text:
    assert deadline.due
    parts = {
        "title": deadline.limit.title,
        "due": deadline.due.printed,
        "met": deadline.met and deadline.met.at,
    }
    if deadline.met is None:
        return Text(
            "'{title}' was due by {due} and was never done",
            "“{title}”应于 {due} 前完成，始终未办",
            parts,
        )
    return Text(
        "'{title}' was due by {due} and came at {met}",
        "“{title}”应于 {due} 前完成，实际为 {met}",
        parts,
    )
