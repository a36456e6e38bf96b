"""Follows one limit through the steps of one case: one clock at a time, from its start to its end (4.3–4.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casework.state.case import Event
from casework.state.conditions import Step, fits, holds, is_who, names_in, refs_from
from casework.state.deadline import Deadline
from casework.state.instant import Instant, day_of, instant_from
from casework.state.moves import Run, move, tier_of
from casework.state.policy import Limit
from casework.state.promised import Course, field_missing, promised
from casework.state.reckoning import NO_TIME, Reckoned, reckoned
from casework.state.span import end_of_day
from casework.words import Text

WITHDRAWN = refs_from({"event": "closed", "where": {"outcome": ["withdrawn", "duplicate", "void"]}})
SILENT_ENDS = (
    *refs_from(
        [
            "held",
            {"event": "transferred_out", "where": {"part": {"not": True}}},
            {"event": "acceptance_decided", "where": {"outcome": "rejected"}},
        ]
    ),
    *WITHDRAWN,
)
_SILENT = names_in(SILENT_ENDS)
Given = Mapping[int, Sequence[Deadline]]
"""Another limit's runs, by the number of the step they begin with (``same_as``)."""


class Runs:
    """All runs of one limit in one case."""

    def __init__(self, limit: Limit, course: Course, given: Given | None = None) -> None:
        self.limit, self.course, self.given = limit, course, given
        self.zone = course.timetable.zone
        self.is_moved = given is None and bool(limit.tiers or limit.extend or limit.pause)
        self.open: list[Run] = []
        self.ended: list[Deadline] = []

    def judged(self, since: int = 0) -> list[Deadline]:
        """Every run, by start; none starts before the step numbered ``since``."""
        limit, mirrored = self.limit, self.given or {}
        starts, ends = limit.asked_of, limit.ends
        for count, step in enumerate(self.course.steps[since:], since):
            kinds = step.event.kinds
            if self.open and not ends.isdisjoint(kinds):
                for run in tuple(self.open):
                    self._end(run, step)
            if self.is_moved:
                for run in self.open:
                    move(run, step, self.course)
            if self.given is not None:
                self.open += [self._mirrored(each, count) for each in mirrored.get(count, ())]
            elif (
                not starts.isdisjoint(kinds)
                and fits(limit.start, step)
                and holds(limit.when, step.facts, step)
            ):
                self._start(count, step)
        every = [*self.ended, *(self._with_readings(run) for run in self.open)]
        every = [self._excused(each) if each.force == "should" else each for each in every]
        return sorted(every, key=lambda each: each.start.at) if len(every) > 1 else every

    def _start(self, count: int, step: Step) -> None:
        event = step.event
        for key in _values(event, self.limit.per) if self.limit.per else ("",):
            running = [run for run in self.open if run.deadline.key == key]
            if any(not run.readings for run in running) and not self.limit.renews:
                continue
            for run in running:
                if run.readings:
                    self._close(run, self._with_readings(run))
                elif not run.deadline.has_lapsed(event.at):
                    self._close(run, run.deadline._replace(outcome="superseded", ended_by=event))
            self.open.append(self._begun(count, step, key))

    def _begun(self, count: int, step: Step, key: str) -> Run:
        promise, force = tier_of(self.limit, step)
        start = step.event.when
        found = promised(promise, count, self.course, key if self.limit.per == "to" else "")
        due, problem, awaits = found
        wished = self.limit.target
        target = reckoned(start, wished, self.course.timetable, self.course.counting).due if wished else None
        begun = Deadline(
            self.limit,
            step.event,
            start,
            promise,
            promise,
            force,
            first=due,
            due=due,
            target=target,
            problem=problem,
            key=key,
            awaits=awaits,
        )
        return Run(begun, count, found)

    def _mirrored(self, run: Deadline, count: int) -> Run:
        """A run of the limit that this one is the same as, with an end of its own still to come."""
        outcome = "superseded" if run.outcome == "superseded" else ""
        problem = None if run.due else run.problem
        mirrored = run._replace(
            limit=self.limit,
            force=self.limit.force,
            met=None,
            ended_by=None,
            outcome=outcome,
            problem=problem,
        )
        return Run(mirrored, count, Reckoned(run.due, problem, run.awaits))

    def _end(self, run: Run, step: Step) -> None:
        if run.deadline.outcome:
            return
        is_its_own = not self.limit.per or _is_for_key(run.deadline.key, self.limit.per, step)
        ref = fits(self.limit.until, step) if is_its_own else None
        if ref and ref.reading:
            run.readings.append((ref, step.event))
        elif ref and not run.readings:
            self._close(run, self._ended(run.deadline, step.event.when, step.event))
        elif ref or (self.limit.unless and fits(self.limit.unless, step)) or _ends_silently(step):
            self._close(run, self._dropped(run, step.event))

    def _close(self, run: Run, deadline: Deadline) -> None:
        self.open.remove(run)
        self.ended.append(deadline)

    def _dropped(self, run: Run, event: Event) -> Deadline:
        if run.readings:
            return self._with_readings(run)._replace(ended_by=event)
        outcome = "breached" if run.deadline.has_lapsed(event.at) else "not_applicable"
        return run.deadline._replace(outcome=outcome, ended_by=event)

    def _ended(self, deadline: Deadline, mark: Instant, event: Event) -> Deadline:
        kept = True if deadline.due is None else deadline.due.is_kept_by(mark, self.zone)
        problem = deadline.problem or (NO_TIME if kept is None else None)
        outcome = "indeterminate" if problem else "met" if kept else "breached"
        return deadline._replace(met=mark, ended_by=event, outcome=outcome, problem=problem)

    def _with_readings(self, run: Run) -> Deadline:
        """An agreed time within a cap: the last reading recorded by the due instant counts, else the first (4.5)."""
        if not run.readings:
            return run.deadline
        due = run.deadline.due
        early = [each for each in run.readings if due is None or not due.is_passed(each[1].at)]
        ref, chosen = early[-1] if early else run.readings[0]
        told = instant_from(str(chosen.told.get(ref.reading or "")), self.zone)
        if isinstance(told, Text):
            return run.deadline._replace(problem=field_missing(chosen, ref.reading or ""))
        if told.whole_day:
            told = Instant(end_of_day(day_of(told.at, self.zone), self.zone).printed)
        return self._ended(run.deadline, max(told, chosen.when, key=lambda each: each.at), chosen)

    def _excused(self, deadline: Deadline) -> Deadline:
        """A soft limit is excused by special circumstances dated from its start to its due instant (CR-12)."""
        due = deadline.due
        if due is None or deadline.outcome not in ("", "breached"):
            return deadline
        excused = any(
            step.event.name == "special_circumstances"
            and _is_for(step.event, self.limit.name)
            and (deadline.start.at <= step.event.at or self._is_on_the_day_of(deadline, step.event))
            and not due.is_passed(step.event.at)
            for step in self.course.steps
        )
        return deadline._replace(excused=excused)

    def _is_on_the_day_of(self, deadline: Deadline, event: Event) -> bool:
        """A date without time on the day of the start is given the benefit of the doubt."""
        return event.when.whole_day and event.day == day_of(deadline.start.at, self.zone)


def _ends_silently(step: Step) -> bool:
    """Whether the case is no longer ours, which ends every limit without a word (4.3)."""
    return not _SILENT.isdisjoint(step.event.kinds) and fits(SILENT_ENDS, step) is not None


def _is_for_key(key: str, per: str, step: Step) -> bool:
    """Whether an event speaks of one of several clocks: of its value; for ``per: to`` also by whoever that receiver is.

    One whose type has no such field speaks of all (PU-40).
    """
    event = step.event
    if key in _values(event, per):
        return True
    return is_who(event.by, (key,), step) if per == "to" else per not in event.type.fields


def _values(event: Event, per: str) -> tuple[str, ...]:
    told = event.told.get(per, "")
    return tuple(map(str, told)) if isinstance(told, list) else (str(told),)


def _is_for(event: Event, limit: str) -> bool:
    named = event.told.get("for")
    return named is None or limit in (named if isinstance(named, list) else [named])
