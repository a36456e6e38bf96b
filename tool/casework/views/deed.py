"""What a deed did to a case, in the sentences told to whoever did it: the stage, and what is due next."""

from __future__ import annotations

from datetime import datetime

from casework.state.register import Unjudged
from casework.state.state import State
from casework.views.case import STAGE_NAMES, todo_of
from casework.words import Text, same

_WHY = {
    "unknown": Text("its policy is not among the policies here", "这里没有它所适用的制度"),
    "flawed": Text("its policy's file is flawed", "它所适用的制度文件有误"),
    "not_in_force": Text(
        "no edition of its policy was in force on the day of receipt", "收到投诉当天，所适用的制度尚未施行"
    ),
}


def stage_text(was: State | Unjudged | None, now: State | Unjudged | None) -> Text:
    """The stage before and after."""
    if not isinstance(now, State):
        return Text("no stage: the case is not judged", "没有阶段：案件尚不能评判")
    after = STAGE_NAMES[now.stage]
    if isinstance(was, State) and was.stage != now.stage:
        return Text(
            "stage: {was} → {now}", "阶段：{was} → {now}", {"was": STAGE_NAMES[was.stage], "now": after}
        )
    return Text("stage: {now}", "阶段：{now}", {"now": after})


def next_text(state: State | Unjudged | None, at: datetime) -> Text:
    """What is to be done next, until when and by whom, as of ``at`` (UTC); or why nothing can be said."""
    match state:
        case None:
            return Text("not received yet as of {at}", "截至 {at} 尚未收到", {"at": at})
        case Unjudged(why=why):
            return Text("no deadline: {why}", "没有时限：{why}", {"why": _WHY[why]})
    todo = next(iter(todo_of(state, at)), None)
    if todo is None:
        return Text("next due: nothing", "下一时限：无")
    who = Text(" ({who})", "（{who}）", {"who": todo.who}) if todo.who else same("")
    parts = {"title": todo.title, "due": todo.due, "who": who}
    if todo.due is None:
        return Text("to do next: {title}{who}", "下一步：{title}{who}", parts)
    if todo.due < at:
        return Text("overdue since {due}: {title}{who}", "已于 {due} 到期：{title}{who}", parts)
    return Text("next due {due}: {title}{who}", "下一时限 {due}：{title}{who}", parts)
