"""A deadline is one run of a limit in one case: when it began, what moved its due instant, and what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from casework.state.case import Event
from casework.state.instant import Instant
from casework.state.policy import LEVELS, Limit, Promise
from casework.state.span import Due
from casework.words import Text

SOON = timedelta(days=1)


What = Literal["tier", "extended", "cut", "void", "paused", "resumed"]


class Change(NamedTuple):
    """One thing that happened to a running clock, and the due instant in force after it (None while paused).

    ``void``: an extension that does not count, with the reason ``why``; ``cut``: one that was cut to its cap.
    ``promise`` is the one in force then.
    """

    what: What
    event: Event
    due: Due | None
    promise: Promise
    why: Text | None = None


def standing_of(start: Instant, due: Due, awaits: int, at: datetime) -> str:
    """How an open clock stands as of an instant: overdue, provisional, due_soon or running."""
    if due.is_passed(at):
        return "overdue"
    if awaits:
        return "provisional"
    return "due_soon" if at >= due.at - min(SOON, (due.at - start.at) / 4) else "running"


class Deadline(NamedTuple):
    """One run of a limit in one case; instants in UTC. ``outcome`` is empty while it is open.

    ``due`` is the due instant in force, ``first`` the one it began with, ``target`` the wished-for one;
    ``promise`` and ``force`` are those of the tier in force, ``base`` the promise it began with; ``awaits`` is the year
    whose notice may still move it.
    """

    limit: Limit
    started_by: Event
    start: Instant
    base: Promise
    promise: Promise
    force: str = "must"
    first: Due | None = None
    due: Due | None = None
    target: Due | None = None
    met: Instant | None = None
    ended_by: Event | None = None
    outcome: str = ""  # met | breached | not_applicable | superseded | indeterminate
    excused: bool = False
    problem: Text | None = None
    key: str = ""
    changes: tuple[Change, ...] = ()
    awaits: int = 0
    is_paused: bool = False

    def status(self, at: datetime) -> str:
        """The status as of an instant (CR-14); ``promptly`` is only ever running or met (CR-13)."""
        if self.start.at > at:
            return "not_started"
        if self.problem is not None and self.outcome in ("", "indeterminate"):
            return "indeterminate"
        if self.outcome:
            return "excused" if self.excused and self.outcome == "breached" else self.outcome
        if self.is_paused:
            return "paused"
        if self.due is None:
            return "unset" if self.is_unset else "running"
        standing = standing_of(self.start, self.due, self.awaits, at)
        return "excused" if self.excused and standing == "overdue" else standing

    @property
    def level(self) -> str:
        """How a breach is shown, by the force of the tier in force."""
        return LEVELS[self.force]

    @property
    def whose(self) -> str:
        """The receiver whose clock this is, where each has one of his own (``per: to``)."""
        return self.key if self.limit.per == "to" else ""

    @property
    def is_unset(self) -> bool:
        """Whether the policy leaves the number open."""
        return self.promise.within is not None and self.promise.within.unit == "unset"

    @property
    def is_open(self) -> bool:
        """Whether what was promised is still awaited."""
        return not self.outcome

    def has_lapsed(self, at: datetime) -> bool:
        """Whether the due instant had passed at an instant; never while paused, for there is none."""
        return self.due is not None and self.due.is_passed(at)

    def missed_target(self, at: datetime) -> bool:
        """Whether the wished-for instant passed, though the due instant was or can still be kept."""
        if (
            self.target is None
            or self.is_paused
            or self.status(at) not in ("running", "due_soon", "met", "provisional")
        ):
            return False
        return self.target.is_passed(self.met.at if self.met else at)
