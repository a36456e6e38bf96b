"""A case is linked to one that is not in the register.

Mend the number, or leave the link out where the other case was never entered.

中文：所关联的案件不在登记簿中。
请更正编号；若另一宗从未登记，请不要填写关联。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.register import Register
from casework.words import Text

kind = "change"


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    known = {case.number for case in register.cases}
    for state in register.states:
        for event in state.case.events:
            other = event.told.get("case")
            if event.name == "linked_repeat" and other is not None and other not in known:
                said = Text(
                    "no case {other} is in the register", "登记簿中没有案件 {other}", {"other": other}
                )
                yield state.number, Said(state.case.place(event, "case"), said)
