"""The register: all cases' states, the flaws, the people and the policies, as they stand at one instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casework.records.event_type import EventType
from casework.records.record import Flaw, Record
from casework.state.case import Case
from casework.state.instant import instant_from
from casework.state.people import People
from casework.state.policy import Policy
from casework.state.recurring import Done
from casework.state.state import State
from casework.state.timetable import Timetable
from casework.words import Lang, Text, text_from


@dataclass(frozen=True, eq=False)
class Firm:
    """Whose register this is; ``clock`` stands for the clock in sample registers only, in UTC."""

    record: Record = field(repr=False)
    name: Text
    zone: ZoneInfo
    language: Lang = "en"
    policy: str = ""
    clock: datetime | None = None
    since: date = date.min
    adopted: Mapping[str, date] = field(
        default_factory=dict
    )  # from which day a policy holds here, where it is told

    def owes_since(self, policy: str) -> date:
        """The later of the days on which the register was begun and the policy adopted."""
        return max(self.since, self.adopted.get(policy, date.min))


class Unjudged(NamedTuple):
    """A sound case that no policy can judge: ``why`` is unknown, flawed or not_in_force."""

    case: Case
    why: str


@dataclass(frozen=True, eq=False)
class Register:
    """What the rules are asked of."""

    firm: Firm
    people: People
    policies: Mapping[str, tuple[Policy, ...]]
    events: Mapping[str, EventType]
    states: tuple[State, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    titles: Mapping[str, Text] = field(default_factory=dict)  # what people call the fields of a case
    timetable: Timetable | None = None  # None while the firm itself cannot be read
    calendar: Record | None = None  # the file of the calendar the firm counts by, if there is a sound one
    done: tuple[Done, ...] = ()  # what month.yaml files say was done of what recurs

    @property
    def cases(self) -> tuple[Case, ...]:
        """Every sound case, judged or not, by path."""
        every = [*(state.case for state in self.states), *(each.case for each in self.unjudged)]
        return tuple(sorted(every, key=lambda case: case.path))


def firm_from(record: Record) -> Firm | tuple[Flaw, ...]:
    """Read register.yaml (already found sound by its schema), or say why its zone or its instant is none."""
    told = record.value
    try:
        zone = ZoneInfo(told["zone"])
    except (KeyError, ValueError, OSError):
        return (Flaw(record.place("zone"), Text(_NO_ZONE.en, _NO_ZONE.zh, {"zone": told["zone"]})),)
    clock = instant_from(told["as_of"], zone) if told.get("as_of") else None
    if isinstance(clock, Text):
        return (Flaw(record.place("as_of"), clock),)
    return Firm(
        record,
        text_from(told["name"]),
        zone,
        told.get("language", "en"),
        told.get("policy", ""),
        clock.at if clock else None,
        date.fromisoformat(told["since"]),
        {name: date.fromisoformat(day) for name, day in told.get("adopted", {}).items()},
    )


_NO_ZONE = Text(
    "'{zone}' is no time zone; write one of the IANA names, such as Asia/Shanghai",
    "没有“{zone}”这个时区；请写 IANA 名称，如 Asia/Shanghai",
)


def edition_of(editions: tuple[Policy, ...], day: date) -> Policy | None:
    """The edition in force on a day: the latest that had begun."""
    begun = [policy for policy in editions if policy.in_force_from <= day]
    return max(begun, key=lambda policy: policy.in_force_from, default=None)


def edition_at_hand(editions: tuple[Policy, ...], day: date) -> Policy:
    """The edition a person means who names a policy on a day: the one in force, else the first to come."""
    return edition_of(editions, day) or min(editions, key=lambda policy: policy.in_force_from)
