"""An event is dated later than the clock.

It cannot have happened yet, so it is left out of every count. Mend the date; a thing planned is an agreed
time (`reply_commitment`), not an event.

中文：事件的时间晚于当前时刻。
尚未发生的事不计入任何判断。请更正日期；若是计划或约定，请记为“约定时间”（reply_commitment）。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.state import State
from casework.words import Text

kind = "change"


def check(state: State, at: datetime) -> Iterator[Said]:
    for event in state.future:
        said = Text(
            "'{event}' is dated {when}, which has not come yet",
            "“{event}”的时间 {when} 尚未到来",
            {"event": event.type.title, "when": event.day if event.when.whole_day else event.at},
        )
        yield Said(state.case.place(event, "at"), said)
