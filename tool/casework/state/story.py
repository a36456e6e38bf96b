"""A story is a case told in full with what should come of it, reckoned by hand; told and found are compared whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casework.records.record import Flaw, Flaws, Mark, Record, Steps
from casework.records.schema import Schemas
from casework.state.case import Case, case_from
from casework.state.instant import Instant, day_of, instant_from
from casework.state.span import end_of_day
from casework.state.state import State
from casework.words import Place, Text


class Row(NamedTuple):
    """One line of what should come of a case, told or found; two are the same if they are written the same.

    ``name`` says what it is of (a limit, ``rule:entry``); ``written`` is how a story writes it; ``place`` is in the
    story's file. Of a finding that was found, ``said`` is its sentence.
    """

    table: str  # deadlines, findings, or the name of a fact
    name: str
    written: str
    place: Place
    said: Text | None = None


class Difference(NamedTuple):
    """What was told and not found, found and not told, or found otherwise; ``place`` is in the story's file."""

    place: Place
    told: Row | None
    found: Row | None


@dataclass(frozen=True, eq=False)
class Story:
    """As of ``at`` (UTC) the ``rows`` should come of ``case``, in a register that holds the ``others`` too."""

    record: Record = field(repr=False)
    at: datetime
    case: Case
    others: tuple[Case, ...]
    rows: tuple[Row, ...]

    def place(self, place: Place) -> Place:
        """A place in one of its cases, as a place in its own file."""
        return place._replace(path=self.record.path)


class Retold(NamedTuple):
    """A story's file held against what its register makes of it: what differs, or why it could not be told."""

    path: str
    rows: int = 0
    differences: tuple[Difference, ...] = ()
    flaws: Flaws = ()


def story_from(record: Record, schemas: Schemas, zone: ZoneInfo) -> Story | Flaws:
    """A story, or everything that keeps its file from being one; local instants are in ``zone``."""
    if flaws := schemas.flaws("story", record) or tuple(_untellable(record, zone)):
        return flaws
    told = record.value
    ways: list[Steps] = [("case",), *(("other_cases", n) for n in range(len(told.get("other_cases", ()))))]
    cases: list[Case] = []
    for way in ways:
        made = _case(_part(record, way), schemas, zone)
        if not isinstance(made, Case):
            return tuple(Flaw(flaw.place._replace(path=record.path), flaw.text) for flaw in made)
        cases.append(made)
    at = instant_from(told["as_of"], zone)
    assert isinstance(at, Instant)
    return Story(record, _printed(at, zone), cases[0], tuple(cases[1:]), tuple(_rows_told(record, zone)))


def _untellable(record: Record, zone: ZoneInfo) -> Iterator[Flaw]:
    """Local times that the clock skipped or showed twice."""
    rows = record.value["expect"]["deadlines"]
    ways: list[Steps] = [("as_of",), *(("expect", "deadlines", n, "due") for n in range(len(rows)))]
    for way in ways:
        told = record.value["as_of"] if way == ("as_of",) else rows[way[2]].get("due")
        if isinstance(why := instant_from(told, zone) if told else None, Text):
            yield Flaw(record.value_place(*way), why)


def _case(record: Record, schemas: Schemas, zone: ZoneInfo) -> Case | Flaws:
    return schemas.flaws("case", record) or case_from(record, schemas, zone)


def _part(record: Record, way: Steps) -> Record:
    """A case within the story as a record of its own: it stands where its number says, its marks where they are."""
    told: Any = record.value
    for step in way:
        told = told[step]
    year, _, rest = str(told.get("case")).partition("-")
    path = f"cases/{year}/{rest.partition('-')[0]}/{told.get('case')}.yaml"
    return Record(path, told, record.text, partial(_marks_within, record, way))


def _marks_within(record: Record, way: Steps, text: str) -> Mark:
    return record.mark_of(*way)


# ── what is told and what was found, written alike ───────────────────────────────────────────────────────────


def _rows_told(record: Record, zone: ZoneInfo) -> Iterator[Row]:
    for table, told in record.value["expect"].items():
        if table == "deadlines":
            for n, row in enumerate(told):
                due = instant_from(row["due"], zone) if "due" in row else None
                printed = _printed(due, zone) if isinstance(due, Instant) else None
                yield deadline_row(
                    row["limit"], printed, row["status"], record.place("expect", table, n), zone
                )
        elif table == "findings":
            for n, row in enumerate(told):
                clauses = row.get("clause", [])
                yield finding_row(
                    {**row, "clause": clauses if isinstance(clauses, list) else [clauses]},
                    record.place("expect", table, n),
                )
        else:
            yield fact_row(table, told, record.place("expect", table))


