"""Questions about names: people, roles, fields, values, forms and reports that nothing answers to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casework.records.record import Record
from casework.state.conditions import PERSON_FIELDS
from casework.state.forms import words
from casework.state.lint.asked import Asked, Remark, Spot, Written, plain_in, spots_of
from casework.words import Place, Text, did_you_mean, same

_NOBODY = (
    "nothing is called '{who}': no role of this policy, no unit, person or post{hint}",
    "没有“{who}”：既不是本制度的岗位，也不是部门、人员或本案当事人{hint}",
)
_OUTSIDE = (
    "'{who}' is no role, unit, person or post: it is taken for somebody outside the firm",
    "“{who}”不是岗位、部门、人员或本案当事人，按外部单位理解",
)
_UNBORNE = (
    "on {day} nobody in staff.yaml bears '{role}', nor stands in for it",
    "截至 {day}，staff.yaml 中无人担任“{role}”，也无人可代行",
)
_STOOD_IN = (
    "on {day} nobody in staff.yaml bears '{role}': only substitutes can act",
    "截至 {day}，staff.yaml 中无人担任“{role}”，只能由代行人办理",
)
_NOTED = (
    "the policy names nobody who may answer for a breach that no edit undoes: write about → irregularities → noted_by",
    "制度没有写明由谁对无法补救的违规作出说明：请填写 about 下 irregularities 的 noted_by",
)
_NOTED_BY = (
    "on {day} nobody can answer for a breach that no edit undoes: nobody is {who}",
    "截至 {day}，无人可对无法补救的违规作出说明：无人担任{who}",
)
_NO_FACT = ("a case has no field '{field}'{hint}", "案件没有“{field}”这一项{hint}")
_ONLY_GIVEN = (
    "'{field}' stands in the case's own block: a policy may only ask whether it is given",
    "“{field}”属于案件的个人信息区块：制度只能要求写明，不能看其内容",
)
_ON_PAPER = (
    "neither a case nor an event has a field '{field}': it stands on the paper form only",
    "案件和事件都没有“{field}”这一项，只能写在纸质表单上",
)
_NO_FIELD = ("{events}: no such event has a field '{field}'{hint}", "{events}：没有“{field}”这一项{hint}")
_SOME_LACK = (
    "{events}: no field '{field}', so these never fit",
    "{events}：没有“{field}”这一项，因此永远不会符合",
)
_NO_VALUE = (
    "'{value}' is not in the list of '{field}': {values}{hint}",
    "“{value}”不在“{field}”的清单内：{values}{hint}",
)
_NO_FORM = ("the policy has no form '{value}'{hint}", "制度中没有“{value}”这种表单{hint}")
_NO_PRODUCE = (
    "'{value}' is neither a report nor a form of this policy, nor an event{hint}",
    "“{value}”不是本制度的报表或表单，也不是事件{hint}",
)
_NO_KIND = (
    "no unit in staff.yaml is of the kind '{value}', so nothing falls due{hint}",
    "staff.yaml 中没有“{value}”这类部门，因此不会产生任务{hint}",
)
# Elsewhere `to` may be a body outside the firm, as the rule person-unknown has it.
_MOVING = frozenset(("handed_over", "assigned", "dispatched", "escalated"))
_OUTSIDERS = frozenset(("to", "from", "of"))


def who_unknown(asked: Asked) -> Iterator[Remark]:
    """A WHO that is no role, unit, person or post."""
    for entry in (*asked.entries(), *asked.entries("roles", "forms")):
        for steps, who in _whos_of(entry):
            if not asked.knows(who):
                yield entry.remark("error", _NOBODY, steps, who=who, hint=_hint_of_who(asked, who))
        for spot in spots_of(entry):
            yield from _of_condition(asked, entry, spot)


def _whos_of(entry: Written) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The WHOs that stand by themselves: owner, access, substitutes, copies."""
    for key in ("owner", "access", "substitutes"):
        yield from (((key,), who) for who in words(entry.told.get(key)))
    for copy, told in (entry.told.get("copies") or {}).items():
        yield from ((("copies", copy), who) for who in words(told))


def _of_condition(asked: Asked, entry: Written, spot: Spot) -> Iterator[Remark]:
    if spot.field not in PERSON_FIELDS:
        return
    may_be_outside = spot.field in _OUTSIDERS and not _MOVING.intersection(spot.events)
    for who in plain_in(spot.wanted):
        if asked.knows(who):
            continue
        if not may_be_outside:
            yield entry.remark("error", _NOBODY, spot.steps, who=who, hint=_hint_of_who(asked, who))
        elif not any(who in choice.values for choice in asked.policy.choices.values()):
            yield entry.remark("information", _OUTSIDE, spot.steps, who=who)


def _hint_of_who(asked: Asked, who: str) -> Text:
    return did_you_mean(who, (*asked.policy.roles, *asked.people.units, *asked.people.persons))


def role_unborne(asked: Asked) -> Iterator[Remark]:
    """A role of the policy that nobody in office bears; graver where something is asked of it."""
    needed = set(_needed(asked))
    for entry in asked.entries("roles"):
        if not asked.is_borne(entry.name):
            is_replaced = asked.is_borne_or_replaced(entry.name)
            level = "warning" if entry.name in needed and not is_replaced else "information"
            yield entry.remark(level, _STOOD_IN if is_replaced else _UNBORNE, role=entry.title, day=asked.day)


def _needed(asked: Asked) -> Iterator[str]:
    """Everybody the entries ask something of."""
    yield from asked.policy.noted_by
    for entry in asked.entries():
        yield from (who for _, who in _whos_of(entry))
        for spot in spots_of(entry):
            yield from plain_in(spot.wanted) if spot.field in PERSON_FIELDS else ()


