"""What comes up again: so many cases alike within a span ask something of the case that makes up the number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from casework.state.conditions import holds, is_given
from casework.state.duties import needs_not_done
from casework.state.needs import Need
from casework.state.policy import Policy, Repeat
from casework.state.reckoning import reckoned
from casework.state.state import State


class Repeated(NamedTuple):
    """A case that makes up the number, the earlier ones, and what it still needs."""

    repeat: Repeat
    state: State
    earlier: tuple[State, ...]
    needs: tuple[Need, ...]


def repeated_in(states: Sequence[State]) -> Iterator[Repeated]:
    """Every case that makes up a number under its own edition, by policy and entry; the needs not met are told.

    Earlier cases of the policy count whichever edition judges them.
    """
    by_policy: dict[str, list[State]] = {state.policy.id: [] for state in states if state.policy.repeats}
    for state in states:
        if state.policy.id in by_policy and state.case.received:
            by_policy[state.policy.id].append(state)
    for alike in by_policy.values():
        for edition in dict.fromkeys(state.policy for state in alike):
            yield from (made for made in _asked_by(edition, alike) if made.state.policy is edition)


def _asked_by(edition: Policy, states: Sequence[State]) -> Iterator[Repeated]:
    for repeat in edition.repeats:
        for group in _groups(repeat, states):
            yield from _made_up(repeat, group)


def _groups(repeat: Repeat, states: Sequence[State]) -> Iterator[list[State]]:
    """The cases that the entry speaks of, those alike together, each group by receipt."""
    groups: dict[tuple[str, ...], list[State]] = defaultdict(list)
    for state in states:
        values = [state.facts.get(name) for name in repeat.same]
        if state.steps and all(map(is_given, values)) and holds(repeat.when, state.facts, state.steps[-1]):
            groups[tuple(map(str, values))].append(state)
    for group in groups.values():
        yield sorted(group, key=_received)


def _made_up(repeat: Repeat, group: Sequence[State]) -> Iterator[Repeated]:
    for n in range(repeat.count - 1, len(group)):
        first, state = group[n - repeat.count + 1], group[n]
        if _is_within(repeat, first, state):
            needs = tuple(needs_not_done(repeat.needs, state.steps))
            yield Repeated(repeat, state, tuple(group[n - repeat.count + 1 : n]), needs)


def _is_within(repeat: Repeat, first: State, state: State) -> bool:
    """Whether a case came within the span from the first; a date without time is given the benefit of the doubt."""
    if repeat.within is None:
        return True
    assert first.case.received
    until = reckoned(first.case.received.when, repeat.within, first.timetable, first.policy.counting).due
    return until is not None and not until.is_passed(_received(state)[0])


def _received(state: State) -> tuple[datetime, Any]:
    assert state.case.received
    return state.case.received.at, state.number
