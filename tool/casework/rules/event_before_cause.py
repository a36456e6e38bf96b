"""An event is dated before the one that makes it possible.

Nothing happens to a complaint before it is received, and nothing is reopened that was not finished. A late entry
is no fault, a wrong date is: mend `at`, or add the event that is missing.

中文：事件的时间早于它的前因。
投诉未收到之前不会有后续，未办结的也谈不上重新处理。补记并不算错，日期写错才是：请更正 at，或补上缺少的事件。
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from casework.rules import Said
from casework.state.conditions import Step
from casework.state.state import State
from casework.words import Text

kind = "change"


def check(state: State, at: datetime) -> Iterator[Said]:
    earlier: set[str] = set()
    for count, step in enumerate(state.steps):
        causes = step.event.type.causes
        if (
            causes
            and earlier.isdisjoint(causes)
            and _told_that_day(state.steps[count + 1 :], step).isdisjoint(causes)
        ):
            said = Text(
                "'{event}' on {when}: there is no '{causes}' before it",
                "“{event}”（{when}）之前没有“{causes}”",
                {"event": step.event.type.title, "when": step.event.at, "causes": list(causes.values())},
            )
            yield Said(state.case.place(step.event, "at"), said)
        earlier |= step.event.kinds


def _told_that_day(later: Sequence[Step], step: Step) -> set[str]:
    """What else happened that day, where a date without time leaves the order open."""
    told = step.event
    return {
        kind
        for other in later
        if other.event.day == told.day and (told.when.whole_day or other.event.when.whole_day)
        for kind in other.event.kinds
    }
