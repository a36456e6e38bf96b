"""Promises kept in a month: for each limit, of the deadlines that fell due, those met in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from casework.figures.figure import Figure
from casework.figures.ledger import MonthBook, Owed
from casework.state.policy import Limit
from casework.words import Text

_SAID = Text(
    "Of the deadlines whose due instant falls in the month and has passed, those met by it. What is still open counts "
    "as not met; what is excused is counted as not met and shown apart; what no longer applied, or was replaced by a "
    "new agreement, is left out.",
    "到期时间在本月且已经过去的期限中，按期完成的。至今未办的算未按期；免责的仍算未按期，另列件数；不再适用或已被新约定取代的不计。",
)


class Kept(NamedTuple):
    """One limit of one policy over a month."""

    policy: str
    limit: Limit
    on_time: Figure
    excused: tuple[str, ...]
    untold: tuple[str, ...]


def kept_of(book: MonthBook, at: datetime) -> tuple[Kept, ...]:
    """One entry for each limit that fell due, must before should, in the order of the policy."""
    due, untold = _by_limit(book.due), _by_limit(book.untold)
    made = [_kept(due.get(key, []), untold.get(key, []), at) for key in dict.fromkeys((*due, *untold))]
    return tuple(sorted(made, key=lambda each: (FORCES.index(each.limit.force), each.limit.place)))


FORCES = ("must", "should", "may")


def on_time_of(book: MonthBook, force: str, at: datetime) -> Figure:
    """All deadlines of one force together: must, should or may."""
    owed = [each for each in book.due if each.deadline.force == force]
    return Figure(f"K5-{force}", _TOGETHER[force], _SAID, _met(owed, at), _cases(owed))


_TOGETHER = {
    "must": Text("kept in time, must", "按期完成（必须）"),
    "should": Text("kept in time, should", "按期完成（一般应当）"),
    "may": Text("kept in time, may", "按期完成（可以）"),
}


def late_of(book: MonthBook, at: datetime) -> tuple[Owed, ...]:
    """What fell due in the month and was not met by then, the earliest due first."""
    late = [each for each in book.due if each.deadline.status(at) != "met"]
    return tuple(sorted(late, key=due_order))


def overdue_of(book: MonthBook) -> tuple[Owed, ...]:
    """What was past due and still awaited at the end of the month, the earliest due first."""
    return tuple(sorted(book.overdue, key=due_order))


def due_order(owed: Owed) -> tuple[datetime, str]:
    """For sorting by due instant, then case."""
    assert owed.deadline.due
    return owed.deadline.due.at, owed.state.number


def _by_limit(owed: Iterable[Owed]) -> dict[tuple[str, str], list[Owed]]:
    groups: dict[tuple[str, str], list[Owed]] = {}
    for each in owed:
        groups.setdefault((each.state.policy.id, each.deadline.limit.name), []).append(each)
    return groups


def _kept(due: Sequence[Owed], untold: Sequence[Owed], at: datetime) -> Kept:
    state, deadline = next(iter((*due, *untold)))
    limit, policy = deadline.limit, state.policy.id
    return Kept(
        policy,
        limit,
        Figure(f"K5:{policy}/{limit.name}", limit.title, _SAID, _met(due, at), _cases(due)),
        _cases(each for each in due if each.deadline.status(at) == "excused"),
        _cases(untold),
    )


def _met(owed: Iterable[Owed], at: datetime) -> tuple[str, ...]:
    return _cases(each for each in owed if each.deadline.status(at) == "met")


def _cases(owed: Iterable[Owed]) -> tuple[str, ...]:
    return tuple(each.state.number for each in owed)
