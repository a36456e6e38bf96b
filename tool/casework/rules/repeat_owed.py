"""The same came up so often that the policy asks for something, and it is not done.

So many cases alike within the policy's span: the one that makes up the number owes what the policy says, such as a
link to the earlier ones. It is asked of cases of one policy, by their receipt.

中文：同样的投诉达到制度规定的次数，应办的事还没有办。

在制度规定的时间内，同样的投诉达到若干次，使之达到次数的那一宗就须办理制度所要求的事，如与前案关联。同一制度的案件按收到时间计。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.register import Register
from casework.state.repeats import repeated_in
from casework.words import Text

kind = "day"


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    for repeat, state, earlier, needs in repeated_in(register.states):
        for need in needs:
            said = Text(
                "{title}: this is number {count} after {earlier}; '{need}' is owed",
                "{title}：继 {earlier} 之后已是第 {count} 宗；“{need}”仍待办理",
                {
                    "title": repeat.title,
                    "count": repeat.count,
                    "earlier": [each.number for each in earlier],
                    "need": need.title,
                },
            )
            place = state.case.place(state.case.received)
            yield state.number, Said(place, said, repeat, clauses=need.clauses)
