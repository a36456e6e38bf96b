"""What moves the due instant of a running clock: tiers, extensions and pauses (policy language 4.2, 4.6, 4.7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from casework.state.case import Event
from casework.state.conditions import Ref, Step, fits, holds
from casework.state.deadline import Change, Deadline, What
from casework.state.instant import Instant, instant_from
from casework.state.policy import Extend, Limit, Promise
from casework.state.promised import Course, agreed, field_missing, promised
from casework.state.reckoning import Reckoned, moved, reckoned
from casework.state.span import Due, Span
from casework.words import Text


@dataclass(slots=True)
class Run:
    """A run being followed: still open, or answered by readings. ``count`` is the step it began with.

    ``due`` is the due instant in force, also while the clock is paused and the deadline shows none.
    """

    deadline: Deadline
    count: int
    due: Reckoned
    readings: list[tuple[Ref, Event]] = field(default_factory=list)
    pauses: list[tuple[Instant, Instant]] = field(default_factory=list)
    paused_at: Instant | None = None
    granted: Due | None = None

    def settle(self, due: Reckoned, what: What, event: Event) -> None:
        """A new due instant in force, and what brought it."""
        self.due = due
        shown = None if self.paused_at else due.due
        self.deadline = self.deadline._replace(
            due=shown, problem=due.problem, awaits=due.awaits, is_paused=self.paused_at is not None
        )
        self.note(what, event)

    def note(self, what: What, event: Event, why: Text | None = None) -> None:
        """Keep what happened, for whoever asks why."""
        change = Change(what, event, self.deadline.due, self.deadline.promise, why)
        self.deadline = self.deadline._replace(changes=(*self.deadline.changes, change))


def tier_of(limit: Limit, step: Step) -> tuple[Promise, str]:
    """The promise and force of the first tier that fits the case as it stands, else the base."""
    for tier in limit.tiers:
        if holds(tier.when, step.facts, step):
            return tier.promise or limit.promise, tier.force
    return limit.promise, limit.force


def move(run: Run, step: Step, course: Course) -> None:
    """What a step does to an open clock; once its due instant has passed, nothing moves it."""
    limit = run.deadline.limit
    has_lapsed = run.deadline.has_lapsed(step.event.at)
    if limit.pause and not has_lapsed:
        if run.paused_at and fits(limit.pause.end, step):
            _resume(run, run.paused_at, step.event, course)
        elif not run.paused_at and fits(limit.pause.begin, step):
            run.paused_at = step.event.when
            run.settle(run.due, "paused", step.event)
    if limit.extend and any(not ref.names.isdisjoint(step.event.kinds) for ref in limit.extend.by):
        _extend(run, limit.extend, step, course)
    if limit.tiers and not has_lapsed:
        _change_tier(run, step, course)


def _resume(run: Run, since: Instant, event: Event, course: Course) -> None:
    """The clock goes on: its instants move by the pause, each measured on its own clock."""
    pause, promise, target = (since, event.when), run.deadline.promise, run.deadline.limit.target
    run.pauses.append(pause)
    run.paused_at = None
    if run.granted:
        run.granted = _after(run.granted, promise, pause, course).due
    if run.deadline.target and target:
        wished = moved(run.deadline.target, target, pause, course.timetable, course.counting).due
        run.deadline = run.deadline._replace(target=wished)
    run.settle(_after(run.due.due, promise, pause, course) if run.due.due else run.due, "resumed", event)


def _after(due: Due, promise: Promise, pause: tuple[Instant, Instant], course: Course) -> Reckoned:
    """An agreed instant moves as hours do, an agreed day as days."""
    span = promise.within or Span(0, "day" if due.day_end else "hour")
    return moved(due, span, pause, course.timetable, course.counting)


def _with_pauses(due: Reckoned, promise: Promise, run: Run, course: Course) -> Reckoned:
    """A due instant reckoned from the start, moved by every pause until now."""
    for pause in run.pauses:
        if due.due is not None:
            due = _after(due.due, promise, pause, course)
    return due


def _extend(run: Run, extend: Extend, step: Step, course: Course) -> None:
    """More time granted: up to the cap, and only while there is time left, by the right role, on the right facts."""
    event = step.event
    capped = reckoned(run.deadline.start, extend.up_to, course.timetable, course.counting)
    cap = _with_pauses(capped, run.deadline.promise, run, course)
    told = instant_from(str(event.told.get("due_at")), course.timetable.zone)
    asked = agreed(told, course.timetable) if isinstance(told, Instant) else None
    why = _why_void(run, extend, step, asked, cap)
    if why or asked is None or cap.due is None:
        run.note("void", event, why)
        return
    is_cut = asked.at > cap.due.at
    run.granted = cap.due if is_cut else asked
    run.settle(
        Reckoned(run.granted, None, cap.awaits if is_cut else 0), "cut" if is_cut else "extended", event
    )


def _why_void(run: Run, extend: Extend, step: Step, asked: Due | None, cap: Reckoned) -> Text | None:
    """Why an extension does not count; None if it does."""
    due = run.due.due
    if due and run.deadline.has_lapsed(step.event.at):
        return Text(_LATE.en, _LATE.zh, {"due": due.printed})
    if not fits(extend.by, step):
        return Text(_ROLE.en, _ROLE.zh, {"by": step.people.name_of(step.event.by)})
    if not holds(extend.when, step.facts, step):
        return Text(_FACTS.en, _FACTS.zh, {"facts": list(extend.facts)})
    if asked is None:
        return field_missing(step.event, "due_at")
    if cap.due is None:
        return cap.problem
    return _NO_MORE if due and min(asked.at, cap.due.at) <= due.at else None


def _change_tier(run: Run, step: Step, course: Course) -> None:
    """The tier that fits now; never to an instant before the event that changed it (then the old one stays)."""
    promise, force = tier_of(run.deadline.limit, step)
    if promise == run.deadline.promise:
        if force != run.deadline.force:
            run.deadline = run.deadline._replace(force=force)
        return
    then = _with_pauses(promised(promise, run.count, course, run.deadline.whose), promise, run, course)
    if then.due and run.granted and run.granted.at > then.due.at:
        then = Reckoned(run.granted)
    still_at = run.paused_at or step.event.when  # a clock that is paused stands where the pause began
    if _is_too_late(then, still_at.at):
        return
    run.deadline = run.deadline._replace(promise=promise, force=force)
    run.settle(then, "tier", step.event)


def _is_too_late(then: Reckoned, at: datetime) -> bool:
    return then.due is not None and then.due.at < at


_LATE = Text("it came after the due instant {due}", "批准时已过到期时刻 {due}")
_ROLE = Text("{by} is not entitled to grant it", "{by} 无权批准延期")
_FACTS = Text("the case does not show what it takes: {facts}", "案件不具备延期所需的事实：{facts}")
_NO_MORE = Text("it grants no more time than there is", "所批时间并不晚于原期限")
