"""The people of the firm: who bears which role, belongs to which unit and is in office on a given day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from casework.records.record import Record
from casework.words import Text, same, text_from


class Term(NamedTuple):
    """Something borne from a day until a day, both included; None is open."""

    what: str
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the term covers the day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, eq=False)
class Person:
    """One member of staff; ``id`` is what case files write."""

    id: str
    name: str
    office: Term
    roles: tuple[Term, ...] = ()
    units: tuple[Term, ...] = ()
    absences: tuple[Term, ...] = ()
    relations: tuple[str, ...] = ()

    def bears(self, what: str, day: date) -> bool:
        """Whether the person bears the role or belongs to the unit on the day."""
        for term in self.roles:  # a loop is twice as fast as any(), and this is asked most
            if term.what == what and term.holds_on(day):
                return True
        return any(term.what == what and term.holds_on(day) for term in self.units)

    def is_absent(self, day: date) -> bool:
        """Whether a recorded absence covers the day."""
        return bool(self.absences) and any(term.holds_on(day) for term in self.absences)


@dataclass(frozen=True, eq=False)
class People:
    """Everyone named in staff.yaml, and the units."""

    persons: Mapping[str, Person] = field(default_factory=dict)
    units: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def name_of(self, who: str) -> str:
        """A person's name, or the id itself for a role or unit."""
        person = self.persons.get(who)
        return person.name if person else who

    def title_of(self, unit: str) -> Text:
        """What a unit is called; the id itself if it has no title."""
        title = self.units.get(unit, {}).get("title")
        return text_from(title) if title else same(unit)

    def bears(self, who: str, role: str, day: date) -> bool:
        """Whether ``who`` bears the role, or belongs to the unit, on the day."""
        person = self.persons.get(who)
        return person is not None and person.bears(role, day)

    def units_of(self, who: str, day: date) -> tuple[str, ...]:
        """The units a person belongs to on the day."""
        person = self.persons.get(who)
        return tuple(term.what for term in person.units if term.holds_on(day)) if person else ()

    def related_to(self, respondents: Iterable[str]) -> tuple[str, ...]:
        """Everyone with a recorded relation to one of the respondents, whoever recorded it (PU-43)."""
        named = set(respondents)
        if not named:
            return ()
        theirs = {other for who in named if who in self.persons for other in self.persons[who].relations}
        related = theirs | {p.id for p in self.persons.values() if named & set(p.relations)}
        return tuple(sorted(related - named))

    def available(self, role: str, day: date, kept_out: Iterable[str] = ()) -> list[str]:
        """Bearers of a role who are in office on the day, not absent and not kept out of the case (LAW-10)."""
        return [
            person.id
            for person in self.persons.values()
            if person.bears(role, day)
            and person.office.holds_on(day)
            and not person.is_absent(day)
            and person.id not in kept_out
        ]


def people_from(record: Record) -> People:
    """Read staff.yaml (already found sound by its schema)."""
    persons = {id_: _person(id_, told) for id_, told in (record.value.get("people") or {}).items()}
    return People(persons, record.value.get("units") or {})


def _person(id_: str, told: Mapping[str, Any]) -> Person:
    return Person(
        id_,
        told.get("name") or id_,
        Term("office", _day(told.get("joined")), _day(told.get("left"))),
        tuple(_term(each, "role") for each in told.get("roles") or ()),
        tuple(_term(each, "unit") for each in _listed(told.get("unit"))),
        tuple(_term({"what": "absence", **each}, "what") for each in told.get("absences") or ()),
        tuple(told.get("relations") or ()),
    )


def _term(told: Mapping[str, Any] | str, what: str) -> Term:
    if isinstance(told, str):
        return Term(told)
    return Term(told[what], _day(told.get("from")), _day(told.get("until")))


def _listed(told: Any) -> list[Any]:
    return told if isinstance(told, list) else [told] if told else []


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
