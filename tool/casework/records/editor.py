"""The schema for an editor: one file that offers each event its own fields, explained in both languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from casework.records.event_type import EventType, described
from casework.records.inline import Schema
from casework.records.schema import Schemas
from casework.words import Text

_ALWAYS = ("event", "at", "by")
# Filled in by the editor when the snippet is inserted (Language Server Protocol, snippet variables).
NOW = "${1:${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}T${CURRENT_HOUR}:${CURRENT_MINUTE}}"


def editor_text(schemas: Schemas) -> str:
    """What ``schema/editor.json`` must hold, as JSON."""
    return json.dumps(editor_schema(schemas), ensure_ascii=False, indent=1) + "\n"


def editor_schema(schemas: Schemas) -> Schema:
    """A draft-07 schema of a case file in which ``event: x`` opens the fields of x, and no others.

    Editors know no ``oneOf`` by name and no language but one: so events are chosen by if/then, and what is
    shown on hovering and completing says everything in Chinese and in English.
    """
    case: Schema = _explained(schemas.shapes["case"].schema)
    events = case["properties"]["events"]
    common = events["items"]["properties"]
    names = sorted(schemas.events)
    told = [schemas.events[name] for name in names]
    common["event"].pop("pattern", None)
    common["event"] |= {"enum": names, "markdownEnumDescriptions": [_told(kind) for kind in told]}
    own = [_explained(schemas.event_shapes[kind.name].schema) for kind in told]
    events["defaultSnippets"] = [_snippet(kind) for kind in told]
    events["items"]["allOf"] = [_if_then(*each, common) for each in zip(told, own, strict=True)]
    return {"$schema": "http://json-schema.org/draft-07/schema#", **case}


def _if_then(kind: EventType, shape: Schema, common: Mapping[str, Any]) -> Schema:
    """The fields an event may have beside the common ones; those stand with the list already."""
    own = {name: shape["properties"][name] for name in kind.fields}
    shared: Schema = dict.fromkeys(common, True)
    beyond = [name for name in shape["required"] if name not in _ALWAYS]
    rest: Schema = {key: shape[key] for key in ("if", "then", "allOf", "anyOf", "not") if key in shape}
    then: Schema = {
        "properties": {**shared, **own},
        "additionalProperties": False,
        "required": beyond,
        **rest,
    }
    chosen = {"type": "object", "properties": {"event": {"const": kind.name}}, "required": ["event"]}
    return {"if": chosen, "then": then}


def _snippet(kind: EventType) -> Schema:
    # No more than every event has: an editor offers what is left of a snippet within other events, too.
    body = {"event": kind.name, "at": NOW, "by": "${2}"}
    return {"label": f"{kind.title.zh} · {kind.name}", "markdownDescription": _told(kind), "body": body}


def _told(kind: EventType) -> str:
    return f"**{kind.title.zh} · {kind.title.en}** {kind.description.zh} {kind.description.en}"


def _said(text: Text) -> str:
    return f"{text.zh}\n\n{text.en}"


def _explained(node: Any) -> Any:
    """A copy for editors: each description also as Markdown, a paragraph for each language."""
    if isinstance(node, list):
        return [_explained(each) for each in node]
    if not isinstance(node, dict):
        return node
    copy = {key: _explained(value) for key, value in node.items()}
    if isinstance(node.get("description"), str):
        copy["markdownDescription"] = _said(described(node["description"]))
    if isinstance(node.get("type"), list) and {"string", "integer"} <= {*node["type"]}:
        copy["type"] = [
            *node["type"],
            "number",
        ]  # to an editor an unquoted 12.50 is a number; to us it is text
    return copy
