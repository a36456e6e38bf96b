"""The whole way on one screen: read → state → ask the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from casework.house import CALENDARS, House, house_of
from casework.records.ahead import Wanted, sound_records
from casework.records.read import sound_record
from casework.records.record import Flaw, Flaws, Record
from casework.records.source import Source
from casework.rules import Finding, findings_of, findings_of_case, in_place
from casework.state.calendar import calendar_from
from casework.state.case import Case, case_from
from casework.state.conditions import is_who
from casework.state.recurring import Done, done_from
from casework.state.register import Register, Unjudged, edition_of
from casework.state.state import State, state_of
from casework.words import Place, Text

Progress = Callable[[int], None]


def examine(
    source: Source,
    at: datetime,
    clock: datetime,
    progress: Progress = lambda n: None,
    house: House | None = None,
) -> tuple[Register, list[Finding]]:
    """Read, judge and ask: the register as of ``at`` and every finding. ``clock`` is what counts as now (both UTC).

    ``house`` is what judges the cases of this source, where the caller has read it already.
    """
    register = register_of(source, at, clock, progress, house)
    return register, answered(findings_of(register, at), register.states)


def register_of(
    source: Source,
    at: datetime,
    clock: datetime,
    progress: Progress = lambda n: None,
    house: House | None = None,
) -> Register:
    """The register as of ``at``: later events have not happened; those later than ``clock`` are kept as ``future``."""
    house = house or house_of(source)
    states: list[State] = []
    done: list[Done] = []
    unjudged: list[Unjudged] = []
    flaws = [*house.flaws, *_flaws_of_other_calendars(source, house)]
    for count, read in enumerate(cases_in(source, house)):
        progress(count)
        if isinstance(read, Record):
            done += done_from(read, house.firm.zone, flaws)
            continue
        if not isinstance(read, Case):
            flaws += read
            continue
        judged = judge(read, house, at, clock)
        if isinstance(judged, State):
            states.append(judged)
        elif judged is not None:
            unjudged.append(judged)
    return Register(
        firm=house.firm,
        people=house.people,
        policies=house.policies,
        events=house.schemas.events,
        states=tuple(states),
        unjudged=tuple(unjudged),
        flaws=tuple(flaws),
        titles=house.schemas.head,
        timetable=house.timetable,
        calendar=house.calendar,
        done=tuple(done),
    )


def judge(case: Case, house: House, at: datetime, clock: datetime) -> State | Unjudged | None:
    """One case under the edition in force on its day of receipt; None if it was not received yet."""
    name = case.policy or house.firm.policy
    editions = house.policies.get(name)
    if editions is None or not house.is_staffed:
        return Unjudged(
            case, "unknown" if editions is None and not house.policies.is_flawed(name) else "flawed"
        )
    edition = edition_of(editions, case.begun)
    if edition is None:
        return Unjudged(case, "not_in_force")
    future = tuple(event for event in case.events if event.at > clock)
    told = case.as_of(at)
    if not told.events and (not future or at < clock):
        return None
    return state_of(told, edition, house.people, house.timetable, future)


def _flaws_of_other_calendars(source: Source, house: House) -> Iterator[Flaw]:
    """What is wrong with the calendars that this firm does not count by."""
    for path in source.paths(CALENDARS):
        if path != f"{CALENDARS}/{house.firm.record.value.get('calendar')}.yaml" and path.endswith(".yaml"):
            read = sound_record(source, path, "calendar", house.schemas)
            made = calendar_from(read, {}) if isinstance(read, Record) else read
            if isinstance(made, tuple):
                yield from made


def cases_in(source: Source, house: House) -> Iterator[Case | Record | Flaws]:
    """Every case file as a case, every ``month.yaml`` as its record; or the flaws of either."""
    paths = [path for path in source.paths("cases") if path.lower().endswith((".yaml", ".yml"))]
    wanted = [Wanted(path, _kind_of(path)) for path in paths if path.endswith(".yaml")]
    read = sound_records(source, wanted, house.schemas)
    for path in paths:
        found = next(read) if path.endswith(".yaml") else (Flaw(Place(path), _ENDING),)
        if isinstance(found, Record) and _kind_of(path) == "case":
            yield case_from(found, house.schemas, house.firm.zone)
        else:
            yield found


def _kind_of(path: str) -> str:
    return "month" if path.endswith("/month.yaml") else "case"


_ENDING = Text(
    "case files end in .yaml: rename it, or it is not read", "案件文件应以 .yaml 结尾：请改名，否则不会被读取"
)


def answered(findings: Iterable[Finding], states: Iterable[State]) -> list[Finding]:
    """Breaches of the past that somebody entitled has answered for become information (design 8)."""
    answers = {state.case.path: found for state in states if (found := tuple(_answers(state)))}
    return [_answered(finding, answers.get(finding.place.path, ())) for finding in findings]


def is_red(findings: Iterable[Finding]) -> bool:
    """The verdict: whether anything of error level was found (design 9)."""
    return any(finding.level == "error" for finding in findings)


def less(findings: Iterable[Finding], before: Iterable[Finding]) -> list[Finding]:
    """What was not found before, or not so grave, matched by rule, case and entry; of several alike, the same words first."""
    left = Counter(_matched(finding) for finding in before)
    said = Counter((_matched(finding), finding.text.say("en")) for finding in before)
    ordered = sorted(findings, key=lambda each: said[_matched(each), each.text.say("en")] == 0)
    new = []
    for finding in ordered:
        if left[_matched(finding)] > 0:
            left[_matched(finding)] -= 1
        else:
            new.append(finding)
    return sorted(new, key=in_place)


def _matched(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule, finding.case or finding.place.path, finding.entry, finding.level


def examine_case(
    case: Case, house: House, at: datetime, clock: datetime
) -> tuple[State | Unjudged | None, list[Finding]]:
    """One case alone: what the rules over single cases say of it."""
    judged = judge(case, house, at, clock)
    if not isinstance(judged, State):
        return judged, []
    return judged, answered(findings_of_case(judged, at), [judged])


def _answered(finding: Finding, answers: Iterable[Answer]) -> Finding:
    named = (finding.rule, f"{finding.rule}:{finding.entry}")
    is_answered = finding.kind == "past" and any(
        answer.finding in named and (finding.happened is None or finding.happened <= answer.at)
        for answer in answers
    )
    return finding._replace(level="information", answered=True) if is_answered else finding


class Answer(NamedTuple):
    """That somebody entitled answered for a finding, and when."""

    finding: str
    at: datetime


def _answers(state: State) -> Iterator[Answer]:
    for step in state.steps:
        if step.event.name == "irregularity_noted" and is_who(step.event.by, state.policy.noted_by, step):
            told: Any = step.event.told.get("finding")
            for name in told if isinstance(told, list) else [told]:
                yield Answer(str(name), step.event.at)
