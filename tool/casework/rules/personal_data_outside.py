"""Something that identifies a person stands outside `personal:`.

Everything outside that block is shown on the site and stays in the history for good. Move it into `personal:`, and in
the other places speak of "the customer".

中文：能识别个人身份的内容写在了 personal 之外。
该区块以外的内容会显示在网站上，并永久留在历史中。请移入 personal，其他位置只写“顾客”即可。
"""

import re
from collections.abc import Iterator
from datetime import datetime

from casework.records.record import place_of
from casework.rules import Said
from casework.state.personal import is_personal, private_words
from casework.state.state import State
from casework.words import Text

kind = "change"

_PATTERNS = {
    "phone": re.compile(r"(?<![0-9A-Za-z-])(?:\+?86[- ]?)?1[3-9][0-9](?:[- ]?[0-9]{4}){2}(?![0-9A-Za-z])"),
    "landline": re.compile(r"(?<![0-9A-Za-z-])0[1-9][0-9]{1,2}-[2-9][0-9]{6,7}(?![0-9A-Za-z-])"),
    "e-mail": re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"),
    "id card": re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])"),
    "bank card": re.compile(
        r"(?<![0-9A-Za-z])[3-6][0-9]{3}(?:[- ]?[0-9]{4}){2,3}[- ]?[0-9]{1,4}(?![0-9A-Za-z])"
    ),
}
_NAMES = {
    "phone": Text("a phone number", "手机号码"),
    "landline": Text("a phone number", "电话号码"),
    "e-mail": Text("an e-mail address", "电子邮箱"),
    "id card": Text("an ID-card number", "身份证号码"),
    "bank card": Text("a bank-card number", "银行卡号"),
}
_MAYBE = re.compile(r"[0-9]{7}|[0-9]{4}[- ][0-9]{4}|@")
# the key at the margin and the indented lines below it, with comments and blank lines between them
_BLOCK = re.compile(r"^personal:.*\n(?:[ ].*\n|(?:#.*\n|[ ]*\n)+(?=[ ]+[^\s]))*", re.M)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check(state: State, at: datetime) -> Iterator[Said]:
    record = state.case.record
    for offset, what in _found(record.text, *_block(state)):
        said = Text(
            "{what} stands outside 'personal': move it there",
            "{what}写在了 personal 之外：请移入该区块",
            {"what": what},
        )
        yield Said(place_of(record.path, record.text, offset), said)
    for event in state.case.events:
        if event.name == "superseded" and is_personal(str(event.told.get("field"))):
            yield Said(state.case.place(event, "now"), _IN_THE_BLOCK)


_IN_THE_BLOCK = Text(
    "a value of 'personal' is put right in the block itself, not by an event",
    "personal 中的内容请直接在该区块内改正，不要用事件更正",
)


def _block(state: State) -> tuple[int, int, list[str]]:
    """Where the case's own block stands, and the values in it that must stand nowhere else."""
    personal = state.case.head.get("personal")
    if personal is None:
        return 0, 0, []
    record = state.case.record
    block = _BLOCK.search(record.text)
    start, end = block.span() if block else (record.mark_of("personal").key, record.mark_of("personal").end)
    return start, end, sorted(set(private_words(personal)))


def _found(text: str, start: int, end: int, values: list[str]) -> Iterator[tuple[int, Text]]:
    for offset, part in ((0, text[:start]), (end, text[end:])):
        if _MAYBE.search(part):
            for name, pattern in _PATTERNS.items():
                yield from (
                    (offset + hit.start(), _NAMES[name])
                    for hit in pattern.finditer(part)
                    if _is(name, hit[0])
                )
        for value in values:
            hit = part.find(value)
            if hit >= 0:
                yield offset + hit, Text("a value of 'personal'", "personal 中的内容")


def _is(name: str, found: str) -> bool:
    digits = re.sub(r"[^0-9Xx]", "", found)
    if name == "id card":
        return (
            "10X98765432"[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False)) % 11]
            == digits[-1].upper()
        )
    if name == "bank card":
        return len(digits) >= 15 and _passes_luhn(digits)
    return True


def _passes_luhn(digits: str) -> bool:
    doubled = [int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
