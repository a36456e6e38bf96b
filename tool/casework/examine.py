"""The whole way on one screen: read → state → ask the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from casework.records.read import read_record
from casework.records.record import Flaw, Record
from casework.records.schema import Schemas, schemas_from
from casework.records.source import Source
from casework.rules import Finding, findings_of, findings_of_case, in_place
from casework.state.calendar import calendar_from
from casework.state.case import Case, case_from
from casework.state.compile import policy_from
from casework.state.conditions import is_who
from casework.state.counting import Counting, counting_from
from casework.state.people import People, people_from
from casework.state.policy import Policy
from casework.state.register import Firm, Register, Unjudged, edition_of, firm_from
from casework.state.state import State, state_of
from casework.state.timetable import Timetable, timetable_from
from casework.words import Place, Text

FIRM, STAFF, CALENDARS = "policies/register.yaml", "policies/staff.yaml", "policies/calendars"
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class House:
    """What judges the cases: the firm, its people, its policies, the schemas; and what is wrong with those files."""

    firm: Firm
    people: People
    policies: Mapping[str, tuple[Policy, ...]]
    flawed: frozenset[str]  # ids of policies whose file is flawed
    schemas: Schemas
    timetable: Timetable
    flaws: tuple[Flaw, ...]
    calendar: Record | None = None  # the file of the calendar the firm counts by, if it is sound
    is_staffed: bool = True  # false while staff.yaml is flawed: nobody can be told, so every case waits


class NotARegister(Exception):
    """The folder has no policies/register.yaml, or one that cannot be read; ``flaws`` say why."""

    def __init__(self, flaws: tuple[Flaw, ...]) -> None:
        super().__init__("; ".join(f"{flaw.place} {flaw.text.en}" for flaw in flaws))
        self.flaws = flaws


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
    unjudged: list[Unjudged] = []
    flaws = [*house.flaws, *_flaws_of_other_calendars(source, house)]
    for count, read in enumerate(cases_in(source, house)):
        progress(count)
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
    )


def judge(case: Case, house: House, at: datetime, clock: datetime) -> State | Unjudged | None:
    """One case under the edition in force on its day of receipt; None if it was not received yet."""
    name = case.policy or house.firm.policy
    editions = house.policies.get(name)
    if editions is None or not house.is_staffed:
        return Unjudged(case, "unknown" if editions is None and name not in house.flawed else "flawed")
    edition = edition_of(editions, case.begun)
    if edition is None:
        return Unjudged(case, "not_in_force")
    future = tuple(event for event in case.events if event.at > clock)
    told = case.as_of(at)
    if not told.events and (not future or at < clock):
        return None
    return state_of(told, edition, house.people, house.timetable, future)


def house_of(source: Source) -> House:
    """Read what judges the cases; NotARegister if the firm itself cannot be read."""
    schemas = schemas_from(source)
    read = _sound(source, FIRM, "register", schemas)
    firm = firm_from(read) if isinstance(read, Record) else read
    if not isinstance(firm, Firm):
        raise NotARegister((*schemas.flaws_of_schema, *firm))
    staff = _sound(source, STAFF, "staff", schemas)
    flaws = [*schemas.flaws_of_schema]
    if not isinstance(staff, Record):
        flaws += staff
    assert isinstance(read, Record)
    timetable, calendar = _timetable(source, schemas, read, firm, flaws)
    policies, flawed = _policies(source, schemas, _counting(schemas, read, flaws), flaws)
    people = people_from(staff) if isinstance(staff, Record) else People()
    is_staffed = isinstance(staff, Record)
    return House(firm, people, policies, flawed, schemas, timetable, tuple(flaws), calendar, is_staffed)


def _timetable(
    source: Source, schemas: Schemas, register: Record, firm: Firm, flaws: list[Flaw]
) -> tuple[Timetable, Record | None]:
    """What deadlines are counted by, and its calendar's file; nothing is counted by what is flawed, which is told."""
    named = register.value.get("calendar")
    calendar = _sound(source, f"{CALENDARS}/{named}.yaml", "calendar", schemas) if named else ()
    if named and f"{CALENDARS}/{named}.yaml" not in source.paths(CALENDARS):
        parts = {"name": named, "folder": CALENDARS}
        calendar = (Flaw(register.place("calendar"), Text(_NO_CALENDAR.en, _NO_CALENDAR.zh, parts)),)
    sound = calendar if isinstance(calendar, Record) else None
    timetable, wrong = timetable_from(register, sound, firm.zone)
    flaws += wrong if isinstance(calendar, Record) else (*calendar, *wrong)
    return timetable, sound if timetable.calendar else None


_NO_CALENDAR = Text("no calendar '{name}' in {folder}", "{folder} 中没有日历“{name}”")


