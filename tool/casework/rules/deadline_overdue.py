"""A promise is past its due instant and still open.

The policy says by when one event must follow another; that instant has passed and the event is not in the file.
Do what is owed and write it down; the lateness itself stays on record.

中文：承诺的期限已过，事情仍未办。
制度规定了某事应在何时之前完成；期限已过而案件中没有相应记录。请立即办理并如实登记；逾期本身会留存在记录中。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.deadline import Deadline
from casework.state.state import State
from casework.words import Text

kind = "day"


def check(state: State, at: datetime) -> Iterator[Said]:
    for deadline in state.deadlines:
        if deadline.status(at) == "overdue" and deadline.due:
            yield Said(
                state.case.place(deadline.started_by),
                _said(state, deadline),
                deadline.limit,
                level=deadline.level,
            )


def _said(state: State, deadline: Deadline) -> Text:
    assert deadline.due
    owners = state.names(deadline.limit.owner)
    parts = {"title": deadline.limit.title, "due": deadline.due.printed, "owners": owners}
    if not owners:
        return Text(
            "'{title}' was due by {due} and is still open", "“{title}”应于 {due} 前完成，至今未办", parts
        )
    return Text(
        "'{title}' was due by {due} and is still open; {owners} answer for it"
        if len(owners) > 1
        else "'{title}' was due by {due} and is still open; {owners} answers for it",
        "“{title}”应于 {due} 前完成，至今未办；责任人：{owners}",
        parts,
    )
