"""A policy is one firm's written promises, read from its file and compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from casework.records.record import Record
from casework.state.conditions import Cond, Refs
from casework.state.counting import Counting
from casework.state.fold import Owner
from casework.state.needs import Need
from casework.state.span import Span
from casework.words import Place, Text

LEVELS = {"must": "error", "should": "warning", "may": "information"}


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Entry:
    """What every entry of a policy says of itself; ``name`` is unique in the policy."""

    name: str
    section: str
    place: Place
    title: Text
    clauses: tuple[str, ...] = ()
    when: Cond = ()
    force: str = "must"
    owner: tuple[str, ...] = ()
    asked_of: frozenset[str] = frozenset()  # events without which the entry has nothing to say of a case

    @property
    def level(self) -> str:
        """How a breach is shown: must → error, should → warning, may → information."""
        return LEVELS[self.force]


class Promise(NamedTuple):
    """By when: a span from the start, an instant of an event's field (at noon: ``clock``), or another limit's due."""

    within: Span | None = None
    due_event: str = ""
    due_field: str = ""
    clock: str = ""
    same_as: str = ""


class Tier(NamedTuple):
    """What replaces the base where it fits; what it leaves out stays as the base says (4.2)."""

    when: Cond
    promise: Promise | None
    force: str
    clauses: tuple[str, ...] = ()


class Extend(NamedTuple):
    """Which approval moves the due instant, and how far from the start at most (4.6)."""

    by: Refs
    when: Cond
    up_to: Span
    facts: tuple[str, ...]  # the case fields that ``when`` asks for
    clauses: tuple[str, ...] = ()


class Pause(NamedTuple):
    """What stops the clock, and what sets it going again (4.7)."""

    begin: Refs
    end: Refs


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Limit(Entry):
    """One event must follow another in time."""

    start: Refs
    until: Refs = ()
    unless: Refs = ()
    promise: Promise
    target: Span | None = None
    tiers: tuple[Tier, ...] = ()
    extend: Extend | None = None
    pause: Pause | None = None
    renews: bool = False
    per: str = ""
    part_of: str = ""
    ends: frozenset[str] = frozenset()  # every event that can end it

    @cached_property
    def starts_from_lapse(self) -> bool:
        """Whether another limit's lapse starts it; such a limit's own lapse starts none (4.8)."""
        return any("lapsed" in ref.names for ref in self.start)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Duty(Entry):
    """Something must be so before, at, by or after a moment."""

    moment: str  # before | at | by | after
    event: Refs
    since: Refs = ()  # for `after`: from which event on it is owed
    is_owed_at_the_end: bool = (
        True  # for `after`: also where the case ends otherwise, unless `by` waits for something else
    )
    needs: tuple[Need, ...] = ()
    in_order: bool = False
    per: str = ""  # what answers it bears the same value of this field as the moment does


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Ban(Entry):
    """Something must not happen: ever, before an event, or after one."""

    event: Refs
    before: Refs = ()
    after: Refs = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Keep(Entry):
    """How long the records are kept, and from when."""

    start: Refs
    span: Span


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Repeat(Entry):
    """The same thing so many times, within a span, asks for something: of the case that makes up the number."""

    same: tuple[str, ...]
    count: int
    within: Span | None
    needs: tuple[Need, ...]


class Window(NamedTuple):
    """A stretch of the year that a recurring duty covers, and its due day; each ``MM-DD``."""

    first: str
    last: str
    due: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Recurring(Entry):
    """Something the firm itself owes at every turn of the calendar, once or for every unit of a kind."""

    every: str  # day | working day | week | month | quarter | half-year | year | unset
    per: str
    produce: str
    at_least: int
    due: str  # end of period | end of next month | a span after the period | MM-DD | unset
    windows: tuple[Window, ...]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Secrecy(Entry):
    """Who may be shown a case, from when on, and which of its fields are masked; an empty level changes none."""

    start: Refs
    secrecy: str  # public | internal | secret | sealed, or empty
    mask: tuple[str, ...]
    access: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Numbering(Entry):
    """The policy's own case numbers, such as ``{yy}{mm}{nn}``."""

    pattern: str
    restart: str  # never | year | month


class Clause(NamedTuple):
    """One clause of the source: its kind and what it says."""

    kind: str
    title: Text


class Choice(NamedTuple):
    """The values a field may take under this policy; more may come where the list is open."""

    values: Mapping[str, Text]
    is_open: bool
    clauses: tuple[str, ...]
    inner: Mapping[str, Choice] = MappingProxyType({})  # of a category: what its subcategory may be


@dataclass(frozen=True, eq=False, kw_only=True)
class Policy:
    """One edition of one policy."""

    id: str
    record: Record = field(repr=False)
    title: Text
    in_force_from: date
    limits: tuple[Limit, ...] = ()
    duties: tuple[Duty, ...] = ()
    bans: tuple[Ban, ...] = ()
    retention: tuple[Keep, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    secrecy: tuple[Secrecy, ...] = ()
    numbering: tuple[Numbering, ...] = ()  # one at most
    choices: Mapping[str, Choice] = field(default_factory=dict)
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    owner: Owner = field(default_factory=Owner)
    noted_by: tuple[str, ...] = ()
    counting: Counting
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    guidance: tuple[Record, ...] = field(default=(), repr=False)

    @property
    def unset(self) -> tuple[Entry, ...]:
        """The entries whose number the policy leaves open."""
        limits = [
            entry for entry in self.limits if entry.promise.within and entry.promise.within.unit == "unset"
        ]
        kept = [entry for entry in self.retention if entry.span.unit == "unset"]
        return (*limits, *kept, *(entry for entry in self.recurring if "unset" in (entry.every, entry.due)))
