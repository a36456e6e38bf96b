"""Where each limit of the policy falls in one case, and what became of it (policy language 4.2–4.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casework.state.case import Event
from casework.state.conditions import Ref, Step, fits, holds, refs_from
from casework.state.instant import Instant, day_of, instant_from
from casework.state.policy import Limit
from casework.state.span import WORDS, Due, due_of, end_of_day
from casework.words import Text

SILENT_ENDS = refs_from(
    [
        "held",
        {"event": "transferred_out", "where": {"part": {"not": True}}},
        {"event": "acceptance_decided", "where": {"outcome": "rejected"}},
        {"event": "closed", "where": {"outcome": ["withdrawn", "duplicate", "void"]}},
    ]
)
SOON = timedelta(days=1)


class Deadline(NamedTuple):
    """One run of a limit in one case; instants in UTC. ``outcome`` is empty while it is open."""

    limit: Limit
    started_by: Event | None  # None when another limit's lapse started it
    start: Instant
    due: Due | None = None
    met: Instant | None = None
    ended_by: Event | None = None
    outcome: str = ""  # met | breached | not_applicable | superseded | indeterminate
    excused: bool = False
    problem: Text | None = None
    key: str = ""

    def status(self, at: datetime) -> str:
        """The status as of an instant (CR-14); ``promptly`` is only ever running or met (CR-13)."""
        if self.start.at > at:
            return "not_started"
        if self.problem is not None and self.outcome in ("", "indeterminate"):
            return "indeterminate"
        if self.outcome:
            return "excused" if self.excused and self.outcome == "breached" else self.outcome
        if self.due is None:
            return "unset" if self.is_unset else "running"
        if self.due.is_passed(at):
            return "excused" if self.excused else "overdue"
        return "due_soon" if at >= self.due.at - min(SOON, (self.due.at - self.start.at) / 4) else "running"

    @property
    def is_unset(self) -> bool:
        """Whether the policy leaves the number open."""
        return self.limit.promise.within is not None and self.limit.promise.within.unit == "unset"

    @property
    def is_open(self) -> bool:
        """Whether what was promised is still awaited."""
        return not self.outcome

    def has_lapsed(self, at: datetime) -> bool:
        """Whether the due instant had passed at an instant."""
        return self.due is not None and self.due.is_passed(at)


class Lapse(NamedTuple):
    """A due instant that passed unmet: seen by limits that start from it, never written down."""

    limit: str
    at: datetime
    after: int  # how many steps had happened


def deadlines_of(limits: Iterable[Limit], steps: Sequence[Step], zone: ZoneInfo) -> tuple[Deadline, ...]:
    """Every run of every limit, free of "now"; limits that start from a lapse come after those that lapse."""
    found: list[Deadline] = []
    for limit in limits:
        lapses = tuple(_lapses(found, limit.after_lapse_of, steps)) if limit.after_lapse_of else ()
        if lapses or _may_start(limit, steps):
            found += _Runs(limit, steps, zone).judged(lapses)
    return tuple(found)


def _may_start(limit: Limit, steps: Sequence[Step]) -> bool:
    """A quick no: most limits of a policy concern other channels and areas than a case's."""
    names, when = limit.asked_of, limit.when
    for step in steps:  # noqa: SIM110 - a loop is twice as fast as any(), and this is asked most
        if not names.isdisjoint(step.event.kinds) and holds(when, step.facts, step):
            return True
    return False


@dataclass(slots=True)
class _Run:
    """A run being followed: still open, or answered by readings."""

    deadline: Deadline
    readings: list[tuple[Ref, Event]] = field(default_factory=list)


