"""What a person types becomes the values a schema asks for: words, whole numbers, yes or no, lists, instants."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from casework.deeds.refused import Refused
from casework.words import Text

Fields = Mapping[str, Mapping[str, Any]]  # a schema's ``properties``, written out

UNWRITABLE = Text(
    "what was told cannot be kept in a file: a name in it is too long, a whole number has more than 15 digits, "
    "or it is not UTF-8",
    "所填内容无法保存为文件：某个名称过长，或整数超过 15 位，或不是 UTF-8 编码",
)
"""Said where the writer of files knows no way to put a value down."""

_COMMA = re.compile(r"\s*[,，、]\s*")
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")  # longer ones are numbers of things, not of how many
_YES_OR_NO = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
_INSTANT = "casework-instant"


def typed(told: str, schema: Mapping[str, Any]) -> Any:
    """The value a field's schema makes of what was typed; what fits nothing stays text, for the schema to refuse.

    A list only where the schema knows lists and a comma is given, a number only where it knows whole ones.

    >>> typed("li,chen", {"type": ["string", "array"], "items": {"type": "string"}})
    ['li', 'chen']
    >>> typed("0123", {"type": ["string", "integer"]})
    '0123'
    """
    kinds = kinds_of(schema)
    if "array" in kinds and (_COMMA.search(told) or kinds == {"array"}):
        return [typed(item, schema.get("items", {})) for item in items_of(told, schema)]
    if "boolean" in kinds and told.lower() in (_YES_OR_NO if "string" not in kinds else ("true", "false")):
        return _YES_OR_NO[told.lower()]
    if "null" in kinds and told == "null":
        return None
    if "integer" in kinds and _WHOLE.fullmatch(told):
        return int(told)
    return told


def items_of(told: str, schema: Mapping[str, Any]) -> list[str]:
    """What was typed, taken apart at commas (,，、) where the schema knows lists."""
    return [item for item in _COMMA.split(told) if item] if "array" in kinds_of(schema) else [told]


def kinds_of(schema: Mapping[str, Any]) -> set[str]:
    """The JSON types a schema allows."""
    named = schema.get("type", "string")
    return {named} if isinstance(named, str) else set(named)


def values_from(
    told: Iterable[tuple[str, str]], fields: Fields, now: datetime, zone: ZoneInfo
) -> dict[str, Any]:
    """Typed values by field, ``product.lot_no`` inside its group; Refused if a field is told twice.

    ``now`` (UTC) and ``zone`` complete an instant that is only a time of day. Fields no schema knows stay
    text: checking the whole says so, with the nearest right name.
    """
    values: dict[str, Any] = {}
    for name, text in told:
        _refuse_unwritable(name, text)
        schema = field_of(fields, name) or {}
        if schema.get("format") == _INSTANT:
            text = instant_text(text, now, zone)
        _put(values, name.split("."), typed(text, schema))
    return values


def pairs_from(words: Iterable[str]) -> list[tuple[str, str]]:
    """``key=value`` words taken apart; Refused for one that has no ``=`` or no key."""
    return [_pair(word) for word in words]


def field_of(fields: Fields, name: str) -> Mapping[str, Any] | None:
    """The schema of a field, ``product.lot_no`` inside its group; None if there is none of that name."""
    first, dot, rest = name.partition(".")
    found = fields.get(first)
    if found is None or not dot:
        return found
    inner = field_of(found.get("properties", {}), rest)
    more = found.get("additionalProperties")
    return inner if inner is not None or not isinstance(more, Mapping) else more


def instant_text(told: str, now: datetime, zone: ZoneInfo) -> str:
    """An instant as the schema wants it: ``9:05`` is of today, a blank between day and time becomes ``T``."""
    text = unicodedata.normalize("NFKC", told).strip()
    if re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", text):
        return f"{now.astimezone(zone).date().isoformat()}T{text:0>5}"
    return re.sub(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})[ t]+([0-9:]+)", r"\1T\2", text)


def now_text(now: datetime, zone: ZoneInfo) -> str:
    """The present minute with its offset, as files write it: ``2026-11-03T09:12+08:00``."""
    return now.astimezone(zone).isoformat(timespec="minutes")


def in_order(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The same values, first those named, in that order, then the rest as they came."""
    return {**{name: values[name] for name in names if name in values}, **values}


def told_twice(name: str) -> Text:
    """Why a second value for one field is refused."""
    return Text(
        "'{field}' is told twice: a field has one value (where it may be a list: a,b)",
        "“{field}”写了两次：一个字段只有一个值（可写多个的，用逗号隔开）",
        {"field": name},
    )


def _pair(word: str) -> tuple[str, str]:
    name, sign, value = word.partition("=")
    if not sign or not name.strip():
        raise Refused(
            Text(
                "'{word}' says nothing of any field: write FIELD=VALUE, in quotes if there are blanks in it",
                "“{word}”没有写明字段：请写成 字段=值，含空格时加引号",
                {"word": word},
            )
        )
    return name.strip(), value


def _put(values: dict[str, Any], steps: list[str], value: Any) -> None:
    *groups, last = steps
    for group in groups:
        inner = values.setdefault(group, {})
        if not isinstance(inner, dict):
            raise Refused(told_twice(".".join(steps)))
        values = inner
    if last in values:
        raise Refused(told_twice(".".join(steps)))
    values[last] = value


def _refuse_unwritable(name: str, text: str) -> None:
    """Bytes of the command line that were no UTF-8 arrive as lone surrogates, which no file can hold."""
    try:
        f"{name}{text}".encode()
    except UnicodeEncodeError:
        shown = name.encode("utf-8", "replace").decode()
        raise Refused(
            Text(
                "what is told for '{field}' is not UTF-8: set the terminal to UTF-8 and type it again",
                "“{field}”的内容不是 UTF-8 编码：请把终端设为 UTF-8 后重新输入",
                {"field": shown},
            )
        ) from None
