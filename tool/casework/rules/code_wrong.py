"""A case's code is not the number its policy gives it.

Some policies number their cases in a way of their own, such as year, month and a serial. The code follows the day of
receipt, no two cases of one run share it, and when the serial has more digits than the pattern has room for, that is
said: the policy's owner decides how to go on. Put a wrong code right by `superseded`.

中文：案件的 code 与制度的编号规则不符。

有的制度另有编号规则，如年、月加流水号。编号按收到日期起，同一编号段内不得重号；流水号超出位数时予以提示，由制度归口部门决定如何处理。写错的请用“更正”（superseded）改正。
"""

from collections.abc import Iterator
from datetime import datetime

from casework.rules import Said
from casework.state.numbering import code_from, filled, room_of, run_of
from casework.state.policy import Numbering
from casework.state.register import Register
from casework.state.state import State
from casework.words import Text

kind = "change"


def check_register(register: Register, at: datetime) -> Iterator[tuple[str, Said]]:
    seen: dict[tuple[str, str, str], str] = {}
    for state in sorted(register.states, key=lambda each: each.number):
        for numbering in state.policy.numbering:
            code = str(state.facts.get("code") or "")
            text, level = _wrong(numbering, code, state)
            run = run_of(numbering, state.case.begun)
            first = seen.setdefault((state.policy.id, run, code), state.number) if code else state.number
            if first != state.number:
                text, level = Text(_TWICE.en, _TWICE.zh, {"code": code, "first": first}), "error"
            if text:
                yield (
                    state.number,
                    Said(state.case.place_in_head("code" if code else "case"), text, numbering, level=level),
                )


def _wrong(numbering: Numbering, code: str, state: State) -> tuple[Text | None, str]:
    parts = {"code": code, "pattern": filled(numbering.pattern, state.case.begun), "room": room_of(numbering)}
    if not code:
        return Text(_NONE.en, _NONE.zh, parts), "error"
    told = code_from(numbering, code, state.case.begun)
    if told is None or not told.is_of_day:
        return Text(_FORM.en, _FORM.zh, parts), "error"
    if told.serial > room_of(numbering):
        return Text(_FULL.en, _FULL.zh, parts), "warning"
    return None, ""


_NONE = Text(
    "the case bears no code; its policy numbers it {pattern}", "此案没有 code；按制度应编为 {pattern}"
)
_FORM = Text("code {code} is not of the form {pattern}", "编号 {code} 不符合 {pattern} 的格式")
_FULL = Text("code {code}: the policy has room for {room} only", "编号 {code}：制度的位数只容到 {room}")
_TWICE = Text("code {code} is that of case {first} already", "编号 {code} 已用于案件 {first}")
