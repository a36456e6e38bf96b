"""What the questions are asked of: a policy as written, entry by entry, with every spot that names a field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from casework.records.record import Record
from casework.records.schema import Schemas
from casework.state.conditions import POSTS
from casework.state.entries import SECTIONS
from casework.state.forms import MOMENTS, words
from casework.state.people import People
from casework.state.policy import Policy
from casework.words import Place, Text

ANY = ("any",)  # a spot where the fields of every event will do
_REFS = ("from", "until", "unless", "event", "passes_by", *MOMENTS)
_DERIVED = {"due_at": "days_ahead"}  # what the fold adds to an event that has the field


class Remark(NamedTuple):
    """What a question found; ``level`` is error, warning or information. ``entry`` is empty outside the entries."""

    level: str
    place: Place
    text: Text
    entry: str = ""
    clauses: tuple[str, ...] = ()
    question: str = ""


class Written(NamedTuple):
    """One entry as its file tells it."""

    record: Record
    section: str
    name: str
    told: Mapping[str, Any]

    @property
    def title(self) -> Text:
        """What the entry is called: its title, or its name."""
        title = self.told.get("title") or self.name
        return Text(title["en"], title["zh"]) if isinstance(title, Mapping) else Text(self.name, self.name)

    def remark(
        self, level: str, text: tuple[str, str], steps: Sequence[str | int] = (), **parts: Any
    ) -> Remark:
        """Say something of the entry at a spot of it."""
        place = self.record.value_place(self.section, self.name, *steps) if steps else self.place
        return Remark(level, place, Text(*text, parts), self.name, words(self.told.get("clause")))

    @property
    def place(self) -> Place:
        """Where the entry begins."""
        return self.record.place(self.section, self.name)


class Spot(NamedTuple):
    """A place that names a field: of an event's payload (``events``), or of the case (none). ``wanted`` is its VALUE."""

    field: str
    steps: tuple[str | int, ...]
    events: tuple[str, ...] = ()
    wanted: Any = None


