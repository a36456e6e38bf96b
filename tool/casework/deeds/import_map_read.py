"""Reads a map file: YAML, kept to its schema, proved against the register, and made ready for the rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from casework.deeds.import_format import Clock, Format, format_from
from casework.deeds.import_map import Cell, Fields, Map, MappedEvent
from casework.deeds.import_map_flaws import flaws_in_map
from casework.deeds.import_slots import Slot, event_slots, head_slots, personal_slots
from casework.house import STAFF, House
from casework.records.data import data_folder
from casework.records.record import Flaw, Flaws, Record
from casework.records.schema import schemas_from
from casework.records.source import WorkTree
from casework.records.strict_yaml import read_yaml

WHOLE_ROW = "row"


def read_map(name: str, data: bytes, house: House) -> Map | Flaws:
    """The map in a file; or every flaw of it, sorted by place. ``house`` is the register it leads into."""
    record = read_yaml(name, data)
    if not isinstance(record, Record):
        return record
    # By the tool's own schema: a map speaks to this command, not to the register.
    flaws = schemas_from(WorkTree(data_folder())).flaws("map", record)
    flaws = flaws or _flaws_of_house(house, record) or _in_order(flaws_in_map(record, house))
    return flaws or _map_from(record, house)


def _flaws_of_house(house: House, record: Record) -> Flaws:
    """What is wrong with the register's own files that this import leans on."""
    leant_on = (STAFF, f"policies/{record.value['policy']}.yaml", "schema/")
    return tuple(flaw for flaw in house.flaws if flaw.place.path.startswith(leant_on))


def _in_order(flaws: Iterable[Flaw]) -> Flaws:
    once = {(flaw.place, flaw.text.say("en")): flaw for flaw in flaws}
    return tuple(once[key] for key in sorted(once))


def _map_from(record: Record, house: House) -> Map:
    told, schemas = record.value, house.schemas
    columns = [] if told["id"] == WHOLE_ROW else told["id"] if isinstance(told["id"], list) else [told["id"]]
    return Map(
        record,
        told["source"],
        told["policy"],
        tuple(Cell(column, record.value_place("id")) for column in columns),
        Clock(_zone(told.get("zone"), house), house.firm.zone, told.get("clock_shown_twice", "refuse")),
        told.get("encoding", ""),
        told.get("delimiter", ""),
        _fields(record, head_slots(told, schemas)),
        _fields(record, personal_slots(told, schemas)),
        tuple(_event(record, index, house) for index in range(len(told["events"]))),
    )


def _event(record: Record, index: int, house: House) -> MappedEvent:
    told = record.value["events"][index]
    when = told.get("when_given")
    given = Cell(when, record.value_place("events", index, "when_given")) if when else None
    return MappedEvent(told["event"], given, _fields(record, event_slots(record.value, index, house.schemas)))


def _fields(record: Record, slots: Iterable[Slot]) -> Fields:
    return {slot.name: _value(record, slot) for slot in slots}


def _value(record: Record, slot: Slot) -> Any:
    told = slot.told
    if not isinstance(told, dict):
        return told
    place = record.value_place(*slot.steps, "column")
    written = (
        told.get("format", record.value.get("format")) if slot.is_instant and "values" not in told else None
    )
    return Cell(told["column"], place, told.get("values"), told.get("word", False), _format(written))


def _format(written: str | None) -> Format | None:
    made = format_from(written) if written else None
    return made if isinstance(made, Format) else None


def _zone(name: str | None, house: House) -> ZoneInfo:
    return ZoneInfo(name) if name else house.firm.zone
