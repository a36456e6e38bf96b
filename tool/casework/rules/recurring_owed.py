"""What the firm itself owes at every turn of the calendar was not done, or done late.

A monthly summary, a yearly dossier: `month.yaml` says when it was done, for which period and which unit. Periods are
whole ones since the register was begun, and the policy in force and adopted (`adopted` in register.yaml); of two editions
the one in force on the first day of the period asks for it. What is still missing can be done yet; what came late stays
said, as a warning; what was only advised is told as such.

中文：本单位定期应办的事没有办，或办晚了。

如每月汇总、年度案卷：`month.yaml` 写明何时办的、属于哪个期间、哪个部门。只计登记簿启用且制度施行、采用之后的完整期间；
制度有几个版本时，以期间首日施行的版本为准。尚缺的仍可补办；办晚的保留为警告。
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from casework.rules import Said
from casework.state.policy import Policy
from casework.state.recurring import Turn, done_in_cases, turns_of
from casework.state.register import Register, edition_of
from casework.words import Text

kind = "day"
SHOWN = 3  # periods named in one finding; the rest are counted


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    for policy in (edition for editions in register.policies.values() for edition in editions):
        if policy.recurring and register.timetable:
            for (_, unit, status), turns in _late(register, policy, at).items():
                said = _said(register, turns, unit, status)
                duty = turns[0].duty
                late = status == "breached" and duty.level == "error"
                kind_ = "past" if status == "breached" else ""
                yield "", Said(duty.place, said, duty, kind_, "warning" if late else duty.level)


def _late(register: Register, policy: Policy, at: datetime) -> dict[tuple[str, str, str], list[Turn]]:
    """The turns not done in time, by duty, unit and status."""
    found: dict[tuple[str, str, str], list[Turn]] = defaultdict(list)
    done = [*register.done, *done_in_cases(policy, register.states)]
    assert register.timetable
    since = register.firm.owes_since(policy.id)
    for turn in turns_of(policy, since, register.people.units, done, register.timetable, at):
        of_its_day = edition_of(register.policies[policy.id], turn.period.first)
        if of_its_day is policy and (status := turn.status(at)) in ("overdue", "breached"):
            found[turn.duty.name, turn.unit, status].append(turn)
    return found


def _said(register: Register, turns: Sequence[Turn], unit: str, status: str) -> Text:
    sentence = _LATE if status == "breached" else _OWED
    parts = {
        "title": turns[0].duty.title,
        "unit": register.people.title_of(unit) if unit else _FIRM,
        "periods": [turn.period.name for turn in turns[:SHOWN]],
        "more": Text(_MORE.en, _MORE.zh, {"n": len(turns) - SHOWN}) if len(turns) > SHOWN else "",
    }
    return Text(sentence.en, sentence.zh, parts)


_OWED = Text("'{title}' is missing from {unit} for {periods}{more}", "{unit}缺少“{title}”：{periods}{more}")
_LATE = Text(
    "'{title}' came late from {unit} for {periods}{more}", "{unit}的“{title}”办晚了：{periods}{more}"
)
_MORE = Text(" and {n} more", " 等，另有 {n} 期")
_FIRM = Text("the firm", "本单位")
