"""The next years of a calendar, taken from the package `holidays`: what its file would say, and where it says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from casework.deeds.calendar_source import ORIGINS, Origin, Year, is_known, span_of, version, year_of
from casework.deeds.calendar_text import Difference, with_days, with_year
from casework.deeds.files import put_files
from casework.deeds.lock import lock
from casework.deeds.refused import Refused, flaw_text, listed
from casework.house import CALENDARS
from casework.records.patch import CannotEdit
from casework.records.record import Flaws, Record
from casework.records.schema import Schemas
from casework.records.strict_yaml import read_yaml
from casework.state.calendar import Calendar, calendar_from
from casework.words import Text, did_you_mean

FARTHEST = 2199  # beyond it no instant of a register is read


class Update(NamedTuple):
    """What would be written: the file before and after, the years that are new, and the days that would change."""

    path: str
    before: bytes
    after: bytes
    years: tuple[int, ...]
    differences: tuple[Difference, ...]
    next_year: int  # the first that is not written
    version: str
    knows: bool  # whether the package can tell which years are announced

    @property
    def diff(self) -> list[str]:
        """The change, line by line, as git shows it."""
        before, after = (body.decode().splitlines() for body in (self.before, self.after))
        return [*unified_diff(before, after, f"a/{self.path}", f"b/{self.path}", lineterm="")]


def update_of(root: Path, name: str, schemas: Schemas, year: int | None, again: bool) -> Update:
    """What the package adds to a calendar; Refused where there is no such calendar, or it cannot be told.

    ``year``: this one only, and the caller knows that it is announced. ``again``: years already here are compared too.
    """
    path = f"{CALENDARS}/{name}.yaml"
    record, before = _read(root, name, path, schemas)
    if "announced_through" not in record.value:
        raise Refused(Text(_ENDLESS.en, _ENDLESS.zh, {"name": name}))
    origin, told = _origin(name), version()
    calendar, made, differences = _sound(record, schemas), record, list[Difference]()
    last = max(*map(int, record.value["years"]), int(record.value["announced_through"]))
    new = [*_new_years(origin, last, year, told)]
    try:
        for number in _old_years(origin, record, year) if again else ():
            days = _named(year_of(origin, number, calendar.weekend), calendar)
            found = [*_differences(origin, number, days, calendar)]
            differences += found
            made = with_days(made, number, {each.day: each for each in found}) if found else made
        for number in new:
            title = _TITLE.format(version=told)
            made = with_year(made, number, title, _named(year_of(origin, number, calendar.weekend), calendar))
    except CannotEdit as cannot:
        raise Refused(cannot.text) from None
    _sound(made, schemas)
    next_year = (new[-1] if new else last) + 1
    return Update(
        path,
        before,
        made.text.encode(),
        tuple(new),
        tuple(differences),
        next_year,
        told,
        not origin.is_by_rule,
    )


def write_update(root: Path, update: Update) -> None:
    """Write it, unless the file was changed in between (GitTrouble); nothing is committed."""
    with lock(root):
        put_files(root, {update.path: update.after}, {update.path: update.before})


def _read(root: Path, name: str, path: str, schemas: Schemas) -> tuple[Record, bytes]:
    names = sorted(file.stem for file in (root / CALENDARS).glob("*.yaml"))
    if name not in names:
        parts = {"name": name, "folder": CALENDARS, "hint": did_you_mean(name, names)}
        raise Refused(Text(_NO_FILE.en, _NO_FILE.zh, parts))
    try:
        body = (root / path).read_bytes()
    except OSError as error:
        parts = {"path": path, "why": error.strerror or str(error)}
        raise Refused(Text("{path}: {why}", "{path}：{why}", parts)) from None
    read = read_yaml(path, body)
    if not isinstance(read, Record):
        raise _flawed(read)
    _sound(read, schemas)
    return read, body


def _sound(record: Record, schemas: Schemas) -> Calendar:
    made = schemas.flaws("calendar", record) or calendar_from(record, {})
    if not isinstance(made, Calendar):
        raise _flawed(made)
    return made


def _flawed(flaws: Flaws) -> Refused:
    return Refused(listed(_FLAWED, map(flaw_text, flaws)))


def _origin(name: str) -> Origin:
    if name not in ORIGINS:
        raise Refused(Text(_NO_ORIGIN.en, _NO_ORIGIN.zh, {"name": name, "known": list(ORIGINS)}))
    return ORIGINS[name]


def _new_years(origin: Origin, last: int, asked: int | None, told: str) -> Iterator[int]:
    """The years behind the last, one after the other, as far as they are announced; or the next one asked for."""
    if asked is not None and asked > last:
        if asked > min(last + 1, FARTHEST):
            raise Refused(Text(_NOT_NEXT.en, _NOT_NEXT.zh, {"year": asked, "next": last + 1}))
        if not origin.is_by_rule and not is_known(origin, asked):
            raise Refused(Text(_GUESS.en, _GUESS.zh, {"year": asked, "version": told}))
        yield asked
    elif asked is None:
        number = last + 1
        while number <= FARTHEST and is_known(origin, number):
            yield number
            number += 1


def _old_years(origin: Origin, record: Record, asked: int | None) -> list[int]:
    """The years already here that can be compared: those asked for, of those the package does not guess."""
    here = [int(year) for year in record.value["years"] if asked in (None, int(year))]
    return [year for year in here if origin.is_by_rule or is_known(origin, year)]


def _named(year: Year, calendar: Calendar) -> Year:
    """Days by the names that the file has used for them before."""
    chinese = {each.name.en: each.name.zh for each in calendar.special.values()}

    def known(name: Text) -> Text:
        return Text(name.en, chinese.get(name.en, name.zh))

    return Year(*({day: known(name) for day, name in days.items()} for days in (year.off, year.work)))


def _differences(origin: Origin, number: int, year: Year, calendar: Calendar) -> Iterator[Difference]:
    """The days that the file says are worked and the package not, or the other way round."""
    for day in span_of(origin, number):
        is_known_here = calendar.years is None or day.year in calendar.years
        works = day in year.work or (day not in year.off and day.weekday() not in calendar.weekend)
        if is_known_here and calendar.works_on(day) != works:
            yield Difference(day, works, year.work.get(day) or year.off.get(day))


def differences_text(differences: Sequence[Difference]) -> Iterator[Text]:
    """Each day of which the two say different things, in a sentence."""
    for each in differences:
        sentence = _WORKED if each.works else _OFF
        parts: Mapping[str, object] = {
            "day": each.day,
            "name": each.name or Text("no special day", "平常日子"),
        }
        yield Text(sentence.en, sentence.zh, parts)


_TITLE = "days from holidays {version}, notice still to be read · 日期取自 holidays {version}，通知待核对"
_WORKED = Text("{day}: off here, worked there ({name})", "{day}：此处为休息，对方为上班（{name}）")
_OFF = Text("{day}: worked here, off there ({name})", "{day}：此处为上班，对方为休息（{name}）")
_NO_FILE = Text("no calendar '{name}' in {folder}{hint}", "{folder} 中没有日历“{name}”{hint}")
_FLAWED = Text("the calendar cannot be updated before it is mended:", "日历文件有误，改正后才能更新：")
_ENDLESS = Text(
    "{name} has no holidays and awaits no notice: there is nothing to update",
    "{name} 没有节假日，也不等通知：无须更新",
)
_NO_ORIGIN = Text(
    "the package has no days that can be relied on for {name}: enter them by hand ('update' knows {known})",
    "软件包中没有可靠的 {name} 数据：请手工录入（update 可更新 {known}）",
)
_NOT_NEXT = Text(
    "{year} is not the next year: {next} comes first, and none may be left out",
    "{year} 年不是下一年：应先录入 {next} 年，中间不能缺年份",
)
_GUESS = Text(
    "holidays {version} has no make-up days for {year}: it has not seen the notice and would only guess; nothing was written",
    "holidays {version} 没有 {year} 年的调休安排：尚未收录通知，只会推算，因此没有写入任何内容",
)
