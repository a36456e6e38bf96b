"""A case is one complaint as its file tells it: the head, and the events in the order they happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casework.records.event_type import EventType
from casework.records.record import Flaw, Record
from casework.records.schema import NESTED, Schemas
from casework.state.instant import Instant, day_of, instant_from
from casework.words import Place, Text, did_you_mean

INNER = (*NESTED, "personal")


class Identity(NamedTuple):
    """What tells one event of a case from another (policy language 4.11)."""

    event: str
    at: datetime
    by: str | None
    id: str | None


class Event(NamedTuple):
    """One dated thing that happened: ``told`` is the payload with its common keys, ``position`` the place in the file."""

    type: EventType
    when: Instant
    day: date
    told: Mapping[str, Any]
    position: int
    kinds: frozenset[str]

    @property
    def name(self) -> str:
        """The event's name as written."""
        return self.type.name

    @property
    def at(self) -> datetime:
        """The instant in UTC; the start of the day for a date without time."""
        return self.when.at

    @property
    def by(self) -> str:
        """Who did it: a person or a unit."""
        return str(self.told.get("by", ""))

    @property
    def identity(self) -> Identity:
        """Event, instant, person, and ``id`` where these would be equal."""
        return identity_of(self.told, self.at)


def identity_of(told: Mapping[str, Any], at: datetime) -> Identity:
    """The identity of an event as told; an ``id`` written as a number is the same as in quotes."""
    id_ = told.get("id")
    return Identity(str(told.get("event")), at, told.get("by"), None if id_ is None else str(id_))


