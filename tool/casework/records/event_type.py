"""An event type is one file of schema/events: its titles, its fields, and what it does to a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casework.words import Text, same

STAGES = (
    "new",
    "accepted",
    "investigating",
    "decided",
    "answered",
    "completed",
    "closed",
    "archived",
    "disposed",
)
Turn = str | tuple[Mapping[str, Any], ...]
"""A stage; or several of ``{when: COND on the payload, stage: …}``, the first that fits; "" for none."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of event. Mappings read fact ← payload field; ``causes`` are events one of which came earlier."""

    name: str
    title: Text
    description: Text
    stage: Turn = ""
    back: Turn = ""
    back_from: tuple[str, ...] = ()
    sets: Mapping[str, str | bool] = field(default_factory=dict)  # true: the fact becomes true
    sums: Mapping[str, str] = field(default_factory=dict)
    gathers: Mapping[str, str] = field(default_factory=dict)
    clears: tuple[str, ...] = ()
    counts_as: str = ""
    causes: Mapping[str, Text] = field(
        default_factory=dict
    )  # one of which must have happened, and their titles
    kinds: frozenset[str] = frozenset()  # its own name, every name it counts as, and `any`
    fields: Mapping[str, Text] = field(default_factory=dict)  # its own fields and their titles
    common: Mapping[str, Text] = field(default_factory=dict)  # the keys every event may have

    def title_of(self, name: str) -> Text:
        """What people call a field of this event; its name if no title is written."""
        return self.fields.get(name) or self.common.get(name) or same(name)


class BadEventType(ValueError):
    """A file of schema/events says something no event type can have; ``text`` says what, ``steps`` where."""

    def __init__(self, text: Text, *steps: str) -> None:
        super().__init__(text.en)
        self.text, self.steps = text, steps


def event_type_from(name: str, schema: Mapping[str, Any], common: Mapping[str, Text]) -> EventType:
    """What a file of schema/events says, its ``x-…`` keys included; BadEventType if they make no sense."""
    for key in schema:
        if key.startswith("x-") and key not in _KNOWN:
            raise BadEventType(Text(*_UNKNOWN, {"key": key, "known": sorted(_KNOWN)}), key)
    fields = titles_of(schema.get("properties", {}))
    return EventType(
        name,
        title=titled(schema.get("title", name)),
        description=described(schema.get("description", "")),
        stage=_turn(schema, "x-stage"),
        back=_turn(schema, "x-back"),
        back_from=_names(schema, "x-back-from"),
        sets=_facts(schema, "x-sets", (*fields, True)),
        sums=_facts(schema, "x-sums", fields),
        gathers=_facts(schema, "x-gathers", fields),
        clears=_names(schema, "x-clears"),
        counts_as=_name(schema, "x-as"),
        causes={each: same(each) for each in _names(schema, "x-after")},
        fields=fields,
        common=common,
    )


def titles_of(properties: Mapping[str, Any]) -> dict[str, Text]:
    """Field → title, in the schema's order; a field without a title keeps its name."""
    return {
        name: titled(told.get("title", name))
        for name, told in properties.items()
        if isinstance(told, Mapping)
    }


def titled(written: str) -> Text:
    """Both halves of a title like ``收到投诉 · Received``; a title of one half stands for both."""
    zh, dot, en = str(written).partition(" · ")
    return Text(en if dot else zh, zh)


def described(written: str) -> Text:
    """Both halves of ``中文一句。 English sentence.``; a text of one half stands for both."""
    zh, en = [*re.split(r"(?<=[。！？])\s+(?=[^\u4e00-\u9fff])|\s+·\s+", str(written), maxsplit=1), ""][:2]
    return Text(en or zh, zh)


_KNOWN = {
    "x-stage", "x-back", "x-back-from", "x-sets", "x-sums", "x-gathers", "x-clears", "x-as", "x-after",
}  # fmt: skip
_UNKNOWN = (
    "“{key}” is no key of an event type; there are {known}",
    "事件类型没有“{key}”这个键；可用的有 {known}",
)
_NOT_A_STAGE = (
    "“{stage}” is no stage; there are {known}",
    "没有“{stage}”这个阶段；可用的有 {known}",
)
_NOT_A_FIELD = (
    "“{field}” is no field of this event",
    "本事件没有“{field}”这个字段",
)
_ILL_FORMED = (
    "“{key}” is not written in a form an event type can have",
    "“{key}”的写法不对",
)


def _turn(schema: Mapping[str, Any], key: str) -> Turn:
    told = schema.get(key, "")
    turns = [{"stage": told}] if isinstance(told, str) else told
    if not isinstance(turns, list) or not all(isinstance(each, dict) for each in turns):
        raise BadEventType(Text(*_ILL_FORMED, {"key": key}), key)
    for each in turns:
        if not _is_cond(each.get("when", {})):
            raise BadEventType(Text(*_ILL_FORMED, {"key": "when"}), key)
        if told and each.get("stage") not in STAGES:
            raise BadEventType(Text(*_NOT_A_STAGE, {"stage": each.get("stage"), "known": STAGES}), key)
    return told if isinstance(told, str) else tuple(turns)


def _is_cond(told: Any) -> bool:
    """Whether this is a condition of the policy language: flat, each value plain, a list, or one word about it."""
    if not isinstance(told, Mapping):
        return False
    words = [value for value in told.values() if isinstance(value, Mapping)]
    return all(len(word) == 1 and set(word) <= {"not", "given"} for word in words)


def _facts(schema: Mapping[str, Any], key: str, fields: Iterable[str | bool]) -> Mapping[str, Any]:
    told = schema.get(key, {})
    if not isinstance(told, dict):
        raise BadEventType(Text(*_ILL_FORMED, {"key": key}), key)
    for name in told.values():
        if name not in fields:
            raise BadEventType(Text(*_NOT_A_FIELD, {"field": name}), key)
    return told


def _names(schema: Mapping[str, Any], key: str) -> tuple[str, ...]:
    told = schema.get(key, [])
    if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
        raise BadEventType(Text(*_ILL_FORMED, {"key": key}), key)
    return tuple(told)


def _name(schema: Mapping[str, Any], key: str) -> str:
    told = schema.get(key, "")
    if not isinstance(told, str):
        raise BadEventType(Text(*_ILL_FORMED, {"key": key}), key)
    return told
