"""The slots of a map: every field of a case that it fills, with the schema of that field and its place in the map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from casework.deeds.typed import field_of
from casework.records.schema import Schemas

Steps = tuple[str | int, ...]
NOT_IN_HEAD = ("case", "receipt", "policy", "personal", "events")
INSTANTS = ("casework-instant", "casework-date")


class Slot(NamedTuple):
    """One field that a map fills with what is ``told``; ``schema`` is None where a case has no such field."""

    steps: Steps
    told: Any
    schema: Mapping[str, Any] | None
    known: tuple[str, ...]  # the fields there are beside it

    @property
    def name(self) -> str:
        """The field's name, ``product.name`` within its group."""
        return str(self.steps[-1])

    @property
    def is_instant(self) -> bool:
        """Whether the field is a date or a time."""
        return self.schema is not None and self.schema.get("format") in INSTANTS


def head_slots(told: Mapping[str, Any], schemas: Schemas) -> Iterator[Slot]:
    """The fields of the case itself."""
    frame = {name: each for name, each in _frame(schemas).items() if name not in NOT_IN_HEAD}
    known = tuple(each for name, schema in frame.items() for each in _names(name, schema))
    for name, each in told.get("head", {}).items():
        yield Slot(("head", name), each, field_of(frame, name) if name in known else None, known)


def personal_slots(told: Mapping[str, Any], schemas: Schemas) -> Iterator[Slot]:
    """The fields of its personal block, where names of one's own are welcome; but nothing is sealed here."""
    frame = {"personal": _frame(schemas)["personal"]}
    for name, each in told.get("personal", {}).items():
        schema = field_of(frame, f"personal.{name}") if name != "sealed" else None
        yield Slot(("personal", name), each, schema, tuple(frame["personal"].get("properties", {})))


def event_slots(told: Mapping[str, Any], index: int, schemas: Schemas) -> Iterator[Slot]:
    """The fields of one event, ``at`` first and the map's own ``by`` where the event names none."""
    event = told["events"][index]
    shape = schemas.event_shapes.get(event["event"])
    fields: Mapping[str, Any] = shape.schema["properties"] if shape else {}
    own: dict[str, tuple[Steps, Any]] = {
        "at": (("events", index, "at"), event["at"]),
        "by": (("by",), told["by"]),
        **{name: (("events", index, name), each) for name, each in event.items()},
    }
    for name, (steps, each) in own.items():
        if name not in ("event", "when_given"):
            yield Slot(steps, each, fields.get(name), tuple(fields))


def slots_of(told: Mapping[str, Any], schemas: Schemas) -> Iterator[Slot]:
    """Every slot of a map."""
    yield from head_slots(told, schemas)
    yield from personal_slots(told, schemas)
    for index, event in enumerate(told["events"]):
        if event["event"] in schemas.event_shapes:
            yield from event_slots(told, index, schemas)


def _frame(schemas: Schemas) -> Mapping[str, Any]:
    frame: Mapping[str, Any] = schemas.shapes["case"].schema["properties"]
    return frame


def _names(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    inner = schema.get("properties")
    yield from (f"{name}.{each}" for each in inner) if inner else (name,)
