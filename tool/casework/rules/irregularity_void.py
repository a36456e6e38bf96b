"""An answer to an irregularity is not one: the policy does not let this person give it, or it names nothing that was found.

Have it written again by somebody the policy names under `about: irregularities`, for a finding that `check` shows, as
`rule` or `rule:entry`.

中文：所作的违规说明不成立：制度未授权此人说明，或所指事项并不存在。
请由制度中 irregularities 所列岗位的人员，按 check 所示写明“规则”或“规则:条目”，重新登记。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said, findings_of_case
from casework.state.conditions import Step, is_who
from casework.state.state import State
from casework.words import Text

kind = "change"


def check(state: State, at: datetime) -> Iterator[Said]:
    for step in state.steps:
        if step.event.name == "irregularity_noted":
            if not is_who(step.event.by, state.policy.noted_by, step):
                yield Said(state.case.place(step.event, "by"), _not_entitled(state, step))
            yield from _naming_nothing(state, step, at)


def _not_entitled(state: State, step: Step) -> Text:
    if not state.policy.noted_by:
        return Text(
            "this policy names nobody who may answer for irregularities",
            "本制度未指定由谁作违规说明",
        )
    return Text(
        "{by} may not answer for irregularities; this policy names: {roles}",
        "{by} 无权作违规说明；本制度指定：{roles}",
        {"by": state.people.name_of(step.event.by), "roles": state.policy.noted_by},
    )


def _naming_nothing(state: State, step: Step, at: datetime) -> Iterator[Said]:
    past = [each for each in findings_of_case(state, at, kind="past") if each.kind == "past"]
    known = {name for each in past for name in (each.rule, f"{each.rule}:{each.entry}")}
    told = step.event.told["finding"]
    for name in told if isinstance(told, list) else [told]:
        if name not in known:
            said = Text(
                "'{name}' names nothing that was found in this case; there is: {known}",
                "“{name}”不对应本案的任何检查结果；现有：{known}",
                {"name": name, "known": sorted(known) or "–"},
            )
            yield Said(state.case.place(step.event, "finding"), said)
