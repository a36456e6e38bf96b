"""How a due instant came about, step by step, so that another person can count it again and land on the same instant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from casework.state.calendar import Calendar, NotAnnounced
from casework.state.counting import Counting
from casework.state.hours import Stretch
from casework.state.instant import Instant, clock_on, day_of
from casework.state.reckoning import Reckoned, day_zero, reckoned, rolled_off
from casework.state.span import CALENDAR, CLOCK, WORKING, Span, later_day
from casework.state.timetable import Timetable
from casework.words import Text

What = Literal[
    "start", "late", "elapsed", "counted", "skipped", "open", "moved", "due", "provisional", "problem",
    "promise", "agreed", "shift", "tier", "extended", "cut", "void", "paused", "resumed", "end",
]  # fmt: skip


class Line(NamedTuple):
    """One step: of a local ``day`` or at an instant (UTC). ``n`` is the number a counted day got; hours stand in ``spent``."""

    what: What
    text: Text
    day: date | None = None
    at: datetime | None = None
    n: int | None = None
    spent: timedelta | None = None
    notice: Text | None = None


def account_of(start: Instant, span: Span, timetable: Timetable, counting: Counting) -> Iterator[Line]:
    """The steps from a start to the end of a span; what is counted is counted here one by one, not looked up."""
    first = first_day_of(span, counting)
    sentence = Text(_STARTS_ON.en, _STARTS_ON.zh, {"first": first}) if first else _STARTS
    yield Line("start", sentence, day_of(start.at, timetable.zone), None if start.whole_day else start.at)
    result = reckoned(start, span, timetable, counting)
    try:
        if result.due or result.problem is None or timetable.calendar:
            yield from _steps(start, span, timetable, counting)
    except NotAnnounced:
        pass  # told by the result
    yield from result_lines(result)


def first_day_of(span: Span, counting: Counting) -> Text | None:
    """Whether the first day counts, in words; None for clocks of minutes and hours."""
    return None if span.unit in (*CLOCK, "working hour") else _FIRST_DAY[counting.first_day]


def _steps(start: Instant, span: Span, timetable: Timetable, counting: Counting) -> Iterator[Line]:
    if span.unit in CLOCK:
        if not start.whole_day:
            yield Line("elapsed", Text(_ELAPSED.en, _ELAPSED.zh, {"span": span.text}))
        return
    if span.unit == "working hour":
        if not start.whole_day and timetable.hours:
            yield from worked(start.at, timedelta(hours=span.n), timetable)
        return
    if span.unit in WORKING and timetable.calendar is None:
        return
    first = day_zero(start, span, timetable, counting)
    day = day_of(start.at, timetable.zone)
    if first != day:
        yield Line("late", Text(_LATE.en, _LATE.zh, {"cutoff": counting.cutoff or "–", "day": first}), first)
    if span.unit in CALENDAR:
        yield from _calendar_days(first, span, timetable, counting)
    elif timetable.calendar:
        is_first = counting.first_day == "counted" and timetable.calendar.works_on(first)
        yield from counted(first - timedelta(days=is_first), span.n, timetable.calendar)


def counted(after: date, n: int, calendar: Calendar) -> Iterator[Line]:
    """Each day after a day until ``n`` are worked: counted with its number, or skipped with its reason."""
    day, done = after, 0
    while done < n:
        day += timedelta(days=1)
        if calendar.works_on(day):
            done += 1
            yield Line("counted", calendar.why(day), day, n=done, notice=calendar.notice(day))
        else:
            yield Line("skipped", calendar.why(day), day, notice=calendar.notice(day))


def worked(start: datetime, wanted: timedelta, timetable: Timetable) -> Iterator[Line]:
    """Each stretch of office hours after an instant until enough open time has passed; each day without, with its reason."""
    calendar, hours = timetable.calendar, timetable.hours
    assert calendar and hours
    day, left = day_of(start, timetable.zone), wanted
    while left > timedelta(0):
        stretches = hours.of(day)
        if not stretches:
            why = calendar.why(day) if not calendar.works_on(day) else _NO_HOURS
            yield Line("skipped", why, day, notice=calendar.notice(day))
        for stretch in stretches:
            opens, closes = (clock_on(day, minute, timetable.zone) for minute in stretch)
            spent = min(left, closes - max(opens, start))
            if spent > timedelta(0):
                left -= spent
                yield Line(
                    "open", _open(stretch), day, max(opens, start) + spent, None, spent, calendar.notice(day)
                )
            if left <= timedelta(0):
                return
        day += timedelta(days=1)


def _calendar_days(first: date, span: Span, timetable: Timetable, counting: Counting) -> Iterator[Line]:
    zero = first - timedelta(days=counting.first_day == "counted")
    last = later_day(zero, span, counting.month_end)
    parts = {"first": zero + timedelta(days=1), "last": last, "span": span.text}
    sentence = _DAYS if span.unit == "day" else _MONTHS
    yield Line("counted", Text(sentence.en, sentence.zh, parts), last, n=span.n)
    if counting.roll != "none" and timetable.calendar:
        calendar = timetable.calendar
        rolled = rolled_off(last, calendar, counting)
        if rolled != last:
            yield Line(
                "moved", Text(_ROLLED.en, _ROLLED.zh, {"why": calendar.why(last), "day": rolled}), rolled
            )


def result_lines(result: Reckoned) -> Iterator[Line]:
    """The due instant, or the problem why there is none; and whether a notice may still move it."""
    if result.problem:
        yield Line("problem", result.problem)
    if result.due:
        sentence = _DUE_BEFORE if result.due.printed != result.due.at else _DUE
        yield Line(
            "due",
            Text(sentence.en, sentence.zh, {"due": result.due.printed, "end": result.due.at}),
            at=result.due.printed,
        )
    if result.awaits:
        yield Line("provisional", Text(_AWAITS.en, _AWAITS.zh, {"year": result.awaits}))


def _open(stretch: Stretch) -> Text:
    told = [f"{minute // 60:02}:{minute % 60:02}" for minute in stretch]
    return Text("open {from_}–{until}", "办公 {from_}–{until}", {"from_": told[0], "until": told[1]})


def in_words(spent: timedelta) -> Text:
    """A stretch of time in hours and minutes, seconds where there are any."""
    seconds = spent // timedelta(seconds=1)
    hours, minutes, left = seconds // 3600, seconds // 60 % 60, seconds % 60
    told = [(hours, "h", "小时"), (minutes, "min", "分"), (left, "s", "秒")]
    some = [each for each in told if each[0]] or [told[1]]
    return Text(" ".join(f"{n} {en}" for n, en, _ in some), " ".join(f"{n} {zh}" for n, _, zh in some))


_STARTS = Text("the clock starts", "开始计算")
_STARTS_ON = Text("the clock starts; {first}", "开始计算；{first}")
_FIRST_DAY = {
    "not-counted": Text("the day of the start is not counted", "起算当日不计入"),
    "counted": Text("the day of the start is counted", "起算当日计入"),
    "after-roll": Text("the working day it counts from is not counted", "起算的工作日不计入"),
}
_ELAPSED = Text("{span} pass; nights, weekends and holidays count", "经过 {span}；夜间、周末和节假日照算")
_LATE = Text("this counts as received on {day} (cut-off {cutoff})", "视为 {day} 收到（截止时刻 {cutoff}）")
_NO_HOURS = Text("no office hours that day", "当天没有办公时间")
_DAYS = Text(
    "{span}, counted from {first}: every day counts, and {last} is the last",
    "自 {first} 起算 {span}：每天都算，最后一天是 {last}",
)
_MONTHS = Text("{span} on: the last day is {last}", "经过 {span}：最后一天是 {last}")
_ROLLED = Text("that is {why}: the last day moves to {day}", "当天为{why}：最后一天移至 {day}")
_DUE = Text("due by {due}, that instant included", "应于 {due} 前完成（含该时刻）")
_DUE_BEFORE = Text("due by {due}: from {end} on it is late", "最迟 {due}，自 {end} 起为逾期")
_AWAITS = Text(
    "provisional: the notice for {year} may still change the last days of the year before",
    "暂定：{year} 年的放假通知仍可能调整上年末几天",
)
