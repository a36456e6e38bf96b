"""A value is not in the policy's list.

The policy closes the list of channels, categories, severities and the like. Take one of its values, or add the
new one to the policy.

中文：所填的值不在制度的清单内。
渠道、类别、等级等清单由制度规定。请改用清单中的值，或在制度中增补。
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from casework.rules import Said
from casework.state.policy import Choice, Policy
from casework.state.state import State
from casework.words import Text, did_you_mean

kind = "change"


def check(state: State, at: datetime) -> Iterator[Said]:
    closed = _closed(state.policy)
    yield from _asked(closed, state.case.facts, state.case.place_in_head)
    category = state.policy.choices.get("category")
    inner = category.inner.get(str(state.case.facts.get("category"))) if category else None
    if inner:
        yield from _asked({"subcategory": inner}, state.case.facts, state.case.place_in_head)
    for step in state.steps:
        told = step.event.told
        # `finding` of an irregularity_noted is not the case's
        if not closed.keys().isdisjoint(told) and step.event.name != "irregularity_noted":
            yield from _asked(closed, told, partial(state.case.place, step.event))


@lru_cache(maxsize=64)
def _closed(policy: Policy) -> Mapping[str, Choice]:
    return {name: choice for name, choice in policy.choices.items() if not choice.is_open}


def _asked(closed: Mapping[str, Choice], told: Mapping[str, Any], place: Any) -> Iterator[Said]:
    for name, choice in closed.items():
        value = told.get(name)
        for each in value if isinstance(value, list) else () if value is None else (value,):
            if str(each) not in choice.values:
                yield Said(place(name), _said(name, str(each), choice), clauses=choice.clauses)


def _said(name: str, value: str, choice: Choice) -> Text:
    hint = did_you_mean(value, choice.values)
    return Text(
        "{field} '{value}' is not one of {values}{hint}",
        "{field} 的值“{value}”不在清单内：{values}{hint}",
        {"field": name, "value": value, "values": list(choice.values), "hint": hint},
    )
