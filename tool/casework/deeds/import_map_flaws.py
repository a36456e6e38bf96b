"""What is wrong with a map, told before any row is touched: names nobody knows, times nobody can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from casework.deeds.import_format import format_from
from casework.deeds.import_slots import Slot, Steps, slots_of
from casework.house import House
from casework.records.record import Flaw, Record
from casework.words import Text

NO_POLICY = ("there is no policy “{name}” in policies/{hint}", "policies/ 中没有制度“{name}”{hint}")
NO_FIELD = ("“{name}” is no field that may stand here{hint}", "这里没有“{name}”这个字段{hint}")
NO_EVENT = ("there is no event “{name}”{hint}", "没有“{name}”这种事件{hint}")
NOBODY = ("nobody in staff.yaml is “{name}”{hint}", "staff.yaml 中没有“{name}”{hint}")
NO_ZONE = ("there is no time zone “{name}”{hint}", "没有“{name}”这个时区{hint}")
NEAR = ("; did you mean “{near}”?", "；是否想写“{near}”？")
LACKS = ("the event “{event}” needs “{field}”", "事件“{event}”须有“{field}”")
ONE_RECEIVED = Text(
    "the first event of every case is received, and it stands here once",
    "每宗案件的第一条事件是 received，且只写一次",
)
ALWAYS = Text(
    "every row is received some time: take when_given away; a row without that time is a bad row",
    "每一行都有收到的时间：请去掉 when_given；没有时间的行即为有误",
)
OUR_ID = Text(
    "the id of “received” keeps which row it was: leave it to the import",
    "received 的 id 用来记住是哪一行：请留给导入命令填写",
)
NO_FORMAT = (
    "“{name}” is a date or time: say how the table writes it, here or once for all: format: YYYY-MM-DD hh:mm:ss",
    "“{name}”是日期或时间：请写明表格中的写法，可写在此处，也可统一写一次，如 format: YYYY-MM-DD hh:mm:ss",
)
NO_INSTANT = ("“{name}” is no date or time and needs no format", "“{name}”不是日期或时间，不需要 format")
SEALED = Text(
    "this register seals personal data, and an import cannot seal yet: leave personal out of the map",
    "本登记簿对个人信息加密，而导入尚不能加密：请从对照表中去掉 personal",
)
_PEOPLE = ("by", "entered_by")


def flaws_in_map(record: Record, house: House) -> Iterator[Flaw]:
    """Every flaw of a map that keeps to its schema, against the register its cases will live in."""
    told: Mapping[str, Any] = record.value
    if told["policy"] not in house.policies:
        yield _unknown(record, ("policy",), NO_POLICY, told["policy"], house.policies)
    if "zone" in told and not _is_zone(told["zone"]):
        yield _unknown(record, ("zone",), NO_ZONE, told["zone"], ())
    if told.get("personal") and house.firm.record.value.get("personal") == "sealed":
        yield Flaw(record.place("personal"), SEALED)
    yield from _formats(record, ("format",), told)
    yield from _events(record, house)
    for slot in slots_of(told, house.schemas):
        yield from _slot(record, slot, house)


def _events(record: Record, house: House) -> Iterator[Flaw]:
    events = record.value["events"]
    names = [event["event"] for event in events]
    if names[0] != "received" or names.count("received") > 1:
        second = names.index("received", 1) if "received" in names[1:] else 0
        yield Flaw(record.value_place("events", second, "event"), ONE_RECEIVED)
    for index, (name, event) in enumerate(zip(names, events, strict=True)):
        steps = ("events", index, "event")
        shape = house.schemas.event_shapes.get(name)
        if shape is None:
            yield _unknown(record, steps, NO_EVENT, name, house.schemas.events)
        for lacking in shape.schema["required"] if shape else ():
            if lacking not in ("by", *event):
                yield Flaw(record.value_place(*steps), Text(*LACKS, {"event": name, "field": lacking}))
    for key, why in {"id": OUR_ID, "when_given": ALWAYS}.items():
        if key in events[0] and names[0] == "received":
            yield Flaw(record.place("events", 0, key), why)


def _slot(record: Record, slot: Slot, house: House) -> Iterator[Flaw]:
    if slot.schema is None:
        yield _unknown(record, slot.steps, NO_FIELD, slot.name, slot.known, of_key=True)
        return
    if slot.name in _PEOPLE:
        yield from _people(record, slot, house)
    if not isinstance(slot.told, dict):
        return
    yield from _formats(record, (*slot.steps, "format"), slot.told)
    has_format = "format" in slot.told or "format" in record.value
    if slot.is_instant and not has_format and "values" not in slot.told:
        yield Flaw(record.place(*slot.steps), Text(*NO_FORMAT, {"name": slot.name}))
    if "format" in slot.told and not slot.is_instant:
        yield Flaw(record.place(*slot.steps, "format"), Text(*NO_INSTANT, {"name": slot.name}))


def _people(record: Record, slot: Slot, house: House) -> Iterator[Flaw]:
    known = [*house.people.persons, *house.people.units]
    told = {slot.steps: slot.told}
    if isinstance(slot.told, dict):
        told = {(*slot.steps, "values", key): who for key, who in slot.told.get("values", {}).items()}
    for steps, who in told.items():
        if who not in known:
            yield _unknown(record, steps, NOBODY, str(who), known)


def _formats(record: Record, steps: Steps, told: Mapping[str, Any]) -> Iterator[Flaw]:
    if "format" in told and isinstance(why := format_from(told["format"]), Text):
        yield Flaw(record.value_place(*steps), why)


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def _unknown(
    record: Record, steps: Steps, said: tuple[str, str], name: str, known: Iterable[str], of_key: bool = False
) -> Flaw:
    """A name that is not known, with the nearest that is."""
    near = get_close_matches(name, list(known), 1)
    hint = Text(*NEAR, {"near": near[0]}) if near else ""
    place = record.place(*steps) if of_key else record.value_place(*steps)
    return Flaw(place, Text(*said, {"name": name, "hint": hint}))
