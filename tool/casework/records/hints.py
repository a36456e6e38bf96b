"""What a sentence about a schema error is made of: the field's name, the value as shown, a guess at what was meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from casework.records.event_type import described, titled
from casework.records.identifying import quotable
from casework.records.record import Steps
from casework.records.shape import Misfit
from casework.words import Text

FEW = 15  # names that a sentence lists; more would hide it

NEAR = ("; did you mean “{near}”?", "；您是想写“{near}”吗？")
THERE_ARE = ("; there are {names}", "；可用的有 {names}")
_TYPES = {
    "string": Text("text", "文字"),
    "integer": Text("a whole number", "整数"),
    "boolean": Text("true or false", "true 或 false"),
    "array": Text("a list", "列表"),
    "object": Text("a group of fields", "一组字段"),
    "null": Text("nothing", "空"),
}


def is_personal(steps: Steps) -> bool:
    """Whether a value stands in the personal block, where even the names of fields may be somebody's."""
    return steps[:1] == ("personal",)


def is_unsayable(steps: Steps) -> bool:
    """Whether a value may stand in no message: in the block, or where a code is asked for and a name was written."""
    return is_personal(steps) or not {"complainant", "respondent"}.isdisjoint(steps)


def field_of(misfit: Misfit, steps: Steps) -> Text:
    """The field as a sentence names it: its key with its title, or which item of a list; in the block its title alone."""
    if not steps:
        return Text("the file", "文件")
    if is_personal(steps) and len(steps) > 1:
        title = titled(misfit.schema["title"]) if "title" in misfit.schema else None
        return Text(f"“{title.en}”", f"“{title.zh}”") if title else Text("this field", "该字段")
    if isinstance(steps[-1], int):
        holder = next((step for step in reversed(steps) if isinstance(step, str)), "")
        return Text(f"item {steps[-1] + 1} of “{holder}”", f"“{holder}”的第 {steps[-1] + 1} 项")
    return named(steps[-1], titled(misfit.schema["title"]) if "title" in misfit.schema else None)


def named(key: str, title: Text | None) -> Text:
    """A field by its key and, if it has one, its title."""
    return Text(f"“{key}” ({title.en})", f"“{key}”（{title.zh}）") if title else Text(f"“{key}”", f"“{key}”")


def titles_in(schema: Any) -> dict[str, Text | None]:
    """The fields a schema knows, with their titles."""
    fields = schema.get("properties", {}) if isinstance(schema, dict) else {}
    return {
        name: titled(told["title"]) if isinstance(told, dict) and "title" in told else None
        for name, told in fields.items()
    }


def shown(value: Any, steps: Steps) -> Text:
    """The wrong value, cut short; nothing of what may stand in no message."""
    if is_unsayable(steps):
        return Text("what is written here", "这里所写的内容")
    words = {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    return Text(f"“{quotable(words)}”", f"“{quotable(words)}”")


def hint_for(word: str, near: Mapping[str, Text | None], known: Mapping[str, Any]) -> Text | str:
    """“did you mean …”, found by spelling or by the Chinese title; else the few names there are; else nothing."""
    from difflib import get_close_matches  # most runs never need it

    plain = unicodedata.normalize("NFKC", word).strip().strip("“”‘’\"'").lower()
    by_title = {part: name for name, title in near.items() if title for part in (title.zh, title.en.lower())}
    spelt = {name.replace("-", "_"): name for name in near}
    if plain in by_title:
        return Text(*NEAR, {"near": by_title[plain]})
    if close := get_close_matches(plain.replace("-", "_").replace(" ", "_"), spelt, n=1):
        return Text(*NEAR, {"near": spelt[close[0]]})
    return Text(*THERE_ARE, {"names": [*known]}) if 0 < len(known) <= FEW else ""


def any_of_types(names: Iterable[str]) -> Text:
    """“text or a list”."""
    told = [_TYPES[name] for name in names]
    return Text(" or ".join(each.en for each in told), "或".join(each.zh for each in told))


def type_named(value: Any) -> Text:
    """What kind of value something is: “a list”."""
    kinds = {type(None): "null", bool: "boolean", int: "integer", str: "string", list: "array"}
    return _TYPES[kinds.get(type(value), "object")]


def asked(misfit: Misfit) -> Text:
    """What the schema asks of a text, in its own words: its message, an example, its description; else the pattern."""
    schema = misfit.schema
    if examples := schema.get("examples"):
        example = Text(f"write it as in {examples[0]}", f"请写成 {examples[0]}")
    else:
        example = within(described(schema.get("description", misfit.wanted)))
    message = schema.get("patternErrorMessage")
    return within(described(message)) if message else example


def within(told: Text) -> Text:
    """A sentence as it stands within another: without its full stop."""
    return Text(told.en.rstrip("."), told.zh.rstrip("。"))
