"""A case names somebody who is not in staff.yaml.

Roles and recusals cannot be judged for an unknown person. Mend the id, or add the person (or unit) to policies/staff.yaml.

中文：案件中出现了 staff.yaml 里没有的人。
身份不明就无法判断岗位与回避。请更正编号，或在 policies/staff.yaml 中补录该人员（或部门）。
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from casework.rules import Said
from casework.state.conditions import POSTS
from casework.state.state import State
from casework.words import Text, did_you_mean

kind = "change"


_PERSONS = frozenset(("by", "entered_by", "approved_by", "signed_by", "person", "members"))
_PERSONS_IF_MOVING = _PERSONS | {"from", "to"}
_MOVING = (
    "handed_over",
    "assigned",
    "dispatched",
    "escalated",
)  # elsewhere `to` may be a body outside the firm
_HEAD = ("respondent", "tracker")


@dataclass(frozen=True, slots=True)
class _Known:
    """Everybody who may be named: people, units, roles, posts."""

    lists: tuple[Collection[str], ...]

    def __contains__(self, who: object) -> bool:
        return any(who in each for each in self.lists)

    def names(self) -> list[str]:
        return [name for each in self.lists for name in each]


def check(state: State, at: datetime) -> Iterator[Said]:
    complainant = _listed(state.case.facts.get("complainant"))
    known = _Known((state.people.persons, state.people.units, state.policy.roles, POSTS, complainant))
    for name in _HEAD:
        for who in _listed(state.case.facts.get(name)):
            if who not in known:
                yield Said(state.case.place_in_head(name), _said(who, known))
    for step in state.steps:
        names = _PERSONS_IF_MOVING if step.event.name in _MOVING else _PERSONS
        for name in names.intersection(step.event.told):
            for who in _listed(step.event.told[name]):
                if who not in state.people.persons and who not in known:
                    yield Said(state.case.place(step.event, name), _said(who, known))


def _said(who: str, known: _Known) -> Text:
    parts = {"who": who, "hint": did_you_mean(who, known.names())}
    return Text("nobody in staff.yaml is '{who}'{hint}", "staff.yaml 中没有“{who}”{hint}", parts)


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []
