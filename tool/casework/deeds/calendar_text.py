"""A year put into a calendar's file, or its days replaced, as lines a person would have written; the rest untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date, timedelta
from typing import Any, NamedTuple

from casework.deeds.calendar_source import Year
from casework.records.layout import (
    indent_of,
    is_in_brackets,
    last_part,
    line_break,
    line_end_of,
    line_start,
    step_of,
)
from casework.records.patch import NOT_PROVEN, CannotEdit, set_value
from casework.records.record import Record
from casework.records.strict_yaml import read_yaml
from casework.records.write_yaml import flow, scalar
from casework.state.calendar import days_in
from casework.words import Place, Text, text_from

_PLAIN = re.compile(r"[^\W\d_][^\n,\[\]{}#:\"\\]*(?<! )\Z")  # fit to stand between brackets without quotes
UNVERIFIED = "unverified"
BY_HAND = (
    "{path}: the days of {year} stand beside remarks or other entries: change them by hand",
    "{path}：{year} 年的日子旁有注释或其他内容：请手工修改",
)


class Difference(NamedTuple):
    """A day of which file and package say different things; ``works`` and ``name`` are what the package says."""

    day: date
    works: bool
    name: Text | None  # None for a day that is like any other of its weekday


def with_year(record: Record, number: int, title: str, year: Year) -> Record:
    """The calendar with one year more behind its last, announced up to it; CannotEdit where that is unsafe."""
    text, days = record.text, _as_data(year)
    last = list(record.value["years"])[-1]
    mark = record.mark_of("years", last)
    if is_in_brackets(record, ("years",)):
        raise CannotEdit(Text(*NOT_PROVEN, {"where": "years", "line": record.place("years").line}))
    indent, step = indent_of(text, mark.key), step_of(record)
    at = _behind_remarks(text, _end(record, last), indent)
    entry = {"notice": {"title": title, "verified": UNVERIFIED}, **days}
    lines = [f"{' ' * indent}'{number}':", *_lines(entry, indent + step, step, {})]
    end = line_end_of(text, at)
    longer = text[:at] + "".join(f"{end}{line}" for line in lines) + text[at:]
    value = deepcopy(record.value)
    value["years"][str(number)] = entry
    return _announced(_proven(record, longer, value, number), number)


def with_days(record: Record, number: int, differences: Mapping[date, Difference]) -> Record:
    """The calendar with other days in a year it has, its notice no longer verified; CannotEdit where that is unsafe."""
    text, steps = record.text, ("years", str(number))
    told = record.value["years"][str(number)]
    days = _as_data(_changed(told, differences))
    here = [record.mark_of(*steps, key).key for key in ("off", "work") if key in told]
    end = _end(record, str(number))
    start = min((line_start(text, at) for at in here), default=end)
    rest = {key: each for key, each in told.items() if key not in ("off", "work")}
    if "#" in text[start:end] or is_in_brackets(record, steps) or not here:
        raise CannotEdit(Text(*BY_HAND, {"path": record.path, "year": number}))
    lines = _lines(days, indent_of(text, min(here)), step_of(record), _own_lines(record, steps, days))
    value = deepcopy(record.value)
    value["years"][str(number)] = {**rest, **days}
    longer = text[:start] + line_end_of(text, end).join(lines) + text[end:]
    changed = _proven(record, longer, value, number)
    return _scalar(changed, (*steps, "notice", "verified"), UNVERIFIED)


def _changed(told: Mapping[str, Any], differences: Mapping[date, Difference]) -> Year:
    """A year's days as the file has them, but for those that differ."""
    off, work = (
        {
            day: text_from(name)
            for written, name in (told.get(key) or {}).items()
            for day in days_in(written, Place(""), [])
            if day not in differences
        }
        for key in ("off", "work")
    )
    for each in differences.values():
        if each.name:
            (work if each.works else off)[each.day] = each.name
    return Year(off, work)


def _as_data(year: Year) -> dict[str, Any]:
    """``off`` and ``work`` as a calendar's file holds them, days on end with the same name together."""
    told = {"off": _ranges(year.off), "work": _ranges(year.work)}
    return {key: days for key, days in told.items() if days}


def _announced(record: Record, number: int) -> Record:
    told = int(record.value["announced_through"])
    return _scalar(record, ("announced_through",), number) if number > told else record


def _scalar(record: Record, steps: tuple[str, ...], value: str | int) -> Record:
    again = read_yaml(record.path, set_value(record, steps, value).encode())
    assert isinstance(again, Record)
    return again


def _end(record: Record, year: str) -> int:
    """Where the last line of a year's block ends, before its line break."""
    return line_break(record.text, last_part(record.text, record.mark_of("years", year)).end)


def _behind_remarks(text: str, at: int, indent: int) -> int:
    """Behind the comments on a year's last lines: those indented deeper than the year itself."""
    remark = re.compile(rf"(?:\r\n|\r|\n) {{{indent + 1},}}#[^\r\n]*")
    while found := remark.match(text, at):
        at = found.end()
    return at


def _ranges(days: Mapping[date, Text]) -> dict[str, Any]:
    """``2026-02-15/2026-02-23`` for days on end, each range with its name."""
    found: list[tuple[date, date, Text]] = []
    for day, name in sorted(days.items()):
        if found and found[-1][1] == day - timedelta(days=1) and _name(found[-1][2]) == _name(name):
            found[-1] = (found[-1][0], day, name)
        else:
            found.append((day, day, name))
    return {f"{a}" if a == b else f"{a}/{b}": _name(name) for a, b, name in found}


def _name(name: Text) -> Any:
    return name.en if name.en == name.zh else {"en": name.en, "zh": name.zh}


def _lines(
    entry: Mapping[str, Any], indent: int, step: int, own: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    """The members of a year, one a line; ``own`` has the lines of those that stand in the file already."""
    for key, members in entry.items():
        yield f"{' ' * indent}{key}:"
        for name, told in members.items():
            yield own.get((key, name)) or f"{' ' * (indent + step)}{name}: {_told(told)}"


def _own_lines(record: Record, steps: tuple[str, str], days: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """How the file writes the days that stay as they are; those it writes on several lines are left out."""
    text, told = record.text, record.value[steps[0]][steps[1]]
    lines: dict[tuple[str, str], str] = {}
    for key, members in days.items():
        for name, value in members.items():
            mark = record.mark_of(*steps, key, name)
            if (told.get(key) or {}).get(name) == value and "\n" not in text[mark.key : mark.end]:
                lines[key, name] = text[line_start(text, mark.key) : line_break(text, mark.end)]
    return lines


def _told(told: Any) -> str:
    if not isinstance(told, Mapping):
        return scalar(told)
    return (
        "{"
        + ", ".join(f"{key}: {each if _PLAIN.match(each) else flow(each)}" for key, each in told.items())
        + "}"
    )


def _proven(record: Record, text: str, value: Any, number: int) -> Record:
    """The text read again: it must say exactly what was meant, in the same order."""
    again = read_yaml(record.path, text.encode(errors="surrogatepass"))
    if (
        not isinstance(again, Record)
        or again.value != value
        or list(again.value["years"]) != list(value["years"])
    ):
        line = record.place("years").line
        raise CannotEdit(Text(*NOT_PROVEN, {"where": f"years.{number}", "line": line}))
    return again
