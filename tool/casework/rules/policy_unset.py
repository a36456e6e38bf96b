"""A policy leaves a number open.

Nothing is judged by a number that is not there, and none is guessed. Whoever owns the policy decides: write the
number into the entry, or leave it and live with the reminder.

中文：制度留空了一个数字。
没有数字就不评判，也绝不猜测。请制度归口部门决定：把数字写进该条，或保留现状并接受此提示。
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
        for entry in policy.unset:
            said = Text(
                "'{title}' ({policy}) sets no number: it is shown, never judged",
                "“{title}”（{policy}）未规定具体数字：只作展示，不作评判",
                {"title": entry.title, "policy": policy.title},
            )
            yield "", Said(entry.place, said, entry, level=level)
