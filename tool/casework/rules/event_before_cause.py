"""An event is dated before the one that makes it possible.

Nothing happens to a complaint before it is received, and nothing is reopened that was not finished. A late entry
is no fault, a wrong date is: mend `at`, or add the event that is missing.

中文：事件的时间早于它的前因。
投诉未收到之前不会有后续，未办结的也谈不上重新处理。补记并不算错，日期写错才是：请更正 at，或补上缺少的事件。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.conditions import Step
from casework.state.state import State
from casework.words import Text

kind = "change"


def check(state: State, at: datetime) -> Iterator[Said]:
    for count, step in enumerate(state.steps):
        causes = _causes(step)
        earlier = {name for before in state.steps[:count] for name in before.event.kinds}
        same_day = {
            name
            for other in state.steps[count + 1 :]
            if other.event.day == step.event.day and (step.event.when.whole_day or other.event.when.whole_day)
            for name in other.event.kinds
        }
        if causes and not causes & (earlier | same_day):
            yield Said(state.case.place(step.event, "at"), _said(state, step, causes))


def _causes(step: Step) -> set[str]:
    if step.event.name == "received":
        return set()
    return set(step.event.type.causes) or {"received"}


def _said(state: State, step: Step, causes: set[str]) -> Text:
    titles = [other.event.type.title for other in state.steps if other.event.name in causes]
    parts = {"event": step.event.type.title, "when": step.event.at, "causes": titles[:1] or sorted(causes)}
    return Text(
        "'{event}' at {when} comes before any '{causes}'",
        "“{event}”（{when}）早于应在其前的“{causes}”",
        parts,
    )
