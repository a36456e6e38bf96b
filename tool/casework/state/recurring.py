"""What the firm itself owes at every turn of the calendar: the periods, their due instants, and what was done (4.12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casework.records.record import Flaw, Record
from casework.state.calendar import NotAnnounced
from casework.state.instant import Instant, instant_from, midnight
from casework.state.policy import Policy, Recurring, Window
from casework.state.reckoning import reckoned
from casework.state.span import Due, Span, end_of_day, later_day, span_from
from casework.state.state import State
from casework.state.timetable import Timetable
from casework.words import Place, Text


class Done(NamedTuple):
    """One entry of a month.yaml, or an event that counts as one: which duty, for which period and unit, when."""

    duty: str
    period: str
    unit: str
    when: Instant
    place: Place


class Period(NamedTuple):
    """A whole period by its name (``2026-11-03``, ``2026-W45``, ``2026-11``, ``2026-Q4``, ``2026-H2``, ``2026``)."""

    name: str
    first: date
    last: date


class Turn(NamedTuple):
    """One period of a recurring duty for one unit; ``done`` is when it was done in full, None if it was not."""

    duty: Recurring
    period: Period
    unit: str
    due: Due | None
    done: Instant | None

    def status(self, at: datetime) -> str:
        """running, met, breached (done late) or overdue as of an instant; unset where no due is set."""
        if self.done and self.done.at <= at:
            return "breached" if self.due and self.due.is_passed(self.done.at) else "met"
        if self.due is None:
            return "unset"
        return "overdue" if self.due.is_passed(at) else "running"


def done_from(record: Record, zone: ZoneInfo, flaws: list[Flaw]) -> Iterator[Done]:
    """The duties that a month.yaml says were done; an instant that is none becomes a flaw."""
    for n, told in enumerate(record.value.get("duties") or ()):
        when = instant_from(told["at"], zone)
        if isinstance(when, Text):
            flaws.append(Flaw(record.place("duties", n, "at"), when))
        else:
            place = record.place("duties", n, "duty")
            yield Done(told["duty"], str(told["period"]), told.get("unit", ""), when, place)


def done_in_cases(policy: Policy, states: Iterable[State]) -> Iterator[Done]:
    """Events of cases that a recurring duty produces: for the unit they name, else for the complainant (MA-13)."""
    produced = {duty.produce for duty in policy.recurring}
    for state in states:
        for step in state.steps if state.policy.id == policy.id else ():
            for name in sorted(produced & step.event.kinds):
                place = state.case.place(step.event)
                units = {
                    "",
                    *map(str, (step.event.told.get("unit") or "", step.facts.get("complainant") or "")),
                }
                yield from (Done(name, "", unit, step.event.when, place) for unit in sorted(units))


def turns_of(
    policy: Policy,
    since: date,
    units: Mapping[str, Mapping[str, Any]],
    done: Sequence[Done],
    time: Timetable,
    at: datetime,
) -> Iterator[Turn]:
    """Every turn of every recurring duty, for the whole periods that began after ``since`` and ended by ``at``."""
    today = at.astimezone(time.zone).date()
    begun = max(policy.in_force_from, since)
    for duty in policy.recurring:
        told = [each for each in done if each.duty in (duty.name, duty.produce)]
        for period in periods_of(duty, begun, today, time):
            if not midnight(period.last + timedelta(days=1), time.zone) <= at:
                continue
            due = _due_of(duty, period, policy, time)
            for unit in _units_of(duty, period, units):
                whens = sorted(_counting_for(told, period, unit, time), key=lambda each: each.at)
                met = whens[duty.at_least - 1] if len(whens) >= duty.at_least else None
                yield Turn(duty, period, unit, due, met)


def _counting_for(told: Sequence[Done], period: Period, unit: str, time: Timetable) -> Iterator[Instant]:
    for each in told:
        day = each.when.at.astimezone(time.zone).date()
        is_of_period = each.period == period.name if each.period else period.first <= day <= period.last
        if is_of_period and (not unit or each.unit == unit):
            yield each.when


def _units_of(duty: Recurring, period: Period, units: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The units of the kind that were in being on the period's last day; one nameless turn where it is owed once."""
    if not duty.per:
        return [""]
    last = period.last.isoformat()
    return [
        name
        for name, told in units.items()
        if told.get("kind") == duty.per
        and str(told.get("from", "")) <= last <= str(told.get("until", "9999"))
    ]


