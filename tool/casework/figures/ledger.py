"""The register's months: for each, the cycles that came, went and stayed, and the deadlines that fell due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casework.figures.cycles import Cycle, cycles_of
from casework.figures.month import Month, month_of, months_between
from casework.state.deadline import Deadline
from casework.state.register import Register
from casework.state.state import State


class Owed(NamedTuple):
    """One deadline of one case."""

    state: State
    deadline: Deadline


class MonthBook(NamedTuple):
    """One month: cycles brought forward, come, gone and carried forward; what fell due, what was overdue at its end."""

    month: Month
    brought: tuple[Cycle, ...]
    received: tuple[Cycle, ...]
    reopened: tuple[Cycle, ...]
    closed: tuple[Cycle, ...]
    voided: tuple[Cycle, ...]
    transferred: tuple[Cycle, ...]
    carried: tuple[Cycle, ...]
    due: tuple[Owed, ...]
    untold: tuple[Owed, ...]
    overdue: tuple[Owed, ...]

    @property
    def is_balanced(self) -> bool:
        """Whether brought forward and what came, less what went, is what is carried forward."""
        come = len(self.brought) + len(self.received) + len(self.reopened)
        gone = len(self.closed) + len(self.voided) + len(self.transferred)
        return come - gone == len(self.carried)


class Unbalanced(AssertionError):
    """A month whose cases do not add up: a bug of ours, never a fault of the files."""


def ledger_of(register: Register, at: datetime) -> tuple[MonthBook, ...]:
    """Every month from the first receipt to the instant we look from; Unbalanced if the cases do not add up.

    The last month's stock is checked against the cases whose stage says they are open: two ways to one number.
    """
    zone = register.firm.zone
    cycles = [cycle for state in register.states for cycle in cycles_of(state)]
    if not cycles:
        return ()
    owed = [Owed(state, each) for state in register.states for each in state.deadlines]
    first = min(month_of(cycle.opened, zone) for cycle in cycles)
    books = _books(cycles, owed, [*months_between(first, month_of(at, zone))], at, zone)
    open_now = sum(not state.is_finished and bool(state.case.all_events) for state in register.states)
    if not all(book.is_balanced for book in books) or len(books[-1].carried) != open_now:
        raise Unbalanced(f"{len(books[-1].carried)} carried forward, {open_now} open")
    return books


def _books(
    cycles: Sequence[Cycle], owed: Sequence[Owed], months: Sequence[Month], at: datetime, zone: ZoneInfo
) -> tuple[MonthBook, ...]:
    opened, ended = _by_month(cycles, "opened", zone), _by_month(cycles, "ended", zone)
    due, untold, overdue = (
        _fallen_due(owed, at, zone),
        _untold(owed, at, zone),
        _overdue(owed, months, at, zone),
    )
    books: list[MonthBook] = []
    stock: dict[tuple[str, int], Cycle] = {}
    for month in months:
        brought, come, gone = tuple(stock.values()), opened[month], ended[month]
        stock |= {_key(cycle): cycle for cycle in come}
        for cycle in gone:
            stock.pop(_key(cycle), None)
        books.append(
            MonthBook(
                month=month,
                brought=brought,
                received=tuple(cycle for cycle in come if cycle.nth == 0),
                reopened=tuple(cycle for cycle in come if cycle.nth),
                closed=_ended_so(gone, "closed"),
                voided=_ended_so(gone, "voided"),
                transferred=_ended_so(gone, "transferred"),
                carried=tuple(stock.values()),
                due=tuple(due[month]),
                untold=tuple(untold[month]),
                overdue=tuple(overdue[month]),
            )
        )
    return tuple(books)


def _ended_so(gone: Iterable[Cycle], how: str) -> tuple[Cycle, ...]:
    return tuple(cycle for cycle in gone if cycle.how == how)


def _key(cycle: Cycle) -> tuple[str, int]:
    return cycle.path, cycle.nth


def _by_month(cycles: Iterable[Cycle], side: str, zone: ZoneInfo) -> defaultdict[Month, list[Cycle]]:
    found = defaultdict[Month, list[Cycle]](list)
    for cycle in cycles:
        instant = getattr(cycle, side)
        if instant is not None:
            found[month_of(instant, zone)].append(cycle)
    return found


def _fallen_due(owed: Iterable[Owed], at: datetime, zone: ZoneInfo) -> defaultdict[Month, list[Owed]]:
    """The due cohort of each month: judged, and their due instant (24:00 counts to the day it ends) has passed."""
    found = defaultdict[Month, list[Owed]](list)
    for each in owed:
        due = each.deadline.due
        if due and each.deadline.status(at) in JUDGED and due.is_passed(at):
            found[month_of(due.printed, zone)].append(each)
    return found


JUDGED = ("met", "breached", "overdue", "excused")


def _untold(owed: Iterable[Owed], at: datetime, zone: ZoneInfo) -> defaultdict[Month, list[Owed]]:
    """What cannot be judged for want of a time, by the month it fell due, else began."""
    found = defaultdict[Month, list[Owed]](list)
    for each in owed:
        if each.deadline.status(at) == "indeterminate":
            due = each.deadline.due
            found[month_of(due.printed if due else each.deadline.start.at, zone)].append(each)
    return found


def _overdue(
    owed: Iterable[Owed], months: Sequence[Month], at: datetime, zone: ZoneInfo
) -> defaultdict[Month, list[Owed]]:
    """What was past due and still awaited at the end of each month, or at the instant we look from."""
    found = defaultdict[Month, list[Owed]](list)
    ends = {month: min(month.ends(zone), at) for month in months}
    for each in owed:
        due, ended = each.deadline.due, each.deadline.ended_by
        if due is None or each.deadline.status(at) not in JUDGED or not due.is_passed(at):
            continue
        month = month_of(due.printed, zone)
        while month in ends and (ended is None or ended.at >= ends[month]):
            if due.is_passed(ends[month]):
                found[month].append(each)
            month = month.next
    return found
