"""Two files bear the same case number.

It happens when two people register a case before they share their work. The receipt tells them apart:
give the later one the next free number, in the file and in its name; the receipt stays.

中文：两份文件用了同一个案件编号。
常见于两人各自登记、尚未同步。以回执号为准区分：把后登记的一件改成下一个空号（文件内和文件名都要改），回执号不变。
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
        if case.number in first:
            said = Text(
                "number {number} is used in {other} too",
                "编号 {number} 已被 {other} 使用",
                {"number": case.number, "other": first[case.number]},
            )
            yield case.number, Said(case.place(), said)
        first.setdefault(case.number, case.path)