class _Runs:
    """Follows one limit through the steps of one case: one clock at a time (4.4)."""

    def __init__(self, limit: Limit, steps: Sequence[Step], zone: ZoneInfo) -> None:
        self.limit, self.steps, self.zone = limit, steps, zone
        self.open: list[_Run] = []
        self.ended: list[Deadline] = []

    def judged(self, lapses: Sequence[Lapse]) -> list[Deadline]:
        """Every run, by start."""
        limit, concerns = self.limit, self.limit.concerns
        for count, step in enumerate(self.steps, 1):
            if not lapses and concerns.isdisjoint(step.event.kinds):
                continue
            if self.open:
                for run in tuple(self.open):
                    self._end(run, step)
            if fits(limit.start, step) and holds(limit.when, step.facts, step):
                self._start(step, step.event.when, step.event)
            for lapse in lapses:
                if lapse.after == count and holds(limit.when, step.facts, step):
                    self._start(step, Instant(lapse.at), None)
        every = [*self.ended, *(self._with_readings(run) for run in self.open)]
        if not every:
            return every
        if limit.force == "should":
            every = [self._excused(each) for each in every]
        return sorted(every, key=lambda each: each.start.at) if len(every) > 1 else every

    def _start(self, step: Step, start: Instant, event: Event | None) -> None:
        for key in _values(step.event, self.limit.per) if self.limit.per else ("",):
            running = [run for run in self.open if run.deadline.key == key]
            if any(not run.readings for run in running) and not self.limit.renews:
                continue
            for run in running:
                if run.readings:
                    self._close(run, self._with_readings(run))
                elif not run.deadline.has_lapsed(start.at):
                    self._close(run, run.deadline._replace(outcome="superseded", ended_by=event))
            due, problem = self._due(start, step)
            self.open.append(_Run(Deadline(self.limit, event, start, due, problem=problem, key=key)))

    def _end(self, run: _Run, step: Step) -> None:
        per = self.limit.per
        is_its_own = not per or run.deadline.key in _keys(step.event, per)
        ref = fits(self.limit.until, step) if is_its_own else None
        if ref and ref.reading:
            run.readings.append((ref, step.event))
        elif ref and not run.readings:
            self._close(run, self._ended(run.deadline, step.event.when, step.event))
        elif ref or fits(self.limit.unless, step) or fits(SILENT_ENDS, step):
            self._close(run, self._dropped(run, step.event))

    def _close(self, run: _Run, deadline: Deadline) -> None:
        self.open.remove(run)
        self.ended.append(deadline)

    def _dropped(self, run: _Run, event: Event) -> Deadline:
        if run.readings:
            return self._with_readings(run)._replace(ended_by=event)
        outcome = "breached" if run.deadline.has_lapsed(event.at) else "not_applicable"
        return run.deadline._replace(outcome=outcome, ended_by=event)

    def _ended(self, deadline: Deadline, mark: Instant, event: Event) -> Deadline:
        kept = True if deadline.due is None else deadline.due.is_kept_by(mark, self.zone)
        problem = deadline.problem or (_NO_TIME if kept is None else None)
        outcome = "indeterminate" if problem else "met" if kept else "breached"
        return deadline._replace(met=mark, ended_by=event, outcome=outcome, problem=problem)

    def _with_readings(self, run: _Run) -> Deadline:
        """An agreed time within a cap: the last reading recorded by the due instant counts, else the first (4.5)."""
        if not run.readings:
            return run.deadline
        due = run.deadline.due
        early = [each for each in run.readings if due is None or not due.is_passed(each[1].at)]
        ref, chosen = early[-1] if early else run.readings[0]
        told = instant_from(str(chosen.told.get(ref.reading or "")), self.zone)
        if isinstance(told, Text):
            return run.deadline._replace(problem=_field_missing(chosen, ref.reading or ""))
        agreed = _end_if_whole_day(told, self.zone)
        return self._ended(run.deadline, max(agreed, chosen.when, key=lambda each: each.at), chosen)

    def _due(self, start: Instant, step: Step) -> tuple[Due | None, Text | None]:
        promise = self.limit.promise
        if promise.within is not None:
            if promise.within.unit in WORDS:
                return None, None
            due = due_of(start, promise.within, self.zone)
            return due, None if due else _NO_TIME
        event = self._naming(step)
        told = instant_from(str(event.told.get(promise.due_field)), self.zone) if event else None
        if not isinstance(told, Instant):
            return None, _field_missing(event or step.event, promise.due_field)
        return _agreed(told, promise.clock, self.zone), None

    def _naming(self, step: Step) -> Event | None:
        """The event whose field gives the due instant: the starting one, else the last such before it."""
        name = self.limit.promise.due_event
        if name in step.event.kinds:
            return step.event
        earlier = self.steps[: next(n for n, each in enumerate(self.steps) if each is step)]
        return next((each.event for each in reversed(earlier) if name in each.event.kinds), None)

    def _excused(self, deadline: Deadline) -> Deadline:
        """A soft limit is excused by special circumstances dated from its start to its due instant (CR-12)."""
        due = deadline.due
        if due is None or deadline.outcome not in ("", "breached"):
            return deadline
        excused = any(
            step.event.name == "special_circumstances"
            and _is_for(step.event, self.limit.name)
            and (
                deadline.start.at <= step.event.at or _is_on_the_day_of(step.event, deadline.start, self.zone)
            )
            and not due.is_passed(step.event.at)
            for step in self.steps
        )
        return deadline._replace(excused=excused)


