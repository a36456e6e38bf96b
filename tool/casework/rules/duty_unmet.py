"""Something the policy asks for is missing, wrong, skipped or still owed.

Missing on an entry: correct the entry. Wrong, or a step skipped: it happened and stays; whoever may answer for it
records `irregularity_noted`. Still owed: do it and write it down.

中文：制度要求的事项缺失、不符、被跳过，或仍待办理。
记录缺项的，请更正该条；内容不符或跳过步骤的，事实无法改变，由有权人员记录“违规说明”（irregularity_noted）；仍待办理的，请办理后登记。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.duties import Unmet
from casework.state.personal import is_personal
from casework.state.said import DERIVED
from casework.state.state import State
from casework.words import Text, same

kind = "past"

_KINDS = {"missing": "change", "wrong": "past", "skipped": "past", "owed": "day"}

_SENTENCES = {
    "missing": Text(
        "{title}: '{event}' does not say '{name}' ({field})",
        "{title}：“{event}”未写明 {name}（{field}）",
    ),
    "wrong": Text(
        "{title}: in '{event}' on {when}, '{field}' is {value}",
        "{title}：{when} 的“{event}”中，“{field}”为“{value}”",
    ),
    "skipped": Text(
        "{title}: '{event}' by {by} on {when} came without '{need}' before it",
        "{title}：{by} 于 {when} 登记“{event}”之前没有“{need}”",
    ),
    "owed": Text(
        "{title}: '{need}' is owed since '{event}' on {when}",
        "{title}：自 {when}“{event}”起，“{need}”仍待办理",
    ),
}


def check(state: State, at: datetime) -> Iterator[Said]:
    for unmet in state.unmet:
        if unmet.nature == "awaited" or unmet.at.event.at > at:
            continue
        steps = (unmet.field,) if unmet.nature == "wrong" and unmet.field in unmet.at.event.told else ()
        place = state.case.place(unmet.at.event, *steps)
        yield Said(
            place,
            _said(state, unmet),
            unmet.duty,
            _KINDS[unmet.nature],
            happened=unmet.at.event.at,
            clauses=unmet.need.clauses,
        )


def _said(state: State, unmet: Unmet) -> Text:
    event = unmet.at.event
    parts = {
        "title": unmet.duty.title,
        "event": event.type.title,
        "by": state.people.name_of(event.by),
        "when": event.at,
        "need": unmet.need.title,
        "name": unmet.field,
        "field": _title(unmet),
        "value": _value(state, unmet),
    }
    sentence = _SENTENCES[unmet.nature]
    return Text(sentence.en, sentence.zh, parts)


def _title(unmet: Unmet) -> Text:
    """What people call the field: of the case, or of the event."""
    title = unmet.need.titles.get(unmet.field) if unmet.need.kind == "case" else None
    return title or DERIVED.get(unmet.field) or unmet.at.event.type.title_of(unmet.field)


def _value(state: State, unmet: Unmet) -> list[Text]:
    """The value that is wrong, by its title, people by name; never one of the case's own block."""
    value = unmet.at.event.told.get(unmet.field, unmet.at.facts.get(unmet.field))
    if is_personal(unmet.field):
        return [same("…")]
    return [state.value_called(unmet.field, each) for each in (value if isinstance(value, list) else [value])]
