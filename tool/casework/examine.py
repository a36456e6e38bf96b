"""The whole way on one screen: read → state → ask the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.records.read import read_record
from casework.records.record import Flaw, Record
from casework.records.schema import Schemas, schemas_from
from casework.records.source import Source
from casework.rules import Finding, findings_of, findings_of_case, in_place
from casework.state.case import Case, case_from
from casework.state.compile import policy_from
from casework.state.conditions import is_who
from casework.state.people import People, people_from
from casework.state.policy import Policy
from casework.state.register import Firm, Register, Unjudged, edition_of, firm_from
from casework.state.state import State, state_of
from casework.words import Place, Text

FIRM, STAFF = "policies/register.yaml", "policies/staff.yaml"
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class House:
    """What judges the cases: the firm, its people, its policies, the schemas; and what is wrong with those files."""

    firm: Firm
    people: People
    policies: Mapping[str, tuple[Policy, ...]]
    flawed: frozenset[str]  # ids of policies whose file is flawed
    schemas: Schemas
    flaws: tuple[Flaw, ...]


class NotARegister(Exception):
    """The folder has no policies/register.yaml, or one that cannot be read; ``flaws`` say why."""

    def __init__(self, flaws: tuple[Flaw, ...]) -> None:
        super().__init__("; ".join(f"{flaw.place} {flaw.text.en}" for flaw in flaws))
        self.flaws = flaws


def examine(
    source: Source, at: datetime, clock: datetime, progress: Progress = lambda n: None
) -> tuple[Register, list[Finding]]:
    """Read, judge and ask: the register as of ``at`` and every finding. ``clock`` is what counts as now (both UTC)."""
    register = register_of(source, at, clock, progress)
    return register, answered(findings_of(register, at), register.states)


def register_of(
    source: Source, at: datetime, clock: datetime, progress: Progress = lambda n: None
) -> Register:
    """The register as of ``at``: later events have not happened; those later than ``clock`` are kept as ``future``."""
    house = house_of(source)
    states: list[State] = []
    unjudged: list[Unjudged] = []
    flaws = list(house.flaws)
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
    )


def judge(case: Case, house: House, at: datetime, clock: datetime) -> State | Unjudged | None:
    """One case under the edition in force on its day of receipt; None if it was not received yet."""
    name = case.policy or house.firm.policy
    editions = house.policies.get(name)
    if editions is None:
        return Unjudged(case, "flawed" if name in house.flawed else "unknown")
    begun = case.received or case.all_events[0]
    edition = edition_of(editions, begun.day)
    if edition is None:
        return Unjudged(case, "not_in_force")
    future = tuple(event for event in case.all_events if event.at > clock)
    told = case.as_of(at)
    if not told.events and not future:
        return None
    return state_of(told, edition, house.people, future)


def house_of(source: Source) -> House:
    """Read what judges the cases; NotARegister if the firm itself cannot be read."""
    schemas = schemas_from(source)
    firm = _sound(source, FIRM, "register", schemas)
    if not isinstance(firm, Record):
        raise NotARegister((*schemas.flaws_of_schema, *firm))
    staff = _sound(source, STAFF, "staff", schemas)
    flaws = [*schemas.flaws_of_schema]
    if not isinstance(staff, Record):
        flaws += staff
    policies, flawed = _policies(source, schemas, flaws)
    people = people_from(staff) if isinstance(staff, Record) else People()
    return House(firm_from(firm), people, policies, flawed, schemas, tuple(flaws))


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
    answers = {state.number: set(_answers(state)) for state in states}
    return [_answered(finding, answers.get(finding.case, set())) for finding in findings]


def is_red(findings: Iterable[Finding]) -> bool:
    """The verdict: whether anything of error level was found (design 9)."""
    return any(finding.level == "error" for finding in findings)


def less(findings: Iterable[Finding], before: Iterable[Finding]) -> list[Finding]:
    """What was not found before, matched by rule, case and entry; of several alike, the same words go first."""
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


def _matched(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.case or finding.place.path, finding.entry


def examine_case(
    case: Case, house: House, at: datetime, clock: datetime
) -> tuple[State | Unjudged | None, list[Finding]]:
    """One case alone: what the rules over single cases say of it."""
    judged = judge(case, house, at, clock)
    if not isinstance(judged, State):
        return judged, []
    return judged, answered(findings_of_case(judged, at), [judged])


def _answered(finding: Finding, answers: set[str]) -> Finding:
    named = {finding.rule, f"{finding.rule}:{finding.entry}"}
    if finding.kind != "past" or not named & answers:
        return finding
    return finding._replace(level="information", answered=True)


def _answers(state: State) -> Iterator[str]:
    for step in state.steps:
        if step.event.name == "irregularity_noted" and is_who(step.event.by, state.policy.noted_by, step):
            told: Any = step.event.told.get("finding")
            yield from told if isinstance(told, list) else [str(told)]


def _policies(
    source: Source, schemas: Schemas, flaws: list[Flaw]
) -> tuple[dict[str, tuple[Policy, ...]], frozenset[str]]:
    made: dict[str, list[Policy]] = {}
    flawed: set[str] = set()
    for path in source.paths("policies"):
        kind = _kind_of(path)
        read = _sound(source, path, kind, schemas) if kind else ()
        policy = policy_from(read, schemas.events) if isinstance(read, Record) and kind == "policy" else read
        if isinstance(policy, Policy):
            made.setdefault(policy.id, []).append(policy)
        elif isinstance(policy, tuple) and policy:
            flaws += policy
            flawed.add(path.removeprefix("policies/").removesuffix(".yaml").partition("@")[0])
    return {name: tuple(editions) for name, editions in made.items() if name not in flawed}, frozenset(flawed)


def _kind_of(path: str) -> str:
    """Which schema a file under policies/ answers to; empty for those that are no policy."""
    name = path.removeprefix("policies/")
    if not name.endswith(".yaml") or name in (
        "register.yaml",
        "staff.yaml",
        "matters.yaml",
        "suppliers.yaml",
    ):
        return ""
    return "calendar" if name.startswith("calendars/") else "" if "/" in name else "policy"


def _sound(source: Source, path: str, kind: str, schemas: Schemas) -> Record | tuple[Flaw, ...]:
    read = read_record(source, path)
    return schemas.flaws(kind, read) or read if isinstance(read, Record) else read
