"""Working days: days off and make-up working days as announced, the firm's own days above them; nothing is guessed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from casework.records.record import Flaw, Record
from casework.words import Place, Text, text_from

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_NAMES = (
    Text("Monday", "星期一"), Text("Tuesday", "星期二"), Text("Wednesday", "星期三"), Text("Thursday", "星期四"),
    Text("Friday", "星期五"), Text("Saturday", "星期六"), Text("Sunday", "星期日"),
)  # fmt: skip


class NotAnnounced(Exception):
    """A count left the years whose days off are announced; it never leaves the rooms of time (CR-5)."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year

    @property
    def text(self) -> Text:
        """What is missing, and what to do."""
        return Text(_NOT_ANNOUNCED.en, _NOT_ANNOUNCED.zh, {"year": self.year})


_NOT_ANNOUNCED = Text(
    "the working days of {year} are not in the calendar: they count once the notice for that year is entered",
    "日历中没有 {year} 年的工作日安排：录入该年通知后才能计算",
)


class Special(NamedTuple):
    """A day that is not as its weekday: off or worked, what for, and the notice that says so."""

    works: bool
    name: Text
    notice: Text | None = None  # None for the firm's own days


@dataclass(frozen=True, eq=False)
class Calendar:
    """Which local days are worked. ``years`` are those announced; None where nothing has to be announced."""

    name: Text
    weekend: frozenset[int]  # weekdays from Monday = 0
    special: Mapping[date, Special] = field(default_factory=dict, repr=False)
    years: frozenset[int] | None = None
    unsettled_from: tuple[int, int] | None = (
        None  # (month, day): the next year's notice may still change what follows
    )

    def works_on(self, day: date) -> bool:
        """Whether a day is worked; NotAnnounced if its year is not."""
        self._covers(day.year)
        told = self.special.get(day)
        return told.works if told else day.weekday() not in self.weekend

    def why(self, day: date) -> Text:
        """Why a day counts or not: its holiday, its make-up day, or the weekday it is."""
        weekday, told = WEEKDAY_NAMES[day.weekday()], self.special.get(day)
        if told is None:
            return weekday
        is_made_up = told.works and day.weekday() in self.weekend
        sentence = _MADE_UP if is_made_up else _WORKED if told.works else _OFF
        return Text(sentence.en, sentence.zh, {"weekday": weekday, "name": told.name})

    def notice(self, day: date) -> Text | None:
        """The notice a day off or a make-up day comes from, if any."""
        told = self.special.get(day)
        return told.notice if told else None

    def after(self, day: date, n: int) -> date:
        """The ``n``-th working day after a day, n ≥ 1; NotAnnounced beyond the years announced."""
        year, table = day.year, self._table(day.year)
        index = bisect_right(table, day.toordinal()) + n - 1
        while index >= len(table):
            index -= len(table)
            year += 1
            table = self._table(year)
        return date.fromordinal(table[index])

    def before(self, day: date) -> date:
        """The last working day before a day."""
        while True:
            day -= timedelta(days=1)
            if self.works_on(day):
                return day

    def on_or_after(self, day: date) -> date:
        """The day itself if it is worked, else the next that is."""
        return day if self.works_on(day) else self.after(day, 1)

    def count(self, a: date, b: date) -> int:
        """How many working days lie in (a, b]; 0 if b is not later."""
        if b <= a:
            return 0
        whole = sum(len(self._table(year)) for year in range(a.year, b.year))
        return whole + self._rank(b) - self._rank(a)

    def awaits(self, day: date) -> int:
        """The year whose notice may still move a count that reaches this day; 0 where none can (CR-5)."""
        since = self.unsettled_since
        return since.year + 1 if since and day >= since else 0

    @cached_property
    def unsettled_since(self) -> date | None:
        """The first day of the last announced year that the next year's notice may still change, if any."""
        if not self.years or not self.unsettled_from:
            return None
        month, day = self.unsettled_from
        return date(max(self.years), month, 1) + timedelta(days=day - 1)  # 02-29 may be no day of that year

    def _rank(self, day: date) -> int:
        return bisect_right(self._table(day.year), day.toordinal())

    @cached_property
    def _tables(self) -> dict[int, tuple[int, ...]]:
        return {}

    def _table(self, year: int) -> tuple[int, ...]:
        """The ordinals of a year's working days, in order: never empty, for a weekend leaves a day (schema)."""
        table = self._tables.get(year)
        if table is None:
            self._covers(year)
            days = map(
                date.fromordinal, range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
            )
            table = self._tables[year] = tuple(day.toordinal() for day in days if self.works_on(day))
        return table

    def _covers(self, year: int) -> None:
        if year >= MAXYEAR or (self.years is not None and year not in self.years):
            raise NotAnnounced(year)


