"""The shares of those who bear a cost, or the blame, do not come to a hundred per cent.

What is shared out is shared out whole. Mend the shares; if they were agreed so, put the entry right by `superseded`
once the rest is settled.

中文：各方分担的比例合计不是百分之百。

费用或责任既然分担，就要全部分清。请更正比例；当时只谈定一部分的，待其余部分定下后用“更正”（superseded）补正。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.state import State
from casework.words import Text

kind = "change"
WHOLE = 100


def check(state: State, at: datetime) -> Iterator[Said]:
    for event in state.case.events:
        shares = event.told.get("shares")
        if shares and (sum_ := sum(shares.values())) != WHOLE:
            yield Said(state.case.place(event, "shares"), Text(_SAID.en, _SAID.zh, {"sum": sum_}))


_SAID = Text(
    "the shares come to {sum} per cent, not to 100",
    "各方分担比例合计为 {sum}%，不是 100%",
)
