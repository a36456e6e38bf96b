"""Two cases bear the same receipt.

The receipt is what the complainant was told; it is drawn once and never changes. A copied file is the usual
cause: draw a new receipt for the case whose complainant has not been told one yet.

中文：两宗投诉用了同一个回执号。
回执号已告知投诉人，抽定后不再变更。多半是复制文件造成的：请为尚未告知回执号的一件另取一个。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.register import Register
from casework.words import Text

kind = "change"


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    first: dict[str, str] = {}
    for case in register.cases:
        receipt = case.head.get("receipt")
        if receipt in first:
            said = Text(
                "receipt {receipt} belongs to case {other} already",
                "回执号 {receipt} 已属于案件 {other}",
                {"receipt": receipt, "other": first[receipt]},
            )
            yield case.number, Said(case.place(None, "receipt"), said)
        if receipt:
            first.setdefault(receipt, case.number)
