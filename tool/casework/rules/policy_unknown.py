"""No policy can judge a case: the one it names does not exist, or had no edition in force on the day of receipt.

Mend the case's `policy`, or add the policy (or its older edition) to policies/. A policy whose own file is flawed
is reported once, at its own line, and its cases wait. What register.yaml says was adopted has to be there too.

中文：没有制度可以评判这宗投诉：所写制度不存在，或收到投诉当日尚无生效版本。
请更正案件的 policy，或在 policies/ 中补上该制度（或其旧版）。制度文件本身有误时只在其所在行报告一次，相关案件暂不评判。
register.yaml 的 adopted 所列制度也须存在。
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath

from casework.rules import Said
from casework.state.register import Register
from casework.words import Text

kind = "change"

_WHY = {
    "unknown": Text(
        "no policy is called '{policy}'; there are: {known}",
        "没有名为“{policy}”的制度；现有：{known}",
    ),
    "not_in_force": Text(
        "policy '{policy}' had no edition in force on {day}, the day of receipt",
        "收到投诉之日（{day}），制度“{policy}”尚无生效版本",
    ),
}


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    yield from (("", said) for said in _adopted(register))
    for case, why in register.unjudged:
        if why in _WHY:
            parts = {
                "policy": case.policy or register.firm.policy,
                "known": sorted(register.policies),
                "day": case.begun,
            }
            sentence = _WHY[why]
            yield case.number, Said(case.place(None, "policy"), Text(sentence.en, sentence.zh, parts))


def _adopted(register: Register) -> Iterator[Said]:
    """What register.yaml says was adopted and is not there."""
    firm = register.firm
    flawed = {PurePosixPath(flaw.place.path).stem.partition("@")[0] for flaw in register.flaws}
    for name in firm.adopted:
        if name not in register.policies and name not in flawed:
            sentence = _WHY["unknown"]
            parts = {"policy": name, "known": sorted(register.policies)}
            yield Said(firm.record.place("adopted", name), Text(sentence.en, sentence.zh, parts))
