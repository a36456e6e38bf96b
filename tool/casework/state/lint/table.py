"""Every question that is asked of a policy: one entry here is one question. Its name stands in the output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from casework.state.lint import clauses, names, numbers, order, texts
from casework.state.lint.asked import Asked, Remark

QUESTIONS: Mapping[str, Callable[[Asked], Iterator[Remark]]] = {
    "unset": numbers.unset,
    "target-too-late": numbers.target_too_late,
    "part-too-long": numbers.part_too_long,
    "limited-twice": numbers.limited_twice,
    "who-unknown": names.who_unknown,
    "role-unborne": names.role_unborne,
    "noted-by-nobody": names.noted_by_nobody,
    "field-unknown": names.field_unknown,
    "value-unknown": names.value_unknown,
    "form-unknown": names.form_unknown,
    "produce-unknown": names.produce_unknown,
    "in-a-circle": order.in_a_circle,
    "level-unreachable": order.level_unreachable,
    "lapses-never": order.lapses_never,
    "excuses-itself": order.excuses_itself,
    "two-beginnings": order.two_beginnings,
    "clauses-not-listed": clauses.no_list,
    "clause-unnamed": clauses.unnamed,
    "clause-unlisted": clauses.unlisted,
    "clause-twice": clauses.listed_twice,
    "one-language": texts.in_one_language,
    "untitled": texts.untitled,
}


def remarks_of(asked: Asked) -> list[Remark]:
    """What every question finds, by place."""
    found = [each._replace(question=name) for name, question in QUESTIONS.items() for each in question(asked)]
    return sorted(dict.fromkeys(found), key=lambda each: (each.place, each.question, each.text.en))