@dataclass(frozen=True, eq=False)
class Case:
    """One complaint. ``events`` stand in order of ``at``, ties by place; corrected ones only in ``all_events``."""

    record: Record = field(repr=False)
    head: Mapping[str, Any]
    all_events: tuple[Event, ...]
    zone: ZoneInfo
    later: tuple[Event, ...] = ()

    @property
    def number(self) -> str:
        """The register's number, ``2026-11-0007``."""
        return str(self.head["case"])

    @property
    def policy(self) -> str | None:
        """The policy the case names, if it names one."""
        named = self.facts.get("policy")
        return None if named is None else str(named)

    @property
    def path(self) -> str:
        """Where the file stands."""
        return self.record.path

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happened, less what a later entry corrected."""
        gone = self._corrected
        return (
            tuple(event for event in self.all_events if event.position not in gone)
            if gone
            else self.all_events
        )

    @cached_property
    def received(self) -> Event | None:
        """The event that began the case."""
        return next((event for event in self.events if event.name == "received"), None)

    @property
    def begun(self) -> date:
        """The day of receipt, to come or past, which decides the edition of the policy."""
        return (self.received or (*self.all_events, *self.later)[0]).day

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """The head as it holds from the start, wrong values corrected, nested ones as ``product.name``."""
        told = {key: value for key, value in self.head.items() if key not in INNER}
        for outer in INNER:
            for inner, value in (self.head.get(outer) or {}).items():
                told[f"{outer}.{inner}"] = value
        for event in self.events:
            if event.name == "superseded" and "field" in event.told:
                told[event.told["field"]] = event.told.get("now")
            if (
                event.name == "disposed"
            ):  # what was destroyed cannot be looked at any more than what is sealed
                told.setdefault("personal.sealed", True)
        return told

    def place(self, event: Event | None = None, *steps: str | int) -> Place:
        """Where an event, or a value of it, stands; without an event, of the case itself."""
        if event is None:
            return self.record.place(*(steps or ("case",)))
        return self.record.place("events", event.position, *(steps or ("event",)))

    def place_in_head(self, name: str) -> Place:
        """Where a value of the head stands: in the head, or in the event that put it right."""
        put_right = [event for event in self.events if event.told.get("field") == name]
        return self.place(put_right[-1], "now") if put_right else self.place(None, name)

    def as_of(self, at: datetime) -> Case:
        """The case as it was known at an instant: later events have not happened."""
        happened = tuple(event for event in self.all_events if event.at <= at)
        if len(happened) == len(self.all_events):
            return self
        return replace(self, all_events=happened, later=tuple(e for e in self.all_events if e.at > at))

    def corrected_by(self, event: Event) -> tuple[Event, ...]:
        """The entries that a ``superseded`` names by event, instant, person and id."""
        of: Mapping[str, Any] = event.told.get("of") or {}
        at = instant_from(str(of.get("at")), self.zone)
        if not isinstance(at, Instant):
            return ()
        return tuple(each for each in self._named.get(identity_of(of, at.at), ()) if each is not event)

    @cached_property
    def _named(self) -> Mapping[Identity, list[Event]]:
        named: dict[Identity, list[Event]] = {}
        for event in (*self.all_events, *self.later):
            named.setdefault(event.identity, []).append(event)
        return named

    @cached_property
    def _corrected(self) -> frozenset[int]:
        """Positions of what was corrected: the latest correction first, for it may correct an earlier one."""
        gone: set[int] = set()
        for event in reversed(self.all_events):
            if event.name == "superseded" and event.position not in gone:
                gone.update(each.position for each in self.corrected_by(event))
        return frozenset(gone)


def case_from(record: Record, schemas: Schemas, zone: ZoneInfo) -> Case | tuple[Flaw, ...]:
    """A case, or why its file cannot be one; the record is already sound by its schema."""
    events: list[Event] = []
    flaws: list[Flaw] = []
    for index, told in enumerate(record.value.get("events") or ()):
        match _event(index, told, schemas, zone):
            case Event() as event:
                events.append(event)
            case (steps, Text() as why):
                flaws.append(Flaw(record.place("events", index, *steps), why))
    head = {key: value for key, value in record.value.items() if key != "events"}
    case = Case(record, head, in_order(events), zone)
    return tuple(flaws or [*_told_twice(case), *_one_received(case), *_uncorrectable(case, schemas)]) or case


def in_order(events: Sequence[Event]) -> tuple[Event, ...]:
    """By ``at``, ties by place in the file; a date without time stands behind what the file tells of that day before it."""
    if not any(event.when.whole_day for event in events):
        return tuple(sorted(events, key=lambda event: (event.when.at, event.position)))
    latest: dict[date, datetime] = {}
    keys: dict[int, datetime] = {}
    for event in events:
        till_now = max(event.at, latest.get(event.day, event.at))
        keys[event.position] = till_now if event.when.whole_day else event.at
        latest[event.day] = till_now
    return tuple(sorted(events, key=lambda event: (keys[event.position], event.position)))


def _event(
    index: int, told: Mapping[str, Any], schemas: Schemas, zone: ZoneInfo
) -> Event | tuple[tuple[str, ...], Text]:
    kind = schemas.events[told["event"]]
    when = instant_from(told["at"], zone)
    if isinstance(when, Text):
        return ("at",), when
    day = day_of(when.at, zone)
    if "due_at" in told:
        due = instant_from(told["due_at"], zone)
        if isinstance(due, Text):
            return ("due_at",), due
        told = {**told, "days_ahead": (day_of(due.at, zone) - day).days}
    return Event(kind, when, day, told, index, kind.kinds)


def _one_received(case: Case) -> Iterator[Flaw]:
    received = [event for event in case.events if event.name == "received"]
    if not received:
        yield Flaw(case.record.place("events"), _NOT_RECEIVED)
    for event in received[1:]:
        yield Flaw(case.place(event), _RECEIVED_TWICE)


def _told_twice(case: Case) -> Iterator[Flaw]:
    if len({(event.when.at, event.type.name) for event in case.all_events}) == len(case.all_events):
        return
    seen: dict[Identity, Event] = {}
    for event in sorted(case.all_events, key=lambda event: event.position):
        if event.identity in seen:
            line = case.place(seen[event.identity]).line
            yield Flaw(case.place(event), Text(_TWICE.en, _TWICE.zh, {"line": line}))
        seen.setdefault(event.identity, event)


def _uncorrectable(case: Case, schemas: Schemas) -> Iterator[Flaw]:
    """Corrections of a head field that is none, or that nothing may change; personal ones have a rule."""
    for event in case.all_events:
        name = event.told.get("field") if event.name == "superseded" else None
        if name in FIXED:
            yield Flaw(case.place(event, "field"), Text(_FIXED.en, _FIXED.zh, {"field": name}))
        elif name and name not in schemas.head and not str(name).startswith("personal"):
            parts = {"field": name, "hint": did_you_mean(str(name), schemas.head)}
            yield Flaw(case.place(event, "field"), Text(_NO_FIELD.en, _NO_FIELD.zh, parts))


FIXED = ("case", "receipt", "events")
_FIXED = Text(
    "'{field}' is never put right by an event: it is what the case is known by",
    "“{field}”是案件的标识，不能用事件更正",
)
_NO_FIELD = Text("the head of a case has no field '{field}'{hint}", "案件开头没有“{field}”这一项{hint}")
_NOT_RECEIVED = Text(
    "no 'received' event: say when the complaint reached the firm",
    "缺少“收到投诉”（received）事件：请写明何时收到投诉",
)
_RECEIVED_TWICE = Text(
    "a case has one 'received'; this is another: open a case of its own, or record 'linked_repeat'",
    "一宗投诉只有一条“收到投诉”（received）；再次来访请另立一案，或记为“重复投诉”（linked_repeat）",
)
_TWICE = Text(
    "the same event, instant and person stand at line {line} already: delete one, or give each an 'id' if both happened",
    "第 {line} 行已有同一事件、同一时间、同一人的记录：请删去一条；若确有两次，请分别加上 id",
)
