"""What an import would do: every row's case, whole, checked and numbered; every bad row; what is here already."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from casework.deeds.import_case import Made, made_of
from casework.deeds.import_known import Here, differences
from casework.deeds.import_map import Map
from casework.deeds.import_table import Row, Table
from casework.deeds.new import EDITOR
from casework.deeds.numbers import draw_receipt, next_number, path_of
from casework.deeds.sound import case_of
from casework.examine import examine_case
from casework.house import House
from casework.records.record import Flaw, Flaws
from casework.records.write_yaml import write_yaml
from casework.state.case import Case
from casework.state.instant import Instant, instant_from
from casework.state.register import Unjudged
from casework.words import Text

Progress = Callable[[int], None]
"""Told how many more steps are done."""

SAME_ID = (
    "this row and that of line {line} bear the same id, “{id}”, but differ in {columns}: which is right?",
    "本行与第 {line} 行的编号同为“{id}”，但{columns}不同：以哪一行为准？",
)
NOT_AS_TOLD = Text(
    "this row cannot be written as a case file that reads the same again",
    "本行写成案件文件后，读出来与原来不同，无法导入",
)


class NewCase(NamedTuple):
    """A case to be: its number, its row's id and line, its path and bytes."""

    number: str
    id: str
    line: int
    path: str
    body: bytes


class Differing(NamedTuple):
    """A row that is here already, but tells something else now."""

    line: int
    number: str
    fields: tuple[str, ...]


class Said(NamedTuple):
    """What a rule would say of the cases to be, and of which lines."""

    rule: str
    level: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows of a table told apart: ``made`` are new; ``lacking`` counts the events that new rows have not."""

    made: tuple[Made, ...] = ()
    already: int = 0
    differing: tuple[Differing, ...] = ()
    repeated: tuple[tuple[int, int], ...] = ()  # the line of an equal row, the line it first stood on
    bad: Flaws = ()

    @property
    def lacking(self) -> Counter[str]:
        """How many of the new rows have not which event."""
        return Counter(name for made in self.made for name in made.lacking)


@dataclass(frozen=True, slots=True)
class Plan:
    """An import, ready to be shown and done; done only if nothing is ``bad``."""

    table: Table
    sorted: Sorted
    cases: tuple[NewCase, ...] = field(repr=False)
    said: tuple[Said, ...]
    bad: Flaws


class Numbering(NamedTuple):
    """Where numbers and receipts come from: what is taken in a month, what is taken at all, and chance."""

    taken: Callable[[str], Iterable[str]]
    receipts: frozenset[str]
    chance: random.Random


def sorted_rows(table: Table, map_: Map, here: Here, progress: Progress = lambda n: None) -> Sorted:
    """Tell the rows apart: new, here already, equal to an earlier one, bad."""
    columns = {column: at for at, column in enumerate(table.columns)}
    firsts: dict[str, Row] = {}
    made: list[Made] = []
    differing: list[Differing] = []
    repeated: list[tuple[int, int]] = []
    bad: list[Flaw] = []
    already = 0
    for row in table.rows:
        progress(1)
        new = made_of(row, columns, map_)
        if not isinstance(new, Made):
            bad += (Flaw(table.place(row.line), why) for why in new)
            continue
        first = firsts.setdefault(new.id, row)
        if first is not row and first.cells == row.cells:
            repeated.append((row.line, first.line))
        elif first is not row:
            bad.append(Flaw(table.place(row.line), _same_id(first, row, new.id, table.columns)))
        elif new.id not in here.rows:
            made.append(new)
        elif other := differences(here.rows[new.id], new.told):
            differing.append(Differing(row.line, str(here.rows[new.id].get("case")), other))
        else:
            already += 1
    return Sorted(tuple(made), already, tuple(differing), tuple(repeated), (*table.bad, *bad))


def plan_of(
    table: Table,
    rows: Sorted,
    house: House,
    look: tuple[datetime, datetime],
    numbering: Numbering,
    progress: Progress = lambda n: None,
) -> Plan:
    """Number the new cases and check each as the register will: read again, by its schemas, by its policy.

    ``look`` is the instant to judge from and what counts as now (both UTC). A month's numbers follow the order
    of receipt in the register's zone; of equal instants, that of the table.
    """
    told = list(_numbered(rows.made, house, numbering))
    bad: list[Flaw] = list(rows.bad)
    said: dict[tuple[str, str], list[int]] = defaultdict(list)
    cases: list[NewCase] = []
    for made, value in told:
        progress(1)
        line, new = made.line, _written(made, value)
        case = _read_again(new, value, house)
        if not isinstance(case, Case):
            bad += (Flaw(table.place(line), why) for why in case)
            continue
        cases.append(new)
        for rule, level in _said_of(case, house, look):
            said[rule, level].append(line)
    found = tuple(Said(rule, level, tuple(sorted(lines))) for (rule, level), lines in sorted(said.items()))
    return Plan(table, rows, tuple(cases), found, tuple(sorted(bad, key=lambda flaw: flaw.place)))


def is_stale(plan: Plan, here: Here, numbering: Numbering) -> bool:
    """Whether somebody has meanwhile taken one of the plan's numbers, or entered one of its rows."""
    months = {case.number[:7] for case in plan.cases}
    taken = {number for month in months for number in numbering.taken(month)}
    return any(case.id in here.rows or case.number in taken for case in plan.cases)


