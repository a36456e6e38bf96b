"""Records against schemas: what each kind of file, and each event type, may hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from casework.records.event_type import BadEventType, EventType, event_type_from, titles_of
from casework.records.inline import Inliner, NoSuchDefinition, Schema
from casework.records.record import MOST, Flaw, Flaws, Record, Steps
from casework.records.shape import BadSchema, Misfit, Shape
from casework.records.source import Source
from casework.words import Place, Text, same

NESTED = ("product", "order", "claim", "incident")
KINDS = ("case", "policy", "register", "staff", "calendar", "month")

NO_FILE = Text(
    "this schema file is missing: take it from the tool's own copy",
    "缺少这个模式文件：请从工具自带的副本中取回",
)
NOT_JSON = Text("this schema file is not valid JSON here", "这个模式文件在此处不是正确的 JSON")
NOT_A_SCHEMA = Text("this file is not a valid JSON Schema", "这个文件不是正确的 JSON Schema")
UNJUDGED = (
    "this cannot be checked because {path} is broken or missing: mend that file first",
    "无法检查这里，因为 {path} 已损坏或缺失：请先修好那个文件",
)
NO_DEFINITION = ("$ref names a definition that is not there: {name}", "$ref 指向不存在的定义：{name}")


@dataclass(frozen=True)
class Schemas:
    """All schemas of a register, made ready. A broken schema file is told in ``flaws_of_schema``."""

    events: Mapping[str, EventType]
    flaws_of_schema: Flaws
    shapes: Mapping[str, Shape] = field(repr=False)
    event_shapes: Mapping[str, Shape] = field(repr=False)
    head: Mapping[str, Text] = field(default_factory=dict, repr=False)  # titles of a case's own fields

    def flaws(self, kind: str, record: Record) -> Flaws:
        """Every way in which a record is not what its kind demands, sorted by place; empty if it is sound.

        ``kind`` is the name of a file of schema/. A record whose schema is broken is never sound.
        """
        if kind not in self.shapes:
            return (Flaw(Place(record.path), Text(*UNJUDGED, {"path": _path_of(kind)})),)
        try:
            in_events = self._of_events(record) if kind == "case" else ()
            found = [*islice(chain(self._of_frame(kind, record), in_events), MOST)]
        except BadSchema as error:
            return (Flaw(Place(str(error)), NOT_A_SCHEMA),)
        once = {(flaw.place, flaw.text.say("en")): flaw for flaw in found}
        return tuple(once[key] for key in sorted(once))

    def defaults(self, kind: str, name: str) -> dict[str, Any]:
        """What the keys of a map such as a policy's ``counting`` mean where nobody says: the schema's own ``default``."""
        shape = self.shapes.get(kind)
        options = shape.schema["properties"].get(name, {}).get("properties", {}) if shape else {}
        return {key: told["default"] for key, told in options.items() if "default" in told}

    def _of_frame(self, kind: str, record: Record) -> Iterator[Flaw]:
        for misfit in _misfits(self.shapes[kind], record.value):
            if not (kind == "case" and _is_event_name(misfit)):  # told by _of_events, and better
                yield from _told(record, misfit)

    def _of_events(self, record: Record) -> Iterator[Flaw]:
        told = record.value.get("events")
        for index, event in enumerate(told if isinstance(told, list) else ()):
            name = event.get("event") if isinstance(event, dict) else None
            if isinstance(name, str):
                yield from self._of_event(record, index, event, name)

    def _of_event(self, record: Record, index: int, event: Any, name: str) -> Iterator[Flaw]:
        path = f"schema/events/{name}.json"
        if name in self.event_shapes:
            for misfit in _misfits(self.event_shapes[name], event):
                yield from _told(record, misfit, ("events", index))
        elif any(flaw.place.path == path for flaw in self.flaws_of_schema):
            yield Flaw(record.value_place("events", index, "event"), Text(*UNJUDGED, {"path": path}))
        else:
            from casework.records.sentences import unknown_event

            titles = {each.name: each.title for each in self.events.values()}
            yield unknown_event(record, index, name, titles)


def _misfits(shape: Shape, value: Any) -> Iterator[Misfit]:
    if not shape.is_sound(value):
        yield from shape.misfits(value)


def _told(record: Record, misfit: Misfit, above: Steps = ()) -> Iterator[Flaw]:
    from casework.records.sentences import flaws_from  # most runs find nothing to tell

    return flaws_from(record, misfit, above)


def _is_event_name(misfit: Misfit) -> bool:
    return (
        isinstance(misfit.value, str) and misfit.steps[:1] == ("events",) and misfit.steps[2:] == ("event",)
    )


def schemas_from(source: Source) -> Schemas:
    """Read ``schema/*.json`` and ``schema/events/*.json``; never raises for what stands in them."""
    files: dict[str, Any] = {}
    flaws = [flaw for path in source.paths("schema") for flaw in _read(source, path, files)]
    known = {*files, *(flaw.place.path for flaw in flaws)}
    flaws += [Flaw(Place(path), NO_FILE) for path in map(_path_of, KINDS) if path not in known]
    schemas: dict[str, Schema] = {}
    events: dict[str, EventType] = {}
    titles: dict[str, Text] = {}
    for path, schema in _inlined(files, flaws):
        try:
            if _is_event(path):
                events[_name(path)] = event_type_from(_name(path), schema, titles)
            schemas[path] = schema
            if path == _path_of("case"):
                titles = titles_of(_common_of(schema)["properties"])
        except BadEventType as error:
            flaws.append(Flaw(Place(path), error.text))
    shapes = {_name(path): Shape(path, schema) for path, schema in schemas.items() if not _is_event(path)}
    common = _common_of(schemas.get(_path_of("case"), {}))
    paths = {name: f"schema/events/{name}.json" for name in events}
    flat = {name: Shape(path, flat_event(common, schemas[path])) for name, path in paths.items()}
    head = _titles_of_head(schemas.get(_path_of("case"), {}))
    return Schemas(_related(events), tuple(flaws), shapes, flat, head)


def _related(events: Mapping[str, EventType]) -> dict[str, EventType]:
    """The events with what they are to each other: what each counts as, and the titles of its causes."""
    return {
        name: replace(kind, kinds=_kinds_of(kind, events), causes=_causes_of(kind, events))
        for name, kind in events.items()
    }


def _kinds_of(kind: EventType, events: Mapping[str, EventType]) -> frozenset[str]:
    names = [kind.name]
    while (above := events[names[-1]].counts_as) and above in events and above not in names:
        names.append(above)
    return frozenset((*names, "any"))


def _causes_of(kind: EventType, events: Mapping[str, EventType]) -> dict[str, Text]:
    """One of these came before; whatever names none came after the receipt."""
    named = [*kind.causes] or ["received"] * (kind.name != "received")
    return {each: events[each].title if each in events else same(each) for each in named}


def _titles_of_head(case: Mapping[str, Any]) -> dict[str, Text]:
    """Field of the head → title, inner ones as ``product.name``."""
    fields = case.get("properties", {})
    head = {name: title for name, title in titles_of(fields).items() if name not in ("personal", "events")}
    for outer in (*NESTED, "personal"):
        inner = titles_of(fields.get(outer, {}).get("properties", {}))
        head |= {f"{outer}.{name}": title for name, title in inner.items()}
    return head


def _inlined(files: Mapping[str, Any], flaws: list[Flaw]) -> Iterator[tuple[str, Schema]]:
    inliner = Inliner(files)
    for path in sorted(files, key=lambda path: path != _path_of("case")):  # first what the others refer to
        try:
            schema = inliner.inlined(path)
            if path == _path_of("case"):
                _common_of(schema)
            yield path, schema
        except NoSuchDefinition as error:
            if str(error).partition("#")[0] not in {
                flaw.place.path for flaw in flaws
            }:  # else it is told already
                flaws.append(Flaw(Place(path), Text(*NO_DEFINITION, {"name": str(error)})))
        except (KeyError, TypeError, AttributeError, RecursionError):
            flaws.append(Flaw(Place(path), NOT_A_SCHEMA))


def _common_of(case: Mapping[str, Any]) -> Mapping[str, Any]:
    """What every event may hold: the items of a case's events."""
    common: Mapping[str, Any] = case["properties"]["events"]["items"] if case else {"properties": {}}
    return {"properties": {**common["properties"]}, "required": [*common.get("required", ())]}


def flat_event(common: Mapping[str, Any], payload: Mapping[str, Any]) -> Schema:
    """One event's whole schema: the keys every event has and its own, and no others."""
    own = {key: value for key, value in payload.items() if not key.startswith("x-")}
    return {
        **own,
        "type": "object",
        "properties": {**common["properties"], **payload.get("properties", {})},
        "required": [*common["required"], *payload.get("required", ())],
        "additionalProperties": False,
    }


def _read(source: Source, path: str, files: dict[str, Any]) -> Iterator[Flaw]:
    if not path.endswith(".json") or path == "schema/editor.json":
        return
    try:
        told = json.loads(source.read(path).decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        yield Flaw(Place(path, error.lineno, error.colno), NOT_JSON)
    except (UnicodeDecodeError, OSError, RecursionError):
        yield Flaw(Place(path), NOT_JSON)
    else:
        if _is_schema(told):
            files[path] = told
        else:
            yield Flaw(Place(path), NOT_A_SCHEMA)


def _is_schema(told: Any) -> bool:
    """Whether a file has the parts that we read ourselves; the rest is judged when it is first used."""
    parts = told.get("properties", {}) if isinstance(told, dict) else None
    return isinstance(parts, dict) and isinstance(told.get("required", []), list)


def _path_of(kind: str) -> str:
    return f"schema/{kind}.json"


def _is_event(path: str) -> bool:
    return path.startswith("schema/events/")


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".json")
