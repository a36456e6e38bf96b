"""Schema errors told in our own sentences, each at the place of the key or value that must be mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from casework.records.event_type import described
from casework.records.hints import (
    any_of_types,
    asked,
    field_of,
    hint_for,
    is_personal,
    is_unsayable,
    named,
    shown,
    titles_in,
    type_named,
    within,
)
from casework.records.identifying import quotable
from casework.records.lookalikes import COLON
from casework.records.record import Flaw, Record, Steps, place_of
from casework.records.shape import Misfit, fits_pattern
from casework.words import Place, Text

MISSING = ("{field} is missing here", "这里缺少{field}")
UNKNOWN = ("“{key}” is no field that may stand here{hint}", "这里没有“{key}”这个字段{hint}")
COMMA = (
    "“{key}” stands behind a comma: put a text that holds commas in quotes",
    "“{key}”前面有逗号：含半角逗号的文字请加引号",
)
UNKNOWN_PERSONAL = ("this field may not stand here{hint}", "这里不能有这个字段{hint}")
EMPTY = ("{field} has no value: write one, or delete the line", "{field}没有值：请填写，或删去这一行")
TYPE = ("{field} must be {wanted}, but it is {given}", "{field}应为{wanted}，而这里是{given}")
QUOTE = (
    "{field} must be text: put {value} in quotes",
    "{field}应为文字：请给{value}加引号",
)
YES_OR_NO = (
    "{field} must be true or false, not {value}",
    "{field}应写 true（是）或 false（否），不能写{value}",
)
NOT_A_CHOICE = ("{value} is not a value of {field}{hint}", "{field}不能是{value}{hint}")
CONST = ("{field} must be “{wanted}”", "{field}应为“{wanted}”")
PATTERN = ("{value} does not fit {field}: {hint}", "{field}不能写成{value}：{hint}")
UNSAYABLE = ("{field} is not written as it should be: {hint}", "{field}的写法不对：{hint}")
NAME = ("“{key}” cannot be a name here: {hint}", "这里不能用“{key}”作名称：{hint}")
NAME_PERSONAL = ("this field may not stand here: {hint}", "这里不能有这个字段：{hint}")
NOT_REAL = (
    "{value} is no real date or time: look at month, day and hour",
    "{value}不是真实存在的日期或时间：请核对月、日、时",
)
BLANK = ("{field} is blank: write something, or delete it", "{field}是空白的：请填写，或删去")
TOO_SHORT = ("{field} is too short: at least {bound} characters", "{field}太短：至少 {bound} 个字符")
TOO_LONG = ("{field} is too long: at most {bound} characters", "{field}太长：最多 {bound} 个字符")
TOO_FEW = ("{field} is too short: it needs at least {bound}", "{field}内容不足：至少要有 {bound} 项")
TOO_MANY = ("{field} has too many: at most {bound}", "{field}内容过多：最多 {bound} 项")
TOO_SMALL = ("{field} must be at least {bound}", "{field}不能小于 {bound}")
TOO_LARGE = ("{field} must be at most {bound}", "{field}不能大于 {bound}")
TWICE = ("{value} is in this list already", "这个列表里已经有{value}")
ONE_OF = ("one of {names} is needed here", "{names}之中必须有一个")
NOT_TOGETHER = ("{names} cannot stand together: keep one", "{names}不能同时出现：请只保留一个")
OTHERWISE = ("{field} is not written as its description asks{hint}", "{field}的写法不符合说明{hint}")
EVENT = (
    "there is no event “{key}”{hint}",
    "没有“{key}”这种事件{hint}",
)


def flaws_from(record: Record, misfit: Misfit, under: Steps = ()) -> Iterator[Flaw]:
    """What one schema error comes to; ``under`` leads to the part of the record that was validated."""
    tell = _TELLERS.get(misfit.keyword, _otherwise)
    yield from tell(record, misfit, (*under, *misfit.steps))


def unknown_event(record: Record, index: int, name: str, titles: Mapping[str, Text]) -> Flaw:
    """An event whose name no file of schema/events bears."""
    hint = hint_for(name, titles, {})
    return Flaw(
        record.value_place("events", index, "event"), Text(*EVENT, {"key": quotable(name), "hint": hint})
    )


def _required(record: Record, misfit: Misfit, steps: Steps) -> Iterator[Flaw]:
    known = titles_in(misfit.schema)
    for key in misfit.wanted:
        if key not in misfit.value:
            yield Flaw(record.place(*steps), Text(*MISSING, {"field": named(key, known.get(key))}))


def _unknown(record: Record, misfit: Misfit, steps: Steps) -> Iterator[Flaw]:
    known = titles_in(misfit.schema)
    for key in misfit.value:
        if key not in known:
            near = {name: title for name, title in known.items() if name not in misfit.value}
            parts = {"key": quotable(key), "hint": hint_for(key, near, known)}
            is_comma = " " in key and set(known) == {"en", "zh"} and misfit.value[key] is None
            sentence = UNKNOWN_PERSONAL if is_personal(steps) else COMMA if is_comma else UNKNOWN
            yield Flaw(record.place(*steps, key), Text(*sentence, parts))


def _type(record: Record, misfit: Misfit, steps: Steps) -> Iterator[Flaw]:
    wanted = misfit.wanted if isinstance(misfit.wanted, list) else [misfit.wanted]
    value = misfit.value
    if isinstance(value, str) and "：" in value and {"object", "array"} & {*wanted}:
        yield Flaw(_colon_place(record, steps), COLON)
    elif value is None and steps:
        yield Flaw(record.place(*steps), Text(*EMPTY, {"field": field_of(misfit, steps)}))
    else:
        yield Flaw(record.value_place(*steps), _type_text(misfit, steps, wanted))


def _type_text(misfit: Misfit, steps: Steps, wanted: list[str]) -> Text:
    parts = {"field": field_of(misfit, steps), "value": shown(misfit.value, steps)}
    if wanted == ["boolean"] and isinstance(misfit.value, str):
        return Text(*YES_OR_NO, parts)
    if wanted == ["string"] and isinstance(misfit.value, bool | int):
        return Text(*QUOTE, parts)
    given = parts["value"] if isinstance(misfit.value, bool | int) else type_named(misfit.value)
    return Text(*TYPE, {**parts, "wanted": any_of_types(wanted), "given": given})


def _enum(record: Record, misfit: Misfit, steps: Steps) -> Iterator[Flaw]:
    values = {str(value): None for value in misfit.wanted}
    hint = hint_for(str(misfit.value), values, values)
    parts = {"field": field_of(misfit, steps), "value": shown(misfit.value, steps), "hint": hint}
    yield Flaw(record.value_place(*steps), Text(*NOT_A_CHOICE, parts))


def _const(record: Record, misfit: Misfit, steps: Steps) -> Iterator[Flaw]:
    parts = {"field": field_of(misfit, steps), "wanted": misfit.wanted}
    yield Flaw(record.value_place(*steps), Text(*CONST, parts))


def _pattern(record: Record, misfit: Misfit, steps: Steps) -> Iterator[Flaw]:
    hint = asked(misfit)
    if misfit.is_name:
        parts = {"key": quotable(misfit.value), "hint": hint}
        sentence = NAME_PERSONAL if is_personal(steps) else NAME
        yield Flaw(record.place(*steps, misfit.value), Text(*sentence, parts))
        return
    parts = {"field": field_of(misfit, steps), "value": shown(misfit.value, steps), "hint": hint}
    sentence = UNSAYABLE if is_unsayable(steps) else PATTERN
    yield Flaw(record.value_place(*steps), Text(*sentence, parts))


def _format(record: Record, misfit: Misfit, steps: Steps) -> Iterator[Flaw]:
    if not _is_near(misfit.schema.get("pattern"), misfit.value):
        return  # the pattern says more
    parts = {"value": shown(misfit.value, steps)}
    yield Flaw(record.value_place(*steps), Text(*NOT_REAL, parts))


def _bound(sentence: tuple[str, str]) -> Callable[[Record, Misfit, Steps], Iterator[Flaw]]:
    def tell(record: Record, misfit: Misfit, steps: Steps) -> Iterator[Flaw]:
        is_blank = misfit.wanted == 1 and sentence in (TOO_SHORT, TOO_FEW)
        parts = {"field": field_of(misfit, steps), "bound": misfit.wanted}
        yield Flaw(record.value_place(*steps), Text(*(BLANK if is_blank else sentence), parts))

    return tell


def _twice(record: Record, misfit: Misfit, steps: Steps) -> Iterator[Flaw]:
    for index, value in enumerate(misfit.value):
        if value in misfit.value[:index]:
            parts = {"value": shown(value, steps)}
            yield Flaw(record.value_place(*steps, index), Text(*TWICE, parts))


def _any_of(record: Record, misfit: Misfit, steps: Steps) -> Iterator[Flaw]:
    names = _required_in({"anyOf": misfit.wanted})
    said = Text(*ONE_OF, {"names": names}) if names else _otherwise_text(misfit, steps)
    yield Flaw(record.place(*steps), said)


def _not(record: Record, misfit: Misfit, steps: Steps) -> Iterator[Flaw]:
    held = misfit.value if isinstance(misfit.value, dict) else {}
    names = [name for name in _required_in(misfit.wanted) if name in held]
    at = (*steps, names[-1]) if names else steps
    said = Text(*NOT_TOGETHER, {"names": names}) if names else _otherwise_text(misfit, steps)
    yield Flaw(record.place(*at), said)


def _otherwise(record: Record, misfit: Misfit, steps: Steps) -> Iterator[Flaw]:
    yield Flaw(record.value_place(*steps), _otherwise_text(misfit, steps))


_TELLERS: Mapping[str, Callable[[Record, Misfit, Steps], Iterator[Flaw]]] = {
    "required": _required,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "format": _format,
    "minLength": _bound(TOO_SHORT),
    "maxLength": _bound(TOO_LONG),
    "minItems": _bound(TOO_FEW),
    "minProperties": _bound(TOO_FEW),
    "maxItems": _bound(TOO_MANY),
    "maxProperties": _bound(TOO_MANY),
    "minimum": _bound(TOO_SMALL),
    "maximum": _bound(TOO_LARGE),
    "uniqueItems": _twice,
    "anyOf": _any_of,
    "not": _not,
}


def _otherwise_text(misfit: Misfit, steps: Steps) -> Text:
    told = within(described(misfit.schema.get("description", "")))
    hint = Text(f": {told.en}", f"：{told.zh}") if told.zh else ""
    return Text(*OTHERWISE, {"field": field_of(misfit, steps), "hint": hint})


def _required_in(schema: Any) -> list[str]:
    """Names that the branches of an anyOf (or a schema itself) require, in order; empty if they do more."""
    names: list[str] = []
    for branch in schema.get("anyOf", [schema]):
        names += [name for name in branch.get("required", ()) if name not in names]
    return names


def _is_near(pattern: str | None, value: Any) -> bool:
    return pattern is None or fits_pattern(pattern, value)


def _colon_place(record: Record, steps: Steps) -> Place:
    mark = record.mark_of(*steps)
    at = record.text.find("：", mark.start, mark.end)
    return place_of(record.path, record.text, at if at >= 0 else mark.start)
