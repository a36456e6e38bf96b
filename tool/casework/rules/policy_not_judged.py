"""A section of a policy is shown but judged by nothing.

This edition of casework does not keep it yet: whoever relies on it watches it by hand. Every other section is judged
as usual.

中文：制度中的某一部分只作展示，尚不评判。
本版 casework 还不支持这一部分，请人工留意；其余部分照常评判。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.register import Register
from casework.words import Text

kind = "change"
level = "warning"


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    for policy in (edition for editions in register.policies.values() for edition in editions):
        for section in policy.shown_only:
            said = Text(
                "'{section}' of '{policy}' is not judged by this edition of casework",
                "本版 casework 尚不评判“{policy}”的 {section} 部分",
                {"section": section, "policy": policy.title},
            )
            yield "", Said(policy.record.place(section), said)
