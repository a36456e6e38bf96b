"""A file is not sound, so nothing in it is judged.

The sentence says what stands there and what to do. Mend the line and check again; the other files are judged all the same.

中文：文件有误，其中内容一概不作评判。
提示写明了问题所在和改法。请改正该行后重新检查；其他文件照常评判。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.register import Register

kind = "change"


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    for flaw in register.flaws:
        yield "", Said(flaw.place, flaw.text)
