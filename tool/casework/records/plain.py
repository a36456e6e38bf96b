"""The usual file, read quickly: values alone; whatever is not usual is left to `tree`, which says what it is and where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from yaml import events

from casework.records.tree import DEPTH, INTEGER_STARTS, WORDS, events_of, typed

_Scalar: Any = events.ScalarEvent
_List: Any = events.SequenceStartEvent
_ListEnd: Any = events.SequenceEndEvent
_Mapping: Any = events.MappingStartEvent
_MappingEnd: Any = events.MappingEndEvent
_ODD_KEYS = frozenset(("", "<<"))
Next = Callable[[], Any]


class _Unusual(Exception):
    """Something that `tree` has a word about."""


def plain_values(text: str) -> dict[str, Any] | None:
    """The values of a sound file whose root is a group of fields; None for any other, sound or not.

    Most of a cold check is spent here, and marks, which few cases need, would be a third of it.
    """
    get = events_of(text)
    try:
        get()  # the start of the stream
        document, root = get(), get()
        if (
            document.__class__ is not events.DocumentStartEvent
            or document.explicit
            or root.__class__ is not _Mapping
        ):
            return None
        values = _value(root, get, 1)
        get()  # the end of the document
        return values if get().__class__ is events.StreamEndEvent else None
    except (_Unusual, yaml.YAMLError):
        return None


def _value(event: Any, get: Next, depth: int) -> Any:
    kind = event.__class__
    if kind is events.AliasEvent or event.anchor is not None or event.tag is not None or depth > DEPTH:
        raise _Unusual
    if kind is _Mapping:
        return _mapping(get, depth)
    if kind is _List:
        items = []
        while (event := get()).__class__ is not _ListEnd:
            items.append(_value(event, get, depth + 1))
        return items
    return typed(event)


def _mapping(get: Next, depth: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    while (event := get()).__class__ is not _MappingEnd:
        key = event.value if event.__class__ is _Scalar else ""
        if key in values or key in _ODD_KEYS or event.anchor or event.tag:
            raise _Unusual
        event = get()
        if event.__class__ is _Scalar and event.anchor is None and event.tag is None:
            told = event.value
            is_text = event.style or (told not in WORDS and told[0] not in INTEGER_STARTS)
            values[key] = told if is_text else typed(event)
        else:
            values[key] = _value(event, get, depth + 1)
    return values
