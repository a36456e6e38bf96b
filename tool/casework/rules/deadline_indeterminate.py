"""A deadline cannot be reckoned from what is written down.

A clock of minutes needs the time of day, and an agreed time has to be given. Correct the entry with
`superseded` and write it anew with what is missing. Working days cannot be counted into a year whose days off are not
announced, nor working hours or shifts without the firm's own; enter them, and the deadline stands. Nothing is guessed.

中文：仅凭现有记录无法算出期限。
按分钟计的时限需要具体时刻，约定时间也要写明。请用“更正”（superseded）更正该条，并补全后重新登记。放假安排尚未公布的年份无法计算工作日，
没有写明办公时间或班次也无法计算工作小时和当班时间；补录之后即可算出。在此之前绝不猜测。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.state import State
from casework.words import Text

kind = "change"


def check(state: State, at: datetime) -> Iterator[Said]:
    for deadline in state.deadlines:
        if deadline.status(at) == "indeterminate":
            said = Text(
                "'{title}' cannot be judged: {problem}",
                "无法判断“{title}”：{problem}",
                {"title": deadline.limit.title, "problem": deadline.problem},
            )
            yield Said(state.case.place(deadline.started_by), said, deadline.limit, level="warning")