def rows_of(state: State, at: datetime, story: Story) -> Iterator[Row]:
    """What came of the case as of ``at``: every run that has begun, and the facts that the story tells."""
    for each in state.deadlines:
        status = each.status(at)
        if status != "not_started":
            due, place = (
                each.due.printed if each.due else None,
                story.place(state.case.place(each.started_by)),
            )
            yield deadline_row(each.limit.name, due, status, place, state.case.zone)
    kept, told = state.retention.kept, story.record.value["expect"]
    facts: Mapping[str, Any] = {
        "stage": state.stage,
        "responsible": state.responsible,
        "handler": state.handler,
        "keep_until": kept.until.isoformat() if kept and kept.until else None,
        "holds": state.retention.holds,
    }
    for name in facts:
        if name in told:
            yield fact_row(name, facts[name], story.record.place("expect", name))


def deadline_row(limit: str, due: datetime | None, status: str, place: Place, zone: ZoneInfo) -> Row:
    """A run of a limit; ``due`` is the last instant that keeps it, in UTC."""
    until = f" due: {_written(due, zone)}," if due else ""
    return Row("deadlines", limit, f"{{limit: {limit},{until} status: {status}}}", place)


def finding_row(told: Mapping[str, Any], place: Place, said: Text | None = None) -> Row:
    """A finding: ``rule``, ``entry`` if any, ``clause`` as a list, ``level``, ``answered``."""
    parts = [f"rule: {told['rule']}"]
    if told.get("entry"):
        parts.append(f"entry: {told['entry']}")
    match told["clause"]:
        case [one]:
            parts.append(f"clause: {one}")
        case [_, *_] as several:
            parts.append(f"clause: [{', '.join(map(str, several))}]")
    parts.append(f"level: {told['level']}")
    if told.get("answered"):
        parts.append("answered: true")
    name = f"{told['rule']}:{told.get('entry') or ''}".rstrip(":")
    return Row("findings", name, f"{{{', '.join(parts)}}}", place, said)


def fact_row(name: str, value: Any, place: Place) -> Row:
    """A fact of the case; one name and a list of one are the same."""
    several = list(value) if isinstance(value, (list, tuple)) else [value]
    alone = several[0] if len(several) == 1 and name != "holds" else f"[{', '.join(map(str, several))}]"
    return Row(name, name, f"{name}: {alone if alone is not None else 'none'}", place)


def _printed(at: Instant, zone: ZoneInfo) -> datetime:
    """A day means its last second."""
    return end_of_day(day_of(at.at, zone), zone).printed if at.whole_day else at.at


def _written(due: datetime, zone: ZoneInfo) -> str:
    """A due instant as a story writes it: the day alone where it is the day's last second."""
    day = day_of(due, zone)
    if due == end_of_day(day, zone).printed:
        return day.isoformat()
    local = due.astimezone(zone)
    return local.strftime("%Y-%m-%dT%H:%M:%S" if local.second else "%Y-%m-%dT%H:%M")


# ── told against found ───────────────────────────────────────────────────────────────────────────────────────


def differences_of(story: Story, found: Iterable[Row]) -> tuple[Difference, ...]:
    """What does not agree, by place; what is left of one limit or rule is told as one thing found otherwise."""
    left = list(found)
    missing = [row for row in story.rows if not _taken(row, left)]
    by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in left:
        by_name[row.table, row.name].append(row)
    differences = []
    for row in missing:
        others = by_name[row.table, row.name]
        differences.append(Difference(row.place, row, others.pop(0) if others else None))
    for row in (row for rows in by_name.values() for row in rows):
        differences.append(Difference(story.record.place("expect", row.table), None, row))
    return tuple(sorted(differences, key=lambda each: each.place))


def _taken(row: Row, left: list[Row]) -> bool:
    """Whether the row is among those left; it is then taken away."""
    for n, other in enumerate(left):
        if (other.table, other.written) == (row.table, row.written):
            del left[n]
            return True
    return False
