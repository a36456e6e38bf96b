"""The register as the site shows it: seen at one instant, in one language, every case with its page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casework.figures.ledger import MonthBook, ledger_of
from casework.rules import Finding
from casework.state.case import Case
from casework.state.instant import Instant, day_of
from casework.state.personal import words_of
from casework.state.policy import Policy
from casework.state.register import Register
from casework.state.said import Known, called
from casework.state.span import Due
from casework.state.state import State
from casework.views.labels import LABELS
from casework.views.veil import Veil
from casework.words import Lang, Text

NUMBER = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])-[0-9]{4,6}")


class Moment(NamedTuple):
    """An instant in the firm's zone: its day, its time (empty for a whole day) and the ISO form for machines."""

    day: str
    time: str
    iso: str


class Name(NamedTuple):
    """A status, level or stage: the word that is shown and the key that CSS colours it by."""

    key: str
    word: str


class Entry(NamedTuple):
    """One case in the site; ``state`` is None where no policy could judge it; ``page`` is its path below the site."""

    case: Case
    state: State | None
    page: str
    veil: Veil
    findings: tuple[Finding, ...]

    @property
    def number(self) -> str:
        """The register's number."""
        return self.case.number


@dataclass(frozen=True, eq=False)
class Site:
    """What all pages are made from. ``commit`` is empty outside git; ``at`` is UTC."""

    register: Register
    findings: Sequence[Finding]
    at: datetime
    lang: Lang
    commit: str = ""
    version: str = ""

    @property
    def is_sample(self) -> bool:
        """Whether the register names an instant that stands for the clock."""
        return self.register.firm.clock is not None

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every sound case that is known at the instant and may be listed, by number, then path."""
        cases = sorted(
            (case for case in self.register.cases if case.path not in self.unlisted),
            key=lambda case: (case.number[:7], len(case.number), case.number, case.path),
        )
        pages = _pages(cases)
        secret = {self.states[path].number for path in self.unlisted}.difference(
            case.number for case in cases
        )
        return tuple(
            Entry(
                case,
                self.states.get(case.path),
                pages[case.path],
                Veil(words_of(case), secret),
                tuple(self.found.get(case.path, ())),
            )
            for case in cases
        )

    @cached_property
    def unlisted(self) -> frozenset[str]:
        """The files of cases whose policy keeps them secret: counted, never listed (4.13)."""
        return frozenset(path for path, state in self.states.items() if not state.secrecy.is_listed)

    @cached_property
    def said(self) -> Sequence[Finding]:
        """The findings that may be shown: none of a secret case."""
        return [each for each in self.findings if each.place.path not in self.unlisted]

    @cached_property
    def found(self) -> Mapping[str, Sequence[Finding]]:
        """The findings of each file."""
        found = defaultdict[str, list[Finding]](list)
        for each in self.said:
            found[each.place.path].append(each)
        return found

    @cached_property
    def by_path(self) -> Mapping[str, Entry]:
        """Each case by its file."""
        return {entry.case.path: entry for entry in self.entries}

    @cached_property
    def states(self) -> Mapping[str, State]:
        """Each judged case by its file."""
        return {state.case.path: state for state in self.register.states}

    @cached_property
    def by_number(self) -> Mapping[str, Entry]:
        """Each case by its number; of two that bear it, the one whose file stands where it should."""
        return {
            entry.number: entry
            for entry in sorted(self.entries, key=lambda each: len(each.page), reverse=True)
        }

    @cached_property
    def books(self) -> tuple[MonthBook, ...]:
        """Every month from the first receipt to the instant."""
        return ledger_of(self.register, self.at)

    @cached_property
    def unread(self) -> int:
        """How many case files could not be read as cases."""
        return len({flaw.place.path for flaw in self.register.flaws if flaw.place.path.startswith("cases/")})

    @cached_property
    def months(self) -> frozenset[str]:
        """The months that have a page."""
        return frozenset(str(book.month) for book in self.books)

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        """Every edition of every policy, by id, the newest first."""
        every = [policy for editions in self.register.policies.values() for policy in editions]
        return tuple(
            sorted(sorted(every, key=lambda each: each.in_force_from, reverse=True), key=lambda each: each.id)
        )

    def say(self, text: Text) -> str:
        """A sentence in the site's language, instants in the firm's zone."""
        return text.say(self.lang, self.register.firm.zone)

    def label(self, name: str) -> str:
        """One of the fixed words."""
        return LABELS[name].say(self.lang)

    def moment(self, told: datetime | date | Instant | Due | None) -> Moment | None:
        """When, as it is shown; of a day that ends a promise its last second."""
        zone = self.register.firm.zone
        match told:
            case None:
                return None
            case Instant(at, whole_day):
                return _local(at, zone, whole_day)
            case Due():
                return _local(told.printed, zone)
            case datetime():
                return _local(told, zone)
        return Moment(told.isoformat(), "", told.isoformat())

    def day(self, at: datetime) -> date:
        """The firm's day of an instant."""
        return day_of(at, self.register.firm.zone)

    def who(self, named: str, policy: Policy | None = None) -> str:
        """What a person, unit, role or post is called; what is not known stands as written."""
        records = (policy.record, *policy.guidance) if policy else ()
        return self.say(called(named, self.register.people, Known({}, {}, records)))


@lru_cache(maxsize=4096)
def _local(at: datetime, zone: ZoneInfo, whole_day: bool = False) -> Moment:
    local = at.astimezone(zone)
    day = local.date().isoformat()
    if whole_day:
        return Moment(day, "", day)
    # The last second of a day is how a promise by the day is printed (CR-3): the minute says enough.
    form = "%H:%M:%S" if local.second and (local.hour, local.minute) != (23, 59) else "%H:%M"
    return Moment(day, local.strftime(form), local.isoformat())


def _pages(cases: Sequence[Case]) -> dict[str, str]:
    """File path → page path, made from the number alone; a second case of one number gets a page of its own."""
    taken: dict[str, int] = defaultdict(int)
    return {case.path: _page(case.number, taken) for case in sorted(cases, key=_is_misplaced)}


def _page(number: str, taken: dict[str, int]) -> str:
    told = NUMBER.fullmatch(number)
    folder, name = (f"cases/{told[1]}/{told[2]}", number) if told else ("cases/odd", "case")
    taken[name] += 1
    return f"{folder}/{name}.html" if taken[name] == 1 and told else f"{folder}/{name}.{taken[name]}.html"


def _is_misplaced(case: Case) -> bool:
    return not case.path.endswith(f"/{case.number}.yaml")


def entries_in(site: Site, numbers: Sequence[str]) -> Iterator[Entry]:
    """The entries of some case numbers, in that order; secret ones are not among them."""
    return (site.by_number[number] for number in numbers if number in site.by_number)
