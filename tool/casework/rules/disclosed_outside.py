"""Somebody was told of a case who is not among those its policy lets know.

The policy names who may be told. It cannot be untold: whoever may answer for it records `irregularity_noted`.

中文：向知悉范围以外的人透露了案件。

制度规定了知悉范围。已经透露的无法收回，请由有权人员记录“违规说明”（irregularity_noted）。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.secrecy import leaks_of
from casework.state.state import State
from casework.words import Text

kind = "past"


def check(state: State, at: datetime) -> Iterator[Said]:
    if not state.policy.secrecy:
        return
    for entry, step, who in leaks_of(state.policy.secrecy, state.steps):
        said = Text(
            "{title}: {who} was told on {when}, and may not be",
            "{title}：{when} 向 {who} 透露，而其不在知悉范围之内",
            {"title": entry.title, "who": state.people.name_of(who), "when": step.event.at},
        )
        yield Said(state.case.place(step.event, "to"), said, entry, happened=step.event.at)
