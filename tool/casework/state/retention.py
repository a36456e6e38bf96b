"""How long a case's records are kept, what is in the way of disposing of them, and from which day they may go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from casework.state.conditions import Step, fits, holds
from casework.state.policy import Keep
from casework.state.span import later_day


class Kept(NamedTuple):
    """The longest promise that holds: the last retained day, or None where the policy leaves it unset (CR-16)."""

    keep: Keep
    since: Step
    until: date | None


class Retention(NamedTuple):
    """What is kept until when, and the matters on hold; ``kept`` is None before the papers are filed."""

    kept: Kept | None
    holds: tuple[str, ...] = ()

    def is_due(self, day: date) -> bool:
        """Whether the records may be disposed of on the day: past the last retained day, nothing on hold."""
        return bool(self.kept and self.kept.until and day > self.kept.until and not self.holds)


def retention_of(keeps: Sequence[Keep], steps: Sequence[Step], month_end: str) -> Retention:
    """The longest retention the case has met: asked at its start and at every later step, it may only grow (DS-37).

    ``month_end`` says what a missing day of the month becomes (CR-16).
    """
    every = [kept for keep in keeps for kept in _met(keep, steps, month_end)]
    longest = max(every, key=lambda kept: kept.until or date.max, default=None)
    return Retention(longest, _open_holds(steps))


def _met(keep: Keep, steps: Sequence[Step], month_end: str) -> list[Kept]:
    starts = [n for n, step in enumerate(steps) if fits(keep.start, step)] or _closings(keep, steps)
    return [
        Kept(keep, steps[n], _last_day(keep, steps[n], month_end))
        for n in starts
        if any(holds(keep.when, later.facts, later) for later in steps[n:])
    ]


def _last_day(keep: Keep, start: Step, month_end: str) -> date | None:
    return None if keep.span.unit == "unset" else later_day(start.event.day, keep.span, month_end)


def _closings(keep: Keep, steps: Sequence[Step]) -> list[int]:
    """Where papers are never filed, keeping starts at the closing (CR-16)."""
    if not any("archived" in ref.names for ref in keep.start):
        return []
    return [n for n, step in enumerate(steps) if "closed" in step.event.kinds]


def _open_holds(steps: Sequence[Step]) -> tuple[str, ...]:
    matters: dict[str, None] = {}
    for step in steps:
        if step.event.name == "hold_placed":
            matters[str(step.event.told.get("matter"))] = None
        elif step.event.name == "hold_lifted":
            matters.pop(str(step.event.told.get("matter")), None)
    return tuple(matters)
