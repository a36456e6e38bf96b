"""A case file does not stand where its number says.

The number is the month of registration and a serial; it names the folder and the file: 2026-11-0007 is
cases/2026/11/2026-11-0007.yaml. Move the file, or mend the number.

中文：案件文件没有放在编号所指的位置。
编号由登记月份和流水号组成，同时决定文件夹和文件名：2026-11-0007 对应 cases/2026/11/2026-11-0007.yaml。请移动文件或更正编号。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.register import Register
from casework.words import Text

kind = "change"


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    for case in register.cases:
        year, month, _ = case.number.split("-")
        home = f"cases/{year}/{month}/{case.number}.yaml"
        if case.path != home:
            yield (
                case.number,
                Said(
                    case.place(),
                    Text(
                        "case {number} belongs in {home}",
                        "案件 {number} 应放在 {home}",
                        {"number": case.number, "home": home},
                    ),
                ),
            )
