"""A deadline explained: what began it, what it counts, what moved it and what ended it, in the order it happened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from casework.state.account import (
    Line,
    What,
    account_of,
    counted,
    first_day_of,
    in_words,
    result_lines,
    worked,
)
from casework.state.calendar import NotAnnounced
from casework.state.case import Event
from casework.state.deadline import Change, Deadline
from casework.state.hours import MICRO
from casework.state.instant import Instant, day_of, instant_from
from casework.state.policy import Promise
from casework.state.promised import Course, naming_of, shift_of
from casework.state.reckoning import Reckoned
from casework.state.shifts import OnShift
from casework.state.span import CALENDAR, SHIFT, WORDS, Due, Span
from casework.state.state import State
from casework.words import Text


def explained(deadline: Deadline, state: State) -> tuple[Line, ...]:
    """Every step of one deadline; dates and numbers such that they can be counted again by hand."""
    return tuple(_Explained(deadline, state).lines())


class _Pause(NamedTuple):
    begun: Event
    ended: Event


class _Explained:
    """Writes the account of one deadline."""

    def __init__(self, deadline: Deadline, state: State) -> None:
        self.deadline, self.state = deadline, state
        self.timetable, self.counting = state.timetable, state.policy.counting

    def lines(self) -> Iterator[Line]:
        deadline = self.deadline
        yield _of_event("start", _STARTS, deadline.started_by)
        yield from self._promise(deadline.base)
        first = Reckoned(deadline.first, None if deadline.first else deadline.problem)
        yield from result_lines(
            first if deadline.changes else Reckoned(first.due, first.problem, deadline.awaits)
        )
        due = held = deadline.first
        begun: Event | None = None
        for change in deadline.changes:
            if change.what == "paused":
                begun, held = change.event, due
            yield from self._change(change, begun, held if change.what == "resumed" else due)
            due = change.due
        if deadline.ended_by and deadline.outcome:
            yield self._end(deadline.ended_by)

    def _promise(self, promise: Promise) -> Iterator[Line]:
        """What was promised, and how it is counted from the start."""
        if promise.within is None:
            yield from self._agreed(promise)
            return
        span = promise.within
        if span.unit == SHIFT or span.unit in WORDS:
            yield Line("promise", Text(_WITHIN.en, _WITHIN.zh, {"span": span.text}))
            yield from self._shift() if span.unit == SHIFT else ()
            return
        first = first_day_of(span, self.counting)
        sentence = _WITHIN_DAYS if first else _WITHIN
        yield Line("promise", Text(sentence.en, sentence.zh, {"span": span.text, "first": first}))
        whole = account_of(self.deadline.start, span, self.timetable, self.counting)
        yield from (line for line in whole if line.what not in ("start", "due", "problem", "provisional"))

    def _agreed(self, promise: Promise) -> Iterator[Line]:
        event = naming_of(promise, self._count(), self._course()) if promise.due_event else None
        if event:
            told = instant_from(str(event.told.get(promise.due_field)), self.timetable.zone)
            sentence = _NOON if promise.clock else _AGREED
            at = told.at if isinstance(told, Instant) else None
            parts = {
                "event": event.type.title,
                "told": _told(event, promise.due_field),
                "clock": promise.clock,
            }
            yield Line("agreed", Text(sentence.en, sentence.zh, parts), at=at)

    def _shift(self) -> Iterator[Line]:
        told = self.deadline.started_by.told.get("shift_end")
        if told is not None:
            yield Line(
                "shift", Text(_TOLD.en, _TOLD.zh, {"told": _told(self.deadline.started_by, "shift_end")})
            )
            return
        shift = shift_of(self._count(), self._course(), self.deadline.whose)
        if isinstance(shift, OnShift):
            parts = {"shift": shift.shift.title, "start": shift.start, "end": shift.end}
            yield Line("shift", Text(_SHIFT.en, _SHIFT.zh, parts), at=shift.end)

    def _change(self, change: Change, begun: Event | None, due: Due | None) -> Iterator[Line]:
        parts = {
            "event": change.event.type.title,
            "by": self.state.people.name_of(change.event.by),
            "why": change.why,
        }
        match change.what:
            case "tier":
                yield _of_event("tier", _TIER, change.event, parts)
                yield from self._promise(change.promise)
                yield from result_lines(Reckoned(change.due))
            case "paused":
                yield _of_event("paused", _PAUSED, change.event, parts)
            case "resumed":
                yield _of_event("resumed", _RESUMED, change.event, parts)
                if begun and due:
                    yield from self._moved(_Pause(begun, change.event), due, change.promise)
                yield from result_lines(Reckoned(change.due))
            case "extended" | "cut":
                sentence = _CUT if change.what == "cut" else _EXTENDED
                extend = self.deadline.limit.extend
                parts["cap"] = extend.up_to.text if extend else ""
                yield _of_event(change.what, sentence, change.event, parts)
                yield from result_lines(Reckoned(change.due))
            case "void":
                yield _of_event("void", _VOID, change.event, parts)

    def _moved(self, pause: _Pause, due: Due, promise: Promise) -> Iterator[Line]:
        """How far a pause moved the due instant, on the clock of the promise."""
        span = promise.within or Span(0, "day" if due.day_end else "hour")
        begun, ended = pause.begun.when, pause.ended.when
        first, last = (day_of(each.at, self.timetable.zone) for each in (begun, ended))
        due_day = due.last or day_of(due.printed, self.timetable.zone)
        if span.unit == "working day" and self.timetable.calendar:
            days = self.timetable.calendar.count(first, last)
            yield _stood(Span(days, "working day").text if days else _NOTHING)
            yield from self._while_announced(counted(due_day, days, self.timetable.calendar))
        elif span.unit in CALENDAR:
            yield _stood(Span((last - first).days, "day").text if last > first else _NOTHING)
        elif span.unit == "working hour" and self.timetable.hours:
            spent = self.timetable.hours.between(begun.at, ended.at) * MICRO
            yield _stood(in_words(spent))
            yield from self._while_announced(worked(due.at, spent, self.timetable))
        else:
            yield _stood(in_words(ended.at - begun.at))

    def _while_announced(self, lines: Iterator[Line]) -> Iterator[Line]:
        """The lines up to the year that is not announced; the problem is told after them."""
        try:
            yield from lines
        except NotAnnounced:
            return

    def _end(self, event: Event) -> Line:
        met, zone = self.deadline.met, self.timetable.zone
        outcome = _OUTCOMES[self.deadline.outcome]
        parts = {"event": event.type.title, "met": met.at if met else event.at, "outcome": outcome}
        is_agreed = met is not None and met != event.when
        sentence = _ENDS_AGREED if is_agreed else _ENDS
        day = day_of(event.at, zone)
        return Line(
            "end", Text(sentence.en, sentence.zh, parts), day, None if event.when.whole_day else event.at
        )

    def _count(self) -> int:
        """The number of the step that began it; of the last one up to then where a lapse did, which nobody writes."""
        begun, steps = self.deadline.started_by, self.state.steps
        own = next((n for n, step in enumerate(steps) if step.event is begun), None)
        return own if own is not None else max(n for n, step in enumerate(steps) if step.event.at <= begun.at)

    def _course(self) -> Course:
        return Course(self.state.steps, self.state.posts, self.timetable, self.counting)


def _of_event(what: What, sentence: Text, event: Event, parts: dict[str, Any] | None = None) -> Line:
    said = Text(sentence.en, sentence.zh, parts or {"event": event.type.title})
    return Line(what, said, event.day, None if event.when.whole_day else event.at)


def _stood(amount: Text) -> Line:
    return Line("moved", Text(_STOOD.en, _STOOD.zh, {"amount": amount}))


def _told(event: Event, name: str) -> str:
    return str(event.told.get(name, "–")).replace("T", " ")


_STARTS = Text("'{event}' starts the clock", "“{event}”开始计时")
_WITHIN = Text("promised: {span}", "承诺：{span}")
_WITHIN_DAYS = Text("promised: {span}; {first}", "承诺：{span}；{first}")
_AGREED = Text("the time agreed in '{event}': {told}", "“{event}”中约定的时间：{told}")
_NOON = Text(
    "{clock} of the day agreed in '{event}', or the agreed time if that is earlier: {told}",
    "“{event}”所约当日的 {clock}，约定时间更早的从其约定：{told}",
)
_TOLD = Text("the shift ends as the event says: {told}", "事件写明本班结束时间：{told}")
_SHIFT = Text("{shift}, from {start} until {end}", "{shift}，{start} 至 {end}")
_TIER = Text(
    "after '{event}' another span holds, from the same start", "“{event}”之后改用另一档期限，起点不变"
)
_PAUSED = Text("'{event}' stops the clock", "“{event}”暂停计时")
_RESUMED = Text("'{event}' sets it going again", "“{event}”恢复计时")
_STOOD = Text("the clock stood still for {amount} of its own time", "暂停期间按该时限自身的算法共 {amount}")
_NOTHING = Text("nothing", "零")
_EXTENDED = Text(
    "'{event}' by {by} extends it (at most {cap} from the start)",
    "{by} 的“{event}”准予延期（自起点最长 {cap}）",
)
_CUT = Text(
    "'{event}' by {by} extends it, cut to {cap} from the start", "{by} 的“{event}”准予延期，截至自起点 {cap}"
)
_VOID = Text("'{event}' by {by} does not count: {why}", "{by} 的“{event}”不成立：{why}")
_ENDS = Text("'{event}' at {met}: {outcome}", "“{event}”（{met}）：{outcome}")
_ENDS_AGREED = Text(
    "'{event}' agrees on {met}, which counts in place of its own instant: {outcome}",
    "“{event}”约定于 {met}，以此为准：{outcome}",
)
_OUTCOMES = {
    "met": Text("in time", "按期"),
    "breached": Text("late", "逾期"),
    "not_applicable": Text("no longer applies", "不再适用"),
    "superseded": Text("a new clock takes its place", "由新的计时取代"),
    "indeterminate": Text("cannot be judged", "无法判断"),
}
