"""Something that identifies a person stands outside `personal:`.

Everything outside that block is shown on the site and stays in the history for good. Move it into `personal:`, and in
the other places speak of "the customer". Looked for are phone, ID-card and bank-card numbers and e-mail addresses (but
no numbers in `order`, `product`, `receipt`, `code` and `origin_no`, which may look like them), and every value of the
block itself: of two characters or more under a key with `name` in it, elsewhere of two Chinese or five other ones, of
`statement` only lines of six or twelve. One common word in small letters, a number of up to six digits, and what
stands under gender, pronoun, title, salutation, age, year or language, point to nobody.

中文：能识别个人身份的内容写在了 personal 之外。
该区块以外的内容会显示在网站上，并永久留在历史中。请移入 personal，其他位置只写“顾客”即可。
检查的内容有两类：手机与固定电话、身份证、银行卡号码及电子邮箱（order、product、receipt、code、origin_no 中的号码除外，
它们只是形似）；以及 personal 中的每个值：键名含 name 的从两个字起，其他的从两个汉字或五个西文字符起，
statement 从每行六个汉字或十二个西文字符起。单独一个小写常用词、六位以内的数字，
以及性别、称谓、职衔、年龄、年份、语言等键下的内容，不能指认任何人，不在检查之列。
"""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from casework.records.identifying import sights_in
from casework.records.record import MOST, Record, place_of
from casework.rules import Said
from casework.state import personal
from casework.state.state import State
from casework.words import Text

kind = "change"

# the key at the margin and the indented lines below it, with comments and blank lines between them
_BLOCK = re.compile(r"^personal:.*\n(?:[ ].*\n|(?:#.*\n|[ ]*\n)+(?=[ ]+[^\s]))*", re.M)
_NUMBERED = ("order", "product", "receipt", "code", "origin_no")


def check(state: State, at: datetime) -> Iterator[Said]:
    record = state.case.record
    start, end, words = _block(state)
    for offset, part in ((0, record.text[:start]), (end, record.text[end:])):
        for at_, what in (*_by_form(record, part, offset), *_by_value(part, words)):
            said = Text(
                "{what} stands outside 'personal': move it there",
                "{what}写在了 personal 之外：请移入该区块",
                {"what": what},
            )
            yield Said(place_of(record.path, record.text, offset + at_), said)
    for event in state.case.events:
        if event.name == "superseded" and personal.is_personal(str(event.told.get("field"))):
            yield Said(state.case.place(event, "now"), _IN_THE_BLOCK)


_IN_THE_BLOCK = Text(
    "a value of 'personal' is put right in the block itself, not by an event",
    "personal 中的内容请直接在该区块内改正，不要用事件更正",
)
_A_VALUE = Text("a value of 'personal'", "personal 中的内容")


def _block(state: State) -> tuple[int, int, list[str]]:
    """Where the case's own block stands, and the words in it that must stand nowhere else."""
    told = state.case.head.get("personal")
    if told is None:
        return 0, 0, []
    record = state.case.record
    block = _BLOCK.search(record.text)
    start, end = block.span() if block else (record.mark_of("personal").key, record.mark_of("personal").end)
    return start, end, sorted(set(personal.private_words(told)), key=lambda word: (len(word), word))


def _by_form(record: Record, part: str, offset: int) -> Iterator[tuple[int, Text]]:
    for sight in sights_in(part):
        if not (sight.is_number and _is_numbered(record, offset + sight.start)):
            yield sight.start, sight.what


def _is_numbered(record: Record, offset: int) -> bool:
    """Whether this is the place of an order number, a lot number and the like, which may look like anybody's."""
    marks = (record.mark_of(name) for name in _NUMBERED if name in record.value)
    return any(mark.key <= offset < mark.end for mark in marks)


def _by_value(part: str, words: list[str]) -> Iterator[tuple[int, Text]]:
    found = ((personal.place_of(word, part), _A_VALUE) for word in personal.likely_in(part, words))
    return islice((each for each in found if each[0] >= 0), MOST)
