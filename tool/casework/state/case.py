"""A case is one complaint as its file tells it: the head, and the events in the order they happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casework.records.event_type import EventType
from casework.records.record import Flaw, Record
from casework.records.schema import Schemas
from casework.state.instant import Instant, day_of, instant_from
from casework.words import Place, Text

NESTED = ("product", "order", "incident", "personal")


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
        return Identity(self.name, self.at, self.told.get("by"), self.told.get("id"))


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
        return self.head.get("policy")

    @property
    def path(self) -> str:
        """Where the file stands."""
        return self.record.path

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happened, less what a later entry corrected."""
        gone = self._corrected
        return tuple(event for event in self.all_events if event.position not in gone)

    @cached_property
    def received(self) -> Event | None:
        """The event that began the case."""
        return next((event for event in self.events if event.name == "received"), None)

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """The head as it holds from the start, wrong values corrected, nested ones as ``product.name``."""
        told = {key: value for key, value in self.head.items() if key not in NESTED}
        for outer in NESTED:
            for inner, value in (self.head.get(outer) or {}).items():
                told[f"{outer}.{inner}"] = value
        for event in self.events:
            if event.name == "superseded" and "field" in event.told:
                told[event.told["field"]] = event.told.get("now")
        return told

    def place(self, event: Event | None = None, *steps: str | int) -> Place:
        """Where an event, or a value of it, stands; without an event, of the case itself."""
        if event is None:
            return self.record.place(*(steps or ("case",)))
        return self.record.place("events", event.position, *(steps or ("event",)))

    def as_of(self, at: datetime) -> Case:
        """The case as it was known at an instant: later events have not happened."""
        happened = tuple(event for event in self.all_events if event.at <= at)
        if len(happened) == len(self.all_events):
            return self
        return replace(self, all_events=happened, later=tuple(e for e in self.all_events if e.at > at))

    @cached_property
    def _corrected(self) -> frozenset[int]:
        gone: set[int] = set()
        for event in sorted(self.all_events, key=lambda event: -event.position):
            if event.name == "superseded" and event.position not in gone and event.told.get("of"):
                gone.update(each.position for each in corrected_by(event, self.all_events, self.zone))
        return frozenset(gone)


def corrected_by(event: Event, events: Iterable[Event], zone: ZoneInfo) -> list[Event]:
    """The entries that a ``superseded`` names by event, instant, person and id."""
    of = event.told["of"]
    at = instant_from(str(of.get("at")), zone)
    return [
        each
        for each in events
        if each.position != event.position
        and not isinstance(at, Text)
        and each.identity == Identity(of.get("event", ""), at.at, of.get("by"), of.get("id"))
    ]


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
    flaws = flaws or [*_one_received(record, events), *_told_twice(record, events)]
    if flaws:
        return tuple(flaws)
    head = {key: value for key, value in record.value.items() if key != "events"}
    return Case(record, head, in_order(events), zone)


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
    return Event(kind, when, day, told, index, kinds_of(kind, schemas.events))


def kinds_of(kind: EventType, types: Mapping[str, EventType]) -> frozenset[str]:
    """The event's own name, every name it counts as, and ``any``."""
    names = [kind.name]
    while (above := types[names[-1]].counts_as) and above in types and above not in names:
        names.append(above)
    return frozenset((*names, "any"))


def _one_received(record: Record, events: list[Event]) -> list[Flaw]:
    corrected = sum(event.name == "superseded" and _names_received(event) for event in events)
    received = [event for event in events if event.name == "received"]
    if len(received) - corrected <= 1 and received:
        return []
    why = (
        Text(
            "a case has one 'received'; this is another: open a case of its own, or record 'linked_repeat'",
            "一宗投诉只有一条“收到投诉”（received）；再次来访请另立一案，或记为“重复投诉”（linked_repeat）",
        )
        if received
        else Text(
            "no 'received' event: say when the complaint reached the firm",
            "缺少“收到投诉”（received）事件：请写明何时收到投诉",
        )
    )
    return [
        Flaw(
            record.place("events", received[1].position, "event") if received else record.place("events"), why
        )
    ]


def _names_received(event: Event) -> bool:
    return (event.told.get("of") or {}).get("event") == "received"


def _told_twice(record: Record, events: list[Event]) -> list[Flaw]:
    if len({(event.when.at, event.type.name) for event in events}) == len(events):
        return []
    seen: dict[Identity, Event] = {}
    flaws = []
    for event in events:
        if event.identity in seen:
            why = Text(
                "the same event, instant and person stand at line {line} already: "
                "delete one, or give each an 'id' if both happened",
                "第 {line} 行已有同一事件、同一时间、同一人的记录：请删去一条；若确有两次，请分别加上 id",
                {"line": record.place("events", seen[event.identity].position).line},
            )
            flaws.append(Flaw(record.place("events", event.position, "event"), why))
        seen.setdefault(event.identity, event)
    return flaws