def _numbered(
    made: Sequence[Made], house: House, numbering: Numbering
) -> Iterator[tuple[Made, dict[str, Any]]]:
    """Each row's case with its number and receipt, in the order of their numbers."""
    zone = house.firm.zone
    order = sorted((_received(each, house), each.line, at) for at, each in enumerate(made))
    serials: dict[str, int] = {}
    receipts = set(numbering.receipts)
    for at, _, index in order:
        month = at.astimezone(zone).strftime("%Y-%m")
        if month not in serials:
            first = next_number(numbering.taken(month), month)
            serials[month] = int(first.rpartition("-")[2])
        number = f"{month}-{serials[month]:04}"
        serials[month] += 1
        told = {"case": number, "receipt": _receipt(receipts, numbering.chance), **made[index].told}
        yield made[index], told


def _received(made: Made, house: House) -> datetime:
    """When the case begins, in UTC; a row whose time is none stands first until it is named as bad."""
    at = instant_from(str(made.told["events"][0]["at"]), house.firm.zone)
    return at.at if isinstance(at, Instant) else datetime.fromisoformat("1900-01-01T00:00+00:00")


def _receipt(used: set[str], chance: random.Random) -> str:
    while (drawn := draw_receipt(chance)) in used:
        pass
    used.add(drawn)
    return drawn


def _written(made: Made, value: Mapping[str, Any]) -> NewCase:
    number = str(value["case"])
    return NewCase(number, made.id, made.line, path_of(number), (EDITOR + write_yaml(value)).encode())


def _read_again(new: NewCase, value: Mapping[str, Any], house: House) -> Case | list[Text]:
    """The case as the register will read it, or every reason why it will not."""
    case = case_of(new.path, new.body, house)
    if not isinstance(case, Case):
        return [flaw.text for flaw in case]
    return case if case.record.value == value else [NOT_AS_TOLD]


def _said_of(case: Case, house: House, look: tuple[datetime, datetime]) -> set[tuple[str, str]]:
    """The rules that would speak of a case, each with its level; one alone where no policy can judge it."""
    judged, findings = examine_case(case, house, *look)
    if isinstance(judged, Unjudged):
        return {("policy-unknown", "error")}
    return {(each.rule, each.level) for each in findings}


def _same_id(first: Row, row: Row, id_: str, columns: Sequence[str]) -> Text:
    unlike = [name for name, one, other in zip(columns, first.cells, row.cells, strict=True) if one != other]
    parts = {
        "line": first.line,
        "id": id_.partition("/")[2],
        "columns": tuple(f"“{name}”" for name in unlike),
    }
    return Text(*SAME_ID, parts)
