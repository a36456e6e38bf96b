"""The state of a case: everything its file and its policy say of it, free of "now"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from casework.records.event_type import STAGES
from casework.state.case import Case, Event
from casework.state.conditions import PERSON_FIELDS, POSTS, Step, post_of
from casework.state.deadline import Deadline
from casework.state.deadlines import deadlines_of
from casework.state.duties import Broken, Unmet, broken_of, unmet_of
from casework.state.fold import Posts, stage_of, told_of
from casework.state.happened import Happened
from casework.state.people import People
from casework.state.policy import Ban, Duty, Entry, Keep, Limit, Policy
from casework.state.promised import Course
from casework.state.retention import Retention, retention_of
from casework.state.said import Known, called
from casework.state.secrecy import Secret, secrecy_of
from casework.state.timetable import Timetable
from casework.words import Text

AnyEntry = TypeVar("AnyEntry", bound=Entry)
_FAR = datetime.max.replace(tzinfo=UTC)
FINISHED = frozenset(STAGES[STAGES.index("completed") :])


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """One case folded from its events under one edition of its policy; ``future`` events are later than the clock."""

    case: Case
    policy: Policy
    people: People = field(repr=False)
    timetable: Timetable = field(repr=False)
    steps: tuple[Step, ...]
    posts: Posts = field(repr=False)
    stage: str
    deadlines: tuple[Deadline, ...]
    unmet: tuple[Unmet, ...]
    broken: tuple[Broken, ...]
    retention: Retention
    secrecy: Secret
    future: tuple[Event, ...] = ()

    @property
    def number(self) -> str:
        """The register's number."""
        return self.case.number

    @property
    def facts(self) -> Mapping[str, Any]:
        """The case facts after the last step."""
        return self.steps[-1].facts if self.steps else self.case.facts

    @property
    def responsible(self) -> tuple[str, ...]:
        """Who answers for the case to its end: usually one."""
        return self.post("responsible")

    @property
    def handler(self) -> tuple[str, ...]:
        """Who is handling it."""
        return self.post("handler")

    @property
    def is_finished(self) -> bool:
        """Whether the handling is over: completed, closed or filed."""
        return self.stage in FINISHED

    @property
    def open_deadlines(self) -> tuple[Deadline, ...]:
        """What is still awaited and has a due instant, the earliest first (CR-17)."""
        return tuple(sorted(self._awaited(), key=lambda each: each.due.at if each.due else _FAR))

    def _awaited(self) -> list[Deadline]:
        return [each for each in self.deadlines if each.is_open and each.due is not None]

    def post(self, name: str) -> tuple[str, ...]:
        """Who holds a post of this case now."""
        return post_of(self.posts, name)

    def names(self, named: Iterable[str] = ()) -> tuple[Text, ...]:
        """Who a policy's WHO are in this case: persons by name, roles and units by title; nobody named means whoever answers."""
        who = [each for name in [*named] or ["responsible"] for each in self.whom(name)]
        return tuple(dict.fromkeys(map(self._called, who)))

    def value_called(self, field: str, value: Any) -> Text:
        """What people call a value: persons by name, what the policy names by its title, else as written."""
        return self._called(str(value)) if field in PERSON_FIELDS else self._words.value(field, value)

    def _called(self, who: str) -> Text:
        return called(who, self.people, self._words)

    @property
    def _words(self) -> Known:
        return Known({}, {}, (self.policy.record, *self.policy.guidance))

    def whom(self, named: str) -> tuple[str, ...]:
        """The persons that hold a post; a role, unit or person is itself."""
        return self.post(named) if named in POSTS else (named,)

    def is_disposable(self, day: date) -> bool:
        """Whether its records may be disposed of on the day: it is over, past its keeping, and nothing on hold."""
        return self.stage in ("closed", "archived") and self.retention.is_due(day)


def state_of(
    case: Case, policy: Policy, people: People, timetable: Timetable, future: tuple[Event, ...] = ()
) -> State:
    """Fold a case (cut at the instant we look from) under its policy, by the firm's timetable."""
    steps, posts = told_of(case, policy.owner, people, policy.roles)
    asked = _asked_of(policy, frozenset(kind for event in case.events for kind in event.kinds))
    course = Course(steps, posts, timetable, policy.counting)
    happened = Happened(steps)
    deadlines, with_lapses = deadlines_of(asked.limits, course, asked.hears_lapses)
    return State(
        case,
        policy,
        people,
        timetable,
        steps,
        posts,
        stage_of(steps),
        deadlines,
        unmet_of(asked.duties, Happened(with_lapses) if asked.hears_lapses else happened),
        broken_of(asked.bans, happened),
        retention_of(asked.retention, steps, policy.counting.month_end),
        secrecy_of(policy.secrecy, steps),
        future,
    )


class _Asked(NamedTuple):
    """The entries of a policy that have something to say of a case."""

    limits: tuple[Limit, ...]
    duties: tuple[Duty, ...]
    bans: tuple[Ban, ...]
    retention: tuple[Keep, ...]
    hears_lapses: bool  # whether a duty's moment is a lapse


@lru_cache(maxsize=1024)
def _asked_of(policy: Policy, happened: frozenset[str]) -> _Asked:
    """Those that speak of events that happened, or of lapses; many cases have seen the same kinds of event."""
    heard = happened | {"lapsed"}

    def asked(entries: Iterable[AnyEntry]) -> tuple[AnyEntry, ...]:
        return tuple(entry for entry in entries if not entry.asked_of.isdisjoint(heard))

    duties = asked(policy.duties)
    hears_lapses = any("lapsed" in duty.asked_of for duty in duties)
    return _Asked(asked(policy.limits), duties, asked(policy.bans), asked(policy.retention), hears_lapses)