def noted_by_nobody(asked: Asked) -> Iterator[Remark]:
    """Nobody may, or can, answer for a breach of the past."""
    record, noted_by = asked.policy.record, asked.policy.noted_by
    if not noted_by:
        yield Remark("information", Place(record.path), Text(*_NOTED))
        return
    place = _place_of_noted_by(record)
    for who in noted_by:
        if not asked.knows(who):
            yield Remark("error", place, Text(*_NOBODY, {"who": who, "hint": _hint_of_who(asked, who)}))
    if any(map(asked.knows, noted_by)) and not any(map(asked.is_borne_or_replaced, noted_by)):
        yield Remark(
            "warning", place, Text(*_NOTED_BY, {"who": [*map(asked.called, noted_by)], "day": asked.day})
        )


def _place_of_noted_by(record: Record) -> Place:
    about: dict[str, Any] = record.value.get("about") or {}
    name = next((name for name, told in about.items() if "noted_by" in told), "")
    return record.value_place("about", name, "noted_by")


def field_unknown(asked: Asked) -> Iterator[Remark]:
    """A field that no event of the spot, or no case, can have."""
    every = asked.fields_of("any")
    for entry in asked.entries():
        for spot in spots_of(entry):
            yield from _of_events(asked, entry, spot) if spot.events else _of_case(asked, entry, spot)
    for entry in asked.entries("secrecy"):
        for n, name in enumerate(words(entry.told.get("mask"))):
            if not _is_field(asked, name):
                yield entry.remark(
                    "error", _NO_FACT, ("mask", n), field=name, hint=did_you_mean(name, asked.facts)
                )
    for entry in asked.entries("forms"):
        for n, name in enumerate(words(entry.told.get("contains"))):
            if not _is_field(asked, name) and name not in every:
                yield entry.remark("information", _ON_PAPER, ("contains", n), field=name)


def _is_field(asked: Asked, name: str) -> bool:
    return name in asked.facts or name.partition(".")[0] == "personal"


def _of_case(asked: Asked, entry: Written, spot: Spot) -> Iterator[Remark]:
    if spot.field.startswith("personal.") and spot.wanted not in (None, {"given": True}, {"given": False}):
        yield entry.remark("error", _ONLY_GIVEN, spot.steps, field=spot.field)
    elif not _is_field(asked, spot.field):
        yield entry.remark(
            "error", _NO_FACT, spot.steps, field=spot.field, hint=did_you_mean(spot.field, asked.facts)
        )


def _of_events(asked: Asked, entry: Written, spot: Spot) -> Iterator[Remark]:
    lacking = [name for name in spot.events if spot.field not in asked.fields_of(name)]
    types = asked.schemas.events
    titles = [types[name].title if name in types else same(name) for name in lacking]
    if lacking and len(lacking) == len(spot.events):
        hint = did_you_mean(spot.field, (field for name in spot.events for field in asked.fields_of(name)))
        yield entry.remark("error", _NO_FIELD, spot.steps, events=titles, field=spot.field, hint=hint)
    elif lacking:
        yield entry.remark("warning", _SOME_LACK, spot.steps, events=titles, field=spot.field)


def value_unknown(asked: Asked) -> Iterator[Remark]:
    """A value in a condition that the closed list of its field, or the field's schema, does not hold."""
    for entry in asked.entries():
        for spot in spots_of(entry):
            known = _values_of(asked, spot)
            for value in plain_in(spot.wanted) if known else ():
                if value not in known:
                    parts = {"value": value, "field": spot.field, "values": list(known)}
                    yield entry.remark(
                        "error", _NO_VALUE, spot.steps, **parts, hint=did_you_mean(value, known)
                    )


def _values_of(asked: Asked, spot: Spot) -> tuple[str, ...]:
    """The closed list of a field; none where the list is open or there is none."""
    choice = asked.policy.choices.get(spot.field)
    if choice is not None and spot.field not in PERSON_FIELDS:
        return () if choice.is_open else tuple(choice.values)
    shapes = [asked.schemas.event_shapes.get(name) for name in spot.events]
    told = [shape.schema.get("properties", {}).get(spot.field, {}).get("enum") for shape in shapes if shape]
    if not told or not all(told):
        return ()
    return tuple(dict.fromkeys(value for enum in told for value in enum if isinstance(value, str)))


def form_unknown(asked: Asked) -> Iterator[Remark]:
    """A document in a condition that is no form of the policy, where the policy has forms."""
    forms = [entry.name for entry in asked.entries("forms")]
    for entry in asked.entries() if forms else ():
        for spot in spots_of(entry):
            for value in plain_in(spot.wanted) if spot.field == "document" else ():
                if value not in forms and "document" not in asked.policy.choices:
                    hint = did_you_mean(value, forms)
                    yield entry.remark("warning", _NO_FORM, spot.steps, value=value, hint=hint)


def produce_unknown(asked: Asked) -> Iterator[Remark]:
    """What recurs is no report, form or event; or is owed by a kind of unit that there is none of."""
    made = [entry.name for entry in asked.entries("forms", "reports")]
    kinds = {str(unit["kind"]) for unit in asked.people.units.values() if "kind" in unit}
    for entry in asked.entries("recurring"):
        produce, per = entry.told["produce"], entry.told.get("per")
        if produce not in made and produce not in asked.schemas.events:
            hint = did_you_mean(produce, (*made, *asked.schemas.events))
            yield entry.remark("error", _NO_PRODUCE, ("produce",), value=produce, hint=hint)
        if per and per not in kinds:
            yield entry.remark("warning", _NO_KIND, ("per",), value=per, hint=did_you_mean(per, kinds))
