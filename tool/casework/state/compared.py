"""One case judged twice: by the edition of its day and by another, held against each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import zip_longest
from typing import Generic, NamedTuple, TypeVar

from casework.state.case import Case
from casework.state.deadline import Deadline
from casework.state.policy import Policy
from casework.state.register import Register, Unjudged
from casework.state.state import State, state_of

T = TypeVar("T")


class Pair(NamedTuple, Generic[T]):
    """Something as it is and as it would be; None where it is not there, so that it is new or gone."""

    before: T | None
    after: T | None

    @property
    def change(self) -> str:
        """new, gone or changed."""
        return "new" if self.before is None else "gone" if self.after is None else "changed"


def pairs_of(
    before: Iterable[T], after: Iterable[T], named: Callable[[T], Hashable], told: Callable[[T], object]
) -> Iterator[Pair[T]]:
    """What is otherwise: things of one ``named`` belong together, and are otherwise where not ``told`` alike."""
    found: dict[Hashable, tuple[list[T], list[T]]] = {}
    for n, things in enumerate((before, after)):
        for each in things:
            found.setdefault(named(each), ([], []))[n].append(each)
    for old, new in found.values():
        for each in [*old]:
            alike = next((other for other in new if told(other) == told(each)), None)
            if alike is not None:
                old.remove(each)
                new.remove(alike)
        yield from (Pair(*pair) for pair in zip_longest(old, new))


def deadlines_otherwise(
    before: State | None, after: State | None, at: datetime
) -> tuple[Pair[Deadline], ...]:
    """The runs begun by ``at`` that are new, gone, or have another due instant or status; by limit and by what began them."""

    def named(each: Deadline) -> Hashable:
        return each.limit.name, each.started_by.identity, each.key

    def told(each: Deadline) -> object:
        return each.due and each.due.printed, each.status(at)

    return tuple(pairs_of(_begun(before, at), _begun(after, at), named, told))


def _begun(state: State | None, at: datetime) -> list[Deadline]:
    return [each for each in state.deadlines if each.start.at <= at] if state else []


def keeping_otherwise(before: State | None, after: State | None) -> Pair[date] | None:
    """The last days of keeping, where they differ."""
    kept = [state.retention.kept if state else None for state in (before, after)]
    pair = Pair(*(each.until if each else None for each in kept))
    return pair if pair.before != pair.after else None


class Judged(NamedTuple):
    """A case with the edition that judges it, and its state; None of either where it came before the first edition."""

    case: Case
    edition: Policy | None
    state: State | None


def judged_since(register: Register, policy: str, since: date, at: datetime) -> tuple[Judged, ...]:
    """The policy's cases received from a day on and known by ``at``, by path."""
    states = [Judged(each.case, each.policy, each) for each in register.states if each.policy.id == policy]
    waiting = [
        Judged(each.case.as_of(at), None, None)
        for each in register.unjudged
        if _is_early(register, each, policy)
    ]
    known = [each for each in (*states, *waiting) if each.case.events and each.case.begun >= since]
    return tuple(sorted(known, key=lambda each: each.case.path))


def judged_anew(register: Register, draft: Policy, judged: Iterable[Judged]) -> Register:
    """The register as it would be if an edition had judged these cases of its policy."""
    assert register.timetable
    anew = {
        each.case.path: state_of(
            each.case, draft, register.people, register.timetable, each.state.future if each.state else ()
        )
        for each in judged
    }
    return replace(
        register,
        states=(*(each for each in register.states if each.case.path not in anew), *anew.values()),
        unjudged=tuple(each for each in register.unjudged if each.case.path not in anew),
        policies={**register.policies, draft.id: (draft,)},
    )


def _is_early(register: Register, each: Unjudged, policy: str) -> bool:
    """Whether a case was received before its policy's first edition."""
    return each.why == "not_in_force" and (each.case.policy or register.firm.policy) == policy
