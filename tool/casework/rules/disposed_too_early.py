"""Records were disposed of before their last retained day had passed, or while a matter was on hold.

What is gone cannot be brought back. Whoever may answer for it records `irregularity_noted`.

中文：记录在保存期满之前，或在保全期间被销毁。
已销毁的无法恢复。请由有权人员记录“违规说明”（irregularity_noted）。
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from casework.rules import Said
from casework.state.conditions import Step
from casework.state.retention import retention_of
from casework.state.state import State
from casework.words import Text

kind = "past"


def check(state: State, at: datetime) -> Iterator[Said]:
    for count, step in enumerate(state.steps):
        if step.event.name == "disposed":
            yield from _asked(state, step, state.steps[: count + 1])


def _asked(state: State, step: Step, told: Sequence[Step]) -> Iterator[Said]:
    kept, on_hold = retention_of(state.policy.retention, told, state.policy.counting.month_end)
    place = state.case.place(step.event)
    if on_hold:
        said = Text(
            "disposed of while on hold for {matters}", "在保全期间（{matters}）被销毁", {"matters": on_hold}
        )
        yield Said(place, said, happened=step.event.at)
    if kept and (kept.until is None or step.event.day <= kept.until):
        until = kept.until or Text("a day the policy leaves open", "制度未定之日")
        said = Text(
            "disposed of although kept until {until}", "应保存至 {until}，却已被销毁", {"until": until}
        )
        yield Said(place, said, kept.keep, level="error", happened=step.event.at)
    if kept is None and state.policy.retention:
        yield Said(place, _NEVER_FILED, happened=step.event.at)


_NEVER_FILED = Text("disposed of before it was ever filed or closed", "尚未归档或终止即被销毁")