_MADE_UP = Text("{weekday}, a make-up working day ({name})", "{weekday}，调休上班（{name}）")
_WORKED = Text("{weekday}, worked ({name})", "{weekday}，照常上班（{name}）")
_OFF = Text("{weekday}, off ({name})", "{weekday}，放假（{name}）")


def calendar_from(record: Record, own: Mapping[date, Special]) -> Calendar | tuple[Flaw, ...]:
    """A calendar of policies/calendars (already sound by its schema), with the firm's own days above it."""
    told, flaws = record.value, list[Flaw]()
    special: dict[date, Special] = {}
    for year, entry in (told.get("years") or {}).items():
        notice = notice_of(entry["notice"])
        for key, works in (("off", False), ("work", True)):
            for days, name in (entry.get(key) or {}).items():
                place = record.place("years", year, key, days)
                for day in days_in(days, place, flaws):
                    if day in special:
                        flaws.append(Flaw(place, Text(_TWICE.en, _TWICE.zh, {"day": day})))
                    special[day] = Special(works, text_from(name), notice)
    through = int(told["announced_through"]) if "announced_through" in told else None
    years = frozenset(
        int(year) for year in told.get("years") or {} if through is None or int(year) <= through
    )
    if through is not None and through not in years:
        flaws.append(
            Flaw(record.place("announced_through"), Text(_NO_YEAR.en, _NO_YEAR.zh, {"year": through}))
        )
    weekend = frozenset(map(WEEKDAYS.index, told["weekend"]))
    month, _, day_ = str(told.get("unsettled_from", "")).partition("-")
    return tuple(flaws) or Calendar(
        text_from(told["name"]),
        weekend,
        special | dict(own),
        None if through is None else years,
        (int(month), int(day_)) if day_ else None,
    )


def days_in(written: str, place: Place, flaws: list[Flaw]) -> Iterator[date]:
    """Every day of ``2026-10-01`` or ``2026-10-01/2026-10-08`` (both ends count); what is none becomes a flaw."""
    first, _, last = written.partition("/")
    try:
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        flaws.append(Flaw(place, Text(_NO_DAY.en, _NO_DAY.zh, {"day": written})))
        return
    if end < day or (end - day).days > 366:
        flaws.append(Flaw(place, Text(_NO_RANGE.en, _NO_RANGE.zh, {"day": written})))
        return
    for n in range((end - day).days + 1):
        yield day + timedelta(days=n)


def notice_of(told: Mapping[str, Any]) -> Text:
    """A notice as it is cited: its title, and its number where known."""
    number = told.get("number")
    title = text_from(told["title"])
    return (
        Text("{title} ({number})", "{title}（{number}）", {"title": title, "number": number})
        if number
        else title
    )


_TWICE = Text("{day} stands here twice: a day is either off or worked", "{day} 重复出现：同一天只能写一次")
_NO_DAY = Text("'{day}' is no day of the calendar", "“{day}”不是有效的日期")
_NO_RANGE = Text(
    "'{day}': a range runs from its first day to a later one, within a year",
    "“{day}”：起止日期须先后有序，且不超过一年",
)
_NO_YEAR = Text(
    "the year {year} is said to be announced, but its days are not here",
    "写明已公布至 {year} 年，但没有该年的安排",
)