def periods_of(duty: Recurring, since: date, until: date, time: Timetable) -> Iterator[Period]:
    """The whole periods from one day to another, both included."""
    if duty.every == "unset":
        return
    made = _windows(duty.windows, since, until) if duty.windows else _EVERY[duty.every](since, until, time)
    for period in made:
        if since <= period.first and period.last <= until:
            yield period


def _days(since: date, until: date, time: Timetable) -> Iterator[Period]:
    for n in range((until - since).days + 1):
        day = since + timedelta(days=n)
        yield Period(day.isoformat(), day, day)


def _working_days(since: date, until: date, time: Timetable) -> Iterator[Period]:
    """Working days as far as they are announced."""
    try:
        for period in _days(since, until, time):
            if time.calendar and time.calendar.works_on(period.first):
                yield period
    except NotAnnounced:
        return


def _weeks(since: date, until: date, time: Timetable) -> Iterator[Period]:
    monday = since - timedelta(days=since.weekday())
    while monday <= until:
        year, week, _ = monday.isocalendar()
        yield Period(f"{year}-W{week:02}", monday, monday + timedelta(days=6))
        monday += timedelta(days=7)


def _months(length: int, name: str) -> Any:
    def made(since: date, until: date, time: Timetable) -> Iterator[Period]:
        first = date(since.year, 1, 1)
        while first <= until:
            after = later_day(first, Span(length, "month"), "last-day")
            number = (first.month - 1) // length + 1
            yield Period(name.format(year=first.year, n=number), first, after - timedelta(days=1))
            first = after

    return made


_EVERY: Mapping[str, Any] = {
    "day": _days,
    "working day": _working_days,
    "week": _weeks,
    "month": _months(1, "{year}-{n:02}"),
    "quarter": _months(3, "{year}-Q{n}"),
    "half-year": _months(6, "{year}-H{n}"),
    "year": _months(12, "{year}"),
}


def _windows(windows: Sequence[Window], since: date, until: date) -> Iterator[Period]:
    """Windows of the year, named by the year they end in and their number: ``2026-H1`` of two, ``2026-Q3`` of four."""
    letter = "H" if len(windows) <= 2 else "Q"
    for year in range(since.year, until.year + 2):
        for n, window in enumerate(windows, 1):
            last = _day(year, window.last)
            first = _day(year - 1 if window.first > window.last else year, window.first)
            yield Period(f"{year}-{letter}{n}", first, last)


def _due_of(duty: Recurring, period: Period, policy: Policy, time: Timetable) -> Due | None:
    named = f"{period.name[5:]}"
    for n, window in enumerate(duty.windows, 1):
        if named.endswith(str(n)):
            return end_of_day(_next(window.due, period.last), time.zone)
    if duty.due == "end of period":
        return end_of_day(period.last, time.zone)
    if duty.due == "end of next month":
        last = later_day(period.last.replace(day=1), Span(2, "month"), "last-day") - timedelta(days=1)
        return end_of_day(last, time.zone)
    span = span_from(duty.due)
    if span is None:
        return end_of_day(_next(duty.due, period.last), time.zone)
    start = Instant(midnight(period.last, time.zone), True)
    return reckoned(start, span, time, policy.counting).due if span.n else None


def _next(month_day: str, day: date) -> date:
    """The first such day of the year from a day on."""
    found = _day(day.year, month_day)
    return found if found >= day else _day(day.year + 1, month_day)


def _day(year: int, month_day: str) -> date:
    """A day of the year; 29 February is the 28th where there is none."""
    month, day = map(int, month_day.split("-"))
    return date(year, month, min(day, _length(year, month)))


def _length(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