def _flaws_of_other_calendars(source: Source, house: House) -> Iterator[Flaw]:
    """What is wrong with the calendars that this firm does not count by."""
    for path in source.paths(CALENDARS):
        if path != f"{CALENDARS}/{house.firm.record.value.get('calendar')}.yaml" and path.endswith(".yaml"):
            read = _sound(source, path, "calendar", house.schemas)
            made = calendar_from(read, {}) if isinstance(read, Record) else read
            if isinstance(made, tuple):
                yield from made


def _counting(schemas: Schemas, register: Record, flaws: list[Flaw]) -> Counting | None:
    """How the firm counts where a policy does not say otherwise: CR-3 … CR-16 as the schema has them, the firm's above."""
    counting = counting_from(schemas.defaults("policy", "counting"), register.value.get("counting"))
    if counting is None and "policy" in schemas.shapes:
        flaws.append(Flaw(Place("schema/policy.json"), _NO_DEFAULTS))
    return counting


_NO_DEFAULTS = Text(
    "'counting' lacks a default for some of its options: take this file from the tool's own copy",
    "counting 的部分选项没有默认值：请从工具自带的副本中取回此文件",
)


def cases_in(source: Source, house: House) -> Iterator[Case | tuple[Flaw, ...]]:
    """Every case file as a case, or its flaws; ``month.yaml`` files are only checked."""
    for path in source.paths("cases"):
        kind = "month" if path.endswith("/month.yaml") else "case"
        if path.endswith((".yml", ".YAML", ".YML")):
            yield (Flaw(Place(path), _ENDING),)
        elif path.endswith(".yaml"):
            read = _sound(source, path, kind, house.schemas)
            if not isinstance(read, Record):
                yield read
            elif kind == "case":
                yield case_from(read, house.schemas, house.firm.zone)


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


def _policies(
    source: Source, schemas: Schemas, counting: Counting | None, flaws: list[Flaw]
) -> tuple[dict[str, tuple[Policy, ...]], frozenset[str]]:
    made: dict[str, dict[date, Policy]] = {}
    flawed: set[str] = set()
    for path in source.paths("policies"):
        if not _is_policy(path):
            continue
        read = _sound(source, path, "policy", schemas)
        if not isinstance(read, Record):
            policy: Policy | tuple[Flaw, ...] = read
        else:
            policy = policy_from(read, schemas.events, counting) if counting else ()
        if isinstance(policy, Policy):
            editions = made.setdefault(policy.id, {})
            policy = _misnamed(policy, path, editions) or policy
        if isinstance(policy, Policy):
            editions[policy.in_force_from] = policy
        else:
            flaws += policy
            flawed.add(_named_by(path))
    sound = {
        name: tuple(editions.values()) for name, editions in made.items() if editions and name not in flawed
    }
    return sound, frozenset(flawed)


def _misnamed(policy: Policy, path: str, editions: Mapping[date, Policy]) -> tuple[Flaw, ...]:
    """A policy whose file bears another name, or a second edition from the same day: which one holds is not said."""
    if policy.id != _named_by(path):
        parts = {"id": policy.id, "file": f"policies/{policy.id}.yaml"}
        return (Flaw(policy.record.place("policy"), Text(_OTHER_NAME.en, _OTHER_NAME.zh, parts)),)
    if policy.in_force_from in editions:
        parts = {"file": editions[policy.in_force_from].record.path, "day": policy.in_force_from.isoformat()}
        return (Flaw(policy.record.place("in_force_from"), Text(_SAME_DAY.en, _SAME_DAY.zh, parts)),)
    return ()


_OTHER_NAME = Text(
    "policy '{id}' belongs in {file}, or in {id}@DAY.yaml for an older edition",
    "制度“{id}”应放在 {file}；旧版放在 {id}@生效日.yaml",
)
_SAME_DAY = Text(
    "{file} is in force from {day} too: two editions cannot begin on one day",
    "{file} 同样自 {day} 起生效：两个版本不能同日生效",
)


def _named_by(path: str) -> str:
    return path.removeprefix("policies/").removesuffix(".yaml").partition("@")[0]


def _is_policy(path: str) -> bool:
    """Whether a file under policies/ is a policy: one at its top that is nothing else."""
    name = path.removeprefix("policies/")
    return name.endswith(".yaml") and "/" not in name and name not in NO_POLICIES


NO_POLICIES = ("register.yaml", "staff.yaml", "matters.yaml", "suppliers.yaml")


def _sound(source: Source, path: str, kind: str, schemas: Schemas) -> Record | tuple[Flaw, ...]:
    read = read_record(source, path)
    return schemas.flaws(kind, read) or read if isinstance(read, Record) else read