@dataclass(frozen=True, eq=False)
class Asked:
    """One edition of a policy with what it leans on, as of a day of the firm; ``others`` are all policies, this one too."""

    policy: Policy
    schemas: Schemas
    people: People
    day: date
    others: tuple[Policy, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """The policy's file and those of the guidance it includes."""
        return (self.policy.record, *self.policy.guidance)

    def entries(self, *sections: str) -> Iterator[Written]:
        """The entries of some sections (of all that judge something, if none is named), file by file."""
        for record in self.records:
            for section in sections or (*SECTIONS, "owner"):
                for name, told in (record.value.get(section) or {}).items():
                    yield Written(record, section, name, told or {})

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every fact of a case: the fields of its head, and what events set, sum up and gather."""
        folded = (
            name for each in self.schemas.events.values() for name in (*each.sets, *each.sums, *each.gathers)
        )
        return frozenset((*self.schemas.head, *folded))

    @cached_property
    def many(self) -> frozenset[str]:
        """The fields that may have several values at once."""
        return frozenset(entry.name for entry in self.entries("choices") if entry.told.get("many"))

    @cached_property
    def of_any(self) -> frozenset[str]:
        """Every field that some event can have."""
        return frozenset(name for each in self.schemas.events for name in self.fields_of(each))

    def fields_of(self, event: str) -> frozenset[str]:
        """The fields an event can have; those of every event for ``any``, the limit of a lapse."""
        if event == "any":
            return self.of_any
        if event == "lapsed":
            return frozenset(("limit",))
        kind = self.schemas.events[event]
        return frozenset(
            (*kind.fields, *kind.common, *(_DERIVED[each] for each in kind.fields if each in _DERIVED))
        )

    def knows(self, who: str) -> bool:
        """Whether a WHO is anything at all: a role, unit, person or post."""
        return who in POSTS or any(
            who in each for each in (self.policy.roles, self.people.units, self.people.persons)
        )

    def called(self, who: str) -> Text:
        """What a role or unit is called; a person or post is its own name."""
        role = next((each for each in self.entries("roles") if each.name == who), None)
        return role.title if role else self.people.title_of(who)

    def is_borne(self, who: str) -> bool:
        """Whether somebody in office today is the WHO, bears it or belongs to it; a post is always somebody's."""
        if who in POSTS:
            return True
        everybody = self.people.persons.values()
        return any(
            (who == each.id or each.bears(who, self.day)) and each.office.holds_on(self.day)
            for each in everybody
        )

    def is_borne_or_replaced(self, who: str) -> bool:
        """The same, where one of a role's substitutes will do."""
        return self.is_borne(who) or any(self.is_borne(each) for each in self.policy.roles.get(who, ()))


def spots_of(entry: Written) -> Iterator[Spot]:
    """Every spot of a judged entry that names a field of an event or of the case."""
    told = entry.told
    yield from _cond(told.get("when"), ("when",))
    for n, tier in enumerate(told.get("tiers") or ()):
        yield from _cond(tier.get("when"), ("tiers", n, "when"))
    if extend := told.get("extend"):
        yield from _cond(extend.get("when"), ("extend", "when"))
        yield from _cond(extend.get("where"), ("extend", "where"), words(extend["with"]))
    for key in _REFS:
        yield from _of_ref(told.get(key), (key,))
    for key, ref in (told.get("pause") or {}).items():
        yield from _of_ref(ref, ("pause", key))
    yield from _cond(told.get("where"), ("where",), events_in(told.get("event")))
    yield from _of_need(told.get("need"), ("need",), events_in(told.get(moment_of(told))))
    if entry.section == "limits" and "per" in told:
        yield Spot(told["per"], ("per",), events_in(told.get("from")) or ANY)
    for n, name in enumerate(told.get("same") or ()):
        yield Spot(name, ("same", n))


def moment_of(told: Mapping[str, Any]) -> str:
    """Which of before, at, by, after a duty has; "" for other entries. ``by`` beside ``after`` says from when."""
    return next((each for each in ("before", "at", "after", "by") if each in told), "")


def events_in(ref: Any) -> tuple[str, ...]:
    """The events a REF names."""
    if isinstance(ref, list):
        return tuple(name for each in ref for name in events_in(each))
    if isinstance(ref, Mapping):
        return events_in(ref.get("event"))
    return (ref.partition(".")[0],) if isinstance(ref, str) else ()


def _of_ref(ref: Any, steps: tuple[str | int, ...]) -> Iterator[Spot]:
    if isinstance(ref, list):
        for n, each in enumerate(ref):
            yield from _of_ref(each, (*steps, n))
    elif isinstance(ref, Mapping):
        yield from _cond(ref.get("where"), (*steps, "where"), events_in(ref))
        yield from _of_ref(ref["event"], (*steps, "event"))
        if "reading" in ref:
            yield Spot(ref["reading"], (*steps, "reading"), events_in(ref))
    elif isinstance(ref, str) and "." in ref:
        event, _, name = ref.partition(".")
        yield Spot(name, steps, (event,))


def _of_need(need: Any, steps: tuple[str | int, ...], moment: tuple[str, ...]) -> Iterator[Spot]:
    if isinstance(need, list):
        for n, each in enumerate(need):
            yield from _of_need(each, (*steps, n), moment)
    elif isinstance(need, Mapping) and "event" in need:
        yield from _of_ref({key: told for key, told in need.items() if key != "clause"}, steps)
    elif isinstance(need, Mapping):
        kind = "value" if "value" in need else "case"
        wanted, events = need[kind], moment or ANY if kind == "value" else ()
        if isinstance(wanted, Mapping):
            yield from _cond(wanted, (*steps, kind), events)
        elif isinstance(wanted, list):
            yield from (Spot(name, (*steps, kind, n), events) for n, name in enumerate(wanted))
        else:
            yield Spot(wanted, (*steps, kind), events)


def _cond(cond: Any, steps: tuple[str | int, ...], events: tuple[str, ...] = ()) -> Iterator[Spot]:
    for name, wanted in (cond or {}).items():
        yield Spot(name, (*steps, name), events, wanted)


def plain_in(wanted: Any) -> tuple[str, ...]:
    """The words that a VALUE names, whether it asks for them or shuts them out."""
    if isinstance(wanted, Mapping):
        return plain_in(wanted.get("not"))
    every = wanted if isinstance(wanted, list) else [wanted]
    return tuple(each for each in every if isinstance(each, str))
