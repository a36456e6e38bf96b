"""Where each limit of the policy falls in one case, and what became of it; a lapse may start another (4.6, 4.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from casework.records.event_type import EventType
from casework.state.case import Event
from casework.state.conditions import Step, holds
from casework.state.deadline import Deadline
from casework.state.instant import Instant, day_of
from casework.state.policy import Limit
from casework.state.promised import Course
from casework.state.runs import Given, Runs
from casework.words import Text

_MOMENT = timedelta(seconds=1)  # the due instant itself still keeps the promise (CR-11)
LAPSED = EventType(
    "lapsed",
    Text("a due instant passed", "时限届满"),
    Text("Seen by the tool when a limit's due instant passes unmet.", "某一时限到期而未完成，由本工具判定。"),
    kinds=frozenset(["lapsed"]),
    fields={"limit": Text("limit", "时限")},
)


class Judged(NamedTuple):
    """Every run of every limit, and the steps of the case with the lapses between them where something waits for one."""

    deadlines: tuple[Deadline, ...]
    steps: Sequence[Step]


def deadlines_of(limits: Iterable[Limit], course: Course, asks_lapses: bool = False) -> Judged:
    """Every run of every limit, free of "now".

    Limits come in the order of `compile`: one that is the same as another after it, one that waits for a lapse last.
    ``asks_lapses``: something else waits for lapses too.
    """
    found: dict[str, list[Deadline]] = {}
    waiting = course
    for limit in limits:
        if limit.starts_from_lapse and waiting is course:
            waiting = course._replace(steps=_with_lapses(found.values(), course))
        if limit.promise.same_as:
            found[limit.name] = Runs(
                limit, course, _by_step(found.get(limit.promise.same_as, ()), course)
            ).judged()
            continue
        told = waiting if limit.starts_from_lapse else course
        since = _first_start(limit, told.steps)
        if since is not None:
            found[limit.name] = Runs(limit, told).judged(since)
    if asks_lapses and waiting is course:
        waiting = course._replace(steps=_with_lapses(found.values(), course))
    return Judged(tuple(each for runs in found.values() for each in runs), waiting.steps)


def _first_start(limit: Limit, steps: Sequence[Step]) -> int | None:
    """The first step that may start it: most limits of a policy concern other channels and areas than a case's."""
    names, when = limit.asked_of, limit.when
    for count, step in enumerate(steps):
        if not names.isdisjoint(step.event.kinds) and holds(when, step.facts, step):
            return count
    return None


def _by_step(runs: Iterable[Deadline], course: Course) -> Given:
    found: dict[int, list[Deadline]] = {}
    for run in runs:
        count = next(n for n, step in enumerate(course.steps) if step.event is run.started_by)
        found.setdefault(count, []).append(run)
    return found


def _with_lapses(found: Iterable[Iterable[Deadline]], course: Course) -> Sequence[Step]:
    """The steps, with every lapse where it falls: after what still kept the promise, before what came too late."""
    steps = list(course.steps)
    for deadline in (each for runs in found for each in _lapses(runs)):
        due = deadline.due
        assert due
        count = next((n for n, step in enumerate(steps) if due.is_passed(step.event.at)), len(steps))
        posts = steps[count].posts if count < len(steps) else course.posts
        day = day_of(due.at, course.timetable.zone)
        told = {"event": "lapsed", "limit": deadline.limit.name}
        at = due.at if due.is_passed(due.at) else due.at + _MOMENT
        lapse = Event(LAPSED, Instant(at), day, told, deadline.started_by.position, LAPSED.kinds)
        steps.insert(count, steps[count - 1]._replace(event=lapse, posts=posts))
    return steps


def _lapses(runs: Iterable[Deadline]) -> Iterator[Deadline]:
    """Runs whose due instant passed, or will pass, unmet and not excused; what began with a lapse emits none (4.8)."""
    for each in runs:
        is_late = each.is_open or each.outcome == "breached"
        if is_late and each.due and not each.excused and not each.limit.starts_from_lapse:
            yield each
