"""Add one event to a case: every other byte of its file stays, and the case is judged before and after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from casework.deeds.afterwards import told_when_stopped
from casework.deeds.refused import Refused, flaw_text, listed
from casework.deeds.sound import case_of, would_be_case
from casework.deeds.typed import UNWRITABLE, Fields, field_of, in_order, values_from
from casework.deeds.write import Commit, write_commit
from casework.examine import examine_case, less
from casework.house import House
from casework.records.event_type import EventType
from casework.records.patch import CannotEdit, append_item
from casework.records.schema import Schemas
from casework.rules import Finding
from casework.state.case import Case
from casework.state.register import Unjudged
from casework.state.state import State
from casework.words import Text

Judged = State | Unjudged | None

_FIRST = ("event", "at", "by", "unit")
_LAST = ("reason", "note", "id", "entered_by", "entered_at")


class Opened(NamedTuple):
    """A case file as it lies on disk, and the case it is."""

    path: str
    body: bytes
    case: Case


class Addition(NamedTuple):
    """One event more, not yet written: ``brings`` are the findings that were not there before."""

    opened: Opened
    event: str
    body: bytes
    was: Judged
    becomes: Judged
    brings: tuple[Finding, ...]

    @property
    def subject(self) -> str:
        """The commit's subject: number and event, nothing else."""
        return f"{self.opened.case.number}: {self.event}"


def opened_case(root: Path, path: str, house: House) -> Opened:
    """Read one case file; Refused if it is flawed as it is, with every flaw and its place."""
    try:
        body = (root / path).read_bytes()
    except OSError as error:
        parts = {"path": path, "said": error.strerror}
        raise Refused(Text("{path} cannot be read: {said}", "无法读取 {path}：{said}", parts)) from None
    made = case_of(path, body, house)
    if isinstance(made, Case):
        return Opened(path, body, made)
    first = Text(
        "the case file is flawed as it stands; mend it first, nothing was written:",
        "案件文件本身有误，请先改正；没有写入任何内容：",
    )
    raise Refused(listed(first, map(flaw_text, made)))


def event_named(schemas: Schemas, asked: str) -> EventType:
    """The event type of a name, or of a title in either language; Refused with the nearest names."""
    name = asked.strip().lower().replace("-", "_").replace(" ", "_")
    for each in schemas.events.values():
        if name == each.name or asked.strip() in (each.title.en, each.title.zh):
            return each
    from difflib import get_close_matches  # only a wrong name needs it

    titles = {title: each for each in schemas.events.values() for title in (each.name, each.title.zh)}
    near = dict.fromkeys(titles[found].name for found in get_close_matches(name, titles, 3))
    raise Refused(_no_event(asked, [schemas.events[each] for each in near]))


def fields_of(schemas: Schemas, event: str) -> Fields:
    """Every field an event of this type may have, each with its schema written out."""
    shape = schemas.event_shapes.get(event)
    return shape.schema["properties"] if shape else {}


def event_told(
    house: House, event: str, told: list[tuple[str, str]], now: datetime, order: Fields
) -> dict[str, Any]:
    """The event as the file will hold it: typed by its schema, in the order files have. ``now`` is in UTC."""
    fields = _with_type_of_now(house, dict(told), order)
    values = values_from([("event", event), *told], fields, now, house.firm.zone)
    payload = [name for name in fields if name not in (*_FIRST, *_LAST)]
    return in_order(values, (*_FIRST, *payload, *_LAST))


def addition_to(
    opened: Opened, event: Mapping[str, Any], house: House, at: datetime, clock: datetime
) -> Addition:
    """The file with one event more, judged as of ``at``; Refused where it would be flawed (all in UTC)."""
    try:
        text = append_item(opened.case.record, ("events",), event)
    except CannotEdit as why:
        raise Refused(
            Text("{path}: {why}", "{path}：{why}", {"path": opened.path, "why": why.text})
        ) from None
    except ValueError:
        raise Refused(UNWRITABLE) from None
    body = text.encode()
    was, before = examine_case(opened.case, house, at, clock)
    becomes, after = examine_case(would_be_case(opened.path, body, house), house, at, clock)
    brings = tuple(each for each in less(after, before) if each.level != "information")
    return Addition(opened, str(event["event"]), body, was, becomes, brings)


def write_addition(root: Path, addition: Addition) -> Commit:
    """Write the file and commit it alone; GitTrouble if it changed meanwhile or git refuses, Stopped on Ctrl-C."""
    path = addition.opened.path
    with told_when_stopped(root, path, addition.body, addition.subject):
        return write_commit(root, {path: addition.body}, addition.subject, {path: addition.opened.body})


def _with_type_of_now(house: House, told: Mapping[str, str], fields: Fields) -> Fields:
    """What puts a field of the head right is of that field's own type."""
    head = house.schemas.shapes.get("case")
    named = field_of(head.schema.get("properties", {}), told["field"]) if head and "field" in told else None
    if named is None or "now" not in fields or told.get("now") == "null":
        return fields
    return {**fields, "now": named}


def _no_event(asked: str, near: list[EventType]) -> Text:
    names = [Text(f"{each.name} ({each.title.en})", f"{each.name}（{each.title.zh}）") for each in near]
    hint = Text("; did you mean {near}?", "；是否指 {near}？", {"near": names}) if near else Text("", "")
    return Text(
        "no event is called '{asked}'{hint} The names are those of the files in schema/events",
        "没有名为“{asked}”的事件{hint} 事件名就是 schema/events 中的文件名",
        {"asked": asked, "hint": hint if near else Text(".", "。")},
    )
