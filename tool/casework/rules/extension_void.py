"""An extension that does not count, or not in full.

More time counts only if it is granted before the due instant, by whoever the policy names, on the facts it asks for,
and up to its cap. What does not count moves nothing: the deadline is judged as it stood. If the entry is wrong, put it
right by 'superseded'.

中文：延期不成立，或只有部分成立。

延期须在到期之前、由制度规定的人、在规定的情形下批准，且不超过最长期限。不成立的延期不改变任何时限，仍按原期限评判。若系误记，请用“更正”（superseded）改正。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.case import Event
from casework.state.deadline import Change, Deadline
from casework.state.state import State
from casework.words import Text

kind = "past"
level = "warning"


def check(state: State, at: datetime) -> Iterator[Said]:
    asked = {change.event.position for _, change in _changes(state)}
    counted = {change.event.position for _, change in _changes(state) if change.what != "void"}
    for deadline, change in _changes(state):
        if change.what == "cut" or (change.what == "void" and change.event.position not in counted):
            place, happened = state.case.place(change.event), change.event.at
            yield Said(place, _said(state, deadline, change), deadline.limit, level=level, happened=happened)
    for event in state.case.events:
        if event.name == "extension_approved" and event.position not in asked:
            yield Said(state.case.place(event), _NONE, happened=event.at)


def _changes(state: State) -> list[tuple[Deadline, Change]]:
    """What approvals of more time did to each deadline."""
    return [
        (deadline, change)
        for deadline in state.deadlines
        for change in deadline.changes
        if change.what in ("extended", "cut", "void") and not deadline.limit.promise.same_as
    ]


def _said(state: State, deadline: Deadline, change: Change) -> Text:
    parts = {"title": deadline.limit.title, "why": change.why, "asked": _asked(change.event)}
    if change.what == "void":
        return Text(
            "'{title}' is not extended: {why}",
            "“{title}”的延期不成立：{why}",
            parts,
        )
    due = change.due.printed if change.due else "–"
    return Text(
        "'{title}' is extended to {due} and not to {asked}: no more is allowed",
        "“{title}”只能延至 {due}，不能延至 {asked}：已超过最长期限",
        {**parts, "due": due},
    )


def _asked(event: Event) -> str:
    return str(event.told.get("due_at", "–")).replace("T", " ")


_NONE = Text(
    "no open deadline of this case can be extended: the approval changes nothing",
    "此案没有可以延期的未完时限：该批准不起作用",
)