_NO_TIME = Text(
    "a clock of minutes or hours needs the time of day, and only a date is given",
    "按分钟或小时计算的时限需要具体时刻，此处只写了日期",
)


def _field_missing(event: Event, name: str) -> Text:
    return Text(
        "the agreed time '{field}' is not given on '{event}'",
        "“{event}”没有写明约定时间 {field}",
        {"field": name, "event": event.type.title},
    )


def _agreed(told: Instant, clock: str, zone: ZoneInfo) -> Due:
    """An agreed time; a date without time is 24:00 of it (CR-8); ``12:00 on F`` is the earlier of the two (CR-9)."""
    due = end_of_day(day_of(told.at, zone), zone) if told.whole_day else Due(told.at)
    if not clock:
        return due
    at = instant_from(f"{day_of(told.at, zone).isoformat()}T{clock}", zone)
    return Due(min(at.at, due.at)) if isinstance(at, Instant) else due


def _is_on_the_day_of(event: Event, start: Instant, zone: ZoneInfo) -> bool:
    """A date without time on the day of the start is given the benefit of the doubt."""
    return event.when.whole_day and event.day == day_of(start.at, zone)


def _end_if_whole_day(mark: Instant, zone: ZoneInfo) -> Instant:
    return Instant(end_of_day(day_of(mark.at, zone), zone).printed) if mark.whole_day else mark


def _keys(event: Event, per: str) -> tuple[str, ...]:
    """The values an event ends a ``per`` clock for; for ``per: to`` also the receiver who acted."""
    return (*_values(event, per), event.by) if per == "to" else _values(event, per)


def _values(event: Event, per: str) -> tuple[str, ...]:
    told = event.told.get(per, "")
    return tuple(map(str, told)) if isinstance(told, list) else (str(told),)


def _is_for(event: Event, limit: str) -> bool:
    named = event.told.get("for")
    return named is None or limit in (named if isinstance(named, list) else [named])


def _lapses(found: Iterable[Deadline], names: frozenset[str], steps: Sequence[Step]) -> Iterator[Lapse]:
    """The lapses of the limits named; those that themselves start from a lapse emit none (4.8)."""
    for each in found:
        late = each.is_open or each.outcome == "breached"
        if (
            each.limit.name in names
            and not each.limit.after_lapse_of
            and each.due
            and late
            and not each.excused
        ):
            at = each.due.at
            after = next((n for n, step in enumerate(steps) if step.event.at > at), len(steps))
            yield Lapse(each.limit.name, at, after)
