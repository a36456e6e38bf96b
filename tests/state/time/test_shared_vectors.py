"""The shared vectors of other programs' test suites: each agrees with us, or stands below with the reason why not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from casework.state.calendar import Calendar
from casework.state.hours import MICRO
from casework.state.instant import Instant, instant_from
from casework.state.reckoning import HOUR, moved, reckoned
from casework.state.span import Span, span_from
from casework.state.timetable import Timetable
from timely import at, calendar, counting, firm, stretches

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MOVED = "a local time that the clock skipped is refused, not moved: the file must write its offset"
BACKWARDS = "a promise runs forward: no span is less than one, and none is nought"
SAME_CLOCK = (
    "a promise of days ends with its last day (CR-3), not at the clock time of its start; the day agrees"
)
DISPUTED = "the file disputes it: the program it is from loses a make-up day; we say expected_by_definition"

APART = {
    **dict.fromkeys(["v131", "v135"], MOVED),
    **dict.fromkeys(["v151", "v154", "v224", "v231", "v259", "v262", "v270"], BACKWARDS),
    **dict.fromkeys(["v284", "v285", "v286", "v288", "v321", "v323", "v146"], BACKWARDS),
    **dict.fromkeys(["v219", "v261", "v276"], BACKWARDS),
    **dict.fromkeys(["v147", "v225", "v228", "v274", "v277", "v278", "v280"], SAME_CLOCK),
}


@cache
def told() -> dict[str, Any]:
    path = Path(__file__).parents[4] / "shared/data/business-time-vectors.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def where(name: str) -> Timetable:
    """A calendar of the file as a firm; its working days are those with hours."""
    entry = told()["calendars"][name]
    week = {n: stretches(*map(tuple, entry["week"][day])) for n, day in enumerate(WEEK) if entry["week"][day]}
    off = {*map(date.fromisoformat, entry["holidays"])}
    off |= {
        date.fromisoformat(f"{year}-{day}") for day in entry["holidays_yearly"] for year in range(2000, 2030)
    }
    worked = map(date.fromisoformat, entry["extra_workdays"])
    days = calendar(off, worked, (n for n in range(7) if n not in week))
    return firm(days, ZoneInfo(entry["timezone"]), week, stretches(("00:00", "24:00")))


def days_of(name: str) -> Calendar:
    days = where(name).calendar
    assert days
    return days


def moment(text: str, vector: dict[str, Any]) -> datetime:
    return at(text.replace(" ", "T"), ZoneInfo(vector["start_timezone"])).at


def in_words(instant: datetime, vector: dict[str, Any]) -> str:
    return instant.astimezone(ZoneInfo(vector["start_timezone"])).strftime("%Y-%m-%d %H:%M:%S")


def pauses(vector: dict[str, Any]) -> Iterable[tuple[datetime, datetime]]:
    return ((moment(each["from"], vector), moment(each["to"], vector)) for each in vector.get("pauses", ()))


def add_working_time(vector: dict[str, Any]) -> object:
    asked = vector.get("amount", {"seconds": vector.get("amount_seconds")})
    if min(asked.values()) <= 0 or "years" in asked:
        unit, n = next(iter(asked.items()))
        assert span_from(f"{n} working {unit}") is None
        return "error"
    amount, table = round(vector["amount_seconds"] * 1_000_000), where(vector["calendar"])
    start, hours = moment(vector["start"], vector), table.hours
    assert hours
    end = hours.after(start, amount)
    if amount % HOUR == 0:
        span = Span(amount // HOUR, "working hour")
        found = reckoned(Instant(start), span, table, counting()).due
        assert found and found.at == end
        for begun, ended in pauses(vector):
            found = moved(found, span, (Instant(begun), Instant(ended)), table, counting()).due
            assert found
        end = found.at
    else:
        assert not vector.get("pauses")
    assert end.timestamp() == vector.get("expected_epoch", end.timestamp())
    return in_words(end, vector)


def working_time_between(vector: dict[str, Any]) -> object:
    hours = where(vector["calendar"]).hours
    assert hours
    open_time = hours.between(moment(vector["start"], vector), moment(vector["end"], vector))
    open_time -= sum(hours.between(begun, ended) for begun, ended in pauses(vector))
    return open_time * MICRO / timedelta(seconds=1)


def add_working_days(vector: dict[str, Any]) -> object:
    if vector["days"] < 1:
        assert span_from(f"{vector['days']} working days") is None
        return "error"
    table, text = where(vector["calendar"]), vector["start"].replace(" ", "T")
    is_date = len(vector["expected"]) == 10
    ends = "close-of-business" if vector.get("end_of_working_day") else "24:00"
    first = "after-roll" if vector.get("nonworking_start") == "roll_first" else "not-counted"
    how = counting(day_ends=ends, first_day=first)
    found = reckoned(at(text, table.zone), Span(vector["days"], "working day"), table, how).due
    assert found
    if is_date:
        return found.printed.astimezone(table.zone).date().isoformat()
    return in_words(found.at, vector)


def is_working_day(vector: dict[str, Any]) -> object:
    return days_of(vector["calendar"]).works_on(date.fromisoformat(vector["start"]))


def normalise_local_time(vector: dict[str, Any]) -> object:
    zone = ZoneInfo(vector["start_timezone"])
    found = instant_from(vector["start"].replace(" ", "T"), zone)
    return in_words(found.at, vector) if isinstance(found, Instant) else "error"


def is_working_moment(vector: dict[str, Any]) -> object:
    hours, now = where(vector["calendar"]).hours, moment(vector["start"], vector)
    assert hours
    return hours.between(now, now + MICRO) > 0


def working_days_between(vector: dict[str, Any]) -> object:
    """[start, end) is the same number as (the day before, the day before]."""
    first, last = date.fromisoformat(vector["start"]), date.fromisoformat(vector["end"])
    back = timedelta(days=1)
    return days_of(vector["calendar"]).count(first - back, last if vector["inclusive_end"] else last - back)


def add_calendar_days_then_roll_forward(vector: dict[str, Any]) -> object:
    table = where(vector["calendar"])
    how = counting(roll="next-working-day")
    found = reckoned(at(vector["start"], table.zone), Span(vector["days"], "day"), table, how).due
    assert found
    return found.printed.astimezone(table.zone).date().isoformat()


def add_calendar(vector: dict[str, Any]) -> object:
    assert vector["amount"] == {"days": -5} and span_from("-5 days") is None
    return "error"


WAYS = {
    way.__name__: way
    for way in (
        add_working_time,
        working_time_between,
        add_working_days,
        is_working_day,
        normalise_local_time,
        is_working_moment,
        working_days_between,
        add_calendar_days_then_roll_forward,
        add_calendar,
    )
}


def wanted(vector: dict[str, Any]) -> object:
    return vector.get("expected", vector.get("expected_seconds"))


@pytest.fixture(scope="module")
def vectors(shared: Path) -> list[dict[str, Any]]:
    assert (shared / "data/business-time-vectors.json").is_file()
    found: list[dict[str, Any]] = told()["vectors"]
    return found


def test_every_vector_agrees_or_stands_in_the_table(vectors: list[dict[str, Any]]) -> None:
    disputed = {each["id"]: DISPUTED for each in vectors if "disputed" in each}
    apart = {each["id"] for each in vectors if WAYS[each["op"]](each) != wanted(each)}
    assert apart == {*APART, *disputed}
    assert len(vectors) == 232 and len(disputed) == 8


def test_of_a_disputed_vector_we_say_what_the_definition_says(vectors: list[dict[str, Any]]) -> None:
    for each in vectors:
        if "disputed" in each:
            assert working_days_between(each) == each["expected_by_definition"], each["id"]


def test_where_only_the_clock_time_is_apart_the_day_agrees(vectors: list[dict[str, Any]]) -> None:
    for each in vectors:
        if APART.get(each["id"]) == SAME_CLOCK:
            told_day, midnight_after = wanted(each), add_working_days(each)
            assert (
                str(told_day)[:10]
                == (date.fromisoformat(str(midnight_after)[:10]) - timedelta(days=1)).isoformat()
            )


def test_a_time_that_is_refused_can_be_written_with_its_offset() -> None:
    assert at("2022-03-27T02:05:12+01:00").at == datetime(2022, 3, 27, 1, 5, 12, tzinfo=UTC)


def test_the_round_trip_that_the_file_asks_for(vectors: list[dict[str, Any]]) -> None:
    """For start < stop: adding the time worked between them lands on the last moment worked before stop."""
    for each in vectors:
        if each["op"] == "working_time_between":
            hours = where(each["calendar"]).hours
            assert hours
            start, stop = moment(each["start"], each), moment(each["end"], each)
            worked = hours.between(start, stop)
            if worked:
                end = hours.after(start, worked)
                assert end <= stop and hours.between(start, end) == worked
