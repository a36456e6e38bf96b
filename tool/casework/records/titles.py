"""What the schema files call the fields of a case and of each event: the labels that pages and lists print."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from casework.records.event_type import titled
from casework.records.source import Source
from casework.words import Text

NESTED = ("product", "order", "incident")


class Titles(NamedTuple):
    """Field → title. ``head`` names inner fields ``product.name``; ``common`` are the keys every event may have."""

    head: Mapping[str, Text]
    common: Mapping[str, Text]
    events: Mapping[str, Mapping[str, Text]]


def titles_from(source: Source) -> Titles:
    """The titles written in ``schema/``; a file that is missing or no JSON gives none. Nothing of ``personal``."""
    frame = _read(source, "schema/case.json")
    defs = frame.get("$defs", {})
    events = {
        path.removeprefix("schema/events/").removesuffix(".json"): dict(_fields(_read(source, path), defs))
        for path in source.paths("schema/events")
    }
    return Titles(dict(_head(frame, defs)), dict(_fields(defs.get("event", {}), defs)), events)


def _head(frame: Mapping[str, Any], defs: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    for name, title in _fields(frame, defs):
        if name not in ("personal", "events"):
            yield name, title
    for outer in NESTED:
        for name, title in _fields(frame.get("properties", {}).get(outer, {}), defs):
            yield f"{outer}.{name}", title


def _fields(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    for name, told in schema.get("properties", {}).items():
        title = told.get("title") or defs.get(told.get("$ref", "").rpartition("/")[2], {}).get("title")
        if isinstance(title, str):
            yield name, titled(title)


def _read(source: Source, path: str) -> Mapping[str, Any]:
    try:
        told = json.loads(source.read(path))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
