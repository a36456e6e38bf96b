"""A correction names an entry that is not in the case.

An entry is named by its event, its instant and who did it, as they stand in the file; until it is found, nothing
is corrected. Mend `of`.

中文：“更正”所指的记录在本案中不存在。
请按文件中的原样写明事件、时间和经手人；在找到之前，更正不起作用。请更正 of 一项。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.state import State
from casework.words import Text

kind = "change"


def check(state: State, at: datetime) -> Iterator[Said]:
    case = state.case
    for event in case.events:
        if event.name == "superseded" and event.told.get("of") and not case.corrected_by(event):
            of = event.told["of"]
            said = Text(
                "no entry '{event}' at {when} by {by} stands in this case",
                "本案中没有 {by} 于 {when} 登记的“{event}”",
                {"event": of["event"], "when": of["at"], "by": of["by"]},
            )
            yield Said(case.place(event, "of"), said)
