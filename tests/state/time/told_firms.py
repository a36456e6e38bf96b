"""Random calendars, office hours and promises, told as the published vectors are, for hypothesis to draw."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casework.state.hours import Stretch
from casework.state.instant import Instant
from casework.state.reckoning import Reckoned, moved, reckoned
from casework.state.span import Span, span_from
from casework.state.timetable import Timetable
from hypothesis import strategies as st
from timely import CHOICES, calendar, counting, firm, stretches

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PLACES = {  # a zone, and years in which its clock was turned in some odd way
    "Asia/Shanghai": (1986, 1991),  # summer time
    "Europe/Berlin": (2024, 2026),
    "America/New_York": (2005, 2008),  # the rule changed in 2007
    "America/Sao_Paulo": (2015, 2019),  # at midnight, until 2019
    "Asia/Tehran": (2020, 2022),  # at midnight, and given up
    "Australia/Lord_Howe": (2024, 2026),  # half an hour
    "Asia/Kathmandu": (2024, 2026),  # never, at an odd offset
    "UTC": (2023, 2025),
}
CLOCKS = ("00:00", "06:00", "08:30", "09:00", "12:00", "13:15", "17:30", "18:00", "21:59", "24:00")
SPANS = ("minute", "hour", "day", "month", "year", "working day", "working hour")


class Told(NamedTuple):
    """A vector without an answer, the file it stands in, and the same firm as the tool has it."""

    file: dict[str, Any]
    vector: dict[str, Any]
    table: Timetable

    @property
    def start(self) -> Instant:
        return Instant(datetime.fromisoformat(self.vector["from"]).astimezone(UTC))

    @property
    def span(self) -> Span:
        told = span_from(self.vector["span"])
        assert told
        return told

    def due(self) -> Reckoned:
        how = counting(**self.vector["counting"])
        found = reckoned(self.start, self.span, self.table, how)
        for begun, ended in self.vector["pauses"]:
            pause = [Instant(datetime.fromisoformat(each).astimezone(UTC)) for each in (begun, ended)]
            if found.due:
                found = moved(found.due, self.span, (pause[0], pause[1]), self.table, how)
        return found


def hours_of_a_day(chance: Random) -> list[list[str]]:
    """Up to two stretches, one after the other; they may touch, and there may be none."""
    cuts = sorted(chance.sample(CLOCKS, chance.choice([0, 2, 2, 3, 4, 4])))
    return [[a, b] for a, b in zip(cuts[::2], cuts[1::2], strict=False)]


@st.composite
def moments(draw: st.DrawFn, zone: str) -> datetime:
    first, last = PLACES[zone]
    at = draw(st.datetimes(datetime(first, 1, 1), datetime(last, 12, 31), timezones=st.just(UTC)))
    return at.replace(microsecond=0, second=draw(st.sampled_from([0, 0, 1, 59])))


SEEDS = st.integers(0, 2**32).map(
    Random
)  # a calendar is drawn at once: hypothesis would draw each of its days


@st.composite
def firms(draw: st.DrawFn, zone: str, around: date, years: bool = False) -> tuple[dict[str, Any], Timetable]:
    """The calendars and office hours of a file, and the same as a timetable that opens some time of every week."""
    chance = draw(SEEDS)
    weekend = chance.choice([["sat", "sun"], ["sat", "sun"], ["sun"], ["fri", "sat"], []])
    near = [around + timedelta(days=n) for n in range(-10, 50)]
    off = chance.sample(near, chance.randrange(15))
    work = [day for day in chance.sample(near, chance.randrange(9)) if day not in off]
    hours = {day: hours_of_a_day(chance) for day in WEEK if day not in weekend}
    hours["wed"] = hours["wed"] or [["09:00", "17:30"]]
    short = {chance.choice(near): hours_of_a_day(chance)} if chance.random() < 0.5 else {}
    made_up = hours_of_a_day(chance)
    known = [around.year, around.year + 1][: chance.randint(1, 2)] if years else None
    told = {"weekend": weekend, "off": [*map(str, off)], "work": [*map(str, work)], "years": known}
    work += [day for day in short if day not in off + work]
    told["work"] = [*map(str, work)]
    short = {day: each for day, each in short.items() if day not in off}
    days = calendar(off, work, map(WEEK.index, weekend), known)
    if known and chance.random() < 0.5:
        told["unsettled_from"] = f"{known[-1]}-12-20"
        days = type(days)(days.name, days.weekend, days.special, days.years, (12, 20))
    open_hours = {WEEK.index(day): stretches(*map(tuple, each)) for day, each in hours.items()}
    shorter: dict[date, tuple[Stretch, ...]] = {
        day: stretches(*map(tuple, each)) for day, each in short.items()
    }
    table = firm(days, ZoneInfo(zone), open_hours, stretches(*map(tuple, made_up)), shorter)
    every = {**hours, "make-up": made_up, **{str(day): each for day, each in short.items()}}
    return {"calendars": {"c": told}, "office_hours": {"h": every}, "defaults": counting()._asdict()}, table


@st.composite
def promises(draw: st.DrawFn, units: tuple[str, ...] = SPANS, years: bool = True, pauses: int = 2) -> Told:
    """A promise of a random firm, with random options and pauses that begin soon after its start."""
    zone = draw(st.sampled_from([*PLACES]))
    start = draw(moments(zone))
    file, table = draw(firms(zone, start.astimezone(ZoneInfo(zone)).date(), years))
    unit = draw(st.sampled_from(units))
    n = draw(st.integers(1, 9 if unit == "working hour" else 30))
    told = {option: draw(st.sampled_from(values)) for option, values in CHOICES.items()}
    vector = {
        "calendar": "c",
        "office_hours": "h",
        "zone": zone,
        "from": start.astimezone(ZoneInfo(zone)).isoformat(),
        "span": f"{n} {unit}s",
        "counting": told,
        "pauses": draw(_pauses(start, pauses, ZoneInfo(zone))),
    }
    return Told(file, vector, table)


@st.composite
def _pauses(draw: st.DrawFn, start: datetime, most: int, zone: ZoneInfo) -> list[list[str]]:
    """Whole minutes, one after the other."""
    gaps = st.sampled_from([0, 1, 30, 60, 600, 1440, 3000])
    found, at = [], start.replace(second=0) + timedelta(minutes=1)
    for _ in range(draw(st.integers(0, most))):
        begun = at + draw(gaps) * timedelta(minutes=1)
        at = begun + draw(gaps) * timedelta(minutes=1)
        found.append([begun.astimezone(zone).isoformat(), at.astimezone(zone).isoformat()])
    return found
