"""Somebody acted on a day on which staff.yaml says they were not with the firm, or were away.

Before joining or after leaving it is an error: the person, the date or staff.yaml is wrong. During a recorded
absence it is a warning: people do answer from leave, but a substitute was named for that.

中文：有人在 staff.yaml 所记的非在职或缺勤日办理了事项。
入职前或离职后属于错误：人员、日期或 staff.yaml 必有一处不对。休假期间只作警告：人可能在假期回复，但已指定代理人。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.case import Event
from casework.state.people import Person
from casework.state.state import State
from casework.words import Text

kind = "change"


_ACTING = ("by", "approved_by", "signed_by")


def check(state: State, at: datetime) -> Iterator[Said]:
    for step in state.steps:
        told, day = step.event.told, step.event.day
        for name in _ACTING:
            person = state.people.persons.get(str(told[name])) if name in told else None
            if person and (not person.office.holds_on(day) or person.is_absent(day)):
                yield _said(state, step.event, name, person)


def _said(state: State, event: Event, name: str, person: Person) -> Said:
    place, parts = state.case.place(event, name), {"who": person.name, "day": event.day}
    if person.office.holds_on(event.day):
        said = Text("{who} was away on {day}", "{who} 在 {day} 缺勤", parts)
        return Said(place, said, level="warning")
    return Said(place, Text("{who} was not in office on {day}", "{who} 在 {day} 并不在职", parts))
