"""Something the policy forbids has happened.

It cannot be undone. Whoever may answer for it records `irregularity_noted` with the reason and the measure taken.

中文：发生了制度禁止的事。
事实无法撤销。请由有权人员记录“违规说明”（irregularity_noted），写明原因与所采取的措施。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.state import State
from casework.words import Text

kind = "past"


def check(state: State, at: datetime) -> Iterator[Said]:
    for broken in state.broken:
        event = broken.at.event
        said = Text(
            "{title}: '{event}' by {by} on {when}",
            "{title}：{by} 于 {when}“{event}”",
            {
                "title": broken.ban.title,
                "event": event.type.title,
                "by": state.people.name_of(event.by),
                "when": event.day if event.when.whole_day else event.at,
            },
        )
        yield Said(state.case.place(event), said, broken.ban, happened=event.at)
