"""A cycle is one span in which a case was open: from receipt, or a reopening, to its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from casework.state.conditions import Step
from casework.state.fold import stage_of
from casework.state.state import FINISHED, State

VOID = ("duplicate", "void")


class Cycle(NamedTuple):
    """One open span, in UTC; ``how`` it ended: closed, voided or transferred; empty while it is open."""

    case: str
    path: str
    nth: int  # 0 opens with the receipt, the others with a reopening
    opened: datetime
    ended: datetime | None = None
    how: str = ""


def cycles_of(state: State) -> tuple[Cycle, ...]:
    """Every cycle of a case in order; the first opens with its receipt, never earlier."""
    return tuple(_cycles(state))


def _cycles(state: State) -> Iterator[Cycle]:
    begun = state.case.received or next(iter(state.case.all_events), None)
    if begun is None:
        return
    nth, is_open = 0, True
    cycle = Cycle(state.number, state.case.path, nth, begun.at)
    for count, step in _turns(state.steps):
        is_finished = stage_of(state.steps[:count]) in FINISHED
        if is_open and is_finished:
            yield cycle._replace(ended=max(step.event.at, cycle.opened), how=_how(step))
            is_open = False
        elif not is_open and not is_finished:
            nth, is_open = nth + 1, True
            cycle = cycle._replace(nth=nth, opened=max(step.event.at, begun.at))
    if is_open:
        yield cycle


def _turns(steps: tuple[Step, ...]) -> Iterator[tuple[int, Step]]:
    """The steps at which the stage may change, with how many had then happened."""
    for count, step in enumerate(steps, 1):
        if step.event.type.stage or step.event.type.back:
            yield count, step


def _how(step: Step) -> str:
    if step.event.name == "transferred_out":
        return "transferred"
    return "voided" if step.event.told.get("outcome") in VOID else "closed"
