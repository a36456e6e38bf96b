"""The records of a case are past their last retained day.

They may be disposed of, they need not be: disposal is a decision (`disposal_approved`, then `disposed`). A hold
stops it for as long as the matter is open.

中文：案件记录已过保存期限。
期满可以销毁，但并非必须：须先批准（disposal_approved）再销毁（disposed）。有保全事项时，在解除之前不得销毁。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.instant import day_of
from casework.state.state import State
from casework.words import Text

kind = "day"


def check(state: State, at: datetime) -> Iterator[Said]:
    kept = state.retention.kept
    if kept and state.is_disposable(day_of(at, state.case.zone)):
        said = Text(
            "had to be kept until {until} ('{title}'); it may now be disposed of",
            "应保存至 {until}（“{title}”），现可销毁",
            {"until": kept.until, "title": kept.keep.title},
        )
        yield Said(state.case.place(kept.since.event), said, kept.keep, level="warning")
