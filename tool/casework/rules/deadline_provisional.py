"""A deadline reaches the last days of a year that the next year's notice may still change.

The notice for a year can name days of the December before it. Until it is entered in the calendar, what is counted as
far as those days is shown as provisional: it may move by a day or two. Enter the notice when it is out.

中文：时限数到了年末几天，而次年的放假通知仍可能改动这几天。

次年的通知有时会调整上年十二月的日子。通知录入日历之前，数到这里的时限只是暂定的，可能前后移动一两天。通知发布后请及时录入。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.state import State
from casework.words import Text

kind = "day"
level = "information"


def check(state: State, at: datetime) -> Iterator[Said]:
    for deadline in state.deadlines:
        if deadline.due and deadline.status(at) == "provisional":
            said = Text(
                "'{title}' is due by {due} provisionally: the notice for {year} may still move it",
                "“{title}”暂定应于 {due} 前完成：{year} 年的放假通知可能使其变动",
                {"title": deadline.limit.title, "due": deadline.due.printed, "year": deadline.awaits},
            )
            yield Said(state.case.place(deadline.started_by), said, deadline.limit, level=level)
