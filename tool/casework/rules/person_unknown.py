"""A case names somebody who is not in staff.yaml.

Roles and recusals cannot be judged for an unknown person. Mend the id, or add the person (or unit) to policies/staff.yaml.

中文：案件中出现了 staff.yaml 里没有的人。
身份不明就无法判断岗位与回避。请更正编号，或在 policies/staff.yaml 中补录该人员（或部门）。
"""

from collections.abc import Iterator
from datetime import datetime
from difflib import get_close_matches

from casework.rules import Said
from casework.state.state import State
from casework.words import Text

kind = "change"


def check(state: State, at: datetime) -> Iterator[Said]:
    people = state.people
    for step in state.steps:
        for name in ("by", "entered_by", "approved_by", "signed_by"):
            for who in _listed(step.event.told.get(name)):
                if who not in people.persons and who not in people.units:
                    near = get_close_matches(who, [*people.persons, *people.units], 1)
                    yield Said(state.case.place(step.event, name), _said(who, near))


def _said(who: str, near: list[str]) -> Text:
    if near:
        return Text(
            "nobody in staff.yaml is '{who}'; did you mean '{near}'?",
            "staff.yaml 中没有“{who}”；是否想写“{near}”？",
            {"who": who, "near": near[0]},
        )
    return Text("nobody in staff.yaml is '{who}'", "staff.yaml 中没有“{who}”", {"who": who})


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []
