"""The days off of a year as the package `holidays` has them; the one place that asks it, and only for `calendar update`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from typing import Any, NamedTuple

from casework.deeds.refused import Refused
from casework.words import Text

OLDEST = (0, 92)  # the first release that is right for China's 2019
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


class Origin(NamedTuple):
    """What a calendar is called in the package. ``is_by_rule``: it reckons any year, and knows none as announced."""

    country: str
    subdivision: str | None
    languages: tuple[str, str]  # English, Chinese; the same twice where it has no Chinese
    is_by_rule: bool = True
    first_month: int = 1  # 12: a notice speaks of the December before its year, and not of its own
    is_in_runs: bool = False  # a holiday is announced with the weekend it touches, under one name


ORIGINS: Mapping[str, Origin] = {
    "cn": Origin("CN", None, ("en_US", "zh_CN"), is_by_rule=False, first_month=12, is_in_runs=True),
    "england-wales": Origin("GB", "ENG", ("en_GB", "en_GB")),
}
"""Calendars by the names of their files. Hong Kong is not among them: the package has wrong days for it (2023-10-03)."""


@dataclass(frozen=True)
class Year:
    """The days off and the make-up days that belong to one year's notice, each with its name."""

    off: Mapping[date, Text] = field(default_factory=dict)
    work: Mapping[date, Text] = field(default_factory=dict)


def version() -> str:
    """The package's version; Refused where it is not installed, or too old to be right."""
    try:
        told = installed("holidays")
    except PackageNotFoundError:
        raise Refused(_ABSENT) from None
    if tuple(map(int, re.findall(r"\d+", told)[:2])) < OLDEST:
        raise Refused(Text(_OLD.en, _OLD.zh, {"version": told}))
    return told


def span_of(origin: Origin, year: int) -> list[date]:
    """The days that the notice for a year speaks of."""
    first = date(year - (origin.first_month > 1), origin.first_month, 1)
    end = date(year + (origin.first_month == 1), origin.first_month, 1)
    return [first + timedelta(days=n) for n in range((end - first).days)]


def is_known(origin: Origin, year: int) -> bool:
    """Whether the package has the year's notice. Without make-up days it only has the statutory days, and guesses."""
    told = _asked(origin, year, 1)
    return not origin.is_by_rule and not set(span_of(origin, year)).isdisjoint(told.weekend_workdays)


def year_of(origin: Origin, year: int, weekend: frozenset[int]) -> Year:
    """A year as the package has it; ``weekend`` (from Monday = 0) is the calendar's, not the package's."""
    english, chinese = (_asked(origin, year, n) for n in (0, 1))
    days = span_of(origin, year)
    work = {day for day in days if day in english.weekend_workdays}
    off = [day for day in days if day in english and day not in work]
    named = {day: Text(_plain(english[day]), _plain(chinese[day])) for day in off}
    if not origin.is_in_runs:
        return Year(named)
    runs = [*_runs(days, set(off), work, weekend)]
    names = {day: _run_name(run, named) for run in runs for day in run}
    made_up = {_made_up(chinese[day]): names[day] for day in off}
    return Year(names, {day: made_up.get(day) or names[_nearest(day, names)] for day in sorted(work)})


def _asked(origin: Origin, year: int, language: int) -> Any:
    """The package's own object; the year before is asked too, for a notice may speak of its December."""
    import holidays

    return holidays.country_holidays(
        origin.country,
        subdiv=origin.subdivision,
        years=(year - 1, year),
        language=origin.languages[language],
        expand=False,
    )


def _runs(days: list[date], off: set[date], work: set[date], weekend: frozenset[int]) -> Iterator[list[date]]:
    """Days off on end, with the weekend days they touch; a weekend alone is none, nor one of the year before."""
    run: list[date] = []
    for day in [*days, days[-1] + timedelta(days=1)]:
        is_own = day in off or (day.weekday() in weekend and day not in work and day.year == days[-1].year)
        if is_own and day in days:
            run.append(day)
            continue
        if not off.isdisjoint(run):
            yield run
        run = []


def _run_name(run: list[date], named: Mapping[date, Text]) -> Text:
    """The holidays of a run, in order, each once; days that are only exchanged for others have no name of their own."""
    told = [Text(_own(named[day].en), _own(named[day].zh)) for day in run if day in named]
    names = list(dict.fromkeys((name.en, name.zh) for name in told if not _made_up(name.zh)))
    return Text(" and ".join(en for en, _ in names), "、".join(zh for _, zh in names))


def _nearest(day: date, names: Mapping[date, Text]) -> date:
    return min(names, key=lambda other: abs(other - day))


def _made_up(name: str) -> date | None:
    """The make-up day that the name of a day off tells of (“休息日（由 2026-02-14 调休）”)."""
    found = _ISO.search(name)
    return date.fromisoformat(found[0]) if found else None


def _plain(name: str) -> str:
    """A holiday's name in our words; of two on one day, the one that was not moved there."""
    parts = name.split("; ")
    kept = next((part for part in parts if "observed" not in part and "补假" not in part), parts[0])
    return _SAME.get(kept, kept.replace("(observed)", "(substitute day)"))


def _own(name: str) -> str:
    """The name of a holiday without the remark that it was moved."""
    plain = re.sub(r" ?[(（](substitute day|补假)[)）]", "", name)
    return _SAME.get(plain, plain)


_SAME = {  # what the package calls apart is one holiday in the notices
    "Chinese New Year's Eve": "Spring Festival",
    "Chinese New Year (Spring Festival)": "Spring Festival",
    "Tomb-Sweeping Day": "Qingming Festival",
    "Labor Day": "Labour Day",
    "农历除夕": "春节",
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
}
_ABSENT = Text(
    "this needs the package 'holidays' (0.92 or newer), which nothing else does: pip install 'holidays>=0.92'",
    "此命令需要 holidays 软件包（0.92 或更新版本），其他命令都不需要：pip install 'holidays>=0.92'",
)
_OLD = Text(
    "holidays {version} has wrong days for China: pip install 'holidays>=0.92'",
    "holidays {version} 的中国假日有误：pip install 'holidays>=0.92'",
)
