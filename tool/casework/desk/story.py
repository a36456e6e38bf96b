"""A story at the desk: read, judged by the register it is asked of, and held against its own table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from casework.examine import answered, judge
from casework.house import House
from casework.records.read import CANNOT_OPEN
from casework.records.record import Flaw, Record
from casework.records.strict_yaml import read_yaml
from casework.rules import Finding, findings_of
from casework.state.case import Case
from casework.state.register import Register, Unjudged
from casework.state.state import State
from casework.state.story import Retold, Row, Story, differences_of, finding_row, rows_of, story_from
from casework.words import Place, Text


def retold(path: Path, house: House) -> Retold:
    """What differs between a story's file and what the register makes of it, or why it cannot be told."""
    name = path.as_posix()
    try:
        read = read_yaml(name, path.read_bytes())
    except OSError as error:
        why = Text(CANNOT_OPEN.en, CANNOT_OPEN.zh, {"why": error.strerror})
        return Retold(name, flaws=(Flaw(Place(name), why),))
    story = story_from(read, house.schemas, house.firm.zone) if isinstance(read, Record) else read
    if not isinstance(story, Story):
        return Retold(name, flaws=story)
    judged = [_judged(story, case, house) for case in (story.case, *story.others)]
    states = [each for each in judged if isinstance(each, State)]
    if flaws := tuple(each for each in judged if isinstance(each, Flaw)):
        return Retold(name, flaws=flaws)
    return Retold(name, len(story.rows), differences_of(story, _found(story, states, house)))


def _judged(story: Story, case: Case, house: House) -> State | Flaw:
    """The case as of the story's instant, which is its clock too; or why nothing can be said of it."""
    state = judge(case, house, story.at, story.at)
    if isinstance(state, State) and state.steps:
        return state
    if not isinstance(state, Unjudged):
        return Flaw(story.record.value_place("as_of"), Text(*_NOT_YET, {"case": case.number}))
    name = case.policy or house.firm.policy
    return Flaw(story.place(case.place_in_head("policy")), Text(*_WHY[state.why], {"name": name}))


def _found(story: Story, states: list[State], house: House) -> Iterator[Row]:
    """What comes of the story's own case: its runs, its facts, and what every rule says of it among the others."""
    yield from rows_of(states[0], story.at, story)
    register = Register(
        house.firm,
        house.people,
        house.policies,
        house.schemas.events,
        tuple(states),
        titles=house.schemas.head,
        timetable=house.timetable,
        calendar=house.calendar,
    )
    for finding in answered(findings_of(register, story.at), states):
        if finding.place.path == story.case.path:
            yield _row(finding, story.place(finding.place))


def _row(finding: Finding, place: Place) -> Row:
    told = {
        "rule": finding.rule,
        "entry": finding.entry,
        "clause": list(finding.clauses),
        "level": finding.level,
        "answered": finding.answered,
    }
    return finding_row(told, place, finding.text)


_NOT_YET = ("as of that instant {case} has not been received", "在该时刻案件 {case} 尚未收到")
_WHY = {
    "unknown": (
        "no policy '{name}' in this register: --root names another one",
        "本登记簿没有制度“{name}”：可用 --root 指定另一个登记簿",
    ),
    "flawed": (
        "policy '{name}' cannot judge anything before it is mended: 'casework check' says why",
        "制度“{name}”有误，改正前无法评判：原因见 casework check",
    ),
    "not_in_force": (
        "no edition of '{name}' is in force on the day of receipt",
        "收到投诉之日，制度“{name}”没有已施行的版本",
    ),
}
