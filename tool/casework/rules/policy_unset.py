"""A policy leaves numbers open.

Nothing is judged by a number that is not there, and none is guessed. Whoever owns the policy decides: write the
number into the entry, or leave it and live with one reminder a policy. Asked are the editions that judge a case, and the
one in force of the firm's usual policy and of those it adopted; `policy lint` names each entry at its line.

中文：制度留空了数字。
没有数字就不评判，也绝不猜测。请制度归口部门决定：把数字写进该条，或保留现状并接受此提示。
每套制度只提示一次，逐条位置见 policy lint；只查正在使用的版本：有案件适用的，以及默认制度和已采用制度现行的版本。
"""

from collections.abc import Iterator
from datetime import date, datetime

from casework.rules import Said
from casework.state.instant import day_of
from casework.state.policy import Policy
from casework.state.register import Register, edition_of
from casework.words import Text

kind = "change"
level = "warning"


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    for policy in _in_use(register, day_of(at, register.firm.zone)):
        if policy.unset:
            said = Text(
                "{policy}: no number is set for {titles}; what has none is shown, never judged",
                "{policy}：下列各条未规定具体数字，只作展示，不作评判：{titles}",
                {"policy": policy.title, "titles": [_quoted(entry.title) for entry in policy.unset]},
            )
            clauses = dict.fromkeys(clause for entry in policy.unset for clause in entry.clauses)
            yield "", Said(policy.unset[0].place, said, clauses=tuple(clauses))


def _in_use(register: Register, today: date) -> Iterator[Policy]:
    judging = {id(state.policy) for state in register.states}
    firm = register.firm
    names = {firm.policy, *(name for name, day in firm.adopted.items() if day <= today)}
    for name, editions in register.policies.items():
        current = edition_of(editions, today) if name in names else None
        yield from (each for each in editions if each is current or id(each) in judging)


def _quoted(title: Text) -> Text:
    return Text("'{title}'", "“{title}”", {"title": title})
