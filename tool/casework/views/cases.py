"""The cases of a register as a table or JSON: filtered and sorted as asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from casework.state.register import Register
from casework.state.state import State
from casework.views.case import STAGE_NAMES, STATUSES, ShownCase, case_as_data
from casework.views.width import table
from casework.words import Lang, Text, joined

FAR = datetime.max.replace(tzinfo=UTC)


class Wanted(NamedTuple):
    """What is asked of a list; empty means no filter. ``status`` is a stage or a deadline status."""

    owner: str = ""
    policy: str = ""
    status: str = ""
    category: str = ""
    month: str = ""
    overdue: bool = False


SORTS: Mapping[str, Callable[[State], Any]] = {
    "number": lambda state: state.number,
    "due": lambda state: (due_of(state) or FAR, state.number),
    "received": lambda state: (state.case.received.at if state.case.received else FAR, state.number),
    "stage": lambda state: (list(STAGE_NAMES).index(state.stage), state.number),
    "owner": lambda state: (state.responsible, state.number),
}
_HEADS = (
    Text("case", "编号"),
    Text("stage", "阶段"),
    Text("next due", "下一期限"),
    Text("answers for it", "责任人"),
    Text("summary", "摘要"),
)
_NONE = Text("no case fits", "没有符合条件的案件")


def wanted_of(register: Register, wanted: Wanted, at: datetime, sort: str = "number") -> list[State]:
    """The states that fit, in the order asked for."""
    return sorted((state for state in register.states if _fits(state, wanted, at)), key=SORTS[sort])


def due_of(state: State) -> datetime | None:
    """The effective due instant of a case: the earliest open one, in UTC (CR-17)."""
    first = next(iter(state.open_deadlines), None)
    return first.due.printed if first and first.due else None


def statuses_of(state: State, at: datetime) -> set[str]:
    """The status of every deadline of the case."""
    return {deadline.status(at) for deadline in state.deadlines}


def text_of(register: Register, states: Sequence[State], at: datetime, lang: Lang, columns: int) -> str:
    """A table as wide as the terminal."""
    if not states:
        return _NONE.say(lang)
    rows = [tuple(head.say(lang) for head in _HEADS), *(_row(register, state, at, lang) for state in states)]
    return "\n".join(table(rows, columns))


def json_of(register: Register, states: Sequence[State], at: datetime, lang: Lang, columns: int) -> str:
    """Each case with its deadlines as JSON, one list."""
    data = [case_as_data(ShownCase(state, (), at, lang)) for state in states]
    for each in data:
        del each["findings"]
    return json.dumps(data, ensure_ascii=False, indent=2)


FORMS = {"text": text_of, "json": json_of}


def _fits(state: State, wanted: Wanted, at: datetime) -> bool:
    return all(_asked(state, wanted, at))


def _asked(state: State, wanted: Wanted, at: datetime) -> Iterator[bool]:
    yield not wanted.owner or wanted.owner in (*state.post("responsible"), *state.post("handler"))
    yield not wanted.policy or wanted.policy == state.policy.id
    yield not wanted.status or wanted.status == state.stage or wanted.status in statuses_of(state, at)
    yield not wanted.category or wanted.category == state.facts.get("category")
    yield not wanted.month or state.number.startswith(wanted.month)
    yield not wanted.overdue or "overdue" in statuses_of(state, at)


def _row(register: Register, state: State, at: datetime, lang: Lang) -> tuple[str, ...]:
    due = due_of(state)
    late = " !" if "overdue" in statuses_of(state, at) else ""
    return (
        state.number,
        STAGE_NAMES[state.stage].say(lang),
        due.astimezone(register.firm.zone).strftime("%Y-%m-%d %H:%M") + late if due else "–",
        joined((who.say(lang) for who in state.names()), lang),
        str(state.facts.get("summary", "")),
    )


STATUS_WORDS = (*STAGE_NAMES, *STATUSES)
